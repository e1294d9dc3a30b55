"""check(mine, rules.adam): is my rule right, and if not, which mistake is it?

A student's rule walks beside the right one. If it takes other steps, so does every mistake of the
table, and the one that takes the student's steps is named. If none does, or two do, no name is
given: a wrong name would be worse than the numbers, which are given always.
"""

import inspect
import re
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from optim_lib.checking import compare
from optim_lib.checking.equivalents import NOTES, standards
from optim_lib.checking.mistakes import MISTAKES, wrong_rules
from optim_lib.checking.mistakes.failures import HINTS, STOPS
from optim_lib.checking.problems import BATCHES, SINGLE, Problem
from optim_lib.checking.recorder import Recorder
from optim_lib.checking.signature import misfit
from optim_lib.checking.silence import silence
from optim_lib.checking.verdict import RIGHT, UNFINISHED, WRONG, Verdict
from optim_lib.runs.errors import NotAPair, OutOfTime
from optim_lib.runs.inspect import keyed_by_rule, name_of, title_of
from optim_lib.runs.time_limit import TimeLimit
from optim_lib.text import OneSentence, say

BROKEN = "The rule to compare with cannot be used: {fault}"
LIMIT = 1.0  # seconds for all that is tried; a check needs a twentieth of it


def check(mine, right):
    """The Verdict on a student's rule, held against the right one: true or false, and why.

    Never raises, whatever the two do, and does not show what they print. Only Ctrl-C, or Jupyter's
    stop button, ends it.
    """
    with silence():
        try:
            verdict = _verdict(mine, right)
            return replace(verdict, says=_tidy(verdict.says))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever a student's object does when it is looked at
            kind = type(error).__name__
            return Verdict(WRONG, say("The rule could not be tried: {kind}.", kind=kind))


def _verdict(mine, right):
    unfit = misfit(mine, right)
    if unfit:
        return Verdict(WRONG, unfit, "signature")
    with TimeLimit(LIMIT, mine, right) as limit:
        try:
            case = Case(mine, right, limit)
        except OneSentence as error:
            return Verdict(WRONG, say(BROKEN, fault=error), "signature")
        verdicts = (judge(case) for judge in JUDGES)
        return next(verdict for verdict in verdicts if verdict is not None)


class Case:
    """Mine and the right rule, on the same problems. Raises OneSentence if the right one is broken.

    recorder  what mine did
    walks     what it did on single runs: by these it is recognised
    """

    def __init__(self, mine, right, limit):
        self.mine, self.right = mine, right
        self.names = {"mine": name_of(mine), "right": title_of(right)}
        self.single = [Problem(setting, right, limit) for setting in SINGLE]
        self.batches = [Problem(setting, right, limit) for setting in BATCHES]
        self.recorder = Recorder(mine)
        self.recorder.record(self.single + self.batches)
        self.walks = self.recorder.walks[: len(self.single)]

    @cached_property
    def standard(self):
        """(the form of the right rule that mine follows, its walks, what to say of it) or None."""
        for rule, says in standards(self.right):
            if walks := compare.follow(rule, self.single, self.walks):
                return rule, walks, says

    def evidence(self):
        """(the Evidence of where mine goes wrong first, the problem that it comes from)"""
        return compare.evidence(self.right, self.single, self.walks)


def _unfinished(case):
    """A stub: it says so, or returns θ as it was, or never comes to return anything."""
    recorder = case.recorder
    says_so = re.search(
        r"ellipsis|NotImplemented|TODO|\b___+\b", str(recorder.error or "").split("`")[0]
    )
    returns_theta = recorder.idle and not recorder.error and not recorder.habits
    returns_none = isinstance(recorder.error, NotAPair) and recorder.returned is None
    if says_so or returns_theta or (returns_none and _has_gaps(case)):
        about = (inspect.getdoc(case.right) or "").split("\n\n")[0].replace("\n", " ")
        says = say("Some lines are still to be written.")
        return Verdict(UNFINISHED, says, "unfinished", hint=about)


def _has_gaps(case):
    """Whether a rule that returned None has lines that are still to be written."""
    source = ""
    with suppress(OSError, TypeError):
        source = inspect.getsource(case.mine)
    return re.search(r"^\s*\.\.\.|TODO", source, re.MULTILINE) or not case.recorder.asked


def _unrepeatable(case):
    """The same step, taken from the same θ and memory, leads elsewhere the next time."""
    again = case.recorder.again
    if again is not None and not compare.same_path(again, case.walks[0]):
        return _wrong("not repeatable")


def _stopped(case):
    """The rule broke off on a single run, or when each step was taken twice."""
    error = case.recorder.error
    if error and (len(case.walks) < len(case.single) or isinstance(error, OutOfTime)):
        seen = (name for name, sign in STOPS.items() if sign(error, case.recorder.returned))
        name = next(seen, None)
        return Verdict(WRONG, str(error), name, hint=say(HINTS.get(name, "")))


def _only_one(case):
    """Right for a θ of shape (d,), and wrong or broken for one of shape (d, ...)."""
    if case.standard is None:
        return None
    if case.recorder.error:
        verdict = _wrong("only one run")
        return replace(verdict, says=f"{verdict.says} {case.recorder.error}")
    mine = case.recorder.walks[len(case.single) :]
    found, where = compare.evidence(case.standard[0], case.batches, mine)
    return _wrong("only one run", found, where) if found else None


def _in_place(case):
    """The right steps, but what was given is changed."""
    for habit, found in case.recorder.habits.items():
        if case.standard and habit.endswith("in place"):
            return _wrong(habit, (found,), case.single[0].where)


def _well_done(case):
    if case.standard:
        _, walks, form = case.standard
        same = say("{mine} takes the same steps as {right}.", **case.names)
        kept = compare.relation(case.walks, walks, case.single)
        note = say(keyed_by_rule(NOTES, case.right, ""))
        return Verdict(RIGHT, " ".join(filter(None, [same, say(form), kept, note])))


def _named(case):
    """The one mistake whose wrong rule takes the student's steps; memory decides between two."""
    found = [
        (name, walks)
        for name, wrong in wrong_rules(case.right)
        if (walks := compare.follow(wrong, case.single, case.walks))
    ]
    if len(dict(found)) > 1:
        alike = [(name, walks) for name, walks in found if compare.same_memory(case.walks, walks)]
        keeps = bool(case.walks[0].memory)
        found = alike or [(name, walks) for name, walks in found if bool(walks[0].memory) == keeps]
    if len(dict(found)) == 1:
        return _wrong(found[0][0], *case.evidence())


def _noticed(case):
    """No one mistake takes these steps: say what else was noticed, or only where it goes wrong."""
    for habit in case.recorder.habits:
        return _wrong(habit, *case.evidence())
    says = say("{mine} does not take {right}'s steps.", **case.names)
    hint = say("Work this step out by hand, line by line: which line first gives another number?")
    return Verdict(WRONG, says, None, *case.evidence(), hint)


def _wrong(name, evidence=(), where=""):
    """The Verdict on a mistake of the tables."""
    says, hint, *_ = MISTAKES[name]
    return Verdict(WRONG, say(says), name, evidence, where, say(hint))


def _tidy(text):
    """One line of no great length, with nothing in it that changes from one run to the next."""
    line = re.sub(r"\b0x[0-9a-fA-F]{6,}", "0x…", " ".join(text.split()))
    return line if len(line) <= 300 else line[:299] + "…"


JUDGES = (_unfinished, _unrepeatable, _stopped, _only_one, _in_place, _well_done, _named, _noticed)

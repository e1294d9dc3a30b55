"""check(mine, rules.adam): is my rule right, and if not, which mistake is it?

A student's rule is set walking beside the right one. If it takes other steps, every mistake of the
table is set walking too, and the one that takes the student's steps is named. If none does, or
two do, no name is given: a wrong name would be worse than the numbers, which are given always.
"""

import inspect
import re

from optim_lib.checking import compare
from optim_lib.checking.case import Case
from optim_lib.checking.equivalents import NOTES
from optim_lib.checking.mistakes import MISTAKES
from optim_lib.checking.mistakes.failures import HABITS, STOPS
from optim_lib.checking.problems import walk
from optim_lib.checking.recorder import quiet
from optim_lib.checking.signature import misfit
from optim_lib.checking.verdict import RIGHT, UNFINISHED, WRONG, Verdict
from optim_lib.runs.errors import NotAPair
from optim_lib.runs.inspect import name_of, title_of


def check(mine, right):
    """The Verdict on a student's rule, held against the right one: true or false, and why.

    Never raises, whatever `mine` does, and does not show what it prints; may raise if `right` is
    not a rule.
    """
    with quiet():
        case = Case(mine, right)
        try:
            return _verdict(case)
        except BaseException as error:  # whatever a student's object does when it is looked at
            return Verdict(WRONG, f"The rule could not be tried: {type(error).__name__}.")


def _verdict(case):
    unfit = misfit(case.mine, case.right)
    if unfit:
        return Verdict(WRONG, _tidy(unfit), "signature")
    case.hear()
    verdicts = (judge(case) for judge in JUDGES)
    return next(verdict for verdict in verdicts if verdict is not None)


def _unfinished(case):
    """A stub: it says so, or hands θ back as it was, or never comes to return anything."""
    witness, stopped = case.told.witness, case.told.error
    says_so = stopped and re.search(r"ellipsis|NotImplemented|TODO|\b___+\b", str(stopped))
    hands_back = witness.idle and not stopped and not witness.habits
    if says_so or hands_back or (_returned_none(case) and _is_empty(case)):
        about = (inspect.getdoc(case.right) or "").split("\n\n")[0].replace("\n", " ")
        return Verdict(UNFINISHED, "Some lines are still to be written.", "unfinished", hint=about)


def _returned_none(case):
    return isinstance(case.told.error, NotAPair) and case.told.witness.returned is None


def _is_empty(case):
    """Whether a rule that returned None has lines that are still to be written."""
    try:
        source = inspect.getsource(case.mine)
    except (OSError, TypeError):
        source = ""
    placeholder = re.search(r"^\s*\.\.\.|TODO", source, re.MULTILINE)
    return placeholder or not case.told.witness.asked


def _stopped(case):
    """The rule broke off on a single run, or when each step was taken twice."""
    error, returned = case.told.error, case.told.witness.returned
    if error and not case.stopped_in_a_batch:
        known = [(name, hint) for name, seen, hint in STOPS if seen(error, returned)]
        name, hint = known[0] if known else (None, "")
        return Verdict(WRONG, _tidy(error), name, hint=hint)


def _not_repeatable(case):
    """The same step, taken from the same θ and memory, leads elsewhere the next time."""
    again = case.told.again
    if again is not None and not compare.same_path(again, case.walks[0]):
        return Verdict(
            WRONG,
            "The same step, taken twice from the same θ and memory, has two outcomes.",
            "not repeatable",
            hint="What does your rule remember, or draw, outside of memory?",
        )


def _only_one_run(case):
    """Right for a θ of shape (d,), and wrong or broken for one of shape (d, ...)."""
    if case.standard is None:
        return None
    hint = "Which of your lines knows how many numbers θ holds, or looks at a single one of them?"
    says = "The steps are right for one run, but not for many at once. "
    if case.told.error:
        return Verdict(WRONG, says + _tidy(case.told.error), "only one run", hint=hint)
    for probe, mine in zip(case.batches, case.told.walks[len(case.single) :], strict=True):
        evidence = compare.evidence(mine, walk(case.standard.rule, probe))
        if evidence:
            return Verdict(WRONG, says.strip(), "only one run", evidence, probe.where, hint)


def _in_place(case):
    """The right steps, but what was handed in is changed."""
    for habit in ("theta changed in place", "memory changed in place"):
        if case.standard and habit in case.told.witness.habits:
            return _habit(case, habit, (case.told.witness.evidence(habit),), case.single[0].where)


def _well_done(case):
    if case.standard:
        same = f"{name_of(case.mine)} takes the same steps as {title_of(case.right)}."
        kept = compare.relation(case.right, case.walks, case.standard.walks, case.single)
        said = [same, case.standard.says, kept, NOTES.get(case.right)]
        return Verdict(RIGHT, _tidy(" ".join(filter(None, said))))


def _named(case):
    """The one mistake whose wrong rule takes the student's steps; memory decides between two."""
    found = [
        (mistake, walks)
        for mistake in MISTAKES
        for wrong in mistake.wrong_rules(case.right)
        if (walks := compare.follow(wrong, case.single, case.walks))
    ]
    if len({mistake.name for mistake, _ in found}) > 1:
        alike = [(one, walks) for one, walks in found if compare.same_memory(case.walks, walks)]
        keeps = bool(case.walks[0].memory)
        found = alike or [(one, walks) for one, walks in found if bool(walks[0].memory) == keeps]
    if len({mistake.name for mistake, _ in found}) == 1:
        mistake = found[0][0]
        return Verdict(WRONG, mistake.says, mistake.name, *case.evidence, mistake.hint)


def _noticed(case):
    """No one mistake takes these steps: say what else was noticed, or only where it goes wrong."""
    for habit in HABITS:
        if habit in case.told.witness.habits:
            return _habit(case, habit, *case.evidence)
    says = f"{name_of(case.mine)} does not take {title_of(case.right)}'s steps."
    hint = "Work this step out by hand, line by line: which line first gives another number?"
    return Verdict(WRONG, _tidy(says), None, *case.evidence, hint)


def _habit(case, habit, evidence, where):
    says, hint = HABITS[habit]
    return Verdict(WRONG, says, habit, evidence, where, hint)


def _tidy(text):
    """One line of no great length, with nothing in it that changes from one run to the next."""
    line = re.sub(r"\b0x[0-9a-fA-F]{6,}", "0x…", " ".join(str(text).split()))
    return line if len(line) <= 300 else line[:299] + "…"


JUDGES = (
    _unfinished,
    _not_repeatable,
    _stopped,
    _only_one_run,
    _in_place,
    _well_done,
    _named,
    _noticed,
)

"""Broken rules by the thousand, put to check() and to explore():

    python tests/bench/fuzz.py [HOW MANY] [SEED]

Exit status 1 if one is answered otherwise than in one sentence, or later than its time budget, or
if check() accepts other steps than the right ones, or rejects the right ones.
"""

import faulthandler
import io
import sys
import time
import warnings
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from random import Random

import numpy as np
from judge import OTHER, SAME, judged
from mutations import mutant

from optim_lib import rules
from optim_lib.checking.check import LIMIT, check
from optim_lib.checking.verdict import Verdict
from optim_lib.panels.explore import explore
from optim_lib.runs.inspect import hyperparameters
from optim_lib.text import OneSentence

RIGHT = (
    *(rules.gd, rules.momentum, rules.nesterov, rules.adagrad),
    *(rules.rmsprop, rules.adam, rules.adam_l2, rules.adamw),
)
# Seconds of the processor, which others may use too: a limit and a little. Or else by the clock.
LATEST = {"check": LIMIT + 0.5, "explore": 2 + 2, "a slider": 2 + 2}
FAR_TOO_LATE = 20
LONGEST = 900  # characters of an answer
HANGS = 60  # seconds after which Python says where, and exits


class Trial:
    """One broken rule, and what came of it: `outcomes` {what was asked: answer}, `complaints`."""

    def __init__(self, seed):
        random = Random(seed)
        self.right = random.choice(RIGHT)
        self.source = mutant(self.right, random)
        self.outcomes, self.seconds, self.complaints = {}, {}, []

    def run(self):
        try:
            self.rule = defined(self.source)
        except Exception as error:  # Python itself answers the student here
            self.outcomes["definition"] = type(error).__name__
            return self
        before = state()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            self._check()
            self._explore()
        if state() != before:
            self.complaints.append("left its settings of numpy or of warnings behind")
        return self

    def _check(self):
        verdict = self._timed("check", lambda: check(self.rule, self.right))
        if not isinstance(verdict, Verdict):
            return self.complaints.append(f"check: {verdict!r}")
        self._one_sentence("check", verdict.message)
        self.outcomes["check"] = verdict.answer
        if "could not be tried" in verdict.says:
            self.complaints.append(f"check: {verdict.says}")
        if verdict.mistake == "never returns" or "too slow" in verdict.says:
            self.outcomes["judge"] = "out of time"
            return
        self.outcomes["judge"] = judged(self.rule, self.right, list(hyperparameters(self.right)))
        unfit = verdict.mistake == "signature"  # right steps, but no sliders could be made
        if (self.outcomes["judge"], bool(verdict) or unfit) in ((SAME, False), (OTHER, not unfit)):
            self.complaints.append(f"check says {verdict!r}, but it is {self.outcomes['judge']}")

    def _explore(self):
        panel = self._timed("explore", lambda: explore(self.rule, before=rules.gd))
        if isinstance(panel, BaseException):
            return self._refused("explore", panel)
        self.outcomes["explore"] = "shown"
        if "eta" in panel.controls:
            raised = self._timed("a slider", lambda: move(panel.controls["eta"]))
            self._refused("a slider", raised or panel.error)
        panel.close()

    def _refused(self, asked, error):
        self.outcomes[asked] = type(error).__name__ if error else "shown"
        if error and not isinstance(error, OneSentence):
            self.complaints.append(f"{asked}: {error!r}")
        elif error:
            self._one_sentence(asked, str(error))

    def _one_sentence(self, asked, said):
        if not said.strip() or "\n" in said or len(said) > LONGEST or "Traceback" in said:
            self.complaints.append(f"{asked} answers {said[: LONGEST + 100]!r}")

    def _timed(self, asked, work):
        """What `work()` returned or raised."""
        began, worked = time.monotonic(), time.process_time()
        try:
            result = work()
        except BaseException as error:
            result = error
        taken, worked = time.monotonic() - began, time.process_time() - worked
        self.seconds[asked] = worked
        if worked > LATEST[asked] or taken > FAR_TOO_LATE:
            self.complaints.append(f"{asked} took {taken:.1f} s, {worked:.1f} s of the processor")
        return result


def defined(source):
    namespace = {"np": np, "KEPT": 0} | {rule.__name__: rule for rule in RIGHT}
    exec(compile(source, "<mutant>", "exec"), namespace)
    return namespace["mine"]


def move(control):
    control.value = control.value * 2


def state():
    return np.geterr(), list(warnings.filters), sys.getrecursionlimit()


def fuzz(seeds):
    """The Trial of each seed. If one hangs, Python says where, and exits."""
    for seed in seeds:
        trial = Trial(seed)
        faulthandler.dump_traceback_later(HANGS, exit=True)
        yield trial.run()
        faulthandler.cancel_dump_traceback_later()


def report(seed, trial):
    said = "\n".join(f"  {complaint}" for complaint in trial.complaints)
    return f"seed {seed}, {trial.right.__name__}:\n{trial.source}\n{said}\n"


def main(many=2000, first=0):
    began, trials = time.monotonic(), []
    for seed, trial in enumerate(fuzz(range(first, first + many)), first):
        trials.append(trial)
        if trial.complaints:
            print(report(seed, trial), flush=True)
    print(f"{many} broken rules in {time.monotonic() - began:.0f} s")
    for asked in ("definition", "check", "judge", "explore", "a slider"):
        answers = Counter(t.outcomes[asked] for t in trials if asked in t.outcomes)
        slowest = max((t.seconds.get(asked, 0) for t in trials), default=0)
        print(f"{asked:>11}: {dict(answers)}" + f", slowest {slowest:.2f} s" * bool(slowest))
    failed = sum(bool(trial.complaints) for trial in trials)
    print(f"{failed} were answered wrongly, late, or not in one sentence (must be 0)")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

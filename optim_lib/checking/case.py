"""One student's rule beside the right one: the probes, and what both do on them."""

from functools import cached_property
from typing import NamedTuple

from optim_lib.checking import compare
from optim_lib.checking.equivalents import standards
from optim_lib.checking.problems import BATCHES, SINGLE, probes, walk
from optim_lib.checking.recorder import hear


class Standard(NamedTuple):
    """The right rule, or a form of it, whose steps the student's rule takes; and its walks."""

    rule: object
    walks: list
    says: str


class Case:
    """Mine and the right rule, tried on the same probes; `told` is what mine did, once heard."""

    def __init__(self, mine, right):
        self.mine, self.right = mine, right
        self.single, self.batches = probes(SINGLE, right), probes(BATCHES, right)

    def hear(self):
        self.told = hear(self.mine, self.single + self.batches)

    @property
    def walks(self):
        """What mine did on single runs: by these it is recognised."""
        return self.told.walks[: len(self.single)]

    @property
    def stopped_in_a_batch(self):
        return bool(self.told.error) and len(self.told.walks) >= len(self.single)

    @cached_property
    def standard(self):
        """The Standard that mine follows on single runs, or None."""
        for rule, says in standards(self.right):
            walks = compare.follow(rule, self.single, self.walks)
            if walks:
                return Standard(rule, walks, says)

    @cached_property
    def evidence(self):
        """(the evidence, the probe that it comes from): the first on which mine goes wrong."""
        for probe, mine in zip(self.single, self.walks, strict=True):
            found = compare.evidence(mine, walk(self.right, probe))
            if found:
                return found, probe.where
        return (), ""

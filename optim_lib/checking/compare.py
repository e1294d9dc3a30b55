"""Are two walks the same, where do they part, and what does one memory have to do with another?"""

from contextlib import suppress

import numpy as np

from optim_lib.checking.equivalents import RELATIONS
from optim_lib.checking.problems import Walk
from optim_lib.checking.templates import TOOLS
from optim_lib.checking.verdict import differing
from optim_lib.text import OneSentence, say

RTOL = 1e-9


def agree(a, b, scale=0.0):
    """(steps,) of true and false: at which steps two histories are the same; NaN equals NaN.

    A difference counts relative to the largest value that a coordinate takes in b, or in `scale`.
    """
    if np.shape(a) != np.shape(b):
        return np.zeros(len(b), dtype=bool)
    sizes = np.fmax(np.abs(b), np.abs(scale))
    largest = np.max(sizes, axis=0, where=np.isfinite(sizes), initial=0.0)
    same = (np.abs(a - b) <= RTOL * largest) | (a == b) | (np.isnan(a) & np.isnan(b))
    return same.reshape(len(same), -1).all(axis=1)


def same_path(a, b):
    """Whether two walks make the same θ of every point; of NaN alone, memory decides."""
    same = agree(a.theta, b.theta, b.points).all()
    return same and (np.isfinite(b.theta).any() or same_memory([a], [b]))


def same_memory(a, b):
    """Whether two lists of walks remember the same, under whatever names."""
    pairs = [(slot, these, those) for these, those in ((a, b), (b, a)) for slot in those[0].memory]
    return None not in [_slot_like(slot, those, these) for slot, these, those in pairs]


def _slot_like(slot, ours, mine):
    return _slot_with([one.memory[slot] for one in ours], mine)


def _slot_with(histories, walks):
    """The slot that holds these histories, one a walk; None if there is none."""
    for slot in walks[0].memory:
        pairs = zip(walks, histories, strict=True)
        if all(slot in one.memory and agree(one.memory[slot], kept).all() for one, kept in pairs):
            return slot
    return None


def follow(rule, problems, walks):
    """The walks of a rule on these problems, if it takes the steps of those given; else None."""
    own = []
    with suppress(OneSentence):  # a wrong rule may break, or be out of time
        for problem, given in zip(problems, walks, strict=True):
            steps = []
            for theta, memory in problem.steps(rule):
                if not agree(theta[None], given.theta[None, len(steps)], given.points).all():
                    return None
                steps.append((theta, memory))
            own.append(Walk.of(given.points, steps))
            if not same_path(given, own[-1]):
                return None
        return own


def relation(mine, ours, problems):
    """What to say of a memory that takes the right steps, but is not kept as ours is; or ""."""
    said = [_relation(slot, mine, ours, problems) for slot in ours[0].memory]
    return " ".join(dict.fromkeys(filter(None, said)))


def _relation(slot, mine, ours, problems):
    if _slot_like(slot, ours, mine) is not None:
        return ""
    known = [
        one.memory | problem.hyper | {"theta": one.points}
        for one, problem in zip(ours, problems, strict=True)
    ]
    for formula in RELATIONS.get(slot, {}):
        with suppress(NameError):  # a hyperparameter that this rule does not have
            yours = _slot_with([eval(formula, TOOLS, names) for names in known], mine)
            if yours is not None:
                return say(RELATIONS[slot][formula], yours=yours)
    return say("The memory has a form of its own; the path is the same.")


def evidence(rule, problems, walks):
    """(Evidence, where it comes from) of the first problem on which a walk is not the rule's."""
    for problem, walk in zip(problems, walks, strict=True):
        if found := _evidence(walk, problem.walk(rule)):
            return found, problem.where
    return (), ""


def _evidence(mine, ours):
    """Where two walks part: θ, and whatever slots of the same name differ no later than θ."""
    parted = _first_apart(mine.theta, ours.theta, ours.points)
    if parted == len(ours.theta):
        return ()
    found = []
    for slot, kept in ours.memory.items():
        own = mine.memory.get(slot)
        if not mine.memory:
            found.append(_after(slot, 0, None, kept[0]))
        elif own is not None and kept.ndim <= 2 and (step := _first_apart(own, kept)) <= parted:
            found.append(_after(slot, step, own[step], kept[step]))
    return (*found, _after("θ", parted, *_worst_run(mine.theta[parted], ours.theta[parted])))


def _first_apart(a, b, scale=0.0):
    """The first step, from 0 on, at which two histories differ; as many as there are if none."""
    return int(np.append(agree(a, b, scale), False).argmin())


def _after(what, step, yours, expected):
    return differing(say("{what} after step {step}", what=what, step=step + 1), yours, expected)


def _worst_run(yours, expected):
    """Of many runs at once, the (d,) of the one that is most wrong."""
    yours, expected = (values.reshape(len(values), -1) for values in (yours, expected))
    off = np.nan_to_num(np.abs(yours - expected), nan=np.inf).max(axis=0)
    return yours[:, off.argmax()], expected[:, off.argmax()]

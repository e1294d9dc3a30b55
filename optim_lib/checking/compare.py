"""Are two walks the same, where do they part, and what does one memory have to do with another?"""

import numpy as np

from optim_lib.checking.equivalents import relations
from optim_lib.checking.problems import walk
from optim_lib.checking.templates import worked_out
from optim_lib.checking.verdict import Evidence, shown

RTOL = 1e-9


def agree(a, b, beside=0.0):
    """(steps,) of true and false: at which steps two histories are the same; NaN equals NaN.

    A difference counts beside the largest value that a coordinate takes in b, or in `beside`.
    """
    if np.shape(a) != np.shape(b):
        return np.zeros(len(b), dtype=bool)
    sizes = np.fmax(np.abs(b), np.abs(beside))
    scale = np.max(sizes, axis=0, where=np.isfinite(sizes), initial=0.0)
    same = (np.abs(a - b) <= RTOL * scale) | (a == b) | (np.isnan(a) & np.isnan(b))
    return same.reshape(len(same), -1).all(axis=1)


def same_path(a, b):
    """Whether two walks make the same θ of every point; of NaN alone, memory decides."""
    same = agree(a.theta, b.theta, b.points).all()
    return same and (np.isfinite(b.theta).any() or same_memory([a], [b]))


def same_memory(a, b):
    """Whether two lists of walks remember the same, under whatever names."""
    return _holds(a, b) and _holds(b, a)


def _holds(a, b):
    return all(_name_of([one.memory[slot] for one in b], a) is not None for slot in b[0].memory)


def _name_of(histories, walks):
    """The slot that holds these histories, one a walk; None if there is none."""
    for name in walks[0].memory:
        pairs = zip(walks, histories, strict=True)
        if all(name in one.memory and agree(one.memory[name], told).all() for one, told in pairs):
            return name
    return None


def follow(rule, probes, walks):
    """The walks of a rule on these probes, if it takes the same steps as those given; else None."""
    own = []
    for probe, given in zip(probes, walks, strict=True):
        own.append(walk(rule, probe))
        if not same_path(given, own[-1]):
            return None
    return own


def relation(right, mine, ours, probes):
    """What to say of a memory that takes the right steps, but is not kept as ours is; or ""."""
    said = [_relation_of(relations(right, slot), mine, ours, probes) for slot in ours[0].memory]
    return " ".join(dict.fromkeys(filter(None, said)))


def _relation_of(possible, mine, ours, probes):
    for known in possible:
        name = _name_of([_held(known, *at) for at in zip(ours, probes, strict=True)], mine)
        if name is not None:
            return known.says.format(yours=name)
    return "The memory has a form of its own; the path is the same."


def _held(known, walk, probe):
    names = walk.memory | probe.hyper | {"theta": walk.points}
    return worked_out(known.holds, names)


def first_apart(a, b, beside=0.0):
    """The first step, counted from 0, at which two histories differ; None if there is none."""
    same = agree(a, b, beside)
    return None if same.all() else int(same.argmin())


def evidence(mine, ours):
    """Where two walks part: θ, and whatever slots of the same name differ no later than θ."""
    parted = first_apart(mine.theta, ours.theta, ours.points)
    if parted is None:
        return ()
    found = [_slot_evidence(slot, mine, ours.memory[slot], parted) for slot in ours.memory]
    found.append(_evidence("θ", parted, *_worst_run(mine.theta[parted], ours.theta[parted])))
    return tuple(filter(None, found))


def _slot_evidence(slot, mine, ours, parted):
    if not mine.memory:
        return Evidence(f"{slot} after step 1", "nothing", shown(ours[0]))
    if slot not in mine.memory:
        return None
    step = first_apart(mine.memory[slot], ours)
    if step is None or step > parted or ours.ndim > 2:
        return None
    return _evidence(slot, step, mine.memory[slot][step], ours[step])


def _evidence(what, step, yours, expected):
    said = shown(yours), shown(expected)
    if said[0] == said[1]:
        said = f"{said[0]}, off by {shown(np.abs(yours - expected).max(), digits=1)}", said[1]
    return Evidence(f"{what} after step {step + 1}", *said)


def _worst_run(yours, expected):
    """Of many runs at once, the (d,) of the one that is most wrong."""
    if yours.ndim == 1:
        return yours, expected
    yours, expected = (values.reshape(len(values), -1) for values in (yours, expected))
    off = np.nan_to_num(np.abs(yours - expected), nan=np.inf).max(axis=0)
    return yours[:, off.argmax()], expected[:, off.argmax()]

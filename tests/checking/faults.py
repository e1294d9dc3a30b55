"""Two rules that can have any of these faults, or several at once."""

from itertools import combinations

import numpy as np
import pytest

from optim_lib import rules

ANYWHERE = {"climbs", "eta missing", "eta twice", "memory not returned"}
ANYWHERE |= {"memory not carried over", "memory changed in place"}
IN_NESTEROV = ANYWHERE | {
    "mean instead of sum",
    "beta1 swapped",
    "old v in the step",
    "no look-ahead",
    "look-ahead backwards",
    "look-ahead without eta",
    "look-ahead without beta1",
    "gradient at two points",
}
IN_ADAM = ANYWHERE | {
    "no correction",
    "only m corrected",
    "only s corrected",
    "t starts at 0",
    "t never advances",
    "t one ahead",
    "correction written back",
    "beta1 and beta2 swapped",
    "m of g squared",
    "g instead of g squared",
    "no root",
    "eps inside the root",
    "eps before the correction",
    "root before the correction",
    "sum instead of mean",
    "1 - beta2 missing",
    "one scalar for all",
}
IN_DECAY = {
    "no decay",
    "L2 instead of decay",
    "decay flipped",
    "decay without eta",
    "decay of the new theta",
    "decay twice",
}


def nesterov_with(*faults):
    """Nesterov's rule with these faults."""

    def has(fault):
        return fault in faults

    def mine(theta, grad, memory, *, eta, beta1=0.9):
        old = 0.0 if has("memory not carried over") else memory.get("v", 0.0)
        ahead = (1 if has("look-ahead without eta") else eta) * old
        ahead = ahead * (1 if has("look-ahead without beta1") else beta1)
        ahead = -ahead if has("look-ahead backwards") else ahead
        g = grad(theta if has("no look-ahead") else theta - ahead)
        if has("gradient at two points"):
            g = (g + grad(theta - eta * g)) / 2
        keep, add = beta1, (1 - beta1) if has("mean instead of sum") else 1
        if has("beta1 swapped"):
            keep, add = 1 - beta1, beta1
        v = keep * old + add * g
        scale = 1 if has("eta missing") else eta**2 if has("eta twice") else eta
        step = (-scale if has("climbs") else scale) * (old if has("old v in the step") else v)
        return theta - step, kept(memory, faults, v=v)

    return mine


def adamw_with(*faults):
    """AdamW with these faults."""

    def has(fault):
        return fault in faults

    def mine(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.0):
        if has("beta1 and beta2 swapped"):
            beta1, beta2 = beta2, beta1
        old = {} if has("memory not carried over") else memory
        g = -grad(theta) if has("climbs") else grad(theta)
        g = g + lam * theta if has("L2 instead of decay") else g
        t = 1 if has("t never advances") else old.get("t", 0) + 1
        collected = g**2 if has("m of g squared") else g
        m = beta1 * old.get("m", 0) + (1 if has("sum instead of mean") else 1 - beta1) * collected
        size = g if has("g instead of g squared") else g**2
        size = np.sum(size, axis=0) if has("one scalar for all") else size
        s = beta2 * old.get("s", 0) + (1 if has("1 - beta2 missing") else 1 - beta2) * size
        m_hat, s_hat, root = corrected(m, s, t, beta1, beta2, eps, has)
        scale = 1 if has("eta missing") else eta**2 if has("eta twice") else eta
        new = theta - scale * m_hat / root
        m, s = (m_hat, s_hat) if has("correction written back") else (m, s)
        return decayed(theta, new, eta, lam, has), kept(memory, faults, m=m, s=s, t=t)

    return mine


def corrected(m, s, t, beta1, beta2, eps, has):
    t = t - 1 if has("t starts at 0") else t + 1 if has("t one ahead") else t
    m_young = 1 if has("no correction") or has("only s corrected") else 1 - beta1**t
    s_young = 1 if has("no correction") or has("only m corrected") else 1 - beta2**t
    inside, outside = (eps, 0) if has("eps inside the root") else (0, eps)
    late = has("root before the correction")
    root = (s if late else s / s_young) + inside
    root = root if has("no root") else np.sqrt(root)
    root = root / s_young if late else root
    outside = outside / np.sqrt(s_young) if has("eps before the correction") else outside
    return m / m_young, s / s_young, root + outside


def decayed(theta, new, eta, lam, has):
    if has("no decay") or has("L2 instead of decay"):
        return new
    decay = lam * (new if has("decay of the new theta") else theta)
    decay = decay * (1 if has("decay without eta") else eta) * (2 if has("decay twice") else 1)
    return new + decay if has("decay flipped") else new - decay


def kept(memory, faults, **slots):
    if "memory changed in place" in faults:
        memory.update(slots)
    return {} if "memory not returned" in faults else slots


FAULTY = [
    pytest.param(nesterov_with, rules.nesterov, IN_NESTEROV, id="nesterov"),
    pytest.param(adamw_with, rules.adam, IN_ADAM, id="adam"),
    pytest.param(adamw_with, rules.adamw, IN_DECAY | IN_ADAM, id="adamw"),
]
ALONE = combinations(sorted(IN_NESTEROV), 2)
AND_DECAY = combinations(sorted(IN_DECAY | {"climbs", "no root", "eta missing"}), 2)
PAIRS = [
    pytest.param(nesterov_with, rules.nesterov, ALONE, id="nesterov"),
    pytest.param(adamw_with, rules.adam, combinations(sorted(IN_ADAM), 2), id="adam"),
    pytest.param(adamw_with, rules.adamw, filter(IN_DECAY.intersection, AND_DECAY), id="adamw"),
]

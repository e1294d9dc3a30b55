"""Whether two rules take the same steps, by plain loops that know nothing of check()."""

import signal
from contextlib import contextmanager
from copy import deepcopy

import numpy as np

SAME, OTHER, UNSURE = "the same steps", "other steps", "not sure"
TRIALS, STEPS, PATIENCE = 8, 15, 2  # seconds
SURELY_SAME, SURELY_OTHER = 1e-10, 1e-6  # relative to the largest step


class Impatience(BaseException):
    pass


def judged(mine, right, names):
    """SAME, OTHER, or UNSURE: what is near, impure, of odd types or too slow is left to no one."""
    try:
        with patience(), np.errstate(all="ignore"):
            apart = max(_apart(mine, right, names, trial) for trial in range(TRIALS))
            odd = apart <= SURELY_SAME and _odd(mine, names)
    except Impatience:
        return UNSURE
    except BaseException:
        return OTHER
    if apart > SURELY_OTHER:
        return OTHER
    return SAME if apart <= SURELY_SAME and not odd else UNSURE


def _apart(mine, right, names, trial):
    """How far the paths part at most, beside the size of the steps; infinity if one has no step."""
    ours, theirs = _path(right, names, trial), _path(mine, names, trial)
    if theirs.shape != ours.shape or not np.isfinite(theirs).all():
        return np.inf
    steps = np.abs(np.diff(ours, axis=0)).max()
    return np.abs(ours - theirs).max() / steps


def _path(rule, names, trial):
    theta, hyper, grad_at = _setting(names, trial)
    path, memory = [theta], {}
    for step in range(STEPS):
        theta, memory = rule(theta, grad_at(step), memory, **hyper)
        path.append(np.array(theta, dtype=float))
    return np.array(path)


def _setting(names, trial):
    """A start, hyperparameters and step -> gradient: smooth, shaken, in one or more dimensions."""
    random = np.random.default_rng(trial)
    runs = (4,) if trial % 4 == 3 else ()
    shape = (2 + trial % 3, *runs)
    hyper = {
        "eta": 10 ** random.uniform(-3, -1, runs),
        "beta1": random.uniform(0.3, 0.95, runs),
        "beta2": random.uniform(0.5, 0.99, runs),
        "eps": 10 ** random.uniform(-8, -1, runs),
        "lam": random.uniform(0.05, 0.5, runs),
    }
    bends, shakes = random.uniform(0.5, 3, shape), random.normal(size=(STEPS, *shape))

    def grad_at(step):
        return lambda at: np.tanh(bends * at) + 0.3 * np.roll(at, 1, axis=0) + shakes[step]

    given = {name: hyper[name] if runs else float(hyper[name]) for name in names}
    return random.normal(size=shape), given, grad_at


def _odd(mine, names):
    """Whether a rule of the right steps is odd in another way: impure, not repeatable, or in
    what it keeps."""
    theta, hyper, grad_at = _setting(names, 0)
    memory = {}
    for step in range(STEPS):
        given = deepcopy((theta, memory))
        stepped, kept = mine(theta, grad_at(step), memory, **hyper)
        again, _ = mine(*deepcopy(given)[:1], grad_at(step), deepcopy(given[1]), **hyper)
        pure = np.array_equal(theta, given[0]) and _as_text(memory) == _as_text(given[1])
        if not pure or not np.array_equal(stepped, again) or not _plain(stepped, kept, theta):
            return True
        theta, memory = stepped, kept
    return False


def _as_text(memory):
    return {repr(slot): repr(value) for slot, value in memory.items()}


def _plain(stepped, kept, theta):
    numbers = all(np.asarray(value).dtype == float for slot, value in kept.items() if slot != "t")
    shapes = {np.shape(value) for value in kept.values()} <= {(), theta.shape}
    return type(stepped) is np.ndarray and type(kept) is dict and numbers and shapes


@contextmanager
def patience():
    """Impatience in the block when it takes too long; again and again, if it is caught."""

    def leave(*_):
        raise Impatience

    usual = signal.signal(signal.SIGALRM, leave)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE, 0.001)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, usual)

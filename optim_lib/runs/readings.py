"""What is read of each step of a run: its numbers, and an arrow that points downhill."""

import numpy as np

from optim_lib.runs.inspect import slots_of


def of_steps(walked, asked, surface):
    """[(label, its values (steps+1, ...))]; `asked` is where a rule that looks ahead looked."""
    gradient = _gradient(walked, asked, surface)
    with np.errstate(all="ignore"):
        rate = -np.diff(walked.theta, axis=0, append=np.nan) / gradient
    ahead = [] if asked is None else [("look-ahead =", asked)]
    memories = [(f"{slot} =", history) for slot, history in slots_of(walked).items()]
    return [
        ("θ =", walked.theta),
        ("loss", walked.loss[:, None]),
        *ahead,
        ("∇f there =" if ahead else "∇f =", gradient),
        *memories,
        ("effective η =", rate),
    ]


def downhill(walked, asked, surface):
    """The tips of the arrows −∇f: in its direction, and longer the steeper, but never long."""
    gradient = _gradient(walked, asked, surface)
    size = np.hypot(*gradient.T)[:, None]  # a norm of 1e200 would overflow
    length = (0.05 + 0.02 * np.log10(1 + size)) * np.ptp(surface.window, axis=1).max()
    return _looked(walked, asked) - gradient / np.maximum(size, 1e-300) * length


def _looked(walked, asked):
    """Where the rule takes its gradient: at θ, unless it looks ahead."""
    return walked.theta if asked is None else asked


def _gradient(walked, asked, surface):
    with np.errstate(all="ignore"):
        return surface.grad(_looked(walked, asked).T).T

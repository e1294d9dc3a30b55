"""What theory says of a bowl: the largest η at which a rule does not run away."""

import numpy as np

from optim_lib import rules
from optim_lib.runs.inspect import keyed_by_rule

# ηh must stay below this on a bowl of curvature h, as notebooks 01, 03 and 04 derive.
LIMITS = {
    rules.gd: lambda beta1: 2.0 + 0 * beta1,
    rules.sgd: lambda beta1: 2.0 + 0 * beta1,
    rules.momentum: lambda beta1: 2 + 2 * beta1,
    rules.nesterov: lambda beta1: (2 + 2 * beta1) / (1 + 2 * beta1),
}


def stable_below(rule, landscape, beta1=0.0):
    """The η below which the rule is stable, for each β₁; None where theory does not say.

    It says so for the course's own gradient descent, momentum and Nesterov on a quadratic: a rule
    of the same name may be another.
    """
    limit = keyed_by_rule(LIMITS, rule)
    steepest = largest_curvature(landscape)
    return None if limit is None or not steepest else limit(np.asarray(beta1, float)) / steepest


def largest_curvature(landscape):
    """The largest eigenvalue of the Hessian of a quadratic; None if it is no quadratic bowl."""
    centre = np.asarray(landscape.start, float)
    directions = np.eye(len(centre))
    slopes = np.array([landscape.grad(centre + one) for one in directions])
    twice = np.array([landscape.grad(centre + 2 * one) for one in directions])
    hessian = slopes - landscape.grad(centre)
    if not np.allclose(twice - slopes, hessian):
        return None
    largest = float(np.linalg.eigvalsh((hessian + hessian.T) / 2).max())
    return largest if largest > 0 else None

"""The gradient of a function that comes without one."""

from contextlib import suppress

import numpy as np

CUBE_ROOT_EPS = np.finfo(float).eps ** (1 / 3)


def for_many(value):
    """The same function of many points (d, ...): one by one if it takes one only, as (θ²).sum()."""

    def at_each(theta):
        theta = np.asarray(theta, dtype=float)
        if theta.ndim == 1:
            return value(theta)
        with suppress(TypeError, ValueError):
            heights = value(theta)
            if np.shape(heights) == theta.shape[1:]:
                return heights
        alone = np.vectorize(value, signature="(d)->()", otypes=[float])
        return alone(np.moveaxis(theta, 0, -1))

    return at_each


def numerical_gradient(value):
    """∂f/∂θᵢ ≈ (f(θ + hᵢ) − f(θ − hᵢ)) / 2hᵢ,  hᵢ = ∛ε max(1, |θᵢ|), ε the machine's: error O(h²).

    Source: W. Press et al., Numerical Recipes, 3rd ed., section 5.7.
    """

    def grad(theta):
        theta = np.asarray(theta, dtype=float)
        h = CUBE_ROOT_EPS * np.maximum(1.0, np.abs(theta))
        slopes = []
        for i in range(len(theta)):
            nudge = np.zeros_like(theta)
            nudge[i] = h[i]
            slopes.append((value(theta + nudge) - value(theta - nudge)) / (2 * h[i]))
        return np.array(slopes)

    return grad

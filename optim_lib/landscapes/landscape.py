"""A loss surface, and the gradient of one that comes without."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

MEASURED = "(gradient measured)"
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


@dataclass(frozen=True, eq=False)
class Landscape:
    """A loss f(θ).

    name     shown on screen
    value    theta (d, ...) -> f, of shape (...)
    grad     theta (d, ...) -> ∇f (d, ...); left out, it is measured by central differences
    start    where a path begins, (d,)
    minimum  where f is least: (d,), or (d, n) for n equal minima, or None where there is none
    window   ((x low, x high), (y low, y high)) of the picture
    formula  f as it is written on the board
    sample   (batch, seed) -> a function (theta, step) -> the gradient of that step's mini-batch;
             left out where the loss is not a mean over examples
    """

    name: str
    value: Callable
    grad: Callable | None = None
    start: tuple = (-1.2, 1.0)
    minimum: tuple | None = None
    window: tuple = ((-2.0, 2.0), (-2.0, 2.0))
    formula: str = ""
    sample: Callable | None = None

    def __post_init__(self):
        object.__setattr__(self, "value", for_many(self.value))
        if self.grad is None:
            object.__setattr__(self, "grad", numerical_gradient(self.value))
            object.__setattr__(self, "formula", f"{self.formula} {MEASURED}".strip())


def as_landscape(on):
    """A Landscape as it is; a plain function theta -> f becomes one, with a measured gradient."""
    if isinstance(on, Landscape):
        return on
    if callable(on):
        return Landscape(getattr(on, "__name__", "f"), on)
    raise TypeError(f"on= takes a Landscape or a function of theta, not {on!r}.")


def is_written(landscape):
    """Whether its formula says more than that the gradient is measured."""
    return landscape.formula not in ("", MEASURED)

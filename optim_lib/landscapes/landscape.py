"""A loss surface, and the gradient of one that comes without."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from optim_lib.text import ArgumentError, say

CUBE_ROOT_EPS = np.finfo(float).eps ** (1 / 3)
MEASURED = "{formula} (gradient measured)"
NOT_CALLED = "{name} makes a landscape: call it, as in valley(25)."
NO_LANDSCAPE = "A landscape is a Landscape or a function of theta, not {given}."
NO_LOSS = "A loss is one real number, not {given}."


@dataclass(frozen=True, eq=False, repr=False)
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
        object.__setattr__(self, "value", vectorized(self.value))
        if self.grad is None:
            object.__setattr__(self, "grad", numerical_gradient(self.value))
            object.__setattr__(self, "formula", say(MEASURED, formula=self.formula).strip())

    def __repr__(self):
        return f"Landscape({self.name!r})"


def as_landscape(given):
    """A Landscape as it is; a plain function theta -> f becomes one, with a measured gradient.

    Raises ArgumentError for anything else.
    """
    if isinstance(given, Landscape):
        return given
    if not callable(given):
        raise ArgumentError(say(NO_LANDSCAPE, given=repr(given)))
    name = getattr(given, "__name__", "f")
    if is_one_of_ours(given):
        raise ArgumentError(say(NOT_CALLED, name=name))
    return Landscape(name, given)


def is_one_of_ours(function):
    """Whether it makes landscapes, as `valley` does, and is not the value of one."""
    ours = str(getattr(function, "__module__", "")).startswith(__package__)
    return ours and "<locals>" not in getattr(function, "__qualname__", "<locals>")


def has_formula(landscape):
    """Whether its formula says more than that the gradient is measured."""
    return landscape.formula not in ("", say(MEASURED, formula="").strip())


def vectorized(value):
    """The same function of many points (d, ...): one by one if it takes one only, as (θ²).sum()."""

    def at_one(theta):
        loss = value(theta)
        if not is_real(loss, shape=()):
            raise ArgumentError(say(NO_LOSS, given=repr(loss)))
        return loss

    def at_each(theta):
        theta = np.asarray(theta, dtype=float)
        if theta.ndim == 1:
            return at_one(theta)
        with suppress(TypeError, ValueError):
            losses = value(theta)
            if is_real(losses, shape=theta.shape[1:]):
                return losses
        one_by_one = np.vectorize(at_one, signature="(d)->()", otypes=[float])
        return one_by_one(np.moveaxis(theta, 0, -1))

    return at_each


def is_real(numbers, shape):
    numbers = np.asarray(numbers)
    return numbers.shape == shape and numbers.dtype.kind in "fiub"


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

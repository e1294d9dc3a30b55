"""What a run sees of a landscape: values, and the gradient of each step. Its faults are its own."""

import time

import numpy as np

from optim_lib.runs.errors import LandscapeError, TimeIsUp
from optim_lib.runs.own_code import own_code
from optim_lib.text import ArgumentError, OneSentence, number, say

NO_EXAMPLES = "{landscape} is not a mean over examples: leave out batch=."
RAISED = "The landscape {landscape} raised {error}: {words}"
NO_GRADIENT = (
    "The gradient of {landscape} at θ of shape {shape} is {given}: it must be an array of that "
    "shape."
)
TOO_SLOW = (
    "The landscape {landscape} took {seconds} s for one call, and the {limit} s were soon over: "
    "make it faster, take fewer steps, or give run() a larger budget."
)


class Oracle:
    """A first-order oracle of a landscape, under a TimeLimit, for θ of one shape.

    batch    how many examples give the gradient of a step, drawn from `seed`; None is all of them
    noise    (steps, d, ...), added to the gradient of each step, or None
    spent    seconds that the landscape has taken; slowest: for one call
    is_ours  whether all of it is the course's own, and need not be watched
    """

    def __init__(self, landscape, limit, shape, *, batch=None, seed=0, noise=None):
        self.landscape, self.limit, self.shape, self.noise = landscape, limit, shape, noise
        self.spent = self.slowest = 0.0
        self.asked = None  # since when it has been working
        if batch is not None and landscape.sample is None:
            raise ArgumentError(NO_EXAMPLES, landscape=landscape.name)
        self.sampled = None if batch is None else landscape.sample(batch, seed)
        self.is_ours = not own_code(landscape.value, landscape.grad, landscape.sample)

    def value(self, theta):
        """f(θ), (...) of a θ (d, ...). Raises a LandscapeError."""
        if self.is_ours:
            return self.landscape.value(theta)
        try:
            return self.limit.call(self._ask, self.landscape.value, theta)
        except TimeIsUp:
            raise LandscapeError(self.too_slow()) from None

    def grad_at(self, step):
        """The function θ -> ∇f(θ) that the rule is given at this step."""
        if self.is_ours and self.sampled is None and self.noise is None:
            return self.landscape.grad

        def grad(theta):
            if self.sampled is None:
                g = self._ask(self.landscape.grad, theta)
            else:
                g = self._ask(self.sampled, theta, step)
            if getattr(g, "shape", None) != np.shape(theta):
                raise LandscapeError(self._no_gradient(g, theta))
            return g if self.noise is None else g + self.noise[step - 1]

        grad.__qualname__ = "grad"  # by which Python calls it in its errors
        return grad

    def has_used_up(self, seconds):
        """Whether the landscape, which may have been stopped at work, has taken that long."""
        self._rest()
        return self.spent > seconds

    def too_slow(self):
        """The sentence for a landscape that has used up the time."""
        self._rest()
        seconds, limit = number(self.slowest, 2), number(self.limit.seconds)
        return say(TOO_SLOW, landscape=self.landscape.name, seconds=seconds, limit=limit)

    def _ask(self, function, theta, *step):
        self.asked = time.monotonic()
        try:
            return function(theta, *step)
        except OneSentence:
            raise
        except Exception as error:
            if np.shape(theta)[:1] != self.shape[:1] or not np.isfinite(theta).all():
                raise  # of what it cannot be blamed for
            name, words = self.landscape.name, " ".join(str(error).split())
            said = say(RAISED, landscape=name, error=type(error).__name__, words=words)
            raise LandscapeError(said) from error
        finally:
            self._rest()

    def _rest(self):
        took = time.monotonic() - self.asked if self.asked else 0.0
        self.spent, self.slowest, self.asked = self.spent + took, max(took, self.slowest), None

    def _no_gradient(self, g, theta):
        is_array = hasattr(g, "shape")
        given = say("of shape {shape}", shape=g.shape) if is_array else type(g).__name__
        about = {"landscape": self.landscape.name, "shape": np.shape(theta)}
        return say(NO_GRADIENT, given=given, **about)

"""Mistakes that show before any step is compared: how a rule stops, and what it does besides.

STOPS   (name, how to recognise it from the error and from what was returned last, hint);
        what the rule did is said by the error itself
HABITS  {what the witness noted: (what to say, hint)}
"""

import numpy as np

from optim_lib.runs.errors import NotAPair, OutOfTime, WrongShape


def _undefined(error, returned):
    return isinstance(error.__cause__, NameError)


def _no_such_slot(error, returned):
    return isinstance(error.__cause__, KeyError) and "memory[" in str(error)


def _not_a_pair_but(kind):
    return lambda error, returned: isinstance(error, NotAPair) and isinstance(returned, kind)


def _another_shape(error, returned):
    numbers = isinstance(returned[0], np.ndarray | np.generic | int | float)
    return numbers and np.asarray(returned[0]).dtype.kind in "fiu"


STOPS = (
    (
        "returns None",
        _not_a_pair_but(type(None)),
        "You have worked out what comes next; who gets to know?",
    ),
    (
        "returns only theta",
        _not_a_pair_but(np.ndarray | np.generic | float),
        "Two things change in a step. Which is the other one?",
    ),
    (
        "returns memory first",
        lambda error, returned: _not_a_pair_but(tuple)(error, returned) and len(returned) == 2,
        "In which order does the caller expect the two?",
    ),
    (
        "wrong shape",
        lambda error, returned: isinstance(error, WrongShape) and _another_shape(error, returned),
        "Which of your lines first makes something that is not of θ's shape?",
    ),
    (
        "undefined name",
        _undefined,
        "Which line should come before this one, or is it a slip of the pen?",
    ),
    (
        "memory read too early",
        _no_such_slot,
        "Before the first step memory is {}. What should a slot that is not there yet read as?",
    ),
    (
        "never returns",
        lambda error, returned: isinstance(error, OutOfTime) and "did not come back" in str(error),
        "A rule takes one step, and is called again for the next. Does it need a loop at all?",
    ),
)

HABITS = {
    "theta changed in place": (
        "The θ that you are given is changed itself, and a picture of the path needs it as it was.",
        "Which of your lines writes into θ, and how could it make a new array?",
    ),
    "memory changed in place": (
        "The memory that you are given is changed itself, and a step must leave it as it was.",
        "Which of your lines writes into memory, and how could you return a new dict?",
    ),
    "gradient at two points": (
        "The gradient is asked for at two different points in one step.",
        "At which one point does the rule look at the slope?",
    ),
}

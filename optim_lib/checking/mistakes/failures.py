"""Mistakes that show before any step is compared: how a rule stops, and what it does besides.

TABLE  {name: (says, hint)}, as in the other modules, but no steps show these
STOPS  {name: how to recognise it from the error, and from what was returned last};
       what the rule did is said by the error itself
HINTS  {name: a question that leads on from there}
"""

import numpy as np

from optim_lib.runs.errors import NeverReturned, NotAPair, WrongShape

NUMBERS = np.ndarray | np.generic | int | float


def _swapped(error, returned):
    return isinstance(error, NotAPair) and isinstance(returned, tuple) and len(returned) == 2


def _not_a_pair_but(kind):
    return lambda error, returned: isinstance(error, NotAPair) and isinstance(returned, kind)


def _another_shape(error, returned):
    numbers = isinstance(error, WrongShape) and isinstance(returned[0], NUMBERS)
    return numbers and np.asarray(returned[0]).dtype.kind in "fiu"


def _raised(kind, words=""):
    return lambda error, returned: isinstance(error.__cause__, kind) and words in str(error)


STOPS = {
    "returns None": _not_a_pair_but(type(None)),
    "returns only theta": _not_a_pair_but(np.ndarray | np.generic | float),
    "returns memory first": _swapped,
    "wrong shape": _another_shape,
    "undefined name": _raised(NameError),
    "memory read too early": _raised(KeyError, "memory["),
    "never returns": lambda e, returned: isinstance(e, NeverReturned),
}
HINTS = {
    "returns None": "You have worked out what comes next; who gets to know?",
    "returns only theta": "Two things change in a step. Which is the other one?",
    "returns memory first": "In which order does the caller expect the two?",
    "wrong shape": "Which of your lines first makes something that is not of θ's shape?",
    "undefined name": "Which line should come before this one, or is it a slip of the pen?",
    "memory read too early": "Before step 1 memory is {}. As what should a missing slot be read?",
    "never returns": "A rule takes one step, and is called for the next. Does it need a loop?",
}

TABLE = {
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
    "not repeatable": (
        "The same step, taken twice from the same θ and memory, has two outcomes.",
        "What does your rule remember, or draw, outside of memory?",
    ),
    "only one run": (
        "The steps are right for one run, but not for many at once.",
        "Which of your lines knows how many numbers θ holds, or looks at a single one of them?",
    ),
}

"""The same path in another convention is not a mistake: it is right, and the relation is said.

RELATIONS  what a memory may hold instead of ours, with the same path of θ
POINTS     rules that store another point than θ, and so walk another path for the same purpose
NOTES      two ways to write the same step, which no check from outside can tell apart
"""

from typing import NamedTuple

from optim_lib import rules
from optim_lib.checking.mistakes.groups import ADAMS, FADING_SIZE, NESTEROV, PLAIN_SIZE, VELOCITY
from optim_lib.checking.templates import rewritten


class Relation(NamedTuple):
    """In which rules, instead of which slot of ours, the student's may hold what; how to say so."""

    among: tuple
    slot: str
    holds: str
    says: str


RELATIONS = (
    Relation(
        VELOCITY,
        "v",
        "eta * v",
        "{yours} holds ηg (Sutskever's form): your {yours} = η × our v.",
    ),
    Relation(
        VELOCITY,
        "v",
        "-eta * v",
        "{yours} holds −ηg and is added to θ: your {yours} = −η × our v.",
    ),
    Relation(
        VELOCITY,
        "v",
        "-v",
        "{yours} points downhill: your {yours} = −1 × our v.",
    ),
    Relation(
        VELOCITY,
        "v",
        "(1 - beta1) * v",
        "{yours} is a mean, and your step makes it the sum: your {yours} = (1 − β₁) × our v.",
    ),
    Relation(
        VELOCITY,
        "v",
        "theta",
        "You remember the last θ, as Polyak did: our v = (your {yours} − θ) / η.",
    ),
    Relation(
        ADAMS,
        "m",
        "m / (1 - beta1)",
        "{yours} is a sum: your {yours} = our m / (1 − β₁).",
    ),
    Relation(
        FADING_SIZE,
        "s",
        "s / (1 - beta2)",
        "{yours} is a sum: your {yours} = our s / (1 − β₂).",
    ),
    Relation(
        PLAIN_SIZE + ADAMS,
        "s",
        "sqrt(s)",
        "{yours} holds the root: your {yours} = √s.",
    ),
)


class Point(NamedTuple):
    """Which rules may store another point than θ, with which lines, and how to say so."""

    among: tuple
    make: object
    says: str


POINTS = (
    Point(
        NESTEROV,
        rewritten(g="grad(theta)", theta="theta - eta * (g + beta1 * v)"),
        "Your θ is the look-ahead point φ = θ − η β₁ v, as in PyTorch.",
    ),
)

NOTES = {
    rules.adam: "(To fold the correction into the step size is the same, with ε √(1 − β₂ᵗ) for ε.)",
    rules.adamw: "(To shrink θ by 1 − η λ and then take Adam's step is the same.)",
}


def standards(right):
    """(rule, what to say of it): the right rule itself, and its forms that store another point."""
    forms = [(point.make(right), point.says) for point in POINTS if right in point.among]
    return [(right, ""), *forms]


def relations(right, slot):
    """The Relations that a slot of a right rule may have to the student's: the same, or another."""
    known = [one for one in RELATIONS if right in one.among and one.slot == slot]
    return [Relation((right,), slot, slot, ""), *known]

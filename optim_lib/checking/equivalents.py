"""The same path in another convention is not a mistake: it is right, and the relation is named.

RELATIONS  {a slot of ours: {what the student's may hold instead, with the same path of θ: says}}
NOTES      two ways to write the same step, which no check from outside can tell apart
"""

from optim_lib import rules
from optim_lib.checking.templates import rewritten

RELATIONS = {
    "v": {
        "eta * v": "{yours} holds ηg (Sutskever's form): your {yours} = η × our v.",
        "-eta * v": "{yours} holds −ηg and is added to θ: your {yours} = −η × our v.",
        "-v": "{yours} points downhill: your {yours} = −1 × our v.",
        "(1 - beta1) * v": (
            "{yours} is a mean, and your step makes it the sum: your {yours} = (1 − β₁) × our v."
        ),
        "theta": "You remember the last θ, as Polyak did: our v = (your {yours} − θ) / η.",
    },
    "m": {"m / (1 - beta1)": "{yours} is a sum: your {yours} = our m / (1 − β₁)."},
    "s": {
        "s / (1 - beta2)": "{yours} is a sum: your {yours} = our s / (1 − β₂).",
        "sqrt(s)": "{yours} holds the root: your {yours} = √s.",
    },
}

NOTES = {
    rules.adam: "(To fold the correction into the step size is the same, with ε √(1 − β₂ᵗ) for ε.)",
    rules.adamw: "(To shrink θ by 1 − η λ and then take Adam's step is the same.)",
}


def standards(right):
    """(rule, what to say of it): the right rule itself, and its form that stores another point.

    Such a form walks another path for the same purpose.
    """
    yield right, ""
    if right is rules.nesterov:
        ahead = rewritten(g="grad(theta)", theta="theta - eta * (g + beta1 * v)")
        yield ahead(right), "Your θ is the look-ahead point φ = θ − η β₁ v, as in PyTorch."

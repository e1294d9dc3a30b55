"""Mistakes in the memory of size: the s of AdaGrad, RMSProp and Adam, its root, and ε."""

from optim_lib import rules
from optim_lib.checking.mistakes.faces import on
from optim_lib.checking.templates import ADAMS, FADING_SIZE, PLAIN_SIZE

TABLE = {
    "no root": (
        "The gradient is divided by s itself, without a root.",
        "If g is measured in metres, in what is s measured, and what is left of η's unit?",
        on(PLAIN_SIZE, root="s + eps"),
        on(ADAMS, root="s_hat + eps"),
    ),
    "eps inside the root": (
        "ε is added under the root, where it counts as √ε.",
        "What is √(10⁻⁸), and which gradients does that drown?",
        on(PLAIN_SIZE, root="sqrt(s + eps)"),
        on(ADAMS, root="sqrt(s_hat + eps)"),
    ),
    "g instead of g squared": (
        "s collects g, and g² is meant.",
        "Two gradients, +3 and −3: what is left of their size in your s?",
        on(rules.adagrad, s="s + g"),
        on(FADING_SIZE, s="beta2 * s + (1 - beta2) * g"),
    ),
    "average instead of sum": (
        "s is an average of the squares, and AdaGrad means their sum.",
        "AdaGrad never forgets. Can your s ever become smaller?",
        on(rules.adagrad, s="s + (g**2 - s) / (t + 1)", memory="dict(s=s, t=t + 1)"),
        on(rules.adagrad, s="0.9 * s + 0.1 * g**2"),
        on(rules.adagrad, s="0.99 * s + 0.01 * g**2"),
        on(rules.adagrad, s="0.999 * s + 0.001 * g**2"),
    ),
    "sum instead of average": (
        "s is the sum of all squares, as in AdaGrad, and a fading average is meant.",
        "After a thousand steps, how should s come to forget the first one?",
        on(FADING_SIZE, s="s + g**2"),
    ),
    "1 - beta2 missing": (
        "The new g² enters s at its full weight.",
        "If the gradient stays the same, to what does your s grow, and to what should it?",
        on(FADING_SIZE, s="beta2 * s + g**2"),
    ),
    "beta2 swapped": (
        "β₂ and 1 − β₂ have changed places.",
        "With β₂ = 0.999, how much of the old s should be left after a step?",
        on(FADING_SIZE, s="(1 - beta2) * s + beta2 * g**2"),
    ),
    "one scalar for all": (
        "All coordinates share one size.",
        "How many numbers should s hold, if θ has two?",
        on(rules.adagrad, s="s + sum(g**2)"),
        on(rules.adagrad, s="s + mean(g**2)"),
        on(FADING_SIZE, s="beta2 * s + (1 - beta2) * sum(g**2)"),
        on(FADING_SIZE, s="beta2 * s + (1 - beta2) * mean(g**2)"),
    ),
}

"""Mistakes in the memory of direction: momentum's v, Nesterov's look-ahead, Adam's m."""

from optim_lib import rules
from optim_lib.checking.mistakes.faces import on
from optim_lib.checking.templates import ADAMS, VELOCITY

TABLE = {
    "mean instead of sum": (
        "v is a running mean of the gradients, and the sum is meant: "
        "this is the path of a smaller η, of η (1 − β₁).",
        "If the gradient stays the same, to what does your v grow, and to what should it?",
        on(VELOCITY, v="beta1 * v + (1 - beta1) * g"),
    ),
    "sum instead of mean": (
        "m is a sum of the gradients, and a running mean is meant.",
        "If the gradient stays the same, to what does your m grow, and to what should it?",
        on(ADAMS, m="beta1 * m + g"),
    ),
    "beta1 swapped": (
        "β₁ and 1 − β₁ have changed places.",
        "With β₁ = 0.9, how much of the old memory should be left after a step?",
        on(VELOCITY, v="(1 - beta1) * v + beta1 * g"),
        on(ADAMS, m="(1 - beta1) * m + beta1 * g"),
    ),
    "old v in the step": (
        "θ moves by the old v, the one from before this gradient.",
        "At the very first step v is still zero. Should θ stay where it is?",
        on(VELOCITY, theta="theta - eta * memory.get('v', 0.0)"),
    ),
    "no look-ahead": (
        "The gradient is taken at θ: this is plain momentum.",
        "Before you ask for the slope: where is the memory about to carry θ?",
        on(rules.nesterov, g="grad(theta)"),
    ),
    "look-ahead in momentum": (
        "The gradient is taken ahead of θ: this is Nesterov's rule already.",
        "At which point does plain momentum ask for the slope?",
        on(rules.momentum, g="grad(theta - eta * beta1 * v)"),
    ),
    "look-ahead backwards": (
        "The look-ahead looks back: it lies on the side that θ comes from.",
        "With which sign does v enter the step, and with which the look-ahead?",
        on(rules.nesterov, g="grad(theta + eta * beta1 * v)"),
    ),
    "look-ahead without eta": (
        "The look-ahead is not scaled by η: it lies much too far away.",
        "How far does the memory carry θ in one step, and how far do you look?",
        on(rules.nesterov, g="grad(theta - beta1 * v)"),
    ),
    "look-ahead without beta1": (
        "The look-ahead is not scaled by β₁: it goes as far as the whole of the old v.",
        "How much of the old v is left in the step that θ is about to take?",
        on(rules.nesterov, g="grad(theta - eta * v)"),
    ),
}

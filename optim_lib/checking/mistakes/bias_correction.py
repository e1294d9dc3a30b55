"""Adam's own mistakes: how it corrects its start, counts its steps, and mixes its memories."""

from optim_lib.checking.mistakes.faces import on
from optim_lib.checking.templates import ADAMS

SWAPPED = {"m": "beta2 * m + (1 - beta2) * g", "s": "beta1 * s + (1 - beta1) * g**2"}
SWAPPED_IN_HATS = {"m_hat": "m / (1 - beta2**t)", "s_hat": "s / (1 - beta1**t)"}

TABLE = {
    "no correction": (
        "m and s are used as they are, uncorrected.",
        "Both start at zero. After the first gradient g, how large is m, and what should it say?",
        on(ADAMS, m_hat="m", s_hat="s"),
    ),
    "only m corrected": (
        "m is corrected, but the root is that of s as it is.",
        "s starts at zero too. After one step, what does it say about g²?",
        on(ADAMS, s_hat="s"),
    ),
    "only s corrected": (
        "s is corrected, but m is used as it is.",
        "m starts at zero too. After one step, what does it say about g?",
        on(ADAMS, m_hat="m"),
    ),
    "root before the correction": (
        "The root is taken of the uncorrected s, and the root is then divided by 1 − β₂ᵗ.",
        "Is the correction made for s or for its root?",
        on(ADAMS, root="sqrt(s) / (1 - beta2**t) + eps"),
    ),
    "eps before the correction": (
        "ε is added before the correction, and is corrected with it: "
        "it stands for ε / √(1 − β₂ᵗ), as the ε̂ of Adam's short form does.",
        "When t is small, how large has your ε become?",
        on(ADAMS, root="(sqrt(s) + eps) / sqrt(1 - beta2**t)"),
    ),
    "t starts at 0": (
        "The first correction is made with t = 0, which divides by zero.",
        "How many gradients has m seen when it is corrected for the first time?",
        on(ADAMS, m_hat="m / (1 - beta1**(t - 1))", s_hat="s / (1 - beta2**(t - 1))"),
    ),
    "t never advances": (
        "t never advances: every step is corrected like the first.",
        "After a hundred steps, how much correction should be left?",
        on(ADAMS, t="1"),
        on(ADAMS, t="0"),
    ),
    "t one ahead": (
        "t is one ahead: the first step is corrected like the second.",
        "How many gradients has m seen when it is corrected for the first time?",
        on(ADAMS, m_hat="m / (1 - beta1**(t + 1))", s_hat="s / (1 - beta2**(t + 1))"),
    ),
    "correction written back": (
        "The corrected values are written back into the memory, and so corrected again and again.",
        "Which m should the next step build on: the raw or the corrected one?",
        on(ADAMS, memory="dict(m=m_hat, s=s_hat, t=t)"),
        on(ADAMS, memory="dict(m=m_hat, s=s, t=t)"),
        on(ADAMS, memory="dict(m=m, s=s_hat, t=t)"),
    ),
    "beta1 and beta2 swapped": (
        "β₁ and β₂ have changed places.",
        "Which of the two belongs to the memory of direction?",
        on(ADAMS, **SWAPPED, **SWAPPED_IN_HATS),
        on(ADAMS, **SWAPPED),
        on(ADAMS, **SWAPPED_IN_HATS),
    ),
    "m of g squared": (
        "m collects g², and g is meant.",
        "If m holds only squares, how can it know which way is down?",
        on(ADAMS, m="beta1 * m + (1 - beta1) * g**2"),
    ),
}

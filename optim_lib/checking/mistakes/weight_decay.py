"""Mistakes in the weight decay λ θ of AdamW, and of Adam with L2."""

from optim_lib import rules
from optim_lib.checking.mistakes.faces import on

ADAM_STEP = "theta - eta * m_hat / root"

TABLE = {
    "no decay": (
        "There is no decay: this is Adam.",
        "Where the gradient is zero, where should λ draw θ?",
        on(rules.adamw, theta=ADAM_STEP),
        on(rules.adam_l2, g="grad(theta)"),
    ),
    "lam ignored": (
        "λ is given, but your decay is that of λ = 0.01.",
        "In which of your lines does a number stand where λ should?",
        on(rules.adamw, theta=f"{ADAM_STEP} - eta * 0.01 * theta"),
        on(rules.adam_l2, g="grad(theta) + 0.01 * theta"),
    ),
    "L2 instead of decay": (
        "λ θ is added to the gradient: this is Adam with L2.",
        "Which memories does λ θ pass through in your rule, and what does the root do to it there?",
        on(rules.adamw, g="grad(theta) + lam * theta", theta=ADAM_STEP),
    ),
    "decay instead of L2": (
        "The decay does not pass through the memories: this is AdamW.",
        "L2 adds a term to the loss. What does that do to the gradient?",
        on(rules.adam_l2, g="grad(theta)", theta=f"{ADAM_STEP} - eta * lam * theta"),
    ),
    "decay flipped": (
        "The decay has its sign flipped: it makes the weights grow.",
        "Where the gradient is zero and θ = 1, should the step lead towards 0 or away from it?",
        on(rules.adamw, theta=f"{ADAM_STEP} + eta * lam * theta"),
        on(rules.adam_l2, g="grad(theta) - lam * theta"),
    ),
    "decay without eta": (
        "The decay is not multiplied by η.",
        "Halve η: which part of your step stays as long as it was?",
        on(rules.adamw, theta=f"{ADAM_STEP} - lam * theta"),
    ),
    "decay of the new theta": (
        "The decay is that of the new θ, after Adam's step.",
        "Which θ does the last term of the equation mean: before the step, or after it?",
        on(rules.adamw, theta=f"({ADAM_STEP}) * (1 - eta * lam)"),
    ),
    "decay divided by the root": (
        "The decay is divided by the root, like the gradient.",
        "Should a weight with large gradients decay more slowly than one with small ones?",
        on(rules.adamw, theta="theta - eta * (m_hat + lam * theta) / root"),
    ),
    "decay twice": (
        "The decay is applied twice.",
        "With zero gradient and η λ = 0.1, where should one step take θ = 1?",
        on(rules.adamw, theta=f"{ADAM_STEP} - 2 * eta * lam * theta"),
        on(rules.adamw, theta="theta * (1 - eta * lam)**2 - eta * m_hat / root"),
        on(rules.adamw, theta=f"({ADAM_STEP} - eta * lam * theta) * (1 - eta * lam)"),
        on(rules.adamw, g="grad(theta) + lam * theta"),
        on(rules.adam_l2, g="grad(theta) + 2 * lam * theta"),
        on(rules.adam_l2, theta=f"{ADAM_STEP} - eta * lam * theta"),
    ),
}

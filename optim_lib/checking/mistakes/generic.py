"""Mistakes that can be made in any rule: they need only the right one, not its lines."""

from optim_lib import rules
from optim_lib.checking.mistakes.faces import anywhere, on
from optim_lib.checking.templates import ADAMS

TABLE = {
    "climbs": (
        "It climbs: θ moves up the slope.",
        "The gradient points uphill. Which sign leads down?",
        anywhere(grad=lambda grad: lambda at: -grad(at)),
        anywhere(step=lambda step, eta: -step),
    ),
    "eta missing": (
        "η does not scale the step.",
        "Halve η: how much shorter should the step become, and how much shorter does yours?",
        anywhere(eta=lambda eta: 1.0),
        anywhere(step=lambda step, eta: step / eta),
        on(rules.adamw, theta="theta - m_hat / root - eta * lam * theta"),
    ),
    "eta twice": (
        "η is applied twice: something is multiplied by η².",
        "Follow η through your lines. Where does it enter for the second time?",
        anywhere(eta=lambda eta: eta**2),
        anywhere(step=lambda step, eta: step * eta),
        on(rules.adamw, theta="theta - eta**2 * m_hat / root - eta * lam * theta"),
        on(rules.adamw, theta="theta - eta * m_hat / root - eta**2 * lam * theta"),
    ),
    "memory not returned": (
        "What the step has learnt is lost: it is not in the memory that you return.",
        "What will the next step find in its memory?",
        anywhere(returned=lambda memory: {}),
    ),
    "memory not carried over": (
        "Every step starts anew: what the last one left in memory plays no part.",
        "Which of your lines reads the memory, and under the name by which you stored it?",
        anywhere(memory=lambda memory: {}),
        on(ADAMS, m="(1 - beta1) * g"),
        on(ADAMS, s="(1 - beta2) * g**2"),
        on(ADAMS, m="(1 - beta1) * g", s="(1 - beta2) * g**2"),
    ),
    "beta1 ignored": (
        "β₁ is given, but your steps are those of β₁ = 0.9.",
        "In which of your lines does a number stand where β₁ should?",
        anywhere(beta1=lambda beta1: 0.9),
    ),
    "beta2 ignored": (
        "β₂ is given, but your steps are those of β₂ = 0.999.",
        "In which of your lines does a number stand where β₂ should?",
        anywhere(beta2=lambda beta2: 0.999),
    ),
    "eps ignored": (
        "ε is given, but your steps take no notice of it.",
        "A large ε should make the steps shorter. Where does it enter in yours?",
        anywhere(eps=lambda eps: 1e-8),
        anywhere(eps=lambda eps: 0.0),
    ),
}

"""Mistakes that can be made in any rule: they need only the right one, not its lines."""

from optim_lib.checking.mistakes.groups import ADAMS, ADAMW
from optim_lib.checking.mistakes.mistake import Mistake, anywhere, on


def up_the_gradient(right, theta, grad, memory, **hyper):
    return right(theta, lambda at: -grad(at), memory, **hyper)


def stretched(by):
    """The right step, made longer by the factor by(eta)."""

    def step(right, theta, grad, memory, **hyper):
        new, memory = right(theta, grad, memory, **hyper)
        return theta + by(hyper["eta"]) * (new - theta), memory

    return step


def with_eta(seen_as):
    """The right rule, which is given seen_as(eta) for eta: in a look-ahead too."""
    return lambda right, *args, **hyper: right(*args, **hyper | {"eta": seen_as(hyper["eta"])})


def fixed(name, value):
    """The right rule, which has a hyperparameter fixed, whatever is asked for."""
    return lambda right, *args, **hyper: right(
        *args, **{asked: value if asked == name else hyper[asked] for asked in hyper}
    )


def forgets(right, theta, grad, memory, **hyper):
    return right(theta, grad, memory, **hyper)[0], {}


def starts_anew(right, theta, grad, memory, **hyper):
    return right(theta, grad, {}, **hyper)


TABLE = (
    Mistake(
        "climbs",
        "It climbs: θ moves up the slope.",
        "The gradient points uphill. Which sign leads down?",
        anywhere(up_the_gradient),
        anywhere(stretched(by=lambda eta: -1)),
    ),
    Mistake(
        "eta missing",
        "η does not scale the step.",
        "Halve η: how much shorter should the step become, and how much shorter does yours?",
        anywhere(with_eta(lambda eta: 1.0)),
        anywhere(stretched(by=lambda eta: 1 / eta)),
        on(ADAMW, theta="theta - m_hat / root - eta * lam * theta"),
    ),
    Mistake(
        "eta twice",
        "η is applied twice: something is multiplied by η².",
        "Follow η through your lines. Where does it enter for the second time?",
        anywhere(with_eta(lambda eta: eta**2)),
        anywhere(stretched(by=lambda eta: eta)),
        on(ADAMW, theta="theta - eta**2 * m_hat / root - eta * lam * theta"),
        on(ADAMW, theta="theta - eta * m_hat / root - eta**2 * lam * theta"),
    ),
    Mistake(
        "memory not returned",
        "What the step has learnt is lost: it is not in the memory that you return.",
        "What will the next step find in its memory?",
        anywhere(forgets),
    ),
    Mistake(
        "memory not carried over",
        "Every step starts anew: what the last one left in memory plays no part.",
        "Which of your lines reads the memory, and under the name by which you stored it?",
        anywhere(starts_anew),
        on(ADAMS, m="(1 - beta1) * g"),
        on(ADAMS, s="(1 - beta2) * g**2"),
        on(ADAMS, m="(1 - beta1) * g", s="(1 - beta2) * g**2"),
    ),
    Mistake(
        "beta1 ignored",
        "β₁ is given, but your steps are those of β₁ = 0.9.",
        "In which of your lines does a number stand where β₁ should?",
        anywhere(fixed("beta1", 0.9)),
    ),
    Mistake(
        "beta2 ignored",
        "β₂ is given, but your steps are those of β₂ = 0.999.",
        "In which of your lines does a number stand where β₂ should?",
        anywhere(fixed("beta2", 0.999)),
    ),
    Mistake(
        "eps ignored",
        "ε is given, but your steps take no notice of it.",
        "A large ε should make the steps shorter. Where does it enter in yours?",
        anywhere(fixed("eps", 1e-8)),
        anywhere(fixed("eps", 0.0)),
    ),
)

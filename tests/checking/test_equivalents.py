"""Right rules are accepted however they are written, and other conventions are said to be so."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.checking.check import check

RIGHT = []


def right(reference, said=""):
    """The rule below is right, and this is in what is said of it; "" if nothing is."""

    def collect(rule):
        RIGHT.append(pytest.param(rule, reference, said, id=rule.__name__))
        return rule

    return collect


OWN_FORM = "The memory has a form of its own"


@right(rules.gd)
def gd_in_other_words(theta, grad, memory, *, eta):
    return np.subtract(theta, np.multiply(grad(theta), eta)), dict(memory)


@right(rules.sgd)
def sgd_with_a_diary(theta, grad, memory, *, eta):
    g = grad(theta)
    return theta + eta * -g, {"last gradient": g, "n": memory.get("n", 0) + 1}


@right(rules.gd)
def gd_coordinate_by_coordinate(theta, grad, memory, *, eta):
    return np.array([x - eta * slope for x, slope in zip(theta, grad(theta), strict=True)]), {}


@right(rules.momentum)
def momentum_with_zeros(theta, grad, memory, *, eta, beta1=0.9):
    if not memory:
        memory = {"velocity": np.zeros_like(theta)}
    velocity = grad(theta) + memory["velocity"] * beta1
    return theta - velocity * eta, {"velocity": velocity}


@right(rules.momentum)
def momentum_with_extra_slots(theta, grad, memory, *, eta, beta1=0.9, unused=3.0):
    g = grad(theta)
    v = np.add(beta1 * memory.get("v", 0), g)
    return theta - eta * v, {"t": memory.get("t", 0) + 1, "g": g, "v": v}


@right(rules.momentum)
def momentum_asks_twice_at_one_point(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + (grad(theta) + grad(theta)) / 2
    return theta - eta * v, {"v": v}


@right(rules.momentum)
def momentum_copies_first(theta, grad, memory, *, eta, beta1=0.9):
    theta, memory = theta.copy(), dict(memory)
    memory["v"] = beta1 * memory.get("v", 0) + grad(theta)
    theta -= eta * memory["v"]
    return theta, memory


@right(rules.momentum, "v holds ηg (Sutskever's form): your v = η × our v.")
def momentum_sutskever(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + eta * grad(theta)
    return theta - v, {"v": v}


@right(rules.momentum, "v holds −ηg and is added to θ: your v = −η × our v.")
def momentum_added(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) - eta * grad(theta)
    return theta + v, {"v": v}


@right(rules.momentum, "v points downhill: your v = −1 × our v.")
def momentum_downhill(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) - grad(theta)
    return theta + eta * v, {"v": v}


@right(rules.momentum, "your mean = (1 − β₁) × our v.")
def momentum_ema_made_a_sum(theta, grad, memory, *, eta, beta1=0.9):
    mean = beta1 * memory.get("mean", 0) + (1 - beta1) * grad(theta)
    return theta - eta / (1 - beta1) * mean, {"mean": mean}


@right(rules.momentum, "You remember the last θ, as Polyak did")
def momentum_heavy_ball(theta, grad, memory, *, eta, beta1=0.9):
    last = memory.get("last", theta)
    return theta - eta * grad(theta) + beta1 * (theta - last), {"last": theta}


@right(rules.nesterov)
def nesterov_step_by_step(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", np.zeros_like(theta))
    carried = eta * (beta1 * v)
    ahead = theta - carried
    return theta - carried - eta * grad(ahead), {"v": grad(ahead) + v * beta1}


@right(rules.nesterov, "v holds −ηg and is added to θ: your v = −η × our v.")
def nesterov_sutskever(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v - eta * grad(theta + beta1 * v)
    return theta + v, {"v": v}


@right(rules.nesterov, "u holds ηg (Sutskever's form): your u = η × our v.")
def nesterov_eta_in_u(theta, grad, memory, *, eta, beta1=0.9):
    u = memory.get("u", 0)
    u = beta1 * u + eta * grad(theta - beta1 * u)
    return theta - u, {"u": u}


@right(rules.nesterov, "Your θ is the look-ahead point φ = θ − η β₁ v, as in PyTorch.")
def nesterov_pytorch(theta, grad, memory, *, eta, beta1=0.9):
    g = grad(theta)
    buffer = beta1 * memory.get("buffer", 0) + g
    return theta - eta * (g + beta1 * buffer), {"buffer": buffer}


@right(rules.nesterov, "PyTorch. velocity holds −ηg and is added to θ: your velocity = −η × our v.")
def nesterov_keras(theta, grad, memory, *, eta, beta1=0.9):
    g = grad(theta)
    velocity = beta1 * memory.get("velocity", 0) - eta * g
    return theta + beta1 * velocity - eta * g, {"velocity": velocity}


@right(rules.nesterov, OWN_FORM)
def nesterov_in_two_points(theta, grad, memory, *, eta, beta1=0.9):
    ahead = theta + beta1 * memory.get("moved", 0)
    moved = ahead - eta * grad(ahead) - theta
    return theta + moved, {"moved": moved}


@right(rules.adagrad)
def adagrad_by_power(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    total = np.square(g) + memory.get("total", 0)
    return theta - g * eta / (eps + total**0.5), {"total": total}


@right(rules.adagrad, "holds the root: your norm = √s.")
def adagrad_keeps_the_norm(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    norm = np.hypot(memory.get("norm", 0), g)
    return theta - eta * g / (norm + eps), {"norm": norm}


@right(rules.rmsprop)
def rmsprop_towards(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g, s = grad(theta), memory.get("s", np.zeros(theta.shape))
    s = s + (1 - beta2) * (g * g - s)
    return theta - eta * np.divide(g, np.sqrt(s) + eps), {"s": s}


@right(rules.rmsprop, "s is a sum: your s = our s / (1 − β₂).")
def rmsprop_fading_sum(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    s = beta2 * memory.get("s", 0) + g**2
    return theta - eta * g / (np.sqrt((1 - beta2) * s) + eps), {"s": s}


@right(rules.adam)
def adam_with_other_names(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    count = memory.get("count", 0.0) + 1.0
    g = grad(theta)
    nu = (1 - beta2) * np.square(g) + memory.get("nu", 0) * beta2
    mu = (1 - beta1) * g + memory.get("mu", 0) * beta1
    step = (mu / (1 - np.power(beta1, count))) / (np.sqrt(nu / (1 - beta2**count)) + eps)
    return theta - step * eta, {"nu": nu, "count": count, "mu": mu}


@right(rules.adam)
def adam_with_the_corrected_ones_beside(
    theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8
):
    new, kept = rules.adam(theta, grad, memory, eta=eta, beta1=beta1, beta2=beta2, eps=eps)
    return new, kept | {"m_hat": kept["m"] / (1 - beta1 ** kept["t"])}


@right(rules.adam)
def adam_folded_with_its_eps(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    young = np.sqrt(1 - beta2**t)
    eta_t = eta * young / (1 - beta1**t)
    return theta - eta_t * m / (np.sqrt(s) + eps * young), {"m": m, "s": s, "t": t}


@right(rules.adam, OWN_FORM)
def adam_with_powers_for_t(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, p1, p2 = grad(theta), beta1 * memory.get("p1", 1), beta2 * memory.get("p2", 1)
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    root = np.sqrt(s / (1 - p2)) + eps
    return theta - eta * m / (1 - p1) / root, {"m": m, "s": s, "p1": p1, "p2": p2}


@right(rules.adam, "m is a sum: your m = our m / (1 − β₁).")
def adam_sum_of_gradients(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat = (1 - beta1) * m / (1 - beta1**t)
    return theta - eta * m_hat / (np.sqrt(s / (1 - beta2**t)) + eps), {"m": m, "s": s, "t": t}


@right(rules.adam_l2)
def l2_written_out(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    g, t = lam * theta + grad(theta), 1 + memory.get("t", 0)
    m = memory.get("m", 0) * beta1 + g * (1 - beta1)
    s = memory.get("s", 0) * beta2 + g * g * (1 - beta2)
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (s_hat**0.5 + eps), {"t": t, "s": s, "m": m}


SHRINK = "To shrink θ by 1 − η λ and then take Adam's step is the same."


@right(rules.adamw, SHRINK)
def adamw_shrinks_first(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    g, t = grad(theta), memory.get("t", 0) + 1
    theta = theta * (1 - eta * lam)
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@right(rules.adamw, SHRINK)
def adamw_in_one_line(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * (m_hat / (np.sqrt(s_hat) + eps) + lam * theta), {"m": m, "s": s, "t": t}


@right(rules.adam)
def adam_takes_anything(theta, grad, memory, *, eta, **others):
    return rules.adam(theta, grad, memory, eta=eta, **others)


@right(rules.adam, "Adam")
class adam_as_an_object:
    def __new__(cls, theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
        return rules.adam(theta, grad, memory, eta=eta, beta1=beta1, beta2=beta2, eps=eps)


@pytest.mark.parametrize(("rule", "reference", "said"), RIGHT)
def test_a_right_rule_is_accepted_and_its_convention_named(rule, reference, said):
    verdict = check(rule, reference)
    assert verdict, verdict
    assert verdict.mistake is None
    assert said in verdict.says
    if not said:
        assert not any(word in verdict.says for word in ("your", "Your", OWN_FORM))


def test_there_are_many():
    assert len(RIGHT) >= 25

"""A mistake that nobody thought of is rejected with the plain evidence, and given no name."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.checking.check import check

STRANGERS = []


def stranger(reference):
    def collect(rule):
        STRANGERS.append(pytest.param(rule, reference, id=rule.__name__))
        return rule

    return collect


@stranger(rules.gd)
def signs(theta, grad, memory, *, eta):
    return theta - eta * np.sign(grad(theta)), {}


@stranger(rules.gd)
def unit_step(theta, grad, memory, *, eta):
    g = grad(theta)
    return theta - eta * g / np.linalg.norm(g), {}


@stranger(rules.gd)
def half_a_step(theta, grad, memory, *, eta):
    return theta - 0.5 * eta * grad(theta), {}


@stranger(rules.gd)
def only_the_first_coordinate(theta, grad, memory, *, eta):
    step = np.zeros_like(theta)
    step[0] = grad(theta)[0]
    return theta - eta * step, {}


@stranger(rules.gd)
def slope_somewhere_else(theta, grad, memory, *, eta):
    return theta - eta * grad(theta + 1.0), {}


@stranger(rules.gd)
def never_asks(theta, grad, memory, *, eta):
    return theta - eta * theta, {}


@stranger(rules.gd)
def fading_eta(theta, grad, memory, *, eta):
    t = memory.get("t", 0) + 1
    return theta - eta / t * grad(theta), {"t": t}


@stranger(rules.gd)
def root_of_eta(theta, grad, memory, *, eta):
    return theta - np.sqrt(eta) * grad(theta), {}


@stranger(rules.gd)
def clipped(theta, grad, memory, *, eta):
    return theta - eta * np.clip(grad(theta), -1, 1), {}


@stranger(rules.momentum)
def beta_squared(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1**2 * memory.get("v", 0) + grad(theta)
    return theta - eta * v, {"v": v}


@stranger(rules.momentum)
def step_by_v_and_g(theta, grad, memory, *, eta, beta1=0.9):
    g = grad(theta)
    v = beta1 * memory.get("v", 0) + g
    return theta - eta * (v + g), {"v": v}


@stranger(rules.momentum)
def sum_of_all(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0) + grad(theta)
    return theta - eta * v, {"v": v}


@stranger(rules.momentum)
def v_subtracts(theta, grad, memory, *, eta, beta1=0.9):
    v = grad(theta) - beta1 * memory.get("v", 0)
    return theta - eta * v, {"v": v}


@stranger(rules.momentum)
def beta_on_the_gradient(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0) + beta1 * grad(theta)
    return theta - eta * v, {"v": v}


@stranger(rules.momentum)
def ema_corrected(theta, grad, memory, *, eta, beta1=0.9):
    t = memory.get("t", 0) + 1
    v = beta1 * memory.get("v", 0) + (1 - beta1) * grad(theta)
    return theta - eta * v / (1 - beta1**t), {"v": v, "t": t}


@stranger(rules.nesterov)
def look_ahead_of_the_whole_step(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta - beta1**2 * eta * v)
    return theta - eta * v, {"v": v}


@stranger(rules.nesterov)
def half_pytorch(theta, grad, memory, *, eta, beta1=0.9):
    g = grad(theta)
    v = beta1 * memory.get("v", 0) + g
    return theta - eta * (v + beta1 * v), {"v": v}


@stranger(rules.adagrad)
def cube_root(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + g**2
    return theta - eta * g / (np.cbrt(s) + eps), {"s": s}


@stranger(rules.adagrad)
def sum_of_sizes(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + np.abs(g)
    return theta - eta * g / (s + eps), {"s": s}


@stranger(rules.adagrad)
def largest_so_far(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = np.maximum(memory.get("s", 0), g**2)
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@stranger(rules.rmsprop)
def old_s(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g, s = grad(theta), memory.get("s", 1.0) * np.ones_like(theta)
    return theta - eta * g / (np.sqrt(s) + eps), {"s": beta2 * s + (1 - beta2) * g**2}


@stranger(rules.rmsprop)
def corrected_rmsprop(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    return rules.adam(theta, grad, memory, eta=eta, beta1=0.0, beta2=beta2, eps=eps)


@stranger(rules.adam)
def adamax(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    u = np.maximum(beta2 * memory.get("u", 0), np.abs(g))
    return theta - eta * m / (1 - beta1**t) / (u + eps), {"m": m, "u": u, "t": t}


@stranger(rules.adam)
def amsgrad(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    top = np.maximum(memory.get("top", 0), s)
    root = np.sqrt(top / (1 - beta2**t)) + eps
    return theta - eta * m / (1 - beta1**t) / root, {"m": m, "s": s, "t": t, "top": top}


@stranger(rules.adam)
def size_of_the_surprise(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * (g - m) ** 2
    root = np.sqrt(s / (1 - beta2**t)) + eps
    return theta - eta * m / (1 - beta1**t) / root, {"m": m, "s": s, "t": t}


@stranger(rules.adam)
def gradient_over_the_root(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    return theta - eta * g / (np.sqrt(s / (1 - beta2**t)) + eps), {"s": s, "t": t}


@stranger(rules.adam)
def corrected_with_t_times_beta(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1 * t), s / np.abs(1 - beta2 * t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@stranger(rules.adam)
def all_nan(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    new, memory = rules.adam(theta, grad, memory, eta=eta, beta1=beta1, beta2=beta2, eps=eps)
    return new * np.nan, {"m": memory["m"], "s": memory["s"], "t": memory["t"]}


@stranger(rules.adamw)
def decay_towards_one(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    hyper = {"eta": eta, "beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam(theta, grad, memory, **hyper)
    return new - eta * lam * (theta - 1), memory


@stranger(rules.adamw)
def decay_of_the_sign(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    hyper = {"eta": eta, "beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam(theta, grad, memory, **hyper)
    return new - eta * lam * np.sign(theta), memory


@stranger(rules.adam_l2)
def half_of_it(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    hyper = {"eta": eta, "beta1": beta1, "beta2": beta2, "eps": eps}
    return rules.adam(theta, lambda at: grad(at) + lam * at / 2, memory, **hyper)


@pytest.mark.parametrize(("rule", "reference"), STRANGERS)
def test_a_stranger_gets_the_evidence_and_no_name(rule, reference):
    verdict = check(rule, reference)
    assert not verdict
    assert verdict.mistake is None
    assert verdict.evidence and verdict.hint
    assert verdict.says.startswith(f"{rule.__name__} does not take ")


def test_there_are_many():
    assert len(STRANGERS) >= 20


def test_right_for_one_run_and_wrong_for_many_at_once():
    def two_weights(theta, grad, memory, *, eta, beta1=0.9):
        v = beta1 * memory.get("v", np.zeros(len(theta))) + grad(theta)
        return theta - eta * v, {"v": v}

    def looks_at_one(theta, grad, memory, *, eta, beta1=0.9):
        return rules.momentum(theta, grad, memory, eta=np.max(eta), beta1=beta1)

    assert check(two_weights, rules.momentum).mistake == "only one run"
    assert "could not be broadcast" in check(two_weights, rules.momentum).says
    assert check(looks_at_one, rules.momentum).mistake == "only one run"
    assert "runs at once" in check(looks_at_one, rules.momentum).where

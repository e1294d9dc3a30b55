"""Wrong rules as students write them: each has one mistake, and a name that it must be given.

They are written by hand, not made from the library's table. A name of None marks a stranger: a
mistake, or several at once, for which the table has no name.
"""

from typing import NamedTuple

import numpy as np

from optim_lib import rules


class Mutant(NamedTuple):
    name: str | None
    right: object
    rule: object

    def __str__(self):
        return f"{self.right.__name__}-{self.name or 'stranger'}-{self.rule.__name__}"


MUTANTS = []


def mutant(name, *rights):
    def collect(rule):
        MUTANTS.extend(Mutant(name, right, rule) for right in rights)
        return rule

    return collect


# Gradient descent


@mutant("climbs", rules.gd, rules.sgd)
def gd_plus(theta, grad, memory, *, eta):
    return theta + eta * grad(theta), memory


@mutant("eta missing", rules.gd)
def gd_whole_gradient(theta, grad, memory, *, eta):
    return theta - grad(theta), {}


@mutant("eta twice", rules.gd)
def gd_eta_twice(theta, grad, memory, *, eta):
    step = eta * grad(theta)
    return theta - eta * step, {}


@mutant("returns only theta", rules.gd)
def gd_only_theta(theta, grad, memory, *, eta):
    return theta - eta * grad(theta)


@mutant("returns None", rules.gd)
def gd_no_return(theta, grad, memory, *, eta):
    theta = theta - eta * grad(theta)


@mutant("returns memory first", rules.gd)
def gd_swapped(theta, grad, memory, *, eta):
    return memory, theta - eta * grad(theta)


@mutant("theta changed in place", rules.gd)
def gd_in_place(theta, grad, memory, *, eta):
    theta -= eta * grad(theta)
    return theta, memory


@mutant("theta changed in place", rules.gd)
def gd_writes_elements(theta, grad, memory, *, eta):
    g = grad(theta)
    for i in range(len(theta)):
        theta[i] = theta[i] - eta * g[i]
    return theta.copy(), {}


@mutant("wrong shape", rules.gd)
def gd_one_coordinate(theta, grad, memory, *, eta):
    return theta[0] - eta * grad(theta)[0], {}


@mutant("wrong shape", rules.gd)
def gd_column(theta, grad, memory, *, eta):
    return theta - eta * grad(theta).reshape(-1, 1), {}


@mutant("undefined name", rules.gd)
def gd_learning_rate(theta, grad, memory, *, eta):
    return theta - lr * grad(theta), {}  # noqa: F821


@mutant("never returns", rules.gd)
def gd_until_flat(theta, grad, memory, *, eta):
    while True:
        g = grad(theta)
        if g is None:
            return theta - eta * g, {}


@mutant("gradient at two points", rules.gd)
def gd_two_steps(theta, grad, memory, *, eta):
    theta = theta - eta * grad(theta)
    return theta - eta * grad(theta), {}


# Momentum


@mutant("climbs", rules.momentum)
def momentum_plus(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + grad(theta)
    return theta + eta * v, {"v": v}


@mutant("climbs", rules.momentum)
def momentum_signs_mixed(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) - eta * grad(theta)
    return theta - v, {"v": v}


@mutant("eta missing", rules.momentum)
def momentum_no_eta(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + grad(theta)
    return theta - v, {"v": v}


@mutant("eta twice", rules.momentum)
def momentum_eta_in_both(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + eta * grad(theta)
    return theta - eta * v, {"v": v}


@mutant("eta twice", rules.momentum)
def momentum_eta_squared(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + grad(theta)
    return theta - eta**2 * v, {"v": v}


@mutant("memory not returned", rules.momentum)
def momentum_empty_memory(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + grad(theta)
    return theta - eta * v, {}


@mutant("memory not returned", rules.momentum)
def momentum_old_memory(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + grad(theta)
    return theta - eta * v, memory


@mutant("memory not carried over", rules.momentum)
def momentum_other_name(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("velocity", 0) + grad(theta)
    return theta - eta * v, {"v": v}


@mutant("memory not carried over", rules.momentum)
def momentum_zeros(theta, grad, memory, *, eta, beta1=0.9):
    v = np.zeros_like(theta)
    v = beta1 * v + grad(theta)
    return theta - eta * v, {"v": v}


@mutant("memory changed in place", rules.momentum)
def momentum_writes_slot(theta, grad, memory, *, eta, beta1=0.9):
    memory["v"] = beta1 * memory.get("v", 0) + grad(theta)
    return theta - eta * memory["v"], memory


@mutant("memory changed in place", rules.momentum)
def momentum_writes_array(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", np.zeros_like(theta))
    v *= beta1
    v += grad(theta)
    return theta - eta * v, {"v": v}


@mutant("theta changed in place", rules.momentum)
def momentum_theta_in_place(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + grad(theta)
    theta -= eta * v
    return theta, {"v": v}


@mutant("memory read too early", rules.momentum)
def momentum_key_error(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory["v"] + grad(theta)
    return theta - eta * v, {"v": v}


@mutant("undefined name", rules.momentum)
def momentum_v_from_nowhere(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * v + grad(theta)  # noqa: F821
    return theta - eta * v, {"v": v}


@mutant("returns None", rules.momentum)
def momentum_no_return(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + grad(theta)
    theta, memory = theta - eta * v, {"v": v}


@mutant("mean instead of sum", rules.momentum)
def momentum_ema(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + (1 - beta1) * grad(theta)
    return theta - eta * v, {"v": v}


@mutant("mean instead of sum", rules.momentum)
def momentum_ema_towards(theta, grad, memory, *, eta, beta1=0.9):
    mean = memory.get("mean", np.zeros_like(theta))
    mean = mean + (1 - beta1) * (grad(theta) - mean)
    return theta - eta * mean, {"mean": mean}


@mutant("beta1 swapped", rules.momentum)
def momentum_swapped(theta, grad, memory, *, eta, beta1=0.9):
    v = (1 - beta1) * memory.get("v", 0) + beta1 * grad(theta)
    return theta - eta * v, {"v": v}


@mutant("old v in the step", rules.momentum)
def momentum_old_v(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", np.zeros_like(theta))
    new_theta = theta - eta * v
    return new_theta, {"v": beta1 * v + grad(theta)}


@mutant("beta1 ignored", rules.momentum)
def momentum_hard_coded(theta, grad, memory, *, eta, beta1=0.9):
    v = 0.9 * memory.get("v", 0) + grad(theta)
    return theta - eta * v, {"v": v}


@mutant("look-ahead in momentum", rules.momentum)
def momentum_is_nesterov(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    ahead = theta - eta * beta1 * v
    v = beta1 * v + grad(ahead)
    return theta - eta * v, {"v": v}


@mutant("gradient at two points", rules.momentum)
def momentum_averages_two_slopes(theta, grad, memory, *, eta, beta1=0.9):
    g = (grad(theta) + grad(theta - eta * grad(theta))) / 2
    v = beta1 * memory.get("v", 0) + g
    return theta - eta * v, {"v": v}


# Nesterov


@mutant("no look-ahead", rules.nesterov)
def nesterov_at_theta(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0) + grad(theta)
    return theta - eta * v, {"v": v}


@mutant("no look-ahead", rules.nesterov)
def nesterov_forgets_to_use_it(theta, grad, memory, *, eta, beta1=0.9):
    u = memory.get("u", np.zeros_like(theta))
    ahead = theta + beta1 * u  # noqa: F841
    u = beta1 * u - eta * grad(theta)
    return theta + u, {"u": u}


@mutant("look-ahead backwards", rules.nesterov)
def nesterov_looks_back(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta + eta * beta1 * v)
    return theta - eta * v, {"v": v}


@mutant("look-ahead backwards", rules.nesterov)
def nesterov_looks_back_sutskever(theta, grad, memory, *, eta, beta1=0.9):
    u = memory.get("u", 0)
    u = beta1 * u - eta * grad(theta - beta1 * u)
    return theta + u, {"u": u}


@mutant("look-ahead without eta", rules.nesterov)
def nesterov_far_ahead(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta - beta1 * v)
    return theta - eta * v, {"v": v}


@mutant("look-ahead without beta1", rules.nesterov)
def nesterov_whole_v(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta - eta * v)
    return theta - eta * v, {"v": v}


@mutant("mean instead of sum", rules.nesterov)
def nesterov_ema(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + (1 - beta1) * grad(theta - eta * beta1 * v)
    return theta - eta * v, {"v": v}


@mutant("old v in the step", rules.nesterov)
def nesterov_old_v(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    return theta - eta * v, {"v": beta1 * v + grad(theta - eta * beta1 * v)}


@mutant("climbs", rules.nesterov)
def nesterov_plus(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta + eta * beta1 * v)
    return theta + eta * v, {"v": v}


@mutant("climbs", rules.nesterov)
def nesterov_plus_in_the_step(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta - eta * beta1 * v)
    return theta + eta * v, {"v": v}


@mutant("eta missing", rules.nesterov)
def nesterov_no_eta(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta - eta * beta1 * v)
    return theta - v, {"v": v}


@mutant("eta twice", rules.nesterov)
def nesterov_eta_squared(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta - eta * beta1 * v)
    return theta - eta * eta * v, {"v": v}


@mutant("memory not returned", rules.nesterov)
def nesterov_memory_lost(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta - eta * beta1 * v)
    return theta - eta * v, memory


# AdaGrad


@mutant("no root", rules.adagrad)
def adagrad_no_root(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + g**2
    return theta - eta * g / (s + eps), {"s": s}


@mutant("eps inside the root", rules.adagrad)
def adagrad_eps_inside(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + g * g
    return theta - eta * g / np.sqrt(s + eps), {"s": s}


@mutant("g instead of g squared", rules.adagrad)
def adagrad_sums_g(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + g
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("average instead of sum", rules.adagrad)
def adagrad_fades(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = 0.9 * memory.get("s", 0) + 0.1 * g**2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("average instead of sum", rules.adagrad)
def adagrad_mean_of_all(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    total, n = memory.get("total", 0) + g**2, memory.get("n", 0) + 1
    return theta - eta * g / (np.sqrt(total / n) + eps), {"total": total, "n": n}


@mutant("one scalar for all", rules.adagrad)
def adagrad_norm(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + np.linalg.norm(g) ** 2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("one scalar for all", rules.adagrad)
def adagrad_dot(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + np.dot(g, g)
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("eta missing", rules.adagrad)
def adagrad_no_eta(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + g**2
    return theta - g / (np.sqrt(s) + eps), {"s": s}


@mutant("eps ignored", rules.adagrad)
def adagrad_no_eps(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + g**2
    return theta - eta * g / np.sqrt(s), {"s": s}


@mutant("memory changed in place", rules.adagrad)
def adagrad_in_place(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    if "s" not in memory:
        memory["s"] = np.zeros_like(theta)
    memory["s"] += g**2
    return theta - eta * g / (np.sqrt(memory["s"]) + eps), memory


# RMSProp


@mutant("no root", rules.rmsprop)
def rmsprop_no_root(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    return theta - eta / (s + eps) * g, {"s": s}


@mutant("eps inside the root", rules.rmsprop)
def rmsprop_eps_inside(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    return theta - eta * g * (s + eps) ** -0.5, {"s": s}


@mutant("g instead of g squared", rules.rmsprop)
def rmsprop_mean_of_g(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("sum instead of average", rules.rmsprop)
def rmsprop_is_adagrad(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + g**2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("1 - beta2 missing", rules.rmsprop)
def rmsprop_full_weight(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    s = beta2 * memory.get("s", 0) + g**2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("beta2 swapped", rules.rmsprop)
def rmsprop_swapped(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    s = (1 - beta2) * memory.get("s", 0) + beta2 * g**2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("one scalar for all", rules.rmsprop)
def rmsprop_mean_square(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    s = beta2 * memory.get("s", 0) + (1 - beta2) * np.mean(g**2)
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("memory not carried over", rules.rmsprop)
def rmsprop_starts_anew(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g, s = grad(theta), np.zeros_like(theta)
    s = beta2 * s + (1 - beta2) * g**2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant("beta2 ignored", rules.rmsprop)
def rmsprop_hard_coded(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g = grad(theta)
    s = 0.999 * memory.get("s", 0) + 0.001 * g**2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


# Adam


@mutant("no correction", rules.adam)
def adam_uncorrected(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    return theta - eta * m / (np.sqrt(s) + eps), {"m": m, "s": s}


@mutant("only m corrected", rules.adam)
def adam_only_m(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    return theta - eta * m_hat / (np.sqrt(s) + eps), {"m": m, "s": s, "t": t}


@mutant("only s corrected", rules.adam)
def adam_only_s(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    s_hat = s / (1 - beta2**t)
    return theta - eta * m / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant("t starts at 0", rules.adam)
def adam_t_from_zero(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0)
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t + 1}


@mutant("t never advances", rules.adam)
def adam_t_stands_at_one(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 1)
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant("t never advances", rules.adam)
def adam_t_not_returned(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s}


@mutant("t never advances", rules.adam)
def adam_t_stands_at_zero(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0)
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant("t one ahead", rules.adam)
def adam_t_ahead(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 1) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant("correction written back", rules.adam)
def adam_written_back(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m /= 1 - beta1**t
    s /= 1 - beta2**t
    return theta - eta * m / (np.sqrt(s) + eps), {"m": m, "s": s, "t": t}


@mutant("correction written back", rules.adam)
def adam_m_written_back(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = (beta1 * memory.get("m", 0) + (1 - beta1) * g) / (1 - beta1**t)
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    return theta - eta * m / (np.sqrt(s / (1 - beta2**t)) + eps), {"m": m, "s": s, "t": t}


@mutant("beta1 and beta2 swapped", rules.adam)
def adam_betas_swapped(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta2 * memory.get("m", 0) + (1 - beta2) * g
    s = beta1 * memory.get("s", 0) + (1 - beta1) * g**2
    m_hat, s_hat = m / (1 - beta2**t), s / (1 - beta1**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant("m of g squared", rules.adam)
def adam_m_of_squares(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g**2
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant("g instead of g squared", rules.adam)
def adam_s_of_g(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant("eps inside the root", rules.adam)
def adam_eps_inside(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / np.sqrt(s_hat + eps), {"m": m, "s": s, "t": t}


@mutant("eps before the correction", rules.adam)
def adam_eps_corrected_too(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    root = (np.sqrt(s) + eps) / np.sqrt(1 - beta2**t)
    return theta - eta * m / (1 - beta1**t) / root, {"m": m, "s": s, "t": t}


@mutant("eps before the correction", rules.adam)
def adam_short_form(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    eta_t = eta * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return theta - eta_t * m / (np.sqrt(s) + eps), {"m": m, "s": s, "t": t}


@mutant("root before the correction", rules.adam)
def adam_root_first(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, root = m / (1 - beta1**t), np.sqrt(s) / (1 - beta2**t)
    return theta - eta * m_hat / (root + eps), {"m": m, "s": s, "t": t}


@mutant("no root", rules.adam)
def adam_no_root(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (s_hat + eps), {"m": m, "s": s, "t": t}


@mutant("climbs", rules.adam)
def adam_plus(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta + eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant("memory not returned", rules.adam)
def adam_memory_lost(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), memory


@mutant("memory not carried over", rules.adam)
def adam_s_not_returned(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "t": t}


@mutant("memory not carried over", rules.adam)
def adam_zeros_at_each_step(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m, s = np.zeros_like(theta), np.zeros_like(theta)
    m, s = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant("memory changed in place", rules.adam)
def adam_in_place(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    memory["t"] = memory.get("t", 0) + 1
    memory["m"] = beta1 * memory.get("m", 0) + (1 - beta1) * g
    memory["s"] = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat = memory["m"] / (1 - beta1 ** memory["t"])
    s_hat = memory["s"] / (1 - beta2 ** memory["t"])
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), memory


@mutant("gradient at two points", rules.adam)
def adam_second_look(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * memory.get("m", 0) + (1 - beta1) * grad(theta)
    s = beta2 * memory.get("s", 0) + (1 - beta2) * grad(theta - eta * m) ** 2
    t = memory.get("t", 0) + 1
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


# AdamW, and Adam with L2: these students call the right Adam, or write it again


@mutant("L2 instead of decay", rules.adamw)
def adamw_in_the_gradient(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    betas = {"beta1": beta1, "beta2": beta2, "eps": eps}
    return rules.adam(theta, lambda at: grad(at) + lam * at, memory, eta=eta, **betas)


@mutant("decay instead of L2", rules.adam_l2)
def l2_outside(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    betas = {"beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam(theta, grad, memory, eta=eta, **betas)
    return new - eta * lam * theta, memory


@mutant("decay flipped", rules.adamw)
def adamw_grows(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    betas = {"beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam(theta, grad, memory, eta=eta, **betas)
    return new + eta * lam * theta, memory


@mutant("decay flipped", rules.adam_l2)
def l2_flipped(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    betas = {"beta1": beta1, "beta2": beta2, "eps": eps}
    return rules.adam(theta, lambda at: grad(at) - lam * at, memory, eta=eta, **betas)


@mutant("decay without eta", rules.adamw)
def adamw_lam_alone(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    betas = {"beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam(theta, grad, memory, eta=eta, **betas)
    return new - lam * theta, memory


@mutant("decay of the new theta", rules.adamw)
def adamw_after_the_step(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    betas = {"beta1": beta1, "beta2": beta2, "eps": eps}
    theta, memory = rules.adam(theta, grad, memory, eta=eta, **betas)
    return theta - eta * lam * theta, memory


@mutant("decay divided by the root", rules.adamw)
def adamw_under_the_root(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    step = (m_hat + lam * theta) / (np.sqrt(s_hat) + eps)
    return theta - eta * step, {"m": m, "s": s, "t": t}


@mutant("decay twice", rules.adamw)
def adamw_before_and_after(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    betas = {"beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam(theta, grad, memory, eta=eta, **betas)
    new = new - eta * lam * theta
    return new - eta * lam * theta, memory


@mutant("decay twice", rules.adamw, rules.adam_l2)
def adamw_and_l2(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    betas = {"beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam_l2(theta, grad, memory, eta=eta, lam=lam, **betas)
    return new - eta * lam * theta, memory


@mutant("no decay", rules.adamw, rules.adam_l2)
def adamw_forgets_lam(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    return rules.adam(theta, grad, memory, eta=eta, beta1=beta1, beta2=beta2, eps=eps)


@mutant("eta missing", rules.adamw)
def adamw_no_eta_at_all(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    betas = {"beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam(theta, grad, memory, eta=1, **betas)
    return new - lam * theta, memory


@mutant("no correction", rules.adamw)
def adamw_uncorrected(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    g = grad(theta)
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    return (1 - eta * lam) * theta - eta * m / (np.sqrt(s) + eps), {"m": m, "s": s}


@mutant("eps inside the root", rules.adamw)
def adamw_eps_inside(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    theta = theta - eta * lam * theta
    return theta - eta * m_hat / np.sqrt(s_hat + eps), {"m": m, "s": s, "t": t}


@mutant("t one ahead", rules.adam_l2)
def l2_t_ahead(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    g, t = grad(theta) + lam * theta, memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1 ** (t + 1)), s / (1 - beta2 ** (t + 1))
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


# Strangers: mistakes that nobody thought of


@mutant(None, rules.gd)
def signs(theta, grad, memory, *, eta):
    return theta - eta * np.sign(grad(theta)), {}


@mutant(None, rules.gd)
def unit_step(theta, grad, memory, *, eta):
    g = grad(theta)
    return theta - eta * g / np.linalg.norm(g), {}


@mutant(None, rules.gd)
def half_a_step(theta, grad, memory, *, eta):
    return theta - 0.5 * eta * grad(theta), {}


@mutant(None, rules.gd)
def only_the_first_coordinate(theta, grad, memory, *, eta):
    step = np.zeros_like(theta)
    step[0] = grad(theta)[0]
    return theta - eta * step, {}


@mutant(None, rules.gd)
def slope_somewhere_else(theta, grad, memory, *, eta):
    return theta - eta * grad(theta + 1.0), {}


@mutant(None, rules.gd)
def never_asks(theta, grad, memory, *, eta):
    return theta - eta * theta, {}


@mutant(None, rules.gd)
def fading_eta(theta, grad, memory, *, eta):
    t = memory.get("t", 0) + 1
    return theta - eta / t * grad(theta), {"t": t}


@mutant(None, rules.gd)
def root_of_eta(theta, grad, memory, *, eta):
    return theta - np.sqrt(eta) * grad(theta), {}


@mutant(None, rules.gd)
def clipped(theta, grad, memory, *, eta):
    return theta - eta * np.clip(grad(theta), -1, 1), {}


@mutant(None, rules.momentum)
def beta_squared(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1**2 * memory.get("v", 0) + grad(theta)
    return theta - eta * v, {"v": v}


@mutant(None, rules.momentum)
def step_by_v_and_g(theta, grad, memory, *, eta, beta1=0.9):
    g = grad(theta)
    v = beta1 * memory.get("v", 0) + g
    return theta - eta * (v + g), {"v": v}


@mutant(None, rules.momentum)
def sum_of_all(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0) + grad(theta)
    return theta - eta * v, {"v": v}


@mutant(None, rules.momentum)
def v_subtracts(theta, grad, memory, *, eta, beta1=0.9):
    v = grad(theta) - beta1 * memory.get("v", 0)
    return theta - eta * v, {"v": v}


@mutant(None, rules.momentum)
def beta_on_the_gradient(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0) + beta1 * grad(theta)
    return theta - eta * v, {"v": v}


@mutant(None, rules.momentum)
def ema_corrected(theta, grad, memory, *, eta, beta1=0.9):
    t = memory.get("t", 0) + 1
    v = beta1 * memory.get("v", 0) + (1 - beta1) * grad(theta)
    return theta - eta * v / (1 - beta1**t), {"v": v, "t": t}


@mutant(None, rules.nesterov)
def look_ahead_of_the_whole_step(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.get("v", 0)
    v = beta1 * v + grad(theta - beta1**2 * eta * v)
    return theta - eta * v, {"v": v}


@mutant(None, rules.nesterov)
def half_pytorch(theta, grad, memory, *, eta, beta1=0.9):
    g = grad(theta)
    v = beta1 * memory.get("v", 0) + g
    return theta - eta * (v + beta1 * v), {"v": v}


@mutant(None, rules.adagrad)
def cube_root(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + g**2
    return theta - eta * g / (np.cbrt(s) + eps), {"s": s}


@mutant(None, rules.adagrad)
def sum_of_sizes(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = memory.get("s", 0) + np.abs(g)
    return theta - eta * g / (s + eps), {"s": s}


@mutant(None, rules.adagrad)
def largest_so_far(theta, grad, memory, *, eta, eps=1e-8):
    g = grad(theta)
    s = np.maximum(memory.get("s", 0), g**2)
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


@mutant(None, rules.rmsprop)
def old_s(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    g, s = grad(theta), memory.get("s", 1.0) * np.ones_like(theta)
    return theta - eta * g / (np.sqrt(s) + eps), {"s": beta2 * s + (1 - beta2) * g**2}


@mutant(None, rules.rmsprop)
def corrected_rmsprop(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    return rules.adam(theta, grad, memory, eta=eta, beta1=0.0, beta2=beta2, eps=eps)


@mutant(None, rules.adam)
def adamax(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    u = np.maximum(beta2 * memory.get("u", 0), np.abs(g))
    return theta - eta * m / (1 - beta1**t) / (u + eps), {"m": m, "u": u, "t": t}


@mutant(None, rules.adam)
def amsgrad(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    top = np.maximum(memory.get("top", 0), s)
    root = np.sqrt(top / (1 - beta2**t)) + eps
    return theta - eta * m / (1 - beta1**t) / root, {"m": m, "s": s, "t": t, "top": top}


@mutant(None, rules.adam)
def size_of_the_surprise(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * (g - m) ** 2
    root = np.sqrt(s / (1 - beta2**t)) + eps
    return theta - eta * m / (1 - beta1**t) / root, {"m": m, "s": s, "t": t}


@mutant(None, rules.adam)
def gradient_over_the_root(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    return theta - eta * g / (np.sqrt(s / (1 - beta2**t)) + eps), {"s": s, "t": t}


@mutant(None, rules.adam)
def corrected_with_t_times_beta(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1 * t), s / np.abs(1 - beta2 * t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


@mutant(None, rules.adam)
def all_nan(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    new, memory = rules.adam(theta, grad, memory, eta=eta, beta1=beta1, beta2=beta2, eps=eps)
    return new * np.nan, {"m": memory["m"], "s": memory["s"], "t": memory["t"]}


@mutant(None, rules.adamw)
def decay_towards_one(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    hyper = {"eta": eta, "beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam(theta, grad, memory, **hyper)
    return new - eta * lam * (theta - 1), memory


@mutant(None, rules.adamw)
def decay_of_the_sign(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    hyper = {"eta": eta, "beta1": beta1, "beta2": beta2, "eps": eps}
    new, memory = rules.adam(theta, grad, memory, **hyper)
    return new - eta * lam * np.sign(theta), memory


@mutant(None, rules.adam_l2)
def half_of_it(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    hyper = {"eta": eta, "beta1": beta1, "beta2": beta2, "eps": eps}
    return rules.adam(theta, lambda at: grad(at) + lam * at / 2, memory, **hyper)

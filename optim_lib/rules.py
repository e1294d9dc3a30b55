"""The update rules, one memory term at a time.

Every rule is a function

    rule(theta, grad, memory, *, eta, ...) -> (theta, memory)

theta   the weights θ, an array of shape (d, ...): coordinates first, so `x, y = theta`
grad    a function: grad(theta) is ∇f(θ), of the same shape
memory  a dict of what the rule remembers; {} before the first step, and a missing slot is zero

Both results are new: nothing is changed in place. Hyperparameters may be numbers or arrays that
broadcast against theta, so the same lines run one optimizer or ten thousand at once.
"""

import numpy as np


def gd(theta, grad, memory, *, eta):
    """Gradient descent: no memory.

    θ ← θ − η ∇f(θ)

    Source: A. Cauchy, "Méthode générale pour la résolution des systèmes d'équations
    simultanées", C. R. Acad. Sci. 25, 1847.
    """
    return theta - eta * grad(theta), {}


def sgd(theta, grad, memory, *, eta):
    """Stochastic gradient descent: gradient descent, handed the noisy gradient of a mini-batch.

    θ ← θ − η g,   g = ∇f_B(θ)

    Source: H. Robbins and S. Monro, "A stochastic approximation method", 1951, eq. (8).
    """
    return gd(theta, grad, memory, eta=eta)


def momentum(theta, grad, memory, *, eta, beta1=0.9):
    """Momentum: remember the direction. v, of θ's shape, is a sum of gradients, not a mean.

    v ← β₁ v + ∇f(θ)
    θ ← θ − η v

    Source: B. T. Polyak, "Some methods of speeding up the convergence of iteration methods",
    1964, the two-step method; written as in PyTorch's SGD.
    """
    v = beta1 * memory.get("v", 0.0) + grad(theta)
    return theta - eta * v, {"v": v}


def nesterov(theta, grad, memory, *, eta, beta1=0.9):
    """Nesterov's momentum: take the gradient where the memory is about to carry us.

    v ← β₁ v + ∇f(θ − η β₁ v)
    θ ← θ − η v

    Source: Y. Nesterov, 1983; in this form I. Sutskever et al., "On the importance of
    initialization and momentum in deep learning", 2013, eqs. (3)-(4), with v for their −v/η.
    """
    v = memory.get("v", 0.0)
    v = beta1 * v + grad(theta - eta * beta1 * v)
    return theta - eta * v, {"v": v}


def adagrad(theta, grad, memory, *, eta, eps=1e-8):
    """AdaGrad: remember how large the gradient was, for each coordinate, and never forget it.

    s ← s + g²,   g = ∇f(θ)
    θ ← θ − η g / (√s + ε)

    Source: J. Duchi, E. Hazan and Y. Singer, "Adaptive subgradient methods for online learning
    and stochastic optimization", 2011, section 1.1, the diagonal form.
    """
    g = grad(theta)
    s = memory.get("s", 0.0) + g**2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


def rmsprop(theta, grad, memory, *, eta, beta2=0.999, eps=1e-8):
    """RMSProp: remember how large the gradient was, and forget it slowly.

    s ← β₂ s + (1 − β₂) g²,   g = ∇f(θ)
    θ ← θ − η g / (√s + ε)

    Source: T. Tieleman and G. Hinton, "Lecture 6.5: RMSProp", Coursera, 2012, slide 29.
    """
    g = grad(theta)
    s = beta2 * memory.get("s", 0.0) + (1 - beta2) * g**2
    return theta - eta * g / (np.sqrt(s) + eps), {"s": s}


def adam(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam: remember direction and size, and correct both for having started from zero.

    m ← β₁ m + (1 − β₁) g,    m̂ = m / (1 − β₁ᵗ),    g = ∇f(θ)
    s ← β₂ s + (1 − β₂) g²,   ŝ = s / (1 − β₂ᵗ),    t = 1, 2, ...
    θ ← θ − η m̂ / (√ŝ + ε)

    Source: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", 2015,
    algorithm 1, with s for their v.
    """
    g, t = grad(theta), memory.get("t", 0) + 1
    m = beta1 * memory.get("m", 0.0) + (1 - beta1) * g
    s = beta2 * memory.get("s", 0.0) + (1 - beta2) * g**2
    m_hat, s_hat = m / (1 - beta1**t), s / (1 - beta2**t)
    return theta - eta * m_hat / (np.sqrt(s_hat) + eps), {"m": m, "s": s, "t": t}


def adam_l2(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    """Adam with L2: the decay λθ is added to the gradient, and so passes through both memories.

    Adam, handed g = ∇f(θ) + λ θ

    Source: I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", 2019,
    algorithm 2, line 6.
    """

    def grad_l2(theta):
        return grad(theta) + lam * theta

    return adam(theta, grad_l2, memory, eta=eta, beta1=beta1, beta2=beta2, eps=eps)


def adamw(theta, grad, memory, *, eta, beta1=0.9, beta2=0.999, eps=1e-8, lam=0.01):
    """AdamW: Adam, and a decay of θ itself that no memory touches.

    θ ← Adam(θ) − η λ θ,   the last θ being the old one

    Source: I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", 2019,
    algorithm 2, line 12; as in PyTorch, the decay is multiplied by η.
    """
    stepped, memory = adam(theta, grad, memory, eta=eta, beta1=beta1, beta2=beta2, eps=eps)
    return stepped - eta * lam * theta, memory


# The course, rung by rung. (adam_l2 is there to be compared with AdamW.)
LADDER = (gd, sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw)

"""Networks that read digits, as landscapes over thousands of weights.

A landscape has all weights in one vector θ, (d, ...); a network reads it as matrices, one a layer,
of shape (..., inputs + 1, outputs). The last row of each holds the biases: every image, and every
hidden layer, has a 1 at its end. The loss is the cross-entropy.
"""

import numpy as np

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.mini_batches import sampler
from optim_lib.text import say

PIXELS, DIGITS = 64, 10


class SoftmaxRegression:
    """z = W [x, 1],   p = softmax(z)"""

    name = say("softmax regression")
    shapes = ((PIXELS + 1, DIGITS),)

    def scores(self, theta, images):
        """z, (..., n, 10): the larger zₖ, the more this looks like the digit k."""
        (w,) = matrices(theta, self.shapes)
        return with_one(images) @ w

    def grad(self, theta, images, labels):
        """∂f/∂W = [x, 1]ᵀ ∂f/∂z"""
        grad_z = cross_entropy_grad(self.scores(theta, images), labels)
        return flat([with_one(images).T @ grad_z])


class TwoLayers:
    """h = tanh(U [x, 1]),   z = W [h, 1],   p = softmax(z)"""

    def __init__(self, hidden=32):
        self.name = say("two layers, {hidden} units between", hidden=hidden)
        self.shapes = ((PIXELS + 1, hidden), (hidden + 1, DIGITS))

    def scores(self, theta, images):
        """z, (..., n, 10), as in SoftmaxRegression."""
        u, w = matrices(theta, self.shapes)
        return with_one(np.tanh(with_one(images) @ u)) @ w

    def grad(self, theta, images, labels):
        """∂f/∂W = [h, 1]ᵀ ∂f/∂z,   ∂f/∂h = Wᵀ ∂f/∂z,   ∂f/∂U = [x, 1]ᵀ (1 − h²) ∂f/∂h"""
        u, w = matrices(theta, self.shapes)
        x = with_one(images)
        h = np.tanh(x @ u)
        grad_z = cross_entropy_grad(with_one(h) @ w, labels)
        grad_h = grad_z @ w[..., :-1, :].mT
        return flat([x.T @ ((1 - h**2) * grad_h), with_one(h).mT @ grad_z])


def landscape_of(network, examples, seed=0):
    """The network's loss on these examples, as a Landscape with mini-batches.

    It starts from random weights of standard deviation 1/√inputs, drawn from `seed`.
    """
    images, labels = examples.images, examples.labels

    def value(theta):
        return cross_entropy(network.scores(theta, images), labels)

    def grad(theta):
        return network.grad(theta, images, labels)

    def grad_over(theta, numbers):
        return network.grad(theta, images[numbers], labels[numbers])

    start, sample = initial_weights(network, seed), sampler(grad_over, len(labels))
    return Landscape(network.name, value, grad, start=start, sample=sample)


def initial_weights(network, seed=0):
    """θ (d,): small and random, so that the units differ; the biases are zero."""
    random = np.random.default_rng(seed)
    layers = [random.normal(size=shape) / np.sqrt(shape[0]) for shape in network.shapes]
    for layer in layers:
        layer[-1] = 0.0
    return flat(layers)


def accuracy(network, theta, examples):
    """The share of examples whose digit has the highest score, (...) for a θ of (d, ...)."""
    guesses = network.scores(theta, examples.images).argmax(axis=-1)
    return (guesses == examples.labels).mean(axis=-1)


def cross_entropy(scores, labels):
    """The mean of −ln p(label) = ln Σₖ exp zₖ − z of the label."""
    z = scores - scores.max(axis=-1, keepdims=True)  # the same p, and exp stays finite
    of_label = z[..., np.arange(len(labels)), labels]
    each = np.log(np.exp(z).sum(axis=-1)) - of_label
    with np.errstate(over="ignore"):  # far away it is infinite
        return each.mean(axis=-1)


def cross_entropy_grad(scores, labels):
    """∂f/∂z = (p − 1 at the label) / n, of shape (..., n, 10)."""
    p = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p /= p.sum(axis=-1, keepdims=True)
    return (p - np.eye(DIGITS)[labels]) / len(labels)


def with_one(rows):
    """(..., n, inputs + 1): each row with a 1 at its end, which the bias is multiplied by."""
    return np.concatenate([rows, np.ones((*rows.shape[:-1], 1))], axis=-1)


def matrices(theta, shapes):
    """The weights (d, ...) as one array (..., inputs + 1, outputs) a layer."""
    ends = np.cumsum([rows * columns for rows, columns in shapes])
    parts = np.split(theta, ends[:-1])
    layers = (
        part.reshape(*shape, *theta.shape[1:]) for part, shape in zip(parts, shapes, strict=True)
    )
    return [np.ascontiguousarray(np.moveaxis(layer, (0, 1), (-2, -1))) for layer in layers]


def flat(layers):
    """One array (d, ...) of arrays (..., rows, columns): what `matrices` takes apart."""
    in_front = [np.moveaxis(layer, (-2, -1), (0, 1)) for layer in layers]
    return np.concatenate([layer.reshape(-1, *layer.shape[2:]) for layer in in_front])

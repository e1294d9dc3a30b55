"""Networks that read digits, as landscapes over thousands of weights.

A landscape is handed all weights as one vector θ, (d, ...); a network reads it as matrices, one a
layer, of shape (..., inputs + 1, outputs). The last row of each is the bias: every image, and every
layer between, carries a constant 1. The loss is the mean of −ln p(the right digit).
"""

import numpy as np

from optim_lib.landscapes.landscape import Landscape

PIXELS, DIGITS = 64, 10


class SoftmaxRegression:
    """z = W [x, 1],   p = softmax(z)"""

    name = "softmax regression"
    shapes = ((PIXELS + 1, DIGITS),)

    def scores(self, theta, images):
        """z, (..., n, 10): the larger zₖ, the more this looks like the digit k."""
        (w,) = matrices(theta, self.shapes)
        return with_one(images) @ w

    def grad(self, theta, images, labels):
        """∂f/∂W = [x, 1]ᵀ ∂f/∂z"""
        slopes = score_slopes(self.scores(theta, images), labels)
        return flat([with_one(images).T @ slopes])


class TwoLayers:
    """h = tanh(U [x, 1]),   z = W [h, 1],   p = softmax(z)"""

    def __init__(self, hidden=32):
        self.name = f"two layers, {hidden} units between"
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
        slopes = score_slopes(with_one(h) @ w, labels)
        along_h = slopes @ transposed(w[..., :-1, :])
        return flat([x.T @ ((1 - h**2) * along_h), transposed(with_one(h)) @ slopes])


def landscape_of(network, examples, seed=0):
    """The network's loss on these examples, as a Landscape with mini-batches.

    It starts from random weights of standard deviation 1/√inputs, drawn from `seed`.
    """
    images, labels = examples.images, examples.labels

    def value(theta):
        return mean_surprise(network.scores(theta, images), labels)

    def grad(theta):
        return network.grad(theta, images, labels)

    def sample(batch, seed=0):
        if batch not in range(1, len(labels) + 1):
            raise ValueError(f"A mini-batch holds 1 to {len(labels)} examples, not {batch}.")

        def of_step(theta, step):
            chosen = np.random.default_rng((seed, step)).integers(len(labels), size=int(batch))
            return network.grad(theta, images[chosen], labels[chosen])

        return of_step

    return Landscape(network.name, value, grad, start=first_weights(network, seed), sample=sample)


def first_weights(network, seed=0):
    """θ (d,): small and random, so that the units differ; the biases are zero."""
    random = np.random.default_rng(seed)
    layers = [random.normal(size=shape) / np.sqrt(shape[0]) for shape in network.shapes]
    for layer in layers:
        layer[-1] = 0.0
    return flat(layers)


def accuracy(network, theta, examples):
    """The share of examples whose digit has the highest score: (...) for a θ of (d, ...)."""
    guesses = network.scores(theta, examples.images).argmax(axis=-1)
    return (guesses == examples.labels).mean(axis=-1)


def mean_surprise(scores, labels):
    """The mean of −ln p(label) = ln Σₖ exp zₖ − z of the label; zₖ less the largest, as exp is."""
    z = scores - scores.max(axis=-1, keepdims=True)
    right = z[..., np.arange(len(labels)), labels]
    surprise = np.log(np.exp(z).sum(axis=-1)) - right
    with np.errstate(over="ignore"):  # far away it is infinite
        return surprise.mean(axis=-1)


def score_slopes(scores, labels):
    """∂f/∂z = (p − 1 at the label) / n, (..., n, 10)"""
    p = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p /= p.sum(axis=-1, keepdims=True)
    return (p - np.eye(DIGITS)[labels]) / len(labels)


def with_one(rows):
    return np.concatenate([rows, np.ones((*rows.shape[:-1], 1))], axis=-1)


def transposed(matrix):
    return np.swapaxes(matrix, -1, -2)


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
    firsts = [np.moveaxis(layer, (-2, -1), (0, 1)) for layer in layers]
    return np.concatenate([first.reshape(-1, *first.shape[2:]) for first in firsts])

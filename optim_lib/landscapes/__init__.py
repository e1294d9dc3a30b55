"""The loss surfaces: value, gradient, where to start, where the minimum is. Add one here."""

# ruff: noqa: F401, for these names are here to be imported by others

from optim_lib.landscapes import digits
from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.least_squares import linear_regression, points, two_words
from optim_lib.landscapes.mini_batches import draw, noisy, sampler
from optim_lib.landscapes.networks import SoftmaxRegression, TwoLayers, accuracy, landscape_of
from optim_lib.landscapes.surfaces import beale, cliff, himmelblau, rosenbrock, saddle, valley
from optim_lib.landscapes.transforms import stretched, times, turned

"""The same landscape in other coordinates: in other units of f, turned, or with stretched axes."""

from dataclasses import replace

import numpy as np

from optim_lib.landscapes.landscape import has_formula
from optim_lib.text import number, say


def times(landscape, factor):
    """The Landscape factor · f: the same weights, the loss in other units."""
    times_f = {"factor": number(factor, 6), "name": landscape.name, "formula": landscape.formula}
    return replace(
        landscape,
        name=say("{factor} × {name}", **times_f),
        value=lambda theta: factor * landscape.value(theta),
        grad=lambda theta: factor * landscape.grad(theta),
        formula=say("{factor} ({formula})", **times_f) if has_formula(landscape) else "",
        sample=None,
    )


def turned(landscape, degrees):
    """The Landscape of two weights, turned to the left about the origin."""
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    name = say("{name}, turned by {degrees}°", name=landscape.name, degrees=number(degrees, 6))
    return _change_of_coordinates(np.array([[cos, sin], [-sin, cos]]), landscape, name)


def stretched(landscape, by):
    """The Landscape in the coordinates u = by · θ, each axis with a factor of its own: by (d,)."""
    name = say("{name}, stretched", name=landscape.name)
    return _change_of_coordinates(np.diag(1 / np.asarray(by)), landscape, name)


def _change_of_coordinates(matrix, landscape, name):
    """The Landscape u -> f(θ), θ = matrix · u, whose gradient is matrixᵀ ∇f(θ)."""

    def theta(u):
        return np.tensordot(matrix, u, axes=1)

    def u(theta):
        return tuple(np.linalg.solve(matrix, np.array(theta)).tolist())

    return replace(
        landscape,
        name=name,
        value=lambda u: landscape.value(theta(u)),
        grad=lambda u: np.tensordot(matrix.T, landscape.grad(theta(u)), axes=1),
        start=u(landscape.start),
        minimum=None if landscape.minimum is None else u(landscape.minimum),
        window=_equal_units(u(np.array(np.meshgrid(*landscape.window)).reshape(2, -1))),
        formula="",
        sample=None,
    )


def _equal_units(corners):
    """A window around these corners that shows the same length along x as along y."""
    x, y = (np.array([min(along), max(along)]) for along in corners)
    reach = max(np.ptp(x) / 1.25, np.ptp(y)) / 2
    return tuple(
        (float(middle - wide), float(middle + wide))
        for middle, wide in ((x.mean(), 1.25 * reach), (y.mean(), reach))
    )

"""The same landscape seen otherwise: in other units of f, turned, or with each axis stretched."""

from dataclasses import replace

import numpy as np

from optim_lib.landscapes.landscape import is_written


def times(landscape, factor):
    """The Landscape factor · f: the same weights, the loss in other units."""
    return replace(
        landscape,
        name=f"{factor:g} × {landscape.name}",
        value=lambda theta: factor * landscape.value(theta),
        grad=lambda theta: factor * landscape.grad(theta),
        formula=f"{factor:g} ({landscape.formula})" if is_written(landscape) else "",
        sample=None,
    )


def turned(landscape, degrees):
    """The Landscape of two weights, turned to the left about the origin."""
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    name = f"{landscape.name}, turned by {degrees:g}°"
    return _through(np.array([[cos, sin], [-sin, cos]]), landscape, name)


def stretched(landscape, by):
    """The Landscape in the coordinates u = by · θ, each axis with a factor of its own: by (d,)."""
    return _through(np.diag(1 / np.asarray(by)), landscape, f"{landscape.name}, stretched")


def _through(matrix, landscape, name):
    """u -> f(matrix · u), whose gradient is matrixᵀ ∇f(matrix · u)."""

    def seen(points):
        return tuple(np.linalg.solve(matrix, np.array(points)).tolist())

    start = seen(landscape.start)
    return replace(
        landscape,
        name=name,
        value=lambda u: landscape.value(np.tensordot(matrix, u, axes=1)),
        grad=lambda u: np.tensordot(matrix.T, landscape.grad(np.tensordot(matrix, u, axes=1)), 1),
        start=start,
        minimum=None if landscape.minimum is None else seen(landscape.minimum),
        window=_equal_units(seen(np.array(np.meshgrid(*landscape.window)).reshape(2, -1))),
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

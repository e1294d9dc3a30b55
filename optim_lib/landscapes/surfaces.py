"""The loss surfaces over two weights, each a Landscape. Add a landscape here.

Coordinates come first: a landscape unpacks `x, y = theta`, where x and y may be numbers or arrays
of any equal shape. So value(np.array([X, Y])) of a mesh is the height of a contour plot.
"""

import numpy as np

from optim_lib.landscapes.landscape import Landscape
from optim_lib.text import number, say


def _rosenbrock(theta):
    x, y = theta
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _rosenbrock_grad(theta):
    x, y = theta
    off = y - x**2
    return np.array([-2 * (1 - x) - 400 * x * off, 200 * off])


rosenbrock = Landscape(
    "Rosenbrock",
    _rosenbrock,
    _rosenbrock_grad,
    start=(-1.2, 1.0),
    minimum=(1.0, 1.0),
    window=((-1.75, 1.75), (-0.6, 1.9)),
    formula="(1 − x)² + 100 (y − x²)²",
)


def valley(kappa=25):
    """The long thin valley f(x, y) = ½ (x² + κ y²): curvatures 1 and κ, condition number κ."""

    def value(theta):
        x, y = theta
        return 0.5 * (x**2 + kappa * y**2)

    def grad(theta):
        x, y = theta
        return np.array([x, kappa * y])

    kappa_said = number(kappa, 6)
    return Landscape(
        say("valley, κ = {kappa}", kappa=kappa_said),
        value,
        grad,
        start=(-2.0, 0.6),
        minimum=(0.0, 0.0),
        window=((-2.4, 2.4), (-1.2, 1.2)),
        formula=say("½ (x² + {kappa} y²)", kappa=kappa_said),
    )


def _saddle(theta):
    x, y = theta
    return x**2 - y**2 + y**4 / 4 + 1


def _saddle_grad(theta):
    x, y = theta
    return np.array([2 * x, y**3 - 2 * y])


saddle = Landscape(
    say("saddle with a wall"),
    _saddle,
    _saddle_grad,
    start=(-1.5, 0.01),
    minimum=((0.0, 0.0), (-np.sqrt(2), np.sqrt(2))),
    window=((-2.0, 2.0), (-2.2, 2.2)),
    formula="x² − y² + y⁴/4 + 1",
)


def _beale(theta):
    x, y = theta
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def _beale_grad(theta):
    x, y = theta
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    along_x = 2 * (a * (y - 1) + b * (y**2 - 1) + c * (y**3 - 1))
    along_y = 2 * x * (a + 2 * b * y + 3 * c * y**2)
    return np.array([along_x, along_y])


beale = Landscape(
    "Beale",
    _beale,
    _beale_grad,
    start=(1.0, 1.5),
    minimum=(3.0, 0.5),
    window=((-0.5, 4.2), (-1.2, 1.9)),
    formula="Σₖ (cₖ − x + x yᵏ)²,   c = 1.5, 2.25, 2.625",
)


def _himmelblau(theta):
    x, y = theta
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def _himmelblau_grad(theta):
    x, y = theta
    a, b = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])


himmelblau = Landscape(
    "Himmelblau",
    _himmelblau,
    _himmelblau_grad,
    start=(-0.5, -1.0),
    minimum=(
        (3.0, -2.8051180869527448, -3.7793102533777469, 3.5844283403304918),
        (2.0, 3.1313125182505730, -3.2831859912861694, -1.8481265269644034),
    ),
    window=((-5.5, 5.5), (-5.0, 5.0)),
    formula="(x² + y − 11)² + (x + y² − 7)²",
)


def _cliff(theta):
    x, y = theta
    return 0.5 * np.logaddexp(0, -8 * (x + 0.5)) + 0.05 * (x - 2) ** 2 + 0.5 * y**2


def _cliff_grad(theta):
    x, y = theta
    return np.array([-2 * (1 - np.tanh(4 * (x + 0.5))) + 0.1 * (x - 2), y])


cliff = Landscape(
    say("cliff and plain"),
    _cliff,
    _cliff_grad,
    start=(-1.8, 0.8),
    minimum=(2.0, 0.0),
    window=((-2.2, 2.6), (-1.2, 1.2)),
    formula="½ ln(1 + e^(−8x−4)) + (x − 2)²/20 + y²/2",
)

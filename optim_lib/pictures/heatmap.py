"""The map of a sweep: a cell for each of its settings, coloured by what came of it."""

import numpy as np
from matplotlib.colors import LogNorm

COLORS = "cividis_r"  # made for eyes that do not tell red from green; few steps are light
UNREACHED = "#E2E0D8"


def steps_of(sweep):
    """The steps to the target, NaN where it was not reached; at least 1, for a log scale."""
    return np.atleast_2d(np.where(sweep.hit, np.maximum(sweep.reached, 1), np.nan))


def log_norm(values):
    """A scale of colours whose ends are apart even where there is little to show."""
    shown = np.ma.masked_invalid(values)
    low, high = (float(shown.min()), float(shown.max())) if shown.count() else (1.0, 10.0)
    return LogNorm(low, max(high, 1.01 * low))


def draw_cells(axes, values, worse, norm):
    """An image of (rows, columns), grey where there is no value, striped where it got worse."""
    axes.set_facecolor(UNREACHED)
    shown, (rows, columns) = np.ma.masked_invalid(values), worse.shape
    image = axes.imshow(shown, norm=norm, cmap=COLORS, aspect="auto", origin="lower")
    if worse.any() and columns > 1:
        up = np.array([-0.5, 0.5]) if rows == 1 else np.arange(rows)
        striped = np.broadcast_to(worse, (len(up), columns)).astype(float)
        style = {"colors": "none", "hatches": ["////"]}
        axes.contourf(np.arange(columns), up, striped, [0.5, 1.5], **style)
    return image


def place(at, values, outside=None):
    """Where numbers are on an axis of cells with these values, counted in cells from the first."""
    order = np.argsort(values)
    return np.interp(at, values[order], order.astype(float), outside, outside)

"""A picture of how one number falls as another grows: on log axes a power is a straight line."""

from functools import partial

import numpy as np

from optim_lib.pictures.display import StillPicture
from optim_lib.pictures.theme import INK, QUIET
from optim_lib.text import decimals, number, say


def power_law(x, y, x_name, y_name):
    """Show y, measured at each x, both positive, and the power p of y ≈ c xᵖ that fits them best.

    Returns a picture, whose slope is p.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    slope, fitted = fit(x, y)
    said = {"x_name": x_name, "low": number(x[0], 6), "high": number(x[-1], 6)}
    said |= {"y_name": y_name, "first": number(y[0]), "last": number(y[-1])}
    said["slope"] = decimals(slope, 2)
    sentence = say(
        "{y_name}: {first} → {last} as {x_name} = {low} → {high}; slope {slope} on log axes", **said
    )
    title = say("{y_name}:  slope {slope}", **said)
    return StillPicture(sentence, partial(draw, x, y, fitted, x_name, title), slope=slope)


def fit(x, y):
    """(p, c xᵖ) of the line log y = log c + p log x, by least squares."""
    p, log_c = np.polyfit(np.log(x), np.log(y), 1)
    return p, np.exp(log_c) * x**p


def draw(x, y, fitted, x_name, title, theme):
    """Measured points, and through them the line of the fitted slope."""
    figure = theme.figure((800, 420), layout="constrained")
    axes = figure.add_subplot(xscale="log", yscale="log", xlabel=x_name)
    axes.set_title(title, weight="bold")
    axes.plot(x, fitted, color=QUIET, lw=1.5, ls="--")
    axes.plot(x, y, "o", color=INK, ms=8)
    axes.set_xticks(x, [number(at, 6) for at in x])
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    return figure

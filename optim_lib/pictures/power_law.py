"""A picture of how one number falls as another grows: on log axes a power is a straight line."""

import numpy as np

from optim_lib.pictures import theme
from optim_lib.pictures.display import pictured
from optim_lib.pictures.theme import INK, QUIET
from optim_lib.text import number


def power_law(x, y, x_name, y_name):
    """Show y, measured at each x, both positive, and the power p of y ≈ c xᵖ that fits them best.

    On log axes log y = log c + p log x is a line, so p is its slope, found by least squares.
    """
    return PowerLaw(np.asarray(x, float), np.asarray(y, float), x_name, y_name)


class PowerLaw:
    """What power_law() returns: `slope`, and a picture with a sentence that says the same."""

    def __init__(self, x, y, x_name, y_name):
        self.x, self.y, self.names = x, y, (x_name, y_name)
        self.slope, self._at_one = np.polyfit(np.log(x), np.log(y), 1)
        self._written = f"{self.slope:.2f}".replace("-", "−")

    def __repr__(self):
        (x_name, y_name), (first, last) = self.names, self.y[[0, -1]]
        ends = f"{number(first)} → {number(last)}"
        grows = f"{x_name} = {self.x[0]:g} → {self.x[-1]:g}"
        return f"{y_name}: {ends} as {grows}; slope {self._written} on log axes"

    def figure(self):
        """Measured points, and through them the line of the fitted slope."""
        with theme.drawing():
            figure = theme.figure((800, 420), layout="constrained")
            axes = figure.add_subplot(xscale="log", yscale="log", xlabel=self.names[0])
            axes.set_title(f"{self.names[1]}:  slope {self._written}", weight="bold")
            fitted = np.exp(self._at_one) * self.x**self.slope
            axes.plot(self.x, fitted, color=QUIET, lw=1.5, ls="--")
            axes.plot(self.x, self.y, "o", color=INK, ms=8)
            axes.set_xticks(self.x, [f"{x:g}" for x in self.x])
            axes.minorticks_off()
            axes.grid(alpha=0.3)
        return figure

    def _repr_mimebundle_(self, **_):
        return pictured(self.figure(), repr(self))

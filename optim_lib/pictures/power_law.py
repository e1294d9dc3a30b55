"""A picture of how one number falls as another grows: on log axes a power is a straight line."""

import numpy as np

from optim_lib.pictures.display import StillPicture
from optim_lib.pictures.theme import INK, QUIET
from optim_lib.text import decimals, number, say


def power_law(x, y, x_name, y_name):
    """Show y, measured at each x, both positive, and the power p of y ≈ c xᵖ that fits them best.

    On log axes log y = log c + p log x is a line, so p is its slope, found by least squares.
    """
    return PowerLaw(np.asarray(x, float), np.asarray(y, float), x_name, y_name)


class PowerLaw(StillPicture):
    """What power_law() returns: `slope`, and a picture with a sentence that says the same."""

    def __init__(self, x, y, x_name, y_name):
        super().__init__()
        self.x, self.y, self.names = x, y, (x_name, y_name)
        self.slope, self._at_one = np.polyfit(np.log(x), np.log(y), 1)

    @property
    def sentence(self):
        return say(
            "{y_name}: {first} → {last} as {x_name} = {low} → {high}; slope {slope} on log axes",
            y_name=self.names[1],
            first=number(self.y[0]),
            last=number(self.y[-1]),
            x_name=self.names[0],
            low=number(self.x[0], 6),
            high=number(self.x[-1], 6),
            slope=decimals(self.slope, 2),
        )

    def draw(self, theme):
        """Measured points, and through them the line of the fitted slope."""
        figure = theme.figure((800, 420), layout="constrained")
        axes = figure.add_subplot(xscale="log", yscale="log", xlabel=self.names[0])
        title = say("{name}:  slope {slope}", name=self.names[1], slope=decimals(self.slope, 2))
        axes.set_title(title, weight="bold")
        fitted = np.exp(self._at_one) * self.x**self.slope
        axes.plot(self.x, fitted, color=QUIET, lw=1.5, ls="--")
        axes.plot(self.x, self.y, "o", color=INK, ms=8)
        axes.set_xticks(self.x, [number(x, 6) for x in self.x])
        axes.minorticks_off()
        axes.grid(alpha=0.3)
        return figure

"""The numbers along an axis, as words and places: they move when its limits do."""

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.ticker import FuncFormatter, NullLocator

from optim_lib.stage.encode import upright

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(value, _=None):
    """ "10⁻³", "−10²", "0": in letters, so that a browser writes them as matplotlib does."""
    mantissa, exponent = f"{value:.0e}".split("e")
    if float(mantissa) == 0:
        return "0"
    sign = "−" if value < 0 else ""
    return f"{sign}10{str(int(exponent)).translate(SUPERSCRIPTS)}"


def count_in_powers(axis):
    """Write the powers of ten, and nothing between them."""
    axis.set_major_formatter(FuncFormatter(power_of_ten))
    axis.set_minor_locator(NullLocator())


def style_of_scale(axis):
    """How its numbers look, and how long its ticks are, in pixels."""
    pixel, label = axis.figure.dpi / 72, axis.get_ticklabels()[0]
    return {
        "along": axis.axis_name,
        "color": to_hex(label.get_color()),
        "line": to_hex(axis.get_ticklines()[0].get_color()),
        "size": label.get_fontsize() * pixel,
        "tick": 3.5 * pixel,
    }


def placed_on(axis):
    """[[x, y, number]] of each tick, in pixels from the top left of the figure."""
    low, high = sorted(axis.get_view_interval())
    ticks = axis.get_majorticklocs()
    said = axis.get_major_formatter().format_ticks(ticks)
    shown = [(tick, words) for tick, words in zip(ticks, said, strict=True) if low <= tick <= high]
    along_x = axis.axis_name == "x"
    place = axis.axes.get_xaxis_transform() if along_x else axis.axes.get_yaxis_transform()
    ends = np.reshape([(tick, 0) if along_x else (0, tick) for tick, _ in shown], (-1, 2))
    at = upright(place.transform(ends), axis.figure).round(1).tolist()
    return [[x, y, words] for (x, y), (_, words) in zip(at, shown, strict=True)]

"""What a browser is sent of a figure: looks as SVG attributes, places in pixels, few bytes."""

from itertools import groupby
from operator import attrgetter

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.ticker import FuncFormatter, NullLocator

FAR = 1e8  # pixels: its tenths still fit into 4 bytes
CAPS = {"o": "round", "s": "square"}  # a dot is an SVG line of no length with this cap
DASHES = {"-": [], "--": [3.7, 1.6], ":": [1, 1.65], "-.": [6.4, 1.6, 1, 1.6], "None": []}
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
BASELINES = {"top": "hanging", "center": "central", "center_baseline": "central"}
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def look_of(figure, lines, texts, axes):
    """The size of the figure, the boxes of its axes, and how all that moves in it looks."""
    return {
        "size": list(figure.bbox.size),
        "unit": figure.dpi / 100,
        "clips": [
            [box.x0, figure.bbox.height - box.y1, box.width, box.height]
            for box in (beside.bbox for beside in figure.axes)
        ],
        "lines": [_look_of_line(name, line, figure) for name, line in lines.items()],
        "words": [_look_of_text(text, figure) for text in texts],
        "scales": [_look_of_axis(axis, figure) for axis in axes],
    }


def _look_of_line(name, line, figure):
    pixel, color, dots = figure.dpi / 72, to_hex(line.get_color()), None
    width, size = line.get_linewidth() * pixel, line.get_markersize() * pixel
    if line.get_linestyle() == "None":
        edge = line.get_markeredgewidth() * pixel
        path = {"fill": to_hex(line.get_markerfacecolor()), "stroke-width": edge}
    else:
        dashes = [on_off * width for on_off in DASHES[line.get_linestyle()]]
        path = {"stroke-width": width, "stroke-dasharray": dashes}
        if cap := CAPS.get(line.get_marker()):
            dots = {"stroke": color, "stroke-width": size, "stroke-linecap": cap}
    about = {"name": name, "clip": figure.axes.index(line.axes), "color": color}
    path |= {"data-line": name, "stroke": color}
    return about | {"radius": size / 2, "path": path, "dots": dots}


def _look_of_text(text, figure):
    return {
        "class": "optim-halo" if text.get_path_effects() else "",
        "fill": to_hex(text.get_color()),
        "font-size": text.get_fontsize() * figure.dpi / 72,
        "font-weight": text.get_weight(),
        "text-anchor": ANCHORS[text.get_ha()],
        "dominant-baseline": BASELINES.get(text.get_va(), "auto"),
    }


def _look_of_axis(axis, figure):
    pixel, along_x = figure.dpi / 72, axis.axis_name == "x"
    line = to_hex(axis.get_ticklines()[0].get_color())
    return {
        "tick": [0, 3.5 * pixel] if along_x else [-3.5 * pixel, 0],
        "marks": {"stroke": line, "stroke-width": 0.8 * pixel},
        "numbers": _look_of_text(axis.get_ticklabels()[0], figure) | {"class": "optim-scale"},
    }


def upright(points, figure):
    """Pixels counted from the top, as browsers do, and no number that a browser cannot draw.

    What is too far is brought nearer in the direction in which it lies, so that a line leaves the
    picture where matplotlib's would.
    """
    flipped = np.array([0, figure.bbox.height]) + points * np.array([1, -1])
    if np.abs(flipped).max(initial=0) <= FAR:
        return flipped
    flipped = np.nan_to_num(flipped, nan=FAR, posinf=1e300, neginf=-1e300)
    return flipped / np.maximum(1, np.abs(flipped).max(axis=1, keepdims=True) / FAR)


def words_of(texts, figure):
    """[[x, y, words]] of each text"""
    points = [text.get_transform().transform(text.get_position()) for text in texts]
    return _placed(points, [text.get_text() for text in texts], figure)


def numbers_of(axis):
    """[[x, y, number]] of each tick"""
    low, high = sorted(axis.get_view_interval())
    ticks = axis.get_majorticklocs()
    said = np.array(axis.get_major_formatter().format_ticks(ticks))
    inside = (low <= ticks) & (ticks <= high)
    points = np.zeros((inside.sum(), 2))
    points[:, "xy".index(axis.axis_name)] = ticks[inside]
    place = getattr(axis.axes, f"get_{axis.axis_name}axis_transform")()
    return _placed(place.transform(points), said[inside].tolist(), axis.figure)


def _placed(points, words, figure):
    places = upright(np.reshape(points, (-1, 2)), figure).round(1).tolist()
    return [[x, y, said] for (x, y), said in zip(places, words, strict=True)]


def count_in_powers(axis):
    """Write the powers of ten along an axis, and nothing between them."""
    axis.set_major_formatter(FuncFormatter(power_of_ten))
    axis.set_minor_locator(NullLocator())


def power_of_ten(value, _=None):
    """ "10⁻³", "−10²", "0": in letters, so that a browser writes them as matplotlib does."""
    mantissa, exponent = f"{value:.0e}".split("e")
    if float(mantissa) == 0:
        return "0"
    sign = "−" if value < 0 else ""
    return f"{sign}10{str(int(exponent)).translate(SUPERSCRIPTS)}"


def pixels_of(lines, figure):
    """The vertices of each line in pixels from the top left, near enough to be drawn."""
    vertices = {line: np.column_stack(line.get_data()) for line in lines}
    with np.errstate(all="ignore"):
        points = [
            axes.transData.transform(np.concatenate([vertices[line] for line in beside]))
            for axes, beside in groupby(lines, attrgetter("axes"))
        ]
        together = upright(np.concatenate(points), figure)
    return np.split(together, np.cumsum([len(line) for line in vertices.values()])[:-1])


def packed(vertices):
    """[(n, 2)] as (spans, bytes): each column once, though several lines share it.

    The bytes are whole tenths of a pixel, of 2 bytes each if all fit into them, else of 4. A span
    is [n, *x, *y], where x and y are [start, how many], counted in these numbers. From there on
    to n the last one stays, as that of a run that diverged.
    """
    starts, spans, total = {}, [], 0
    for line in vertices:
        span = [len(line)]
        for column in np.rint(10 * line.T).astype(np.int32):
            moving = column[: _moves(column)]
            key = moving.tobytes()
            if key not in starts:
                starts[key], total = total, total + len(moving)
            span += [starts[key], len(moving)]
        spans.append(span)
    tenths = np.frombuffer(b"".join(starts), np.int32)
    short = tenths.astype(np.int16)
    return spans, (short if (short == tenths).all() else tenths).tobytes()


def _moves(column):
    """How many numbers there are until only the last one repeats."""
    changes = np.flatnonzero(np.diff(column))
    return changes[-1] + 2 if len(changes) else min(1, len(column))

"""Parts of a picture that any axes may want: contours, a key, wider limits, labels kept apart."""

import textwrap

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from optim_lib.landscapes.landscape import is_written
from optim_lib.pictures import theme
from optim_lib.pictures.theme import HALO, INK, PAPER, QUIET
from optim_lib.runs.inspect import title_of
from optim_lib.stage.ticks import count_in_powers

LABEL_GAP = 12.96  # points from one label to the next below it
BESIDE = 1.03  # of an axes' width: where the words beside a curve begin
KEY_HEIGHT = 21.6  # points that a title leaves free for the key below it
MEMORY_DECADES = 4  # the symmetric log axis is straight below 10⁻⁴ of its end
HIGHEST = 1e15  # that any axis reaches


def apart(ends, low, high):
    """{label: y} moved as little as needed for LABEL_GAP between them, inside low .. high."""
    order, gap = sorted(ends, key=ends.get), theme.pixels(LABEL_GAP)
    placed = np.clip([ends[label] for label in order], low, high)
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    ceiling = high
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return dict(zip(order, placed, strict=True))


def place_labels(axes, ends):
    """Set each label of {label: its line's end, in pixels} beside that, clear of the others."""
    low, high = axes.bbox.intervaly
    for label, y in apart(ends, low, high).items():
        label.set_y((y - low) / (high - low))


def beside(axes, said, *tails):
    """What is written beside a curve: the words, with the first tail with which they fit there.

    If they fit with none, they are cut before the last one.
    """
    left = axes.transAxes.transform((BESIDE, 0))[0]
    room = min(theme.now().beside, axes.figure.bbox.width - left)
    tails = tails or ("",)
    for tail in tails:
        if width_of(f"{said}{tail}") <= room:
            return f"{said}{tail}"
    while said and width_of(f"{said}…{tail}") > room:
        said = said[:-1]
    return f"{said}…{tail}"


def width_of(said):
    font = FontProperties(size=theme.now().text, weight="bold")
    measure = text_to_path.get_text_width_height_descent
    points = [measure(line, font, ismath=False)[0] for line in said.split("\n")]
    return theme.pixels(max(points))


def widen_log(axes, values):
    low, high = axes.get_ylim()
    positive = np.clip(values[values > 0], 1e-15, HIGHEST)
    if len(positive) and (positive.min() < low or positive.max() > high):
        lowest, highest = np.log10([positive.min(), positive.max()])
        axes.set_ylim(min(low, 10 ** np.floor(lowest - 0.5)), max(high, 10 ** np.ceil(highest)))


def widen_symlog(axes, values):
    low, high = axes.get_ylim()
    reach, goes_below = np.clip(np.abs(values).max(), 1e-9, HIGHEST), values.min() < 0
    if reach > high or (goes_below and low == 0):
        high = max(high, 10 ** np.ceil(np.log10(reach)))
        small = high * 10.0**-MEMORY_DECADES
        axes.set_yscale("symlog", linthresh=small, linscale=0.4)
        axes.set_ylim(-high if goes_below or low < 0 else 0, high)
        between = [-100 * small, 100 * small] if axes.bbox.height > theme.pixels(80) else []
        ticks = sorted([-high, 0, high, *between])
        axes.set_yticks([y for y in ticks if y >= axes.get_ylim()[0]])
        count_in_powers(axes.yaxis)


def name_below(axes, said):
    """The name of the x axis, where it stays when the numbers above it move."""
    below = 9 + 1.05 * theme.now().small  # points
    where = {"xycoords": "axes fraction", "textcoords": "offset points"}
    axes.annotate(said, (0.5, 0), (0, -below), ha="center", va="top", **where)


def draw_contours(axes, surface):
    (left, right), (low, high) = surface.window
    mesh = np.meshgrid(np.linspace(left, right, 161), np.linspace(low, high, 161))
    with np.errstate(all="ignore"):
        height = np.ma.masked_invalid(surface.value(np.array(mesh))).clip(-HIGHEST, HIGHEST)
    above = height - height.min()
    if above.max() > 0:
        levels = height.min() + above.max() * np.geomspace(1e-4, 1, 13)
        shades = LinearSegmentedColormap.from_list("paper", ["#E3E8E4", PAPER])
        axes.contourf(*mesh, height, [height.min(), *levels], cmap=shades, norm="symlog")
        axes.contour(*mesh, height, levels, colors="#A9B4AF", linewidths=0.8)


def draw_minima(axes, surface):
    """A star where the landscape is least, once or several times."""
    if surface.minimum is None:
        return
    axes.plot(*surface.minimum, "*", ms=18, mfc="#E8B400", mec=INK, zorder=2.5)
    below = {"textcoords": "offset points", "ha": "center", "path_effects": HALO}
    for x, y in np.reshape(surface.minimum, (2, -1)).T:
        axes.annotate("minimum", (x, y), (0, -20), **below)


def draw_title(axes, surface):
    """The surface's name, and its formula where that is not too small to read."""
    told = surface.formula
    title = f"{surface.name}    {f'f(x, y) = {told}' if is_written(surface) else told}"
    drawn = theme.now()
    fitting = 2.045 * axes.bbox.width / theme.pixels(1) / len(title)
    if fitting < drawn.smallest:
        title, fitting = surface.name, drawn.title
    axes.set_title(title, pad=KEY_HEIGHT, fontsize=min(drawn.title, fitting))


def draw_key(axes, lines, rule, before, room):
    """Above the picture, in so many pixels, a piece of the path and of its ghost, with names."""
    roomy = axes.bbox.width > theme.pixels(300)
    names = {"path": title_of(rule)}
    if before is not None and (roomy or "look-ahead" not in lines):
        names["ghost"] = title_of(before) + (" (before)" if roomy else "")
    if "look-ahead" in lines:
        names["look-ahead"] = "look-ahead"
    few = len(names) < 3
    spaces = {
        "handlelength": 1.8 if not roomy else 3 if few else 2,
        "handletextpad": 0.8 if roomy else 0.3,
        "columnspacing": 0.5 if not roomy else 2 if few else 1.2,
    }
    taken = len(names) * sum(spaces.values()) - spaces["columnspacing"]
    key = axes.legend(
        [lines[name] for name in names],
        fitting(names.values(), room - theme.pixels(taken * theme.now().text)),
        loc="lower left",
        bbox_to_anchor=(-0.01, 0.985),
        ncols=len(names),
        frameon=False,
        labelcolor="linecolor",
        borderpad=0.2,
        **spaces,
    )
    for text in key.get_texts():
        text.set_weight("bold")


def fitting(names, room):
    """The names, of which the longest is cut until all together have room."""
    names = list(names)
    while sum(map(width_of, names)) > room and any(len(name) > 1 for name in names):
        longest = max(names, key=width_of)
        names[names.index(longest)] = longest.removesuffix("…")[:-1] + "…"
    return names


def say_empty(axes, said):
    axes.set_yticks([])
    letters = max(1, int(axes.bbox.width / theme.pixels(0.55 * theme.now().text)))
    said = textwrap.fill(said, letters, break_long_words=False)
    axes.text(0.5, 0.5, said, transform=axes.transAxes, ha="center", va="center", color=QUIET)

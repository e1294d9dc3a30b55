"""Parts of a picture that any axes may want: contours, a key, wider limits, labels kept apart."""

import textwrap

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from optim_lib.landscapes.landscape import has_formula
from optim_lib.pictures.theme import HALO, INK, PAPER, QUIET
from optim_lib.runs.errors import LandscapeError, TimeIsUp
from optim_lib.runs.time_limit import TimeLimit
from optim_lib.stage.encode import count_in_powers
from optim_lib.text import number, say

LABEL_GAP = 12.96  # points from one label to the next below it
BESIDE = 1.03  # of an axes' width: where the words beside a curve begin
HIGHEST = 1e15  # that any axis reaches
PATIENCE = 5  # seconds for the heights of a landscape
TOO_SLOW = (
    "The landscape {landscape} did not give its {many} heights for the picture within {seconds} s: "
    "let it take many points at once, θ of shape (2, ...)."
)


def apart(ends, low, high, gap):
    """{label: y} moved as little as needed for this gap between them, inside low .. high."""
    order, steps = sorted(ends, key=ends.get), gap * np.arange(len(ends))
    wanted = np.clip([ends[label] for label in order], low, high)
    lifted = np.maximum.accumulate(wanted - steps)
    placed = np.minimum(lifted, high - gap * (len(ends) - 1)) + steps
    return dict(zip(order, placed, strict=True))


def beside(theme, axes, name, *forms):
    """What is written beside a curve: the first of the forms, "{name} ...", that fits there.

    If none does, the name is cut until the last one fits.
    """
    left, forms = axes.transAxes.transform((BESIDE, 0))[0], forms or ("{name}",)
    room = min(theme.beside, axes.figure.bbox.width - left)
    names = [name[:end] + "…" for end in range(len(name), -1, -1)]
    words = [say(form, name=name) for form in forms] + [say(forms[-1], name=cut) for cut in names]
    return next((fit for fit in words if theme.width_of(fit) <= room), words[-1])


def shortened(theme, names, room):
    """The names, of which the longest is cut until all together have room."""
    names = list(names)
    while sum(map(theme.width_of, names)) > room and any(len(name) > 1 for name in names):
        longest = max(names, key=theme.width_of)
        names[names.index(longest)] = longest.removesuffix("…")[:-1] + "…"
    return names


def widen_log(axes, values):
    low, high = axes.get_ylim()
    positive = np.clip(values[values > 0], 1e-15, HIGHEST)
    if len(positive) and (positive.min() < low or positive.max() > high):
        lowest, highest = np.log10([positive.min(), positive.max()])
        axes.set_ylim(min(low, 10 ** np.floor(lowest - 0.5)), max(high, 10 ** np.ceil(highest)))


def widen_symlog(theme, axes, values):
    low, high = axes.get_ylim()
    reach, goes_below = np.clip(np.abs(values).max(), 1e-9, HIGHEST), values.min() < 0
    if reach > high or (goes_below and low == 0):
        high = max(high, 10 ** np.ceil(np.log10(reach)))
        small = high * 1e-4  # the axis is straight below it
        axes.set_yscale("symlog", linthresh=small, linscale=0.4)
        axes.set_ylim(-high if goes_below or low < 0 else 0, high)
        between = [-100 * small, 100 * small] if axes.bbox.height > theme.pixels(80) else []
        ticks = sorted([-high, 0, high, *between])
        axes.set_yticks([y for y in ticks if y >= axes.get_ylim()[0]])
        count_in_powers(axes.yaxis)


def draw_surface(axes, surface, star=18):
    """A landscape in its window: contours, and a star of so many points where it is least."""
    axes.set(xlim=surface.window[0], ylim=surface.window[1])
    mesh = np.meshgrid(*(np.linspace(low, high, 161) for low, high in surface.window))
    height = np.ma.masked_invalid(_heights(surface, np.array(mesh))).clip(-HIGHEST, HIGHEST)
    above = height - height.min()
    if above.max() > 0:
        levels = height.min() + above.max() * np.geomspace(1e-4, 1, 13)
        shades = LinearSegmentedColormap.from_list("paper", ["#E3E8E4", PAPER])
        axes.contourf(*mesh, height, [height.min(), *levels], cmap=shades, norm="symlog")
        axes.contour(*mesh, height, levels, colors="#A9B4AF", linewidths=0.8)
    if surface.minimum is not None:
        draw_star(axes, *surface.minimum, ms=star, zorder=2.5)


def _heights(surface, points):
    try:
        with np.errstate(all="ignore"), TimeLimit(PATIENCE, surface.value) as limit:
            return limit.call(surface.value, points)
    except TimeIsUp:
        about = {"landscape": surface.name, "many": points[0].size, "seconds": number(PATIENCE)}
        raise LandscapeError(TOO_SLOW, **about) from None


def put(axes, words, point, shift, **style):
    """Words with a halo, so many points (right, up) of a point of the axes."""
    axes.annotate(words, point, shift, textcoords="offset points", path_effects=HALO, **style)


def draw_star(axes, x, y, **style):
    axes.plot(x, y, "*", mfc="#E8B400", mec=INK, **style)


def name_minima(axes, surface):
    if surface.minimum is not None:
        for point in np.reshape(surface.minimum, (2, -1)).T:
            put(axes, say("minimum"), point, (0, -20), ha="center")


def draw_title(theme, axes, surface):
    """The surface's name, and its formula where that is not too small to read."""
    about = {"name": surface.name, "formula": surface.formula}
    title = say("{name}    {formula}", **about)
    if has_formula(surface):
        title = say("{name}    f(x, y) = {formula}", **about)
    fitting = 2.045 * axes.bbox.width / theme.pixels(1) / len(title)
    if fitting < theme.smallest:
        title, fitting = surface.name, theme.title
    axes.set_title(title, pad=21.6, fontsize=min(theme.title, fitting))  # the key is below it


def draw_key(theme, axes, names, room):
    """Above the axes, in so many pixels, a piece of each of these lines, {line: its name}."""
    roomy, few = axes.bbox.width > theme.pixels(300), len(names) < 3
    handle, gap, between = (3 if few else 2, 0.8, 2 if few else 1.2) if roomy else (1.8, 0.3, 0.5)
    taken = len(names) * (handle + gap + between) - between
    words = shortened(theme, names.values(), room - theme.pixels(taken * theme.text))
    style = {"handlelength": handle, "handletextpad": gap, "columnspacing": between}
    style |= {"frameon": False, "labelcolor": "linecolor", "prop": {"weight": "bold"}}
    place = {"loc": "lower left", "bbox_to_anchor": (-0.01, 0.985), "borderpad": 0.2}
    axes.legend(list(names), words, ncols=len(names), **place, **style)


def say_empty(theme, axes, words):
    letters = max(1, int(axes.bbox.width / theme.pixels(0.55 * theme.text)))
    words = textwrap.fill(words, letters, break_long_words=False)
    axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", color=QUIET)

"""The picture of a run: the path on the landscape, the loss, the memory, the forgetting curve.

A matplotlib Figure whose axes, contours and titles are drawn once, while its Line2D and Text
artists move. The same artists make the live picture and the printed one.
"""

from dataclasses import dataclass

import numpy as np

from optim_lib.landscapes.landscape import Landscape
from optim_lib.pictures import theme
from optim_lib.pictures.annotate import (
    BESIDE,
    beside,
    draw_contours,
    draw_key,
    draw_minima,
    draw_title,
    name_below,
    place_labels,
    say_empty,
    widen_log,
    widen_symlog,
    width_of,
)
from optim_lib.pictures.theme import BOTH, HALO, INK, PAPER, QUIET, SLOT_COLORS, color_of
from optim_lib.runs.describe import headline
from optim_lib.runs.inspect import slots_of, title_of
from optim_lib.runs.run import Run
from optim_lib.stage.ticks import count_in_powers

LAYOUTS = {
    theme.DESK: theme.Layout(
        (1120, 620),
        {
            "landscape": (0.055, 0.088, 0.485, 0.70),
            "loss": (0.632, 0.640, 0.245, 0.205),
            "memory": (0.632, 0.355, 0.245, 0.205),
            "forgetting": (0.632, 0.088, 0.245, 0.140),
        },
        headline=14.5,
        letters=86,
    ),
    theme.HALL: theme.Layout(
        (1230, 500),
        {
            "landscape": (0.098, 0.160, 0.362, 0.560),
            "loss": (0.535, 0.525, 0.125, 0.265),
            "memory": (0.535, 0.160, 0.125, 0.260),
            "forgetting": (0.888, 0.160, 0.085, 0.535),
        },
        headline=12,
        letters=78,
    ),
}

EMPTY = {"loss": (1, 2), "memory": (0, 1e-10)}  # what an axis shows of y before it holds a run


@dataclass(frozen=True, eq=False)
class Explored:
    """A run, and the ghost: the run of the rule before, or None.

    forgetting is the rule's impulse response, a Run; asked is where it takes its gradients
    (steps+1, 2), or None if that is θ.
    """

    rule: object
    before: object
    surface: Landscape
    run: Run
    ghost: Run | None
    forgetting: Run
    asked: np.ndarray | None = None


class ExplorePicture:
    """A rule's figure, with the rule before it as a ghost, on one landscape.

    lines {name: Line2D}, texts [Text] and axes [Axis] are what moves; sentence is what the
    picture says.
    """

    def __init__(self, walked, theme_=None):
        rule, before, landscape = walked.rule, walked.before, walked.surface
        run, forgetting, asked = walked.run, walked.forgetting, walked.asked
        self.drawn_for = self._kind(walked)
        self.rule, self.before, self.landscape = rule, before, landscape
        self.lines, self.texts, self.labels, self.scales = {}, [], {}, []
        with theme.drawing() as drawn:
            self._layout = layout = LAYOUTS[drawn]
            self.figure = theme.figure(layout.size)
            self.axes = {name: self.figure.add_axes(box) for name, box in layout.boxes.items()}
            style = {"va": "top", "size": layout.headline, "weight": "bold"}
            self.headline = self._text(self.figure, 0.012, 0.978, **style)
            self._draw_landscape(color_of(rule, slots_of(run)), asked is not None)
            self._draw_loss()
            self._draw_memory(slots_of(run))
            self._draw_forgetting(slots_of(forgetting), len(forgetting.loss) - 1)
            self._begin_axes(len(run.loss) - 1)
        self.show(walked)

    @staticmethod
    def _kind(walked):
        slots = tuple(slots_of(walked.run)), tuple(slots_of(walked.forgetting))
        return walked.surface, slots, walked.asked is not None

    def fits(self, walked):
        """Whether this picture can show it, or a new one must be drawn."""
        return self._kind(walked) == self.drawn_for

    def scene(self):
        """What a Stage is given."""
        ahead = ["look-ahead"] if "look-ahead" in self.lines else []
        return {
            "figure": self.figure,
            "lines": self.lines,
            "texts": self.texts,
            "axes": self.scales,
            "track": "path",
            "handle": "start",
            "by_step": ["path", *ahead, "loss", *self.slot_lines],
            "tail": "look-ahead" if ahead else "path",
            "caption": self.sentence,
        }

    def show(self, walked):
        """Move the lines, words and axes to what was walked."""
        run, ghost, forgetting, asked = walked.run, walked.ghost, walked.forgetting, walked.asked
        self._trace(run, "path", "loss")
        if asked is not None:
            jumps = np.stack([run.theta, asked], axis=1)  # there, and from there to the next step
            self.lines["look-ahead"].set_data(*jumps.reshape(-1, 2).T)
        if ghost is not None:
            self._trace(ghost, "ghost", "ghost loss")
        self.lines["start"].set_data(*run.theta[:1].T)
        self.slot_lines = [f"{slot} {axis}" for slot in slots_of(run) for axis in "xy"]
        for slot, history in slots_of(run).items():
            self.lines[f"{slot} x"].set_data(np.arange(len(history)), history[:, 0])
            self.lines[f"{slot} y"].set_data(np.arange(len(history)), history[:, 1])
        for slot, history in slots_of(forgetting).items():
            self.lines[f"forgetting {slot}"].set_data(*_share_left(history[1:, 0]))
        self.sentence = headline(self.rule, run, self.before, ghost)
        self.headline.set_text(self._layout.wrapped(self.sentence))
        self._fit_axes(run, ghost)
        self._place_labels()

    def _trace(self, run, path, loss):
        self.lines[path].set_data(*run.theta.T)
        self.lines[loss].set_data(np.arange(len(run.loss)), run.loss)

    def _line(self, axes, name, color, label="", **style):
        (self.lines[name],) = self.axes[axes].plot([], [], color=color, **style)
        if label:
            style = {"color": color, "va": "center", "weight": "bold"}
            self.labels[name] = self._text(self.axes[axes], BESIDE, 0.5, label, **style)

    def _text(self, parent, x, y, words="", **style):
        transform = {"transform": parent.transAxes} if hasattr(parent, "transAxes") else {}
        self.texts.append(parent.text(x, y, words, parse_math=False, **transform, **style))
        return self.texts[-1]

    def _draw_landscape(self, color, looks_ahead):
        axes, surface = self.axes["landscape"], self.landscape
        axes.set(xlim=surface.window[0], ylim=surface.window[1], xlabel="x")
        axes.set_ylabel("y", rotation=0)
        draw_title(axes, surface)
        draw_contours(axes, surface)
        draw_minima(axes, surface)
        if self.before is not None:
            ghost = {"color": color_of(self.before, ()), "ls": "--", "marker": "s"}
            self._line("landscape", "ghost", lw=2, ms=4, **ghost)
        self._line("landscape", "path", color, lw=2.4, marker="o", ms=5)
        if looks_ahead:
            self._line("landscape", "look-ahead", INK, ls=":", lw=1.5)
        numbers = width_of("10⁻¹⁵") + theme.pixels(6)
        room = self.axes["loss"].bbox.x0 - numbers - axes.bbox.x0
        draw_key(axes, self.lines, self.rule, self.before, room)
        words_there, style = "start: drag me", {"ha": "center", "path_effects": HALO}
        self.start_label = self._text(axes, 0, 0, words_there, **style)
        self.start_room = width_of(words_there) / 2
        ring = {"marker": "o", "ms": 15, "mfc": PAPER, "mew": 2.6}
        self._line("landscape", "start", INK, ls="", **ring)

    def _draw_loss(self):
        axes = self.axes["loss"]
        axes.set(yscale="log", title="loss")
        count_in_powers(axes.yaxis)
        axes.xaxis.set_major_formatter("")
        self.scales += [axes.xaxis, axes.yaxis]
        if self.before is not None:
            ghost = color_of(self.before, ())
            label = beside(axes, title_of(self.before))
            self._line("loss", "ghost loss", ghost, label, ls="--", lw=2)
        color, label = self.lines["path"].get_color(), beside(axes, title_of(self.rule))
        self._line("loss", "loss", color, label, lw=2.6)

    def _draw_memory(self, slots):
        axes = self.axes["memory"]
        title = f"memory {', '.join(map(str, slots))}".strip()
        fits = width_of(title) <= axes.bbox.width
        axes.set_title(title if fits else "memory", parse_math=False)
        name_below(axes, "step")
        self.scales.append(axes.xaxis)
        if not slots:
            return say_empty(axes, "none: each step starts anew")
        self.scales.append(axes.yaxis)
        self._line("memory", "zero", QUIET, lw=0.8)
        for slot in slots:
            color = SLOT_COLORS.get(slot, BOTH)
            for along, dashes in {"x": "-", "y": ":"}.items():
                label = beside(axes, str(slot), f" along {along}", f" {along}")
                self._line("memory", f"{slot} {along}", color, label, ls=dashes, lw=2.2)

    def _draw_forgetting(self, slots, steps):
        axes = self.axes["forgetting"]
        axes.set(xlim=(0, steps), ylim=(0, 1.08), xlabel="steps later")
        if axes.bbox.width > theme.pixels(100):
            axes.set_title("what is left of one gradient")
        else:
            axes.set_title("what is left of\none gradient", loc="right")
        if not slots:
            return say_empty(axes, "nothing")
        axes.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
        for slot in slots:
            color = SLOT_COLORS.get(slot, BOTH)
            self._line("forgetting", f"forgetting {slot}", color, beside(axes, str(slot)), lw=2.6)

    def _fit_axes(self, run, ghost):
        """Let the loss and the memory axis hold the runs.

        They begin anew with another number of steps; otherwise they are never narrowed. Of a run
        that diverges they hold only the beginning: the loss at the start, and the memory of the
        first gradient.
        """
        steps = len(run.loss) - 1
        if self.axes["loss"].get_xlim() != (0, steps):
            self._begin_axes(steps)
        for walked in (run, ghost):
            if walked is not None:
                widen_log(self.axes["loss"], walked.loss[: _rows_to_hold(walked, 1)])
        if slots_of(run):
            rows = _rows_to_hold(run, 2)
            kept = [history[:rows] for history in slots_of(run).values()]
            widen_symlog(self.axes["memory"], np.concatenate(kept))
            self.lines["zero"].set_data([0, steps], [0, 0])

    def _begin_axes(self, steps):
        for name, nothing in EMPTY.items():
            self.axes[name].set(xlim=(0, steps), ylim=nothing)

    def _place_labels(self):
        """Set each label beside the end of its line, clear of the other labels there."""
        for name in ("loss", "memory", "forgetting"):
            axes = self.axes[name]
            beside = {
                self.lines[i]: label for i, label in self.labels.items() if label.axes is axes
            }
            heights = _heights_of_the_ends(beside, axes)
            place_labels(axes, dict(zip(beside.values(), heights, strict=True)))
        axes = self.axes["landscape"]
        x, y = axes.transData.transform(np.ravel(self.lines["start"].get_data()))
        (left, low), (right, high) = axes.bbox.get_points()
        if left <= x <= right:
            x = min(max(x, left + self.start_room), right - self.start_room)
        above = y + theme.pixels(11.5)
        self.start_label.set_position(((x - left) / (right - left), (above - low) / (high - low)))


def _rows_to_hold(run, of_a_diverging_one):
    return of_a_diverging_one if run.diverged_at >= 0 else len(run.loss)


def _share_left(history):
    """(steps later, what is left as a share of the most there ever was)"""
    return np.arange(len(history)), history / (np.abs(history).max() or 1.0)


def _heights_of_the_ends(lines, axes):
    """In pixels; the bottom for what is nowhere, as the logarithm of a negative loss."""
    ends = [[values[-1] for values in line.get_data()] for line in lines]
    heights = axes.transData.transform(ends)[:, 1] if ends else np.empty(0)
    return np.nan_to_num(heights, nan=axes.bbox.y0).tolist()

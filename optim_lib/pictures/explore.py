"""The picture of a run: the path on the landscape, the loss, the memory, the forgetting curve."""

from dataclasses import dataclass

import numpy as np

from optim_lib.landscapes.landscape import Landscape
from optim_lib.pictures import theme as themes
from optim_lib.pictures.annotate import (
    beside,
    draw_key,
    draw_surface,
    draw_title,
    name_below,
    name_minima,
    say_empty,
    widen_log,
    widen_symlog,
)
from optim_lib.pictures.live import Layout, LivePicture
from optim_lib.pictures.theme import HALO, INK, QUIET, color_of, color_of_slot
from optim_lib.runs.describe import headline
from optim_lib.runs.inspect import slots_of, title_of
from optim_lib.runs.run import Run
from optim_lib.text import say

LAYOUTS = {
    themes.DESK: Layout(
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
    themes.HALL: Layout(
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

    @property
    def kind(self):
        """What one picture can show; another kind needs a new one."""
        slots = tuple(slots_of(self.run)), tuple(slots_of(self.forgetting))
        return id(self.rule), id(self.before), self.surface, slots, self.asked is None


class ExplorePicture(LivePicture):
    """A rule's figure, with the rule before it as a ghost, on one landscape."""

    def __init__(self, walked, theme):
        super().__init__(walked, theme, LAYOUTS[theme])
        self.surface, slots = walked.surface, [*slots_of(walked.run)]
        self.color = color_of(walked.rule, slots)
        with theme.drawing():
            self._draw_landscape(walked)
            self._draw_losses(walked)
            self._draw_memory(slots)
            self._draw_forgetting(slots_of(walked.forgetting), len(walked.forgetting.loss) - 1)
            self._begin_axes(len(walked.run.loss) - 1)
        ahead = ["look-ahead"] if walked.asked is not None else []
        self.by_step = [
            "path",
            *ahead,
            "loss",
            *(f"{slot} {axis}" for slot in slots for axis in "xy"),
        ]
        self.tail = "look-ahead" if ahead else None
        self.show(walked)

    def show(self, walked):
        """Move the lines, words and axes to what was walked."""
        run, ghost = walked.run, walked.ghost
        self.trace(run)
        if walked.asked is not None:
            jumps = np.stack([run.theta, walked.asked], axis=1)  # there, and on to the next step
            self.lines["look-ahead"].set_data(*jumps.reshape(-1, 2).T)
        if ghost is not None:
            self.trace(ghost, "ghost", "ghost loss")
        self.lines["start"].set_data(*run.theta[:1].T)
        for slot, history in slots_of(run).items():
            for axis, along in zip("xy", history.T, strict=True):
                self.lines[f"{slot} {axis}"].set_data(np.arange(len(along)), along)
        for slot, history in slots_of(walked.forgetting).items():
            left = history[1:, 0]
            share = left / (np.abs(left).max() or 1.0)  # of the most that there ever was
            self.lines[f"forgetting {slot}"].set_data(np.arange(len(left)), share)
        self.set_sentence(headline(walked.rule, run, walked.before, ghost))
        self._fit_axes(run, ghost)
        self.place_labels()
        self._place_start_label()

    def _draw_landscape(self, walked):
        axes, theme = self.axes["landscape"], self.theme
        axes.set_xlabel("x")
        axes.set_ylabel("y", rotation=0)
        draw_title(theme, axes, self.surface)
        draw_surface(axes, self.surface)
        name_minima(axes, self.surface)
        if walked.before is not None:
            color = color_of(walked.before)
            self.line("landscape", "ghost", color, ls="--", marker="s", lw=2, ms=4)
        self.line("landscape", "path", self.color, lw=2.4, marker="o", ms=5)
        if walked.asked is not None:
            self.line("landscape", "look-ahead", INK, ls=":", lw=1.5)
        numbers = theme.width_of("10⁻¹⁵") + theme.pixels(6)  # beside the loss
        room = self.axes["loss"].bbox.x0 - numbers - axes.bbox.x0
        draw_key(theme, axes, self._key(walked), room)
        words, style = say("start: drag me"), {"ha": "center", "path_effects": HALO}
        self._start_label = self.text(axes, 0, 0, words, **style)
        self._start_room = theme.width_of(words) / 2
        self.ring("landscape", "start")

    def _key(self, walked):
        """{line: its name}; where there is little room, no more than two."""
        roomy = self.axes["landscape"].bbox.width > self.theme.pixels(300)
        names = {"path": title_of(walked.rule)}
        if walked.before is not None and roomy:
            names["ghost"] = say("{rule} (before)", rule=title_of(walked.before))
        elif walked.before is not None and walked.asked is None:
            names["ghost"] = title_of(walked.before)
        if walked.asked is not None:
            names["look-ahead"] = say("look-ahead")
        return {self.lines[line]: name for line, name in names.items()}

    def _draw_losses(self, walked):
        axes = self.axes["loss"]
        self.draw_loss(say("loss"))
        axes.xaxis.set_major_formatter("")
        self.scales.append(axes.yaxis)
        if walked.before is not None:
            label = beside(self.theme, axes, title_of(walked.before))
            self.line("loss", "ghost loss", color_of(walked.before), label, ls="--", lw=2)
        label = beside(self.theme, axes, title_of(walked.rule))
        self.line("loss", "loss", self.color, label, lw=2.6)

    def _draw_memory(self, slots):
        axes = self.axes["memory"]
        title = say("memory {slots}", slots=", ".join(map(str, slots)))
        fits = slots and self.theme.width_of(title) <= axes.bbox.width
        axes.set_title(title if fits else say("memory"), parse_math=False)
        name_below(self.theme, axes, say("step"))
        self.scales.append(axes.xaxis)
        if not slots:
            return say_empty(self.theme, axes, say("none: each step starts anew"))
        self.scales.append(axes.yaxis)
        self.line("memory", "zero", QUIET, lw=0.8)
        for slot in slots:
            for axis, dashes in {"x": "-", "y": ":"}.items():
                self._draw_slot(axes, slot, axis, dashes)

    def _draw_slot(self, axes, slot, axis, dashes):
        def long(name):
            return say("{slot} along {axis}", slot=name, axis=axis)

        def short(name):
            return say("{slot} {axis}", slot=name, axis=axis)

        label = beside(self.theme, axes, str(slot), long, short)
        self.line("memory", f"{slot} {axis}", color_of_slot(slot), label, ls=dashes, lw=2.2)

    def _draw_forgetting(self, slots, steps):
        axes = self.axes["forgetting"]
        axes.set(xlim=(0, steps), ylim=(0, 1.08), xlabel=say("steps later"))
        if axes.bbox.width > self.theme.pixels(100):
            axes.set_title(say("what is left of one gradient"))
        else:
            axes.set_title(say("what is left of\none gradient"), loc="right")
        if not slots:
            return say_empty(self.theme, axes, say("nothing"))
        axes.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
        for slot in slots:
            label = beside(self.theme, axes, str(slot))
            self.line("forgetting", f"forgetting {slot}", color_of_slot(slot), label, lw=2.6)

    def _begin_axes(self, steps):
        """What the axes show before they hold a run of so many steps."""
        self.axes["loss"].set(xlim=(0, steps), ylim=(1, 2))
        self.axes["memory"].set(xlim=(0, steps), ylim=(0, 1e-10))

    def _fit_axes(self, run, ghost):
        """Let the loss and the memory axis hold the runs.

        They begin anew with another number of steps; otherwise they are never narrowed. Of a run
        that diverges they hold only the beginning: the loss at the start, and the memory of the
        first gradient.
        """
        steps = len(run.loss) - 1
        if self.axes["loss"].get_xlim() != (0, steps):
            self._begin_axes(steps)
        for walked in filter(None, (run, ghost)):
            held = 1 if walked.diverged_at >= 0 else None
            widen_log(self.axes["loss"], walked.loss[:held])
        if slots_of(run):
            held = 2 if run.diverged_at >= 0 else None
            kept = [history[:held] for history in slots_of(run).values()]
            widen_symlog(self.theme, self.axes["memory"], np.concatenate(kept))
            self.lines["zero"].set_data([0, steps], [0, 0])

    def _place_start_label(self):
        """Above the ring, and off the numbers of the axis while the ring is inside the axes."""
        axes, room = self.axes["landscape"], self._start_room
        x, y = axes.transData.transform(np.ravel(self.lines["start"].get_data()))
        (left, low), (right, high) = axes.bbox.get_points()
        if left <= x <= right:
            x = min(max(x, left + room), right - room)
        above = y + self.theme.pixels(11.5)
        self._start_label.set_position(((x - left) / (right - left), (above - low) / (high - low)))

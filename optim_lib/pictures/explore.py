"""The picture of a run: the path on the landscape, the loss, the memory, the forgetting curve."""

from dataclasses import dataclass

import numpy as np

from optim_lib.landscapes.landscape import Landscape
from optim_lib.pictures import annotate
from optim_lib.pictures.forgetting import SHARES, shares_left
from optim_lib.pictures.live import LivePicture
from optim_lib.pictures.theme import HALO, INK, QUIET, color_of, color_of_slot
from optim_lib.runs.describe import headline
from optim_lib.runs.inspect import slots_of, title_of
from optim_lib.runs.run import Run
from optim_lib.text import say

LAYOUT = {
    "size": ((1120, 620), (1230, 500)),
    "headline": (14.5, 12),
    "letters": (86, 78),
    "landscape": ((0.055, 0.088, 0.485, 0.70), (0.098, 0.160, 0.362, 0.560)),
    "loss": ((0.632, 0.640, 0.245, 0.205), (0.535, 0.525, 0.125, 0.265)),
    "memory": ((0.632, 0.355, 0.245, 0.205), (0.535, 0.160, 0.125, 0.260)),
    "forgetting": ((0.632, 0.088, 0.245, 0.140), (0.888, 0.160, 0.085, 0.535)),
}
ALONG = ("x", "-", "{name} along x", "{name} x"), ("y", ":", "{name} along y", "{name} y")


@dataclass(frozen=True, eq=False)
class Explored:
    """A run and the ghost, the run of the rule before; or None.

    forgetting  the rule's impulse response
    asked       where the rule takes its gradients, (steps+1, 2); None if that is θ
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
        slots = [*slots_of(self.run)], [*slots_of(self.forgetting)]
        return id(self.rule), id(self.before), self.surface, slots, self.asked is None


class ExplorePicture(LivePicture):
    _steps = None  # that the axes hold

    def __init__(self, walked, theme):
        super().__init__(walked, theme, LAYOUT)
        self.slots = [*slots_of(walked.run)]
        ghost = None if walked.before is None else color_of(walked.before)
        self.color = color_of(walked.rule, self.slots, ghost)
        with theme.drawing():
            self._draw_landscape(walked)
            self._draw_losses(walked)
            self._draw_memory()
            self._draw_forgetting(shares_left(walked.forgetting), len(walked.forgetting.loss) - 1)
        self.tail = "look-ahead" if "look-ahead" in self.lines else None
        memory = [f"{slot} {axis}" for slot in self.slots for axis in "xy"]
        self.by_step = [*filter(None, ["path", self.tail, "loss"]), *memory]
        self.show(walked)

    def show(self, walked):
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
                self.over_steps(f"{slot} {axis}", along)
        for slot, share in shares_left(walked.forgetting).items():
            self.over_steps(f"forgetting {slot}", share)
        self.set_sentence(headline(walked.rule, run, walked.before, ghost))
        self._fit_axes(run, ghost)
        self.place_labels()
        self._place_start_label()

    def _draw_landscape(self, walked):
        axes, theme = self.axes["landscape"], self.theme
        axes.set_xlabel("x")
        axes.set_ylabel("y", rotation=0)
        annotate.draw_title(theme, axes, walked.surface)
        annotate.draw_surface(axes, walked.surface)
        annotate.name_minima(axes, walked.surface)
        if walked.before is not None:
            color = color_of(walked.before)
            self.line("landscape", "ghost", color, ls="--", marker="s", lw=2, ms=4)
        self.line("landscape", "path", self.color, lw=2.4, marker="o", ms=5)
        if walked.asked is not None:
            self.line("landscape", "look-ahead", INK, ls=":", lw=1.5)
        self._draw_key(walked)
        words, style = say("start: drag me"), {"ha": "center", "path_effects": HALO}
        self._start_label = self.text(axes, 0, 0, words, **style)
        self._start_room = theme.width_of(words) / 2
        self.ring("landscape", "start")

    def _draw_key(self, walked):
        """The names of two lines, or of three where there is room."""
        axes, theme = self.axes["landscape"], self.theme
        names, roomy = {"path": title_of(walked.rule)}, axes.bbox.width > theme.pixels(300)
        if walked.before is not None and (roomy or walked.asked is None):
            before = title_of(walked.before)
            names["ghost"] = say("{rule} (before)", rule=before) if roomy else before
        if walked.asked is not None:
            names["look-ahead"] = say("look-ahead")
        numbers = theme.width_of("10⁻¹⁵") + theme.pixels(6)  # beside the loss
        room = self.axes["loss"].bbox.x0 - numbers - axes.bbox.x0
        annotate.draw_key(theme, axes, {self.lines[i]: name for i, name in names.items()}, room)

    def _draw_losses(self, walked):
        self.draw_loss(say("loss"))
        self.axes["loss"].xaxis.set_major_formatter("")
        self.scales += [self.axes["loss"].xaxis, self.axes["loss"].yaxis]
        if walked.before is not None:
            label = title_of(walked.before)
            self.line("loss", "ghost loss", color_of(walked.before), label, ls="--", lw=2)
        self.line("loss", "loss", self.color, title_of(walked.rule), lw=2.6)

    def _draw_memory(self):
        axes, title = self.axes["memory"], say("memory")
        if self.slots:
            named = say("memory {slots}", slots=", ".join(map(str, self.slots)))
            title = named if self.theme.width_of(named) <= axes.bbox.width else title
        axes.set_title(title, parse_math=False)
        self.count_steps("memory")
        if not self.slots:
            axes.set_yticks([])
            return annotate.say_empty(self.theme, axes, say("none: each step starts anew"))
        self.scales.append(axes.yaxis)
        self.line("memory", "zero", QUIET, lw=0.8)
        for slot in self.slots:
            color = color_of_slot(slot)
            for axis, dashes, *forms in ALONG:
                style = {"ls": dashes, "lw": 2.2}
                self.line("memory", f"{slot} {axis}", color, str(slot), *forms, **style)

    def _draw_forgetting(self, slots, steps):
        axes = self.axes["forgetting"]
        axes.set(xlim=(0, steps), ylim=(0, 1.08), yticks=[], xlabel=say("steps later"))
        if axes.bbox.width > self.theme.pixels(100):
            axes.set_title(say("what is left of one gradient"))
        else:
            axes.set_title(say("what is left of\none gradient"), loc="right")
        if not slots:
            return annotate.say_empty(self.theme, axes, say("nothing"))
        axes.set_yticks(*SHARES)
        for slot in slots:
            self.line("forgetting", f"forgetting {slot}", color_of_slot(slot), str(slot), lw=2.6)

    def _fit_axes(self, run, ghost):
        """Let the loss and the memory axis hold the runs.

        They begin anew with another number of steps; otherwise they are never narrowed. Of a run
        that diverges they hold only the beginning: the loss at the start, and the memory of the
        first gradient.
        """
        steps = len(run.loss) - 1
        if steps != self._steps:
            self._steps = steps
            self.axes["loss"].set(xlim=(0, steps), ylim=(1, 2))
            self.axes["memory"].set(xlim=(0, steps), ylim=(0, 1e-10))
        for walked in filter(None, (run, ghost)):
            held = 1 if walked.diverged_at >= 0 else None
            annotate.widen_log(self.axes["loss"], walked.loss[:held])
        if self.slots:
            held = 2 if run.diverged_at >= 0 else None
            kept = np.concatenate([history[:held] for history in slots_of(run).values()])
            annotate.widen_symlog(self.theme, self.axes["memory"], kept)
            self.lines["zero"].set_data([0, steps], [0, 0])

    def _place_start_label(self):
        """Above the ring, and off the numbers of the axis while the ring is inside the axes."""
        axes, room = self.axes["landscape"], self._start_room
        x, y = axes.transData.transform(np.ravel(self.lines["start"].get_data()))
        if axes.bbox.x0 <= x <= axes.bbox.x1:
            x = min(max(x, axes.bbox.x0 + room), axes.bbox.x1 - room)
        above = x, y + self.theme.pixels(11.5)
        self._start_label.set_position(axes.transAxes.inverted().transform(above))

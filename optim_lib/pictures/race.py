"""The picture of a race: all paths on one landscape, all losses beside them."""

from dataclasses import dataclass

from optim_lib.landscapes.landscape import Landscape
from optim_lib.pictures.annotate import draw_surface
from optim_lib.pictures.live import LivePicture
from optim_lib.pictures.theme import color_of
from optim_lib.runs.inspect import slots_of
from optim_lib.text import number, say

LAYOUT = {
    "size": ((1120, 580), (1230, 470)),
    "headline": (12.5, 12),
    "letters": (104, 78),
    "landscape": ((0.045, 0.085, 0.47, 0.73), (0.075, 0.17, 0.41, 0.57)),
    "loss": ((0.575, 0.085, 0.29, 0.73), (0.570, 0.17, 0.27, 0.57)),
}
DASHES = ("-", "--", ":", "-.")


@dataclass(frozen=True, eq=False)
class Raced:
    """Runs from one start: entries [(label, rule, Run)] in the order of the race."""

    surface: Landscape
    entries: list

    @property
    def kind(self):
        return self.surface, [(label, id(rule)) for label, rule, _ in self.entries]


class RacePicture(LivePicture):
    def __init__(self, walked, theme):
        super().__init__(walked, theme, LAYOUT)
        with theme.drawing():
            self.axes["landscape"].set_title(walked.surface.name, parse_math=False)
            draw_surface(self.axes["landscape"], walked.surface)
            self.draw_loss(say("loss"), ylim=(1e-16, 1e6))
            self.count_steps("loss")
            for axes, what in {"landscape": "path", "loss": "loss"}.items():
                for i, (label, rule, run) in enumerate(walked.entries):
                    color, style = color_of(rule, slots_of(run)), {"ls": DASHES[i % 4], "lw": 2.4}
                    beside = label if what == "loss" else ""
                    self.line(axes, f"{what} of {label}", color, beside, **style)
            self.ring("landscape", "start")
        self.by_step = [name for name in self.lines if name != "start"]
        self.show(walked)

    def show(self, walked):
        for label, _, run in walked.entries:
            self.trace(run, f"path of {label}", f"loss of {label}")
        self.lines["start"].set_data(*run.theta[:1].T)
        self.axes["loss"].set_xlim(0, len(run.loss) - 1)
        self.set_sentence(summary(walked))
        self.place_labels()


def summary(walked):
    """ "300 steps on Rosenbrock: loss Adam 1.2e-7, GD 0.31; diverged: momentum at step 9." """
    arrived = [(run.loss[-1], label) for label, _, run in walked.entries if run.diverged_at < 0]
    gone = [(label, run.diverged_at) for label, _, run in walked.entries if run.diverged_at >= 0]
    arrived.sort(key=lambda end: end[0])
    losses = [say("{rule} {loss}", rule=label, loss=number(loss)) for loss, label in arrived]
    gone = [say("{rule} at step {step}", rule=label, step=step) for label, step in gone]
    said = {"losses": ", ".join(losses), "gone": ", ".join(gone)}
    said["walk"] = steps_on(len(walked.entries[0][2].loss) - 1, walked.surface)
    if not gone:
        return say("{walk}: loss {losses}.", **said)
    if not losses:
        return say("{walk}: diverged: {gone}.", **said)
    return say("{walk}: loss {losses}; diverged: {gone}.", **said)


def steps_on(steps, surface):
    if steps == 1:
        return say("1 step on {surface}", surface=surface.name)
    return say("{steps} steps on {surface}", steps=steps, surface=surface.name)

"""A matplotlib figure, drawn once to a PNG; only what moves in it travels to the browser.

That is the vertices of lines in pixels, which js/ draws as SVG in each line's own colour, width,
dash and marker; words; and the numbers along an axis, if its limits have changed.
"""

import threading
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from optim_lib.stage.encode import look_of, numbers_of, packed, pixels_of, upright, words_of
from optim_lib.stage.raster import still_png

HERE = Path(__file__).parent


class Stage(anywidget.AnyWidget):
    """The live picture.

    caption      one sentence: the picture's alt text, and what is announced after a change
    alert        one sentence shown above the picture; "" for none
    on_drag      a function (x, y) of the point, in data coordinates, to which the handle is dragged
    on_pick      the same, of a point of a grid that is clicked
    on_step      a function (dx, dy) of how many cells of a grid to go on
    readout      a function () -> [(name, values (steps+1, n))], asked when somebody reads a step
    arrow        a function () -> the tips (steps+1, 2) of an arrow for each step of the track
    lock         held while somebody changes what is shown, or reads it
    """

    # A Path would be watched, and hold every panel for ever.
    _esm = (HERE / "static/index.js").read_text(encoding="utf-8")
    _css = (HERE / "stage.css").read_text(encoding="utf-8")
    scene = traitlets.Dict().tag(sync=True)
    still = traitlets.Bytes().tag(sync=True)
    frame = traitlets.Bytes().tag(sync=True)
    spans = traitlets.List().tag(sync=True)
    words = traitlets.List().tag(sync=True)
    scales = traitlets.List().tag(sync=True)
    tick = traitlets.Int().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    alert = traitlets.Unicode().tag(sync=True)

    def __init__(self, figure, lines, **about):
        super().__init__()
        self.on_drag = self.on_pick = self.on_step = self.readout = self.arrow = None
        self.lock = threading.RLock()
        self.on_msg(self._answer)
        self.restage(figure, lines, **about)

    def restage(self, figure, lines, texts=(), axes=(), caption="", **roles):
        """Take a new figure, of which lines {name: Line2D}, texts [Text] and axes [Axis] move.

        Roles are the names of the lines that have one:
        track     is read step by step
        by_step   a list: have as many vertices at each step (the track: one)
        tail      the one of them at which the arrow begins, if that is not the track
        handle    is dragged
        and grid=True says that the axes of the handle are a map, whose cells a click chooses.
        """
        self._figure, self._lines, self._texts, self._axes = figure, lines, texts, axes
        self._limits = None
        with self.hold_sync():
            self.still = still_png(figure, [*lines.values(), *texts, *axes])
            self.scene = look_of(figure, lines, texts, axes) | roles
            self.update(caption)

    def update(self, caption):
        """Send the lines and the words as they are now, and the sentence that describes them."""
        with self.hold_sync():
            self.spans, self.frame = packed(pixels_of(self._lines.values(), self._figure))
            self.words = words_of(self._texts, self._figure)
            limits = [tuple(axis.get_view_interval()) for axis in self._axes]
            if limits != self._limits:
                self.scales, self._limits = [numbers_of(axis) for axis in self._axes], limits
            self.caption, self.alert = caption, ""
            self.tick += 1

    def warn(self, sentence):
        """Show a sentence, and leave the picture as it is."""
        with self.hold_sync():
            self.alert = sentence
            self.tick += 1

    def _answer(self, _widget, message, _buffers):
        with self.lock:
            match message:
                case {"type": "drag" | "pick" as kind, "x": x, "y": y}:
                    if hear := getattr(self, f"on_{kind}"):
                        to_data = self._lines[self.scene["handle"]].axes.transData.inverted()
                        hear(*to_data.transform((x, self._figure.bbox.height - y)))
                case {"type": "step", "dx": dx, "dy": dy} if self.on_step:
                    self.on_step(dx, dy)
                case {"type": "read"} if self.readout:
                    self._tell()

    def _tell(self):
        groups, axes = self.readout(), self._lines[self.scene["track"]].axes
        tips = upright(axes.transData.transform(self.arrow()), self._figure)
        table = np.column_stack([*(values for _, values in groups), tips]).astype(np.float64)
        names = [[name, values.shape[1]] for name, values in groups]
        self.send({"tick": self.tick, "groups": names}, [table.tobytes()])

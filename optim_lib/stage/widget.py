"""A matplotlib figure, drawn once; only its moving lines and words travel to the browser.

The stage knows no optimizer. It is handed a Figure and those of its Line2D, Text and Axis artists
that move. The rest is rendered once, to a PNG. After that each update sends the vertices of the
moving lines in pixels, and stage.js draws them as SVG in each line's own colour, width, dash and
marker; and the numbers along an axis, if its limits have changed.
"""

import pathlib
import threading

import anywidget
import numpy as np
import traitlets
from matplotlib.colors import to_hex

from optim_lib.stage.encode import packed, pixels_of, upright
from optim_lib.stage.raster import still_png
from optim_lib.stage.ticks import placed_on, style_of_scale

HERE = pathlib.Path(__file__).parent
CAPS = {"o": "round", "s": "square"}  # a dot is an SVG line of no length with this cap
DASHES = {"-": [], "--": [3.7, 1.6], ":": [1, 1.65], "-.": [6.4, 1.6, 1, 1.6], "None": []}


def script(*names):
    """The files as one text: browsers fetch no second file from a kernel."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


class Stage(anywidget.AnyWidget):
    """The live picture.

    caption      one sentence: the picture's alt text, and what is announced after a change
    alert        one sentence shown above the picture; "" for none
    on_drag      a function (x, y), called with the point, in data coordinates, to which the
                 handle is dragged
    readout      a function () -> [(name, values (steps+1, n))], asked when somebody reads a step
    arrow        a function () -> the tips (steps+1, 2) of an arrow for each vertex of the track
    lock         held while somebody changes what is shown, or reads it
    """

    _esm = script("js/names.js", "js/keys.js", "js/reconnect.js", "js/outline.js", "js/stage.js")
    _css = script("stage.css")  # a Path would be watched, and hold every panel for ever
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
        self.on_drag = self.readout = self.arrow = None
        self.lock = threading.RLock()
        self.on_msg(self._answer)
        self.restage(figure, lines, **about)

    def restage(
        self,
        figure,
        lines,
        texts=(),
        axes=(),
        track=None,
        handle=None,
        by_step=(),
        tail=None,
        caption="",
    ):
        """Take a new figure: render its still part, and update.

        lines {name: Line2D}, texts [Text] and axes [Axis] move; `track` names the line that is
        read step by step, `by_step` all the lines that have as many vertices each step (the
        track: one), `tail` the one of them at which the arrow begins, `handle` the one to be
        dragged.
        """
        self._figure, self._lines, self._texts, self._axes = figure, lines, texts, axes
        self._track, self._handle, self._limits = track, handle, None
        with self.hold_sync():
            self.still = still_png(figure, [*lines.values(), *texts, *axes])
            self.scene = {
                "size": list(figure.bbox.size),
                "unit": figure.dpi / 100,
                "clips": [_box(axes, figure) for axes in figure.axes],
                "lines": [_style_of_line(name, line, figure) for name, line in lines.items()],
                "words": [_style_of_text(text, figure) for text in texts],
                "scales": [style_of_scale(axis) for axis in axes],
                "track": track,
                "handle": handle,
                "by_step": list(by_step),
                "tail": tail or track,
            }
            self.update(caption)

    def update(self, caption):
        """Send the lines and the words as they are now, and the sentence that describes them."""
        with self.hold_sync():
            self.spans, self.frame = packed(pixels_of(self._lines.values(), self._figure))
            self.words = _placed(self._texts, self._figure)
            limits = [tuple(axis.get_view_interval()) for axis in self._axes]
            if limits != self._limits:
                self.scales, self._limits = [placed_on(axis) for axis in self._axes], limits
            self.caption, self.alert = caption, ""
            self.tick += 1

    def warn(self, sentence):
        """Show a sentence, and leave the picture as it is."""
        with self.hold_sync():
            self.alert = sentence
            self.tick += 1

    def _answer(self, _widget, message, _buffers):
        with self.lock:
            if message["type"] == "drag" and self.on_drag:
                height = self._figure.bbox.height
                to_data = self._lines[self._handle].axes.transData.inverted()
                self.on_drag(*to_data.transform((message["x"], height - message["y"])))
            if message["type"] == "read" and self.readout:
                self._tell()

    def _tell(self):
        groups = self.readout()
        table = np.column_stack([values for _, values in groups] + [self._tips()])
        names = [[name, values.shape[1]] for name, values in groups]
        message = {"type": "readout", "tick": self.tick, "groups": names}
        self.send(message, [table.astype(np.float64).tobytes()])

    def _tips(self):
        axes = self._lines[self._track].axes
        return upright(axes.transData.transform(self.arrow()), self._figure)


def _box(axes, figure):
    x, y, width, height = axes.bbox.bounds
    return [x, figure.bbox.height - y - height, width, height]


def _style_of_line(name, line, figure):
    pixel, width = figure.dpi / 72, line.get_linewidth()
    marker = line.get_marker()
    return {
        "name": name,
        "clip": figure.axes.index(line.axes),
        "color": to_hex(line.get_color()),
        "width": width * pixel if line.get_linestyle() != "None" else 0,
        "dash": [on_off * width * pixel for on_off in DASHES[line.get_linestyle()]],
        "cap": CAPS.get(marker),
        "marker": line.get_markersize() * pixel if marker in CAPS else 0,
        "face": to_hex(line.get_markerfacecolor()),
        "edge": line.get_markeredgewidth() * pixel,
    }


def _style_of_text(text, figure):
    return {
        "color": to_hex(text.get_color()),
        "size": text.get_fontsize() * figure.dpi / 72,
        "weight": text.get_weight(),
        "anchor": {"left": "start", "center": "middle", "right": "end"}[text.get_ha()],
        "baseline": {"top": "hanging", "center": "central"}.get(text.get_va(), "auto"),
        "halo": bool(text.get_path_effects()),
    }


def _placed(texts, figure):
    """[[x, y, words]]"""
    points = [text.get_transform().transform(text.get_position()) for text in texts]
    places = upright(np.reshape(points, (-1, 2)), figure).round(1).tolist()
    return [[x, y, text.get_text()] for (x, y), text in zip(places, texts, strict=True)]

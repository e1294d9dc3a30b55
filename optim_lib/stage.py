"""A matplotlib figure, drawn once; only its moving lines and words travel to the browser.

The stage knows no optimizer. It is handed a Figure and those of its Line2D and Text artists that
move. The rest is rendered once, to a PNG. After that each update sends the vertices of the moving
lines in pixels, and stage.js draws them as SVG in each line's own colour, width, dash and marker.
"""

import io
import pathlib
import threading
from functools import cache

import anywidget
import numpy as np
import traitlets
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex
from PIL import Image

HERE = pathlib.Path(__file__).parent
SHARPNESS = 1.5  # pixels of the still picture to one pixel of the figure, for dense screens
DRAWING = threading.Lock()  # the pictures of all panels are drawn with the same renderers
FAR = 1e8  # pixels: its tenths still fit into 4 bytes
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

    _esm = script("names.js", "keys.js", "reconnect.js", "stage.js")
    _css = script("stage.css")  # a Path would be watched, and hold every panel for ever
    scene = traitlets.Dict().tag(sync=True)
    still = traitlets.Bytes().tag(sync=True)
    frame = traitlets.Bytes().tag(sync=True)
    spans = traitlets.List().tag(sync=True)
    words = traitlets.List().tag(sync=True)
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
        self, figure, lines, texts=(), track=None, handle=None, by_step=(), tail=None, caption=""
    ):
        """Take a new figure, or the old one with other axes: render its still part, and update.

        lines {name: Line2D} and texts [Text] move; `track` names the line that is read step by
        step, `by_step` all the lines that have as many vertices each step (the track: one),
        `tail` the one of them at which the arrow begins, `handle` the one to be dragged.
        """
        self._figure, self._lines, self._texts = figure, lines, texts
        self._track, self._handle = track, handle
        with self.hold_sync():
            self.still = still_png(figure, [*lines.values(), *texts])
            self.scene = {
                "size": list(figure.bbox.size),
                "unit": figure.dpi / 100,
                "clips": [_box(axes, figure) for axes in figure.axes],
                "lines": [_style_of_line(name, line, figure) for name, line in lines.items()],
                "words": [_style_of_text(text, figure) for text in texts],
                "track": track,
                "handle": handle,
                "by_step": list(by_step),
                "tail": tail or track,
            }
            self.update(caption)

    def update(self, caption):
        """Send the lines and the words as they are now, and the sentence that describes them."""
        with self.hold_sync():
            self.spans, self.frame = packed(_pixels(self._lines.values(), self._figure))
            self.words = [_placed(text, self._figure) for text in self._texts]
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
        return _upright(axes.transData.transform(self.arrow()), self._figure)


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


def still_png(figure, moving=()):
    """The figure as PNG bytes, without the artists that move."""
    for artist in moving:
        artist.set_visible(False)
    try:
        return png(figure, SHARPNESS)
    finally:
        for artist in moving:
            artist.set_visible(True)


def png(figure, sharpness=1):
    """The figure as PNG bytes, in the few colours that it has."""
    image, small = rendered(figure, figure.dpi * sharpness), io.BytesIO()
    few = image.quantize(128, method=Image.Quantize.FASTOCTREE)
    paper = 3 * few.getpixel((0, 0))  # borders on the page's, so it must be the very same
    palette = few.getpalette()
    palette[paper : paper + 3] = image.getpixel((0, 0))
    few.putpalette(palette)
    few.save(small, "png")
    return small.getvalue()


def rendered(figure, dpi):
    """The figure as an RGB image."""
    with DRAWING:
        usual, figure.dpi = figure.dpi, dpi
        try:
            size = tuple(map(round, figure.bbox.size))
            renderer = _renderer(*size, dpi)
            renderer.clear()
            figure.draw(renderer)
            return Image.frombuffer("RGBA", size, renderer.buffer_rgba()).convert("RGB")
        finally:
            figure.dpi = usual


@cache
def _renderer(width, height, dpi):
    """One for all pictures of a size. Each holds megabytes of pixels, and only the garbage
    collector, which is in no hurry, frees it; savefig would make a new one for each picture."""
    return RendererAgg(width, height, dpi)


def _pixels(lines, figure):
    """The vertices of each line in pixels from the top left, near enough to be drawn."""
    with np.errstate(all="ignore"):
        points = [line.get_transform().transform(line.get_xydata()) for line in lines]
        upright = _upright(np.concatenate(points), figure)
    return np.split(upright, np.cumsum([len(line) for line in points[:-1]]))


def _upright(points, figure):
    """Pixels counted from the top, as browsers do, and no number that a browser cannot draw.

    What is too far is brought nearer in the direction in which it lies, so that a line leaves the
    picture where matplotlib's would.
    """
    flipped = np.array([0, figure.bbox.height]) + points * np.array([1, -1])
    if np.abs(flipped).max() <= FAR:
        return flipped
    flipped = np.nan_to_num(flipped, nan=FAR, posinf=1e300, neginf=-1e300)
    return flipped / np.maximum(1, np.abs(flipped).max(axis=1, keepdims=True) / FAR)


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
    }


def _placed(text, figure):
    """[x, y, words]"""
    at = text.get_transform().transform([text.get_position()])
    return [*np.round(_upright(at, figure)[0], 1).tolist(), text.get_text()]

"""A figure, some of whose artists move, and the stage that shows it."""

import io

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from optim_lib.stage.widget import Stage


class Scene:
    """Two moving lines, a still one and a moving word."""

    def __init__(self):
        self.figure = Figure(figsize=(4, 3), dpi=100, facecolor="#FCFBF7")
        self.axes = self.figure.add_axes((0.1, 0.1, 0.8, 0.8))
        self.axes.set(xlim=(0, 10), ylim=(0, 5))
        self.axes.plot([0, 10], [5, 0], color="#00FF00")
        (path,) = self.axes.plot([0, 1, 2], [1, 2, 4], color="#FF0000", marker="o", ls="--", lw=3)
        (start,) = self.axes.plot([0], [1], color="#FF0000", marker="s", ls="", mfc="#FFFFFF")
        self.lines, self.word = {"path": path, "start": start}, self.axes.text(5, 4, "word")
        self.moving = [path, start, self.word]
        about = {"texts": [self.word], "axes": [self.axes.xaxis], "caption": "One."}
        self.stage = Stage(self.figure, self.lines, track="path", handle="start", **about)
        self.sent = []
        self.stage.send = lambda message, buffers=None: self.sent.append((message, buffers))

    def hears(self, **message):
        """What the browser sends."""
        self.stage._handle_custom_msg(message, [])

    def drawn(self):
        return unpacked(self.stage.spans, self.stage.frame)


def unpacked(spans, frame):
    """[(n, 2)], as js/frame.js does it"""
    count = max((max(x + of_x, y + of_y) for _, x, of_x, y, of_y in spans), default=0)
    tenths = np.frombuffer(frame, np.int16 if len(frame) == 2 * count else np.int32) / 10

    def column(n, start, moving):
        return tenths[start + np.minimum(np.arange(n), moving - 1)]

    return [
        np.stack([column(n, x, of_x), column(n, y, of_y)], axis=1) for n, x, of_x, y, of_y in spans
    ]


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture(scope="session")
def loose():
    """One for all the examples of hypothesis."""
    return Scene()


@pytest.fixture(scope="session", name="unpacked")
def as_the_browser_does():
    return unpacked


@pytest.fixture(scope="session")
def image():
    """image(png): its pixels (height, width, 3)"""
    return lambda data: np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)

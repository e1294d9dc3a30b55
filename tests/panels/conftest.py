"""What several tests of panels do: draw no still pictures, send what a browser sends, count."""

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances

from optim_lib.stage import raster


@pytest.fixture(autouse=True)
def no_still_pictures(monkeypatch):
    """Drawing them takes most of the time; tests/stage looks at them."""
    monkeypatch.setattr(raster, "png", lambda *_: b"")


@pytest.fixture
def widgets_made():
    """A function: how many widgets there are more than at the beginning."""
    before = set(_instances)
    return lambda: len(set(_instances) - before)


@pytest.fixture
def drag():
    """drag(panel, axes, x, y): what the browser sends when the handle is dragged there."""

    def drag(panel, axes, x, y, kind="drag"):
        left, up = panel.picture.axes[axes].transData.transform((x, y))
        height = panel.picture.figure.bbox.height
        panel.stage._handle_custom_msg({"type": kind, "x": left, "y": height - up}, [])

    return drag


@pytest.fixture
def read():
    """read(panel) -> {name: what is read of it at each step}, as the browser is answered."""

    def read(panel):
        sent = []
        panel.stage.send = lambda message, buffers: sent.append((message, buffers))
        panel.stage._handle_custom_msg({"type": "read"}, [])
        ((message, (table,)),) = sent
        names, widths = zip(*message["groups"], strict=True)
        numbers = np.frombuffer(table).reshape(-1, sum(widths) + 2)  # and the tip of the arrow
        return dict(zip(names, np.split(numbers, np.cumsum(widths), axis=1), strict=False))

    return read

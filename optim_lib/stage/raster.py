"""A matplotlib figure as a PNG."""

import io
import threading
from functools import cache

from matplotlib.backends.backend_agg import RendererAgg
from PIL import Image

SHARPNESS = 1.5  # pixels of the still picture to one pixel of the figure, for dense screens
DRAWING = threading.Lock()  # the pictures of all panels are drawn with the same renderers


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
    image, small = _rendered(figure, figure.dpi * sharpness), io.BytesIO()
    few = image.quantize(128, method=Image.Quantize.FASTOCTREE)
    paper = 3 * few.getpixel((0, 0))  # borders on the page's, so it must be the very same
    palette = few.getpalette()
    palette[paper : paper + 3] = image.getpixel((0, 0))
    few.putpalette(palette)
    few.save(small, "png")
    return small.getvalue()


def _rendered(figure, dpi):
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

"""What every still picture has: a figure and a sentence, for the hand, the eye and the ear."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

import ipywidgets as widgets

from optim_lib.pictures.theme import Theme, current
from optim_lib.stage.cells import replace_older
from optim_lib.stage.raster import png


@dataclass(eq=False, repr=False)
class StillPicture:
    """A picture that does not move: what it says, draw(theme) -> its Figure, and its theme."""

    sentence: str
    draw: Callable
    theme: Theme = field(default_factory=current, kw_only=True)

    def __repr__(self):
        return self.sentence

    def figure(self):
        with self.theme.drawing():
            return self.draw(self.theme)

    def _repr_mimebundle_(self, **_):
        """PNG, plain text, and an image with the text as its alt: JupyterLab gives a PNG none."""
        picture = base64.b64encode(png(self.figure())).decode()
        source = f'src="data:image/png;base64,{picture}"'
        image = f'<img alt="{escape(self.sentence)}" style="max-width:100%" {source}>'
        shown = widgets.HTML(image)
        replace_older(shown)
        said = {"text/plain": self.sentence, "image/png": picture}
        return shown._repr_mimebundle_() | said


def page(theme, size, title, rows, columns):
    """(a figure of this size in pixels with a title, its rows × columns axes, on one scale)"""
    figure = theme.figure(size, layout="constrained")
    figure.suptitle(title, x=0.012, ha="left", weight="bold")
    return figure, figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)

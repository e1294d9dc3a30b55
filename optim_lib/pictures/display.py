"""What every still picture has: a figure and a sentence, for the hand, the eye and the ear."""

import base64
from html import escape

import ipywidgets as widgets

from optim_lib.pictures.theme import current
from optim_lib.stage.cells import replace_older
from optim_lib.stage.raster import png


class StillPicture:
    """A picture that does not move: what it says, and draw(theme) -> its Figure.

    measured  {name: value} of what it shows: attributes of the picture
    """

    def __init__(self, sentence, draw, theme=None, **measured):
        self.sentence, self.draw, self.theme = sentence, draw, theme or current()
        vars(self).update(measured)

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
        return shown._repr_mimebundle_() | {"text/plain": self.sentence, "image/png": picture}


def page(theme, size, title, rows, columns):
    """(a figure of this size in pixels with a title, its rows × columns axes, on one scale)"""
    figure = theme.figure(size, layout="constrained")
    figure.suptitle(title, x=0.012, ha="left", weight="bold")
    return figure, figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)

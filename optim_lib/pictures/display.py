"""What every still picture has: a figure and a sentence, for the hand, the eye and the ear."""

import base64
from html import escape

import ipywidgets as widgets

from optim_lib.pictures.theme import current
from optim_lib.stage.cells import replace_older
from optim_lib.stage.raster import png


class StillPicture:
    """A picture that does not move; it keeps the theme with which it was made.

    A subclass writes `sentence`, what the picture says, and draw(theme) -> its Figure.
    """

    def __init__(self, theme=None):
        self.theme = theme or current()

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

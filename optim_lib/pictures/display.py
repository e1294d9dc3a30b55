"""A picture that does not move, and its sentence, for three readers: hand, eye and ear."""

import base64
from html import escape

import ipywidgets as widgets

from optim_lib.stage.cells import replace_older
from optim_lib.stage.raster import png


def pictured(figure, sentence):
    """What a notebook shows of a figure: PNG, plain text, and an image with the text as its alt.

    The image is a widget: JupyterLab gives a plain PNG no alt text.
    """
    picture = base64.b64encode(png(figure)).decode()
    source = f"data:image/png;base64,{picture}"
    shown = widgets.HTML(f'<img alt="{escape(sentence)}" style="max-width:100%" src="{source}">')
    replace_older(shown)
    said = {"text/plain": sentence, "image/png": picture}
    return shown._repr_mimebundle_() | said

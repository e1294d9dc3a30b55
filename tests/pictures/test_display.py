"""A still picture has its sentence for whoever sees it, and for whoever does not."""

import base64

from ipywidgets.widgets import widget

from optim_lib.pictures.display import StillPicture
from optim_lib.pictures.theme import DESK, HALL

WIDGET = "application/vnd.jupyter.widget-view+json"


def test_the_sentence_is_the_text_and_the_alt_text_of_the_picture():
    shown = StillPicture("a < b", lambda theme: theme.figure((100, 50)))
    bundle = shown._repr_mimebundle_()
    assert repr(shown) == bundle["text/plain"] == "a < b"
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    html = widget._instances[bundle[WIDGET]["model_id"]].value
    assert 'alt="a &lt; b"' in html and bundle["image/png"] in html


def test_it_is_drawn_with_the_theme_that_it_is_given():
    for theme in (DESK, HALL):
        shown = StillPicture("", lambda theme: theme.figure((100, 50)), theme=theme)
        assert shown.figure().dpi == theme.dpi

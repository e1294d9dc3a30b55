"""A picture that does not move has its sentence for whoever sees it, and for whoever does not."""

import base64

from ipywidgets.widgets import widget
from matplotlib.figure import Figure

from optim_lib.pictures.display import pictured

WIDGET = "application/vnd.jupyter.widget-view+json"


def test_the_sentence_is_the_alt_text_of_the_picture():
    bundle = pictured(Figure(figsize=(1, 1)), "a < b")
    assert bundle["text/plain"] == "a < b"
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    html = widget._instances[bundle[WIDGET]["model_id"]].value
    assert 'alt="a &lt; b"' in html and bundle["image/png"] in html

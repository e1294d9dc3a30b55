"""lecture(): large type on the page, and pictures that are drawn for the hall from then on."""

from optim_lib.pictures import theme
from optim_lib.publish import lecture as module
from optim_lib.publish.lecture import CSS, lecture


def test_it_puts_its_css_on_the_page_says_so_and_ends_when_asked(monkeypatch):
    shown = []
    monkeypatch.setattr(module, "display", lambda data, raw: shown.append(data))
    lecture()
    assert shown[0]["text/plain"] == "Lecture view: large type."
    assert CSS.read_text(encoding="utf-8") in shown[0]["text/html"]
    assert theme.current() is theme.HALL
    lecture(False)
    assert len(shown) == 1 and theme.current() is theme.DESK

"""A cell that is run again closes what it showed before, and nothing else."""

from types import SimpleNamespace

import ipywidgets as widgets
import pytest

from optim_lib.stage import cells


@pytest.fixture
def show(monkeypatch):
    """show(cell, execution): a panel that is made there"""
    monkeypatch.setattr(cells, "_SHOWN", {})

    def show(cell, execution):
        parent = {"metadata": {"cellId": cell}, "header": {"msg_id": execution}}
        shell = SimpleNamespace(get_parent=lambda: parent)
        monkeypatch.setattr(cells, "get_ipython", lambda: shell)
        panel = widgets.VBox([widgets.FloatSlider(), widgets.HBox([widgets.Button()])])
        cells.replace_older(panel)
        return panel

    return show


def parts_of(panel):
    slider, box = panel.children
    (button,) = box.children
    together = [panel, slider, box, button]
    return [*together, *(it.layout for it in together), slider.style, button.style]


def test_a_cell_run_again_closes_all_its_panels_down_to_their_styles(show):
    old = [show("a", "first"), show("a", "first")]
    elsewhere = show("b", "first")
    parts = [part for panel in old for part in parts_of(panel)]
    assert all(part.comm is not None for part in parts)
    new = show("a", "second")
    assert [part for part in parts if part.comm is not None] == []
    assert all(part.comm is not None for panel in (elsewhere, new) for part in parts_of(panel))


def test_without_a_cell_nothing_is_closed(show, monkeypatch):
    panels = [show(None, "first"), show(None, "second")]
    monkeypatch.setattr(cells, "get_ipython", lambda: None)
    cells.replace_older(widgets.VBox())
    assert all(panel.comm is not None for panel in panels)

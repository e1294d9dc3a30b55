"""Every notebook of the course, run in JupyterLab, and every slider moved to its ends and back."""

from pathlib import Path

import nbformat
import pytest
from harness import until

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*/*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_and_every_slider_moves(path, lab, visit):
    notebook = visit(unrun(path, lab.folder)).run_all()
    outputs = [o for cell in notebook.save().cells for o in cell.get("outputs", [])]
    assert [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"] == []
    for panel in notebook.page.locator(".jp-OutputArea-output:has(.optim-stage)").all():
        move_every_slider(panel)
        assert notebook.failures() == []


def unrun(path, folder):
    """A copy without outputs in a folder, and nothing folded; its name."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.metadata.pop("jp-MarkdownHeadingCollapsed", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, folder / path.name)
    return path.name


def move_every_slider(panel):
    for handle in panel.locator(".noUi-handle").all():
        drawn_after(panel, lambda handle=handle: handle.press("End"))
        drawn_after(panel, lambda handle=handle: handle.press("Home"))
        handle.press("PageUp")  # from its end, so that the next one moves something
    drawn_after(panel, panel.get_by_role("button", name="Reset").click)


def drawn_after(panel, action):
    frame = panel.locator(".optim-stage").get_attribute
    before = frame("data-frame")
    action()
    until(lambda: frame("data-frame") != before, "a new frame is drawn")

"""Every notebook of the course, run in JupyterLab, and every slider moved to its ends and back."""

from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*/*.ipynb"))
MOVE_EVERY_SLIDER = """async (panel) => {
    const stage = panel.querySelector(".optim-stage");
    const drawnAfter = (act, why) => new Promise((drawn, late) => {
        const before = stage.dataset.frame;
        const watch = new MutationObserver(() => stage.dataset.frame !== before && drawn());
        watch.observe(stage, {attributeFilter: ["data-frame"]});
        setTimeout(late, 30000, `no new frame after ${why}`);
        act();
    });
    for (const handle of panel.querySelectorAll(".noUi-handle")) {
        const press = (key) => handle.dispatchEvent(new KeyboardEvent("keydown", {key}));
        // PageUp leaves its end, so that the next one moves something
        for (const key of ["End", "Home", "PageUp"])
            await drawnAfter(() => press(key), `${key} on ${handle.ariaLabel}`);
    }
    const reset = [...panel.querySelectorAll("button")].find((it) => it.textContent === "Reset");
    await drawnAfter(() => reset.click(), "Reset");
}"""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_and_every_slider_moves(path, lab, visit):
    notebook = visit(unrun(path, lab.folder)).run_all()
    outputs = [o for cell in notebook.save().cells for o in cell.get("outputs", [])]
    assert [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"] == []
    for panel in notebook.page.locator(".jp-OutputArea-output:has(.optim-stage)").all():
        panel.evaluate(MOVE_EVERY_SLIDER)
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

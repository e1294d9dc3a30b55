"""Every notebook of the course, run in JupyterLab, and every slider moved to its ends and back.

Each begins beside Rosenbrock's start by some last bits, which one processor rounds otherwise than
another. No word may hang on them.
"""

import nbformat
import pytest
import refresh

BESIDE = """
from optim_lib.landscapes.surfaces import rosenbrock
x, y = rosenbrock.start
object.__setattr__(rosenbrock, "start", (x + 1e-15, y))
"""
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


@pytest.mark.parametrize("path", refresh.all_notebooks(), ids=lambda path: path.stem)
def test_says_what_is_committed_and_every_slider_moves(path, lab, visit):
    committed = nbformat.read(path, as_version=4)
    notebook = visit(unrun(path, lab.folder)).run_all()
    saved = notebook.save()
    assert refresh.complaint(saved) is None
    refresh.normalise(saved)
    assert said(saved)[1:] == said(committed)
    for panel in notebook.page.locator(".jp-OutputArea-output:has(.optim-stage)").all():
        panel.evaluate(MOVE_EVERY_SLIDER)
        assert notebook.failures() == []


def unrun(path, folder):
    """A copy that begins beside the start, without outputs, and nothing folded; its name."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(BESIDE))
    for cell in notebook.cells:
        cell.metadata.pop("jp-MarkdownHeadingCollapsed", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, folder / path.name)
    return path.name


def said(notebook):
    """The texts that each code cell has put out."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [[o.get("text") or o.data["text/plain"] for o in cell.outputs] for cell in code]

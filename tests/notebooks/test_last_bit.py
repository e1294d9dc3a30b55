"""The race may not hang on a last bit, which one processor rounds otherwise than another."""

import nbformat
import refresh

RACE = refresh.NOTEBOOKS / "en/09-the-race.ipynb"
SHIFTED = """
from optim_lib.landscapes import rosenbrock
x, y = rosenbrock.start
object.__setattr__(rosenbrock, "start", (x + 1e-15, y))
"""


def fair_race():
    """The notebook from its fair race on, and what that imports."""
    notebook = nbformat.read(RACE, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    begins = next(n for n, cell in enumerate(code) if cell.source.startswith("WIDE, BETA"))
    ends = next(n for n, cell in enumerate(code) if "best[rule]" in cell.source)
    notebook.cells = [code[0], *code[begins : ends + 1]]
    return notebook


def said(cells):
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return [output.get("text") or output.data["text/plain"] for output in outputs]


def test_another_last_bit_of_the_start_changes_no_word_of_the_race():
    notebook = fair_race()
    committed = said(notebook.cells)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(SHIFTED))
    refresh.execute(notebook, RACE.parent)
    refresh.normalise(notebook)
    assert len(committed) > 5
    assert said(notebook.cells) == committed

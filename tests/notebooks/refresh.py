"""Execute the notebooks and bring them into the form in which they are committed.

    python tests/notebooks/refresh.py [NOTEBOOK ...]        all of them, if none is named

Committed notebooks carry their outputs, so that a page without a kernel shows the pictures and
`pytest --nbval` compares every printed number. Whatever differs from one execution to the next
(widget state, timings, random ids) is dropped.
"""

import base64
import io
import re
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from PIL import Image

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
WIDGET = "application/vnd.jupyter.widget-view+json"
KEPT_CELL_METADATA = {"slideshow", "tags", "jupyter", "jp-MarkdownHeadingCollapsed"}
# What nbformat and JupyterLab draw at random, and what this file put in its place.
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}|cell-\d+")


def all_notebooks():
    return sorted(p for p in NOTEBOOKS.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)


def execute(notebook, folder):
    """Run all cells in a new kernel. An error is kept as an output: see complaint."""
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        allow_errors=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()


def complaint(notebook):
    """The first error or warning among the outputs, in a sentence that names its cell; or None."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        for output in cell.outputs:
            if output.output_type == "error":
                return f"code cell {number} raised {output.ename}: {output.evalue}"
            if output.get("name") == "stderr":
                return f"code cell {number} wrote to stderr: {output.text.strip()}"
    return None


def normalise(notebook):
    """Drop, in place, what differs between executions. A second time changes nothing."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells):
        if RANDOM_ID.fullmatch(cell.get("id", "")) or not cell.get("id"):
            cell.id = f"cell-{number:02}"
        for key in cell.metadata.keys() - KEPT_CELL_METADATA:
            del cell.metadata[key]
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
            for output in cell.outputs:
                normalise_data(output.get("data", {}))


def joined(outputs):
    """Outputs, where what was printed in several messages is one text again."""
    result = []
    for output in outputs:
        last = result[-1] if result else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last.text += output.text
        else:
            result.append(output)
    return result


def normalise_data(data):
    data.pop(WIDGET, None)
    if "image/png" in data:
        data["image/png"] = smaller(data["image/png"])


def smaller(png):
    """A PNG in base64, brought to 256 colours: 64 kB for 220, and no colour is off by over 3 %."""
    with Image.open(io.BytesIO(base64.b64decode(png))) as image:
        if image.mode == "P" or image.convert("RGBA").getextrema()[3] != (255, 255):
            return png  # done already; or transparent, which this method cannot keep
        few = image.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=0)
    buffer = io.BytesIO()
    few.save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()


def written(notebook):
    """The text of the notebook's file."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def refresh(path):
    """Execute, normalise and write one notebook; a SystemExit that says why, if it cannot be."""
    start = time.monotonic()
    notebook = nbformat.read(path, as_version=4)
    execute(notebook, path.parent)
    if found := complaint(notebook):
        sys.exit(f"{path}: {found}\nNothing was written.")
    normalise(notebook)
    path.write_text(written(notebook), encoding="utf-8", newline="\n")
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB in {time.monotonic() - start:.1f} s")


if __name__ == "__main__":
    for name in sys.argv[1:] or all_notebooks():
        refresh(Path(name))

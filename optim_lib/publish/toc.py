"""The course as a list: its notebooks in order, each with its title."""

import json
from pathlib import Path


def course(folder):
    """[(name of the file without .ipynb, title)] of the notebooks of a folder."""
    return [(path.stem, heading_of(path)) for path in sorted(Path(folder).glob("*.ipynb"))]


def heading_of(path):
    """The first heading of a notebook, or the name of its file."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    lines = "".join(cells[0]["source"]).splitlines()
    return next((line[2:] for line in lines if line.startswith("# ")), path.stem)


def neighbours(stem, notebooks):
    """(the notebook before this one, the one after it), each (stem, title) or None."""
    padded = [None, *notebooks, None]
    for before, this, after in zip(padded, notebooks, padded[2:], strict=False):
        if this[0] == stem:
            return before, after
    return None, None

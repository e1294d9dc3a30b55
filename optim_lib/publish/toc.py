"""The course as a list: its notebooks in order, each with its title."""

import json
from pathlib import Path


def course(folder):
    """[(name of the file without .ipynb, title)] of the notebooks of a folder."""
    return [(path.stem, title_of(path)) for path in sorted(Path(folder).glob("*.ipynb"))]


def title_of(path):
    """The first heading of a notebook."""
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    lines = "".join(cells[0]["source"]).splitlines()
    return next((line[2:] for line in lines if line.startswith("# ")), Path(path).stem)


def beside(stem, notebooks):
    """(the notebook before this one, the one after it), each (stem, title) or None."""
    names = [None, *(name for name, _ in notebooks), None]
    at = names.index(stem) if stem in names else 0
    around = [None, *notebooks, None]
    return (around[at - 1], around[at + 1]) if at else (None, None)

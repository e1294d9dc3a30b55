"""Large type, for a lecture hall.

lecture() in a notebook's first cell makes the page, and every picture drawn from then on, readable
from the last row. For the pictures, the environment variable OPTIM_LECTURE=1 does the same.
"""

from pathlib import Path

from IPython.display import display

from optim_lib.pictures import theme
from optim_lib.text import say

CSS = Path(__file__).parent / "lecture.css"


def lecture(on=True):
    """Large type and thick lines from here on.

    lecture(False) ends it for pictures; the page gets its own type back when the output of the cell
    that called lecture() is cleared.
    """
    theme.use(theme.HALL if on else theme.DESK)
    if on:
        words, css = say("Lecture view: large type."), CSS.read_text(encoding="utf-8")
        display({"text/html": f"<style>{css}</style>{words}", "text/plain": words}, raw=True)

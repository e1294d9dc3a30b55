"""Large type, for a lecture hall.

lecture() in a notebook's first cell makes the page and every picture drawn after it readable from
the last row. So does the environment variable OPTIM_LECTURE=1, for the pictures.
"""

from pathlib import Path

from IPython.display import display

from optim_lib.pictures import theme

CSS = Path(__file__).parent / "lecture.css"
SAID = "Lecture view: large type."


def lecture(on=True):
    """From here on large type and thick lines.

    lecture(False) ends it for pictures; the page has its own type again once the cell that called
    lecture() has been cleared.
    """
    theme.use(theme.HALL if on else theme.DESK)
    if on:
        style = f"<style>{CSS.read_text(encoding='utf-8')}</style>"
        display({"text/html": style + SAID, "text/plain": SAID}, raw=True)

"""Handouts: each notebook as one page of static HTML that fetches nothing.

    python -m optim_lib.publish.handouts notebooks/en handouts

Made from the committed outputs, without a kernel. Formulas become MathML, which browsers show
without a script; the sentence of a picture, its text/plain, becomes its alt text.
"""

import re
import sys
from pathlib import Path

import nbformat
from math_core import LatexToMathML
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from optim_lib.publish.toc import course, neighbours
from optim_lib.text import number, say

HERE = Path(__file__).parent
NEW_TERM = re.compile(r"\\colorbox\{#\w+\}\{\$\\color\{#(\w+)\}\{(.*?)\}\$\}", re.DOTALL)
NOTEBOOK_LINK = re.compile(r'href="([\w-]+)\.ipynb')
WIDGET = "application/vnd.jupyter.widget-view+json"


class Renderer(IPythonRenderer):
    """Markdown as nbconvert writes it, with MathML for TeX."""

    def block_math(self, body):
        return mathml(body, displaystyle=True)

    def inline_math(self, body):
        return mathml(body, displaystyle=False)


def mathml(tex, displaystyle):
    """Raises LatexError for a formula that it does not know."""
    tex = NEW_TERM.sub(r"{\\color[HTML]{\1}\2}", tex)  # the new term in its colour, not in a box
    return LatexToMathML(fancy_error=False).convert_with_local_state(tex, displaystyle=displaystyle)


def markdown(source):
    html = MarkdownWithMath(renderer=Renderer(escape=False)).render(source)
    return NOTEBOOK_LINK.sub(r'href="\1.html', html)


def handout(path, notebooks):
    """The page of one notebook, as text."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
    exporter = HTMLExporter(
        template_name="handout",
        extra_template_basedirs=[str(HERE)],
        filters={"markdown2html": markdown},
    )
    before, after = neighbours(path.stem, notebooks)
    css = (HERE / "handout/handout.css").read_text(encoding="utf-8")
    about = {"title": dict(notebooks)[path.stem], "before": before, "after": after, "css": css}
    page, _ = exporter.from_notebook_node(notebook, resources={"handout": about})
    return page


def write_all(source, target):
    """A handout of each notebook of a folder; the paths of the pages."""
    target.mkdir(parents=True, exist_ok=True)
    notebooks = course(source)
    pages = {target / f"{stem}.html": source / f"{stem}.ipynb" for stem, _ in notebooks}
    for page, path in pages.items():
        page.write_text(handout(path, notebooks), encoding="utf-8")
    return [*pages]


if __name__ == "__main__":
    for page in write_all(*map(Path, sys.argv[1:])):
        print(say("{page}: {size} kB", page=page, size=number(page.stat().st_size / 1000)))

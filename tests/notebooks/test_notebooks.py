"""What every committed notebook keeps to. Nothing is executed here: nbval does that."""

import re
from pathlib import Path
from statistics import median

import nbformat
import pytest
import refresh

ROOT = Path(__file__).parents[2]
PLOTTING = re.compile(r"matplotlib|pyplot|\bplt\b|plotly|seaborn|\.plot\(")
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)
LINK = re.compile(r"""\]\(([^)\s]+)|(?:src|href)=["']([^"']+)""")
ELSEWHERE = re.compile(r"[a-z]+:|#|attachment:")
OURS = re.compile(r"^(?:from|import) optim_lib", re.MULTILINE)


class Notebook:
    def __init__(self, path):
        self.path, self.text = path, path.read_text(encoding="utf-8")
        self.whole = nbformat.reads(self.text, as_version=4)
        self.cells = self.whole.cells
        self.code = [cell for cell in self.cells if cell.cell_type == "code"]
        self.prose = "\n".join(cell.source for cell in self.cells if cell.cell_type == "markdown")


@pytest.fixture(scope="module")
def notebooks():
    return [Notebook(path) for path in refresh.all_notebooks()]


def fails(notebooks, promise):
    """The names of those that do not keep it."""
    return [notebook.path.stem for notebook in notebooks if not promise(notebook)]


def test_each_is_as_make_notebooks_leaves_it(notebooks):
    def is_normal(notebook):
        whole = nbformat.reads(notebook.text, as_version=4)
        refresh.normalise(whole)
        return refresh.written(whole) == notebook.text

    assert fails(notebooks, is_normal) == [], "run `make notebooks`, then commit"


def test_each_was_executed_from_top_to_bottom_without_error_or_warning(notebooks):
    def in_order(notebook):
        counts = [cell.execution_count for cell in notebook.code]
        return counts == list(range(1, len(counts) + 1))

    assert fails(notebooks, in_order) == []
    assert fails(notebooks, lambda n: refresh.complaint(n.whole) is None) == []


def test_code_cells_are_few_and_short(notebooks):
    for notebook in notebooks:
        lines = [len(cell.source.splitlines()) for cell in notebook.code]
        assert 12 <= len(lines) <= 25, notebook.path
        assert median(lines) <= 5 and max(lines) <= 15, notebook.path


def test_the_library_is_imported_in_one_or_two_lines(notebooks):
    for notebook in notebooks:
        first, *others = [cell.source for cell in notebook.code]
        assert 1 <= len(OURS.findall(first)) <= 2, notebook.path
        assert not OURS.findall("\n".join(others)), notebook.path


def test_prose_fits_one_sitting(notebooks):
    for notebook in notebooks:
        words = FORMULA.sub(" ", notebook.prose).split()
        count = sum(bool(re.search(r"[^\W\d_]", word)) for word in words)
        assert 1000 <= count <= 1800, notebook.path


def test_files_are_small(notebooks):
    assert fails(notebooks, lambda n: n.path.stat().st_size <= 400_000) == []


def test_no_output_is_exempt_from_comparison(notebooks):
    assert fails(notebooks, lambda n: "nbval" not in n.text.lower()) == []


def test_none_holds_plotting_code(notebooks):
    assert fails(notebooks, lambda n: not any(PLOTTING.search(c.source) for c in n.code)) == []


def test_links_lead_to_files(notebooks):
    pages = {notebook.path: notebook.prose for notebook in notebooks}
    pages |= {page: page.read_text(encoding="utf-8") for page in ROOT.glob("*.md")}
    for page, text in pages.items():
        links = [a or b for a, b in LINK.findall(text)]
        near = [link.partition("#")[0] for link in links if not ELSEWHERE.match(link)]
        assert [link for link in near if not (page.parent / link).exists()] == [], page


def test_bets_hide_their_answers(notebooks):
    for notebook in notebooks:
        bets = [cell for cell in notebook.cells if cell.source.startswith("predict(")]
        assert len(bets) >= 2, notebook.path
        assert all(c.metadata.get("jupyter", {}).get("source_hidden") for c in bets), notebook.path


def test_nothing_of_a_solution_stands_next_to_its_folded_heading(notebooks):
    for notebook in notebooks:
        folded = [c for c in notebook.cells if c.metadata.get("jp-MarkdownHeadingCollapsed")]
        shown = [cell.source for cell in folded if "\n" in cell.source]
        assert all("<details>" in source for source in shown), notebook.path


def test_every_cell_has_its_place_on_a_slide(notebooks):
    assert fails(notebooks, lambda n: all(c.metadata.get("slideshow") for c in n.cells)) == []

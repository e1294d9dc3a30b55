"""What every committed notebook keeps to. Nothing is executed here: nbval does that."""

import re
from pathlib import Path
from statistics import median

import nbformat
import pytest
import refresh

ROOT = Path(__file__).parents[2]
PAGES = [*refresh.all_notebooks(), *ROOT.glob("*.md")]
PLOTTING = re.compile(r"matplotlib|pyplot|\bplt\b|plotly|seaborn|\.plot\(")
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)
LINK = re.compile(r"""\]\(([^)\s]+)|(?:src|href)=["']([^"']+)""")
ELSEWHERE = re.compile(r"[a-z]+:|#|attachment:")


def named(path):
    return str(path.relative_to(ROOT))


@pytest.fixture(params=refresh.all_notebooks(), ids=named)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


@pytest.fixture
def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture
def prose(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def test_is_as_make_notebooks_leaves_it(path, notebook):
    refresh.normalise(notebook)
    same = refresh.written(notebook) == path.read_text(encoding="utf-8")
    assert same, f"{named(path)} is not as `make notebooks` leaves it: run that, then commit."


def test_was_executed_from_top_to_bottom(code):
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


def test_shows_no_error_and_no_warning(notebook):
    assert refresh.complaint(notebook) is None


def test_code_cells_are_few_and_short(code):
    lines = [len(cell.source.splitlines()) for cell in code]
    assert 12 <= len(lines) <= 25
    assert median(lines) <= 5
    assert max(lines) <= 15


def test_prose_fits_one_sitting(prose):
    words = [w for w in FORMULA.sub(" ", "\n".join(prose)).split() if re.search(r"[^\W\d_]", w)]
    assert 1000 <= len(words) <= 1800


def test_file_is_small(path):
    assert path.stat().st_size <= 400_000


def test_no_output_is_exempt_from_comparison(path):
    assert "nbval" not in path.read_text(encoding="utf-8").lower()


def test_holds_no_plotting_code(code):
    assert not [cell.source for cell in code if PLOTTING.search(cell.source)]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_to_files(page):
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".ipynb":
        cells = nbformat.reads(text, as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    links = [a or b for a, b in LINK.findall(text)]
    near = [link.partition("#")[0] for link in links if not ELSEWHERE.match(link)]
    assert not [link for link in near if not (page.parent / link).exists()]


def test_a_bet_hides_its_answer(notebook):
    bets = [cell for cell in notebook.cells if cell.source.startswith("predict(")]
    assert len(bets) >= 2
    assert all(cell.metadata.get("jupyter", {}).get("source_hidden") for cell in bets)


def test_nothing_of_a_solution_stands_beside_its_folded_heading(notebook):
    folded = [c.source for c in notebook.cells if c.metadata.get("jp-MarkdownHeadingCollapsed")]
    assert all("\n" not in source or "<details>" in source for source in folded)


def test_every_cell_has_its_place_on_a_slide(notebook):
    assert all(cell.metadata.get("slideshow") for cell in notebook.cells)

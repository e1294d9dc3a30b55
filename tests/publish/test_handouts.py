"""Handouts hold everything themselves: pictures with words, formulas, links to one another."""

import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from math_core import LatexError

from optim_lib.publish.handouts import markdown, write_all
from optim_lib.publish.toc import beside, course, title_of

NOTEBOOKS = Path(__file__).parents[2] / "notebooks/en"
ONLINE = re.compile(r"(https?:)?//")


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self._in = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self._in.append(tag)

    def handle_endtag(self, tag):
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data):
        if not {"code", "pre", "style"} & set(self._in):
            self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handouts")
    write_all(NOTEBOOKS, folder)
    return folder


@pytest.fixture(params=sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def notebook(request):
    return request.param


@pytest.fixture
def text(folder, notebook):
    return (folder / f"{notebook.stem}.html").read_text(encoding="utf-8")


@pytest.fixture
def page(text):
    return Page(text)


def test_nothing_is_fetched_from_elsewhere(page, text):
    fetched = [a for tag, a in page.tags if tag != "a" for a in (a.get("src"), a.get("href")) if a]
    assert fetched and [place for place in fetched if not place.startswith("data:")] == []
    assert page.all("script") == [] and "url(" not in text and "@import" not in text


def test_each_picture_has_its_sentence_as_alt_text(page, notebook):
    outputs = [o for cell in nbformat.read(notebook, 4).cells for o in cell.get("outputs", [])]
    told = [o.data["text/plain"] for o in outputs if "image/png" in o.get("data", {})]
    assert [image["alt"] for image in page.all("img")] == told
    assert all(len(sentence) > 20 for sentence in told)


def test_every_formula_is_converted(page, notebook):
    prose = [c.source for c in nbformat.read(notebook, 4).cells if c.cell_type == "markdown"]
    formulas = re.findall(r"\$\$.*?\$\$|\$[^$\n]*\$", "\n".join(prose), re.DOTALL)
    assert len(page.all("math")) == len(formulas) > 0
    left = re.compile(r"\$|\\[a-z]+")
    assert [words for words in page.words if left.search(words)] == []


def test_has_no_widget(text):
    assert "application/vnd.jupyter" not in text


def test_links_lead_to_the_other_handouts(page, folder, notebook):
    links = [link["href"].partition("#")[0] for link in page.all("a")]
    near = [link for link in links if link and not ONLINE.match(link)]
    assert near and [link for link in near if not (folder / link).exists()] == []
    before, after = beside(notebook.stem, course(NOTEBOOKS))
    for neighbour in filter(None, (before, after)):
        assert near.count(f"{neighbour[0]}.html") >= 2


def test_a_formula_that_is_not_known_stops_the_work():
    with pytest.raises(LatexError):
        markdown(r"$\nosuchcommand{x}$")


def test_the_course_in_order():
    notebooks = course(NOTEBOOKS)
    assert notebooks[3] == ("03-momentum", title_of(NOTEBOOKS / "03-momentum.ipynb"))
    assert notebooks[3][1].startswith("Momentum")
    assert beside("00-start", notebooks)[0] is None and beside("00-start", notebooks)[1]
    assert beside(notebooks[-1][0], notebooks)[1] is None
    assert beside("elsewhere", notebooks) == (None, None)

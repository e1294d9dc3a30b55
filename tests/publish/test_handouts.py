"""Handouts hold everything themselves: pictures with words, formulas, links to one another."""

import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from math_core import LatexError

from optim_lib.publish.handouts import markdown, write_all
from optim_lib.publish.toc import course, heading_of, neighbours

NOTEBOOKS = Path(__file__).parents[2] / "notebooks/en"
ONLINE = re.compile(r"(https?:)?//")


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.text, self.tags, self.words, self._in = text, [], [], []
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
    written = write_all(NOTEBOOKS, folder)
    assert written == [folder / f"{stem}.html" for stem, _ in course(NOTEBOOKS)]
    return folder


@pytest.fixture(scope="module")
def handouts(folder):
    """[(path of the notebook, the cells of it, its page)]"""
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    pages = [(folder / f"{path.stem}.html").read_text(encoding="utf-8") for path in paths]
    cells = [nbformat.read(path, 4).cells for path in paths]
    return list(zip(paths, cells, map(Page, pages), strict=True))


def test_nothing_is_fetched_and_no_script_runs(handouts):
    for path, _, page in handouts:
        places = [(a.get("src"), a.get("href")) for tag, a in page.tags if tag != "a"]
        fetched = [place for pair in places for place in pair if place]
        assert fetched and all(place.startswith("data:") for place in fetched), path.stem
        assert page.all("script") == [], path.stem
        for outside in ("url(", "@import", "application/vnd.jupyter"):
            assert outside not in page.text, path.stem


def test_each_picture_has_its_sentence_as_alt_text(handouts):
    for path, cells, page in handouts:
        outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
        sentences = [data["text/plain"] for data in outputs if "image/png" in data]
        assert [image["alt"] for image in page.all("img")] == sentences, path.stem
        assert all(len(sentence) > 20 for sentence in sentences), path.stem


def test_every_formula_is_converted(handouts):
    left = re.compile(r"\$|\\[a-z]+")
    for path, cells, page in handouts:
        prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        formulas = re.findall(r"\$\$.*?\$\$|\$[^$\n]*\$", prose, re.DOTALL)
        assert len(page.all("math")) == len(formulas) > 0, path.stem
        assert [words for words in page.words if left.search(words)] == [], path.stem


def test_links_lead_to_the_other_handouts(handouts, folder):
    for path, _, page in handouts:
        links = [link["href"].partition("#")[0] for link in page.all("a")]
        near = [link for link in links if link and not ONLINE.match(link)]
        assert near and [link for link in near if not (folder / link).exists()] == [], path.stem
        for neighbour in filter(None, neighbours(path.stem, course(NOTEBOOKS))):
            assert near.count(f"{neighbour[0]}.html") >= 2, path.stem


def test_a_formula_that_is_not_known_stops_the_work():
    with pytest.raises(LatexError):
        markdown(r"$\nosuchcommand{x}$")


def test_the_new_term_of_an_equation_has_its_colour_and_no_box():
    html = markdown(r"$$a + \colorbox{#FFF3C4}{$\color{#084B8A}{v}$}$$")
    assert "#084b8a" in html.lower() and "fff3c4" not in html.lower()


def test_the_course_in_order():
    notebooks = course(NOTEBOOKS)
    assert notebooks[3] == ("03-momentum", heading_of(NOTEBOOKS / "03-momentum.ipynb"))
    assert notebooks[3][1].startswith("Momentum")
    assert neighbours("03-momentum", notebooks) == (notebooks[2], notebooks[4])
    assert neighbours(notebooks[0][0], notebooks) == (None, notebooks[1])
    assert neighbours(notebooks[-1][0], notebooks) == (notebooks[-2], None)
    assert neighbours("elsewhere", notebooks) == (None, None)

"""The lecture view: the course in Voila on a projector of 1280 x 720, driven by the keyboard."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from axe import GRAVE, minded
from harness import WAIT, until

from optim_lib.publish.toc import course

NOTEBOOKS = Path(__file__).parents[2] / "notebooks/en"
MINDED = ("moderate", *GRAVE)
HEARD_AND_SEEN = """() => [...document.querySelectorAll(".optim-picture")].map((picture) => {
    const lines = [...picture.querySelector("svg > text").children];
    return [picture.querySelector("img").alt, lines.map((line) => line.textContent).join(" ")];
})"""
SMALLEST = 24  # pixels: 18 points
SMALL_TEXTS = """([roots, smallest]) => {
    const says = (child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim();
    const shown = (node) => [...node.childNodes].some(says) && node.getClientRects().length;
    const scale = (node) => {
        const canvas = node.ownerSVGElement;
        return canvas ? canvas.getBoundingClientRect().width / canvas.viewBox.baseVal.width : 1;
    };
    const size = (node) => parseFloat(getComputedStyle(node).fontSize) * scale(node);
    const all = [...document.querySelectorAll(roots)].filter(shown);
    const small = all.filter((node) => size(node) < smallest);
    return [all.length, small.map((node) => `${size(node)} ${node.outerHTML.slice(0, 90)}`)];
}"""

IN_LAB = (
    """from optim_lib.panels.explore import explore
from optim_lib.publish.lecture import lecture
from optim_lib.rules import gd, momentum""",
    'explore(momentum, before=gd, size="screen")',
    "lecture()",
    "explore(momentum, before=gd)",
)


@pytest.fixture(scope="module")
def hall(chromium, tmp_path_factory):
    """The address of the lecture view."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("hall") / "server.log"
    command = [sys.executable, "-m", "optim_lib.publish.voila_app", str(NOTEBOOKS), "--no-browser"]
    command += [f"--port={port}", "--Voila.ip=127.0.0.1", "--Voila.port_retries=0"]
    with log.open("w") as output:
        server = subprocess.Popen(command, env=os.environ, stdout=output, stderr=output)
    url = f"http://127.0.0.1:{port}/"
    try:
        until(lambda: answers(url), f"Voila has started; see {log}", 2 * WAIT)
        yield url
    finally:
        server.terminate()
        server.wait(WAIT)


def answers(url):
    try:
        return urllib.request.urlopen(url, timeout=WAIT).status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def projector(context):
    """A page that asks nobody else, and reports no error."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.set_default_timeout(1000 * WAIT)
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: problems.append(request.url) if far(request.url) else None)
    yield page
    page.close()
    assert problems == []


def far(url):
    return not re.match(r"(http|ws)://127\.0\.0\.1|data:|blob:|file:", url)


@pytest.fixture(scope="module")
def momentum(hall, projector):
    """The notebook of momentum, opened from the index."""
    projector.goto(hall)
    links = projector.get_by_role("listitem").get_by_role("link")
    assert links.all_text_contents() == [title for _, title in course(NOTEBOOKS)]
    assert minded(projector, impacts=MINDED) == []
    links.nth(3).click()
    projector.locator(".optim-stage").nth(3).wait_for(timeout=2000 * WAIT)
    return projector


def frame_of(page):
    return int(page.locator(".optim-stage").first.get_attribute("data-frame"))


def test_the_page_leads_to_its_neighbours_and_to_the_index(momentum, hall):
    for rel, at in {"prev": 2, "next": 4}.items():
        link = momentum.locator(f"nav a[rel={rel}]").last
        assert course(NOTEBOOKS)[at][1] in link.inner_text()
        place = link.evaluate("link => link.href")
        assert place.endswith(f"{course(NOTEBOOKS)[at][0]}.ipynb")
    index = momentum.get_by_role("link", name="All notebooks").last
    assert index.evaluate("link => link.href") == hall


def test_axe_minds_nothing_in_the_page(momentum):
    assert momentum.title() == course(NOTEBOOKS)[3][1]
    assert minded(momentum, impacts=MINDED) == []
    momentum.keyboard.press("c")
    assert minded(momentum, impacts=MINDED) == []
    momentum.keyboard.press("c")


def test_a_picture_says_its_sentence(momentum):
    pictures = momentum.evaluate(HEARD_AND_SEEN)
    assert len(pictures) == momentum.locator("main img").count()
    assert [heard for heard, seen in pictures if heard != seen or not heard] == []


def test_a_slider_moves_the_path(momentum):
    path = momentum.locator("path[data-line='path']").first
    before, drawn = frame_of(momentum), path.get_attribute("d")
    momentum.locator(".noUi-handle").first.press("ArrowRight")
    until(lambda: frame_of(momentum) > before, "a new frame is drawn")
    assert path.get_attribute("d") != drawn


def test_one_key_shows_the_code_and_hides_it(momentum):
    code = momentum.locator(".jp-CodeCell .jp-InputArea", has_text="def momentum").first
    hint = momentum.get_by_role("button", name="c code").first
    assert code.is_hidden() and hint.is_visible()
    momentum.keyboard.press("c")
    assert code.is_visible() and hint.get_attribute("aria-pressed") == "true"
    momentum.keyboard.press("c")
    assert code.is_hidden()


def test_the_key_is_a_letter_while_somebody_writes(momentum):
    momentum.locator("input[type=number]").first.press("c")
    assert momentum.locator(".jp-CodeCell .jp-InputArea").first.is_hidden()


def test_nothing_to_read_is_smaller_than_18_points(momentum):
    momentum.locator(".optim-bar input").first.fill("12")
    momentum.locator("[data-arrow]").first.wait_for()
    prose = ".jp-RenderedMarkdown :is(p, li, h1, h2, td, th, code, b, strong, em, a)"
    for texts, least in {prose: 50, ".optim-stage *": 20, ".jp-OutputArea *": 40}.items():
        count, small = momentum.evaluate(SMALL_TEXTS, [texts, SMALLEST])
        assert count >= least
        assert small == []
    momentum.locator(".optim-bar input").first.press("Escape")


def test_a_panel_fits_on_the_screen_with_its_sliders(momentum):
    stage = momentum.locator(".optim-stage").first.bounding_box()
    last = momentum.locator(".jp-OutputArea-output:has(.optim-stage)").first
    sliders = [handle.bounding_box() for handle in last.locator(".noUi-handle").all()]
    assert len(sliders) == 3
    assert max(box["y"] + box["height"] for box in sliders) - stage["y"] <= 720
    assert stage["width"] <= 1280 and stage["x"] >= 0


def test_page_down_scrolls_through_the_whole_notebook(momentum):
    flows = "nodes => nodes.map((node) => getComputedStyle(node).overflowX)"
    assert set(momentum.eval_on_selector_all(".jp-MarkdownOutput", flows)) == {"visible"}
    momentum.evaluate("document.activeElement.blur()")
    momentum.keyboard.press("Home")
    momentum.keyboard.press("PageDown")
    until(lambda: momentum.evaluate("scrollY") > 300, "the page has scrolled")
    momentum.keyboard.press("End")
    until(momentum.locator("nav").last.is_visible, "the end of the page is reached")


def test_in_jupyterlab_lecture_and_size_do_the_same(lab, visit, photograph):
    notebook = visit(lab.write(*IN_LAB)).run_all()
    page = notebook.page
    page.keyboard.press("Control+b")  # the list of files makes room
    sized, large = page.locator(".jp-OutputArea-output:has(.optim-stage)").all()
    sized.locator(".optim-stage").scroll_into_view_if_needed()
    room = page.locator(".jp-WindowedPanel-outer").bounding_box()
    assert room["height"] - 100 < sized.bounding_box()["height"] <= room["height"]
    large.locator(".optim-bar input").fill("12")
    large.locator("[data-arrow]").wait_for()
    panel = ".jp-Cell:nth-last-child(1 of .jp-CodeCell) .jp-OutputArea *, .jp-CodeCell .cm-line *"
    count, small = page.evaluate(SMALL_TEXTS, [panel, SMALLEST])
    assert count > 30
    assert small == []
    assert notebook.failures() == []
    page.keyboard.press("Control+b")

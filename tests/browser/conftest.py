"""One server, one browser and one JupyterLab for all; a page for each test that needs its own."""

from pathlib import Path

import pytest
from harness import BLANK, FLAGS, Notebook, running_lab
from playwright.sync_api import sync_playwright

ARTEFACTS = Path(__file__).parents[1] / "artefacts"
WEAR = "theme => void jupyterapp.commands.execute('apputils:change-theme', {theme})"
MOMENTUM = (
    "from optim_lib.panels.explore import explore\nfrom optim_lib.rules import gd",
    """def momentum(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0.0) + grad(theta)
    return theta - eta * v, {"v": v}""",
    "explorer = explore(momentum, before=gd)\nexplorer",
)


@pytest.fixture(scope="session")
def lab(chromium, tmp_path_factory):
    with running_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="session")
def context(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser.new_context(viewport={"width": 1280, "height": 1000})
        browser.close()


@pytest.fixture(scope="session")
def desk(context):
    """A page in which JupyterLab stays open from test to test."""
    return context.new_page()


@pytest.fixture
def visit(lab, desk, request):
    """visit(name): that notebook on the desk. It must end without an error in the console."""
    opened, failed = [], request.session.testsfailed

    def visit(name):
        opened.append(Notebook(desk, lab, name))
        return opened[-1]

    yield visit
    if request.session.testsfailed > failed:
        desk.goto(BLANK)  # who knows what was left open
    for notebook in opened:
        notebook.close()
    assert [notebook.problems for notebook in opened] == [[]] * len(opened)


@pytest.fixture
def wear(visit, desk):
    """wear(theme): change to it, until the test ends."""

    def wear(theme):
        desk.evaluate(WEAR, theme)
        desk.locator(f"body[data-jp-theme-name='{theme}']").wait_for(state="attached")

    yield wear
    wear("JupyterLab Light")


@pytest.fixture
def student(lab, visit):
    """A student's own momentum in a notebook of its own, run."""
    return visit(lab.write(*MOMENTUM)).run_all()


@pytest.fixture(scope="module")
def shared(lab, desk):
    notebook = Notebook(desk, lab, lab.write(*MOMENTUM)).run_all()
    notebook.stage.scroll_into_view_if_needed()
    yield notebook
    notebook.close()


@pytest.fixture
def panel(shared):
    """The same in a notebook that the tests of a module share: each finds it as at first.

    They come before those that visit another, for which it is closed.
    """
    shared.stage.locator(".optim-bar input").press("Escape")
    with shared.change():
        shared.page.get_by_role("button", name="Reset").click()
    yield shared
    assert shared.failures() == []


@pytest.fixture(scope="session")
def photograph():
    """photograph(notebook, name): keep what is on screen, for eyes."""
    ARTEFACTS.mkdir(exist_ok=True)

    def photograph(notebook, name):
        notebook.stage.scroll_into_view_if_needed()
        notebook.page.screenshot(path=ARTEFACTS / f"{name}.png")

    return photograph

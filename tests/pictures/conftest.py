"""What the tests of pictures share: bundles of runs, both themes, the words that a figure shows."""

import matplotlib.text
import pytest
from matplotlib.backends.backend_agg import RendererAgg

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.pictures import theme
from optim_lib.pictures.explore import Explored
from optim_lib.pictures.race import Raced
from optim_lib.pictures.sweep import Swept
from optim_lib.runs.impulse import impulse
from optim_lib.runs.inspect import asked_at, title_of
from optim_lib.runs.run import run
from optim_lib.runs.sweep import sweep
from optim_lib.stage.raster import png


@pytest.fixture(scope="session", params=[theme.DESK, theme.HALL], ids=["desk", "hall"])
def each_theme(request):
    return request.param


@pytest.fixture(autouse=True)
def at_a_desk():
    theme.use(theme.DESK)
    yield
    theme.use(theme.DESK)


@pytest.fixture(scope="session")
def explored():
    def walk(rule, before=rules.gd, surface=rosenbrock, steps=40, eta=0.001, start=None):
        about = {"steps": steps, "eta": eta, "start": start}
        walked = run(rule, surface, **about)
        ghost = before and run(before, surface, **about)
        asked = asked_at(rule, walked, surface.grad)
        return Explored(rule, before, surface, walked, ghost, impulse(rule, 30), asked)

    return walk


@pytest.fixture(scope="session")
def raced():
    def walk(*competitors, surface=rosenbrock, steps=40, eta=0.001):
        """competitors: rules, or (label, rule)"""
        labelled = [(title_of(c), c) if callable(c) else c for c in competitors]
        runs = [(label, r, run(r, surface, steps=steps, eta=eta)) for label, r in labelled]
        return Raced(surface, runs)

    return walk


@pytest.fixture(scope="session")
def swept():
    def walk(rule, surface=rosenbrock, by="steps", at=None, **hyper):
        """at: the cell whose path is shown; the best one if left out"""
        tried = sweep(rule, surface, **hyper)
        here = tried.settings(at or tried.best)
        walked = run(rule, surface, steps=tried.steps, start=tried.start, **here)
        return Swept(tried, by, walked, here)

    return walk


@pytest.fixture(scope="session")
def texts_of():
    """A function of a figure: [(text, its size in pixels, its box)] of all that it shows."""

    def texts(figure):
        png(figure)  # places the ticks
        renderer = RendererAgg(*map(round, figure.bbox.size), figure.dpi)
        hidden = {label for axes in figure.axes for label in hidden_ticks_of(axes)}
        shown = [t for t in figure.findobj(matplotlib.text.Text) if is_shown(t) and t not in hidden]
        return [
            (t.get_text(), t.get_fontsize() * figure.dpi / 72, t.get_window_extent(renderer))
            for t in shown
        ]

    return texts


def is_shown(text):
    axes = text.axes
    return text.get_visible() and text.get_text().strip() and (axes is None or axes.axison)


def hidden_ticks_of(axes):
    """The labels that are not drawn, because their ticks lie outside of the axes."""
    (left, right), (low, high) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
    across, up = axes.get_xticklabels(which="both"), axes.get_yticklabels(which="both")
    yield from (label for label in across if not left <= label.get_position()[0] <= right)
    yield from (label for label in up if not low <= label.get_position()[1] <= high)

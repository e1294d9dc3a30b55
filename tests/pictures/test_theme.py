"""One call makes pictures readable from the last row: no text is small, and none is cut off."""

import matplotlib.text
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import Bbox

from optim_lib import rules
from optim_lib.landscapes.surfaces import beale, himmelblau, rosenbrock
from optim_lib.panels.explore import explore
from optim_lib.panels.race import race
from optim_lib.panels.sweep import sweep
from optim_lib.pictures import theme
from optim_lib.pictures.forgetting import ladder
from optim_lib.publish.lecture import lecture
from optim_lib.stage.raster import png
from optim_lib.text import ArgumentError

SMALLEST = 24  # pixels: 18 points on a projector


@pytest.fixture(autouse=True)
def at_a_desk():
    yield
    theme.use(theme.DESK)


def momentum_map():
    return sweep(rules.momentum, steps=100, eta=(1e-4, 1e-2, 12), beta1=(0, 0.99, 12)).explorer


PICTURES = {
    "momentum": lambda: explore(rules.momentum, before=rules.gd).picture.figure,
    "nesterov": lambda: explore(rules.nesterov, before=rules.momentum).picture.figure,
    "gd": lambda: explore(rules.gd, on=himmelblau).picture.figure,
    "adam": lambda: explore(rules.adam, before=rules.rmsprop, on=beale).picture.figure,
    "map": lambda: momentum_map().picture.figure,
    "race": lambda: race(rules.gd, rules.momentum, rules.adam).picture.figure,
    "ladder": lambda: ladder().figure,
}


def texts_of(figure):
    """[(text, its size in pixels, its box)] of what is shown of a figure once it is drawn."""
    png(figure)  # places the ticks
    renderer = RendererAgg(*map(round, figure.bbox.size), figure.dpi)
    hidden = {label for axes in figure.axes for label in hidden_ticks_of(axes)}
    shown = [t for t in figure.findobj(matplotlib.text.Text) if is_shown(t) and t not in hidden]
    return [
        (t.get_text(), t.get_fontsize() * figure.dpi / 72, t.get_window_extent(renderer))
        for t in shown
    ]


def is_shown(text):
    axes = text.axes
    return text.get_visible() and text.get_text().strip() and (axes is None or axes.axison)


@pytest.mark.parametrize("name", PICTURES)
def test_in_the_hall_no_text_is_small_and_none_is_cut_off(name):
    lecture()
    figure = PICTURES[name]()
    drawn = texts_of(figure)
    assert len(drawn) > 8
    assert {text: size for text, size, _ in drawn if size < SMALLEST} == {}
    inside = figure.bbox.padded(1)
    assert [text for text, _, box in drawn if not within(inside, box)] == []


def within(outer, box):
    return outer.x0 <= box.x0 and outer.y0 <= box.y0 and box.x1 <= outer.x1 and box.y1 <= outer.y1


def hidden_ticks_of(axes):
    """The labels that are not drawn, because their ticks lie outside of the axes."""
    (left, right), (low, high) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
    across, up = axes.get_xticklabels(which="both"), axes.get_yticklabels(which="both")
    yield from (label for label in across if not left <= label.get_position()[0] <= right)
    yield from (label for label in up if not low <= label.get_position()[1] <= high)


def a_rule_of_a_long_name(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0.0) + grad(theta)
    return theta - eta * v, {"v": v}


NEIGHBOURS = [
    (rules.gd, None),
    (rules.momentum, rules.gd),
    (rules.momentum, rules.nesterov),
    (rules.nesterov, rules.momentum),
    (rules.adamw, rules.adam_l2),
    (a_rule_of_a_long_name, rules.momentum),
    (rules.momentum, a_rule_of_a_long_name),
]


@pytest.mark.parametrize("rule, before", NEIGHBOURS)
@pytest.mark.parametrize("seen", [theme.DESK, theme.HALL], ids=["desk", "hall"])
def test_no_text_lies_on_another(seen, rule, before):
    theme.use(seen)
    figure = explore(rule, before=before, on=rosenbrock).picture.figure
    moving = ["minimum", "start: drag me"]  # over the picture, with a halo
    texts = [(text, box) for text, _, box in texts_of(figure) if text not in moving]
    pairs = [(one, other) for i, one in enumerate(texts) for other in texts[:i]]
    assert len(texts) > 20
    assert [(a, b) for (a, here), (b, there) in pairs if cover(here, there)] == []


def cover(here, there):
    """Whether the boxes have more in common than the empty margin of a letter."""
    common = Bbox.intersection(here, there)
    return common is not None and common.width > 2 and common.height > 4


def test_lines_are_thicker_in_the_hall():
    at_desk = explore(rules.momentum, on=rosenbrock).stage.scene
    lecture()
    in_hall = explore(rules.momentum, on=rosenbrock).stage.scene
    for desk, hall in zip(at_desk["lines"], in_hall["lines"], strict=True):
        assert hall["width"] == pytest.approx(1.56 * desk["width"])
        assert hall["color"] == desk["color"] and hall["name"] == desk["name"]


def test_the_words_are_the_same_in_the_hall():
    at_desk = explore(rules.adam).picture.sentence
    lecture()
    assert explore(rules.adam).picture.sentence == at_desk


def test_lecture_false_ends_it():
    lecture()
    lecture(False)
    assert theme.now() is theme.DESK


@pytest.mark.parametrize("size, width", [(900, "900px"), ("screen", "100vh"), (None, None)])
def test_size_is_the_width_of_the_panel(size, width):
    told = explore(rules.gd, size=size).panel.layout.width
    assert told == width if width is None else width in told


def test_a_size_that_is_none_is_told_in_one_sentence():
    with pytest.raises(ArgumentError, match='write a width in pixels, or "screen"'):
        explore(rules.gd, size="huge")

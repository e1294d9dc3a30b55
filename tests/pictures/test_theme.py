"""Colours can be read and mean one thing; in the hall no text is small, and none is cut off."""

import functools
import os
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.transforms import Bbox

from optim_lib import rules
from optim_lib.landscapes.surfaces import beale, himmelblau, valley
from optim_lib.pictures import sweep, theme
from optim_lib.pictures.explore import ExplorePicture
from optim_lib.pictures.forgetting import forgetting
from optim_lib.pictures.race import RacePicture
from optim_lib.pictures.sweep import SweepPicture
from optim_lib.pictures.theme import BOTH, DIRECTION, INK, PAPER, QUIET, SIZE, color_of
from optim_lib.runs.inspect import TITLES

SMALLEST = 24  # pixels: 18 points on a projector
PALETTE = {
    rules.gd: "#666C78",
    rules.sgd: "#2B313C",  # darker than GD's, so that the two can be told apart
    rules.momentum: "#084B8A",
    rules.nesterov: "#1D74BC",
    rules.adagrad: "#7F3B00",
    rules.rmsprop: "#B35C00",
    rules.adam: "#6A2480",
    rules.adam_l2: "#6A2480",
    rules.adamw: "#A8519F",
}


def luminance(color):
    """Relative luminance, as the Web Content Accessibility Guidelines 2.2 define it."""
    channels = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def mine(theta, grad, memory, *, eta):
    return theta, memory


def test_palette_has_every_rule_of_the_course():
    assert {rule: color_of(rule) for rule in TITLES} == PALETTE


def test_every_colour_can_be_read_on_paper():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    used = {*PALETTE.values(), *theme.SLOT_COLORS.values(), INK, QUIET, BOTH, sweep.THEORY}
    assert PAPER == "#FCFBF7" and {c for c in used if contrast(c, PAPER) < 4.5} == set()


def test_a_rule_of_ones_own_is_coloured_by_its_memory_whatever_its_name():
    def adamw(theta, grad, memory, *, eta):
        return theta, memory

    known = {"": QUIET, "v": DIRECTION, "m": DIRECTION, "s": SIZE, "ms": BOTH, "w": BOTH}
    for rule in (mine, adamw, functools.partial(mine)):
        assert {slots: color_of(rule, slots) for slots in known} == known


def test_the_hall_is_chosen_by_use_or_by_the_environment():
    theme.use(theme.HALL)
    assert theme.current() is theme.HALL
    for value, hall in (("1", True), ("0", False)):
        asked = "from optim_lib.pictures import theme; print(theme.current().in_hall)"
        env = os.environ | {"OPTIM_LECTURE": value}
        said = subprocess.run(
            [sys.executable, "-c", asked], env=env, capture_output=True, text=True
        )
        assert said.stdout.strip() == str(hall), said.stderr


def test_a_picture_keeps_the_theme_that_it_was_made_with(explored):
    live, still = ExplorePicture(explored(rules.adam), theme.DESK), forgetting(steps=50)
    other = explored(rules.adam, start=(1.7, -1.5), steps=60)
    theme.use(theme.HALL)
    live.show(other)
    assert live.figure.dpi == still.figure().dpi == 100
    theme.use(theme.DESK)
    fresh = ExplorePicture(other, theme.DESK)
    for text, same in zip(live.texts, fresh.texts, strict=True):
        assert text.get_text() == same.get_text()
        np.testing.assert_allclose(text.get_position(), same.get_position())


def test_in_the_hall_lines_are_thicker_and_the_words_are_the_same(explored):
    walked = explored(rules.momentum)
    desk, hall = (ExplorePicture(walked, seen) for seen in (theme.DESK, theme.HALL))
    assert desk.sentence == hall.sentence
    for name, line in desk.lines.items():
        assert line.get_linewidth() == hall.lines[name].get_linewidth()
        assert line.get_color() == hall.lines[name].get_color()
    assert hall.figure.dpi == 1.56 * desk.figure.dpi


@pytest.fixture(scope="module")
def figures(explored, raced, swept):
    """{name: theme -> a figure}"""
    axes = {"steps": 60, "eta": (1e-4, 1e-2, 12), "beta1": (0, 0.99, 12)}
    return {
        "momentum": lambda t: ExplorePicture(explored(rules.momentum), t).figure,
        "nesterov": lambda t: ExplorePicture(explored(rules.nesterov, rules.momentum), t).figure,
        "gd": lambda t: ExplorePicture(explored(rules.gd, None, himmelblau), t).figure,
        "adam": lambda t: ExplorePicture(explored(rules.adam, rules.rmsprop, beale), t).figure,
        "race": lambda t: RacePicture(raced(rules.gd, rules.momentum, rules.adam), t).figure,
        "map": lambda t: SweepPicture(swept(rules.momentum, **axes), t).figure,
        "line": lambda t: SweepPicture(swept(rules.gd, valley(25), eta=(0.01, 1, 9)), t).figure,
        "forgetting": lambda t: forgetting().figure(),
    }


NAMES = ["momentum", "nesterov", "gd", "adam", "race", "map", "line", "forgetting"]


@pytest.mark.parametrize("name", NAMES)
def test_in_the_hall_no_text_is_small_and_nothing_is_cut_off(name, figures, texts_of):
    theme.use(theme.HALL)
    figure = figures[name](theme.HALL)
    drawn, inside = texts_of(figure), figure.bbox.padded(1)
    assert len(drawn) > 8
    assert {text: size for text, size, _ in drawn if size < SMALLEST} == {}
    assert [text for text, _, box in drawn if not within(inside, box)] == []


def within(outer, box):
    return outer.x0 <= box.x0 and outer.y0 <= box.y0 and box.x1 <= outer.x1 and box.y1 <= outer.y1


def a_rule_of_a_long_name(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0.0) + grad(theta)
    return theta - eta * v, {"v": v}


NEIGHBOURS = [
    (rules.gd, None),
    (rules.momentum, rules.gd),
    (rules.nesterov, rules.momentum),
    (rules.adamw, rules.adam_l2),
    (a_rule_of_a_long_name, rules.nesterov),
    (rules.momentum, a_rule_of_a_long_name),
]


def test_no_text_lies_on_another(each_theme, explored, texts_of):
    for rule, before in NEIGHBOURS:
        figure = ExplorePicture(explored(rule, before, steps=300), each_theme).figure
        moving = ["minimum", "start: drag me"]  # over the picture, with a halo
        texts = [(text, box) for text, _, box in texts_of(figure) if text not in moving]
        pairs = [(one, other) for i, one in enumerate(texts) for other in texts[:i]]
        assert len(texts) > 20
        assert [(a, b) for (a, here), (b, there) in pairs if cover(here, there)] == []


def cover(here, there):
    """Whether the boxes have more in common than the empty margin of a letter."""
    common = Bbox.intersection(here, there)
    return common is not None and common.width > 2 and common.height > 4


def test_a_students_rule_never_has_the_colour_of_its_ghost():
    def mine(theta, grad, memory):
        return theta, memory

    for slots, ghost in (((), rules.gd), (("v",), rules.momentum), (("m", "s"), rules.adam_l2)):
        color = color_of(mine, slots, color_of(ghost))
        assert color != color_of(ghost) and color in PALETTE.values()
    assert color_of(rules.adam, ("m", "s"), color_of(rules.adam_l2)) == color_of(rules.adam)

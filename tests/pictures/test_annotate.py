"""Parts of a picture: labels that keep their distance, names that are cut, axes that widen."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import beale, cliff, himmelblau, rosenbrock, saddle, valley
from optim_lib.pictures import annotate
from optim_lib.pictures.annotate import apart, beside
from optim_lib.pictures.theme import DESK
from optim_lib.runs.errors import LandscapeError

GAP = 18.0
same = settings(derandomize=True, deadline=None, max_examples=50, database=None)


@pytest.fixture
def axes():
    with DESK.drawing():
        return DESK.figure((1120, 620)).add_axes((0.632, 0.640, 0.245, 0.205))


@same
@given(st.lists(st.floats(-1e5, 1e5), min_size=0, max_size=7), st.floats(0, 300))
def test_labels_keep_their_distance_inside_the_axes(ends, low):
    high = low + len(ends) * GAP + 20
    placed = apart(dict(enumerate(ends)), low, high, GAP)
    heights = np.array(sorted(placed.values()))
    assert {*placed} == {*range(len(ends))}
    assert (heights >= low - 1e-6).all() and (heights <= high + 1e-6).all()
    assert (np.diff(heights) >= GAP - 1e-6).all()
    # In the order of the lines' ends, and not moved where nothing is in the way.
    assert [ends[label] for label in sorted(placed, key=placed.get)] == sorted(ends)
    if ends and low <= min(ends) <= max(ends) <= high and (np.diff(sorted(ends)) >= GAP).all():
        assert placed == pytest.approx(dict(enumerate(ends)))


def test_words_beside_a_curve_are_cut_to_fit(axes):
    along = "{name} along x", "{name} x"
    assert beside(DESK, axes, "momentum") == "momentum"
    assert beside(DESK, axes, "my_rule_with_memory") == "my_rule_wi…"
    assert beside(DESK, axes, "v", *along) == "v along x"
    assert beside(DESK, axes, "velocity", *along) == "velocity x"
    assert beside(DESK, axes, "the_velocity", *along) == "the_veloc… x"


def test_the_longest_name_is_cut_first():
    names = ["Adam", "a_rule_of_a_long_name"]
    room = DESK.width_of("Adam") + DESK.width_of("a_rule_of…")
    assert annotate.shortened(DESK, names, room) == ["Adam", "a_rule_of…"]
    assert annotate.shortened(DESK, names, 1e4) == names


def bowl(theta):
    return (theta**2).sum(axis=0)


TITLES = (
    (rosenbrock, "Rosenbrock    f(x, y) = (1 − x)² + 100 (y − x²)²"),
    (Landscape("bowl", bowl), "bowl    (gradient measured)"),
    (
        Landscape("bowl", bowl, formula="x² + y²"),
        "bowl    f(x, y) = x² + y² (gradient measured)",
    ),
    (Landscape("bowl", bowl, lambda theta: 2 * theta), "bowl"),
    (Landscape("bowl", bowl, formula="x² + y² " * 9), "bowl"),
)


def test_title_says_the_formula_where_it_fits_and_where_the_gradient_is_from():
    wide = DESK.figure((1120, 620)).add_axes((0.055, 0.088, 0.485, 0.70))
    for surface, words in TITLES:
        annotate.draw_title(DESK, wide, surface)
        assert wide.get_title().strip() == words


def test_every_minimum_is_marked_and_named_inside_its_window(axes):
    for surface in (rosenbrock, valley(), saddle, beale, himmelblau, cliff):
        axes.clear()
        annotate.draw_surface(axes, surface)
        annotate.name_minima(axes, surface)
        minima = np.reshape(surface.minimum, (2, -1)).T
        (stars,) = axes.lines
        np.testing.assert_array_equal(stars.get_xydata(), minima)
        named = [(text.get_text(), *text.xy) for text in axes.texts]
        assert named == [("minimum", *point) for point in minima]
        assert all(axes.viewLim.contains(*point) for point in minima)
        assert len(minima) == {saddle: 2, himmelblau: 4}.get(surface, 1)


def test_a_landscape_without_a_minimum_has_no_star(axes):
    surface = Landscape("slope", lambda theta: theta[0])
    annotate.draw_surface(axes, surface)
    annotate.name_minima(axes, surface)
    assert not axes.lines and not axes.texts and axes.collections


def test_a_landscape_that_takes_too_long_to_draw_is_blamed(axes, monkeypatch):
    def slow(theta):
        x, y = theta
        time.sleep(0.001)
        return float(x) ** 2 + float(y) ** 2  # of one point only

    monkeypatch.setattr(annotate, "PATIENCE", 0.2)
    with pytest.raises(LandscapeError, match="slow did not give its 25921 heights"):
        annotate.draw_surface(axes, Landscape("slow", slow))

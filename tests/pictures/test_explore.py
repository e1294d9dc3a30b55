"""The picture of a run is its Line2D artists: what they hold is asserted, never pixels of a PNG."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from optim_lib import rules
from optim_lib.landscapes.landscape import Landscape
from optim_lib.pictures.annotate import LABEL_GAP
from optim_lib.pictures.explore import ExplorePicture
from optim_lib.pictures.theme import DESK
from optim_lib.runs.inspect import slots_of
from optim_lib.stage.raster import png

PANES = ("loss", "memory", "forgetting")
same = settings(derandomize=True, deadline=None, max_examples=12, database=None)


@pytest.fixture(scope="session")
def picture_of(explored):
    def picture(*rules_and_surface, **about):
        return ExplorePicture(explored(*rules_and_surface, **about), DESK)

    return picture


@pytest.fixture(scope="module")
def of_adam(picture_of):
    return picture_of(rules.adam)


def data(picture, name):
    return picture.lines[name].get_xydata()


def against_steps(values):
    return np.column_stack([np.arange(len(values)), values])


def limits(picture):
    return np.array([picture.axes[name].get_ylim() for name in ("loss", "memory")])


def title(picture, axes):
    return picture.axes[axes].get_title(loc="left")


def labels_beside(picture, name):
    """The heights, in pixels, of the labels beside the lines of these axes."""
    axes = picture.axes[name]
    labels = [t for t in picture.texts if t.axes is axes]
    return np.array([axes.transAxes.transform(label.get_position())[1] for label in labels])


def slot_named(*slots):
    def rule(theta, grad, memory, *, eta):
        return theta - eta * grad(theta), dict.fromkeys(slots, grad(theta))

    return rule


@pytest.mark.parametrize("rule", [rules.gd, rules.nesterov, rules.adam])
def test_lines_hold_the_numbers_of_the_runs(rule, explored):
    walked = explored(rule)
    picture = ExplorePicture(walked, DESK)
    np.testing.assert_array_equal(data(picture, "path"), walked.run.theta)
    np.testing.assert_array_equal(data(picture, "ghost"), walked.ghost.theta)
    np.testing.assert_array_equal(data(picture, "start"), walked.run.theta[:1])
    np.testing.assert_array_equal(data(picture, "loss"), against_steps(walked.run.loss))
    np.testing.assert_array_equal(data(picture, "ghost loss"), against_steps(walked.ghost.loss))
    for slot, history in slots_of(walked.run).items():
        for axis, along in zip("xy", history.T, strict=True):
            np.testing.assert_array_equal(data(picture, f"{slot} {axis}"), against_steps(along))


def test_the_look_ahead_goes_from_each_point_to_where_the_gradient_is_taken(explored):
    walked = explored(rules.nesterov)
    picture = ExplorePicture(walked, DESK)
    np.testing.assert_array_equal(data(picture, "look-ahead")[0::2], walked.run.theta)
    np.testing.assert_array_equal(data(picture, "look-ahead")[1::2], walked.asked)
    assert picture.scene()["tail"] == "look-ahead"


def test_forgetting_curve_is_its_closed_form(of_adam, picture_of):
    k = np.arange(30)
    for slot, share in {"m": 0.9**k, "s": 0.999**k}.items():
        curve = np.column_stack([k, share])
        np.testing.assert_allclose(data(of_adam, f"forgetting {slot}"), curve, rtol=1e-12)
    never = data(picture_of(rules.adagrad), "forgetting s")
    np.testing.assert_array_equal(never, np.column_stack([k, np.ones(30)]))


def test_a_forgetting_curve_that_is_no_number_has_its_label_inside_the_axes(picture_of):
    def of_length_one(theta, grad, memory, *, eta):
        v = grad(theta) / np.linalg.norm(grad(theta))
        return theta - eta * v, {"v": v}

    picture = picture_of(of_length_one)
    (height,) = labels_beside(picture, "forgetting")
    assert np.isnan(data(picture, "forgetting v")[-1, 1])
    assert height == pytest.approx(picture.axes["forgetting"].bbox.y0)


def test_a_rule_without_memory_says_so(picture_of):
    picture = picture_of(rules.gd)
    assert {*picture.lines} == {"path", "ghost", "start", "loss", "ghost loss"}
    said = [picture.axes[name].texts[-1].get_text() for name in ("memory", "forgetting")]
    assert said == ["none: each step starts anew", "nothing"]
    png(picture.figure)
    steps = [label.get_text() for label in picture.axes["memory"].get_xticklabels()]
    assert steps[0] == "0" and steps[-1] == "40" and not picture.axes["memory"].get_yticks().size


def test_without_a_rule_before_there_is_no_ghost(picture_of):
    assert not [name for name in picture_of(rules.adam, None).lines if "ghost" in name]


def test_memory_title_names_the_slots_where_they_fit(picture_of):
    assert title(picture_of(slot_named("v", "velocity", 3)), "memory") == "memory v, velocity, 3"
    assert title(picture_of(slot_named("v" * 40)), "memory") == "memory"


def test_a_slot_may_have_any_name(picture_of):
    for slot in ("$", "$\\nonsense$", "_", "a\nb", "{name}", "ṽ", 7):
        picture = picture_of(slot_named(slot))
        picture.figure.draw_without_rendering()
        words = [t.get_text() for t in picture.texts if t.axes is picture.axes["forgetting"]]
        assert words == [str(slot)]


def test_rules_of_each_kind_of_memory_fit_the_axes_of_every_landscape(landscape, explored):
    for rule in (rules.gd, rules.momentum, rules.adagrad, rules.adam):
        walked = explored(rule, surface=landscape)
        picture = ExplorePicture(walked, DESK)
        (low, high), (bottom, top) = limits(picture)
        for loss in (run.loss for run in (walked.run, walked.ghost) if run.diverged_at < 0):
            assert low <= loss[loss > 0].min() and loss.max() <= high, rule
        for history in slots_of(walked.run).values():
            inside = bottom <= history.min() and history.max() <= top
            assert walked.run.diverged_at > 0 or inside, rule
        assert title(picture, "landscape").startswith(landscape.name)


def bowl(theta):
    return (theta**2).sum(axis=0)


ODD = {
    "NaN in a half": lambda theta: np.where(theta[0] > 1, np.nan, bowl(theta)),
    "infinite in a half": lambda theta: np.where(theta[0] > 1, np.inf, bowl(theta)),
    "negative": lambda theta: -bowl(theta) - 1,
    "constant": lambda theta: 0 * theta[0] + 3,
    "zero": lambda theta: 0 * theta[0],
    "one number for all": lambda theta: 3.0,
    "far above zero": lambda theta: 1e20 + bowl(theta),
    "huge": lambda theta: 1e300 * bowl(theta),
    "all the numbers there are": lambda theta: 1e308 * np.tanh(9 * theta[0]),
    "tiny": lambda theta: 1e-300 * bowl(theta),
    "steps of a stair": lambda theta: (theta[0] > 0).astype(int),
    "falls for ever": lambda theta: theta[0],
    "one point at a time": lambda theta: theta[0] ** 2 if theta[0] > 0 else theta[1] ** 2,
    "the module math": lambda theta: math.sin(theta[0]) + theta[1] ** 2,
}


FLAT = ("constant", "zero", "one number for all", "far above zero")


def test_an_odd_landscape_is_drawn(picture_of):
    for what, value in ODD.items():
        picture = picture_of(rules.momentum, rules.gd, Landscape("odd", value, start=(0.5, 0.5)))
        picture.figure.draw_without_rendering()
        assert (len(picture.axes["landscape"].collections) >= 2) is (what not in FLAT), what
        for name in PANES:
            low, high = picture.axes[name].bbox.intervaly
            heights = labels_beside(picture, name)
            assert ((low - 1e-6 <= heights) & (heights <= high + 1e-6)).all(), what


@same
@given(eta=st.floats(-5, -1).map(lambda power: 10**power), start=st.tuples(*[st.floats(-2, 2)] * 2))
def test_labels_keep_their_distance_inside_the_axes(eta, start, of_adam, explored):
    of_adam.show(explored(rules.adam, eta=eta, start=start))
    for name in PANES:
        low, high = of_adam.axes[name].bbox.intervaly
        heights = np.sort(labels_beside(of_adam, name))
        assert (np.diff(heights) >= DESK.pixels(LABEL_GAP) - 1e-6).all()
        assert low - 1e-6 <= heights[0] and heights[-1] <= high + 1e-6


def test_with_other_steps_the_axes_are_those_of_a_new_picture(picture_of, explored):
    picture = picture_of(rules.momentum, steps=40)
    for steps in (300, 1, 2, 40):
        picture.show(explored(rules.momentum, steps=steps))
        fresh = picture_of(rules.momentum, steps=steps)
        np.testing.assert_array_equal(limits(picture), limits(fresh))
        for name in ("loss", "memory"):
            assert picture.axes[name].get_xlim() == fresh.axes[name].get_xlim() == (0, steps)


def test_axes_widen_and_never_narrow(picture_of, explored):
    picture = picture_of(rules.momentum, start=(0.9, 0.8))
    for start in [(0.9, 0.8), (-1.2, 1.0), (1.7, -0.5), (0.9, 0.8), (1.0, 1.0)]:
        before = limits(picture)
        picture.show(explored(rules.momentum, start=start, eta=1e-4))
        after = limits(picture)
        assert (after[:, 0] <= before[:, 0]).all() and (after[:, 1] >= before[:, 1]).all()
    assert after[0, 1] > 100


def test_a_diverged_run_does_not_widen_the_axes(picture_of, explored):
    picture, walked = picture_of(rules.momentum), explored(rules.momentum, eta=0.5)
    before = limits(picture)
    assert walked.run.diverged_at > 0 and walked.ghost.diverged_at > 0
    picture.show(walked)
    np.testing.assert_array_equal(limits(picture), before)


@pytest.mark.parametrize("x", [-1.74, -1.2, 1.74])
def test_the_words_at_the_start_stand_over_it_clear_of_the_numbers_of_the_axis(
    x, of_adam, explored
):
    of_adam.show(explored(rules.adam, start=(x, 1.0)))
    renderer = FigureCanvasAgg(of_adam.figure).get_renderer()
    (label,) = [t for t in of_adam.texts if t.get_text() == "start: drag me"]
    words, axes = label.get_window_extent(renderer), of_adam.axes["landscape"]
    assert axes.bbox.x0 <= words.x0 and words.x1 <= axes.bbox.x1
    if abs(x) < 1.5:
        at = axes.transData.transform((x, 1.0))[0]
        assert (words.x0 + words.x1) / 2 == pytest.approx(at, abs=1)


def test_lines_have_the_colour_of_their_memory_and_differ_in_more_than_that(of_adam):
    colors = {name: line.get_color() for name, line in of_adam.lines.items()}
    assert colors["path"] == colors["loss"] == "#6A2480"
    assert colors["ghost"] == colors["ghost loss"] == "#666C78"
    assert {colors["m x"], colors["m y"], colors["forgetting m"]} == {"#084B8A"}
    assert {colors["s x"], colors["s y"], colors["forgetting s"]} == {"#B35C00"}
    lines = of_adam.lines
    for one, other in (("path", "ghost"), ("loss", "ghost loss"), ("m x", "m y")):
        assert lines[one].get_linestyle() != lines[other].get_linestyle()
    assert lines["path"].get_marker() != lines["ghost"].get_marker()


def test_a_rule_with_a_name_of_the_course_is_not_taken_for_it(picture_of):
    def adamw(theta, grad, memory, *, eta):
        v = 0.9 * memory.get("v", 0.0) + grad(theta)
        return theta - eta * v, {"v": v}

    picture = picture_of(adamw, rules.adamw)
    assert picture.sentence.startswith("adamw, ") and "; AdamW: " in picture.sentence
    assert picture.lines["path"].get_color() == "#084B8A"
    key = [t.get_text() for t in picture.axes["landscape"].get_legend().get_texts()]
    assert key == ["adamw", "AdamW (before)"]


def test_the_key_names_the_rule_the_ghost_and_the_look_ahead(picture_of, explored, each_theme):
    picture = ExplorePicture(explored(rules.nesterov, rules.momentum), each_theme)
    key = [t.get_text() for t in picture.axes["landscape"].get_legend().get_texts()]
    roomy = ["Nesterov", "momentum (before)", "look-ahead"]
    assert key == (["Nesterov", "look-ahead"] if each_theme.in_hall else roomy)


def test_labels_of_long_names_stay_on_the_picture(explored, each_theme):
    picture = ExplorePicture(explored(slot_named("my_velocity_of_today")), each_theme)
    FigureCanvasAgg(picture.figure).draw()
    for label in picture.texts:
        assert label.get_window_extent().x1 <= picture.figure.bbox.width, label.get_text()

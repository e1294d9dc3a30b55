"""The picture is its Line2D artists: what they hold is asserted, never pixels of a PNG."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from optim_lib import rules
from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import beale, cliff, himmelblau, rosenbrock, saddle, valley
from optim_lib.pictures import annotate, theme
from optim_lib.pictures.annotate import apart, beside
from optim_lib.pictures.explore import LAYOUTS, Picture
from optim_lib.runs.inspect import asked_at, slots_of
from optim_lib.runs.run import impulse, run
from optim_lib.stage.raster import png

LABEL_GAP = theme.pixels(annotate.LABEL_GAP)

settings.register_profile("same", derandomize=True, deadline=None, max_examples=50, database=None)
same = settings.get_profile("same")

CLOSED_FORMS = {
    "momentum": {"v": lambda k: 0.9**k},
    "nesterov": {"v": lambda k: 0.9**k},
    "adagrad": {"s": lambda k: 1.0 + 0 * k},
    "rmsprop": {"s": lambda k: 0.999**k},
    "adam": {"m": lambda k: 0.9**k, "s": lambda k: 0.999**k},
}


def runs_of(rule, before=rules.gd, surface=rosenbrock, steps=40, eta=0.001, start=None):
    walked = run(rule, surface, steps=steps, eta=eta, start=start)
    ghost = before and run(before, surface, steps=steps, eta=eta, start=start)
    return walked, ghost, impulse(rule, 30), asked_at(rule, walked, surface.grad)


def picture_of(rule, before=rules.gd, surface=rosenbrock, **about):
    return Picture(rule, before, surface, *runs_of(rule, before, surface, **about))


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
    labels = [label for label in picture.labels.values() if label.axes is axes]
    return np.array([axes.transAxes.transform(label.get_position())[1] for label in labels])


def slot_named(slot):
    def rule(theta, grad, memory, *, eta):
        return theta - eta * grad(theta), {slot: grad(theta)}

    return rule


def test_lines_hold_the_numbers_of_the_runs(rule):
    picture, (walked, ghost, _, _) = picture_of(rule), runs_of(rule)
    np.testing.assert_array_equal(data(picture, "path"), walked.theta)
    np.testing.assert_array_equal(data(picture, "ghost"), ghost.theta)
    np.testing.assert_array_equal(data(picture, "start"), walked.theta[:1])
    np.testing.assert_array_equal(data(picture, "loss"), against_steps(walked.loss))
    np.testing.assert_array_equal(data(picture, "ghost loss"), against_steps(ghost.loss))
    for slot, history in slots_of(walked).items():
        for axis, along in zip("xy", history.T, strict=True):
            np.testing.assert_array_equal(data(picture, f"{slot} {axis}"), against_steps(along))


def test_show_moves_the_same_lines():
    picture = picture_of(rules.momentum)
    lines, runs = dict(picture.lines), runs_of(rules.momentum, eta=0.0005, start=(0.5, 0.5))
    picture.show(*runs)
    assert picture.lines == lines
    np.testing.assert_array_equal(data(picture, "path"), runs[0].theta)
    np.testing.assert_array_equal(data(picture, "ghost loss"), against_steps(runs[1].loss))
    assert "η = 0.0005" in picture.sentence and len(picture.headline.get_text()) > 0


@pytest.mark.parametrize(
    "rule, slot, share",
    [(r, slot, share) for r, forms in CLOSED_FORMS.items() for slot, share in forms.items()],
)
def test_forgetting_curve_is_its_closed_form(rule, slot, share):
    later, left = data(picture_of(getattr(rules, rule)), f"forgetting {slot}").T
    np.testing.assert_array_equal(later, np.arange(30))
    np.testing.assert_allclose(left, share(later), rtol=1e-12)


def test_a_forgetting_curve_that_is_no_number_has_its_label_inside_the_axes():
    def of_length_one(theta, grad, memory, *, eta):
        v = grad(theta) / np.linalg.norm(grad(theta))
        return theta - eta * v, {"v": v}

    picture = picture_of(of_length_one)
    (height,) = labels_beside(picture, "forgetting")
    assert np.isnan(data(picture, "forgetting v")[-1, 1])
    assert height == pytest.approx(picture.axes["forgetting"].bbox.y0)


@pytest.mark.parametrize("rule", [rules.gd, rules.sgd])
def test_a_rule_without_memory_says_so(rule):
    picture = picture_of(rule)
    assert {*picture.lines} == {"path", "ghost", "start", "loss", "ghost loss"}
    said = [picture.axes[name].texts[-1].get_text() for name in ("memory", "forgetting")]
    assert said == ["none: each step starts anew", "nothing"]
    png(picture.figure)
    steps = [label.get_text() for label in picture.axes["memory"].get_xticklabels()]
    assert steps[0] == "0" and steps[-1] == "40" and not picture.axes["memory"].get_yticks().size


def test_without_a_rule_before_there_is_no_ghost():
    assert not [name for name in picture_of(rules.adam, before=None).lines if "ghost" in name]


@pytest.mark.parametrize("slots", range(1, 4))
def test_memory_title_names_the_slots(slots):
    names = ["v", "velocity", 3][:slots]

    def rule(theta, grad, memory, *, eta):
        return theta, dict.fromkeys(names, grad(theta))

    assert title(picture_of(rule), "memory") == f"memory {', '.join(map(str, names))}"


def test_memory_title_is_no_wider_than_its_axes():
    assert title(picture_of(slot_named("v" * 40)), "memory") == "memory"


@pytest.mark.parametrize("slot", ["$", "$\\nonsense$", "_", "a\nb", "ṽ", 7])
def test_a_slot_may_have_any_name(slot):
    picture = picture_of(slot_named(slot))
    picture.figure.draw_without_rendering()
    assert picture.labels[f"forgetting {slot}"].get_text() == str(slot)


@pytest.mark.parametrize("surface", [rosenbrock, valley(), saddle, beale, himmelblau, cliff])
def test_every_minimum_is_marked_inside_its_window(surface):
    axes = picture_of(rules.gd, surface=surface).axes["landscape"]
    (stars,) = [line for line in axes.lines if line.get_marker() == "*"]
    np.testing.assert_array_equal(stars.get_xydata(), np.reshape(surface.minimum, (2, -1)).T)
    words = [text for text in axes.texts if text.get_text() == "minimum"]
    assert [text.xy for text in words] == [tuple(point) for point in stars.get_xydata()]
    inside = axes.viewLim.contains
    assert all(inside(*point) for point in stars.get_xydata())


def test_himmelblau_has_four_minima():
    axes = picture_of(rules.gd, surface=himmelblau).axes["landscape"]
    assert sum(text.get_text() == "minimum" for text in axes.texts) == 4


def test_every_rule_on_every_landscape_fits_its_axes(rule, landscape):
    runs = runs_of(rule, surface=landscape)
    picture = Picture(rule, rules.gd, landscape, *runs)
    (low, high), (bottom, top) = limits(picture)
    for loss in (walked.loss for walked in runs[:2] if walked.diverged_at < 0):
        assert low <= loss[loss > 0].min() and loss.max() <= high
    for history in slots_of(runs[0]).values():
        assert runs[0].diverged_at > 0 or (bottom <= history.min() and history.max() <= top)
    assert title(picture, "landscape").startswith(landscape.name)


@pytest.mark.parametrize("steps", [1, 2, 1000])
def test_any_number_of_steps_is_drawn(steps):
    assert len(data(picture_of(rules.adamw, steps=steps), "path")) == steps + 1


def bowl(theta):
    return (theta**2).sum(axis=0)


@pytest.mark.parametrize(
    "surface, said",
    [
        (rosenbrock, "Rosenbrock    f(x, y) = (1 − x)² + 100 (y − x²)²"),
        (Landscape("bowl", bowl), "bowl    (gradient measured)"),
        (
            Landscape("bowl", bowl, formula="x² + y²"),
            "bowl    f(x, y) = x² + y² (gradient measured)",
        ),
        (Landscape("bowl", bowl, lambda theta: 2 * theta), "bowl"),
    ],
)
def test_title_says_where_the_gradient_is_from(surface, said):
    assert title(picture_of(rules.gd, surface=surface), "landscape").strip() == said


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
    "one point at a time": lambda theta: (theta**2).sum(),
    "an if": lambda theta: theta[0] ** 2 if theta[0] > 0 else theta[1] ** 2,
    "the module math": lambda theta: math.sin(theta[0]) + theta[1] ** 2,
}


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_an_odd_landscape_is_drawn(value):
    surface = Landscape("odd", value, start=(0.5, 0.5))
    picture = picture_of(rules.momentum, surface=surface)
    picture.figure.draw_without_rendering()
    for name in ("loss", "memory", "forgetting"):
        low, high = picture.axes[name].bbox.intervaly
        heights = labels_beside(picture, name)
        assert ((low - 1e-6 <= heights) & (heights <= high + 1e-6)).all()


@pytest.mark.parametrize(
    "value", [ODD["one point at a time"], ODD["an if"], ODD["the module math"]]
)
def test_contours_of_a_landscape_that_takes_one_point_at_a_time(value):
    picture = picture_of(rules.gd, surface=Landscape("odd", value, start=(0.5, 0.5)))
    assert len(picture.axes["landscape"].collections) >= 2


@same
@given(st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=7), st.floats(0, 300))
def test_labels_keep_their_distance_inside_the_axes(ends, low):
    high = low + (len(ends) - 1) * LABEL_GAP + 20
    placed = apart(dict(enumerate(ends)), low, high)
    heights = sorted(placed.values())
    assert {*placed} == {*range(len(ends))}
    assert low - 1e-6 <= heights[0] and heights[-1] <= high + 1e-6
    assert (np.diff(heights) >= LABEL_GAP - 1e-6).all()
    # In the order of the lines' ends, and not moved where nothing is in the way.
    assert [ends[label] for label in sorted(placed, key=placed.get)] == sorted(ends)
    if low <= min(ends) and max(ends) <= high and (np.diff(sorted(ends)) >= LABEL_GAP).all():
        assert placed == pytest.approx(dict(enumerate(ends)))


@settings(same, max_examples=12)
@given(eta=st.floats(-5, -1).map(lambda power: 10**power), start=st.tuples(*[st.floats(-2, 2)] * 2))
def test_labels_of_a_picture_keep_their_distance_inside_the_axes(eta, start):
    ADAM.show(*runs_of(rules.adam, eta=eta, start=start))
    for name in ("loss", "memory", "forgetting"):
        low, high = ADAM.axes[name].bbox.intervaly
        heights = np.sort(labels_beside(ADAM, name))
        assert (np.diff(heights) >= LABEL_GAP - 1e-6).all()
        assert low - 1e-6 <= heights[0] and heights[-1] <= high + 1e-6


def test_with_other_steps_the_axes_are_those_of_a_new_picture():
    picture = picture_of(rules.momentum, steps=40)
    for steps in (300, 1, 40):
        picture.show(*runs_of(rules.momentum, steps=steps))
        fresh = picture_of(rules.momentum, steps=steps)
        np.testing.assert_array_equal(limits(picture), limits(fresh))
        for name in ("loss", "memory"):
            assert picture.axes[name].get_xlim() == fresh.axes[name].get_xlim() == (0, steps)


def reach_of_the_words_at_the_start(x):
    """Their left and right end, and the place of the start, in pixels."""
    ADAM.show(*runs_of(rules.adam, start=(x, 1.0)))
    words = ADAM.start_label.get_window_extent(FigureCanvasAgg(ADAM.figure).get_renderer())
    return words.x0, words.x1, ADAM.axes["landscape"].transData.transform((x, 1.0))[0]


@pytest.mark.parametrize("x", [-1.74, 1.74])
def test_the_words_at_the_start_stay_clear_of_the_numbers_of_the_axis(x):
    begin, end, _ = reach_of_the_words_at_the_start(x)
    left, right = ADAM.axes["landscape"].bbox.intervalx
    assert left <= begin and end <= right


def test_the_words_at_the_start_stand_over_it():
    begin, end, start = reach_of_the_words_at_the_start(-1.2)
    assert (begin + end) / 2 == pytest.approx(start, abs=1)


ADAM = picture_of(rules.adam)


def test_axes_widen_and_never_narrow():
    picture, last = picture_of(rules.momentum, start=(0.9, 0.8)), None
    for start in [(0.9, 0.8), (-1.2, 1.0), (1.7, -0.5), (0.9, 0.8), (1.0, 1.0)]:
        before = limits(picture)
        picture.show(*runs_of(rules.momentum, start=start, eta=1e-4))
        last = limits(picture)
        assert (last[:, 0] <= before[:, 0]).all() and (last[:, 1] >= before[:, 1]).all()
    assert last[0, 1] > 100


def test_a_diverged_run_does_not_widen_the_axes():
    picture = picture_of(rules.momentum)
    before, runs = limits(picture), runs_of(rules.momentum, eta=0.5)
    assert runs[0].diverged_at > 0 and runs[1].diverged_at > 0
    picture.show(*runs)
    np.testing.assert_array_equal(limits(picture), before)


def test_axes_do_not_overlap():
    boxes = LAYOUTS[theme.now()].boxes.values()
    boxes = np.array([[x, y, x + width, y + height] for x, y, width, height in boxes])
    assert (boxes >= 0).all() and (boxes <= 1).all()
    axes = list(picture_of(rules.gd).axes.values())
    overlaps = [(a, b) for a in axes for b in axes if a is not b and a.bbox.overlaps(b.bbox)]
    assert not overlaps


def test_lines_have_the_colour_of_their_memory():
    picture = picture_of(rules.adam)
    colors = {name: line.get_color() for name, line in picture.lines.items()}
    assert colors["path"] == colors["loss"] == "#6A2480"
    assert colors["ghost"] == colors["ghost loss"] == "#666C78"
    assert {colors["m x"], colors["m y"], colors["forgetting m"]} == {"#084B8A"}
    assert {colors["s x"], colors["s y"], colors["forgetting s"]} == {"#B35C00"}


def test_colour_is_not_the_only_difference():
    lines = picture_of(rules.momentum).lines
    for one, other in (("path", "ghost"), ("loss", "ghost loss"), ("v x", "v y")):
        assert lines[one].get_linestyle() != lines[other].get_linestyle()
    assert lines["path"].get_marker() != lines["ghost"].get_marker()


def test_words_beside_a_curve_are_cut_to_fit():
    axes = picture_of(rules.momentum).axes["loss"]
    assert beside(axes, "momentum") == "momentum"
    assert beside(axes, "my_rule_with_memory") == "my_rule_wi…"
    assert beside(axes, "v", " along x", " x") == "v along x"
    assert beside(axes, "velocity", " along x", " x") == "velocity x"
    assert beside(axes, "the_velocity", " along x", " x") == "the_veloc… x"


def long_names_momentum(theta, grad, memory, *, eta):
    v = 0.9 * memory.get("my_velocity_of_today", 0.0) + grad(theta)
    return theta - eta * v, {"my_velocity_of_today": v}


@pytest.mark.parametrize("drawn", LAYOUTS, ids=["desk", "hall"])
def test_labels_of_long_names_stay_on_the_picture(drawn, monkeypatch):
    monkeypatch.setattr(theme, "_now", drawn)
    picture = picture_of(long_names_momentum)
    FigureCanvasAgg(picture.figure).draw()
    for label in picture.labels.values():
        extent = label.get_window_extent()
        assert extent.x1 <= picture.figure.bbox.width, label.get_text()

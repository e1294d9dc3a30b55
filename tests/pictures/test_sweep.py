"""The map of a sweep: its colours are its numbers; theory's boundary is there where it is known."""

from dataclasses import replace

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.pictures.sweep import THEORY, SweepPicture, summary
from optim_lib.pictures.theme import DESK
from optim_lib.runs.stability import stable_below

AXES = {"eta": [0.01, 0.05, 0.1, 0.5], "beta1": [0.0, 0.5, 0.9]}


@pytest.fixture(scope="module")
def bowl(swept):
    return swept(rules.momentum, valley(25), steps=200, **AXES)


def theory(picture):
    return [t.get_text() for t in picture.axes["map"].texts]


def test_a_cell_has_the_colour_of_its_steps_and_none_where_it_got_worse(bowl):
    (image,) = SweepPicture(bowl, DESK).axes["map"].images
    shown, tried = image.get_array(), bowl.sweep
    hidden = ~tried.hit | tried.worse
    np.testing.assert_array_equal(shown.mask, hidden)
    np.testing.assert_array_equal(shown[~hidden], tried.reached[~hidden])
    assert image.norm.vmin == shown.min() and image.norm.vmax == shown.max()


def test_by_loss_it_has_the_colour_of_its_loss(swept):
    walked = swept(rules.gd, by="loss", steps=50, eta=[1e-4, 1e-3, 0.5])
    (image,) = SweepPicture(walked, DESK).axes["map"].images
    np.testing.assert_allclose(image.get_array()[0, :2], walked.sweep.loss[:2])
    assert image.get_array().mask[0].tolist() == [False, False, True]


def test_the_star_is_on_the_best_cell_and_the_ring_on_the_settings_of_the_path(bowl):
    picture = SweepPicture(bowl, DESK)
    row, column = bowl.sweep.best
    (star,) = [line for line in picture.axes["map"].lines if line.get_marker() == "*"]
    assert star.get_xydata().tolist() == [[column, row]]
    moved = replace(bowl, hyper={"eta": 0.05, "beta1": 0.9})
    picture.show(moved)
    np.testing.assert_allclose(picture.lines["cell"].get_xydata(), [[1, 2]])
    assert " Here η = 0.05, β₁ = 0.9: loss " in picture.sentence
    np.testing.assert_allclose(picture.place({"eta": 0.075, "beta1": 0.25}), (1.5, 0.5))


def test_theory_s_boundary_is_where_the_limit_is_and_is_known_by_the_function(swept):
    def momentum(theta, grad, memory, *, eta, beta1=0.9):
        m = beta1 * memory.get("m", 0.0) + (1 - beta1) * grad(theta)
        return theta - eta * m, {"m": m}

    axes = {"eta": (0.01, 0.5, 40), "beta1": [0.0, 0.5, 0.9]}
    ours = SweepPicture(swept(rules.momentum, valley(25), steps=20, **axes), DESK)
    (line,) = [one for one in ours.axes["map"].lines if one.get_color() == THEORY]
    limits = stable_below(rules.momentum, valley(25), np.array(axes["beta1"]))
    etas = np.interp(line.get_xdata(), np.arange(40), np.log(ours.sweep.axes["eta"]))
    np.testing.assert_allclose(np.exp(etas), limits, rtol=1e-9)
    theirs = SweepPicture(swept(momentum, valley(25), steps=20, **axes), DESK)
    assert theory(ours) == ["theory"] and theory(theirs) == []
    elsewhere = SweepPicture(swept(rules.momentum, rosenbrock, steps=5, **axes), DESK)
    assert theory(elsewhere) == []


@pytest.mark.parametrize("by", ["steps", "loss"])
def test_a_map_with_nothing_to_show_is_shown(by, swept, texts_of):
    for eta in ([1e-9], [1e-9, 1e-8], [900.0, 999.0]):
        picture = SweepPicture(swept(rules.gd, by=by, steps=5, eta=eta), DESK)
        assert "0% reach" in picture.sentence and texts_of(picture.figure)


def test_an_axis_has_round_values_where_they_are(swept):
    walked = swept(rules.momentum, steps=5, eta=(1e-4, 1e-2, 5), beta1=(0, 0.99, 5))
    axes = SweepPicture(walked, DESK).axes["map"]
    assert [t.get_text() for t in axes.get_xticklabels()] == ["1e-4", "0.001", "0.01"]
    np.testing.assert_allclose(axes.get_xticks(), [0, 2, 4], atol=1e-9)
    assert (axes.get_xlabel(), axes.get_ylabel()) == (
        "η  learning rate",
        "β₁  memory of direction",
    )


def test_sentence_counts_the_cells_and_names_the_best(bowl):
    assert summary(bowl.sweep) == (
        "momentum, 12 settings of η × β₁, 200 steps on valley, κ = 25: 50% reach f < 1e-6, "
        "33% diverge or end no lower; best η = 0.1, β₁ = 0.5 in 23 steps."
    )
    cut = summary(replace(bowl.sweep, steps=150))
    assert "150 steps on valley, κ = 25 (interrupted; 200 were asked for): 50% reach" in cut


def test_where_none_reaches_the_target_the_best_has_a_loss(swept):
    tried = swept(rules.gd, steps=5, eta=[1e-4, 1e-3]).sweep
    assert summary(tried).endswith(f"; best η = 0.001 with loss {tried.loss[1]:.3g}.")

"""Learning curves and decay maps: what they say is what was trained, and they are pictures."""

import base64

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes import digits
from optim_lib.landscapes.networks import SoftmaxRegression
from optim_lib.pictures.learning_curves import learning_curves
from optim_lib.pictures.weight_decay import DecayMaps, border, decay_maps, held_out_map, power
from optim_lib.runs.train import train

LAMS = np.array([0.01, 0.1, 1.0])
ETAS = np.array([0.001, 0.01, 0.1])


def image(shown):
    return base64.b64decode(shown._repr_mimebundle_()["image/png"])


@pytest.fixture(scope="module")
def curves():
    asked = (rules.sgd, {"eta": 0.5}), (rules.adam, {"eta": 0.01})
    return learning_curves(*asked, network=SoftmaxRegression(), seeds=3, steps=60)


def test_curves_are_those_of_train(curves):
    (rule, hyper, seeds), learnt = curves.curves[1], digits.split()
    alone = train(rule, SoftmaxRegression(), *learnt, steps=60, every=2, seed=2, **hyper)
    np.testing.assert_array_equal(seeds[2].held_out, alone.held_out)


def test_sentence_says_the_median_and_the_band(curves):
    least, middle, most = sorted(t.held_out[-1] for t in curves.curves[0][2])
    assert f"SGD, η = 0.5: {middle:.2f} ({least:.2f} to {most:.2f})" in repr(curves)
    assert "after 60 steps, median of 3 seeds" in repr(curves)


def test_picture_has_both_losses_of_each_rule(curves):
    both = [axes.lines for axes in curves.figure().axes]
    for (held_out, learnt), (_, _, seeds) in zip(both, curves.curves, strict=True):
        np.testing.assert_allclose(held_out.get_ydata(), np.median([t.held_out for t in seeds], 0))
        np.testing.assert_allclose(learnt.get_ydata(), np.median([t.loss for t in seeds], 0))
    assert image(curves).startswith(b"\x89PNG")


def test_full_size_tells_how_far_it_has_come(capsys):
    asked = (rules.sgd, {"eta": 0.5})
    learning_curves(asked, network=SoftmaxRegression(), seeds=1, steps=30, full=True)
    assert "SGD, seed 1 of 1: 30 of 30 steps" in capsys.readouterr().out


def test_border_is_where_the_loss_is_a_quarter_more():
    losses = np.array([[1, 1, 1], [1.25, 1, 1], [9, 1.25**2, 1]])
    np.testing.assert_allclose(border(losses, LAMS), [0.1, 0.1 * 10**0.5, np.nan])


@pytest.mark.parametrize("p", [-1, 0, 0.5])
def test_power_of_the_border(p):
    assert power(ETAS, 3 * ETAS**p) == pytest.approx(p)
    assert power(ETAS, np.array([1, np.nan, 100**p])) == pytest.approx(p)


def test_too_much_decay_is_seen_and_no_decay_is_adam():
    etas, lams = np.array([0.01, 0.02]), np.array([0.0, 1.0])
    walk = {"steps": 60, "seeds": 1}
    with_l2, decoupled = (held_out_map(r, etas, lams, **walk) for r in (rules.adam_l2, rules.adamw))
    np.testing.assert_allclose(with_l2[0], decoupled[0], rtol=1e-10)
    assert (with_l2[1] > 1.5 * with_l2[0]).all()


def test_map_is_a_sentence_and_a_picture():
    losses = np.outer([1, 1.25, 9], np.ones(3))
    shown = DecayMaps(ETAS, LAMS, {rules.adam_l2: losses, rules.adamw: losses}, 600, 3)
    assert "AdamW: best 1.00, too much decay from λ ≈ 0.1 on, which goes as η^0.0" in repr(shown)
    assert "after 600 steps, 3 seeds" in repr(shown) and image(shown).startswith(b"\x89PNG")


def test_decoupling_makes_the_border_flat_in_eta_and_gains_nothing():
    maps = decay_maps(seeds=1)
    assert abs(maps.powers[rules.adamw]) < 0.15 < -maps.powers[rules.adam_l2]
    best = {rule: losses.min() for rule, losses in maps.maps.items()}
    assert best[rules.adamw] == pytest.approx(best[rules.adam_l2], rel=0.15)
    assert (maps.maps[rules.adam_l2].argmin(axis=0) == 0).all()  # at the smallest λ

"""Maps of η × λ: where there is too much decay, and whether that depends on η."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.pictures.weight_decay import border, held_out_map, power, shown, weight_decay

LAMS = np.array([0.01, 0.1, 1.0])
ETAS = np.array([0.001, 0.01, 0.1])


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
    maps = shown(ETAS, LAMS, {rules.adam_l2: losses, rules.adamw: losses}, 600, 3)
    assert "AdamW: best 1.00, too much decay from λ ≈ 0.1 on, which goes as η^0.0" in repr(maps)
    assert "after 600 steps, 3 seeds" in repr(maps)
    first, _ = maps.figure().axes
    assert first.get_title(loc="left") == "Adam + L2:  border ∝ η^0.0"
    np.testing.assert_allclose(first.lines[0].get_ydata(), [1.5] * 3)  # the cell of λ = 0.1
    assert [t.get_text() for t in first.texts][:4] == ["1.00", "1.00", "1.00", "1.25"]


def test_decoupling_makes_the_border_flat_in_eta_and_gains_nothing():
    maps = weight_decay(seeds=1)
    assert abs(maps.powers[rules.adamw]) < 0.15 < -maps.powers[rules.adam_l2]
    assert maps.written(rules.adam_l2).startswith("−0.")
    best = {rule: losses.min() for rule, losses in maps.maps.items()}
    assert best[rules.adamw] == pytest.approx(best[rules.adam_l2], rel=0.15)
    assert (maps.maps[rules.adam_l2].argmin(axis=0) == 0).all()  # at the smallest λ

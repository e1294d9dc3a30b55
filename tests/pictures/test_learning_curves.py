"""Learning curves: what they say and what they show is what was trained."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes import digits
from optim_lib.landscapes.networks import SoftmaxRegression
from optim_lib.pictures.learning_curves import learning_curves
from optim_lib.runs.train import train


@pytest.fixture(scope="module")
def curves():
    asked = (rules.sgd, {"eta": 0.5}), (rules.adam, {"eta": 0.01})
    return learning_curves(*asked, network=SoftmaxRegression(), seeds=3, steps=60)


def test_curves_are_those_of_train(curves):
    (rule, hyper, trainings), examples = curves.curves[1], digits.split()
    alone = train(rule, SoftmaxRegression(), *examples, steps=60, every=2, seed=2, **hyper)
    np.testing.assert_array_equal(trainings[2].held_out, alone.held_out)


def test_sentence_says_the_median_and_the_band(curves):
    least, middle, most = sorted(t.held_out[-1] for t in curves.curves[0][2])
    assert f"SGD, η = 0.5: {middle:.2f} ({least:.2f} to {most:.2f})" in repr(curves)
    assert "after 60 steps, median of 3 seeds" in repr(curves)


def test_picture_has_both_losses_of_each_rule(curves):
    both = [axes.lines for axes in curves.figure().axes]
    for (held_out, learnt), (_, _, seeds) in zip(both, curves.curves, strict=True):
        np.testing.assert_allclose(held_out.get_ydata(), np.median([t.held_out for t in seeds], 0))
        np.testing.assert_allclose(learnt.get_ydata(), np.median([t.loss for t in seeds], 0))


def test_full_size_says_how_far_it_has_come(capsys):
    asked = (rules.sgd, {"eta": 0.5})
    learning_curves(asked, network=SoftmaxRegression(), seeds=1, steps=30, full=True)
    assert "SGD, seed 1 of 1: 30 of 30 steps" in capsys.readouterr().out

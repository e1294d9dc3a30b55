"""What the notebook on gradient descent says of the two valleys."""

import numpy as np
import pytest

from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.rules import gd
from optim_lib.runs.run import run


def test_curvatures_of_rosenbrock_at_its_minimum():
    nudges = np.ones((2, 1)) + 1e-5 * np.array([[1, 0, -1, 0], [0, 1, 0, -1]])
    slopes = rosenbrock.grad(nudges)
    hessian = (slopes[:, :2] - slopes[:, 2:]) / 2e-5
    np.testing.assert_allclose(hessian, [[802, -400], [-400, 200]], rtol=1e-6)
    flat, steep = np.linalg.eigvalsh([[802, -400], [-400, 200]])
    assert flat == pytest.approx(0.39936, abs=5e-6)
    assert steep == pytest.approx(1001.6, abs=0.05)
    assert steep / flat == pytest.approx(2508, abs=0.5)
    assert 2 / steep == pytest.approx(0.0019968, abs=5e-8)


@pytest.mark.parametrize("eta, comes_nearer", [(0.00199, True), (0.00201, False)])
def test_the_steep_direction_sets_the_limit_of_eta(eta, comes_nearer):
    steep = np.linalg.eigh([[802, -400], [-400, 200]])[1][:, 1]
    away = run(gd, rosenbrock, start=1 + 1e-6 * steep, eta=eta, steps=200).theta - 1
    assert (np.linalg.norm(away[-1]) < np.linalg.norm(away[0])) == comes_nearer


@pytest.mark.parametrize("kappa", [4, 25, 100])
def test_best_eta_in_a_valley_and_its_rate(kappa):
    best = 2 / (1 + kappa)
    etas = best * np.array([0.97, 1.0, 1.03])
    distance = np.linalg.norm(run(gd, valley(kappa), eta=etas, steps=400).theta, axis=1)
    assert distance[-1].argmin() == 1
    rate = (distance[60, 1] / distance[40, 1]) ** (1 / 20)
    assert rate == pytest.approx((kappa - 1) / (kappa + 1), rel=1e-9)


def test_the_steepest_way_down_may_lead_away_from_the_minimum():
    walk = run(gd, rosenbrock, start=(-0.3, 1.6), eta=0.001, steps=5)
    assert (np.diff(walk.loss) < 0).all()
    assert (np.diff(np.linalg.norm(walk.theta - 1, axis=1)) > 0).all()

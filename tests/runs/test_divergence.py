"""A run that leaves the finite numbers is held at its last finite point, and marked."""

import numpy as np
import pytest

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.rules import gd
from optim_lib.runs.run import run


def test_divergence_is_marked_and_held_at_the_last_finite_point(rule):
    walked = run(rule, rosenbrock, start=(1.5, -3.0), steps=300, eta=1e200)
    last = walked.diverged_at - 1
    assert 0 <= last < 300
    for history in (walked.theta, walked.loss, *walked.memory.values()):
        assert np.isfinite(history).all()
        assert (history[last:] == history[last]).all()


def test_divergence_in_a_batch_leaves_the_others_walking(rule):
    huge = np.array([1e-3, 1e200, 1e-4])
    batch = run(rule, rosenbrock, steps=50, eta=huge)
    assert (batch.diverged_at > 0).tolist() == [False, True, False]
    for i, eta in enumerate(huge):
        alone = run(rule, rosenbrock, steps=50, eta=eta)
        assert batch.diverged_at[i] == alone.diverged_at
        np.testing.assert_allclose(batch.theta[..., i], alone.theta, rtol=1e-12)
        np.testing.assert_allclose(batch.loss[..., i], alone.loss, rtol=1e-12)


def test_loss_that_overflows_first_counts_as_divergence():
    steep = Landscape("steep", lambda x: np.exp(x[0]), np.ones_like, start=(0.0,))
    walked = run(gd, steep, steps=20, eta=-100.0)  # exp(709.8) is the largest
    assert walked.diverged_at == 8 and walked.theta[-1, 0] == 700


@pytest.mark.parametrize("slope", [lambda x: -1 / x + 5, lambda x: x * np.nan])
def test_leaving_the_domain_of_the_landscape_is_not_the_fault_of_the_rule(slope):
    walls = Landscape("walls", lambda x: -np.log(x[0]), slope, start=(1.0,))
    walked = run(gd, walls, steps=5, eta=1.0)
    assert walked.diverged_at == 1 and walked.theta[-1, 0] == 1


@pytest.mark.parametrize("slot_shape", [(), (2,), (3,), (2, 2)])
@pytest.mark.parametrize("eta", [0.1, [0.1, 0.001], [0.001, 0.1, 0.0005]], ids=str)
def test_divergence_with_a_slot_of_any_shape(slot_shape, eta):
    def rule(theta, grad, memory, *, eta):
        return theta - eta * grad(theta), {"q": np.ones(slot_shape)}

    eta = np.array(eta)
    walked = run(rule, rosenbrock, eta=eta)
    assert walked.memory["q"].shape == (301, *slot_shape)
    assert np.array_equal(walked.diverged_at > 0, eta > 0.01)


def test_a_lone_run_ends_where_it_diverges():
    steps_taken = 0

    def counting(theta, grad, memory, *, eta):
        nonlocal steps_taken
        steps_taken += 1
        return gd(theta, grad, memory, eta=eta)

    walked = run(counting, rosenbrock, start=(-1.5, 2.0), steps=300, eta=0.1)
    assert steps_taken <= walked.diverged_at + 1 < 20  # one more to see whose fault it was
    assert len(walked.theta) == len(walked.loss) == 301


def test_a_loss_that_stays_finite_while_theta_does_not():
    flat = Landscape("flat", lambda theta: 0 * theta[0] + 1.0, np.ones_like)
    blind = Landscape("blind", lambda theta: np.ones(theta.shape[1:]), np.ones_like)

    def racing(theta, grad, memory, *, eta):
        return theta * eta, {}

    for surface in (flat, blind):
        walked = run(racing, surface, start=(1.0, -1.0), steps=40, eta=1e30)
        assert walked.diverged_at == 11
        assert np.isfinite(walked.theta).all() and (walked.loss == 1).all()

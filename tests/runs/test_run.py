"""What a Run holds, what noise does, and the forgetting curves."""

import numpy as np
import pytest

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.rules import adagrad, adam, adam_l2, adamw, gd, momentum, nesterov, rmsprop, sgd
from optim_lib.runs.impulse import impulse
from optim_lib.runs.inspect import hyperparameters
from optim_lib.runs.run import run
from optim_lib.runs.sweep import sweep
from optim_lib.text import ArgumentError


def velocity_and_count(theta, grad, memory, *, eta, beta1=0.5):
    """A student's own rule: one slot of θ's shape, one that is a number, one that comes late."""
    v, n = beta1 * memory.get("v", 0.0) + grad(theta), memory.get("n", 0) + 1
    memory = {"v": v, "n": n} | ({"late": v} if n > 2 else {})
    return theta - eta * v, memory


# --- the Run -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start, hyper, batch",
    [
        ((-1.0, 1.0), {"eta": 0.001}, ()),
        (np.zeros((2, 7)), {"eta": 0.001}, (7,)),
        ((-1.0, 1.0), {"eta": np.full(7, 0.001)}, (7,)),
        (np.zeros((2, 7)), {"eta": np.full((5, 1), 0.001)}, (5, 7)),
        ((-1.0, 1.0), {"eta": np.full((5, 1), 0.001), "beta1": np.full((1, 3), 0.9)}, (5, 3)),
        (np.zeros((2, 5, 3)), {"eta": 0.001, "beta1": np.full(3, 0.9)}, (5, 3)),
    ],
)
def test_shapes(start, hyper, batch):
    walked = run(velocity_and_count, rosenbrock, start=start, steps=10, **hyper)
    assert walked.theta.shape == walked.memory["v"].shape == (11, 2, *batch)
    assert walked.loss.shape == (11, *batch)
    assert walked.memory["n"].shape == (11,)
    assert np.shape(walked.diverged_at) == batch
    assert walked.hyper is not hyper and walked.hyper.keys() == hyper.keys()


def test_row_0_is_the_start_with_every_memory_at_zero():
    walked = run(adam, rosenbrock, start=(0.5, 0.25), steps=3, eta=0.01)
    assert walked.theta[0].tolist() == [0.5, 0.25]
    assert walked.loss[0] == 0.25
    assert all((history[0] == 0).all() for history in walked.memory.values())


def test_rows_are_the_steps_of_the_rule():
    walked, theta, memory = run(adam, rosenbrock, steps=5, eta=0.01), np.array([-1.2, 1.0]), {}
    for k in range(1, 6):
        theta, memory = adam(theta, rosenbrock.grad, memory, eta=0.01)
        assert np.array_equal(walked.theta[k], theta)
        assert walked.loss[k] == rosenbrock.value(theta)
        assert all(np.array_equal(walked.memory[slot][k], memory[slot]) for slot in memory)


def test_slot_that_comes_late_or_goes_is_zero_where_it_is_missing():
    late = run(velocity_and_count, rosenbrock, steps=4, eta=0.001).memory["late"]
    assert (late[:3] == 0).all() and (late[3:] != 0).all()
    once = impulse(lambda theta, grad, memory, *, eta: (theta, {} if memory else {"q": 1.0}), 3)
    assert once.memory["q"].tolist() == [0, 1, 0, 1]


def test_landscape_start_is_used_if_none_is_given_and_neither_is_changed():
    start = np.array([0.5, 0.5])
    assert run(gd, rosenbrock, steps=1, eta=0.001).theta[0].tolist() == [-1.2, 1.0]
    run(in_place, rosenbrock, start=start, steps=5, eta=0.001)
    assert start.tolist() == [0.5, 0.5]


def in_place(theta, grad, memory, *, eta, beta1=0.9):
    v = memory.setdefault("v", np.zeros_like(theta))
    v *= beta1
    v += grad(theta)
    theta -= eta * v
    return theta, memory


def test_rule_that_writes_in_place_does_no_harm():
    ours, theirs = (run(rule, rosenbrock, eta=0.001) for rule in (in_place, momentum))
    np.testing.assert_allclose(ours.theta, theirs.theta, rtol=1e-12)
    np.testing.assert_allclose(ours.memory["v"], theirs.memory["v"], rtol=1e-12)


def test_plain_function_is_a_landscape():
    def bowl(theta):
        x, y = theta
        return x**2 + y**2

    assert run(gd, bowl, eta=0.1).loss[-1] < 1e-12


def test_hyperparameters_are_the_keyword_only_ones():
    def rule(theta, grad, memory, decay=1, *, eta, gamma=0.5):
        return theta, memory

    assert list(hyperparameters(rule)) == ["eta", "gamma"] and hyperparameters(rule)["gamma"] == 0.5


UNUSABLE = (
    ({"steps": 10**14}, "100000000000000 steps do not fit into memory: take fewer."),
    ({"beta": 0.9}, "momentum has no hyperparameter beta; it has: eta, beta1."),
    ({"steps": 0}, "steps must be a whole number, 1 or more, not 0."),
    ({"steps": 2.5}, "steps must be a whole number, 1 or more, not 2.5."),
    ({"steps": "a"}, "steps must be a whole number, 1 or more, not 'a'."),
    ({"budget": "a"}, "budget = 'a': it must be a number of seconds above 0."),
    ({"budget": 0}, "budget = 0: it must be a number of seconds above 0."),
    (
        {"start": (np.nan, 0)},
        "The start and the loss there must be finite numbers: move it closer.",
    ),
    ({"start": (1e200, 0)}, "The start and the loss there must be finite numbers: "),
    ({"start": "a"}, "start = 'a': it must be numbers."),
    ({"noise": (1, 2, 3)}, "noise = (1, 2, 3): it must be one number, or one for each of the 2"),
    ({"noise": -1}, "noise = -1: it must be one number, or one for each of the 2 weights, from 0"),
    ({"noise": 1, "seed": -1}, "seed = -1: it must be a whole number, 0 or more."),
    (
        {"noise": "a"},
        "noise = 'a': it must be one number, or one for each of the 2 weights, from 0 on.",
    ),
    ({"batch": 4}, "Rosenbrock is not a mean over examples: leave out batch=."),
    ({"eta": np.ones(3), "beta1": np.ones(4)}, "These shapes do not fit together: "),
    ({"start": (1, 2, 3)}, "The landscape Rosenbrock takes 2 weights, and the start has 3"),
    ({"start": 5}, "The landscape Rosenbrock takes 2 weights, and the start has 1"),
)


def test_an_argument_that_cannot_be_used_is_one_sentence():
    for wrong, said in UNUSABLE:
        with pytest.raises(ArgumentError) as raised:
            run(momentum, rosenbrock, **{"eta": 0.001} | wrong)
        assert str(raised.value).startswith(said), wrong


def test_what_is_no_rule_is_one_sentence():
    with pytest.raises(ArgumentError, match=r"^Rosenbrock is a landscape, and the rule "):
        run(rosenbrock, gd)
    with pytest.raises(ArgumentError, match=r"^gd is a rule, and a landscape is a function"):
        run(gd, gd)
    for no_rule in (None, 5, "gd"):
        for start in (lambda rule: run(rule, rosenbrock), impulse):
            with pytest.raises(ArgumentError, match=r"^A rule is a function \(theta, grad, memory"):
                start(no_rule)
    with pytest.raises(ArgumentError, match=r"^steps must be a whole number, 1 or more, not -1"):
        impulse(gd, steps=-1)


def test_a_hyperparameter_that_is_no_number_is_passed_on():
    def soft(theta, grad, memory, *, eta, mode="soft", clip=None):
        assert (mode, clip) == ("hard", None)
        return theta - eta * grad(theta), {}

    walked = run(soft, rosenbrock, eta=0.001, mode="hard", clip=None)
    np.testing.assert_array_equal(walked.theta, run(gd, rosenbrock, eta=0.001).theta)


# --- noise -------------------------------------------------------------------------------------


def noise_of(**arguments):
    """The disturbance of each step, read off a flat landscape."""
    flat = Landscape("flat", lambda theta: 0.0, np.zeros_like, start=(0.0, 0.0))
    walked = run(sgd, flat, **{"eta": 1.0, "steps": 400, "noise": 0.5} | arguments)
    eta = np.asarray(walked.hyper["eta"])
    return -np.diff(walked.theta, axis=0) / eta


def test_noise_has_the_size_asked_for_and_the_seed_decides():
    drawn = noise_of()
    assert drawn.std() == pytest.approx(0.5, rel=0.05) and abs(drawn.mean()) < 0.05
    assert np.array_equal(drawn, noise_of(seed=0)) and not np.array_equal(drawn, noise_of(seed=1))


@pytest.mark.parametrize(
    "other", [{"eta": 0.25}, {"steps": 100}, {"start": (3.0, 4.0)}, {"eta": np.array([1.0, 0.5])}]
)
def test_noise_is_drawn_once_so_another_argument_leaves_it_alone(other):
    drawn, again = noise_of(), noise_of(**other)
    expected = drawn[: len(again)].reshape(len(again), 2, *(1,) * (again.ndim - 2))
    np.testing.assert_allclose(again, np.broadcast_to(expected, again.shape), atol=1e-12)


def test_noise_floor_of_a_bowl():
    eta, h, sigma = 0.1, 4.0, 0.3
    bowl = Landscape("bowl", lambda x: h * x[0] ** 2 / 2, lambda x: h * x, start=(0.0,))
    theta = run(sgd, bowl, eta=eta, noise=sigma, steps=50_000, budget=60).theta[100:]
    assert theta.var() == pytest.approx(eta * sigma**2 / (h * (2 - eta * h)), rel=0.03)


# --- the forgetting curve ----------------------------------------------------------------------

K = np.arange(20)  # steps since the one unit gradient
BETAS = {"beta1": 0.8, "beta2": 0.95}
DIRECTION, SIZE = 0.8**K, (1 - 0.95) * 0.95**K
BOTH = {"m": (1 - 0.8) * DIRECTION, "s": SIZE, "t": K + 1}


@pytest.mark.parametrize(
    "rule, remembered",
    [
        (gd, {}),
        (sgd, {}),
        (momentum, {"v": DIRECTION}),
        (nesterov, {"v": DIRECTION}),
        (adagrad, {"s": np.ones(20)}),
        (rmsprop, {"s": SIZE}),
        (adam, BOTH),
        (adam_l2, BOTH),
        (adamw, BOTH),
        (velocity_and_count, {"v": DIRECTION, "n": K + 1, "late": DIRECTION * (K >= 2)}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_forgetting_curve(rule, remembered):
    hyper = {knob: BETAS[knob] for knob in BETAS.keys() & hyperparameters(rule).keys()}
    memory = impulse(rule, 20, **hyper).memory
    assert memory.keys() == remembered.keys()
    for slot, curve in remembered.items():
        assert (memory[slot][0] == 0).all()
        np.testing.assert_allclose(memory[slot][1:].ravel(), curve, rtol=1e-12)


def test_forgetting_curve_of_many_settings_at_once():
    beta1 = np.array([0.5, 0.9])
    v = impulse(momentum, 20, beta1=beta1).memory["v"]
    np.testing.assert_allclose(v[1:, 0], beta1 ** K[:, None])


def test_forgetting_curve_of_a_rule_without_eta():
    def mean(theta, grad, memory):
        return theta, {"m": 0.5 * memory.get("m", 0.0) + 0.5 * grad(theta)}

    np.testing.assert_allclose(impulse(mean, 4).memory["m"].ravel(), [0, 0.5, 0.25, 0.125, 0.0625])


def of_sutskever(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0.0) - eta * grad(theta)
    return theta + v, {"v": v}


def divided_by_eta(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0.0) + eta * grad(theta) / eta
    return theta - eta * v, {"v": v}


def test_a_memory_that_holds_eta_times_g_forgets_as_fast():
    v = impulse(momentum, 20, beta1=0.8).memory["v"]
    np.testing.assert_allclose(impulse(of_sutskever, 20, beta1=0.8).memory["v"], -v)
    np.testing.assert_allclose(impulse(divided_by_eta, 20, beta1=0.8).memory["v"], v)


def test_a_hyperparameter_that_is_missing_is_asked_for():
    for walk in (
        lambda: run(momentum, rosenbrock),
        lambda: sweep(momentum, rosenbrock, beta1=(0, 0.9)),
    ):
        with pytest.raises(ArgumentError, match=r"^momentum needs eta: give it a value"):
            walk()

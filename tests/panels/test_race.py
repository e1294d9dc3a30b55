"""The race: all rules from one start, under the same sliders."""

from dataclasses import dataclass

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.panels.race import race
from optim_lib.runs.inspect import title_of
from optim_lib.runs.run import run
from optim_lib.text import ArgumentError

ALL = (rules.gd, rules.momentum, rules.nesterov, rules.adagrad, rules.rmsprop, rules.adam)


@pytest.fixture
def panel():
    made = race(*ALL, eta=0.001, steps=50)
    yield made
    made.close()


def test_each_runs_as_it_would_alone(panel):
    assert panel.rules == [*ALL] == [rule for rule, _ in panel.runs]
    for rule, walked in panel.runs:
        alone = run(rule, rosenbrock, steps=50, eta=0.001)
        np.testing.assert_array_equal(walked.theta, alone.theta)
    assert panel._repr_mimebundle_()["text/plain"].startswith("50 steps on Rosenbrock: loss ")


def test_a_slider_is_shared_by_name_and_rules_without_it_do_not_run_again(panel):
    before = dict(panel.runs)
    panel.set({"beta1": 0.5})
    after = dict(panel.runs)
    changed = {rule.__name__ for rule in ALL if before[rule] is not after[rule]}
    assert changed == {"momentum", "nesterov", "adam"}


def test_rules_are_switched_off_and_on_again(panel):
    panel.set({"GD": False, "Adam": False})
    assert [rule for rule, _ in panel.runs] == list(ALL[1:-1])
    assert "path of GD" not in panel.picture.lines and "GD" not in panel.stage.caption
    panel.set({"GD": True})
    assert panel.runs[0][0] is rules.gd and "GD" in panel.stage.caption


def test_with_all_off_it_says_what_to_do(panel):
    panel.set({title_of(rule): False for rule in ALL})
    assert panel.stage.alert == "Switch on one rule at least."
    panel.reset()
    assert panel.error is None and len(panel.runs) == len(ALL)


def test_the_start_is_dragged_for_all(panel, drag):
    drag(panel, "landscape", 0.5, -0.25)
    assert {tuple(walked.theta[0]) for _, walked in panel.runs} == {(0.5, -0.25)}


def test_the_losses_are_read_and_the_arrow_is_at_the_first_path(panel, read):
    assert [*read(panel)] == [title_of(rule) for rule in ALL]
    for rule, walked in panel.runs:
        np.testing.assert_array_equal(read(panel)[title_of(rule)][:, 0], walked.loss)
    np.testing.assert_array_equal(panel.stage.arrow(), panel.runs[0][1].theta)


def test_all_lines_have_a_vertex_a_step_also_of_who_diverges(panel):
    panel.set({"eta": 5.0, "steps": 30})
    assert "diverged: GD at step" in panel.picture.sentence
    lengths = {len(line.get_xdata()) for name, line in panel.picture.lines.items()}
    assert lengths == {31, 1}


def test_a_student_s_rule_may_enter():
    def mine(theta, grad, memory, *, eta, haste=2.0):
        return theta - eta * haste * grad(theta), {}

    panel = race(rules.gd, mine, eta=0.0005)
    assert [*panel.controls] == ["eta", "haste", "steps", "x", "y", "GD", "mine"]
    assert "mine" in panel.picture.sentence


# ---- settings of their own ----


class Student:
    def step(self, theta, grad, memory, *, eta):
        return theta - eta * grad(theta), {}


def test_settings_of_their_own_and_one_factor_for_all():
    own = {rules.gd: {"eta": 0.001}, rules.momentum: {"eta": 0.002, "beta1": 0.8}}
    panel = race(*own, own=own, steps=20)
    assert not {"eta", "beta1"} & panel.controls.keys()
    panel.set({"every η, times": 0.5})
    walked = dict(panel.runs)[rules.momentum]
    assert walked.hyper == {"eta": 0.001, "beta1": 0.8}


def test_a_method_is_the_same_rule_each_time_it_is_named():
    student = Student()
    panel = race(rules.gd, student.step, own={student.step: {"eta": 0.5}}, steps=20)
    assert [walked.hyper["eta"] for _, walked in panel.runs] == [0.001, 0.5]


def test_a_rule_without_eta_runs_too_and_its_own_times_is_its_own():
    def no_eta(theta, grad, memory, *, times=1.0):
        return theta - 0.001 * times * grad(theta), {}

    alone = race(no_eta)
    mixed = race(no_eta, rules.gd, own={rules.gd: {"eta": 0.002}}, times=3.0)
    mixed.set({"every η, times": 0.5})
    assert alone.error is mixed.error is None
    assert [walked.hyper for _, walked in mixed.runs] == [{"times": 3.0}, {"eta": 0.001}]


def test_settings_of_its_own_that_it_cannot_have_are_one_sentence():
    for own, said in [
        ([1], r"^own= takes {rule: {name: number}}, with rules of this race\.$"),
        ({"gd": {}}, r"with rules of this race\.$"),
        ({rules.adam: {}}, r"with rules of this race\.$"),
        (
            {rules.gd: 0.001},
            r"^own= of GD, 0\.001: it takes {name: number}, and the names .* eta\.$",
        ),
        ({rules.gd: {"eta": "a"}}, r"^own= of GD, {'eta': 'a'}: it takes"),
        ({rules.gd: {"beta1": 0.9}}, r"the names of that rule are eta\.$"),
    ]:
        with pytest.raises(ArgumentError, match=said):
            race(rules.gd, rules.momentum, own=own)


def test_what_is_no_number_keeps_its_default_and_is_a_rule_s_own_matter():
    def soft(theta, grad, memory, *, eta, mode="soft", clip=None):
        assert clip is None
        return theta - eta * {"soft": 1, "hard": 2}[mode] * grad(theta), {}

    def clips(theta, grad, memory, *, eta, clip=0.5):
        return theta - eta * np.clip(grad(theta), -clip, clip), {}

    panel = race(soft, clips, steps=20)
    assert [*panel.controls][:2] == ["eta", "clip"] and "mode" not in panel.controls
    panel.set({"clip": 0.25})
    assert [walked.hyper for _, walked in panel.runs] == [
        {"eta": 0.001},
        {"eta": 0.001, "clip": 0.25},
    ]
    for given in ({"mode": "hard"}, {"own": {soft: {"mode": "hard"}}}):
        hard, _ = race(soft, clips, steps=20, **given).runs
        assert hard[1].hyper == {"eta": 0.001, "mode": "hard"}


# ---- names ----


def entry(body):
    def mine(theta, grad, memory, *, eta):
        return body(theta, grad, eta), {}

    return mine


def test_students_with_the_same_name_all_run_and_one_may_diverge():
    good, wild = (
        entry(lambda at, grad, eta: at - eta * grad(at)),
        entry(lambda at, grad, eta: at + 50 * grad(at)),
    )
    panel = race(good, wild, rules.gd, eta=0.001, steps=40)
    assert [rule for rule, _ in panel.runs] == panel.rules == [good, wild, rules.gd]
    assert [*panel.controls][-3:] == ["mine", "mine 2", "GD"]
    assert "diverged: mine 2 at step" in panel.picture.sentence and panel.stage.alert == ""
    first, _, gd = (walked.theta for _, walked in panel.runs)
    np.testing.assert_array_equal(first, gd)
    assert race(good, wild, own={wild: {"eta": 0.5}}).runs[1][1].hyper == {"eta": 0.5}
    panel.set({"mine 2": False})
    assert "mine 2" not in panel.picture.sentence


@dataclass
class Scaled:
    """Gradient descent times a factor: equal ones are equal, and none can be a key."""

    factor: float

    def __call__(self, theta, grad, memory, *, eta):
        return theta - eta * self.factor * grad(theta), {}


def test_rules_that_can_be_no_keys_race_even_if_they_are_equal():
    one, two, same = Scaled(1.0), Scaled(2.0), Scaled(1.0)
    panel = race(one, two, same, rules.gd, eta=0.001, steps=20)
    assert panel.error is None
    assert [*panel.controls][-4:] == ["Scaled", "Scaled 2", "Scaled 3", "GD"]
    paths = [walked.theta for _, walked in panel.runs]
    np.testing.assert_array_equal(paths[0], paths[3])
    np.testing.assert_array_equal(paths[0], paths[2])
    assert not np.array_equal(paths[0], paths[1])
    two.factor = 3.0
    panel.set({"Scaled": False, "eta": 0.002})
    assert panel.runs[0][0] is two and panel.error is None


def test_a_rule_may_be_called_as_a_control_is():
    def steps(theta, grad, memory, *, eta):
        return theta - eta * grad(theta), {}

    panel = race(steps, rules.gd, steps=20)
    panel.set({"steps": 10})
    assert len(panel.runs[0][1].loss) == 11 and panel.error is None


# ---- what goes wrong ----


@pytest.mark.parametrize("wrong", [(), (rules.gd, rules.gd), (3,)], ids=len)
def test_who_cannot_race_is_told_in_one_sentence(wrong):
    with pytest.raises(ArgumentError):
        race(*wrong)


def test_a_slider_that_no_rule_has_is_named():
    with pytest.raises(ArgumentError, match="beta1: no slider of this race"):
        race(rules.gd, beta1=0.9)


def test_a_broken_rule_is_named_in_a_sentence_and_the_others_go_on():
    broken = entry(lambda at, grad, eta: 1 / 0 if eta > 0.002 else None)
    panel = race(rules.gd, broken, rules.adam, eta=0.001, steps=20)
    assert [rule for rule, _ in panel.runs] == [rules.gd, rules.adam]
    assert panel.stage.alert.startswith("mine returned a theta of None")
    panel.set({"eta": 0.003})
    assert panel.stage.alert.startswith("mine raised ZeroDivisionError")
    assert panel.stage.alert == str(panel.error)
    assert dict(panel.runs)[rules.gd].hyper["eta"] == 0.003
    panel.set({"mine": False})
    assert panel.stage.alert == "" and panel.error is None


def test_of_two_with_the_same_name_it_is_said_which_is_broken():
    good, broken = entry(lambda at, grad, eta: at), entry(lambda at, grad, eta: None)
    panel = race(good, broken, steps=5)
    assert panel.stage.alert.startswith("mine 2: mine returned a theta of None")


def test_with_all_broken_the_first_is_blamed():
    broken = entry(lambda at, grad, eta: 1 / 0)
    with pytest.raises(Exception, match="mine raised ZeroDivisionError"):
        race(broken)


def test_an_interrupt_is_not_a_broken_rule():
    def interrupted(theta, grad, memory, *, eta):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        race(rules.gd, interrupted)

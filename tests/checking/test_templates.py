"""The templates do what the rules do, and only what is named in them."""

import numpy as np

from optim_lib import rules
from optim_lib.checking.check import check
from optim_lib.checking.templates import LINES, assembled, rewritten
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.runs.run import run


def test_the_templates_take_the_steps_of_the_rules():
    for right, lines in LINES.items():
        assert check(assembled(lines), right), right.__name__


def test_a_template_remembers_what_its_rule_remembers():
    names = {"eta": 0.1, "beta1": 0.9, "beta2": 0.9, "eps": 0.1, "lam": 0.1}
    theta = np.array([1.0, -2.0])
    for right, lines in LINES.items():
        hyper = {name: names[name] for name in right.__kwdefaults__ or {}} | {"eta": 0.1}
        ours = right(theta, rosenbrock.grad, {}, **hyper)
        made = assembled(lines)(theta, rosenbrock.grad, {}, **hyper)
        np.testing.assert_allclose(made[0], ours[0], rtol=1e-12)
        assert made[1].keys() == ours[1].keys(), right.__name__


def test_one_line_can_be_rewritten():
    plain = rewritten(v="g")(rules.momentum)
    steps = [run(rule, rosenbrock, steps=5, eta=1e-3).theta for rule in (plain, rules.gd)]
    np.testing.assert_array_equal(*steps)

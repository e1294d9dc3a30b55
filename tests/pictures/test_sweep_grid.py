"""The maps of several rules on one page."""

from types import SimpleNamespace

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.pictures import theme
from optim_lib.pictures.sweep_grid import sweep_grid
from optim_lib.runs.sweep import sweep
from optim_lib.text import ArgumentError, about


def shown(rule, **hyper):
    """What the panel's sweep() returns, as far as a page of maps wants to know."""
    return SimpleNamespace(swept=sweep(rule, rosenbrock, **hyper))


def test_one_small_map_a_rule_and_a_sentence(each_theme):
    theme.use(each_theme)
    etas = {"steps": 300, "target": 1.0, "eta": (1e-4, 10, 8)}
    maps = [shown(rules.momentum, beta1=(0, 0.9, 3), **etas), shown(rules.gd, **etas)]
    page = sweep_grid(*maps, shown(rules.adam, steps=1, target=1.0, eta=[0.1, 0.2]))
    best = f"≈ {about(maps[0].swept.typical.min())} steps"
    said = f"momentum {best}, GD seldom reached, Adam not reached."
    assert repr(page) == f"Steps until f < 1, at best (median of five neighbours): {said}"
    axes = page.figure().axes
    titles = [one.get_title(loc="left") for one in axes]
    assert titles[:3] == [f"momentum: {best}", "GD: seldom reached", "Adam: not reached"]
    assert len({one.images[0].norm for one in axes[:3]}) == 1  # one scale of colours


def ticks(axis):
    words = [label.get_text() for label in axis.get_ticklabels()]
    return [(at, said) for at, said in zip(axis.get_ticklocs(), words, strict=True)]


def test_the_axis_of_eta_has_its_ends_and_a_power_between():
    for eta, expected in (
        ((1e-5, 10, 7), [(0, "1e-5"), (3, "0.01"), (6, "10")]),
        ((0.02, 0.2, 3), [(0, "0.02"), (2, "0.2")]),
        ([10.0, 1.0, 0.1], [(0, "10"), (1, "1"), (2, "0.1")]),
    ):
        axes = sweep_grid(shown(rules.gd, steps=2, eta=eta)).figure().axes[0]
        assert [tick for tick in ticks(axes.xaxis) if tick[0] == int(tick[0])] == expected


def test_eta_goes_to_the_right_in_whatever_order_it_was_given():
    first, last = {"eta": (1e-4, 1e-2, 6)}, {"beta1": (0, 0.9, 4)}
    drawn = []
    for hyper in (first | last, last | first):
        page = sweep_grid(shown(rules.momentum, steps=300, target=1.0, **hyper))
        axes = page.figure().axes[0]
        assert axes.get_xlabel() == "η" and axes.get_ylabel() == "β₁"
        drawn.append((axes.images[0].get_array(), axes.lines[-1].get_xydata(), ticks(axes.yaxis)))
    assert np.ma.allequal(drawn[0][0], drawn[1][0]) and drawn[0][0].shape == (4, 6)
    assert drawn[0][2] == drawn[1][2]
    np.testing.assert_array_equal(drawn[0][1], drawn[1][1])


def test_a_target_that_the_start_has_reached_is_drawn_too():
    page = sweep_grid(shown(rules.gd, steps=5, target=1e3, eta=[1e-4, 1e-3]))
    assert page.figure().axes[0].images[0].get_array().tolist() == [[1, 1]]


@pytest.mark.parametrize(
    "maps, said",
    [
        (lambda: [], "one map or more"),
        (lambda: [rules.gd], "one map or more"),
        (lambda: [shown(rules.momentum, steps=2, eta=0.001, beta1=[0, 0.9])], "sweep over eta="),
        (lambda: [shown(rules.gd, steps=2, eta=[1, 2], target=t) for t in (1, 2)], "one target"),
    ],
)
def test_what_no_page_can_be_made_of_is_one_sentence(maps, said):
    with pytest.raises(ArgumentError, match=said):
        sweep_grid(*maps())

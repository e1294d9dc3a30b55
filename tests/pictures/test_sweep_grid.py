"""The maps of several rules on one page."""

import base64

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.panels.sweep import sweep
from optim_lib.pictures.sweep_grid import atlas
from optim_lib.text import ArgumentError, about


def test_one_small_map_a_rule_and_a_sentence():
    etas = {"steps": 300, "target": 1.0, "eta": (1e-4, 10, 8)}
    maps = [sweep(rules.momentum, beta1=(0, 0.9, 3), **etas), sweep(rules.gd, **etas)]
    page = atlas(*maps, sweep(rules.adam, steps=1, target=1.0, eta=[0.1, 0.2]))
    best = f"≈ {about(maps[0].swept.typical.min())} steps"
    said = f"momentum {best}, GD seldom reached, Adam not reached."
    assert repr(page) == f"Steps until f < 1, at best (median of five neighbours): {said}"
    bundle = page._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    titles = [axes.get_title(loc="left") for axes in page.figure().axes]
    assert titles[:3] == [f"momentum: {best}", "GD: seldom reached", "Adam: not reached"]


def ticks(axis):
    return list(
        zip(axis.get_ticklocs(), (t.get_text() for t in axis.get_ticklabels()), strict=True)
    )


@pytest.mark.parametrize(
    "eta, shown",
    [
        ((1e-5, 10, 7), [(0, "1e-5"), (3, "0.01"), (6, "10")]),
        ((0.02, 0.2, 3), [(0, "0.02"), (1, "0.0632"), (2, "0.2")][::2]),
        ([10.0, 1.0, 0.1], [(0, "10"), (1, "1"), (2, "0.1")]),
    ],
)
def test_the_axis_of_eta_tells_its_values(eta, shown):
    axes = atlas(sweep(rules.gd, steps=2, eta=eta)).figure().axes[0]
    assert [tick for tick in ticks(axes.xaxis) if tick[0] == int(tick[0])] == shown


def test_eta_goes_to_the_right_in_whatever_order_it_was_given():
    first, last = {"eta": (1e-4, 1e-2, 6)}, {"beta1": (0, 0.9, 4)}
    drawn = []
    for hyper in (first | last, last | first):
        shown = sweep(rules.momentum, steps=300, target=1.0, **hyper)
        axes = atlas(shown).figure().axes[0]
        assert axes.get_xlabel() == "η" and axes.get_ylabel() == "β₁"
        drawn.append((axes.images[0].get_array(), axes.lines[-1].get_xydata(), ticks(axes.yaxis)))
    assert np.ma.allequal(drawn[0][0], drawn[1][0]) and drawn[0][0].shape == (4, 6)
    assert drawn[0][2] == drawn[1][2]
    np.testing.assert_array_equal(drawn[0][1], drawn[1][1])


@pytest.mark.parametrize(
    "maps, said",
    [
        ([], "one map or more"),
        ([rules.gd], "one map or more"),
        ([sweep(rules.momentum, steps=2, eta=0.001, beta1=[0, 0.9])], "sweep each rule over eta="),
        ([sweep(rules.gd, steps=2, eta=[1, 2], target=target) for target in (1, 2)], "one target"),
    ],
)
def test_what_no_page_can_be_made_of_is_one_sentence(maps, said):
    with pytest.raises(ArgumentError, match=said):
        atlas(*maps)

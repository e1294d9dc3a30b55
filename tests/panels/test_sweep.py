"""The map of a sweep: three readers, cells that are clicked, theory's boundary."""

import base64

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import rosenbrock, valley
from optim_lib.panels import sweep as sweep_panel
from optim_lib.panels.sweep import sweep
from optim_lib.runs import sweep as sweep_run
from optim_lib.runs.describe import outcome
from optim_lib.runs.run import run
from optim_lib.runs.stability import largest_curvature, stable_below
from optim_lib.text import ArgumentError

AXES = {"eta": [0.01, 0.05, 0.1, 0.5], "beta1": [0.0, 0.5, 0.9]}
SAID = (
    "momentum, 12 settings of η × β₁, 200 steps on valley, κ = 25: 50% reach f < 1e-6, "
    "33% diverge or end no lower; "
    "best η = 0.1, β₁ = 0.5 in 23 steps. Here η = 0.1, β₁ = 0.5: loss 6.5 → "
)


@pytest.fixture
def bowl():
    shown = sweep(rules.momentum, on=valley(25), steps=200, **AXES)
    yield shown
    shown.explorer.close()


def test_three_readers(bowl):
    bundle = bowl._repr_mimebundle_()
    assert bundle["text/plain"].startswith(SAID)
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert repr(bowl) + " " == SAID[: SAID.index("Here")]


def pick(panel, column, line):
    """What the browser sends when this cell is clicked."""
    x, y = panel.picture.axes["map"].transData.transform((column, line))
    message = {"type": "pick", "x": x, "y": panel.picture.figure.bbox.height - y}
    panel._heard(panel.stage, message, [])


def test_a_click_moves_the_sliders_there_and_draws_its_path(bowl):
    panel = bowl.explorer
    pick(panel, 1.2, 1.9)
    assert (panel.controls["eta"].value, panel.controls["beta1"].value) == (0.05, 0.9)
    walked = run(rules.momentum, valley(25), steps=200, eta=0.05, beta1=0.9)
    np.testing.assert_array_equal(panel.run.theta, walked.theta)
    np.testing.assert_array_equal(panel.picture.lines["path"].get_xydata(), walked.theta)
    assert outcome(walked) in panel.stage.caption


def test_arrow_keys_go_from_cell_to_cell_and_stop_at_the_edge(bowl):
    panel = bowl.explorer
    for dx, dy, eta, beta1 in [(-1, 0, 0.05, 0.5), (0, 1, 0.05, 0.9), (0, 8, 0.05, 0.9)]:
        panel._heard(panel.stage, {"type": "step", "dx": dx, "dy": dy}, [])
        assert (panel.controls["eta"].value, panel.controls["beta1"].value) == (eta, beta1)


def test_sliders_reach_as_far_as_the_map():
    wide = sweep(rules.gd, on=valley(1), steps=5, eta=[1e-9, 50.0])
    pick(wide.explorer, 0, 0)
    assert wide.explorer.controls["eta"].value == 1e-9
    wide.explorer.close()


def test_fewer_or_more_steps_make_the_axis_shorter_or_longer(bowl):
    panel = bowl.explorer
    still = panel.stage.still
    panel.set({"steps": 30})
    assert panel.error is None and len(panel.picture.lines["path"].get_xdata()) == 31
    assert panel.stage.scales[0][-1][2] == "30" and panel.stage.still is still


def test_text_is_the_same_each_time():
    first, again = (repr(sweep(rules.adam, eta=(1e-4, 1), beta1=(0, 0.99))) for _ in "12")
    assert first == again


@pytest.mark.parametrize("by", ["steps", "loss"])
@pytest.mark.parametrize("eta", [[1e-9], [1e-9, 1e-8], [900.0, 999.0]])
def test_a_map_with_nothing_to_show_is_shown(by, eta):
    shown = sweep(rules.gd, steps=5, by=by, eta=eta)
    assert "0% reach" in shown._repr_mimebundle_()["text/plain"]
    shown.explorer.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "colour"},
        {"eta": 0.1},
        {"eta": (1, 2), "beta": 0.9},
        {"eta": (0, 1)},
        {"eta": (1, 2), "steps": -1},
        {"eta": (1, 2), "start": (1,)},
        {"eta": (1, 2), "on": Landscape("deep", lambda theta: (theta**2).sum(0), start=(1, 1, 1))},
    ],
    ids=lambda wrong: str(wrong)[:30],
)
def test_what_cannot_be_shown_is_one_sentence(wrong):
    with pytest.raises(ArgumentError):
        sweep(rules.gd, **wrong)


class Kernel:
    """A clock that we set, and what is displayed as time goes by: `seen`, (name, words)."""

    def __init__(self, monkeypatch):
        self.now, self.seen = 0.0, []
        monkeypatch.setattr(sweep_panel, "time", self)
        monkeypatch.setattr(sweep_panel, "get_ipython", lambda: self)
        monkeypatch.setattr(sweep_panel, "display", self.display)
        monkeypatch.setattr(sweep_run, "TELL_EVERY", -1)

    def monotonic(self):
        return self.now

    def display(self, bar, display_id):
        assert display_id is True
        self.seen.append(("shown", bar.max))
        bar.observe(lambda change: self.seen.append(("at", change.new)), "value")
        return self

    def update(self, data, raw):
        assert raw is True
        self.seen.append(("left", data))


@pytest.fixture
def kernel(monkeypatch):
    return Kernel(monkeypatch)


def stalling(kernel, seconds):
    """Gradient descent that takes seconds(step)."""

    def rule(theta, grad, memory, *, eta):
        kernel.now += seconds(memory.get("step", 0))
        return theta - eta * grad(theta), {"step": memory.get("step", 0) + 1}

    return rule


def test_a_long_sweep_tells_how_far_it_is_and_leaves_nothing_behind(kernel):
    sweep(stalling(kernel, lambda step: 1), steps=30, eta=[1e-3])
    assert kernel.seen[0] == ("shown", 30)
    assert kernel.seen[1:-1] == [("at", step) for step in range(3, 31)]
    assert kernel.seen[-1] == ("left", {"text/plain": ""})


@pytest.mark.parametrize(
    "seconds", [lambda step: 2 * (step == 1), lambda step: 0.5], ids=["stall", "short"]
)
def test_no_bar_for_a_short_sweep_nor_for_a_stall_of_the_machine(kernel, seconds):
    sweep(stalling(kernel, seconds), steps=30, eta=[1e-3])
    assert kernel.seen == []


@pytest.mark.parametrize("rule", [rules.gd, rules.momentum, rules.nesterov])
@pytest.mark.parametrize("beta1", [0.0, 0.5, 0.9])
def test_theory_s_limit_is_the_measured_one(rule, beta1):
    limit = float(stable_below(rule, valley(25), beta1))
    other = {} if rule is rules.gd else {"beta1": beta1}
    etas = [0.98 * limit, 1.02 * limit]
    shown = sweep(rule, on=valley(25), steps=1000, eta=etas, **other)
    assert shown.swept.worse.tolist() == [False, True]


def test_theory_is_silent_where_it_has_nothing_to_say():
    assert largest_curvature(valley(25)) == pytest.approx(25)
    assert stable_below(rules.gd, rosenbrock) is None
    assert stable_below(rules.adam, valley(25)) is None

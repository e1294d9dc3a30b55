"""The map of a sweep: three readers, cells that are clicked, a bar while it takes long."""

import base64

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import valley
from optim_lib.panels import sweep as sweep_panel
from optim_lib.panels.sweep import sweep
from optim_lib.runs import tally
from optim_lib.runs.describe import outcome
from optim_lib.runs.run import run
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


@pytest.fixture
def at(bowl):
    """at() -> (η, β₁) of the sliders."""
    return lambda: tuple(bowl.explorer.controls[name].value for name in AXES)


def test_three_readers(bowl, monkeypatch):
    monkeypatch.undo()
    bundle = bowl._repr_mimebundle_()
    assert bundle["text/plain"].startswith(SAID)
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert repr(bowl) + " " == SAID[: SAID.index("Here")]
    assert bowl.best == {"eta": 0.1, "beta1": 0.5} and bowl.swept.loss.shape == (3, 4)


@pytest.mark.parametrize("kind", ["pick", "drag"])
def test_a_click_moves_the_sliders_there_and_draws_its_path(bowl, at, drag, kind):
    panel = bowl.explorer
    drag(panel, "map", 1.2, 1.9, kind)
    assert at() == (0.05, 0.9)
    walked = run(rules.momentum, valley(25), steps=200, eta=0.05, beta1=0.9)
    np.testing.assert_array_equal(panel.run.theta, walked.theta)
    np.testing.assert_array_equal(panel.picture.lines["path"].get_xydata(), walked.theta)
    assert outcome(walked) in panel.stage.caption


def test_a_click_on_a_map_with_one_axis():
    shown = sweep(rules.gd, on=valley(25), steps=50, eta=[0.01, 0.05, 0.5])
    shown.explorer.jump(1.9, 0.3)
    assert shown.explorer.controls["eta"].value == 0.5
    shown.explorer.close()


def test_arrow_keys_go_from_cell_to_cell_and_stop_at_the_edge(bowl, at):
    for dx, dy, eta, beta1 in [(-1, 0, 0.05, 0.5), (0, 1, 0.05, 0.9), (0, 8, 0.05, 0.9)]:
        bowl.explorer.stage._handle_custom_msg({"type": "step", "dx": dx, "dy": dy}, [])
        assert at() == (eta, beta1)


def test_what_is_read_is_of_the_path(bowl, read):
    told, walked = read(bowl.explorer), bowl.explorer.run
    np.testing.assert_array_equal(told["θ ="], walked.theta)
    np.testing.assert_array_equal(told["loss"][:, 0], walked.loss)


def test_sliders_reach_as_far_as_the_map_and_the_others_stand_where_they_were_set():
    wide = sweep(rules.momentum, on=valley(1), steps=5, eta=[1e-9, 50.0], beta1=0.3)
    wide.explorer.jump(0, 0)
    assert wide.explorer.controls["eta"].value == 1e-9
    assert wide.explorer.run.hyper == {"eta": 1e-9, "beta1": 0.3}
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


def test_a_map_with_nothing_to_show_is_shown():
    for by in ("steps", "loss"):
        for eta in ([1e-9], [900.0, 999.0]):
            shown = sweep(rules.gd, steps=5, by=by, eta=eta)
            assert "0% reach" in shown._repr_mimebundle_()["text/plain"]
            shown.explorer.close()


def test_what_is_no_number_keeps_its_value():
    def odd(theta, grad, memory, *, eta, mode="soft", clip=None):
        assert clip is None
        return theta - eta * {"soft": 1, "hard": 2}[mode] * grad(theta), {}

    for given in ({}, {"mode": "hard"}):
        shown = sweep(odd, on=valley(25), steps=50, eta=[0.01, 0.05], **given)
        walked = run(odd, valley(25), steps=50, eta=0.05, **given)
        assert shown.swept.loss[1] == walked.loss[-1]
        assert [*shown.explorer.controls] == ["eta", "steps"]
        shown.explorer.jump(1, 0)
        np.testing.assert_array_equal(shown.explorer.run.theta, walked.theta)
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
        {"eta": (1, 2), "budget": "a"},
        {"eta": (1, 2), "target": "a"},
        {"eta": (1, 2, 20_000), "lam": (1, 2, 20_000)},
        {"eta": (1, 2), "on": Landscape("deep", lambda theta: (theta**2).sum(0), start=(1, 1, 1))},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
def test_what_cannot_be_shown_is_one_sentence(wrong):
    def decays(theta, grad, memory, *, eta, lam=0.0):
        return theta - eta * (grad(theta) + lam * theta), {}

    with pytest.raises(ArgumentError):
        sweep(decays, **wrong)


class Kernel:
    """A clock that we set, and what is displayed as time goes by: `seen`, (name, words)."""

    def __init__(self, monkeypatch):
        self.now, self.seen = 0.0, []
        monkeypatch.setattr(sweep_panel, "time", self)
        monkeypatch.setattr(sweep_panel, "get_ipython", lambda: self)
        monkeypatch.setattr(sweep_panel, "display", self.display)
        monkeypatch.setattr(tally, "TELL_EVERY", -1)

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


def test_a_long_sweep_tells_how_far_it_is_and_leaves_nothing_behind(kernel, widgets_made):
    sweep(stalling(kernel, lambda step: 1), steps=30, eta=[1e-3])
    assert kernel.seen[0] == ("shown", 30)
    assert kernel.seen[1:-1] == [("at", step) for step in range(3, 31)]
    assert kernel.seen[-1] == ("left", {"text/plain": ""})
    assert widgets_made() == 0


def test_no_bar_for_a_short_sweep_nor_for_a_stall_of_the_machine(kernel):
    for seconds in (lambda step: 2 * (step == 1), lambda step: 0.5):
        sweep(stalling(kernel, seconds), steps=30, eta=[1e-3])
        assert kernel.seen == []

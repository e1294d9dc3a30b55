"""Only what moves travels, and what the browser says is heard in the coordinates of the axes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

same = settings(derandomize=True, deadline=None, max_examples=40, database=None)


def test_frame_is_the_pixels_of_the_lines(scene):
    for vertices, line in zip(scene.drawn(), scene.lines.values(), strict=True):
        there = [0, 300] + scene.axes.transData.transform(line.get_xydata()) * [1, -1]
        np.testing.assert_allclose(vertices, there, rtol=0, atol=0.0501)


def test_tick_counts_what_is_shown(scene):
    assert scene.stage.tick == 1
    scene.stage.update("Two.")
    scene.stage.warn("Three!")
    scene.stage.restage(scene.figure, scene.lines, caption="Four.")
    assert scene.stage.tick == 4


def test_a_warning_leaves_the_picture_and_the_next_update_takes_it_away(scene):
    before = scene.stage.frame, scene.stage.still, scene.stage.caption
    scene.stage.warn("Mend it.")
    assert (scene.stage.frame, scene.stage.still, scene.stage.caption) == before
    assert scene.stage.alert == "Mend it."
    scene.stage.update("Two.")
    assert (scene.stage.caption, scene.stage.alert) == ("Two.", "")


def test_an_axis_that_widens_moves_its_numbers_and_leaves_the_still_picture(scene):
    still, scales = scene.stage.still, scene.stage.scales
    scene.stage.update("Two.")
    assert scene.stage.scales is scales
    scene.axes.set_xlim(0, 40)
    scene.stage.update("Three.")
    assert scene.stage.scales != scales and scene.stage.still is still
    assert [said for *_, said in scene.stage.scales[0]] == ["0", "10", "20", "30", "40"]


def test_the_scene_says_what_each_line_is_for(scene):
    roles = {"track": "path", "by_step": ["path"], "tail": None, "handle": "start", "grid": True}
    scene.stage.restage(scene.figure, scene.lines, **roles)
    assert scene.stage.scene.items() >= roles.items()


@same
@given(x=st.floats(0, 10), y=st.floats(0, 5), kind=st.sampled_from(["drag", "pick"]))
def test_a_point_arrives_in_data_coordinates_under_the_lock(loose, x, y, kind):
    heard = []
    loose.axes.set(yscale="linear", ylim=(0, 5))
    setattr(loose.stage, f"on_{kind}", lambda *at: heard.append((at, loose.stage.lock._is_owned())))
    left, up = loose.axes.transData.transform((x, y))
    loose.hears(type=kind, x=left, y=300 - up)
    assert heard == [(pytest.approx((x, y), abs=1e-9), True)]


def test_a_step_arrives_in_cells_under_the_lock(scene):
    heard = []
    scene.stage.on_step = lambda *step: heard.append((step, scene.stage.lock._is_owned()))
    scene.hears(type="step", dx=-8, dy=1)
    assert heard == [((-8, 1), True)]


def test_readout_is_a_table_of_the_named_numbers_and_the_tips(scene):
    columns, tips = np.arange(6.0).reshape(3, 2), np.array([[1.0, 1], [2, 2], [3, 3]])
    scene.stage.readout = lambda: [("θ =", columns), ("loss", columns[:, :1])]
    scene.stage.arrow = lambda: tips
    scene.hears(type="read")
    ((message, (table,)),) = scene.sent
    groups = [["θ =", 2], ["loss", 1]]
    assert message == {"tick": scene.stage.tick, "groups": groups}
    table = np.frombuffer(table).reshape(3, 5)
    np.testing.assert_array_equal(table[:, :3], np.column_stack([columns, columns[:, :1]]))
    upright = [0, 300] + scene.axes.transData.transform(tips) * [1, -1]
    np.testing.assert_allclose(table[:, 3:], upright)


def test_a_message_that_nobody_waits_for_is_let_by(scene):
    for kind in ("drag", "pick", "step", "read", "something else"):
        scene.hears(type=kind, x=1, y=1, dx=1, dy=1)
    assert not scene.sent

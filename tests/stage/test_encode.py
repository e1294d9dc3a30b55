"""Looks, places and bytes: finite, few, and where matplotlib would draw them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.patheffects import withStroke

from optim_lib.stage.encode import (
    FAR,
    count_in_powers,
    look_of,
    numbers_of,
    packed,
    pixels_of,
    power_of_ten,
    words_of,
)
from optim_lib.stage.raster import png

same = settings(derandomize=True, deadline=None, max_examples=40, database=None)
PIXEL = 100 / 72  # of a point, at 100 dots to an inch


def vertices_within(far):
    """Up to six, in whole tenths of a pixel."""
    tenths = st.integers(-10 * far, 10 * far)
    return st.integers(0, 6).flatmap(
        lambda n: arrays(np.int32, (n, 2), elements=tenths).map(lambda drawn: drawn / 10)
    )


@same
@pytest.mark.parametrize(("far", "size"), [(1000, 2), (100_000_000, 4)])
@given(data=st.data(), copies=st.integers(0, 4))
def test_packed_gives_back_every_vertex(unpacked, far, size, data, copies):
    lines = data.draw(st.lists(vertices_within(far), max_size=5))
    lines = [*lines, np.array([[far, -far]]), *lines[:copies]]
    spans, frame = packed(lines)
    for vertices, line in zip(unpacked(spans, frame), lines, strict=True):
        np.testing.assert_array_equal(vertices, line)
    columns = {until_it_stays(column) for line in lines for column in line.T}
    assert len(frame) == size * sum(map(len, columns))


def until_it_stays(column):
    numbers = column.tolist()
    while len(numbers) > 1 and numbers[-1] == numbers[-2]:
        numbers.pop()
    return tuple(numbers)


def test_packed_sends_an_equal_column_once_and_not_what_it_repeats():
    steps = np.arange(301.0)
    spans, frame = packed([np.column_stack([steps, steps + i]) for i in range(1, 5)])
    assert [span[1] for span in spans] == [0, 0, 0, 0] and len(frame) == 5 * 301 * 2
    _, frame = packed([np.column_stack([np.minimum(steps, 7), np.full(301, 3.0)])])
    assert len(frame) == 2 * (8 + 1)


@same
@given(
    vertices=arrays(np.float64, (4, 2), elements=st.floats(width=64)),
    scale=st.sampled_from(["linear", "log", "symlog"]),
)
def test_no_place_is_beyond_what_a_browser_can_draw(loose, vertices, scale):
    loose.axes.set(yscale=scale)
    loose.axes.set_ylim(1e-3, 5)
    loose.lines["path"].set_data(*vertices.T)
    loose.word.set_position(np.nan_to_num(vertices[0]))
    loose.stage.update("Two.")
    assert max(np.abs(line).max() for line in loose.drawn()) <= FAR
    assert np.isfinite(loose.stage.words[0][:2]).all()


def test_a_line_leaves_the_picture_in_its_own_direction(scene):
    scene.lines["path"].set_data([5, 1e12], [2.5, 1e12])
    (inside, outside), _ = pixels_of(scene.lines.values(), scene.figure)
    across, up = scene.axes.transData.transform([1e12, 1e12])
    x, y = outside - inside
    assert -y / x == pytest.approx(up / across, rel=1e-4) and abs(outside).max() == FAR


def test_words_are_where_matplotlib_sets_them(scene):
    ((x, y, said),) = words_of([scene.word], scene.figure)
    assert said == "word"
    assert (x, 300 - y) == pytest.approx(scene.axes.transData.transform((5, 4)), abs=0.06)


@pytest.mark.parametrize("along", [0, 1])
@pytest.mark.parametrize(
    "scale, ends",
    [("linear", (-3, 7.5)), ("linear", (7, -3)), ("log", (1e-9, 30)), ("symlog", (-50, 1e4))],
)
def test_numbers_of_an_axis_are_where_matplotlib_sets_them(scene, along, scale, ends):
    axis = (scene.axes.xaxis, scene.axes.yaxis)[along]
    scene.axes.set(**{f"{'xy'[along]}scale": scale, f"{'xy'[along]}lim": ends})
    if scale != "linear":
        count_in_powers(axis)
        assert not len(axis.get_minorticklocs())
    png(scene.figure)  # places the ticks
    low, high = scene.axes.bbox.get_points()[:, along]
    there = {}
    for tick in axis.get_major_ticks():
        at = scene.axes.transData.transform([tick.get_loc(), tick.get_loc()])[along]
        if low - 0.1 <= at <= high + 0.1:
            there[300 - at if along else at] = tick.label1.get_text()
    placed = numbers_of(axis)
    assert len(placed) > 2 and [said for *_, said in placed] == [*there.values()]
    assert {type(said) for *_, said in placed} == {str}  # and not one of NumPy's
    np.testing.assert_allclose([at[along] for at in placed], [*there], atol=0.06)
    np.testing.assert_allclose([at[1 - along] for at in placed], (270, 40)[along], atol=0.06)


@pytest.mark.parametrize(
    "value, said", [(0.001, "10⁻³"), (1, "10⁰"), (-100, "−10²"), (0, "0"), (1e15, "10¹⁵")]
)
def test_powers_of_ten_are_written_in_letters(value, said):
    assert power_of_ten(value) == said


def test_look_of_a_line(scene):
    path, start = look_of(scene.figure, scene.lines, [], [])["lines"]
    assert (path["name"], path["color"], path["clip"]) == ("path", "#ff0000", 0)
    drawn = {"data-line": "path", "stroke": "#ff0000", "stroke-width": pytest.approx(3 * PIXEL)}
    dashes = pytest.approx([3.7 * 3 * PIXEL, 1.6 * 3 * PIXEL])
    assert path["path"] == drawn | {"stroke-dasharray": dashes}
    size = pytest.approx(6 * PIXEL)
    assert path["dots"] == {"stroke": "#ff0000", "stroke-width": size, "stroke-linecap": "round"}
    assert (start["path"]["fill"], start["radius"]) == ("#ffffff", pytest.approx(3 * PIXEL))
    assert start["dots"] is None and "stroke-dasharray" not in start["path"]


def test_look_of_words_and_of_an_axis(scene):
    scene.word.set(ha="right", va="top", weight="bold", size=9, color="#123456")
    other = scene.axes.text(1, 1, "it", path_effects=[withStroke(linewidth=4)])
    look = look_of(scene.figure, {}, [scene.word, other], [scene.axes.xaxis, scene.axes.yaxis])
    assert look["words"][0] == {
        "class": "",
        "fill": "#123456",
        "font-size": pytest.approx(9 * PIXEL),
        "font-weight": "bold",
        "text-anchor": "end",
        "dominant-baseline": "hanging",
    }
    assert look["words"][1]["class"] == "optim-halo"
    below, beside = [scale["tick"] for scale in look["scales"]]
    assert below[0] == beside[1] == 0 and below[1] == -beside[0] > 0


def test_clips_are_the_axes_from_the_top(scene):
    look = look_of(scene.figure, {}, [], [])
    assert look["clips"] == [pytest.approx([40, 30, 320, 240])]
    assert look["size"] == [400, 300] and look["unit"] == 1

"""Only the moving lines travel: in pixels, finite, in few bytes; the still picture has none."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.figure import Figure
from PIL import Image

from optim_lib import rules
from optim_lib.panels.explore import explore
from optim_lib.stage import raster
from optim_lib.stage.encode import FAR, packed
from optim_lib.stage.raster import SHARPNESS, png, still_png
from optim_lib.stage.ticks import power_of_ten
from optim_lib.stage.widget import Stage

settings.register_profile("same", derandomize=True, deadline=None, max_examples=40, database=None)
same = settings.get_profile("same")

LIMIT = 12_000  # bytes of an update
HALF = 0.0501  # pixels: half of a tenth


class Scene:
    """A figure with two moving lines, a still one and a moving word, and its Stage."""

    def __init__(self):
        self.figure = Figure(figsize=(4, 3), dpi=100)
        self.axes = self.figure.add_axes((0.1, 0.1, 0.8, 0.8))
        self.axes.set(xlim=(0, 10), ylim=(0, 5))
        self.axes.plot([0, 10], [5, 0], color="#00FF00")
        (path,) = self.axes.plot([0, 1, 2], [1, 2, 4], color="#FF0000", marker="o", ls="--", lw=3)
        (start,) = self.axes.plot([0], [1], color="#FF0000", marker="s", ls="")
        self.lines, self.word = {"path": path, "start": start}, self.axes.text(5, 4, "word")
        self.moving = [path, start, self.word]
        self.stage = Stage(
            self.figure, self.lines, texts=[self.word], track="path", handle="start", caption="One."
        )
        self.sent = []
        self.stage.send = lambda message, buffers=None: self.sent.append((message, buffers))

    def says(self, **message):
        self.stage._handle_custom_msg(message, [])


@pytest.fixture
def scene():
    return Scene()


def unpacked(spans, frame):
    """As stage.js does it."""
    count = max((max(x + of_x, y + of_y) for _, x, of_x, y, of_y in spans), default=0)
    tenths = np.frombuffer(frame, np.int16 if len(frame) == 2 * count else np.int32) / 10

    def column(n, start, moving):
        return tenths[start + np.minimum(np.arange(n), moving - 1)]

    return [
        np.stack([column(n, x, of_x), column(n, y, of_y)], axis=1) for n, x, of_x, y, of_y in spans
    ]


def pixels(line, figure):
    """Where matplotlib draws the vertices, counted from the top left."""
    x, y = line.axes.transData.transform(line.get_xydata()).T
    return np.stack([x, figure.bbox.height - y], axis=1)


def image(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def red(data):
    """How many pixels are more red than anything else."""
    r, g, b = np.moveaxis(image(data), -1, 0)
    return int(((r > 150) & (g < 120) & (b < 120)).sum())


def test_frame_is_the_pixels_of_the_lines(scene):
    drawn = unpacked(scene.stage.spans, scene.stage.frame)
    for vertices, line in zip(drawn, scene.lines.values(), strict=True):
        np.testing.assert_allclose(vertices, pixels(line, scene.figure), rtol=0, atol=HALF)


@pytest.mark.parametrize("rule", [rules.momentum, rules.nesterov, rules.adam])
def test_frame_of_a_panel_is_the_pixels_of_its_lines_and_small(rule):
    panel = explore(rule, before=rules.gd, steps=300)
    assert len(panel.stage.frame) <= LIMIT
    assert len(repr([panel.stage.spans, panel.stage.words, panel.stage.caption])) <= 3000
    drawn = unpacked(panel.stage.spans, panel.stage.frame)
    lines, figure = panel.picture.lines.values(), panel.picture.figure
    for vertices, line in zip(drawn, lines, strict=True):
        there = pixels(line, figure)
        near = np.abs(there).max(axis=1) < FAR
        np.testing.assert_allclose(vertices[near], there[near], rtol=0, atol=HALF)
    for (x, y, said), text in zip(panel.stage.words, panel.picture.texts, strict=True):
        at = text.get_transform().transform(text.get_position())
        assert said == text.get_text()
        assert (x, figure.bbox.height - y) == pytest.approx(at, abs=0.06)


def vertices_within(far):
    """Up to six, in whole tenths of a pixel."""
    tenths = st.integers(-10 * far, 10 * far)
    return st.integers(0, 6).flatmap(
        lambda n: arrays(np.int32, (n, 2), elements=tenths).map(lambda drawn: drawn / 10)
    )


@same
@pytest.mark.parametrize(("far", "size"), [(1000, 2), (100_000_000, 4)])
@given(st.data(), st.integers(0, 4))
def test_packed_gives_back_every_vertex(far, size, data, copies):
    lines = data.draw(st.lists(vertices_within(far), max_size=5))
    lines = [*lines, np.array([[far, -far]]), *lines[:copies]]
    spans, frame = packed(lines)
    assert len(spans) == len(lines)
    for vertices, line in zip(unpacked(spans, frame), lines, strict=True):
        np.testing.assert_array_equal(vertices, line)
    columns = {until_it_stays(column) for line in lines for column in line.T}
    assert len(frame) == size * sum(map(len, columns))


def until_it_stays(column):
    numbers = column.tolist()
    while len(numbers) > 1 and numbers[-1] == numbers[-2]:
        numbers.pop()
    return tuple(numbers)


def test_packed_sends_an_equal_column_once():
    steps, n = np.arange(301.0), 301
    spans, frame = packed([np.column_stack([steps, steps + i]) for i in range(1, 5)])
    assert [span[1] for span in spans] == [0, 0, 0, 0] and len(frame) == 5 * n * 2


def test_packed_does_not_repeat_where_a_line_stays():
    there = np.column_stack([np.minimum(np.arange(301.0), 7), np.full(301, 3.0)])
    spans, frame = packed([there])
    assert len(frame) == 2 * (8 + 1)
    np.testing.assert_array_equal(unpacked(spans, frame)[0], there)


@same
@given(
    arrays(np.float64, (4, 2), elements=st.floats(width=64)),
    st.sampled_from(["linear", "log", "symlog"]),
)
def test_no_vertex_is_beyond_what_a_browser_can_draw(vertices, scale):
    LOOSE.axes.set(yscale=scale)
    LOOSE.axes.set_ylim(1e-3, 5)
    LOOSE.lines["path"].set_data(*vertices.T)
    LOOSE.word.set_position(np.nan_to_num(vertices[0]))
    LOOSE.stage.update("Two.")
    for drawn in unpacked(LOOSE.stage.spans, LOOSE.stage.frame):
        assert np.abs(drawn).max() <= FAR
    assert np.isfinite(LOOSE.stage.words[0][:2]).all()


LOOSE = Scene()


def test_a_line_leaves_the_picture_in_its_own_direction(scene):
    scene.lines["path"].set_data([5, 1e12], [2.5, 1e12])
    scene.stage.update("Two.")
    inside, outside = unpacked(scene.stage.spans, scene.stage.frame)[0]
    across, up = scene.axes.transData.transform([1e12, 1e12])
    x, y = outside - inside
    assert -y / x == pytest.approx(up / across, rel=1e-4) and abs(outside).max() == FAR


def test_still_picture_is_without_what_moves(scene):
    assert red(png(scene.figure)) > 0
    assert red(scene.stage.still) == 0
    for artist in scene.moving:
        artist.remove()
    np.testing.assert_array_equal(image(scene.stage.still), image(png(scene.figure, SHARPNESS)))


def test_still_picture_of_a_panel_has_the_still_things_only():
    panel = explore(rules.momentum, before=rules.gd, steps=20)
    moving = [*panel.picture.lines.values(), *panel.picture.texts, *panel.picture.scales]
    for artist in moving:
        artist.set_visible(False)
    assert png(panel.picture.figure, SHARPNESS) == panel.stage.still


@pytest.mark.parametrize("steps, eta", [(40, 0.001), (700, 1e-6), (3, 5.0)])
def test_the_numbers_of_the_axes_are_where_matplotlib_sets_them(steps, eta):
    panel = explore(rules.adam, steps=40)
    panel.set({"steps": steps, "eta": eta})
    figure = panel.picture.figure
    png(figure)
    assert len(panel.stage.scales) == len(panel.stage.scene["scales"]) == 4
    for placed, axis in zip(panel.stage.scales, panel.picture.scales, strict=True):
        along = "xy".index(axis.axis_name)
        low, high = axis.axes.bbox.get_points()[:, along]
        ticks = [(tick.get_loc(), tick.label1.get_text()) for tick in axis.get_major_ticks()]
        there = {}
        for loc, said in ticks:
            at = axis.axes.transData.transform([loc, loc])[along]
            if low - 0.1 <= at <= high + 0.1:
                there[at if along == 0 else figure.bbox.height - at] = said
        spine = axis.axes.bbox.x0 if along else figure.bbox.height - axis.axes.bbox.y0
        assert len(placed) > 1
        assert [said for *_, said in placed] == [*there.values()]
        np.testing.assert_allclose([at[along] for at in placed], [*there], atol=0.06)
        np.testing.assert_allclose([at[1 - along] for at in placed], spine, atol=0.06)


def test_an_axis_that_widens_moves_its_numbers_and_leaves_the_still_picture():
    panel = explore(rules.momentum, before=rules.gd, steps=20)
    still, scales = panel.stage.still, panel.stage.scales
    panel.set({"eta": 0.0012})
    assert panel.stage.scales is scales
    panel.set({"steps": 300})
    assert panel.stage.scales != scales and panel.stage.still is still
    assert [said for *_, said in panel.stage.scales[2]][-1] == "300"


@pytest.mark.parametrize(
    "value, said", [(0.001, "10⁻³"), (1, "10⁰"), (-100, "−10²"), (0, "0"), (1e15, "10¹⁵")]
)
def test_powers_of_ten_are_written_in_letters(value, said):
    assert power_of_ten(value) == said


def test_what_moves_is_visible_again(scene):
    still_png(scene.figure, scene.moving)
    assert all(artist.get_visible() for artist in scene.moving)


def test_what_moves_is_visible_again_after_an_exception(scene, monkeypatch):
    def breaks(*_):
        raise OSError("no space left")

    monkeypatch.setattr(raster, "png", breaks)
    with pytest.raises(OSError):
        still_png(scene.figure, scene.moving)
    assert all(artist.get_visible() for artist in scene.moving)


@pytest.mark.parametrize("sharpness", [1, 1.5, 2])
def test_png_has_the_size_of_the_figure(scene, sharpness):
    height, width, _ = image(png(scene.figure, sharpness)).shape
    assert (width, height) == tuple(scene.figure.bbox.size * sharpness)


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


def test_style_of_a_line(scene):
    style = scene.stage.scene["lines"][0]
    pixel = 100 / 72
    assert (style["name"], style["color"], style["clip"]) == ("path", "#ff0000", 0)
    assert style["width"] == pytest.approx(3 * pixel)
    assert style["dash"] == pytest.approx([3.7 * 3 * pixel, 1.6 * 3 * pixel])
    assert style["cap"] == "round" and style["marker"] == pytest.approx(6 * pixel)


def test_only_words_with_a_halo_in_the_picture_have_one_on_screen():
    picture = explore(rules.momentum).picture
    stage = Stage(picture.figure, picture.lines, texts=picture.texts)
    haloed = [style["halo"] for style in stage.scene["words"]]
    assert [text.get_text() for text, halo in zip(picture.texts, haloed, strict=True) if halo] == [
        "start: drag me"
    ]


def test_clips_are_the_axes_from_the_top(scene):
    assert scene.stage.scene["clips"] == [pytest.approx([40, 30, 320, 240])]


@same
@given(st.floats(0, 10), st.floats(0, 5))
def test_drag_arrives_in_data_coordinates(x, y):
    scene, dragged = LOOSE, []
    scene.axes.set(yscale="linear", ylim=(0, 5))
    scene.stage.on_drag = lambda *at: dragged.append(at)
    left, up = scene.axes.transData.transform((x, y))
    scene.says(type="drag", x=left, y=scene.figure.bbox.height - up)
    assert dragged == [pytest.approx((x, y), abs=1e-9)]


def test_readout_is_a_table_of_the_named_numbers_and_the_tips(scene):
    columns, tips = np.arange(6.0).reshape(3, 2), np.array([[1.0, 1], [2, 2], [3, 3]])
    scene.stage.readout = lambda: [("θ =", columns), ("loss", columns[:, :1])]
    scene.stage.arrow = lambda: tips
    scene.says(type="read")
    ((message, (table,)),) = scene.sent
    groups = [["θ =", 2], ["loss", 1]]
    assert message == {"type": "readout", "tick": scene.stage.tick, "groups": groups}
    table = np.frombuffer(table).reshape(3, 5)
    np.testing.assert_array_equal(table[:, :3], np.column_stack([columns, columns[:, :1]]))
    upright = scene.axes.transData.transform(tips) * [1, -1] + [0, scene.figure.bbox.height]
    np.testing.assert_allclose(table[:, 3:], upright)


@pytest.mark.parametrize("kind", ["drag", "read", "something else"])
def test_a_message_that_nobody_waits_for_is_let_by(scene, kind):
    scene.says(type=kind, x=1, y=1)
    assert not scene.sent

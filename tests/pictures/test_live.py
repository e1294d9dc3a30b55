"""What the three live pictures have in common: a scene for the Stage, a headline, labels apart."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.pictures.explore import ExplorePicture
from optim_lib.pictures.race import RacePicture
from optim_lib.pictures.sweep import SweepPicture
from optim_lib.pictures.theme import DESK
from optim_lib.stage.raster import png
from optim_lib.stage.widget import Stage


@pytest.fixture(scope="module", params=["explore", "race", "sweep"])
def walks(request, explored, raced, swept):
    """(a picture, what it shows, the same with other numbers, what it cannot show)"""
    if request.param == "explore":
        other = explored(rules.momentum, start=(0.5, 0.5), steps=30)
        kinds = explored(rules.momentum), other, explored(rules.nesterov)
        return ExplorePicture, *kinds
    if request.param == "race":
        pair = rules.gd, rules.adam
        return RacePicture, raced(*pair), raced(*pair, eta=5.0, steps=30), raced(rules.gd)
    axes = {"steps": 40, "eta": [1e-4, 1e-3, 1e-2]}
    first = swept(rules.gd, **axes)
    other = type(first)(first.sweep, "steps", swept(rules.gd, **axes, at=(0,)).run, {"eta": 1e-4})
    return SweepPicture, first, other, type(first)(first.sweep, "loss", first.run, first.hyper)


def test_the_scene_is_what_a_stage_takes(walks):
    make, walked, _, _ = walks
    picture = make(walked, DESK)
    scene = picture.scene()
    Stage(**scene).close()
    assert scene["figure"] is picture.figure and scene["caption"] == picture.sentence
    assert {scene["track"], scene["handle"], *scene["by_step"]} <= {*scene["lines"]}
    lengths = {len(scene["lines"][name].get_xdata()) for name in scene["by_step"]}
    steps = 41  # vertices; a line of jumps has two for each
    assert steps in lengths and lengths <= {steps, 2 * steps}
    assert scene.get("grid", False) is (make is SweepPicture)


def test_show_moves_the_same_lines_and_words(walks):
    make, walked, other, unlike = walks
    picture = make(walked, DESK)
    lines, texts, first = dict(picture.lines), [*picture.texts], picture.sentence
    assert picture.fits(other) and not picture.fits(unlike)
    picture.show(other)
    assert picture.lines == lines and picture.texts == texts
    assert picture.sentence == picture.headline.get_text().replace("\n", " ") != first
    fresh = make(other, DESK)
    for name, line in picture.lines.items():
        np.testing.assert_array_equal(line.get_xydata(), fresh.lines[name].get_xydata())
    assert picture.sentence == fresh.sentence


def test_nothing_lies_outside_the_picture_and_no_axes_overlap(walks, each_theme, texts_of):
    make, walked, other, _ = walks
    picture = make(walked, each_theme)
    picture.show(other)
    picture.set_sentence("momentum, η = 0.001, β₁ = 0.9: " * 5)
    box = picture.figure.bbox.padded(1)
    outside = [text for text, _, at in texts_of(picture.figure) if not box.contains(*at.max)]
    assert outside == []
    axes = [*picture.axes.values()]
    assert not [(a, b) for a in axes for b in axes if a is not b and a.bbox.overlaps(b.bbox)]


def test_the_star_of_the_minimum_and_the_ring_of_the_handle_are_drawn(walks):
    make, walked, _, _ = walks
    picture = make(walked, DESK)
    stars = [line for line in picture.axes["landscape"].lines if line.get_marker() == "*"]
    assert [line.get_xydata().tolist() for line in stars] == [[[1.0, 1.0]]]
    ring = picture.lines[picture.handle]
    assert ring.get_marker() == "o" and len(ring.get_xdata()) == 1
    assert png(picture.figure).startswith(b"\x89PNG")

"""The still picture: what does not move, in the size and on the paper of the figure."""

import numpy as np
import pytest

from optim_lib.stage import raster
from optim_lib.stage.raster import SHARPNESS, png, still_png


def test_still_picture_is_without_what_moves(scene, image):
    with_all, still = image(png(scene.figure, SHARPNESS)), image(scene.stage.still)
    for artist in [*scene.moving, scene.axes.xaxis]:
        artist.set_visible(False)
    np.testing.assert_array_equal(still, image(png(scene.figure, SHARPNESS)))
    assert (still != with_all).any()


def test_what_moves_is_visible_again_even_after_an_exception(scene, monkeypatch):
    still_png(scene.figure, scene.moving)
    assert all(artist.get_visible() for artist in scene.moving)

    def breaks(*_):
        raise OSError("no space left")

    monkeypatch.setattr(raster, "png", breaks)
    with pytest.raises(OSError):
        still_png(scene.figure, scene.moving)
    assert all(artist.get_visible() for artist in scene.moving)


@pytest.mark.parametrize("sharpness", [1, 1.5, 2])
def test_png_has_the_size_of_the_figure_and_its_very_paper(scene, image, sharpness):
    scene.figure.text(0.5, 0.5, "many colours", color="#FCFBF0", size=60)
    drawn = image(png(scene.figure, sharpness))
    assert drawn.shape == (300 * sharpness, 400 * sharpness, 3)
    assert drawn[0, 0].tolist() == [0xFC, 0xFB, 0xF7]

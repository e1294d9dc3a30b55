"""The picture of a power: its slope, its sentence, its image."""

import base64

import numpy as np
import pytest

from optim_lib.pictures.power_law import power_law

SIZES = 2.0 ** np.arange(9)


@pytest.mark.parametrize("power", [-1, -0.5, 2])
def test_slope_is_the_power(power):
    assert power_law(SIZES, 3 * SIZES**power, "B", "variance").slope == pytest.approx(power)


def test_sentence_says_the_ends_and_the_slope():
    said = repr(power_law(SIZES, 12.8 / SIZES, "B", "variance"))
    assert said == "variance: 12.8 → 0.05 as B = 1 → 256; slope −1.00 on log axes"


def test_picture_shows_the_points_and_the_line():
    shown = power_law(SIZES, 12.8 / SIZES, "B", "variance")
    line, points = shown.figure().axes[0].lines
    np.testing.assert_allclose(line.get_ydata(), points.get_ydata())
    assert base64.b64decode(shown._repr_mimebundle_()["image/png"]).startswith(b"\x89PNG")

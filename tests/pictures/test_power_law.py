"""The picture of a power: its slope, its sentence, its image."""

import base64

import numpy as np
import pytest

from optim_lib.pictures.power_law import power_law

SIZES = 2.0 ** np.arange(9)


@pytest.mark.parametrize("power", [-1, -0.5, 2])
def test_slope_is_the_power_and_the_line_goes_through_the_points(power):
    shown = power_law(SIZES, 3 * SIZES**power, "B", "variance")
    assert shown.slope == pytest.approx(power)
    line, points = shown.figure().axes[0].lines
    np.testing.assert_allclose(line.get_ydata(), points.get_ydata())


def test_sentence_says_the_ends_and_the_slope():
    shown = power_law(SIZES, 12.8 / SIZES, "B", "variance")
    assert repr(shown) == "variance: 12.8 → 0.05 as B = 1 → 256; slope −1.00 on log axes"
    assert base64.b64decode(shown._repr_mimebundle_()["image/png"]).startswith(b"\x89PNG")
    assert shown.figure().axes[0].get_title(loc="left") == "variance:  slope −1.00"

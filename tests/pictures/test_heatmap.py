"""Cells of a map: where numbers are among them, and what is striped."""

import numpy as np
import pytest

from optim_lib.pictures.heatmap import draw_cells, log_norm, place
from optim_lib.pictures.theme import DESK


def test_place_counts_cells_in_whatever_order_the_values_are():
    assert place(0.5, np.array([0.1, 0.5, 0.9])) == pytest.approx(1)
    assert place(0.3, np.array([0.9, 0.5, 0.1])) == pytest.approx(1.5)
    assert np.isnan(place(2.0, np.array([0.9, 0.1]), outside=np.nan))


def test_the_ends_of_the_scale_are_apart():
    for values in ([np.nan], [3.0], [3.0, np.nan, 30.0]):
        norm = log_norm(np.array(values))
        assert 0 < norm.vmin < norm.vmax


@pytest.mark.parametrize("shape", [(3, 4), (1, 4)])
def test_cells_that_got_worse_are_striped(shape):
    axes, worse = DESK.figure((300, 200)).add_subplot(), np.zeros(shape, bool)
    draw_cells(axes, np.ones(shape), worse, log_norm(np.ones(shape)))
    assert not axes.collections
    worse[:, 2:] = True
    draw_cells(axes, np.ones(shape), worse, log_norm(np.ones(shape)))
    (stripes,) = axes.collections
    assert stripes.hatches == ["////"]
    (path,) = stripes.get_paths()
    assert path.vertices[:, 0].min() == pytest.approx(1.5)

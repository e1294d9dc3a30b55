"""Where a slider can stop."""

import numpy as np

from optim_lib.panels.grids import GRIDS
from optim_lib.text import setting


def test_betas_are_fine_near_one_and_weight_decay_can_be_exactly_zero():
    for name in ("beta1", "beta2"):
        assert {0, 0.5, 0.9, 0.99, 0.999, 0.9999} <= {*GRIDS[name]}
    assert GRIDS["lam"][:2] == [0, 1e-5]


def test_stops_rise_and_are_written_shortly_and_each_otherwise():
    for name, stops in GRIDS.items():
        assert (np.diff(stops) > 0).all(), name
        written = [setting(stop) for stop in stops]
        assert max(map(len, written)) <= 7 and len({*written}) == len(stops), name

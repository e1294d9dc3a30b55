"""A move of the fullest panel sends so little that a poor line keeps up."""

from optim_lib import rules
from optim_lib.panels.explore import explore

LIMIT = 12_000  # bytes


def test_an_update_is_small():
    stage = explore(rules.adam, before=rules.rmsprop, steps=300).stage
    assert len(stage.frame) <= LIMIT
    assert len(repr([stage.spans, stage.words, stage.caption])) <= LIMIT / 4

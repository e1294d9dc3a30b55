"""The ladder on one page: forgetting curves side by side, as picture and as one sentence."""

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.pictures.forgetting import LADDER, forgetting, half_forgotten, ladder


def last_one(theta, grad, memory, *, eta):
    g = grad(theta)
    return theta - eta * (g + memory.get("last", 0.0)), {"last": g}


@pytest.mark.parametrize(
    "rule, halves",
    [
        (rules.gd, {}),
        (last_one, {"last": 1}),
        (rules.momentum, {"v": 7}),
        (rules.adagrad, {"s": None}),
        (rules.rmsprop, {"s": 693}),
        (rules.adam, {"m": 7, "s": 693}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_steps_until_half_is_forgotten(rule, halves):
    shares = forgetting(rule, 1000)
    assert {slot: half_forgotten(share) for slot, share in shares.items()} == halves
    assert all(share[0] == 1 for share in shares.values())


def test_all_rules_of_the_course_have_a_picture_and_the_sentence_says_what_they_keep():
    page = ladder()
    titles = [axes.get_title(loc="left") for axes in page.figure.axes]
    assert len(titles) == len(LADDER) and titles[0] == "GD" and titles[-1] == "AdamW"
    assert "GD: nothing; SGD: nothing; momentum: v has forgotten half after 7" in repr(page)
    assert "AdaGrad: s forgets nothing" in repr(page)


def test_a_rule_that_forgets_nothing_within_the_steps_shown_is_not_said_to_forget():
    assert "RMSProp: s keeps more than half for 49 steps" in repr(ladder(rules.rmsprop, steps=50))


def test_words_do_not_meet_in_the_picture_of_adam():
    figure = ladder(rules.adam).figure
    figure.draw_without_rendering()
    first, second = (text.get_window_extent() for text in figure.axes[0].texts)
    assert not first.overlaps(second)
    assert np.isfinite([first.x0, second.x0]).all()

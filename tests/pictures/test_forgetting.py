"""The ladder on one page: forgetting curves side by side, as picture and as one sentence."""

import pytest

from optim_lib import rules
from optim_lib.pictures.forgetting import forgetting, half_forgotten, shares_left
from optim_lib.runs.impulse import impulse


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
        (rules.adam, {"m": 7, "s": 693}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_steps_until_half_is_forgotten(rule, halves):
    shares = shares_left(impulse(rule, 1000))
    assert {slot: half_forgotten(share) for slot, share in shares.items()} == halves
    assert all(share[0] == 1 for share in shares.values())


def test_all_rules_of_the_course_have_a_picture_and_the_sentence_says_what_they_keep():
    page = forgetting()
    titles = [axes.get_title(loc="left") for axes in page.figure().axes]
    assert len(titles) == len(rules.LADDER) and titles[0] == "GD" and titles[-1] == "AdamW"
    assert "GD: nothing; SGD: nothing; momentum: v has forgotten half after 7" in repr(page)
    assert "AdaGrad: s forgets nothing" in repr(page)


def test_a_rule_is_not_said_to_forget_what_it_keeps_to_the_end_and_one_step_is_no_steps():
    said = repr(forgetting(rules.rmsprop, last_one, steps=50))
    assert "RMSProp: s keeps more than half for 49 steps" in said
    assert "last_one: last has forgotten half after 1 step." in said


def test_words_do_not_meet_in_the_picture_of_adam():
    figure = forgetting(rules.adam).figure()
    figure.draw_without_rendering()
    first, second = (text.get_window_extent() for text in figure.axes[0].texts)
    assert not first.overlaps(second)

"""The picture of a race: a path and a loss for each label, whatever the rule is."""

import numpy as np

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.pictures.race import Raced, RacePicture, summary
from optim_lib.pictures.theme import DESK
from optim_lib.runs.run import run
from optim_lib.text import number


class Unhashable:
    """A rule that no dict can have as a key."""

    __hash__ = None

    def __call__(self, theta, grad, memory, *, eta):
        return theta - eta * grad(theta), {}


def test_each_has_its_path_and_its_loss_under_its_label(raced):
    walked = raced(("mine", rules.gd), ("mine 2", Unhashable()), ("Adam", rules.adam))
    picture = RacePicture(walked, DESK)
    for label, _, ran in walked.entries:
        np.testing.assert_array_equal(picture.lines[f"path of {label}"].get_xydata(), ran.theta)
        np.testing.assert_array_equal(picture.lines[f"loss of {label}"].get_ydata(), ran.loss)
    assert [t.get_text() for t in picture.texts[1:]] == ["mine", "mine 2", "Adam"]
    assert picture.by_step[0] == "path of mine" and picture.fits(walked)


def test_another_label_or_another_rule_needs_a_new_picture(raced):
    picture = RacePicture(raced(("mine", rules.gd)), DESK)
    assert picture.fits(raced(("mine", rules.gd), eta=0.0005))
    assert not picture.fits(raced(("mine 2", rules.gd)))
    assert not picture.fits(raced(("mine", rules.sgd)))


def test_lines_have_the_colour_of_the_rule_and_differ_in_their_dashes(raced):
    lines = RacePicture(raced(rules.gd, rules.adam, rules.adam_l2), DESK).lines
    assert lines["path of GD"].get_color() == lines["loss of GD"].get_color() == "#666C78"
    assert lines["path of Adam"].get_color() == lines["path of Adam + L2"].get_color()
    dashes = [lines[f"loss of {title}"].get_linestyle() for title in ("GD", "Adam", "Adam + L2")]
    assert len({*dashes}) == 3


def test_labels_stay_in_the_axes_also_of_those_that_leave_them(raced, each_theme):
    everyone = rules.gd, rules.momentum, rules.nesterov, rules.adam, rules.rmsprop
    picture = RacePicture(raced(*everyone, eta=5.0), each_theme)
    heights = np.sort([label.get_position()[1] for label in picture.texts[1:]])
    assert heights[0] >= 0 and heights[-1] <= 1 and (np.diff(heights) > 0).all()


def test_sentence_has_the_best_first_and_names_those_that_diverged():
    def said(**etas):
        runs = {
            rule: run(getattr(rules, rule), rosenbrock, steps=20, eta=e) for rule, e in etas.items()
        }
        return summary(Raced(rosenbrock, [(rule, None, ran) for rule, ran in runs.items()])), runs

    both, runs = said(gd=1e-5, adam=0.1)
    losses = {rule: number(ran.loss[-1]) for rule, ran in runs.items()}
    assert both == f"20 steps on Rosenbrock: loss adam {losses['adam']}, gd {losses['gd']}."
    mixed, runs = said(gd=5.0, adam=0.1)
    gone = f"diverged: gd at step {runs['gd'].diverged_at}."
    assert mixed == f"20 steps on Rosenbrock: loss adam {losses['adam']}; {gone}"
    assert said(gd=5.0)[0] == f"20 steps on Rosenbrock: {gone}"


def test_one_step_is_no_steps(raced):
    assert summary(raced(rules.gd, steps=1)).startswith("1 step on Rosenbrock: loss GD ")

"""A question whose answer is shown once somebody has bet."""

import pytest

from optim_lib.panels.predict import predict
from optim_lib.text import ArgumentError

QUESTION = "Is f(x) < 1?", ["yes", "no & never"], "no & never", "It is f = 3."


def buttons_of(asked):
    return asked.panel.children[1].children


def test_the_first_choice_counts_and_shows_the_answer():
    asked = predict(*QUESTION)
    assert asked.choice is None and asked.panel.children[2].value == ""
    yes, no = buttons_of(asked)
    yes.click()
    asked.choose("no & never")
    assert asked.choice == "yes"
    said = asked.panel.children[2].value
    assert "<b>no &amp; never.</b> You said: yes. It is f = 3." in said and 'role="status"' in said
    assert (yes.description, no.description) == ("✗ yes", "✓ no & never")
    assert yes.disabled and no.disabled


def test_who_was_right_is_told_so():
    asked = predict(*QUESTION)
    buttons_of(asked)[1].click()
    assert "<b>no &amp; never.</b> You said so. It is f = 3." in asked.panel.children[2].value
    assert [button.description for button in buttons_of(asked)] == ["yes", "✓ no & never"]


def test_without_a_kernel_it_is_a_question_with_a_folded_answer():
    asked = predict(*QUESTION)
    bundle = asked._repr_mimebundle_()
    assert bundle["text/plain"] == repr(asked) == "Your bet: Is f(x) < 1?  [yes | no & never]"
    question, answer = bundle["text/html"].split("<details><summary>The answer</summary>")
    assert question.endswith("<b>Your bet:</b> Is f(x) &lt; 1?<br>yes · no &amp; never")
    assert answer == "<b>no &amp; never.</b> It is f = 3.</details></div>"
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_braces_in_a_question_are_braces():
    asked = predict("Is {v} empty?", ["{}", "{0}"], "{}", "{v: 0}")
    asked.choose("{0}")
    assert "{}.</b> You said: {0}. {v: 0}" in asked.panel.children[2].value


def test_the_answer_must_be_one_of_the_options():
    with pytest.raises(ArgumentError, match="The answer, 'maybe', must be one of the options: yes"):
        predict("?", ["yes", "no"], "maybe", "")

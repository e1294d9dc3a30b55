"""Predict, then see: a question whose answer is shown only once somebody has bet on one."""

from html import escape

import ipywidgets as widgets

from optim_lib.stage.cells import replace_older
from optim_lib.text import ArgumentError, say

BUTTON = {"width": "auto", "height": "auto", "min_width": "110px"}
LARGE = '<div style="font-size:1.15em;line-height:1.5;max-width:52em">{html}</div>'
NO_ANSWER = "The answer, {answer}, must be one of the options: {options}."
ASKED = "<b>Your bet:</b> {question}"
WON = "<b>{answer}.</b> You said so. {why}"
LOST = "<b>{answer}.</b> You said: {choice}. {why}"
FOLDED = (
    "<b>Your bet:</b> {question}<br>{options}"
    "<details><summary>The answer</summary><b>{answer}.</b> {why}</details>"
)


def predict(question, options, answer, why):
    """A question with its options. The first choice is recorded; then the answer is shown, and why.

    Without a kernel it is a question with a folded answer. Raises ArgumentError if the answer is
    not one of the options.
    """
    if answer not in options:
        raise ArgumentError(NO_ANSWER, answer=repr(answer), options=", ".join(options))
    return Prediction(question, options, answer, why)


class Prediction:
    """What predict() returns. `choice` is what was bet on, or None; `panel` is the widget."""

    def __init__(self, question, options, answer, why):
        self.question, self.options, self.answer, self.why = question, options, answer, why
        self.choice = None
        self._buttons = [widgets.Button(description=o, layout=BUTTON) for o in options]
        for button in self._buttons:
            button.on_click(lambda pressed: self.choose(pressed.description))
        asked = widgets.HTML(self._in_html(ASKED))
        buttons = widgets.HBox(self._buttons, layout={"flex_flow": "row wrap"})
        self._said = widgets.HTML()
        self.panel = widgets.VBox([asked, buttons, self._said])
        replace_older(self.panel)

    def choose(self, option):
        """Record the bet, and show the answer. A second bet changes nothing."""
        if self.choice is not None:
            return
        self.choice = option
        for button in self._buttons:
            button.disabled = True
            if button.description in (option, self.answer):
                mark = "✓" if button.description == self.answer else "✗"
                button.description = f"{mark} {button.description}"
        said = self._in_html(WON if option == self.answer else LOST)
        self._said.value = f'<div role="status">{said}</div>'

    def _in_html(self, template):
        words = {"question": self.question, "answer": self.answer, "why": self.why}
        words |= {"options": " · ".join(self.options), "choice": str(self.choice)}
        said = say(template, **{name: escape(word) for name, word in words.items()})
        return LARGE.format(html=said)

    def _repr_mimebundle_(self, **_):
        said = {"text/plain": repr(self), "text/html": self._in_html(FOLDED)}
        return self.panel._repr_mimebundle_() | said

    def __repr__(self):
        options = " | ".join(self.options)
        return say("Your bet: {question}  [{options}]", question=self.question, options=options)

"""Predict, then see: a question whose answer is shown only once somebody has bet on one."""

from html import escape

import ipywidgets as widgets

from optim_lib.stage.cells import replace_older


def predict(question, options, answer, why):
    """A question with its options. The first choice is recorded; then the answer is shown, and why.

    Without a kernel it is a question with a folded answer. Raises ValueError if the answer is not
    one of the options.
    """
    if answer not in options:
        raise ValueError(
            f"The answer, {answer!r}, must be one of the options: {', '.join(options)}."
        )
    return Prediction(question, options, answer, why)


class Prediction:
    """What predict() returns. `choice` is what was bet on, or None; `panel` is the widget."""

    def __init__(self, question, options, answer, why):
        self.question, self.options, self.answer, self.why = question, options, answer, why
        self.choice = None
        self._buttons = [widgets.Button(description=o, layout=BUTTON) for o in options]
        for button in self._buttons:
            button.on_click(lambda pressed: self.choose(pressed.description))
        self._said = widgets.HTML()
        asked = widgets.HTML(_large(f"<b>Your bet:</b> {escape(question)}"))
        buttons = widgets.HBox(self._buttons, layout={"flex_flow": "row wrap"})
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
        won = "You said so." if option == self.answer else f"You said: {escape(option)}."
        answer = f"<b>{escape(self.answer)}.</b> {won} {escape(self.why)}"
        self._said.value = f'<div role="status">{_large(answer)}</div>'

    def _repr_mimebundle_(self, **_):
        return self.panel._repr_mimebundle_() | {
            "text/plain": repr(self),
            "text/html": self._folded(),
        }

    def __repr__(self):
        return f"Your bet: {self.question}  [{' | '.join(self.options)}]"

    def _folded(self):
        options = " · ".join(map(escape, self.options))
        return _large(
            f"<b>Your bet:</b> {escape(self.question)}<br>{options}"
            f"<details><summary>The answer</summary><b>{escape(self.answer)}.</b> "
            f"{escape(self.why)}</details>"
        )


BUTTON = {"width": "auto", "height": "auto", "min_width": "110px"}


def _large(html):
    return f'<div style="font-size:1.15em;line-height:1.5;max-width:52em">{html}</div>'

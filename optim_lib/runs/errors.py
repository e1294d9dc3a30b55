"""What can be wrong with a student's rule, one class each: a sentence that says what to mend."""


class OneSentence(Exception):
    """An error that a notebook shows as its one sentence, with no traceback."""

    def _render_traceback_(self):
        return [f"{type(self).__name__}: {self}"]


class PanelError(OneSentence):
    """A panel that cannot be made of what it was handed."""


class RuleError(OneSentence):
    """A rule that cannot be run."""


class NotAPair(RuleError):
    """The rule did not return (theta, memory)."""


class WrongShape(RuleError):
    """The new theta is not an array of theta's shape."""


class WrongMemory(RuleError):
    """The memory is not a dict of numbers that keep their shapes."""


class RaisedAnError(RuleError):
    """The rule itself raised an exception."""


class OutOfTime(RuleError):
    """The rule was still running when its time budget was spent."""


class NotANumber(RuleError):
    """The rule turned finite numbers into NaN."""

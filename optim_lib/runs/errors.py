"""What can be wrong with a student's rule, one class each: a sentence that says what to mend."""

from optim_lib.text import OneSentence


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


class NeverReturned(OutOfTime):
    """It was, and in one and the same step."""


class NotANumber(RuleError):
    """The rule turned finite numbers into NaN."""


class LandscapeError(OneSentence):
    """The landscape raised an exception, did not come back, or returned what is no loss."""


class TimeIsUp(BaseException):
    """Raised in code whose time is up. Not an Exception, so `except Exception` lets it by."""

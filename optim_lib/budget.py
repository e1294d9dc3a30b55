"""Stop Python code that runs too long, in whichever thread it runs."""

import ctypes
import math
import threading
import time
from contextlib import contextmanager


class TimeIsUp(BaseException):
    """Raised in code whose budget is spent. Not an Exception, so `except Exception` lets it by."""


@contextmanager
def time_budget(seconds):
    """Raise TimeIsUp inside the block after so many seconds.

    A signal would reach only the main thread, and widget callbacks run in another. A call that
    never returns to Python, such as a long time.sleep, is stopped only once it has returned.
    """
    budget = _Budget(seconds)
    WATCHER.open(budget)
    try:
        yield
    except TimeIsUp:
        budget.sent = False
        raise
    finally:
        WATCHER.close(budget)
        if budget.sent:
            _meet_what_was_sent()


class _Budget:
    def __init__(self, seconds):
        self.thread, self.ends = threading.get_ident(), time.monotonic() + seconds
        self.sent = False


class _Watcher:
    """One thread that watches all budgets.

    A thread for each would have to be started and waited for in the middle of every walk, which on
    a busy machine takes longer than the walk.
    """

    def __init__(self):
        self.bell = threading.Condition()  # held to look at the budgets; rung to look sooner
        self.budgets, self.wakes, self.thread = set(), math.inf, None

    def open(self, budget):
        with self.bell:
            self.budgets.add(budget)
            if self.thread is None:
                self.thread = threading.Thread(target=self._watch, daemon=True)
                self.thread.start()
            elif budget.ends < self.wakes:
                self.bell.notify()

    def close(self, budget):
        with self.bell:
            self.budgets.discard(budget)

    def _watch(self):
        with self.bell:
            while True:
                now = time.monotonic()
                for budget in [b for b in self.budgets if b.ends <= now]:
                    self.budgets.discard(budget)
                    budget.sent = True
                    _raise_in(budget.thread, TimeIsUp)
                self.wakes = min((b.ends for b in self.budgets), default=math.inf)
                self.bell.wait(None if self.wakes == math.inf else self.wakes - now)


WATCHER = _Watcher()


def _raise_in(thread, exception):
    """Raise the exception in a thread, at its next line of Python."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(exception))


def _meet_what_was_sent():
    """Let an exception that was sent as the block ended arrive here, not in whatever comes next."""
    for _ in range(100):
        pass

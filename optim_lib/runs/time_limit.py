"""Stop Python code that runs too long, in whichever thread it runs."""

import ctypes
import math
import sys
import threading
import time
from contextlib import contextmanager

AGAIN = 0.002  # seconds until TimeIsUp is raised again in code that has caught it


class TimeIsUp(BaseException):
    """Raised in code whose budget is spent. Not an Exception, so `except Exception` lets it by."""


@contextmanager
def time_budget(seconds):
    """Raise TimeIsUp inside the block after so many seconds.

    Where a bare `except:` catches it, it is raised again and again, until it meets the code outside
    of that. A signal would reach only the main thread, and widget callbacks run in another. A call
    that never returns to Python, such as a long time.sleep, is stopped only once it has returned.
    """
    budget = _Budget(seconds, sys._getframe(2))
    try:
        WATCHER.open(budget)
        yield
    finally:
        while budget.frame:
            try:
                WATCHER.close(budget)
            except TimeIsUp:  # raised once more, just as the block was left
                continue


class _Budget:
    """frame   of the function whose block it is; None once that is left"""

    def __init__(self, seconds, frame):
        self.thread, self.ends = threading.get_ident(), time.monotonic() + seconds
        self.frame, self.was_raised = frame, False

    def end(self):
        """Raise TimeIsUp. False if the function has been left, and that can only be noted late."""
        frame = sys._current_frames().get(self.thread)
        while frame not in (None, self.frame):
            frame = frame.f_back
        if frame:
            self.was_raised, self.ends = True, time.monotonic() + AGAIN
            _raise_in(self.thread, TimeIsUp)
        return frame is not None


class _Watcher:
    """One thread that watches all budgets.

    A thread for each would have to be started and waited for in the middle of every walk, which on
    a busy machine takes longer than the walk.
    """

    def __init__(self):
        # The lock itself: Condition's own `with` might be left, by a TimeIsUp, with the lock held.
        self.lock = threading.RLock()  # held to look at the budgets
        self.bell = threading.Condition(self.lock)  # rung to look sooner
        self.budgets, self.wakes, self.thread = set(), math.inf, None

    def open(self, budget):
        with self.lock:
            self.budgets.add(budget)
            if self.thread is None:
                self.thread = threading.Thread(target=self._watch, daemon=True)
                self.thread.start()
            elif budget.ends < self.wakes:
                self.bell.notify()

    def close(self, budget):
        """Nothing is raised any more; what was sent, but has not arrived, is taken back."""
        with self.lock:
            self.budgets.discard(budget)
            if budget.was_raised:
                _raise_in(budget.thread, None)
            budget.frame = None

    def _watch(self):
        with self.lock:
            while True:
                now = time.monotonic()
                for budget in [b for b in self.budgets if b.ends <= now]:
                    if not budget.end():
                        self.budgets.discard(budget)
                self.wakes = min((b.ends for b in self.budgets), default=math.inf)
                self.bell.wait(None if self.wakes == math.inf else self.wakes - now)


def _without_time_is_up(report):
    """A finalizer may swallow it, but Python need not report that: it is raised again."""
    return lambda lost: None if lost.exc_type is TimeIsUp else report(lost)


WATCHER = _Watcher()
sys.unraisablehook = _without_time_is_up(sys.unraisablehook)


def _raise_in(thread, exception):
    """Raise the exception in a thread, at its next line of Python; None takes back the last one."""
    what = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)

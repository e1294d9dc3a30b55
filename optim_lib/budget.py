"""Stop Python code that runs too long, in whichever thread it runs."""

import ctypes
import threading
from contextlib import contextmanager


class TimeIsUp(BaseException):
    """Raised inside code whose budget is spent. Not an Exception, so `except Exception` lets it by."""


@contextmanager
def time_budget(seconds):
    """Raise TimeIsUp inside the block after so many seconds.

    A signal would reach only the main thread, and widget callbacks run in another. A call that
    never returns to Python, such as a long time.sleep, is stopped only once it has returned.
    """
    worker, done = threading.get_ident(), threading.Event()

    def watch():
        if not done.wait(seconds):
            _raise_in(worker, TimeIsUp)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        _raise_in(worker, None)


def _raise_in(thread, exception):
    """Set, or with None clear, the exception that a thread meets at its next line of Python."""
    target = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), target)

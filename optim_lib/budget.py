"""Stop Python code that runs too long, in whichever thread it runs."""

import ctypes
import threading
from contextlib import contextmanager


class TimeIsUp(BaseException):
    """Raised in code whose budget is spent. Not an Exception, so `except Exception` lets it by."""


@contextmanager
def time_budget(seconds):
    """Raise TimeIsUp inside the block after so many seconds.

    A signal would reach only the main thread, and widget callbacks run in another. A call that
    never returns to Python, such as a long time.sleep, is stopped only once it has returned.
    """
    worker, done, sent = threading.get_ident(), threading.Event(), threading.Event()

    def watch():
        if not done.wait(seconds):
            sent.set()
            _raise_in(worker, TimeIsUp)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except TimeIsUp:
        sent.clear()
        raise
    finally:
        done.set()
        watcher.join()
        if sent.is_set():
            _meet_what_was_sent()


def _raise_in(thread, exception):
    """Raise the exception in a thread, at its next line of Python."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(exception))


def _meet_what_was_sent():
    """Let an exception that was sent as the block ended arrive here, not in whatever comes next."""
    for _ in range(100):
        pass

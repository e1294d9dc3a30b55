"""The time limit where Python has no `sys.monitoring`: up to 3.11. It goes when 3.11 goes.

A thread waits for the end, and has Python raise TimeIsUp in the late thread wherever that is. Code
that catches it is traced from then on: after each of its lines TimeIsUp is raised again, until the
call is left.

Never stopped: what runs in C. A debugger that traces the late code is put back afterwards, and
misses what the code did once its time was up.
"""

import ctypes
import math
import sys
import threading
import time
from functools import partial

from optim_lib.runs.errors import TimeIsUp

AGAIN = 0.002  # seconds until TimeIsUp is raised again
LATE = {}  # {thread: the Call in it in which TimeIsUp was raised}


class Caught(TimeIsUp):
    """What the thread raises. Python makes an instance of it only where code catches it."""

    def __init__(self):
        call = LATE.get(threading.get_ident())
        if call and not call.tracer:
            call.trace()


class Call:
    """A call that may be stopped, in this thread, from this frame on."""

    def __init__(self, ends, frame):
        self.ends, self.frame, self.thread = ends, frame, threading.get_ident()
        self.tracer, self.tracer_before = None, sys.gettrace()

    def stop(self):
        """Raise TimeIsUp in it, if it has not been left."""
        frame = sys._current_frames().get(self.thread)
        while frame not in (None, self.frame):
            frame = frame.f_back
        if frame:
            LATE[self.thread] = self
            _raise_in(self.thread, TimeIsUp if self.tracer else Caught)
        return frame is not None

    def trace(self):
        self.tracer = partial(_raise_and_ignore, self.thread, TimeIsUp)
        frame = sys._getframe(2)
        while frame not in (None, self.frame):
            frame.f_trace, frame = self.tracer, frame.f_back
        sys.settrace(self.tracer)

    def end(self):
        """Nothing is raised any more; what was sent, but has not arrived, is taken back."""
        if LATE.get(self.thread) is self:
            _raise_in(self.thread, None)
            del LATE[self.thread]
        self.frame = None


class Watcher:
    """One thread that watches all calls."""

    def __init__(self):
        # The lock itself: Condition's own `with` might be left, by a TimeIsUp, with the lock held.
        self.lock = threading.RLock()
        self.bell = threading.Condition(self.lock)  # rung to look sooner
        self.calls, self.wakes, self.thread = set(), math.inf, None
        sys.unraisablehook = _without_time_is_up(sys.unraisablehook)

    def watch(self, codes):
        with self.lock:
            if self.thread is None:
                self.thread = threading.Thread(target=self._watch, daemon=True)
                self.thread.start()

    def leave(self, codes):
        pass

    def call(self, ends, function, *args, **kwargs):
        call = Call(ends, sys._getframe())
        try:
            with self.lock:
                self.calls.add(call)
                if ends < self.wakes:
                    self.bell.notify()
            return function(*args, **kwargs)
        except ctypes.ArgumentError:  # from the tracer, where no recursion was left for it
            raise TimeIsUp from None
        finally:
            while call.frame:
                try:
                    sys.settrace(call.tracer_before)  # or each function called here would be late
                    with self.lock:
                        self.calls.discard(call)
                        call.end()
                except TimeIsUp:  # raised once more, just as the call was left
                    continue

    def _watch(self):
        with self.lock:
            while True:
                now = time.monotonic()
                for call in [call for call in self.calls if call.ends <= now]:
                    call.ends = now + AGAIN
                    if not call.stop():
                        self.calls.discard(call)
                self.wakes = min((call.ends for call in self.calls), default=math.inf)
                self.bell.wait(None if self.wakes == math.inf else self.wakes - now)


def _raise_in(thread, exception):
    """Raise the exception in a thread, as soon as it runs; None takes back the last one."""
    what = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)


# The same as a tracer, which is called with (frame, event, value) besides. A tracer in Python would
# meet the exception itself, and a tracer that raises is never called again.
_raise_and_ignore = ctypes.PYFUNCTYPE(None, ctypes.c_ulong, *4 * [ctypes.py_object])(
    ("PyThreadState_SetAsyncExc", ctypes.pythonapi)
)


def _without_time_is_up(report):
    """A finalizer may swallow it, but Python need not report that: it is raised again."""
    return lambda lost: None if issubclass(lost.exc_type, TimeIsUp) else report(lost)

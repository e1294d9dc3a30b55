"""The time limit where Python has no `sys.monitoring`: up to 3.11. It goes when 3.11 goes.

A thread waits for the end, and has Python raise TimeIsUp in the late thread wherever that is. Code
that catches it is traced from then on: after each of its lines TimeIsUp is raised again, until the
call is left.

Never stopped: what runs in C, and runaway recursion that catches its errors. A debugger that traces
the late code is put back afterwards, and misses what the code did once its time was up.
"""

import ctypes
import math
import sys
import threading
import time
from contextlib import suppress
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
        self.tracer, self.tracer_before, self.was_late = None, sys.gettrace(), False

    def stop(self):
        """Raise TimeIsUp in it, if it has not been left."""
        runs = self._frames(sys._current_frames().get(self.thread))
        if runs:
            LATE[self.thread], self.was_late = self, True
            _raise_in(self.thread, TimeIsUp if self.tracer else Caught)
        return bool(runs)

    def trace(self):
        """From now on, raise TimeIsUp after each line, as long as the call has not been left."""
        late = self._frames(sys._getframe(2))[:-1]
        if late:
            self.tracer = partial(_raise_and_ignore, self.thread, TimeIsUp)
            sys.settrace(self.tracer)
        for frame in late:
            frame.f_trace = self.tracer

    def _frames(self, frame):
        """The frames from this one down to the call's own; none if that has been left."""
        frames = [frame]
        while frames[-1] not in (None, self.frame):
            frames.append(frames[-1].f_back)
        return frames if frames[-1] else []

    def end(self):
        """Nothing is raised any more. What was sent, but has not arrived, is replaced and met here:
        if it were only taken back, Python 3.11 would hang at the next function that is traced."""
        self.frame = None
        if self.was_late:
            LATE.pop(self.thread, None)
            with suppress(TimeIsUp):
                _raise_in(self.thread, TimeIsUp)


class Watcher:
    """One thread that watches all calls."""

    def __init__(self):
        # The lock itself: Condition's own `with` might be left, by a TimeIsUp, with the lock held.
        self.lock = threading.RLock()
        self.bell = threading.Condition(self.lock)  # rung to look sooner
        self.calls, self.wakes, self.thread = set(), math.inf, None

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
                    if call.was_late:
                        sys.settrace(None)  # or each function called here would be late too
                    with self.lock:
                        self.calls.discard(call)
                        call.end()
                except TimeIsUp:  # raised once more, just as the call was left
                    continue
            if call.was_late:
                sys.settrace(call.tracer_before)

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
    """Raise the exception in a thread, as soon as it runs."""
    what = ctypes.py_object(exception)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)


# The same as a tracer, which is called with (frame, event, value) besides. A tracer in Python would
# meet the exception itself, and a tracer that raises is never called again.
_raise_and_ignore = ctypes.PYFUNCTYPE(None, ctypes.c_ulong, *4 * [ctypes.py_object])(
    ("PyThreadState_SetAsyncExc", ctypes.pythonapi)
)

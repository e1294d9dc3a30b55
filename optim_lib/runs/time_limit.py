"""Stop Python code that runs too long, in whichever thread it runs.

The author's own functions are watched by `sys.monitoring`, and nothing else is: where one of them
begins, or jumps back in a loop, the clock is read, and once the time is up TimeIsUp is raised right
there. Code that catches everything meets it again at its next jump, so it ends too. What runs in
C, such as 10**10**8 or one long time.sleep, can be stopped only once it has come back.

Source: PEP 669. Python 3.11 has no monitoring: there time_limit_311.py takes over.
"""

import math
import signal
import sys
import threading
import time
from functools import cache

from optim_lib.runs.errors import TimeIsUp
from optim_lib.runs.own_code import own_code
from optim_lib.runs.time_limit_311 import Watcher

FREE_TOOLS = (4, 3, 5)  # the others are for debuggers, coverage and profilers


class TimeLimit:
    """Seconds that some calls may take together, from the `with` on. One may serve many calls.

        with TimeLimit(2.0, rule) as limit:
            limit.call(rule, theta, grad, {}, eta=0.1)

    functions  those that may be stopped, with all they call that is the same author's
    """

    def __init__(self, seconds, *functions):
        self.seconds, self.functions, self.ends = seconds, functions, math.inf

    def __enter__(self):
        self.codes = own_code(*self.functions)
        stopper().watch(self.codes)
        self.interrupted, self.on_interrupt = False, None
        if self.codes and threading.current_thread() is threading.main_thread():
            self.on_interrupt = signal.getsignal(signal.SIGINT)
        if callable(self.on_interrupt):
            signal.signal(signal.SIGINT, self._interrupt)
        self.ends = time.monotonic() + self.seconds
        return self

    def __exit__(self, kind, *_):
        if callable(self.on_interrupt):
            signal.signal(signal.SIGINT, self.on_interrupt)
        stopper().leave(self.codes)
        if self.interrupted and kind is not KeyboardInterrupt:
            raise KeyboardInterrupt  # which the code has caught

    def _interrupt(self, *where):
        self.interrupted, self.ends = True, -math.inf
        return self.on_interrupt(*where)

    def is_over(self):
        return time.monotonic() > self.ends

    def call(self, function, *args, **kwargs):
        """What the function returns. Raises TimeIsUp inside it, once the time is up."""
        if not self.codes:  # all of it is the course's own, and comes back
            return function(*args, **kwargs)
        return stopper().call(self.ends, function, *args, **kwargs)


@cache
def stopper():
    """Python's monitoring, or, where there is none or it has no place left, a watcher thread."""
    for tool in FREE_TOOLS if hasattr(sys, "monitoring") else ():
        if sys.monitoring.get_tool(tool) is None:
            return Monitor(tool)
    return Watcher()


class Here(threading.local):
    """When the time of this thread is up."""

    ends = math.inf


HERE = Here()


def stop_if_late(*_):
    if time.monotonic() > HERE.ends:
        raise TimeIsUp


class Monitor:
    """watchers {code: how many limits watch it}: events are switched on for these codes only."""

    def __init__(self, tool):
        self.tool, self.watchers, self.lock = tool, {}, threading.Lock()
        events = sys.monitoring.events
        self.events = events.PY_START | events.JUMP
        sys.monitoring.use_tool_id(tool, "optim_lib")
        for event in (events.PY_START, events.JUMP):
            sys.monitoring.register_callback(tool, event, stop_if_late)

    def watch(self, codes):
        with self.lock:
            for code in codes:
                self.watchers[code] = self.watchers.get(code, 0) + 1
                if self.watchers[code] == 1:
                    sys.monitoring.set_local_events(self.tool, code, self.events)

    def leave(self, codes):
        with self.lock:
            for code in codes:
                self.watchers[code] -= 1
                if not self.watchers[code]:
                    del self.watchers[code]
                    sys.monitoring.set_local_events(self.tool, code, 0)

    def call(self, ends, function, *args, **kwargs):
        outer, HERE.ends = HERE.ends, min(ends, HERE.ends)
        try:
            return function(*args, **kwargs)
        finally:
            HERE.ends = outer

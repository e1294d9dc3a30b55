"""While a rule is checked nobody sees what it prints or warns of: it is called a hundred times."""

import io
import sys
import warnings
from contextlib import ExitStack, contextmanager
from threading import Lock, get_ident

import numpy as np

SILENT = []  # the thread of every check that is running
LOCK, FILTERS = Lock(), ExitStack()


class Nowhere(io.TextIOBase):
    def write(self, text):
        return len(text)


class StandIn:
    """In place of sys.stdout or sys.stderr: for a thread that checks a rule it leads nowhere."""

    nowhere = Nowhere()

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        return getattr(self.nowhere if get_ident() in SILENT else self.stream, name)


@contextmanager
def silence():
    """This thread prints nothing, others print as ever, and afterwards all is as it was before."""
    with LOCK:
        before = sys.stdout, sys.stderr
        streams = [one if isinstance(one, StandIn) else StandIn(one) for one in before]
        sys.stdout, sys.stderr = streams
        if not SILENT:
            FILTERS.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
        SILENT.append(get_ident())
    try:
        with np.errstate(all="ignore"):
            yield
    finally:
        with LOCK:
            SILENT.remove(get_ident())
            sys.stdout, sys.stderr = streams if SILENT else [s.stream for s in streams]
            if not SILENT:
                FILTERS.close()

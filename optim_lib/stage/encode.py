"""Where a figure's lines are in pixels from the top left, and these in few bytes."""

from itertools import groupby
from operator import attrgetter

import numpy as np

FAR = 1e8  # pixels: its tenths still fit into 4 bytes


def pixels_of(lines, figure):
    """The vertices of each line in pixels from the top left, near enough to be drawn."""
    vertices = {line: np.column_stack(line.get_data()) for line in lines}
    with np.errstate(all="ignore"):
        points = [
            axes.transData.transform(np.concatenate([vertices[line] for line in beside]))
            for axes, beside in groupby(lines, attrgetter("axes"))
        ]
        together = upright(np.concatenate(points), figure)
    return np.split(together, np.cumsum([len(line) for line in vertices.values()])[:-1])


def upright(points, figure):
    """Pixels counted from the top, as browsers do, and no number that a browser cannot draw.

    What is too far is brought nearer in the direction in which it lies, so that a line leaves the
    picture where matplotlib's would.
    """
    flipped = np.array([0, figure.bbox.height]) + points * np.array([1, -1])
    if np.abs(flipped).max(initial=0) <= FAR:
        return flipped
    flipped = np.nan_to_num(flipped, nan=FAR, posinf=1e300, neginf=-1e300)
    return flipped / np.maximum(1, np.abs(flipped).max(axis=1, keepdims=True) / FAR)


def packed(vertices):
    """[(n, 2)] as (spans, bytes): each column once, though several lines share it.

    The bytes are whole tenths of a pixel, of 2 bytes each if all fit into them, else of 4. A span
    is [n, *x, *y], where x and y are [start, how many], counted in these numbers. From there on
    to n the last one stays, as that of a run that diverged.
    """
    starts, spans, total = {}, [], 0
    for line in vertices:
        span = [len(line)]
        for column in np.rint(10 * line.T).astype(np.int32):
            moving = column[: _moves(column)]
            key = moving.tobytes()
            if key not in starts:
                starts[key], total = total, total + len(moving)
            span += [starts[key], len(moving)]
        spans.append(span)
    tenths = np.frombuffer(b"".join(starts), np.int32)
    short = tenths.astype(np.int16)
    return spans, (short if (short == tenths).all() else tenths).tobytes()


def _moves(column):
    """How many numbers there are until only the last one repeats."""
    changes = np.flatnonzero(np.diff(column))
    return changes[-1] + 2 if len(changes) else min(1, len(column))

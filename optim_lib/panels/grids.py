"""Where a slider can stop: round values, fine where it matters.

Each parameter of the course has a grid of its own; an unknown one gets a grid from its default.
"""

import numpy as np

FINE = (1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9)
COARSE = (1, 2, 5)
FACTOR = "every η, times"  # the slider of a race in which each rule has its own η
WALKS = (1, 2, 3, 5, 10, 20, 30, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000)


def decades(first, last, stops=FINE):
    """1·10^first ... 1·10^last, with these stops in each decade."""
    powers = range(first, last)
    return [float(f"{stop}e{power}") for power in powers for stop in stops] + [float(f"1e{last}")]


def near_one():
    """0 ... 0.9 ... 0.99 ... 0.999 ... 0.9999: finer and finer towards 1."""
    pieces = [(0, 0.9, 0.02), (0.9, 0.99, 0.005), (0.99, 0.999, 0.0005), (0.999, 0.9999, 0.00005)]
    stops = [np.arange(low, high - step / 2, step) for low, high, step in pieces]
    return [round(float(stop), 6) for stop in np.concatenate(stops)] + [0.9999]


GRIDS = {
    "eta": decades(-6, 1),
    "beta1": near_one(),
    "beta2": near_one(),
    "eps": decades(-12, 0, COARSE),
    "lam": [0.0, *decades(-5, 1, COARSE)],
    "batch": [1, 2, 4, 8, 16, 32, 64, 128, 256],
    "steps": (*WALKS, 3000),
    FACTOR: decades(-2, 2),
}


def around(name, value):
    """The stops of the parameter's own grid, or those from 0 to twice the value."""
    ends = sorted([0, 2 * value]) if value else (0.0, 1.0)
    return GRIDS.get(name) or between(name, value, *ends)


def between(name, default, low, high, step=None):
    """The stops from low to high: by step, or of the parameter's own grid, or a hundred.

    Of whole numbers it is all of them, or some 200 if they are more.
    """
    if step is not None:
        count = int((high - low) / step * (1 + 1e-12)) + 1  # 0.3 / 0.1 is a little less than 3
        whole = isinstance(low, int) and isinstance(step, int)
        return [low + i * step if whole else _round(low + i * step) for i in range(count)]
    if own := [stop for stop in GRIDS.get(name, ()) if low < stop < high]:
        return [low, *own, high]
    if all(isinstance(number, int) for number in (default, low, high)):
        return [*range(low, high, max(1, (high - low) // 200)), high]
    return [_round(stop) for stop in np.linspace(low, high, 101)]


def _round(number):
    return float(f"{number:.10g}")

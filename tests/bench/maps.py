"""How fast a map is:  python tests/bench/maps.py

A 64 × 64 map of 500 steps against one run of 500 steps, for each rule. They take turns, so that a
busy machine slows both alike. Exit status 1 if a map takes more than 12 times as long.
"""

import sys
import time
from statistics import median

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.runs.run import run
from optim_lib.runs.sweep import sweep

STEPS, ROUNDS, MOST = 500, 21, 12
OTHER_AXIS = {"momentum": "beta1", "nesterov": "beta1", "rmsprop": "beta2", "adam": "beta1"}


def seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measured(rule, other):
    """(seconds of one run, seconds of the map, the map's share of its own run), as medians."""
    axes = {"eta": (1e-5, 1e-1), other: (0, 0.999)}
    pairs = [
        (
            seconds(lambda: run(rule, rosenbrock, steps=STEPS, eta=1e-4)),
            seconds(lambda: sweep(rule, rosenbrock, steps=STEPS, **axes)),
        )
        for _ in range(ROUNDS)
    ]
    one, many = zip(*pairs, strict=True)
    return median(one), median(many), median(b / a for a, b in pairs)


def main():
    print(f"{STEPS} steps: one run, a map of 64 × 64, how many times as long (at most {MOST})")
    ratios = []
    for name, other in OTHER_AXIS.items():
        one, many, ratio = measured(getattr(rules, name), other)
        print(f"{name:10} {1000 * one:6.1f} ms {1000 * many:6.1f} ms {ratio:6.1f}")
        ratios.append(ratio)
    return max(ratios) > MOST


if __name__ == "__main__":
    sys.exit(main())

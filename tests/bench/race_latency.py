"""From the slider to the pixels of a race:  python tests/bench/race_latency.py

Each rule takes 500 steps anew at each move of the shared η: the six of notebook 09, and, for
comparison, all eight of the course. They take turns with a bare slider -> kernel -> label echo, as
in latency.py. Exit status 1 if the median of the six is more than twice the echo's.
"""

import sys
import tempfile
from pathlib import Path

from latency import COMMON, WAYS, measure

RULES = """
from optim_lib.panels.race import race
from optim_lib.rules import adagrad, adam, adam_l2, adamw, gd, momentum, nesterov, rmsprop
field = [gd, momentum, nesterov, adagrad, rmsprop, adam]
"""
FRAME = WAYS["live panel"][1]
COMPARED = {
    "six rules": ("race(*field, eta=0.0005, steps=500)", FRAME),
    "eight rules": ("race(*field, adam_l2, adamw, eta=0.0005, steps=500)", FRAME),
    "bare echo": WAYS["bare echo"],
}
SIZE = {"moves": 3, "rounds": 12, "drags": 1}
MOST = 2  # times the echo


def main():
    with tempfile.TemporaryDirectory(prefix="optim-race-") as home:
        figures = measure(Path(home) / "lab", **SIZE, common=COMMON + RULES, compared=COMPARED)
    echo = figures["bare echo"]["median"]
    for name, f in figures.items():
        print(f"{name:12} median {f['median']:4.0f} ms, {f['median'] / echo:.2f} echoes", end="")
        print(f"; p95 {f['p95']:4.0f} ms; {f['kB']:.1f} kB an update")
    times = figures["six rules"]["median"] / echo
    print(f"{'pass' if times <= MOST else 'MISS'}  six / bare echo: {times:.2f}, at most {MOST}")
    return times > MOST


if __name__ == "__main__":
    sys.exit(main())

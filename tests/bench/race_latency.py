"""From the slider to the pixels of a race of all rules:  python tests/bench/race_latency.py

Every rule of the course takes 500 steps anew at each move of the shared η, and takes turns with a
bare slider -> kernel -> label echo, as in latency.py. Exit status 1 if the race's median is more
than twice the echo's.
"""

import sys
import tempfile
from pathlib import Path

from latency import COMMON, WAYS, measure

RULES = """
from optim_lib.race import race
from optim_lib import rules
everyone = [rules.gd, rules.momentum, rules.nesterov, rules.adagrad, rules.rmsprop]
everyone += [rules.adam, rules.adam_l2, rules.adamw]
"""
RACE = "race(*everyone, eta=0.0005, steps=500)"
COMPARED = {"race": (RACE, WAYS["live panel"][1]), "bare echo": WAYS["bare echo"]}
SIZE = {"moves": 3, "rounds": 12, "drags": 1}
MOST = 2  # times the echo


def main():
    with tempfile.TemporaryDirectory(prefix="optim-race-") as home:
        figures = measure(Path(home) / "lab", **SIZE, common=COMMON + RULES, compared=COMPARED)
    for name, f in figures.items():
        print(f"{name:10} median {f['median']:4.0f} ms, p95 {f['p95']:4.0f} ms", end="")
        print(f", {f['rate']:4.1f} updates a second in a drag, {f['kB']:5.1f} kB an update")
    times = figures["race"]["median"] / figures["bare echo"]["median"]
    print(f"{'pass' if times <= MOST else 'MISS'}  race / bare echo: {times:.2f}, at most {MOST}")
    return times > MOST


if __name__ == "__main__":
    sys.exit(main())

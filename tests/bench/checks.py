"""How soon check() answers:  python tests/bench/checks.py

Every wrong rule of the tests but the endless one, and every right one. Each is checked five times,
and the median counts. Exit status 1 if the slowest takes more than 300 ms.
"""

import sys
import time
from pathlib import Path
from statistics import median

from optim_lib.checking.check import check
from optim_lib.checking.templates import LINES

sys.path.insert(0, str(Path(__file__).parents[1] / "checking"))
from mutants import MUTANTS

MOST = 0.3  # seconds
TIMES = 5
UNTIMED = (None, "never returns")  # strangers are as slow as the slowest that has a name
PAIRS = [(mutant.rule, mutant.right) for mutant in MUTANTS if mutant.name not in UNTIMED]
PAIRS += [(rule, rule) for rule in LINES]


def seconds(rule, right):
    began = time.perf_counter()
    check(rule, right)
    return time.perf_counter() - began


def main():
    taken = [median(seconds(*pair) for _ in range(TIMES)) for pair in PAIRS]
    slowest = max(taken)
    print(f"check(), {len(taken)} rules: median {1000 * median(taken):.0f} ms", end="")
    print(f", slowest {1000 * slowest:.0f} ms, at most {1000 * MOST:.0f}")
    return slowest > MOST


if __name__ == "__main__":
    sys.exit(main())

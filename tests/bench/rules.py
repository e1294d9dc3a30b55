"""How fast the rules are:  python tests/bench/rules.py

1. steps per second of every rule, for one run and for 64 and 4096 at once, history kept;
2. 4096 settings of Adam against one, 500 steps each (a plain loop would take 4096 times as long);
3. PyTorch's and Optax's optimizers on the same Rosenbrock in the same run, where installed.

Comparisons are medians over rounds in which the rivals take turns, so that a busy machine slows
all of them alike. Exit status 1 if the settings of 2 take more than 12 times as long as one.
"""

import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

from optim_lib import rules
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.runs.run import run

NAMES = ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adam_l2", "adamw"]
STEPS, MOST = 500, 12
HYPER = {"eta": 1e-4, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "lam": 0.01}


def seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def taking_turns(rivals, rounds):
    """{name: [seconds of each round]}, after one round that does not count."""
    for work in rivals.values():
        work()
    taken = {name: [] for name in rivals}
    for _ in range(rounds):
        for name, work in rivals.items():
            taken[name].append(seconds(work))
    return taken


def walk(rule, at_once=1):
    """500 steps of `rule`, with so many values of η at once."""
    eta = HYPER["eta"] if at_once == 1 else np.geomspace(1e-5, 1e-3, at_once)
    return lambda: run(rule, rosenbrock, steps=STEPS, budget=60, eta=eta)


def print_steps_per_second():
    print("1. Steps per second; of a batch, summed over its runs\n")
    print(f"{'':10}{'1':>12}{'64':>14}{'4096':>16}")
    for name in NAMES:
        rivals = {size: walk(getattr(rules, name), size) for size in (1, 64, 4096)}
        taken = taking_turns(rivals, rounds=7)
        speeds = [STEPS * size / median(taken[size]) for size in rivals]
        print(f"{name:10}{speeds[0]:>12,.0f}{speeds[1]:>14,.0f}{speeds[2]:>16,.0f}")


def print_batch_ratio():
    taken = taking_turns({1: walk(rules.adam), 4096: walk(rules.adam, 4096)}, rounds=31)
    ratio = median(many / one for one, many in zip(taken[1], taken[4096], strict=True))
    one, many = (1000 * median(taken[size]) for size in (1, 4096))
    print(f"\n2. Adam, {STEPS} steps: one {one:.1f} ms, 4096 at once {many:.1f} ms", end="")
    print(f"; 4096 at once take {ratio:.1f} times as long (at most {MOST})")
    return ratio


def torch_walk(fixtures, name):
    """PyTorch's optimizer, handed the same hand-written gradient, its path kept."""
    torch = fixtures.torch

    def walk():
        theta = torch.tensor(rosenbrock.start, dtype=torch.float64)
        optimizer = fixtures.TORCH[name]([theta], HYPER)
        path = np.empty((STEPS, 2))
        for step in range(STEPS):
            theta.grad = torch.from_numpy(rosenbrock.grad(theta.numpy()))
            optimizer.step()
            path[step] = theta.numpy()

    return walk


def optax_walk(fixtures, name):
    """Optax's optimizer, all 500 steps compiled into one program, its path kept."""
    jax, optimizer = fixtures.jax, fixtures.OPTAX[name](HYPER)
    slope = jax.grad(lambda theta: fixtures.rosenbrock(*theta))

    def step(carried, _):
        theta, state = carried
        updates, state = optimizer.update(slope(theta), state, theta)
        theta = fixtures.optax.apply_updates(theta, updates)
        return (theta, state), theta

    @jax.jit
    def walk(theta):
        return jax.lax.scan(step, (theta, optimizer.init(theta)), length=STEPS)[1]

    return lambda: walk(jax.numpy.array(rosenbrock.start)).block_until_ready()


def print_against_libraries():
    print(
        "\n3. Steps per second on Rosenbrock, one run, against PyTorch's and Optax's optimizers\n"
    )
    sys.path.insert(0, str(Path(__file__).parents[1] / "parity"))
    try:
        import make_fixtures as fixtures
    except ImportError as missing:
        print(f"skipped: {missing}")
        return
    print(f"{'':10}{'ours':>12}{'PyTorch':>12}{'Optax, compiled':>18}")
    for name in NAMES:
        rivals = {
            "ours": walk(getattr(rules, name)),
            "torch": torch_walk(fixtures, name),
            "optax": optax_walk(fixtures, name),
        }
        taken = taking_turns(rivals, rounds=9)
        ours, torch, optax = (STEPS / median(times) for times in taken.values())
        print(f"{name:10}{ours:>12,.0f}{torch:>12,.0f}{optax:>18,.0f}")


if __name__ == "__main__":
    print_steps_per_second()
    ratio = print_batch_ratio()
    print_against_libraries()
    sys.exit(ratio > MOST)

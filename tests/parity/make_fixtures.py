"""Let PyTorch and Optax walk, and write down where they went: torch.npz and optax.npz.

    pip install torch optax
    python tests/parity/make_fixtures.py

The tests read only the numbers, so neither library is needed to run them. Gradients are the
libraries' own (automatic differentiation, float64), so those are compared too.
"""

from pathlib import Path

import jax
import numpy as np
import optax
import torch

HERE = Path(__file__).parent
jax.config.update("jax_enable_x64", True)
torch.set_default_dtype(torch.float64)


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def beale(x, y):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def flat_valley(x, y):
    """Along y the gradient is about 1e-8, as small as ε, so it shows just where ε stands."""
    return 0.5 * (x**2 + 1e-8 * y**2)


# landscape: (f, the largest η of the rules whose step grows with the gradient)
LANDSCAPES = {
    "rosenbrock": (rosenbrock, 2e-4),
    "beale": (beale, 2e-3),
    "flat_valley": (flat_valley, 0.5),
}
PLAIN = {"gd", "momentum", "nesterov"}
LARGEST_SCALED_ETA, GENTLE_SCALED_ETA = 0.3, 0.003  # a larger one zigzags, which is chaotic

TORCH = {
    "gd": lambda p, h: torch.optim.SGD(p, h["eta"]),
    "momentum": lambda p, h: torch.optim.SGD(p, h["eta"], h["beta1"]),
    "nesterov": lambda p, h: torch.optim.SGD(p, h["eta"], h["beta1"], nesterov=True),
    "adagrad": lambda p, h: torch.optim.Adagrad(p, h["eta"], eps=h["eps"]),
    "rmsprop": lambda p, h: torch.optim.RMSprop(p, h["eta"], alpha=h["beta2"], eps=h["eps"]),
    "adam": lambda p, h: torch.optim.Adam(p, h["eta"], (h["beta1"], h["beta2"]), h["eps"]),
    "adam_l2": lambda p, h: torch.optim.Adam(
        p, h["eta"], (h["beta1"], h["beta2"]), h["eps"], weight_decay=h["lam"]
    ),
    "adamw": lambda p, h: torch.optim.AdamW(
        p, h["eta"], (h["beta1"], h["beta2"]), h["eps"], weight_decay=h["lam"]
    ),
}

OPTAX = {
    "gd": lambda h: optax.sgd(h["eta"]),
    "momentum": lambda h: optax.sgd(h["eta"], momentum=h["beta1"]),
    "nesterov": lambda h: optax.sgd(h["eta"], momentum=h["beta1"], nesterov=True),
    "adagrad": lambda h: optax.adagrad(h["eta"], initial_accumulator_value=0, eps=h["eps"]),
    "rmsprop": lambda h: optax.rmsprop(h["eta"], h["beta2"], h["eps"], eps_in_sqrt=False),
    "adam": lambda h: optax.adam(h["eta"], h["beta1"], h["beta2"], h["eps"]),
    "adam_l2": lambda h: optax.chain(
        optax.add_decayed_weights(h["lam"]),
        optax.scale_by_adam(h["beta1"], h["beta2"], h["eps"]),
        optax.scale_by_learning_rate(h["eta"]),
    ),
    "adamw": lambda h: optax.adamw(
        h["eta"], h["beta1"], h["beta2"], h["eps"], weight_decay=h["lam"]
    ),
}


def torch_walker(rule, f):
    def walk(start, steps, hyper):
        theta = torch.tensor(start, requires_grad=True)
        optimizer, path = TORCH[rule]([theta], hyper), []
        for _ in range(steps):
            optimizer.zero_grad()
            f(*theta).backward()
            optimizer.step()
            path.append(theta.detach().numpy().copy())
        return path

    return walk


def optax_walker(rule, f):
    @jax.jit
    def step(theta, state, hyper):
        gradient = jax.grad(lambda theta: f(*theta))(theta)
        updates, state = OPTAX[rule](hyper).update(gradient, state, theta)
        return optax.apply_updates(theta, updates), state

    def walk(start, steps, hyper):
        theta, path = jax.numpy.array(start), []
        state = OPTAX[rule](hyper).init(theta)
        for _ in range(steps):
            theta, state = step(theta, state, hyper)
            path.append(np.array(theta))
        return path

    return walk


def settings(rng, largest_eta, gentle):
    """A start and hyperparameters, drawn from a seed."""
    start = rng.uniform(-1.5, 1.5, 2)
    hyper = {
        "eta": largest_eta * 10 ** rng.uniform(-1 if gentle else -2, 0),
        "beta1": rng.uniform(0, 0.9 if gentle else 0.99),
        "beta2": 1 - 10 ** rng.uniform(-4, -1),
        "eps": 10 ** rng.uniform(-10, -6),
        "lam": 10 ** rng.uniform(-3, 0),
    }
    return start, hyper


def record(library, walker, rule, on, gentle, seeds):
    """{field: array} of one rule on one landscape: what went in, and where the path then was."""
    f, plain_eta = LANDSCAPES[on]
    every, steps = (10, 200) if gentle else (1, 10)
    scaled_eta = GENTLE_SCALED_ETA if gentle else LARGEST_SCALED_ETA
    walk, cases = walker(rule, f), []
    for seed in seeds:
        rng = np.random.default_rng([seed, gentle])
        start, hyper = settings(rng, plain_eta if rule in PLAIN else scaled_eta, gentle)
        if (library, rule) == ("optax", "adagrad"):
            hyper["eps"] = 0.0  # Optax's AdaGrad has ε inside the root, so only ε = 0 compares
        cases.append((start, hyper, np.array(walk(start, steps, hyper))[every - 1 :: every]))
    starts, hypers, paths = zip(*cases, strict=True)
    assert np.abs(paths).max() < 1e3, (rule, on, "has diverged: nothing to compare")
    fields = {"start": np.stack(starts, -1), "theta": np.stack(paths, -1), "every": every}
    return fields | {name: np.array([h[name] for h in hypers]) for name in hypers[0]}


def main():
    for library, walker, made_by in [
        ("torch", torch_walker, [f"torch {torch.__version__}"]),
        ("optax", optax_walker, [f"optax {optax.__version__}", f"jax {jax.__version__}"]),
    ]:
        arrays = {"made_by": np.array([*made_by, f"numpy {np.__version__}"])}
        for rule in TORCH:
            for on in LANDSCAPES:
                for pace, seeds in ("wild", range(16)), ("gentle", range(4)):
                    fields = record(library, walker, rule, on, pace == "gentle", seeds)
                    arrays |= {f"{rule}/{on}/{pace}/{name}": a for name, a in fields.items()}
        np.savez_compressed(HERE / f"{library}.npz", **arrays)


if __name__ == "__main__":
    main()

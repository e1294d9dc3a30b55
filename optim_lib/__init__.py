"""Optimizers, rebuilt by adding one memory term at a time.

    from optim_lib import explore, rules, run
    from optim_lib.landscapes import rosenbrock

A public name is loaded when it is first asked for, so that `run` comes without matplotlib and
widgets. Editors read the same names in __init__.pyi.
"""

import sys
from importlib import import_module

MODULES = ("landscapes", "rules", "text")
HOMES = {
    "Landscape": "landscapes.landscape",
    "check": "checking.check",
    "check_number": "checking.check_number",
    "check_numbers": "checking.check_number",
    "diff": "pictures.diff",
    "explore": "panels.explore",
    "forgetting": "pictures.forgetting",
    "impulse": "runs.impulse",
    "learning_curves": "pictures.learning_curves",
    "lecture": "publish.lecture",
    "power_law": "pictures.power_law",
    "predict": "panels.predict",
    "race": "panels.race",
    "run": "runs.run",
    "sweep": "panels.sweep",
    "sweep_grid": "pictures.sweep_grid",
    "title_of": "runs.inspect",
    "train": "runs.train",
    "weight_decay": "pictures.weight_decay",
}
__all__ = [*MODULES, *HOMES]


def __getattr__(name):
    if name in MODULES:
        return import_module(f"{__name__}.{name}")
    if name in HOMES:
        return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    unknown = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(unknown, name=name, obj=sys.modules[__name__])  # Python adds what is near


def __dir__():
    return sorted({*globals(), *__all__})

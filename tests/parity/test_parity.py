"""The rules step as PyTorch's and Optax's optimizers do. make_fixtures.py wrote their numbers."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from optim_lib import rules
from optim_lib.landscapes import surfaces
from optim_lib.runs.inspect import hyperparameters
from optim_lib.runs.run import run

RECORDED = {
    library: np.load(Path(__file__).parent / f"{library}.npz", allow_pickle=False)
    for library in ("torch", "optax")
}
RULES = ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adam_l2", "adamw"]
LANDSCAPES = {
    "rosenbrock": surfaces.rosenbrock,
    "beale": surfaces.beale,
    "flat_valley": surfaces.valley(1e-8),
}


def weights_as_stored(rule, walked, hyper):
    """PyTorch and Optax store, for Nesterov, the point where the next gradient is taken."""
    if rule is rules.nesterov:
        return walked.theta - hyper["eta"] * hyper["beta1"] * walked.memory["v"]
    return walked.theta


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("library", RECORDED)
def test_steps_as_the_library_does(library, name):
    rule, recorded = getattr(rules, name), RECORDED[library]
    for on, pace in product(LANDSCAPES, ("wild", "gentle")):
        case = f"{name}/{on}/{pace}/"
        theirs, every = recorded[case + "theta"], int(recorded[case + "every"])
        hyper = {knob: recorded[case + knob] for knob in hyperparameters(rule)}
        walk = {"start": recorded[case + "start"], "steps": every * len(theirs), "budget": 60}
        walked = run(rule, LANDSCAPES[on], **walk, **hyper)
        ours = weights_as_stored(rule, walked, hyper)[every::every]
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=0, err_msg=f"{library}: {case}")


@pytest.mark.parametrize("library", RECORDED)
def test_the_numbers_say_which_versions_made_them(library):
    assert str(RECORDED[library]["made_by"][0]).startswith(library)

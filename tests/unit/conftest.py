"""The tables: a test that asks for `rule` or `landscape` runs once for each of them."""

import inspect

import pytest

from optim_lib import rules
from optim_lib.landscapes import surfaces


def is_a_rule(member):
    return inspect.isfunction(member) and member.__module__ == rules.__name__


# Read from the module, so that a new rule is tested as soon as it is written.
RULES = [rule for _, rule in inspect.getmembers(rules, is_a_rule)]
LANDSCAPES = [
    surfaces.rosenbrock,
    surfaces.valley(),
    surfaces.saddle,
    surfaces.beale,
    surfaces.himmelblau,
    surfaces.Landscape("measured", surfaces.rosenbrock.value),
]


# Session-wide, because hypothesis calls one test function many times.
@pytest.fixture(scope="session", params=RULES, ids=lambda rule: rule.__name__)
def rule(request):
    return request.param


@pytest.fixture(scope="session", params=LANDSCAPES, ids=lambda landscape: landscape.name)
def landscape(request):
    return request.param

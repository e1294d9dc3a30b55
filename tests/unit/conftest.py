"""The tables: a test that asks for `rule` or `landscape` runs once for each of them."""

import inspect

import pytest

from optim_lib import landscapes, rules


def is_a_rule(member):
    return inspect.isfunction(member) and member.__module__ == rules.__name__


# Read from the module, so that a new rule is tested as soon as it is written.
RULES = [rule for _, rule in inspect.getmembers(rules, is_a_rule)]
LANDSCAPES = [
    landscapes.rosenbrock,
    landscapes.valley(),
    landscapes.saddle,
    landscapes.beale,
    landscapes.himmelblau,
    landscapes.Landscape("measured", landscapes.rosenbrock.value),
]


# Session-wide, because hypothesis calls one test function many times.
@pytest.fixture(scope="session", params=RULES, ids=lambda rule: rule.__name__)
def rule(request):
    return request.param


@pytest.fixture(scope="session", params=LANDSCAPES, ids=lambda landscape: landscape.name)
def landscape(request):
    return request.param

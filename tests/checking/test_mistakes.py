"""Each wrong rule is rejected, and called by its name; none is called by another's."""

import pytest
from mutants import MUTANTS

from optim_lib import rules
from optim_lib.checking.check import check
from optim_lib.checking.mistakes import MISTAKES
from optim_lib.checking.mistakes.failures import HABITS, STOPS
from optim_lib.checking.templates import LINES, assembled

IN_WORDS = {name for name, _, _ in STOPS}  # said in a sentence, without numbers


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_rejected_by_name_with_its_evidence(mutant):
    verdict = check(mutant.rule, mutant.right)
    assert not verdict
    assert verdict.mistake == mutant.name
    assert verdict.says and verdict.hint
    assert bool(verdict.evidence) != (mutant.name in IN_WORDS)


def test_there_are_many_and_every_name_is_among_them():
    names = {mistake.name for mistake in MISTAKES} | IN_WORDS | set(HABITS)
    rare = {"sum instead of mean", "lam ignored"}
    assert len(MUTANTS) >= 100
    assert {mutant.name for mutant in MUTANTS} == names - rare


@pytest.mark.parametrize("right", LINES, ids=lambda right: right.__name__)
def test_the_blackboard_says_what_the_rules_do(right):
    assert check(assembled(LINES[right]), right)


def faces():
    for mistake in MISTAKES:
        for right in LINES:
            for number, wrong in enumerate(mistake.wrong_rules(right)):
                name = f"{right.__name__}-{mistake.name}-{number}"
                yield pytest.param(wrong, right, mistake.name, id=name)


@pytest.mark.parametrize(("wrong", "right", "name"), faces())
def test_no_two_mistakes_of_the_table_are_alike(wrong, right, name):
    verdict = check(wrong, right)
    without_memory = right in (rules.gd, rules.sgd) and name.startswith("memory")
    harmless = without_memory or name.endswith("ignored")
    assert verdict.mistake == name or (verdict and harmless)


def test_the_table_is_written_for_students():
    for mistake in MISTAKES:
        assert len(mistake.name) <= 30
        assert mistake.says.endswith(".") and mistake.hint.endswith("?")
        assert len(mistake.says) <= 150 and len(mistake.hint) <= 110

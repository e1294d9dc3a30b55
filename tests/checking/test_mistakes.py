"""Each wrong rule is rejected and called by its name, and none is called by another's."""

import pytest
from faults import FAULTY, PAIRS
from mutants import MUTANTS

from optim_lib import rules
from optim_lib.checking.check import check
from optim_lib.checking.mistakes import MISTAKES, wrong_rules
from optim_lib.checking.mistakes.failures import HINTS, STOPS
from optim_lib.checking.templates import LINES

NAMES = dict.fromkeys(mutant.name for mutant in MUTANTS)


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_a_mutant_is_rejected_by_its_name_with_its_evidence(name):
    for mutant in MUTANTS:
        if mutant.name == name:
            verdict = check(mutant.rule, mutant.right)
            assert not verdict and verdict.mistake == name, f"{mutant}: {verdict!r}"
            assert verdict.says and verdict.hint, str(mutant)
            assert bool(verdict.evidence) != (name in STOPS), str(mutant)
            assert "{{" not in verdict.message and "}}" not in verdict.message, str(mutant)
            unknown = verdict.says.startswith(f"{mutant.rule.__name__} does not take ")
            assert unknown == (name is None), str(mutant)


def test_every_name_of_the_tables_has_a_mutant():
    without_steps_of_its_own = {"sum instead of mean", "lam ignored"}
    elsewhere = {"not repeatable", "only one run"}
    assert len(MUTANTS) >= 139
    assert set(NAMES) - {None} == {*MISTAKES, *STOPS} - without_steps_of_its_own - elsewhere


@pytest.mark.parametrize("right", LINES, ids=lambda right: right.__name__)
def test_no_two_mistakes_of_the_table_take_the_same_steps(right):
    for name, wrong in wrong_rules(right):
        verdict = check(wrong, right)
        without_memory = right in (rules.gd, rules.sgd) and name.startswith("memory")
        harmless = without_memory or name.endswith("ignored")
        assert verdict.mistake == name or (verdict and harmless), f"{name}: {verdict!r}"


@pytest.mark.parametrize(("make", "right", "faults"), FAULTY)
def test_one_fault_has_its_name_and_without_any_the_rule_is_right(make, right, faults):
    assert check(make(), right)
    for fault in sorted(faults):
        verdict = check(make(fault), right)
        assert verdict.mistake == fault, f"{fault}: {verdict!r}"


# Two halves of a third mistake: together they are that one.
HALVES = {frozenset({"only m corrected", "only s corrected"}): "no correction"}


@pytest.mark.parametrize(("make", "right", "pairs"), PAIRS)
def test_two_faults_are_not_called_a_third(make, right, pairs):
    """A pair may have one of its two names, where that fault hides the other; or mostly none."""
    for pair in pairs:
        verdict = check(make(*pair), right)
        assert not verdict, pair
        names = {*pair, None, HALVES.get(frozenset(pair))}
        assert verdict.mistake in names and verdict.evidence, f"{pair}: {verdict!r}"


def test_the_tables_are_written_for_students():
    assert HINTS.keys() == STOPS.keys()
    hints = [hint for _, hint, *_ in MISTAKES.values()] + list(HINTS.values())
    assert all(len(name) <= 30 for name in [*MISTAKES, *STOPS])
    assert all(says.endswith(".") and len(says) <= 150 for says, *_ in MISTAKES.values())
    assert all(hint.endswith("?") and len(hint) <= 110 for hint in hints)

"""Can a student's rule be called like the right one? If not, one sentence says what to mend."""

import inspect

from optim_lib.checking.templates import LINES
from optim_lib.runs.inspect import hyperparameters, keyed_by_rule, name_of
from optim_lib.text import say

NO_RULE = "check takes two rules, uncalled: check(mine, rules.adam). The {which} is of type {kind}."
STARLESS = (
    "Put a star before {name} in the parameters of {rule}: what comes after a `*,` is "
    "keyword-only, and becomes a slider."
)
OTHERWISE = "{rule} is called as {rule}({call}): what else it asks for needs a default."
MISSING = {  # (several, it has others): what to say
    (False, False): "Give {rule} the keyword-only parameter {names}.",
    (False, True): "Give {rule} the keyword-only parameter {names} (it has {others}).",
    (True, False): "Give {rule} the keyword-only parameters {names}.",
    (True, True): "Give {rule} the keyword-only parameters {names} (it has {others}).",
}


def misfit(mine, right):
    """The sentence, or None if both are rules and mine can be called like the right one."""
    for which, rule in ((say("first"), mine), (say("second"), right)):
        if not callable(rule):
            return say(NO_RULE, which=which, kind=type(rule).__name__)
    names = {"mine": name_of(mine), "right": name_of(right)}
    if keyed_by_rule(LINES, mine) and not keyed_by_rule(LINES, right):
        return say("Your own rule comes first: check({right}, rules.{mine}).", **names)
    try:
        wanted = hyperparameters(right)
    except (ValueError, TypeError):
        return say("{right} is no rule to compare with.", **names)
    return _unfit(right, wanted) or _unfit(mine, wanted)


def _unfit(rule, wanted):
    try:
        signature, asked = inspect.signature(rule), hyperparameters(rule)
    except (ValueError, TypeError):
        return None
    name, missing = name_of(rule), [hyper for hyper in wanted if hyper not in asked]
    for hyper in missing:
        if hyper in signature.parameters:
            return say(STARLESS, rule=name, name=hyper)
    try:
        signature.bind("theta", "grad", "memory", **wanted)
    except TypeError:
        others = " and ".join(hyper for hyper in asked if hyper not in wanted)
        says = MISSING[len(missing) > 1, bool(others)] if missing else OTHERWISE
        call = ", ".join(["theta, grad, memory", *(f"{hyper}={hyper}" for hyper in wanted)])
        missing = " and ".join(missing)
        return say(says, rule=name, names=missing, others=others, call=call)

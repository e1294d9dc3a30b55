"""Can a student's rule be called like the right one? If not, one sentence says what to mend."""

import inspect

from optim_lib.runs.inspect import hyperparameters, name_of

EMPTY = inspect.Parameter.empty


def misfit(mine, right):
    """The sentence, or None if the rule can be called."""
    if not callable(mine):
        return (
            "check takes the rule itself, as in check(mine, ...), without calling it, "
            f"and this is no function but of type {type(mine).__name__}."
        )
    try:
        parameters = inspect.signature(mine).parameters
    except (ValueError, TypeError):
        return None
    asked = {name: p for name, p in parameters.items() if p.kind is p.KEYWORD_ONLY}
    wanted = hyperparameters(right)
    takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    return (
        _starred(mine, [name for name in wanted if name in parameters and name not in asked])
        or _missing(mine, [] if takes_any else [n for n in wanted if n not in asked], asked, wanted)
        or _unknown(mine, [n for n, p in asked.items() if p.default is EMPTY and n not in wanted])
        or _not_three(mine, parameters)
    )


def _starred(mine, names):
    if names:
        return (
            f"Put a star before {names[0]} in the parameters of {name_of(mine)}: what comes after "
            "a `*,` is keyword-only, and becomes a slider."
        )


def _missing(mine, names, asked, wanted):
    if names:
        others = [name for name in asked if name not in wanted]
        has = f" (it has {' and '.join(others)})" if others else ""
        plural = "s" * (len(names) > 1)
        return (
            f"Give {name_of(mine)} the keyword-only parameter{plural} {' and '.join(names)}{has}."
        )


def _unknown(mine, names):
    if names:
        return f"{name_of(mine)} asks for {names[0]}, which nothing sets: give it a default."


def _not_three(mine, parameters):
    positional = [
        p for p in parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
    needed = [p for p in positional if p.default is EMPTY]
    takes_more = any(p.kind is p.VAR_POSITIONAL for p in parameters.values())
    if len(needed) > 3 or (len(positional) < 3 and not takes_more):
        return f"The parameters of {name_of(mine)} should begin with theta, grad, memory."

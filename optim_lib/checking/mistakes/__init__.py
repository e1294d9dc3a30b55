"""The mistakes that students make, each as a wrong rule whose steps can be compared."""

from optim_lib.checking.mistakes import (
    bias_correction,
    failures,
    first_moment,
    generic,
    second_moment,
    weight_decay,
)

MODULES = generic, first_moment, second_moment, bias_correction, weight_decay, failures
MISTAKES = {name: row for module in MODULES for name, row in module.TABLE.items()}


def wrong_rules(right):
    """(name, wrong rule): every face that any of the mistakes has for this right rule."""
    for name, (_, _, *faces) in MISTAKES.items():
        for among, make in faces:
            if among is None or any(one is right for one in among):
                yield name, make(right)

"""The mistakes that students make, each as a wrong rule that can be set walking."""

from optim_lib.checking.mistakes import (
    bias_correction,
    first_moment,
    generic,
    second_moment,
    weight_decay,
)

MISTAKES = (
    generic.TABLE
    + first_moment.TABLE
    + second_moment.TABLE
    + bias_correction.TABLE
    + weight_decay.TABLE
)

"""The mistakes that students make, each as a wrong rule that can be set walking."""

from optim_lib.checking.mistakes import generic, weight_decay, first_moment, second_moment, bias_correction

MISTAKES = generic.TABLE + first_moment.TABLE + second_moment.TABLE + bias_correction.TABLE + weight_decay.TABLE

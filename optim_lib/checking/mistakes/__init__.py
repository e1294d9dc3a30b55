"""The mistakes that students make, each as a wrong rule that can be set walking."""

from optim_lib.checking.mistakes import any_rule, decay, direction, size, youth

MISTAKES = any_rule.TABLE + direction.TABLE + size.TABLE + youth.TABLE + decay.TABLE

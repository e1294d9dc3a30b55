"""Which rules share a line, and so can share a mistake in it."""

from optim_lib import rules

MOMENTUM = (rules.momentum,)
NESTEROV = (rules.nesterov,)
VELOCITY = MOMENTUM + NESTEROV

ADAGRAD = (rules.adagrad,)
RMSPROP = (rules.rmsprop,)
PLAIN_SIZE = ADAGRAD + RMSPROP

ADAM_L2 = (rules.adam_l2,)
ADAMW = (rules.adamw,)
ADAMS = (rules.adam, *ADAM_L2, *ADAMW)
FADING_SIZE = RMSPROP + ADAMS

"""The rules once more, line by line as on the board, so that any one line can be rewritten.

    assembled(LINES[rules.adam])                        takes Adam's steps
    assembled(LINES[rules.adam] | {"m_hat": "m"})       those of an Adam that forgot to correct m

So a misunderstanding is one line of text, and it can be set walking beside a student's rule.
"""

import numpy as np

from optim_lib import rules

GD = {
    "g": "grad(theta)",
    "theta": "theta - eta * g",
    "memory": "{}",
}
MOMENTUM = {
    "g": "grad(theta)",
    "v": "beta1 * v + g",
    "theta": "theta - eta * v",
    "memory": "dict(v=v)",
}
NESTEROV = MOMENTUM | {"g": "grad(theta - eta * beta1 * v)"}
ADAGRAD = {
    "g": "grad(theta)",
    "s": "s + g**2",
    "root": "sqrt(s) + eps",
    "theta": "theta - eta * g / root",
    "memory": "dict(s=s)",
}
RMSPROP = ADAGRAD | {"s": "beta2 * s + (1 - beta2) * g**2"}
ADAM = {
    "g": "grad(theta)",
    "t": "t + 1",
    "m": "beta1 * m + (1 - beta1) * g",
    "s": "beta2 * s + (1 - beta2) * g**2",
    "m_hat": "m / (1 - beta1**t)",
    "s_hat": "s / (1 - beta2**t)",
    "root": "sqrt(s_hat) + eps",
    "theta": "theta - eta * m_hat / root",
    "memory": "dict(m=m, s=s, t=t)",
}
ADAM_L2 = ADAM | {"g": "grad(theta) + lam * theta"}
ADAMW = ADAM | {"theta": "theta - eta * m_hat / root - eta * lam * theta"}

LINES = {
    rules.gd: GD,
    rules.sgd: GD,
    rules.momentum: MOMENTUM,
    rules.nesterov: NESTEROV,
    rules.adagrad: ADAGRAD,
    rules.rmsprop: RMSPROP,
    rules.adam: ADAM,
    rules.adam_l2: ADAM_L2,
    rules.adamw: ADAMW,
}

NOTHING_YET = dict.fromkeys("vmst", 0.0)
TOOLS = {"sqrt": np.sqrt, "sum": np.sum, "mean": np.mean, "dict": dict, "__builtins__": {}}


def assembled(lines):
    """The rule that does these lines, {name: formula}, in their order; v, m, s, t start at zero."""
    text = "\n".join(f"{name} = {formula}" for name, formula in lines.items())
    code = compile(text, "the blackboard", "exec")

    def rule(theta, grad, memory, **hyper):
        board = NOTHING_YET | memory | hyper | {"theta": theta, "grad": grad, "memory": memory}
        exec(code, TOOLS, board)
        return board["theta"], board["memory"]

    return rule


def rewritten(**lines):
    """A way to make a rule: right -> the right rule with these of its lines rewritten."""
    return lambda right: assembled(LINES[right] | lines)


def worked_out(formula, names):
    """The value of one formula, where its symbols have these values."""
    return eval(formula, TOOLS, names)

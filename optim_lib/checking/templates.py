"""The rules once more, line by line as on the board, so that any one line can be rewritten.

    assembled(LINES[rules.adam])                        takes Adam's steps
    assembled(LINES[rules.adam] | {"m_hat": "m"})       those of an Adam that forgot to correct m

So a misunderstanding is one line of text, and its steps can be compared with a student's.
"""

import numpy as np

from optim_lib import rules

LINES = {
    rules.gd: {"g": "grad(theta)", "theta": "theta - eta * g", "memory": "{}"},
    rules.momentum: {
        "g": "grad(theta)",
        "v": "beta1 * v + g",
        "theta": "theta - eta * v",
        "memory": "dict(v=v)",
    },
    rules.adagrad: {
        "g": "grad(theta)",
        "s": "s + g**2",
        "root": "sqrt(s) + eps",
        "theta": "theta - eta * g / root",
        "memory": "dict(s=s)",
    },
    rules.adam: {
        "g": "grad(theta)",
        "t": "t + 1",
        "m": "beta1 * m + (1 - beta1) * g",
        "s": "beta2 * s + (1 - beta2) * g**2",
        "m_hat": "m / (1 - beta1**t)",
        "s_hat": "s / (1 - beta2**t)",
        "root": "sqrt(s_hat) + eps",
        "theta": "theta - eta * m_hat / root",
        "memory": "dict(m=m, s=s, t=t)",
    },
}
LINES |= {
    rules.sgd: LINES[rules.gd],
    rules.nesterov: LINES[rules.momentum] | {"g": "grad(theta - eta * beta1 * v)"},
    rules.rmsprop: LINES[rules.adagrad] | {"s": "beta2 * s + (1 - beta2) * g**2"},
    rules.adam_l2: LINES[rules.adam] | {"g": "grad(theta) + lam * theta"},
    rules.adamw: LINES[rules.adam] | {"theta": "theta - eta * m_hat / root - eta * lam * theta"},
}

# Which rules share a line, and so can share a mistake in it.
VELOCITY = (rules.momentum, rules.nesterov)
PLAIN_SIZE = (rules.adagrad, rules.rmsprop)
ADAMS = (rules.adam, rules.adam_l2, rules.adamw)
FADING_SIZE = (rules.rmsprop, *ADAMS)

NOTHING_YET = dict.fromkeys("vmst", 0.0)
TOOLS = {"sqrt": np.sqrt, "sum": np.sum, "mean": np.mean, "dict": dict, "__builtins__": {}}


def assembled(lines):
    """The rule that does these lines, {name: formula}, in their order; v, m, s, t start at zero."""
    text = "\n".join(f"{name} = {formula}" for name, formula in lines.items())
    code = compile(text, "<template>", "exec")

    def rule(theta, grad, memory, **hyper):
        names = NOTHING_YET | memory | hyper | {"theta": theta, "grad": grad, "memory": memory}
        exec(code, TOOLS, names)
        return names["theta"], names["memory"]

    return rule


def rewritten(**lines):
    """A way to make a rule: right -> the right rule with these of its lines rewritten."""
    return lambda right: assembled(LINES[right] | lines)

"""The course's own words: symbols, titles, colours, and the sentence that says what happened.

Colour is memory: grey for none, blue for the memory of direction, orange for the memory of size,
purple for both. Every colour has a contrast of 4.5 : 1 or more on PAPER.
"""

PAPER, INK, QUIET = "#FCFBF7", "#1F2430", "#666C78"

DIRECTION, SIZE, BOTH = "#084B8A", "#B35C00", "#6A2480"

TITLES = {
    "gd": "GD",
    "sgd": "SGD",
    "momentum": "momentum",
    "nesterov": "Nesterov",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adam_l2": "Adam + L2",
    "adamw": "AdamW",
}

COLORS = {
    "gd": QUIET,
    "sgd": "#2B313C",
    "momentum": DIRECTION,
    "nesterov": "#1D74BC",
    "adagrad": "#7F3B00",
    "rmsprop": SIZE,
    "adam": BOTH,
    "adam_l2": BOTH,
    "adamw": "#A8519F",
}

SYMBOLS = {"eta": "η", "beta1": "β₁", "beta2": "β₂", "eps": "ε", "lam": "λ", "batch": "|B|"}

MEANINGS = {
    "eta": "learning rate",
    "beta1": "memory of direction",
    "beta2": "memory of size",
    "eps": "floor of the root",
    "lam": "weight decay",
    "steps": "steps",
    "batch": "mini-batch size",
}

SLOT_COLORS = {"v": DIRECTION, "m": DIRECTION, "last": DIRECTION, "s": SIZE}


def title_of(rule):
    """What a rule is called on screen: "Nesterov" for nesterov, a student's own name as it is."""
    name = getattr(rule, "__name__", "your rule")
    return TITLES.get(name, name)


def color_of(rule, slots):
    """The rule's colour in the course; a student's rule is coloured by what it remembers."""
    known = {SLOT_COLORS.get(slot, BOTH) for slot in slots}
    by_memory = known.pop() if len(known) == 1 else BOTH if known else QUIET
    return COLORS.get(getattr(rule, "__name__", ""), by_memory)


def short(number):
    """Three significant digits, as one would write them: 24.2, 0.0119, 3.1e-4."""
    size = abs(float(f"{number:.3g}"))  # 999.7 is written as 1000 is
    if size == 0 or 1e-3 <= size < 1e5:
        return f"{number:.3g}" if size < 1000 else f"{number:.0f}"
    mantissa, exponent = f"{number:.2e}".split("e")
    return f"{float(mantissa):g}e{int(exponent)}"


def about(number):
    """One significant digit: 600 for 622, which does not hang on a single accident."""
    return f"{float(f'{number:.1g}'):g}"


def settings(hyper):
    """ "η = 0.001, β₁ = 0.9" """
    return ", ".join(f"{SYMBOLS.get(name, name)} = {_setting(hyper[name])}" for name in hyper)


def _setting(value):
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number:
        return str(value)
    return f"{value:.6g}".replace("e-0", "e-").replace("e+0", "e")


def outcome(run):
    """ "loss 24.2 → 0.0119 in 300 steps", or "diverged at step 7: try a smaller η"."""
    if run.diverged_at >= 0:
        advice = ": try a smaller η" if run.hyper.get("eta", 0) > 0 else ""
        return f"diverged at step {run.diverged_at}{advice}"
    steps = "1 step" if len(run.loss) == 2 else f"{len(run.loss) - 1} steps"
    return f"loss {short(run.loss[0])} → {short(run.loss[-1])} in {steps}"


def headline(rule, run, before=None, ghost=None):
    """ "momentum, η = 0.001, β₁ = 0.9: loss 24.2 → 0.0119 in 300 steps; GD: 3.1" """
    hyper = run.hyper if run.batch is None else run.hyper | {"batch": run.batch}
    named = ", ".join(filter(None, [title_of(rule), settings(hyper)]))
    said = f"{named}: {outcome(run)}"
    if ghost is None:
        return said
    after = (
        f"diverged at step {ghost.diverged_at}" if ghost.diverged_at >= 0 else short(ghost.loss[-1])
    )
    return f"{said}; {title_of(before)}: {after}"

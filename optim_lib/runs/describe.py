"""A run in a sentence: what was run, and what came of it."""

from optim_lib.runs.inspect import title_of
from optim_lib.text import number, say, settings


def outcome(run):
    """ "loss 24.2 → 0.0119 in 300 steps", or "diverged at step 7: try a smaller η"."""
    if run.diverged_at >= 0:
        if run.hyper.get("eta", 0) > 0:
            return say("diverged at step {step}: try a smaller η", step=run.diverged_at)
        return say("diverged at step {step}", step=run.diverged_at)
    steps = len(run.loss) - 1
    ends = {"first": number(run.loss[0]), "last": number(run.loss[-1]), "steps": steps}
    if steps == 1:
        return say("loss {first} → {last} in 1 step", **ends)
    return say("loss {first} → {last} in {steps} steps", **ends)


def headline(rule, run, before=None, ghost=None):
    """ "momentum, η = 0.001, β₁ = 0.9: loss 24.2 → 0.0119 in 300 steps; GD: 3.1" """
    hyper = run.hyper if run.batch is None else run.hyper | {"batch": run.batch}
    named = ", ".join(filter(None, [title_of(rule), settings(hyper)]))
    said = say("{who}: {outcome}", who=named, outcome=outcome(run))
    if ghost is None:
        return said
    after = number(ghost.loss[-1])
    if ghost.diverged_at >= 0:
        after = say("diverged at step {step}", step=ghost.diverged_at)
    return say("{first}; {before}: {after}", first=said, before=title_of(before), after=after)

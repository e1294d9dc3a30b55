"""The two ways to make a wrong rule from a right one: `on` and `anywhere` make a face of a mistake.

Each module here has a TABLE {name: (says, hint, *faces)}: a short stable name, what the rule does
in a sentence to the student, a question that leads on and does not give the code away, and as many
faces as the mistake has, often one.
"""

from optim_lib.checking.templates import rewritten


def on(among, **lines):
    """A face: these lines rewritten, in one rule or in any of several."""
    return among if isinstance(among, tuple) else (among,), rewritten(**lines)


def anywhere(step=None, returned=lambda memory: memory, **changes):
    """A face for any rule: the right one, with something changed that goes in or comes out.

    step      (step, eta) -> the wrong step of θ
    returned  memory -> the memory that is returned
    changes   {grad, memory, eta, beta1, ...: what it is -> what the right rule receives}
    """

    def make(right):
        def wrong(theta, grad, memory, **hyper):
            given = {"grad": grad, "memory": memory} | hyper
            given |= {name: changes[name](given[name]) for name in given.keys() & changes.keys()}
            new, kept = right(theta, given.pop("grad"), given.pop("memory"), **given)
            new = theta + step(new - theta, hyper.get("eta")) if step else new
            return new, returned(kept)

        return wrong

    return None, make

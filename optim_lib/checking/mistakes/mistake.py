"""One row of the table of mistakes, and the two ways to make a wrong rule from a right one."""

from optim_lib.checking.templates import rewritten


class Mistake:
    """A misunderstanding that can be recognised by the steps it takes.

    name   short and stable
    says   what the rule does, in a sentence to the student
    hint   a question that leads on, and does not give the code away
    faces  its wrong rules, made by `on` or `anywhere`: often one, several if it has many faces
    """

    def __init__(self, name, says, hint, *faces):
        self.name, self.says, self.hint, self.faces = name, says, hint, faces

    def wrong_rules(self, right):
        """The faces that it has for this right rule; there may be none."""
        return [make(right) for among, make in self.faces if among is None or right in among]


def on(among, **lines):
    """A face: these lines of the blackboard, rewritten in any of these rules."""
    return among, rewritten(**lines)


def anywhere(wrong_step):
    """A face for any rule: wrong_step(right, theta, grad, memory, **hyper) is one wrong step."""
    return None, lambda right: lambda *args, **hyper: wrong_step(right, *args, **hyper)

"""Objects that are no rules, and rules that do what no rule should: check() answers to all."""

import sys
import warnings

import numpy as np
import pytest

from optim_lib import rules

HOSTILE = []
BEYOND_WORDS = "even to look at it is an error"


def hostile(name=None):
    """The object below is rejected, by this name or by none."""

    def collect(thing):
        HOSTILE.append(pytest.param(thing, name, id=getattr(thing, "__name__", repr(thing))))
        return thing

    return collect


for thing in (None, 3, "momentum", [rules.gd], (np.zeros(2), {}), ..., object):
    HOSTILE.append(pytest.param(thing, "signature", id=repr(thing).partition(" at 0x")[0]))
ADD = "signature" if hasattr(np.add, "__signature__") else None  # numpy tells it from 2.4 on
for thing, name in ((print, "signature"), (len, "signature"), (np.add, ADD), (min, None)):
    HOSTILE.append(pytest.param(thing, name, id=thing.__name__))


def raising(error):
    def raises(theta, grad, memory, *, eta):
        raise error

    return pytest.param(raises, None, id=f"raises {type(error).__name__}")


class Outcast(BaseException):
    pass


class CannotBeSaid(Exception):
    def __str__(self):
        raise RuntimeError("no words")


for error in (
    ValueError("x" * 100_000),
    SystemExit(1),
    GeneratorExit(),
    StopIteration(),
    MemoryError(),
    Outcast(),
    CannotBeSaid(),
    ZeroDivisionError("a\nb\nc"),
    AssertionError(),
):
    HOSTILE.append(raising(error))


@hostile("never returns")
def loops_at_the_fifth_step(theta, grad, memory, *, eta):
    t = memory.get("t", 0) + 1
    while t == 5:
        pass
    return theta - eta * grad(theta), {"t": t}


@hostile()
def calls_itself(theta, grad, memory, *, eta):
    return calls_itself(theta, grad, memory, eta=eta)


@hostile()
def asks_at_one_coordinate(theta, grad, memory, *, eta):
    grad(theta[0])
    return theta - eta * grad(theta), {}


@hostile()
def exits(theta, grad, memory, *, eta):
    sys.exit("bye")


@hostile("signature")
def no_parameters():
    return 1


@hostile("signature")
def no_memory(theta, grad, *, eta):
    return theta, {}


@hostile("signature")
def no_star(theta, grad, memory, eta):
    return theta - eta * grad(theta), {}


@hostile("signature")
def other_name(theta, grad, memory, *, alpha):
    return theta - alpha * grad(theta), {}


@hostile("signature")
def one_too_many(theta, grad, memory, *, eta, decay):
    return theta - eta * grad(theta), {}


@hostile()
def three_results(theta, grad, memory, *, eta):
    return theta, memory, eta


@hostile()
def a_list(theta, grad, memory, *, eta):
    return [theta - eta * grad(theta), {}]


@hostile()
def theta_as_list(theta, grad, memory, *, eta):
    return list(theta - eta * grad(theta)), {}


@hostile()
def words(theta, grad, memory, *, eta):
    return "theta", {"v": "memory"}


@hostile()
def a_generator(theta, grad, memory, *, eta):
    yield theta, memory


@hostile()
async def a_coroutine(theta, grad, memory, *, eta):
    return theta, memory


@hostile()
def complex_numbers(theta, grad, memory, *, eta):
    return theta - 1j * eta * grad(theta), {}


@hostile()
def array_of_objects(theta, grad, memory, *, eta):
    return np.array([None, print]), {}


@hostile()
def only_nan(theta, grad, memory, *, eta):
    return theta * np.nan, {"v": theta * np.inf}


@hostile()
def slot_that_grows(theta, grad, memory, *, eta):
    past = np.append(memory.get("past", []), 1.0)
    return theta - eta * grad(theta), {"past": past}


@hostile()
def slot_that_is_a_list(theta, grad, memory, *, eta):
    return theta - eta * grad(theta), {"past": [*memory.get("past", []), 1.0]}


@hostile()
def memory_in_memory(theta, grad, memory, *, eta):
    memory["memory"] = memory
    return theta - eta * grad(theta), memory


@hostile("memory changed in place")
def puts_memory_in_memory(theta, grad, memory, *, eta):
    memory["memory"] = memory
    return theta - eta * grad(theta), {}


@hostile("memory changed in place")
def clears_memory(theta, grad, memory, *, eta):
    memory["n"] = 1
    return theta - eta * grad(theta), {}


class Spiteful:
    """Answers every question with an exception."""

    def _refuse(self, *args, **kwargs):
        raise Outcast

    __array__ = __eq__ = __len__ = __iter__ = __bool__ = __getitem__ = __repr__ = __str__ = _refuse
    __hash__ = object.__hash__
    __getattr__ = __format__ = __float__ = __deepcopy__ = __reduce_ex__ = _refuse


class SpitefulArray(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        raise Outcast

    def __eq__(self, other):
        raise Outcast

    __hash__ = None

    def copy(self, order="C"):
        raise Outcast


class SpitefulDict(dict):
    def items(self):
        while True:
            yield "v", 1.0

    def get(self, *args):
        raise Outcast


@hostile()
def returns_spite(theta, grad, memory, *, eta):
    return Spiteful()


@hostile()
def returns_spiteful_theta(theta, grad, memory, *, eta):
    return Spiteful(), {}


@hostile()
def remembers_spite(theta, grad, memory, *, eta):
    return theta - eta * grad(theta), {"v": Spiteful()}


@hostile()
def spiteful_slot_name(theta, grad, memory, *, eta):
    return theta - eta * grad(theta), {Spiteful(): 1.0}


@hostile("never returns")
def returns_spiteful_dict(theta, grad, memory, *, eta):
    return theta - eta * grad(theta), SpitefulDict(v=1.0)


@hostile()
def asks_spite_for_its_gradient(theta, grad, memory, *, eta):
    return theta - eta * grad(Spiteful()), {}


@hostile("not repeatable")
def is_random(theta, grad, memory, *, eta):
    return theta - eta * np.random.default_rng().random() * grad(theta), {}


V = {"v": 0.0}


@hostile("not repeatable")
def remembers_in_a_global(theta, grad, memory, *, eta):
    V["v"] = 0.9 * V["v"] + grad(theta) * 0.1
    return theta - eta * V["v"], {}


@hostile("not repeatable")
def remembers_in_a_global_that_begins_anew(theta, grad, memory, *, eta):
    if not memory:
        V["v"] = 0.0
    V["v"] = 0.9 * V["v"] + grad(theta) * 0.1
    return theta - eta * V["v"], {"n": memory.get("n", 0) + 1}


@hostile("not repeatable")
def remembers_in_a_default(theta, grad, memory, *, eta, steps=[]):  # noqa: B006
    steps.append(1)
    return theta - eta * grad(theta) / len(steps), {}


@hostile("climbs")
def sets_everything_to_raise(theta, grad, memory, *, eta):
    np.seterr(all="raise")
    warnings.simplefilter("error")
    return theta + eta * grad(theta), {}


@hostile("climbs")
def talks(theta, grad, memory, *, eta):
    print("theta is", theta)
    print("gradient", grad(theta), file=sys.stderr)
    warnings.warn("look out", stacklevel=1)
    return theta + eta * grad(theta), {}


@hostile("climbs")
def silences_everyone(theta, grad, memory, *, eta):
    sys.stdout = sys.stderr = None
    return theta + eta * grad(theta), {}


class Callable:
    """A rule that is an object; its name and signature are out of order."""

    @property
    def __name__(self):
        raise Outcast

    def __call__(self, theta, grad, memory, *, eta):
        return theta + eta * grad(theta), {}


class Signed(Callable):
    @property
    def __signature__(self):
        raise Outcast


HOSTILE.append(pytest.param(Callable(), BEYOND_WORDS, id="an object without a name"))
HOSTILE.append(pytest.param(Signed(), BEYOND_WORDS, id="an object without a signature"))
HOSTILE.append(pytest.param(Spiteful(), "signature", id="spite itself"))

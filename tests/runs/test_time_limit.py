"""Code that does not come back is stopped, in any thread, and nothing is left behind."""

import functools
import itertools
import subprocess
import sys
import threading
import time
import timeit

import numpy as np
import pytest

from optim_lib.landscapes.landscape import Landscape
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.rules import gd
from optim_lib.runs.errors import LandscapeError, OutOfTime, TimeIsUp
from optim_lib.runs.impulse import impulse
from optim_lib.runs.run import run
from optim_lib.runs.sweep import sweep
from optim_lib.runs.time_limit import TimeLimit, stopper

MONITORED = hasattr(sys, "monitoring")
LIMIT, LATE = 0.3, 0.2  # seconds


def in_this_thread(work):
    """What `work()` returned or raised."""
    try:
        return work()
    except BaseException as error:
        return error


def in_another_thread(work):
    returned = []
    thread = threading.Thread(target=lambda: returned.append(in_this_thread(work)), daemon=True)
    thread.start()
    thread.join(10)
    return returned[0] if returned else "is still running"


ENDLESS = []


def endless(rule):
    ENDLESS.append(rule)
    return rule


@endless
def passes(theta, grad, memory, *, eta):
    while True:
        pass


@endless
def catches_all(theta, grad, memory, *, eta):
    while True:
        try:
            theta = theta - eta * grad(theta)
        except:  # noqa: E722
            continue


@endless
def sleeps_and_catches(theta, grad, memory, *, eta):
    while True:
        try:  # noqa: SIM105
            time.sleep(0.01)
        except:  # noqa: E722
            pass


@endless
def nested(theta, grad, memory, *, eta):
    while True:
        try:
            while True:
                try:  # noqa: SIM105
                    time.sleep(0.002)
                except BaseException:
                    pass
        except BaseException:
            pass


def recurs(theta, grad, memory, *, eta):
    try:
        return recurs(theta, grad, memory, eta=eta)
    except RecursionError:
        return recurs(theta, grad, memory, eta=eta)


@endless
def asks_a_generator(theta, grad, memory, *, eta):
    def for_ever():
        while True:
            yield 1

    for _ in for_ever():
        pass


@endless
def comprehends(theta, grad, memory, *, eta):
    return [0 for count in itertools.count() if count < 0]


def decorated(rule):
    @functools.wraps(rule)
    def wrapper(*args, **hyper):
        return rule(*args, **hyper)

    return wrapper


@endless
@decorated
def under_a_decorator(theta, grad, memory, *, eta):
    while True:
        pass


def helper():
    while True:
        pass


@endless
def calls_a_helper(theta, grad, memory, *, eta):
    helper()


ones = (1 for _ in itertools.count())
spread = np.vectorize(lambda x: helper())


def sums_a_generator(theta, grad, memory, *, eta):
    return sum(ones)


@endless
def vectorizes(theta, grad, memory, *, eta):
    return spread(theta), {}


class Endless:
    def __call__(self, theta, grad, memory, *, eta):
        return self.loop()

    def loop(self):
        while True:
            pass


ENDLESS.append(lambda theta, grad, memory, *, eta: [0 for i in itertools.count() if i < 0])
ENDLESS.append(Endless())
ENDLESS.append(functools.partial(passes))


@pytest.mark.parametrize("where", [in_this_thread, in_another_thread])
@pytest.mark.parametrize(
    "rule", ENDLESS, ids=lambda rule: getattr(rule, "__name__", str(type(rule)))
)
def test_endless_rule_is_stopped_within_the_limit(rule, where):
    began = time.monotonic()
    error = where(lambda: run(rule, rosenbrock, eta=0.1, budget=LIMIT))
    assert time.monotonic() - began < LIMIT + (LATE if MONITORED else 3)
    assert isinstance(error, OutOfTime)
    said = " did not come back from step 1 within 0.3 s: look for a loop that never ends."
    assert str(error).endswith(said) or not MONITORED
    assert sys.gettrace() is None or "coverage" in sys.modules


def recurs_and_catches_all(theta, grad, memory, *, eta):
    try:
        recurs_and_catches_all(theta, grad, memory, eta=eta)
    except BaseException:
        recurs_and_catches_all(theta, grad, memory, eta=eta)


@pytest.mark.skipif(not MONITORED, reason="what Python 3.11 may miss, as the README says")
@pytest.mark.parametrize("where", [in_this_thread, in_another_thread])
@pytest.mark.parametrize("rule", [recurs, recurs_and_catches_all])
def test_runaway_recursion_is_stopped(rule, where):
    began = time.monotonic()
    error = where(lambda: run(rule, rosenbrock, eta=0.1, budget=LIMIT))
    assert time.monotonic() - began < LIMIT + LATE + 0.3  # thousands of frames are left one by one
    assert isinstance(error, OutOfTime)


def test_a_generator_from_elsewhere_is_stopped():
    assert isinstance(
        in_this_thread(lambda: run(sums_a_generator, rosenbrock, eta=0.1, budget=LIMIT)), OutOfTime
    )


@pytest.mark.parametrize("where", [in_this_thread, in_another_thread])
def test_every_way_to_let_a_rule_walk_has_a_limit(where):
    def in_a_batch(theta, grad, memory, *, eta):
        while np.ndim(eta):
            pass
        return theta, memory

    assert isinstance(where(lambda: impulse(passes)), OutOfTime)
    stuck = where(lambda: sweep(in_a_batch, rosenbrock, eta=[0.1, 0.2], budget=LIMIT))
    assert isinstance(stuck, OutOfTime) and "step 1 within 0.3 s" in str(stuck)


def slow(theta, grad, memory, *, eta):
    time.sleep(0.005)
    return theta, {}


@pytest.mark.parametrize("where", [in_this_thread, in_another_thread])
def test_long_but_honest_walk_is_told_so(where):
    done = []

    def counted(*arguments, eta):
        returned = slow(*arguments, eta=eta)
        done.append(1)
        return returned

    error = where(lambda: run(counted, rosenbrock, steps=1000, eta=0.1, budget=1))
    assert isinstance(error, OutOfTime)
    assert str(error).startswith("counted had done ")
    assert str(error).endswith(
        " of 1000 steps when its 1 s were over: take fewer steps, make them faster, or "
        "give run() a larger budget."
    )
    assert abs(int(str(error).split()[3]) - len(done)) <= 1


def test_a_slow_step_that_comes_back_is_no_endless_loop():
    def sleeps(theta, grad, memory, *, eta):
        time.sleep(1)
        return theta, memory

    with pytest.raises(OutOfTime, match=r"^sleeps took 1(\.\d)? s for step 1: a step"):
        run(sleeps, rosenbrock, eta=0.1, budget=0.3)


def test_a_slow_landscape_is_blamed_and_not_the_rule():
    def waits(theta):
        time.sleep(0.2)
        return (theta**2).sum(axis=0)

    for landscape in (
        waits,
        Landscape("waits", lambda theta: 0.0, lambda theta: waits(theta) + theta),
    ):
        with pytest.raises(
            LandscapeError, match=r"^The landscape waits took 0\.\d+ s for one call"
        ):
            run(gd, landscape, eta=0.1, budget=0.5)

    def never(theta):
        while True:
            pass

    with pytest.raises(LandscapeError, match=r"^The landscape never took 0\.\d+ s for one call"):
        run(gd, never, eta=0.1, budget=0.3)


def test_larger_budget_lets_it_finish():
    assert len(run(slow, rosenbrock, steps=50, eta=0.1, budget=30).loss) == 51


def brief(theta, grad, memory, *, eta):
    return sum(range(2000)) * 0 + theta, {}


@pytest.fixture
def threads_that_switch_often():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("threads_that_switch_often")
@pytest.mark.parametrize("where", [in_this_thread, in_another_thread])
def test_limit_that_ends_as_the_walk_does_leaves_no_stray_exception(where):
    """Budgets all around the time that the walk takes: whichever wins, nothing comes later."""

    def walk(budget):
        run(brief, rosenbrock, steps=10, eta=0.1, budget=budget)

    def race():
        usual, outcomes = min(timeit.repeat(lambda: walk(60), number=1, repeat=9)), set()
        for share in np.linspace(0.01, 3, 400):
            try:
                walk(share * usual)
                outcomes.add("finished")
            except OutOfTime:
                outcomes.add("out of time")
            sum(range(500))  # a stray exception would be met here
        return outcomes

    assert where(race) == {"finished", "out of time"}


def test_limits_of_two_threads_do_not_meet():
    """Only the thread whose time is up is stopped."""
    loop = threading.Thread(
        target=in_this_thread, args=[lambda: run(passes, rosenbrock, eta=0.1, budget=0.1)]
    )
    loop.start()
    walked = run(slow, rosenbrock, steps=40, eta=0.1, budget=30)
    loop.join()
    assert walked.diverged_at == -1


def test_one_limit_is_shared_by_many_calls():
    began = time.monotonic()
    with TimeLimit(0.3, helper) as limit:
        for _ in range(5):
            assert isinstance(in_this_thread(lambda: limit.call(helper)), TimeIsUp)
    assert time.monotonic() - began < 0.3 + (LATE if MONITORED else 1)


def test_the_limit_that_ends_first_is_met_first():
    for inner, outer in ((0.05, 30), (30, 0.05)):
        began = time.monotonic()
        with TimeLimit(outer, helper) as long, TimeLimit(inner, helper) as short:
            ended = in_this_thread(lambda: long.call(short.call, helper))
        assert isinstance(ended, TimeIsUp) and time.monotonic() - began < 5


def test_time_is_up_is_no_exception_that_a_rule_catches_by_accident():
    assert not issubclass(TimeIsUp, Exception)


def test_ctrl_c_passes():
    def interrupted(theta, grad, memory, *, eta):
        raise KeyboardInterrupt

    for walk in (lambda: run(interrupted, rosenbrock, eta=0.1), lambda: impulse(interrupted)):
        assert type(in_this_thread(walk)) is KeyboardInterrupt


INTERRUPTED = """
import os, signal, threading, time
from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.rules import gd
from optim_lib.checking.check import check
from optim_lib.runs.run import run

def swallows(theta, grad, memory, *, eta=0.1):
    while True:
        try:
            time.sleep(0.01)
        except BaseException:
            pass

for walk in (lambda: run(swallows, rosenbrock, budget=0.5), lambda: check(swallows, gd)):
    threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    try:
        print("a verdict:", walk())
    except KeyboardInterrupt:
        print("interrupted")
assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to be sent")
def test_ctrl_c_passes_even_if_the_rule_catches_it():
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True)
    assert (ran.stdout.split("\n"), ran.returncode) == (["interrupted", "interrupted", ""], 0), ran


def test_nothing_stays_behind():
    run(passes_once, rosenbrock, eta=0.001)
    threads = threading.active_count()
    in_this_thread(lambda: run(passes, rosenbrock, eta=0.1, budget=0.05))
    run(passes_once, rosenbrock, eta=0.001)
    assert threading.active_count() == threads
    assert not (stopper().watchers if MONITORED else stopper().calls)


def passes_once(theta, grad, memory, *, eta):
    for _ in range(3):
        pass
    return theta, memory


@pytest.mark.skipif(not MONITORED, reason="there is no monitoring")
def test_only_the_authors_own_code_is_watched_and_only_meanwhile():
    tool, seen = stopper().tool, {}

    def looks(theta, grad, memory, *, eta):
        for function in (looks, helper, gd, np.linspace.__wrapped__):
            seen[function] = sys.monitoring.get_local_events(tool, function.__code__)
        return gd(theta, grad, memory, eta=eta + 0 * len(str(helper)))

    run(looks, rosenbrock, steps=1, eta=0.001)
    assert [bool(events) for events in seen.values()] == [True, True, False, False]
    assert not sys.monitoring.get_local_events(tool, looks.__code__)
    assert not sys.monitoring.get_events(tool)


@pytest.mark.skipif(not MONITORED, reason="there is no monitoring")
def test_a_debugger_and_coverage_are_not_disturbed():
    lines = []
    tool = sys.monitoring.DEBUGGER_ID
    sys.monitoring.use_tool_id(tool, "debugger")
    try:
        sys.monitoring.register_callback(
            tool, sys.monitoring.events.LINE, lambda code, line: lines.append(line)
        )
        sys.monitoring.set_local_events(tool, passes_once.__code__, sys.monitoring.events.LINE)
        run(passes_once, rosenbrock, steps=1, eta=0.001)
        in_this_thread(lambda: run(passes, rosenbrock, eta=0.1, budget=0.05))
        once = len(lines)
        run(passes_once, rosenbrock, steps=1, eta=0.001)
        assert len(lines) == 2 * once > 0
    finally:
        sys.monitoring.free_tool_id(tool)


def test_a_tracer_is_put_back():
    def tracer(*_):
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        in_this_thread(lambda: run(catches_all, rosenbrock, eta=0.1, budget=0.05))
        after = sys.gettrace()
    finally:
        sys.settrace(before)
    assert after is tracer


IN_FINALIZERS = """
from optim_lib.runs.inspect import name_of
from optim_lib.runs.errors import TimeIsUp
from optim_lib.runs.time_limit import TimeLimit

class Litter:
    def __del__(self):
        for _ in range(200):
            pass

def loop():
    while True:
        Litter()

for _ in range(5):
    try:
        with TimeLimit(0.02, loop) as limit:
            limit.call(loop)
    except TimeIsUp:
        print("stopped")
Litter.__del__ = lambda self: 1 / 0
Litter()
"""


def test_a_loop_of_finalizers_is_stopped():
    """Python reports what a finalizer raises and goes on: TimeIsUp is raised once more."""
    ran = subprocess.run([sys.executable, "-c", IN_FINALIZERS], capture_output=True, text=True)
    assert ran.stdout.split() == ["stopped"] * 5 and ran.returncode == 0
    assert ran.stderr.count("ZeroDivisionError") == 1

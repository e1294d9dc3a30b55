"""A rule that does not come back is stopped, in any thread, and leaves nothing behind."""

import subprocess
import sys
import threading
import time
import timeit

import numpy as np
import pytest

from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.rules import gd
from optim_lib.runs.errors import OutOfTime
from optim_lib.runs.run import impulse, run
from optim_lib.runs.time_limit import AGAIN, WATCHER, TimeIsUp, time_budget


def in_this_thread(work):
    """What `work()` returned or raised."""
    try:
        return work()
    except BaseException as error:
        return error


def in_another_thread(work):
    returned = []
    thread = threading.Thread(target=lambda: returned.append(in_this_thread(work)))
    thread.start()
    thread.join()
    return returned[0]


def endless(theta, grad, memory, *, eta):
    while True:
        pass


def endless_that_catches(theta, grad, memory, *, eta):
    while True:
        try:
            theta = theta - eta
        except Exception:
            continue


def endless_that_catches_all(theta, grad, memory, *, eta):
    while True:
        try:
            theta = theta - eta * grad(theta)
        except:  # noqa: E722
            continue


def endless_at_step_3(theta, grad, memory, *, eta):
    while memory.get("n") == 2:
        pass
    return theta, {"n": memory.get("n", 0) + 1}


def slow(theta, grad, memory, *, eta):
    time.sleep(0.005)
    return theta, {}


def brief(theta, grad, memory, *, eta):
    return sum(range(2000)) * 0 + theta, {}


@pytest.mark.parametrize("where", [in_this_thread, in_another_thread])
@pytest.mark.parametrize(
    "rule, step",
    [
        (endless, 1),
        (endless_that_catches, 1),
        (endless_that_catches_all, 1),
        (endless_at_step_3, 3),
    ],
)
def test_endless_loop_is_stopped(rule, step, where):
    error = where(lambda: run(rule, rosenbrock, eta=0.1, budget=0.3))
    assert type(error) is OutOfTime
    assert str(error) == (
        f"{rule.__name__} did not come back from step {step} within 0.3 s: "
        "look for a loop that never ends."
    )


def test_endless_loop_is_stopped_in_a_forgetting_curve():
    with pytest.raises(OutOfTime, match=r"^endless did not come back from step 1 within 2 s: "):
        impulse(endless)


@pytest.mark.parametrize("where", [in_this_thread, in_another_thread])
def test_long_but_honest_walk_is_told_so(where):
    done = []

    def counted(*arguments, eta):
        returned = slow(*arguments, eta=eta)
        done.append(1)
        return returned

    error = where(lambda: run(counted, rosenbrock, steps=1000, eta=0.1, budget=1))
    assert type(error) is OutOfTime
    assert str(error) == (
        f"counted had done {len(done)} of 1000 steps when its 1 s were over: "
        "take fewer steps, or give it a larger budget."
    )


def test_larger_budget_lets_it_finish():
    assert len(run(slow, rosenbrock, steps=50, eta=0.1, budget=30).loss) == 51


@pytest.fixture
def threads_that_switch_often():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("threads_that_switch_often")
@pytest.mark.parametrize("where", [in_this_thread, in_another_thread])
def test_budget_that_ends_as_the_walk_does_leaves_no_stray_exception(where):
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


def test_budget_ends_with_its_block():
    with time_budget(0.05):
        pass
    time.sleep(0.1)
    assert "".join(str(i) for i in range(1000))


def test_budgets_of_two_threads_do_not_meet():
    """Only the thread that spent its budget is stopped."""
    loop = threading.Thread(
        target=in_this_thread, args=[lambda: run(endless, rosenbrock, eta=0.1, budget=0.1)]
    )
    loop.start()
    walked = run(slow, rosenbrock, steps=40, eta=0.1, budget=30)
    loop.join()
    assert walked.diverged_at == -1


def test_time_is_up_is_no_exception_that_a_rule_catches_by_accident():
    assert not issubclass(TimeIsUp, Exception)


def test_one_watcher_serves_all_budgets():
    run(gd, rosenbrock, eta=0.001)
    before = threading.active_count()
    run(gd, rosenbrock, eta=0.001)
    assert threading.active_count() == before
    assert not WATCHER.budgets


@pytest.mark.parametrize("where", [in_this_thread, in_another_thread])
def test_nothing_is_raised_any_more_once_the_block_is_left(where):
    def catches(theta, grad, memory, *, eta):
        try:
            while True:
                pass
        except:  # noqa: E722
            sum(range(1_000_000))  # it is raised again in here
        return theta, memory

    def then_work():
        with pytest.raises(OutOfTime):
            run(catches, rosenbrock, eta=0.1, budget=0.05)
        assert not WATCHER.budgets
        began = time.monotonic()
        while time.monotonic() - began < 50 * AGAIN:
            sum(range(1000))
        return "undisturbed"

    assert where(then_work) == "undisturbed"


def test_the_budget_that_ends_first_is_met_first():
    def waits(inner, outer):
        with time_budget(outer), time_budget(inner):
            while True:
                pass

    for inner, outer in ((0.05, 30), (30, 0.05)):
        began = time.monotonic()
        with pytest.raises(TimeIsUp):
            waits(inner, outer)
        assert time.monotonic() - began < 5


IN_FINALIZERS = """
from optim_lib.runs.time_limit import TimeIsUp, time_budget

class Litter:
    def __del__(self):
        for _ in range(200):
            pass

for _ in range(5):
    try:
        with time_budget(0.02):
            while True:
                Litter()
    except TimeIsUp:
        print("stopped")
Litter.__del__ = lambda self: 1 / 0
Litter()
"""


def test_a_loop_of_finalizers_is_stopped_and_only_their_own_errors_are_reported():
    """Python reports what a finalizer raises and goes on: a TimeIsUp there is raised once more."""
    ran = subprocess.run([sys.executable, "-c", IN_FINALIZERS], capture_output=True, text=True)
    assert ran.stdout.split() == ["stopped"] * 5 and ran.returncode == 0
    assert "TimeIsUp" not in ran.stderr and ran.stderr.count("ZeroDivisionError") == 1

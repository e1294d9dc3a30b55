"""Who checks a rule is silenced, nobody else is, and whatever was there comes back."""

import sys
import threading
import warnings
from contextlib import contextmanager, redirect_stdout
from io import StringIO

import numpy as np

from optim_lib import rules
from optim_lib.checking.check import check
from optim_lib.checking.silence import silence


def elsewhere(work):
    """Do it in another thread."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()


@contextmanager
def another_check():
    """While it lasts another thread is checking a rule; yields what ends that check."""
    inside, leave = threading.Event(), threading.Event()

    def checking():
        with silence():
            inside.set()
            assert leave.wait(5)
            print("another check")

    def end():
        leave.set()
        thread.join(5)
        assert not thread.is_alive()

    thread = threading.Thread(target=checking)
    thread.start()
    assert inside.wait(5)
    yield end
    end()


def settings():
    return sys.stdout, sys.stderr, list(warnings.filters), np.geterr()


def test_what_this_thread_prints_is_lost_and_what_another_prints_is_not(capsys):
    before = settings()
    with silence():
        print("here")
        print("here", file=sys.stderr)
        sys.stdout.write("here")
        warnings.warn("here", stacklevel=1)
        elsewhere(lambda: print("elsewhere", flush=True))
        elsewhere(lambda: print("elsewhere", file=sys.stderr))
    assert capsys.readouterr() == ("elsewhere\n", "elsewhere\n")
    assert settings() == before
    print("after")
    assert capsys.readouterr().out == "after\n"


def test_a_rule_prints_while_another_thread_does(capsys):
    def talks(theta, grad, memory, *, eta):
        print("a step")
        elsewhere(lambda: print("elsewhere"))
        return theta - eta * grad(theta), {}

    assert check(talks, rules.gd)
    assert set(capsys.readouterr().out.split("\n")) == {"elsewhere", ""}


def test_checks_may_overlap_and_end_in_the_other_order(capsys):
    before = settings()
    with another_check() as end, silence():
        end()
        print("second")
        warnings.warn("second", stacklevel=1)
        elsewhere(lambda: print("elsewhere"))
    assert capsys.readouterr() == ("elsewhere\n", "")
    assert settings() == before


def test_silence_may_be_nested():
    def checks(theta, grad, memory, *, eta):
        assert memory or check(rules.gd, rules.gd)
        print("still silent")
        return theta - eta * grad(theta), {"n": 1}

    with redirect_stdout(StringIO()) as out:
        assert check(checks, rules.gd)
        print("out")
    assert out.getvalue() == "out\n"


def test_a_stream_that_was_redirected_meanwhile_is_given_back():
    before = sys.stdout
    with another_check() as end, redirect_stdout(StringIO()) as mine:
        with silence():
            end()
            print("silent")
        print("mine")
    assert mine.getvalue() == "mine\n"
    with silence():
        pass
    assert sys.stdout is before

"""A class that drags all at once, on one machine:  python tests/bench/classroom.py [--quick]

Each student has a kernel with the live panel of memory.py and moves its slider as a browser does:
over the subshell that JupyterLab opens for widgets, at most once in a frame of a screen with 60 a
second, and not before the last move is answered, which is how ipywidgets throttles. A move's time
runs from the slider's message to the last reply, "idle", which follows the new lines. Each kernel
has one processor, in turn, as CLASSROOM.md sets up a server. Beside it the kernels may run on any
processor, and matplotlib redraws the same picture to a PNG at each move: all take turns. The hands
share this machine, but go first, as they would on machines of their own; Jupyter's server, the
browsers and the network have no part in it. Exit status 1 if a target is missed.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, cycle

import numpy as np
from memory import PANEL, running_kernel

from optim_lib.landscapes.surfaces import rosenbrock
from optim_lib.panels.grids import GRIDS
from optim_lib.rules import gd, momentum
from optim_lib.runs.describe import headline
from optim_lib.runs.run import run

REDRAWN = """
import io
import ipywidgets as widgets
from optim_lib.runs import run
from optim_lib.landscapes import surfaces
from optim_lib.panels.grids import GRIDS
from optim_lib.panels.sliders import Knob
from optim_lib.pictures import theme
from optim_lib.pictures.explore import Explored, ExplorePicture

def walk(eta):
    walked = run.run(momentum, surfaces.rosenbrock, eta=eta, beta1=0.9)
    ghost = run.run(gd, surfaces.rosenbrock, eta=eta)
    forgetting = run.impulse(momentum, 100, beta1=0.9)
    return Explored(momentum, gd, surfaces.rosenbrock, walked, ghost, forgetting)

knob, image = Knob("eta", GRIDS["eta"], 0.001), widgets.Image()
picture = ExplorePicture(walk(0.001), theme.current())

def redraw(change):
    picture.show(walk(change.new))
    png = io.BytesIO()
    picture.figure.savefig(png, format="png")
    image.value = png.getvalue()

knob.box.observe(redraw, "value")
"""
LIVE_IDS = "(panel.panel.children[1].children[0].children[0].model_id, panel.stage.model_id)"
REDRAWN_IDS = "(knob.slider.model_id, image.model_id)"
LOW, HIGH = 40, 80  # stops of the slider for η: from 8e-5 to 5e-3, where momentum diverges
THERE_AND_BACK = 2 * (HIGH - LOW)  # moves, after which no axis of the live panel widens
FRAME = 1 / 60  # seconds
PROCESSORS = sorted(os.sched_getaffinity(0))
P95 = {4: 60, 16: 150}  # ms at most, by how many drag
MEGABYTES = 130  # at most, a kernel


class Hand:
    """Drags one slider, and hears what its kernel replies."""

    def __init__(self, kernel, slider, picture):
        self.kernel, self.slider, self.picture = kernel, slider, picture
        self.stops = cycle(chain(range(LOW, HIGH), range(HIGH, LOW, -1)))
        self.state, self.errors, self.undrawn = {}, 0, 0

    def warm_up(self, moves):
        for _ in range(moves):
            self.move()

    def drag(self, seconds):
        """[seconds that each move took]"""
        took, end = [], time.monotonic() + seconds
        while (began := time.monotonic()) < end:
            took.append(self.move())
            time.sleep(max(0, began + FRAME - time.monotonic()))
        return took

    def move(self):
        self.stop, began = next(self.stops), time.monotonic()
        self.hear(self.kernel.set(self.slider, index=self.stop))
        return time.monotonic() - began

    def hear(self, sent):
        """All replies to a message, the last of which is that the kernel is idle."""
        drawn = False
        while True:
            kind, answers, content = self.kernel.hear()
            self.errors += kind in ("error", "stream")
            if kind == "comm_msg" and content["comm_id"] == self.picture:
                self.state |= content["data"]["state"]
                drawn = True
            if answers == sent and content.get("execution_state") == "idle":
                self.errors += bool(self.state.get("alert"))
                self.undrawn += not drawn
                return

    def lost(self):
        """True if the last update that came does not show the last value that was sent."""
        eta = GRIDS["eta"][self.stop]
        walked = run(momentum, rosenbrock, eta=eta, beta1=0.9)
        right = headline(momentum, walked, gd, run(gd, rosenbrock, eta=eta))
        return self.state["caption"] != right


def one_processor_each(kernels):
    for kernel, processor in zip(kernels, cycle(PROCESSORS), strict=False):
        kernel.confine([processor])


def any_processor(kernels):
    for kernel in kernels:
        kernel.confine(PROCESSORS)


def take_turns(students, rounds, seconds):
    """{way: [seconds of each move]}, the hands and [megabytes] of the kernels with a live panel"""
    with ExitStack() as stack, ThreadPoolExecutor(students) as everybody:
        kernels = [stack.enter_context(running_kernel()) for _ in range(students)]

        def all_sit_down(code, ids, warm_up):
            list(everybody.map(lambda kernel: kernel.run(code), kernels))
            hands = [Hand(kernel, *kernel.ask(ids)) for kernel in kernels]
            list(everybody.map(lambda hand: hand.warm_up(warm_up), hands))
            return hands

        for kernel in kernels:
            kernel.open_subshell()
            kernel.process.nice(5)  # the hands do not queue with the kernels
        live = all_sit_down(PANEL, LIVE_IDS, THERE_AND_BACK)
        megabytes = [kernel.megabytes() for kernel in kernels]
        redrawn = all_sit_down(REDRAWN, REDRAWN_IDS, 1)
        ways = {
            "live panel": (live, one_processor_each),
            "live panel, any processor": (live, any_processor),
            "redrawn by matplotlib": (redrawn, one_processor_each),
        }
        took = {way: [] for way in ways}
        for _ in range(rounds):
            for way, (hands, share_processors) in ways.items():
                share_processors(kernels)
                took[way] += chain.from_iterable(everybody.map(lambda h: h.drag(seconds), hands))
        return took, live, megabytes


def print_row(students, way, took, seconds):
    p50, p95 = 1000 * np.percentile(took, [50, 95])
    rate = len(took) / students / seconds
    print(f"{students:3} × {way:26}{p50:6.0f}{p95:8.0f}{rate:16.1f}")
    return p95


def targets(students, hands, p95, megabytes):
    """(what, value, the most it may be)"""
    yield f"ms, p95 of {students} at once", p95, P95[students]
    yield "MB, the largest kernel", max(megabytes), MEGABYTES
    yield "errors", sum(hand.errors for hand in hands), 0
    yield "moves that drew nothing", sum(hand.undrawn for hand in hands), 0
    yield "last values lost", sum(hand.lost() for hand in hands), 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="shorter drags: a first impression")
    rounds, seconds = (1, 3) if parser.parse_args().quick else (3, 5)
    missed = 0
    print(f"{'students':32}{'p50':>6}{'p95 ms':>8}{'moves/s each':>16}")
    for students in P95:
        ways, hands, megabytes = take_turns(students, rounds, seconds)
        p95, *_ = [print_row(students, way, took, rounds * seconds) for way, took in ways.items()]
        for what, value, most in targets(students, hands, p95, megabytes):
            print(f"{'pass' if value <= most else 'MISS'}  {what:32}{value:7.0f}, at most {most}")
            missed += value > most
    print(f"load {os.getloadavg()[0]:.1f} on {len(PROCESSORS)} cores")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())

"""The same slider over four wires:  python tests/bench/wire.py [--quick]

Servers with and without Nagle's algorithm (publish/nodelay.py); and on each of the two,
JupyterLab as it comes, where widgets talk to a thread of their own in the kernel, and with its
setting commsOverSubshells: disabled. A key is pressed as soon as the picture of the last is there,
13 times a second; then comes a drag. All take turns. After a pause of more than 200 ms Linux
acknowledges at once what comes next, and then a move takes as long with Nagle's algorithm as
without: the lines "lone". Exit status 1 if a target is missed.
"""

import sys
from contextlib import ExitStack

from latency import (
    COMMON,
    LIVE,
    WAYS,
    Notebook,
    Way,
    judged,
    main,
    probed_page,
    running_browser,
    running_lab,
    take_turns,
)

from optim_lib.publish.nodelay import NAME

SEEN = WAYS["live panel"][1]


def as_jupyter_comes(lab):
    lab.disable(NAME)


def without_subshells(lab):
    lab.set("apputils-extension:kernels-settings", commsOverSubshells="disabled")


WIRES = {
    "prompt": [],
    "prompt, one thread": [without_subshells],
    "Nagle": [as_jupyter_comes],
    "Nagle, one thread": [as_jupyter_comes, without_subshells],
}

PAUSES = {"": 0, ", lone": 150}  # ms between a picture and the next move
IN_A_ROW = 4  # times as many moves as the other benches: a pause has its effect on the first few


def measure(home, moves, rounds, drags):
    with ExitStack() as stack:
        browser, ways = stack.enter_context(running_browser()), {}
        for name, changes in WIRES.items():

            def prepare(lab, changes=changes):
                for change in changes:
                    change(lab)

            lab = stack.enter_context(running_lab(home / name, prepare))
            page = probed_page(browser)
            Notebook(page, lab, lab.write(COMMON, LIVE)).run_all()
            for kind, pause in PAUSES.items():
                ways[name + kind] = Way(page, 1, SEEN, pause)
        take_turns(ways, IN_A_ROW * moves, rounds // IN_A_ROW, drags)
        return {name: way.figures() for name, way in ways.items()}


def misses(figures):
    ours, nagle = figures["prompt"], figures["Nagle"]
    lone = figures["prompt, lone"]["median"] / figures["Nagle, lone"]["median"]
    return judged(
        [
            ("median of lone moves: prompt / Nagle", lone, 0.9),
            ("median in a row: prompt / Nagle", ours["median"] / nagle["median"], 0.9),
            ("median in a drag: prompt / Nagle", ours["in a drag"] / nagle["in a drag"], 0.9),
            ("updates a second: Nagle / prompt", nagle["rate"] / ours["rate"], 1 / 1.6),
        ]
    )


if __name__ == "__main__":
    sys.exit(main(__doc__, measure, misses))

"""The same slider over four wires:  python tests/bench/wire.py [--quick]

Servers with and without Nagle's algorithm (see optim_lib/wire.py); and on each of the two,
JupyterLab as it comes, where widgets talk to a thread of their own in the kernel, and with its
setting commsOverSubshells: disabled. The four take turns. It is in a drag that a message waits for
the acknowledgement of the one before: what comes after a pause is acknowledged at once, and so a
lone move takes as long with Nagle's algorithm as without. Exit status 1 if a target is missed.
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

from optim_lib.wire import NAME

SEEN = WAYS["live panel"][1]


def as_jupyter_comes(lab):
    lab.disable(NAME)


def without_subshells(lab):
    lab.set("apputils-extension:kernels-settings", commsOverSubshells="disabled")


WIRES = {
    "prompt": [],
    "prompt, no subshells": [without_subshells],
    "Nagle": [as_jupyter_comes],
    "Nagle, no subshells": [as_jupyter_comes, without_subshells],
}


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
            ways[name] = Way(page, 1, SEEN)
        take_turns(ways, moves, rounds, drags)
        return {name: way.figures() for name, way in ways.items()}


def misses(figures):
    ours, nagle = figures["prompt"], figures["Nagle"]
    return judged(
        [
            ("median of lone moves: prompt / Nagle", ours["median"] / nagle["median"], 0.9),
            ("median in a drag: prompt / Nagle", ours["in a drag"] / nagle["in a drag"], 0.9),
            ("updates a second: Nagle / prompt", nagle["rate"] / ours["rate"], 1 / 1.6),
        ]
    )


if __name__ == "__main__":
    sys.exit(main(__doc__, measure, misses))

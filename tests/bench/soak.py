"""Ten thousand random moves of all controls of one live panel:

    python tests/bench/soak.py [HOW MANY] [SEED]

Exit status 1 if the kernel grows by more than 10 MB once it is warm, if widgets, comms or threads
become more, if anything errs, or if the last picture is not that of a new panel with the same
settings.
"""

import sys
import time
from pathlib import Path
from random import Random
from statistics import median

from hand import Hand
from memory import PANEL, running_kernel

SETUP = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from facts import astray, counts, give_back, layout, unlike_new
"""
EVERY, AT_ONCE = 50, 10  # moves: then the kernel is looked at; as many are sent in one go
GROWTH = 10  # MB
UP_TO_300 = 14  # stops of the slider of steps: longer walks would only take longer


class Player:
    """Makes one random move after another."""

    def __init__(self, hand, layout, seed):
        self.hand, self.layout, self.random = hand, layout, Random(seed)
        moves = {self.slide: 8, self.drag: 6, self.read: 2, self.type: 2, self.place: 1}
        seldom = {self.stretch: 0.1, self.go_elsewhere: 0.1, self.reset: 0.1}
        self.moves = moves | seldom

    def move(self):
        (move,) = self.random.choices([*self.moves], [*self.moves.values()])
        move()

    def slide(self):
        """η or β₁"""
        slider, stops = self.random.choice([*self.layout["stops"].items()][:-1])
        self.hand.set(slider, index=self.random.randrange(stops))

    def stretch(self):
        """The number of steps, whose slider comes last."""
        *_, slider = self.layout["stops"]
        self.hand.set(slider, index=self.random.randrange(UP_TO_300))

    def drag(self):
        x, y = self.random.uniform(60, 600), self.random.uniform(130, 560)
        self.hand.tell(self.layout["stage"], type="drag", x=x, y=y)

    def read(self):
        self.hand.tell(self.layout["stage"], type="read")

    def type(self):
        values = {"eta": 10 ** self.random.uniform(-6, 1), "beta1": self.random.random()}
        name = self.random.choice([*values])
        self.hand.set(self.layout["boxes"][name], value=values[name])

    def place(self):
        box = self.layout["boxes"][self.random.choice("xy")]
        self.hand.set(box, value=self.random.uniform(-4, 4))

    def go_elsewhere(self):
        index = self.random.randrange(self.layout["landscapes"])
        self.hand.set(self.layout["boxes"]["landscape"], index=index)

    def reset(self):
        self.hand.tell(self.layout["reset"], event="click")


def soak(moves, seed):
    """[(MB, frames drawn, what is astray, (widgets, comms, threads))], unlike a new one, said"""
    with running_kernel(Hand) as hand:
        hand.run(PANEL + SETUP)
        player, looks = Player(hand, hand.ask("layout(panel)"), seed), []
        for made in range(1, moves + 1):
            player.move()
            if made % AT_ONCE == 0:
                hand.settle()
            if made % EVERY == 0:
                state = hand.ask("(give_back(), panel.stage.tick, astray(panel), counts())")[1:]
                looks.append((hand.megabytes(), *state))
            if made % (moves // 10) == 0:
                print(f"{made:6} moves: {looks[-1][0] if looks else 0:.0f} MB", flush=True)
        hand.settle()
        return looks, hand.ask("unlike_new(panel)"), hand.complaints


def faults(looks, unlike, complaints):
    """What is wrong, a sentence each."""
    wrong = {fault for _, _, astray, _ in looks for fault in astray}
    said = [f"astray: {fault}" for fault in sorted(wrong)]
    said += [f"the kernel said: {complaint}" for complaint in dict.fromkeys(complaints)]
    said += [f"the last {part} is not that of a new panel" for part in unlike]
    for i, name in enumerate(("widgets", "comms", "threads")):
        numbers = {counted[i] for *_, counted in looks}
        if len(numbers) > 1:
            said.append(f"there were {min(numbers)} to {max(numbers)} {name}")
    return said


def growth(looks):
    """MB from the second fifth of the moves, when the kernel is warm, to the last fifth."""
    sizes, fifth = [mb for mb, *_ in looks], max(1, len(looks) // 5)
    return median(sizes[-fifth:]) - median(sizes[fifth : 2 * fifth])


def main(moves=10_000, seed=0):
    began = time.monotonic()
    looks, unlike, complaints = soak(moves, seed)
    said = faults(looks, unlike, complaints)
    _, frames, _, counted = looks[-1]
    print(f"{moves} moves in {time.monotonic() - began:.0f} s, {frames} frames drawn")
    print(f"growth, once warm: {growth(looks):+.1f} MB (must be within ± {GROWTH} MB)")
    print("{} widgets, {} comms, {} threads at the end".format(*counted))
    print(f"{len(said)} faults (must be 0)", *said, sep="\n")
    return bool(said) or abs(growth(looks)) > GROWTH


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

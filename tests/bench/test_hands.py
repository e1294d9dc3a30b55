"""Hands on the controls while cells run: widget messages come by a subshell, in another thread."""

from random import Random

from hand import Hand
from memory import PANEL, running_kernel
from soak import SETUP, Player, faults, soak

from optim_lib.panels.grids import GRIDS

CELLS = (
    (PANEL, "the cell"),
    ("panel.close()\n" + PANEL, "the cell"),
    ("for i in range(1, 20):\n    panel.controls['eta'].value = i / 1e4", "another"),
    ("panel.controls['beta1'].value = 0.5; panel.controls['x'].value = 1.5", "another"),
    ("for n in range(6):\n    panel.controls['steps'].value = 40 + n % 2", "another"),
    ("other = explore(momentum)\nother", "the other cell"),
    ("for _ in range(20): panel.update()", "another"),
    ("for _ in range(3): panel._repr_mimebundle_()", "another"),
    ("panel.reset()", "another"),
)
OFTEN = "sys.setswitchinterval(1e-5)"  # so that threads meet in the middle of things
TO_THE_CLOSED = "No such comm"  # ipykernel's answer to what comes for a panel that is gone


def test_cells_run_and_hands_move_at_once():
    random = Random(0)
    with running_kernel(Hand) as hand:
        hand.run(PANEL + SETUP + OFTEN)
        once = hand.ask("counts()")
        for _ in range(10):
            player = Player(hand, hand.ask("layout(panel)"), random.random())
            for _ in range(random.randrange(10)):
                player.move()
            hand.start(*random.choice(CELLS))
            for _ in range(random.randrange(30)):
                player.move()
            hand.settle()
            assert hand.ask("astray(panel)") == []
        assert_last_value_wins(hand)
        assert [said for said in hand.complaints if not said.startswith(TO_THE_CLOSED)] == []
        hand.run("other.close() if 'other' in globals() else None")
        assert hand.ask("counts()") == once


def assert_last_value_wins(hand):
    layout = hand.ask("layout(panel)")
    eta = next(iter(layout["stops"]))
    hand.start("for _ in range(9): panel._repr_mimebundle_()", "another")
    for index in range(60):
        hand.set(eta, index=index)
    hand.settle()
    assert hand.ask("panel.controls['eta'].value") == GRIDS["eta"][59]
    assert hand.ask("astray(panel)") == []
    assert hand.ask("unlike_new(panel)") == []


def test_several_panels_in_one_kernel():
    with running_kernel(Hand) as hand:
        players = []
        for number in range(5):
            hand.run(PANEL + SETUP + f"panel{number} = panel", f"cell {number}")
            players.append(Player(hand, hand.ask("layout(panel)"), number))
        for _ in range(10):
            for player in players:
                player.move()
        hand.settle()
        for number in range(5):
            hand.run(f"panel = panel{number}", "another")
            assert hand.ask("unlike_new(panel)") == []
        assert hand.complaints == []


def test_two_hundred_moves_leave_nothing_behind():
    assert faults(*soak(200, seed=1)) == []

"""A panel leaves nothing behind: not when its sliders move, and not when its cell is run again."""

from memory import GROWTH, MOST, PANEL, WIDGETS, memory_of_moves, running_kernel


def test_five_hundred_moves_do_not_grow_the_kernel():
    sizes = memory_of_moves()
    assert abs(sizes[-1] - sizes[0]) <= GROWTH
    assert max(sizes) <= MOST


def test_running_a_cell_again_and_again_keeps_one_panel():
    with running_kernel() as kernel:
        kernel.run(PANEL)
        once = kernel.ask(WIDGETS)
        for _ in range(8):
            kernel.run(PANEL)
        assert kernel.ask(WIDGETS) == once


def test_two_panels_in_two_cells_both_stay():
    with running_kernel() as kernel:
        kernel.run(PANEL)
        once = kernel.ask(WIDGETS)
        kernel.run(PANEL, cell="another")
        assert kernel.ask(WIDGETS) == 2 * once

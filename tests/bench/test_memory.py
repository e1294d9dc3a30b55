"""A panel leaves nothing behind: not when its sliders move, and not when its cell is run again."""

from memory import GROWTH, MOST, PANEL, WIDGETS, memory_of_moves, running_kernel


def test_five_hundred_moves_do_not_grow_the_kernel():
    sizes = memory_of_moves()
    assert abs(sizes[-1] - sizes[0]) <= GROWTH
    assert max(sizes) <= MOST


def test_a_cell_that_is_run_again_and_again_keeps_one_panel_and_another_cell_its_own():
    with running_kernel() as kernel:
        kernel.run(PANEL)
        once = kernel.ask(WIDGETS)
        for _ in range(20):
            kernel.run(PANEL)
        assert kernel.ask(WIDGETS) == once
        kernel.run(PANEL, cell="another")
        assert kernel.ask(WIDGETS) == 2 * once

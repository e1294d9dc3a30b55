"""Every step of a walk, as it comes."""

import numpy as np

from optim_lib.text import ArgumentError, say


class History:
    """One row a step of θ and of each memory slot; a slot that is not there is zero."""

    def __init__(self, theta, steps):
        self.theta, self.memory = self._rows(theta, steps), {}

    def add(self, step, theta, memory):
        self.theta[step] = theta
        for slot, value in memory.items():
            rows = self.memory.get(slot)
            if rows is None:
                rows = self._rows(np.zeros_like(value), len(self.theta) - 1)
                self.memory[slot] = rows
            rows[step] = value

    def _rows(self, first, steps):
        try:
            rows = np.zeros((steps + 1, *np.shape(first)))
        except MemoryError:
            many = "{steps} steps do not fit into memory: take fewer."
            raise ArgumentError(say(many, steps=steps)) from None
        rows[0] = first
        return rows

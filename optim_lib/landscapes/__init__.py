"""The loss surfaces: value, gradient, where to start, where the minimum is."""

"""Optimizers, rebuilt by adding one memory term at a time."""

"""Rules walk over landscapes: one run, a sweep of thousands, a training. NumPy only."""

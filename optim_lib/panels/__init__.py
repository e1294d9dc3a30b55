"""The live panels: sliders, a run, a picture. Add a panel here."""

"""The numeric half of the library loads neither pictures nor widgets."""

import subprocess
import sys

import pytest

HEAVY = {"matplotlib", "ipywidgets", "anywidget", "IPython"}


@pytest.mark.parametrize("module", ["rules", "landscapes.surfaces", "runs.run"])
def test_loads_neither_pictures_nor_widgets(module):
    code = f"import sys, optim_lib.{module}; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert f"optim_lib.{module}" in loaded
    assert not HEAVY.intersection(loaded)

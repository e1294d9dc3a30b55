"""Every test meets the same Jupyter and matplotlib, whatever the person who runs it has at home."""

import importlib
import inspect
import os
import shutil
import tempfile
from pathlib import Path

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads would fight the other tests

from optim_lib import rules
from optim_lib.landscapes import surfaces
from optim_lib.landscapes.landscape import Landscape

# IPython runs this in each kernel once it is up: a warning in a notebook is then an error. (The
# variable PYTHONWARNINGS would say the same to JupyterLab's server, which has warnings of its own.)
STRICT = """
import warnings
for category in (RuntimeWarning, UserWarning):
    warnings.simplefilter("error", category)
warnings.simplefilter("ignore", DeprecationWarning)  # pyparsing's is a UserWarning as well
"""

JUPYTER = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
NO_CHROMIUM = "there is no Chromium on the PATH"


def pytest_configure(config):
    home = tempfile.TemporaryDirectory(prefix="optim-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    folder = Path(home.name)
    for name in (*JUPYTER, "IPYTHONDIR", "MPLCONFIGDIR"):
        os.environ[name] = str(folder / name.lower())
    importlib.import_module("matplotlib.font_manager")  # lists the fonts, so that no kernel must
    startup = folder / "ipythondir/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "strict.py").write_text(STRICT)


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium. Without one, browser tests are skipped, unless they are required."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if not found and os.environ.get("OPTIM_REQUIRE_BROWSER") == "1":
        pytest.fail(f"OPTIM_REQUIRE_BROWSER=1, but {NO_CHROMIUM}")
    if not found:
        pytest.skip(NO_CHROMIUM)
    return found


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.getreports("skipped")
    if count := sum(NO_CHROMIUM in report.longreprtext for report in skipped):
        terminalreporter.write_line(f"{count} browser tests were skipped: {NO_CHROMIUM}")


def is_a_rule(member):
    return inspect.isfunction(member) and member.__module__ == rules.__name__


# Read from the module, so that a new rule is tested as soon as it is written.
RULES = [rule for _, rule in inspect.getmembers(rules, is_a_rule)]
LANDSCAPES = [
    surfaces.rosenbrock,
    surfaces.valley(),
    surfaces.saddle,
    surfaces.beale,
    surfaces.himmelblau,
    Landscape("measured", surfaces.rosenbrock.value),
]


# Session-wide, because hypothesis calls one test function many times.
@pytest.fixture(scope="session", params=RULES, ids=lambda rule: rule.__name__)
def rule(request):
    return request.param


@pytest.fixture(scope="session", params=LANDSCAPES, ids=lambda landscape: landscape.name)
def landscape(request):
    return request.param

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
NO_NODE = "there is no Node.js with npm on the PATH"


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
    return found or miss(NO_CHROMIUM)


@pytest.fixture(scope="session")
def node():
    """The path of Node.js, beside which there is npm. It is required where a browser is."""
    found = shutil.which("npm") and shutil.which("node")
    return found or miss(NO_NODE)


def miss(what):
    if os.environ.get("OPTIM_REQUIRE_BROWSER") == "1":
        pytest.fail(f"OPTIM_REQUIRE_BROWSER=1, but {what}")
    pytest.skip(what)


def pytest_terminal_summary(terminalreporter):
    skipped = [report.longreprtext for report in terminalreporter.getreports("skipped")]
    for what in (NO_CHROMIUM, NO_NODE):
        if count := sum(what in reason for reason in skipped):
            terminalreporter.write_line(f"{count} tests were skipped: {what}")


def is_a_rule(member):
    return inspect.isfunction(member) and member.__module__ == rules.__name__


# Read from the modules, so that a new rule or landscape is tested as soon as it is written.
RULES = [rule for _, rule in inspect.getmembers(rules, is_a_rule)]
LANDSCAPES = [
    *(surface for surface in vars(surfaces).values() if isinstance(surface, Landscape)),
    surfaces.valley(),
    Landscape("measured", surfaces.rosenbrock.value),
]


# Session-wide, because hypothesis calls one test function many times.
@pytest.fixture(scope="session", params=RULES, ids=lambda rule: rule.__name__)
def rule(request):
    return request.param


@pytest.fixture(scope="session", params=LANDSCAPES, ids=lambda landscape: landscape.name)
def landscape(request):
    return request.param


@pytest.fixture(scope="session")
def landscapes():
    return LANDSCAPES

"""The JavaScript of the panel: its modules, and the bundle of them that is committed."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAGE = ROOT / "optim_lib/stage"


def run(*command):
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("name", sorted(path.name for path in STAGE.glob("js/*.test.js")))
def test_a_module(node, name):
    run(node, "--test", f"optim_lib/stage/js/{name}")


def test_static_is_as_make_js_leaves_it(node, tmp_path):
    run("make", "js", f"STATIC={tmp_path}")
    built = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert built == {path.name: path.read_text() for path in (STAGE / "static").iterdir()}

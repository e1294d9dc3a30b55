"""The public names: each is found, none loads more than it needs, and no inner module uses them."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import optim_lib

LIBRARY = Path(optim_lib.__file__).parent
ROOMS = {path.parent.name for path in LIBRARY.glob("*/__init__.py")}
HEAVY = {"matplotlib", "ipywidgets", "anywidget", "IPython"}


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_from_the_top(path):
    """The names X of every `from optim_lib import X` of a file."""
    nodes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
    return {name.name for node in nodes if node.module == "optim_lib" for name in node.names}


def test_every_public_name_is_the_thing_that_its_home_holds():
    for name, home in optim_lib.HOMES.items():
        assert getattr(optim_lib, name) is getattr(import_module(f"optim_lib.{home}"), name)
    for name in optim_lib.MODULES:
        assert getattr(optim_lib, name) is import_module(f"optim_lib.{name}")


def test_editors_read_the_same_names_from_the_same_homes():
    stub = tree(LIBRARY / "__init__.pyi").body[1:]
    assert all(alias.name == alias.asname for node in stub for alias in node.names)
    homes = {alias.name: node.module for node in stub for alias in node.names}
    here = dict.fromkeys(optim_lib.MODULES, "optim_lib")
    assert homes == here | {name: f"optim_lib.{home}" for name, home in optim_lib.HOMES.items()}
    assert {*homes} == {*optim_lib.__all__} <= {*dir(optim_lib)}
    assert len(optim_lib.__all__) == len({*optim_lib.__all__})


def test_a_misspelt_name_is_python_s_own_error_with_a_suggestion():
    ran = subprocess.run(
        [sys.executable, "-c", "import optim_lib; optim_lib.exlpore"],
        capture_output=True,
        text=True,
    )
    assert ran.stderr.splitlines()[-1] == (
        "AttributeError: module 'optim_lib' has no attribute 'exlpore'. Did you mean: 'explore'?"
    )


@pytest.mark.parametrize(
    "names", ["run, impulse, train", "rules, landscapes, text, Landscape", "check, check_number"]
)
def test_the_numeric_half_loads_neither_pictures_nor_widgets(names):
    code = f"import sys; from optim_lib import {names}; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert "optim_lib.text" in loaded and not HEAVY.intersection(loaded)


def test_no_module_of_the_library_imports_a_public_name():
    ours = {"rules", "text", *ROOMS}
    taken = {path: imports_from_the_top(path) - ours for path in LIBRARY.rglob("*.py")}
    assert {path: names for path, names in taken.items() if names} == {}


def test_the_init_of_a_room_holds_a_docstring_only():
    for room in ROOMS - {"landscapes"}:
        (docstring,) = tree(LIBRARY / room / "__init__.py").body
        assert isinstance(docstring.value, ast.Constant), room

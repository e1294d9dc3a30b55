"""What comes with the package besides its modules, installed editable or as a wheel."""

import sys
import tomllib
import zipfile
from pathlib import Path

import hatchling.build
from jupyterlab.commands import get_app_dir
from jupyterlab_server.config import get_page_config
from jupyterlab_server.settings_utils import get_settings

ROOT = Path(__file__).parents[1]
OVERRIDES = "share/jupyter/lab/settings/overrides.d/optim_lib.json"
HATCH = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]


def test_this_environment_has_what_is_shared():
    for source, target in HATCH["build"]["targets"]["wheel"]["shared-data"].items():
        assert Path(sys.prefix, target).read_text() == Path(ROOT, source).read_text(), source


def test_jupyterlab_saves_the_state_of_widgets():
    settings, _ = get_settings(
        app_settings_dir=Path(get_app_dir(), "settings"),
        schemas_dir=Path(get_app_dir(), "schemas"),
        settings_dir="",
        schema_name="@jupyter-widgets/jupyterlab-manager:plugin",
        labextensions_path=[str(Path(sys.prefix, "share/jupyter/labextensions"))],
    )
    assert settings["schema"]["properties"]["saveState"]["default"] is True


def test_jupyterlab_leaves_the_icon_of_its_tab_alone():
    disabled = get_page_config(labextensions_path=[])["disabledExtensions"]
    assert "@jupyterlab/application-extension:faviconbusy" in disabled


def test_a_wheel_has_every_file_of_the_library_but_what_is_bundled(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    wheel = tmp_path / hatchling.build.build_wheel(str(tmp_path))
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert any(name.endswith(f".data/data/{OVERRIDES}") for name in inside)
    kinds = {".py", ".pyi", ".js", ".css", ".j2", ".html", ".npz", ".md"}
    there = [p.relative_to(ROOT) for p in Path(ROOT, "optim_lib").rglob("*") if p.suffix in kinds]
    ours = {p.as_posix() for p in there if not p.is_relative_to("optim_lib/stage/js")}
    assert ours <= inside
    assert {name for name in inside if name.endswith(".js")} == {"optim_lib/stage/static/index.js"}

"""The same facts stand in several files: here they are held in step."""

import os
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import yaml

ROOT = Path(__file__).parents[1]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CLASSROOM = (ROOT / "CLASSROOM.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text()


def test_conda_and_pip_ask_for_the_same():
    asked = [d.replace("matplotlib-base", "matplotlib") for d in CONDA["dependencies"][:-2]]
    assert asked == ["python" + PROJECT["requires-python"], *PROJECT["dependencies"]]


def test_conda_gets_pip_to_install_the_course_itself():
    assert CONDA["dependencies"][-2:] == ["pip", {"pip": ["-e ."]}]


def test_readme_opens_the_notebook_that_make_lab_opens():
    (notebook,) = re.findall(r"^NOTEBOOK \?= (\S+)", MAKEFILE, re.MULTILINE)
    assert f"jupyter lab {notebook}" in README


def test_readme_names_the_conda_environment():
    assert "conda env create -f environment.yml" in README
    assert f"conda activate {CONDA['name']}" in README


def test_readme_names_only_targets_that_exist():
    named = set(re.findall(r"make ([a-z-]+)", README))
    assert named <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    assert {"lab", "test"} <= named


def test_what_the_examples_import_is_there():
    examples = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    lines = re.findall(r"^ *(from optim_lib.*)$", "\n".join(examples), re.MULTILINE)
    assert len(lines) >= 6
    for line in lines:
        exec(line, {})


def test_the_file_for_a_hub_gives_each_student_the_next_processor(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    (file,) = re.findall(r"```python\n(.*?)```", CLASSROOM, re.DOTALL)
    hub, students = SimpleNamespace(Spawner=SimpleNamespace()), [SimpleNamespace() for _ in "abc"]
    exec(file, {"c": hub})
    for student in students:
        hub.Spawner.pre_spawn_hook(student)
    servers = [f"taskset --cpu-list {number} jupyterhub-singleuser" for number in (0, 1, 0)]
    assert [" ".join(student.cmd) for student in students] == servers

"""Print the newest Python of this machine, if it is newer than the one that runs this.

    .venv/bin/python tests/newest_python.py .venv/bin/uv

It is looked for by name (python3.14, python3.13 ...) in every folder of the PATH and in those of
pyenv, whose own names on the PATH only answer for a version that was chosen; then uv is asked for
those that it has installed. One counts if it runs.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEWEST = 20  # 3.20, which is some years away


def output_of(*command):
    ran = subprocess.run(command, capture_output=True, text=True)
    return ran.stdout.strip() if ran.returncode == 0 else ""


def candidates(minor, uv):
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    folders = [*os.get_exec_path(), *pyenv.glob(f"versions/3.{minor}.*/bin")]
    for folder in folders:
        yield shutil.which(f"python3.{minor}", path=str(folder))
    yield output_of(uv, "python", "find", "--managed-python", f"3.{minor}")


def is_a_release(path, minor):
    code = "import sys; print(*sys.version_info[:2], sys.version_info.releaselevel)"
    return bool(path) and output_of(path, "-c", code) == f"3 {minor} final"


def newest(uv):
    for minor in range(NEWEST, sys.version_info.minor, -1):
        for path in candidates(minor, uv):
            if is_a_release(path, minor):
                return path
    return None


if __name__ == "__main__":
    print(newest(*sys.argv[1:]) or "")

"""A JupyterLab server of our own, and a page of Chromium that drives a notebook in it."""

import ast
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jupyter_client import BlockingKernelClient

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
QUIET = {"fetchNews": "false", "checkForUpdates": False}  # or Lab asks about news on first start
WHOLE = {"windowingMode": "none"}  # or an older Lab hides what is out of sight
FAILED = (
    "[data-mime-type='application/vnd.jupyter.error'],"
    "[data-mime-type='application/vnd.jupyter.stderr'],"
    ".jupyter-widgets-error-widget"
)
RACE = ("/api/kernels?", "status of 500")  # the server's list of kernels, while one is starting
BLANK = "about:blank"
OPEN = "path => void jupyterapp.commands.execute('docmanager:open', {path})"
CLOSE = "for (const tab of [...(window.jupyterapp?.shell.widgets('main') ?? [])]) tab.dispose()"
WAIT = 30  # seconds, at most, for anything that should happen at once
LONG = 6 * WAIT  # for a notebook that computes, on a busy machine


def until(true, why, seconds=WAIT):
    """What `true()` returns as soon as that is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := true():
            return result
        time.sleep(0.05)
    raise TimeoutError(f"after {seconds} s still not: {why}")


# ---- the server ----------------------------------------------------------------------------------


class Lab:
    """A running server: `folder` holds its notebooks, `home` everything else."""

    def __init__(self, home, port, token):
        self.home, self.folder, self.token = home, home / "notebooks", token
        self.url = f"http://127.0.0.1:{port}"

    def ask(self, path, method="GET"):
        request = urllib.request.Request(f"{self.url}/api/{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=WAIT) as reply:
            return json.loads(reply.read() or "null")

    def answers(self):
        try:
            return self.ask("status")
        except OSError:
            return False

    def set(self, plugin, **settings):
        """Change settings of Lab: set("apputils-extension:themes", theme="JupyterLab Dark")."""
        extension, name = plugin.split(":")
        file = self.home / f"settings/@jupyterlab/{extension}/{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))

    def disable(self, extension):
        """Before the start: what `jupyter server extension disable` writes."""
        file = self.home / "config/jupyter_server_config.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"ServerApp": {"jpserver_extensions": {extension: False}}}))

    def write(self, *cells):
        """A new notebook of these code cells; its name."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        name = f"{secrets.token_hex(4)}.ipynb"
        nbformat.write(notebook, self.folder / name)
        return name

    def sessions(self, name):
        return [session for session in self.ask("sessions") if session["path"] == name]

    def shut_down(self, name):
        for session in self.sessions(name):
            self.ask(f"sessions/{session['id']}", "DELETE")


@contextmanager
def running_lab(home, prepare=lambda lab: None):
    """Start a server whose every file is below `home`, after prepare(lab)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    lab = Lab(home, port, secrets.token_hex(16))
    lab.folder.mkdir(parents=True)
    lab.set("apputils-extension:notification", **QUIET)
    lab.set("notebook-extension:tracker", **WHOLE)
    prepare(lab)
    folders = {
        "HOME": "home",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    command += [f"--IdentityProvider.token={lab.token}", f"--ServerApp.root_dir={lab.folder}"]
    command += ["--expose-app-in-browser"]  # as jupyterapp
    environment = os.environ | {name: str(home / folder) for name, folder in folders.items()}
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        until(lab.answers, f"JupyterLab has started; see {home}/server.log", seconds=LONG)
        yield lab
    finally:
        server.terminate()
        server.wait(WAIT)


# ---- the page ------------------------------------------------------------------------------------


class Notebook:
    """A notebook open in a page: what a student does to it, and what the student sees."""

    def __init__(self, page, lab, name):
        self.page, self.lab, self.name = page, lab, name
        self.problems, self.sent = [], []
        self._hears = {
            "console": self._hear,
            "pageerror": lambda error: self.problems.append(str(error)),
            "websocket": lambda it: it.on("framesent", lambda data: self.sent.append(data)),
        }
        for event, hear in self._hears.items():
            page.on(event, hear)
        page.set_default_timeout(1000 * WAIT)
        self.open()

    def _hear(self, message):
        where, words = RACE
        raced = where in message.location["url"] and words in message.text
        if message.type == "error" and not raced:
            self.problems.append(message.text)

    def open(self):
        """Alone in the JupyterLab that the page shows, or in a new one if it is blank."""
        if self.page.url == BLANK:
            where = f"{self.lab.url}/lab/workspaces/{Path(self.name).stem}/tree/{self.name}"
            self.page.goto(f"{where}?reset&token={self.lab.token}")
        else:
            self.page.evaluate(CLOSE)
            self.page.evaluate(OPEN, self.name)
        self.wait_until_idle()

    def close(self):
        """Leave JupyterLab open without the notebook, and end the kernel."""
        self.page.evaluate(CLOSE)
        self.lab.shut_down(self.name)
        while self._hears:
            self.page.remove_listener(*self._hears.popitem())

    def wait_until_idle(self):
        """Until the kernel is up, and the page knows that."""
        until(self._kernel_is_idle, "the kernel is up and idle")
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()

    def _kernel_is_idle(self):
        kernels = [session["kernel"] for session in self.lab.sessions(self.name)]
        return [k for k in kernels if k["execution_state"] == "idle" and k["connections"]]

    def menu(self, *entries):
        for entry in entries:  # an entry's name goes on with its key
            self.page.get_by_role("menuitem", name=re.compile(f"^{entry}")).first.click()

    def run_all(self):
        cells = nbformat.read(self.lab.folder / self.name, as_version=4).cells
        last = sum(cell.cell_type == "code" for cell in cells)
        self.menu("Run", "Run All Cells")
        count = "get_ipython().execution_count"
        until(lambda: self.ask(count, LONG) > last, "the last cell has run", LONG)
        self.wait_until_idle()
        return self

    def save(self):
        """Save, and return what is then in the file. The last thing Lab does is a checkpoint."""
        with self.page.expect_response(lambda response: "/checkpoints" in response.url):
            self.menu("File", "Save Notebook")
        return nbformat.read(self.lab.folder / self.name, as_version=4)

    def failures(self):
        """Error text in the outputs, in the alert and in the console."""
        shown = self.page.locator(f"{FAILED}, .optim-alert:not([hidden])").all_text_contents()
        return shown + self.problems

    # ---- the panel

    @property
    def stage(self):
        return self.page.locator(".optim-stage")

    def frame(self):
        return int(self.stage.get_attribute("data-frame"))

    def path(self, name):
        """The vertices, in pixels of the figure, of the line of this name."""
        return vertices(self.page.locator(f"path[data-line='{name}']").get_attribute("d"))

    def sentence(self):
        return self.stage.locator("img").get_attribute("alt")

    def knob(self, words):
        """The slider with its number box that has these words in its label."""
        return self.page.locator(".widget-hbox:not(:has(.widget-hbox))", has_text=words)

    def handle(self, words):
        return self.knob(words).locator(".noUi-handle")

    def box(self, words):
        return self.knob(words).locator("input")

    def type(self, words, value):
        with self.change():
            self.box(words).fill(str(value))
            self.box(words).press("Enter")

    def drag(self, thing, x, y=0, moves=15):
        """Press the mouse on something, and move it by so many pixels."""
        left, top = centre(thing)
        self.page.mouse.move(left, top)
        self.page.mouse.down()
        self.page.mouse.move(left + x, top + y, steps=moves)
        self.page.mouse.up()

    @contextmanager
    def change(self):
        """Wait until what is done in the block has been drawn, to the last frame."""
        before = self.frame()
        yield
        until(lambda: self.frame() > before, "a new frame is drawn")
        self.settle()

    def settle(self):
        """Until no new frame has come for a while."""
        last = None
        while last != (last := self.frame()):
            self.page.wait_for_timeout(250)

    # ---- the kernel

    def ask(self, expression, seconds=WAIT):
        """The value, read back from its repr, of a Python expression in the kernel."""
        (session,) = self.lab.sessions(self.name)
        client = BlockingKernelClient()
        client.load_connection_file(
            str(self.lab.home / f"runtime/kernel-{session['kernel']['id']}.json")
        )
        client.start_channels(stdin=False, hb=False)  # a heartbeat may start after the stop
        try:
            asked = {"it": expression}
            reply = client.execute(
                "", silent=True, user_expressions=asked, reply=True, timeout=seconds
            )
            answer = reply["content"]["user_expressions"]["it"]
            assert answer["status"] == "ok", answer
            return ast.literal_eval(answer["data"]["text/plain"])
        finally:
            client.stop_channels()


def centre(thing):
    box = thing.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def vertices(d):
    """ "M1 2L3 4" as [(1.0, 2.0), (3.0, 4.0)]"""
    return [tuple(map(float, point.split())) for point in re.split("[ML]", d)[1:]]

"""How much memory the kernel of one live panel takes:  python tests/bench/memory.py

A slider is moved 500 times by the messages that a browser sends. Exit status 1 if the kernel needs
more than 150 MB, or grows by more than 5 MB on the way.
"""

import ast
import json
import os
import sys
from contextlib import contextmanager

import psutil
from jupyter_client.manager import start_new_kernel

PANEL = """
from optim_lib.panels.explore import explore
from optim_lib.rules import gd

def momentum(theta, grad, memory, *, eta, beta1=0.9):
    v = beta1 * memory.get("v", 0.0) + grad(theta)
    return theta - eta * v, {"v": v}

panel = explore(momentum, before=gd)
panel
"""
WIDGETS = "len(__import__('ipywidgets').widgets.widget._instances)"
MOVES, WARM_UP = 500, 50
MOST, GROWTH = 150, 5  # MB


class Kernel:
    """A kernel and the messages that a notebook sends to it."""

    def __init__(self, manager, client):
        self.client, self.subshell = client, None
        self.process = psutil.Process(manager.provisioner.pid)

    def run(self, code, cell="the cell", **asked):
        """Execute code as the cell of this id; return what the expressions asked for are then."""
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        content |= {"user_expressions": asked, "stop_on_error": True}
        reply = self._send("execute_request", content, {"cellId": cell})
        assert reply["status"] == "ok", reply
        answers = reply["user_expressions"]
        return [ast.literal_eval(answers[name]["data"]["text/plain"]) for name in asked]

    def ask(self, expression):
        return self.run("", cell="another cell", it=expression)[0]

    def open_subshell(self):
        """Let the widgets' messages go over a thread of their own, as JupyterLab does."""
        message = self.client.session.msg("create_subshell_request")
        self.client.control_channel.send(message)
        self.subshell = self.client.get_control_msg(timeout=60)["content"].get("subshell_id")

    def set(self, widget, **state):
        """Change a widget's state, as its view in the browser does; the id of the message."""
        data = {"method": "update", "state": state, "buffer_paths": []}
        message = self.client.session.msg("comm_msg", {"comm_id": widget, "data": data})
        message["header"]["subshell_id"] = self.subshell
        self.client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def hear(self):
        """(kind, id of the message it answers, content) of what the kernel says next to all.

        jupyter_client would take longer to read it than a kernel takes to write it.
        """
        socket = self.client.iopub_channel.socket
        assert socket.poll(60_000), "the kernel says nothing more"
        _, (_, *parts) = self.client.session.feed_identities(socket.recv_multipart())
        header, parent, _, content = map(json.loads, parts[:4])
        return header["msg_type"], parent.get("msg_id"), content

    def confine(self, processors):
        """Let every thread of it run on these processors only."""
        for thread in self.process.threads():
            os.sched_setaffinity(thread.id, processors)

    def _send(self, kind, content, metadata):
        message = self.client.session.msg(kind, content, metadata=metadata)
        self.client.shell_channel.send(message)
        while True:
            reply = self.client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply["content"]

    def megabytes(self):
        """What this kernel costs: its share of what it has in common with others counts once."""
        full = self.process.memory_full_info()
        return getattr(full, "pss", full.uss) / 1e6


@contextmanager
def running_kernel(kind=Kernel):
    manager, client = start_new_kernel()
    try:
        yield kind(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def memory_of_moves():
    """[megabytes] after every tenth move of a slider, once it is warm."""
    with running_kernel() as kernel:
        kernel.run(PANEL)
        sliders = "[w.model_id for w in panel.panel.children[1].children[0].children[:1]]"
        (slider,) = kernel.ask(sliders)
        sizes = []
        for move in range(WARM_UP + MOVES):
            kernel.set(slider, index=40 + move % 40)
            if move % 10 == 0:
                drawn = kernel.ask("panel.stage.tick")
                sizes += [kernel.megabytes()] * (move >= WARM_UP)
        assert drawn > MOVES, f"only {drawn} updates were drawn"
        return sizes


def main():
    sizes = memory_of_moves()
    growth = sizes[-1] - sizes[0]
    print(f"kernel of one live panel: {max(sizes):.0f} MB at most (must be <= {MOST} MB)")
    print(f"growth over {MOVES} updates: {growth:+.1f} MB (must be within ± {GROWTH} MB)")
    return max(sizes) > MOST or abs(growth) > GROWTH


if __name__ == "__main__":
    sys.exit(main())

"""A hand on the controls of a live panel: the messages that a browser sends, some at a time."""

from memory import Kernel

UNWANTED = {"stderr": lambda content: content["text"], "error": lambda content: content["evalue"]}


# ipykernel 7.4 hands a message to the thread that made the widget, mostly the main one. Others
# before it keep to the subshell that the browser asks for, where it may meet a running cell.
AS_ASKED = """
from ipykernel.comm.comm import BaseComm
BaseComm._reply_subshell_for = lambda comm, data, asked: asked
"""


class Hand(Kernel):
    """Widget messages to a kernel, by way of a subshell as from JupyterLab 4.4 on.

    complaints   what the kernel wrote to stderr, and the errors that it sent
    """

    def __init__(self, manager, client):
        super().__init__(manager, client)
        self.complaints, self.sent = [], set()
        self.subshell = self._open_subshell()
        self.run(AS_ASKED)

    def _open_subshell(self):
        message = self.client.session.msg("create_subshell_request", {})
        self.client.control_channel.send(message)
        return self.client.get_control_msg(timeout=60)["content"]["subshell_id"]

    def start(self, code, cell):
        """Have a cell executed, and do not wait for its end."""
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        content |= {"user_expressions": {}, "stop_on_error": True}
        self._hand_in("execute_request", content, {"metadata": {"cellId": cell}})

    def set(self, widget, **state):
        self._to(widget, {"method": "update", "state": state, "buffer_paths": []})

    def tell(self, widget, **content):
        """A message of the widget's own, as a drag on the picture."""
        self._to(widget, {"method": "custom", "content": content})

    def _to(self, widget, data):
        header = {"subshell_id": self.subshell}
        self._hand_in("comm_msg", {"comm_id": widget, "data": data}, {"header": header})

    def _hand_in(self, kind, content, more):
        message = self.client.session.msg(kind, content, metadata=more.get("metadata"))
        message["header"] |= more.get("header", {})
        self.client.shell_channel.send(message)
        self.sent.add(message["header"]["msg_id"])

    def settle(self, timeout=60):
        """Until the kernel is done with all that was sent; what it had to complain of is kept."""
        while self.sent:
            message = self.client.get_iopub_msg(timeout=timeout)
            content, kind = message["content"], message["msg_type"]
            if content.get("execution_state") == "idle":
                self.sent.discard(message["parent_header"].get("msg_id"))
            kind = content.get("name", kind) if kind == "stream" else kind
            if kind in UNWANTED:
                self.complaints.append(UNWANTED[kind](content).strip())

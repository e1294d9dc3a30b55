"""Nagle's algorithm is off for the WebSocket of a kernel, in a server that is really running."""

import asyncio
import gc
import json
import logging
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.websocket import websocket_connect
from voila.app import Voila, VoilaKernelWebsocketHandler

from optim_lib.publish import nodelay
from optim_lib.publish.voila_app import VoilaWithoutDelay

SOURCE = Path(nodelay.__file__).parent / "jupyter/server_extension.json"
INSTALLED = Path(sys.prefix, "etc/jupyter/jupyter_server_config.d/optim_lib.json")


async def nodelay_of_a_live_connection(folder, enabled):
    """Start a server and a kernel, connect as a browser does, and read the option of the socket."""
    with socket.socket() as probe:  # with port=0, older servers do not tell which one they took
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = ServerApp(ip="127.0.0.1", port=port, allow_root=True, base_url="/course/")
    server.jpserver_extensions, server.root_dir = {"optim_lib.publish.nodelay": enabled}, folder
    server.initialize(argv=[])
    try:
        kernel = await server.kernel_manager.start_kernel()
        channels = f"ws://127.0.0.1:{server.port}/course/api/kernels/{kernel}/channels"
        client = await websocket_connect(f"{channels}?token={server.identity_provider.token}")
        (handler,) = (h for h in gc.get_objects() if isinstance(h, KernelWebsocketHandler))
        there = handler.ws_connection.stream.socket
        client.close()
        return there.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
    finally:
        await server.kernel_manager.shutdown_all()
        server.http_server.stop()


@pytest.mark.parametrize("enabled", [True, False])
def test_the_socket_of_a_live_connection(tmp_path, enabled):
    command = [sys.executable, __file__, str(tmp_path), json.dumps(enabled)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1:] == [str(enabled)], done.stderr


def test_installing_the_package_switches_it_on():
    assert INSTALLED.read_text() == SOURCE.read_text()
    assert json.loads(SOURCE.read_text())["ServerApp"]["jpserver_extensions"] == {
        nodelay.NAME: True
    }


def test_another_server_is_left_alone_in_one_line(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, KernelWebsocketHandler.__module__, None)
    app = SimpleNamespace(log=logging.getLogger("server"))
    with caplog.at_level("INFO"):
        nodelay._load_jupyter_server_extension(app)
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("optim_lib.publish.nodelay does nothing here")


def test_the_lecture_view_takes_the_same_care(monkeypatch):
    theirs = [("/channels", VoilaKernelWebsocketHandler), ("/static", object, {"paths": []})]
    monkeypatch.setattr(Voila, "init_handlers", lambda self: theirs)
    (url, kind), *others = VoilaWithoutDelay().init_handlers()
    assert url == "/channels" and issubclass(kind, VoilaKernelWebsocketHandler)
    assert kind.open is not VoilaKernelWebsocketHandler.open
    assert others == theirs[1:]


if __name__ == "__main__":
    print(asyncio.run(nodelay_of_a_live_connection(sys.argv[1], json.loads(sys.argv[2]))))

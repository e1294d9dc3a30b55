"""A Jupyter server extension: what the kernel says reaches the browser at once.

Jupyter's server leaves Nagle's algorithm on for the WebSockets of its kernels: a small message
waits until the browser has acknowledged the one before it, which a browser on the same machine
puts off for up to 40 ms. So a slider's picture would wait for the acknowledgement of "busy".

Switched off by: jupyter server extension disable optim_lib.publish.nodelay
Source: RFC 896 (Nagle); tornado.websocket.WebSocketHandler.set_nodelay.
"""

NAME = "optim_lib.publish.nodelay"
CHANNELS = r"/api/kernels/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)/channels"


def _jupyter_server_extension_points():
    return [{"module": NAME}]


def _load_jupyter_server_extension(app):
    try:
        from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
    except ImportError as missing:
        app.log.info(f"{NAME} does nothing here: {missing}")
        return
    where = app.web_app.settings["base_url"].rstrip("/") + CHANNELS
    app.web_app.add_handlers(".*$", [(where, prompt(KernelWebsocketHandler))])


def prompt(handler):
    """The same handler of a kernel's WebSocket, and Nagle's algorithm off."""

    class Prompt(handler):
        async def open(self, *where, **also):
            self.set_nodelay(True)
            await super().open(*where, **also)

    return Prompt

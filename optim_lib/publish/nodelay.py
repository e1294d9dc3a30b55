"""A Jupyter server extension: what the kernel says reaches the browser at once.

Jupyter's server leaves Nagle's algorithm on for the WebSockets of its kernels: a small message
waits until the browser has acknowledged the one before, which a browser on the same machine puts
off for up to 40 ms. So a slider's picture would wait for the acknowledgement of "busy".

To switch it off: jupyter server extension disable optim_lib.publish.nodelay
Source: RFC 896 (Nagle); tornado.websocket.WebSocketHandler.set_nodelay.
"""

from optim_lib.text import say

NAME = "optim_lib.publish.nodelay"
CHANNELS = r"/api/kernels/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)/channels"


def _jupyter_server_extension_points():
    return [{"module": NAME}]


def _load_jupyter_server_extension(app):
    try:
        from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
    except ImportError as missing:
        app.log.info(say("{name} does nothing here: {missing}", name=NAME, missing=missing))
        return
    url = app.web_app.settings["base_url"].rstrip("/") + CHANNELS
    app.web_app.add_handlers(".*$", [(url, without_delay(KernelWebsocketHandler))])


def without_delay(handler):
    """The same handler of a kernel's WebSocket, with Nagle's algorithm off."""

    class WithoutDelay(handler):
        async def open(self, *args, **kwargs):
            self.set_nodelay(True)
            await super().open(*args, **kwargs)

    return WithoutDelay

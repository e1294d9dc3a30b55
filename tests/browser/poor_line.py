"""A poor line to a server on this machine: what passes is late and slow, and it can be cut.

Chromium itself can emulate a slow network, but leaves open WebSockets as they are.
"""

import asyncio
import threading
from contextlib import contextmanager, suppress

PIECE = 1500  # bytes, what goes over a line at once
NO_LIMIT = float("inf")


class Line:
    """A TCP proxy on 127.0.0.1, at `port`. At first it is a good line.

    delay  seconds from one end to the other
    rate   bytes a second in each direction, of all connections together
    """

    def __init__(self, to):
        self.to, self.delay, self.rate = to, 0.0, NO_LIMIT
        self._talks, self._writers, self._busy_until = set(), set(), {}

    async def serve(self, ready):
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._end.wait()
        server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks)

    def end(self):
        self._loop.call_soon_threadsafe(self._end.set)

    def cut(self):
        """End all connections; new ones may follow."""
        self._loop.call_soon_threadsafe(self._abort)

    def _abort(self):
        for writer in self._writers:
            writer.transport.abort()

    async def _connect(self, reader, writer):
        self._talks.add(asyncio.current_task())
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.to)
        both = {writer, far_writer}
        self._writers |= both
        with suppress(asyncio.CancelledError):
            await asyncio.gather(
                self._carry(reader, far_writer, "up"), self._carry(far_reader, writer, "down")
            )
        self._writers -= both
        self._talks.discard(asyncio.current_task())

    async def _carry(self, reader, writer, way):
        underway = asyncio.Queue()
        arriving = asyncio.create_task(self._arrive(underway, writer))
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                begins = max(self._loop.time(), self._busy_until.get(way, 0.0))
                self._busy_until[way] = gone = begins + len(piece) / self.rate
                underway.put_nowait((gone + self.delay, piece))
                await asyncio.sleep(gone - self._loop.time())
        underway.put_nowait((self._loop.time() + self.delay, b""))
        await arriving

    async def _arrive(self, underway, writer):
        with suppress(OSError):
            while piece := await self._next(underway):
                writer.write(piece)
                await writer.drain()
        writer.close()

    async def _next(self, underway):
        when, piece = await underway.get()
        await asyncio.sleep(when - self._loop.time())
        return piece


@contextmanager
def line_to(port):
    line, ready = Line(port), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(line.serve(ready)))
    thread.start()
    ready.wait()
    try:
        yield line
    finally:
        line.end()
        thread.join()

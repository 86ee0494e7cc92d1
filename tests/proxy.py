"""A TCP proxy that misbehaves on demand: cuts, freezes (half-open), and slows what passes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Proxy:
    """Passes bytes to one server. `frozen`: accepts and holds everything; `refuse`: closes new connections at once."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.flows = asyncio.Event()
        self.flows.set()
        self.refuse = False
        self.delay = 0.0
        self.port = 0
        self.connections = 0

    def cut(self) -> None:
        """Break every connection, as a pulled cable that is noticed."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.add(task := asyncio.current_task())  # type: ignore[arg-type]
        self.connections += 1
        try:
            if self.refuse:
                return
            back_reader, back_writer = await asyncio.open_connection(*self._target)
            self._writers |= {writer, back_writer}
            try:
                await asyncio.gather(self._pass(reader, back_writer), self._pass(back_reader, writer))
            finally:
                self._writers -= {writer, back_writer}
                back_writer.transport.abort()
        except OSError:
            return
        finally:
            writer.transport.abort()
            self._tasks.discard(task)  # type: ignore[arg-type]

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while chunk := await reader.read(65536):
                await self.flows.wait()
                await asyncio.sleep(self.delay)
                writer.write(chunk)
                await writer.drain()
        writer.transport.abort()


@asynccontextmanager
async def proxied(host: str, port: int) -> AsyncIterator[Proxy]:
    """A proxy before host:port, on a free port."""
    proxy = Proxy(host, port)
    server = await asyncio.start_server(proxy._serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        proxy.flows.set()
        proxy.cut()
        for task in list(proxy._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

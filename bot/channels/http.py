"""The one HTTP client under every vendor: aiohttp, because httpx's pool slows down with its own size."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 25.0
# Shorter than vendors keep idle connections: a connection the other side has just closed looks like a lost answer.
KEEPALIVE_SECONDS = 12.0


class Unsent(Exception):
    """No connection was made: the request certainly did not arrive."""


class Lost(Exception):
    """The request was written and no answer came: it may have arrived."""


class Http:
    """One session on one long-lived loop. Raises Unsent and Lost, never aiohttp's own errors."""

    def __init__(self, proxy: str | None = None, connections: int = 100) -> None:
        self._proxy = proxy
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Open the session; harmless when it is open."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEPALIVE_SECONDS)
            traces = [_noting_connections()] if self._proxy else None
            jar = aiohttp.DummyCookieJar()  # no vendor needs cookies, and looking for them costs every request
            self._session = aiohttp.ClientSession(connector=connector, trace_configs=traces, cookie_jar=jar)

    async def stop(self) -> None:
        """Close the session; harmless when it is closed."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def request(
        self,
        method: str,
        url: str,
        *,
        data: Any = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        largest: int | None = None,
    ) -> tuple[int, bytes]:
        """Status and body. `answer_seconds` counts from the written request; a body over `largest` bytes: ValueError."""
        await self.start()
        assert self._session is not None
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=answer_seconds)
        through = asyncio.Event() if self._proxy else None
        options: Any = {"proxy": self._proxy, "trace_request_ctx": through} if self._proxy else {}
        try:
            async with self._session.request(
                method, url, data=data, json=json, headers=headers, timeout=timeout, **options
            ) as response:
                return response.status, await _read(response, largest)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise Unsent(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            refused_by_proxy = through is not None and not through.is_set()
            raise (Unsent if refused_by_proxy else Lost)(type(error).__name__) from error


def _noting_connections() -> aiohttp.TraceConfig:
    """A proxy that does not let us through has passed nothing on: its refusal must not look like a lost answer."""

    async def through(_session: object, context: Any, _params: object) -> None:
        context.trace_request_ctx.set()

    trace = aiohttp.TraceConfig()
    trace.on_connection_create_end.append(through)
    trace.on_connection_reuseconn.append(through)
    return trace


async def _read(response: aiohttp.ClientResponse, largest: int | None) -> bytes:
    if largest is None:
        return await response.read()
    body = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > largest:
            raise ValueError(f"more than {largest} bytes")
    return bytes(body)

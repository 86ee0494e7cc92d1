"""What is known unsent is told apart from what may have arrived, also behind a proxy."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from bot.channels.http import Http, Lost, Unsent


@asynccontextmanager
async def _proxy(answer: bytes) -> AsyncGenerator[str]:
    """A proxy that reads one request, says `answer` and hangs up."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(served, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


async def _post(proxy: str, url: str) -> tuple[int, bytes]:
    http = Http(proxy)
    try:
        return await http.request("POST", url, json={"text": "x"})
    finally:
        await http.stop()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", b""])
async def test_what_a_proxy_does_not_let_through_is_known_unsent(answer: bytes) -> None:
    async with _proxy(answer) as proxy:
        with pytest.raises(Unsent):
            await _post(proxy, "https://vendor.invalid/bot1/sendMessage")


async def test_a_proxy_that_took_the_message_and_hangs_up_leaves_it_unknown() -> None:
    async with _proxy(b"") as proxy:
        with pytest.raises(Lost):
            await _post(proxy, "http://vendor.invalid/bot1/sendMessage")


async def test_what_passes_through_a_proxy_is_answered() -> None:
    async with _proxy(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}") as proxy:
        assert await _post(proxy, "http://vendor.invalid/bot1/sendMessage") == (200, b"{}")

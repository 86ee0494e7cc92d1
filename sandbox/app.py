"""The town as a web application on 127.0.0.1: vendors' APIs, the person's side, the chat page."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from sandbox import live, office, people, telegram, zalo
from sandbox.asking import LOCAL_NAMES
from sandbox.files import UPLOAD_LIMIT
from sandbox.keys import CONTROL, DELIVERER, HTTP, LOCAL, TOWN
from sandbox.snapshot import Keeper
from sandbox.town import Town
from sandbox.webhooks import Deliverer

ROOM_FOR_UPLOADS = UPLOAD_LIMIT + 11 * 1024 * 1024  # a file over the limit still gets Telegram's own refusal


@dataclass(slots=True)
class Running:
    """A served town. `url` without a slash at the end; `stop` ends it and keeps its state."""

    url: str
    town: Town
    runner: web.AppRunner

    @property
    def telegram_url(self) -> str:
        """For DONDOC_TELEGRAM_API_URL: PTB's base_url is this + "/bot", base_file_url this + "/file/bot"."""
        return self.url

    @property
    def zalo_url(self) -> str:
        """For DONDOC_ZALO_API_URL: methods are at this + "/bot<token>/<method>"."""
        return f"{self.url}/zalo"

    async def stop(self) -> None:
        await self.runner.cleanup()
        await asyncio.sleep(0)  # closed transports let go of their sockets in the loop's next round


def create_app(
    *,
    tokens: list[str] | None = None,
    data_dir: Path | None = None,
    control_url: str | None = None,
    local: bool = False,
) -> web.Application:
    """The application.

    `tokens`: only these are bots (None: any of the right form). `data_dir`: state is kept there.
    `control_url`: base of the product's own controls (None: the page hides them). `local`: refuse pages that reach this
    machine under a name of their own.
    """
    app = web.Application(client_max_size=ROOM_FOR_UPLOADS)
    app[TOWN] = Town(tokens)
    app[LOCAL] = local
    app[CONTROL] = (control_url or "").rstrip("/")
    app.cleanup_ctx.append(_helpers)
    if data_dir is not None:
        keeper = Keeper(app[TOWN], data_dir)
        keeper.load()
        app.cleanup_ctx.append(_keeping(keeper))
    telegram.add_routes(app)
    zalo.add_routes(app)
    people.add_routes(app)
    office.add_routes(app)
    live.add_routes(app)
    return app


async def start(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    tokens: list[str] | None = None,
    data_dir: Path | None = None,
    control_url: str | None = None,
) -> Running:
    """Serve a town until `stop`; port 0 takes a free one. Raises OSError when the address is taken."""
    app = create_app(tokens=tokens, data_dir=data_dir, control_url=control_url, local=host in LOCAL_NAMES)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
    sock = _listen(host, port)
    await runner.setup()
    await web.SockSite(runner, sock).start()
    url = f"http://{host}:{sock.getsockname()[1]}"
    app[TOWN].base_url = url
    return Running(url, app[TOWN], runner)


async def serve(
    host: str = "127.0.0.1",
    port: int = 8081,
    *,
    tokens: list[str] | None = None,
    data_dir: Path | None = None,
    control_url: str | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a town until cancelled; `on_ready` gets its address."""
    running = await start(host, port, tokens=tokens, data_dir=data_dir, control_url=control_url)
    try:
        if on_ready is not None:
            on_ready(running.url)
        await asyncio.Event().wait()
    finally:
        await running.stop()


async def _helpers(app: web.Application) -> AsyncIterator[None]:
    """The HTTP client and the webhooks' deliverer live as long as the application."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        app[HTTP] = http
        app[DELIVERER] = deliverer = Deliverer(app[TOWN], http)
        app[TOWN].on_bot = deliverer.attach
        for bot in app[TOWN].bots.values():
            deliverer.attach(bot)
        yield
        await deliverer.stop()


def _keeping(keeper: Keeper) -> Callable[[web.Application], AsyncIterator[None]]:
    async def keep(_: web.Application) -> AsyncIterator[None]:
        saving = asyncio.create_task(keeper.run())
        yield
        saving.cancel()
        keeper.save()

    return keep


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    return sock

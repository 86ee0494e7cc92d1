"""The roles a process can have: scheduler, consumer, bot; `run` has all of them."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.channels.base import ChannelError
from bot.render import render
from consumers import metrics
from consumers import run as consumers_run
from dondoc.doctor import CHANNEL_CURES, zalo_listening
from dondoc.health import Health
from dondoc.terminal import errors, say
from dondoc.wiring import House
from web.app import create_app
from web.patience import PatientProtocol

log = structlog.get_logger()

FINISH_SECONDS = 7.0  # with the web room's, the answers' and the connections' own, the end comes within 10
WEB_FINISH_SECONDS = 3
LAST_SECONDS = 9.6
BROKER_PATIENCE = 3.0
Part = Callable[[House, asyncio.Event], Coroutine[Any, Any, None]]


async def scheduler(house: House, stop: asyncio.Event) -> None:
    """What is due, and forward it."""
    from scheduler.jobs import run

    await run(house.database, house.broker, house.clock, stop)


async def consumer(house: House, stop: asyncio.Event) -> None:
    """Deliver what is on the road."""
    await consumers_run.run(house.database, house.broker, house.channels, render, house.now, stop)


async def bot(house: House, stop: asyncio.Event) -> None:
    """Listen on every channel: by webhook where the outside can reach us, else by polling."""
    from dondoc.listening import listen

    await listen(house, stop)


async def work(house: House, parts: Sequence[Part], *, names: tuple[str, ...]) -> None:
    """Run the parts and the web room until SIGTERM or SIGINT; then finish what is under way, within 10 seconds."""
    stop = asyncio.Event()
    stop_on_signals(stop)
    async with working(house, parts, names, stop) as running:
        await until_stopped(running, stop)


@asynccontextmanager
async def working(
    house: House, parts: Sequence[Part], names: tuple[str, ...], stop: asyncio.Event
) -> AsyncGenerator[list[asyncio.Task[None]]]:
    """The house open and its parts at work; at the end they finish what is under way and everything is closed."""
    await house.open()
    checking = asyncio.create_task(_say_what_is_wrong(house))
    web = asyncio.create_task(serve_web(house, names, stop))
    running = [asyncio.create_task(part(house, stop)) for part in parts]
    running.append(asyncio.create_task(house.clock.follow(stop)))
    try:
        yield [*running, web]
    finally:
        stop.set()
        checking.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*running, return_exceptions=True), FINISH_SECONDS)
        await asyncio.wait({web}, timeout=2)
        web.cancel()
        await asyncio.gather(web, return_exceptions=True)
        await house.close()


async def _say_what_is_wrong(house: House) -> None:
    """At the start, in one sentence each: a broker that cannot be reached, a token the vendor refuses. Both are tried on."""
    if not await house.broker.ready(BROKER_PATIENCE):
        errors.print(
            say(
                "Chưa kết nối được RabbitMQ; tin nhắn chờ trong cơ sở dữ liệu. Kiểm tra DONDOC_BROKER_URL và máy chủ",
                "RabbitMQ cannot be reached; messages wait in the database. Check DONDOC_BROKER_URL and the server",
            )
        )
    for finding in zalo_listening(house.settings):
        if not finding.ok:
            errors.print(f"{finding.what}: {finding.sentence}")
    for channel in house.channels:
        try:
            await channel.me()
        except ChannelError as error:
            errors.print(f"{channel.lane}: " + say(*CHANNEL_CURES.get(error.reason, (error.reason, error.reason))))


async def until_stopped(running: Sequence[asyncio.Task[None]], stop: asyncio.Event) -> None:
    """A part that ends by an error ends the process: whoever runs it starts it anew, and nothing is half alive."""
    stopping = asyncio.create_task(stop.wait())
    pending: set[asyncio.Task[Any]] = {stopping, *running}
    while not stop.is_set():
        finished, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        for task in finished:
            task.result()
    stopping.cancel()


def stop_on_signals(stop: asyncio.Event) -> None:
    """Have SIGTERM and SIGINT set `stop`; the process is gone 10 s later, whatever holds it up."""
    loop = asyncio.get_running_loop()

    def asked() -> None:
        stop.set()
        last = threading.Timer(LAST_SECONDS, _leave)
        last.daemon = True
        last.start()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, asked)


def _leave() -> None:
    """A database that keeps a thread waiting cannot be waited for: leases and claims run out by themselves."""
    log.warning("not everything could be finished in time")
    os._exit(1)


def web_app(house: House, names: tuple[str, ...]) -> Starlette:
    """The web room of this process. Only a bot's is called from outside: by messengers, and by who follows a link."""
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    health = Health(house, names)

    def measure() -> tuple[str, bytes]:
        with house.database.reading() as session:
            metrics.observe(session, house.now())
        return CONTENT_TYPE_LATEST, generate_latest()

    more: list[BaseRoute] = []
    if house.clock.simulated:
        from dondoc import simulation

        more += simulation.routes(house)
    if "bot" not in names:
        return create_app(health=health.troubles, metrics=measure, more=more)
    from dondoc.listening import receiver
    from web.links import link_routes

    channels, receive = house.context.channels, receiver(house)
    more += link_routes(database=house.database, context=house.context, channels=channels, receive=receive)
    return create_app(health=health.troubles, metrics=measure, channels=channels, receive=receive, more=more)


async def serve_web(house: House, names: tuple[str, ...], stop: asyncio.Event) -> None:
    """Serve the web room. Raises OSError for a taken address where it would leave a bot uncalled: its webhook's."""
    host, port = house.settings.http_host_port
    config = uvicorn.Config(
        web_app(house, names),
        host=host,
        port=port,
        log_config=None,
        lifespan="off",
        http=PatientProtocol,
        timeout_graceful_shutdown=WEB_FINISH_SECONDS,
    )
    server = _Server(config)
    leaving = asyncio.create_task(_leave_at(server, stop))
    try:
        await server.serve()
    except SystemExit:  # uvicorn's answer to an address that is taken
        log.warning("web room not opened: the address is taken; set DONDOC_HTTP_ADDR", address=house.settings.http_addr)
        if "bot" in names:
            from dondoc.listening import webhook_url

            if any(webhook_url(house, channel) for channel in house.channels):
                raise OSError(f"{house.settings.http_addr} is taken") from None
    finally:
        leaving.cancel()


async def _leave_at(server: uvicorn.Server, stop: asyncio.Event) -> None:
    await stop.wait()
    server.should_exit = True


class _Server(uvicorn.Server):
    """Signals are the process's business, not the web server's."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Leave them alone."""
        yield

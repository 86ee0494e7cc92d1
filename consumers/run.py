"""The consumer role: one sender per channel, each on its own."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from bot.channels.base import Channel
from broker.base import Broker
from consumers.group import Render
from consumers.pace import PACE, Pace
from consumers.sender import LaneSender
from models.database import Database
from models.trouble import describe
from models.wakeups import listen

log = structlog.get_logger()

RESTART_SECONDS = 1.0


async def run(
    database: Database,
    broker: Broker,
    channels: Sequence[Channel],
    render: Render,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    *,
    pace: Pace = PACE,
) -> None:
    """Send on every channel's lane until `stop`; then finish what is being sent, within 10 s.

    Channels are started by the caller and closed by it afterwards. Several processes may run: one sends on a lane,
    the others stand by.
    """
    listener = None if broker.carries else asyncio.create_task(listen(database, stop))
    try:
        await asyncio.gather(*(_keep_sending(database, broker, one, render, now, stop, pace) for one in channels))
    finally:
        if listener is not None:
            listener.cancel()
            with suppress(asyncio.CancelledError):
                await listener


async def _keep_sending(
    database: Database,
    broker: Broker,
    channel: Channel,
    render: Render,
    now: Callable[[], datetime],
    stop: asyncio.Event,
    pace: Pace,
) -> None:
    while not stop.is_set():
        try:
            await LaneSender(database, broker, channel, render, now, pace).run(stop)
        except Exception as error:  # a server went away at the wrong moment: begin anew, the rows know where we were
            log.warning("sender starts anew", lane=channel.lane, error=describe(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RESTART_SECONDS)

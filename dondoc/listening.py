"""The bot's part of a process: it listens on every channel, and clears up after itself."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog

from bot import inbox
from bot.channels.base import Channel, ChannelError, Incoming
from bot.polling import Poller, keep_beating
from dondoc.wiring import House
from models.clock import utcnow
from models.files_upkeep import forget_unused, known_hashes, remove_strays
from models.leases import new_holder
from models.trouble import describe

log = structlog.get_logger()

RESUME_SECONDS = 10.0
IN_FLIGHT = timedelta(seconds=30)  # a younger answer is perhaps just being sent by another bot; it would come twice
WEBHOOK_TRIES_SECONDS = 15.0
TIDY_FILES_SECONDS = 3600.0


async def listen(house: House, stop: asyncio.Event) -> None:
    """By webhook where the outside can reach us, else by polling, until `stop`."""
    listening = (_listen(house, channel, stop) for channel in house.channels)
    await asyncio.gather(_resume(house, stop), _tidy_files(house, stop), *listening)


async def _tidy_files(house: House, stop: asyncio.Event) -> None:
    """Now and then: sent files that nothing names any more, where they are kept."""
    while not stop.is_set():
        await _pause(stop, TIDY_FILES_SECONDS)
        if stop.is_set():
            return
        try:
            await house.database.write(forget_unused, house.now())
            known = await house.database.read(known_hashes)
            await asyncio.to_thread(remove_strays, house.settings.data_dir, known, utcnow())
        except Exception as error:  # the next pass finds them still
            log.warning("files not tidied", error=type(error).__name__)


async def _listen(house: House, channel: Channel, stop: asyncio.Event) -> None:
    if channel.name == "email":
        return
    if url := webhook_url(house, channel):
        await _ask_for_webhook(channel, url, stop)
        finishing = asyncio.create_task(_finish_polled(house, channel))
        await keep_beating(house.database, f"bot:{channel.lane}:{new_holder()}", stop)
        finishing.cancel()
        return
    with suppress(ChannelError):
        await channel.use_webhook("")
    await Poller(house.database, channel, receiver(house)).run(stop)


async def _finish_polled(house: House, channel: Channel) -> None:
    """What was polled before the webhook was set up, and not done by then."""
    try:
        await Poller(house.database, channel, receiver(house)).finish()
    except Exception as error:  # it stays where it is kept, for the next start
        log.warning("left by polling, not done", lane=channel.lane, error=describe(error))


def webhook_url(house: House, channel: Channel) -> str:
    """Where the vendor is to call, or "" for polling: without an address it can reach and a secret nobody can call us."""
    secret = getattr(house.settings, f"{channel.name}_webhook_secret", None)
    if not house.settings.vendors_reach_us or secret is None or not secret.get_secret_value():
        return ""
    return f"{house.settings.public_url}/webhook/{channel.name}/{channel.token_id}"


async def _ask_for_webhook(channel: Channel, url: str, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await channel.use_webhook(url)
            log.info("webhook set", lane=channel.lane)
            return
        except ChannelError as error:
            log.warning("webhook not set", lane=channel.lane, reason=error.reason)
            await _pause(stop, WEBHOOK_TRIES_SECONDS)


def receiver(house: House) -> Callable[[Channel, Incoming], Awaitable[bool]]:
    """What is done with an update; False when it was not taken in."""

    async def receive(channel: Channel, incoming: Incoming) -> bool:
        return await inbox.handle(house.database, channel, incoming, house.context)

    return receive


async def _resume(house: House, stop: asyncio.Event) -> None:
    """Answers a killed bot still owes; looked for again and again, as it may have been another process that was killed."""
    while not stop.is_set():
        try:
            await inbox.resume(house.database, house.context, older_than=IN_FLIGHT)
        except Exception:
            log.exception("owed answers could not be looked for")
        await _pause(stop, RESUME_SECONDS)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)

"""Our roles as they are, in a process, with the vendor's limits off and business time moved to the town's morning.

python -m benchmarks.road.parts (scheduler|forwarder|consumer|paced|all) DATABASE BROKER VENDOR_PORT BUSINESS_OFFSET
"paced" is a consumer that keeps the limits. The offset is in seconds.
"""

import asyncio
import dataclasses
import sys
import tempfile
from datetime import timedelta

from bot.channels.base import Limits
from dondoc import loop, roles
from dondoc.settings import load_settings
from dondoc.wiring import House, build
from scheduler import forward
from tests.servers import free_port

NAMES = {"all": ("scheduler", "forwarder", "consumer"), "paced": ("consumer",)}


def unlimited(limits: Limits) -> Limits:
    """The channel's limits with every pace off."""
    return dataclasses.replace(limits, per_second=100_000, seconds_per_chat=0.0, per_group_minute=None)


async def forwarder(house: House, stop: asyncio.Event) -> None:
    """The forwarder without the tick."""
    await forward.run(house.database, house.broker, house.clock.now, stop)


PARTS = {
    "scheduler": [roles.scheduler],
    "forwarder": [forwarder],
    "consumer": [roles.consumer],
    "paced": [roles.consumer],
    "all": [roles.scheduler, roles.consumer],
}


async def main(role: str, database: str, broker: str, port: str, offset: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(
            database_url=database,
            broker_url=broker,
            data_dir=folder,
            telegram_token="7:bench",
            telegram_api_url=f"http://127.0.0.1:{port}",
            http_addr=f"127.0.0.1:{free_port()}",
        )
        house = build(settings, with_channels=role in ("consumer", "paced", "all"))
        house.clock.offset = timedelta(seconds=float(offset))
        for channel in house.channels if role != "paced" else []:
            channel.limits = unlimited(channel.limits)
        stop = asyncio.Event()
        roles.stop_on_signals(stop)
        async with roles.working(house, PARTS[role], NAMES.get(role, (role,)), stop) as running:
            await house.broker.ready(10)
            print("ready", flush=True)
            await roles.until_stopped(running, stop)


if __name__ == "__main__":
    loop.run(main(*sys.argv[1:]))

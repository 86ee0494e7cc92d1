"""A consumer process for tests: python -m tests.consumers.standin DATABASE_URL LEDGER_FILE. The ledger gets a line per message:
process, chat, text. Leases are shorter than in earnest."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass

from bot.channels.base import Outgoing
from broker.embedded import EmbeddedBroker
from consumers import sender_lease
from consumers.pace import Pace
from consumers.run import run
from models.clock import utcnow
from models.database import Database
from tests import road


@dataclass
class FileLedger(road.LedgerChannel):
    """Accepts by appending to a file, which several processes may do."""

    path: str = ""

    async def send(self, chat_id: str, message: Outgoing, *, thread_id: str = "") -> list[str]:
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, f"{os.getpid()} {chat_id} {message.text}\n".encode())
        os.close(file)
        await asyncio.sleep(0.1)
        return [message.text]


async def main(url: str, path: str) -> None:
    sender_lease.RENEW_SECONDS, sender_lease.STOP_AFTER, sender_lease.LEASE_SECONDS = 1.0, 4.0, 6.0
    database, stop = Database(url), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    channel = FileLedger(path=path)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    pace = Pace(group=4, at_once=4)
    await run(database, EmbeddedBroker(database, utcnow), [channel], road.say_key, utcnow, stop, pace=pace)
    database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

"""Chats before a sandbox that enforces Telegram's limits, and the product's own roles that write to them."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from benchmarks.faults import role
from benchmarks.faults.play import until
from benchmarks.faults.town import Messenger
from bot.channels.base import Outgoing
from bot.channels.telegram import TelegramChannel
from dondoc import roles
from dondoc.settings import Settings
from models.clock import utcnow
from models.database import Database
from models.outbox import NewEvent, raise_many
from models.people import Address, Person
from models.units import Unit
from tests import road, servers


def say_key(session: Any, event: Any, address: Any, now: Any) -> Outgoing:
    """The key is what the ledger shows; the words are not what is measured."""
    return Outgoing(event.key)


@dataclass
class Bench:
    """A town of chats, and the roles that serve it."""

    folder: Path
    postgres: servers.Postgres
    rabbitmq: servers.RabbitMQ
    port: int
    database: Database
    tokens: tuple[str, ...] = ("7:rate",)

    @property
    def messenger(self) -> Messenger:
        return Messenger(self.port)

    def settings(self) -> Settings:
        return Settings(
            data_dir=self.folder,
            database_url=SecretStr(self.database.url.render_as_string(hide_password=False)),
            broker_url=SecretStr(self.rabbitmq.url(self.database.url.database or "")),
            telegram_token=SecretStr(self.tokens[0]),
            telegram_api_url=f"http://127.0.0.1:{self.port}",
            http_addr="127.0.0.1:0",
        )

    @contextmanager
    def running(self, *names: str) -> Iterator[list[int]]:
        """The roles at work; their pids."""
        roles.render = say_key  # type: ignore[assignment]
        make = TelegramChannel
        more = [make(token, api_url=f"http://127.0.0.1:{self.port}") for token in self.tokens[1:]]
        run = roles.consumers_run.run

        async def with_more(database: Any, broker: Any, channels: Any, *rest: Any) -> None:
            for channel in more:
                await channel.start()
            await run(database, broker, [*channels, *more], *rest)

        roles.consumers_run.run = with_more  # type: ignore[assignment]
        self.database.engine.dispose()
        pids = [
            role.fork(name, self.settings(), role.Skew(), self.folder / "roles.log", fused=False, marked=False)[0]
            for name in names
        ]
        roles.consumers_run.run = run
        try:
            yield pids
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)

    def people(self, count: int, token: str = "") -> list[int]:
        token = token or self.tokens[0]
        with self.database.transaction() as session:
            persons = [Person(name="Người thử", created_at=utcnow(), consent_at=utcnow()) for _ in range(count)]
            session.add_all(persons)
            session.flush()
            for person, chat in zip(persons, self.messenger.crowd(count, "telegram", token), strict=True):
                where = {"channel": "telegram", "token": token.partition(":")[0], "chat_id": chat["chat_id"]}
                session.add(Address(person_id=person.id, verified_at=utcnow(), **where))
            return [person.id or 0 for person in persons]

    def groups(self, count: int) -> list[int]:
        founder = self.messenger.post("/people", name="Trưởng", started=True, bot=self.tokens[0])["id"]
        made: list[int] = []
        for n in range(count):
            chat = self.messenger.post("/groups", title=f"Nhóm {n}", founder=founder, supergroup=True)["chat_id"]
            with self.database.transaction() as session:
                unit = Unit(code=f"g{n}", name=f"Đơn vị {n}", kind="xã")
                session.add(unit)
                session.flush()
                token = self.tokens[0].partition(":")[0]
                session.add(
                    Address(unit_id=unit.id, channel="telegram", token=token, chat_id=chat, verified_at=utcnow())
                )
                made.append(unit.id or 0)
        return made

    def raise_(self, events: list[NewEvent]) -> None:
        with self.database.transaction() as session:
            for start in range(0, len(events), 1000):
                raise_many(session, utcnow(), events[start : start + 1000])

    def ledger(self) -> list[dict[str, Any]]:
        return [one for one in self.messenger.ledger() if one["method"].lower() == "sendmessage"]

    def settle(self, seconds: float) -> None:
        until(road.all_done(self.database), "not settled", seconds)

    def refused(self) -> int:
        return self.messenger.get("/limits")["refused"]

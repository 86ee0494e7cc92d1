"""A PostgreSQL that vanished without a word is noticed within half a minute, on every connection of ours."""

import asyncio
from typing import Any, NoReturn

import psycopg
import pytest
from sqlalchemy import event

from models.database import Database
from models.wakeups import listen

URL = "postgresql://dondoc@127.0.0.1:1/none"


class _Asked(Exception):
    """Instead of connecting."""


def noticed_within(wanted: dict[str, Any]) -> float:
    """Seconds of silence after which libpq ends a connection made with these parameters."""
    idle = wanted["keepalives_idle"] + wanted["keepalives_interval"] * wanted["keepalives_count"]
    return max(idle, wanted["tcp_user_timeout"] / 1000, wanted["connect_timeout"])


def test_a_pooled_connection_is_given_up_when_nothing_answers() -> None:
    database = Database(URL)
    asked: list[dict[str, Any]] = []

    def instead(_dialect: object, _record: object, _arguments: object, wanted: dict[str, Any]) -> NoReturn:
        asked.append(wanted)
        raise _Asked

    event.listen(database.engine, "do_connect", instead)
    with pytest.raises(_Asked), database.reading() as session:
        session.connection()
    database.close()
    assert noticed_within(asked[0]) <= 30


async def test_so_is_the_connection_that_waits_to_be_called(monkeypatch: pytest.MonkeyPatch) -> None:
    database, stop, asked = Database(URL), asyncio.Event(), list[dict[str, Any]]()

    async def instead(_url: str, **wanted: Any) -> NoReturn:
        asked.append(wanted)
        stop.set()
        raise psycopg.OperationalError

    monkeypatch.setattr(psycopg.AsyncConnection, "connect", instead)
    await listen(database, stop)
    database.close()
    assert noticed_within(asked[0]) <= 30

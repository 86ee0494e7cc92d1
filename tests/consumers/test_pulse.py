"""A sender that hangs stops beating, whatever else of its process still runs."""

import asyncio

import pytest
from sqlalchemy import text

from consumers import pulse
from models.clock import monotonic
from models.database import Database
from models.heartbeat import beats
from tests import road

LANE = "consumer:telegram:7"


def last(database: Database) -> float:
    with database.reading() as session:
        return max((beat.at.timestamp() for beat in beats(session) if beat.name == LANE), default=0.0)


async def beats_on(database: Database, seconds: float = 20.0) -> None:
    since = last(database)
    await road.until(lambda: last(database) > since, seconds)


@pytest.mark.servers
async def test_a_sender_that_waits_for_a_lock_is_seen_to_have_stopped(
    postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "EVERY_SECONDS", 0.05)
    monkeypatch.setattr(pulse, "STUCK_SECONDS", 1.0)
    channel = road.LedgerChannel()
    async with road.moving(postgresql, [channel]):
        await beats_on(postgresql)
        with postgresql.engine.connect() as other:
            other.execute(text("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE"))
            with postgresql.transaction() as session:
                road.raise_for(session, road.people(session, 3))
            silent_since, seen = monotonic(), last(postgresql)
            end = silent_since + 30
            while monotonic() - silent_since < 1.5:
                assert monotonic() < end, "it still beats"
                await asyncio.sleep(0.05)
                if (now := last(postgresql)) > seen:
                    silent_since, seen = monotonic(), now
            assert channel.ledger == []
            other.rollback()
        await road.until(road.all_done(postgresql))
        await beats_on(postgresql)
    assert len(channel.ledger) == 3

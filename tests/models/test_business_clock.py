"""Business time: real by default, movable only where nobody real is reminded."""

from datetime import timedelta

import pytest

from models.business_clock import BusinessClock
from models.clock import utcnow
from models.database import Database


async def test_a_real_clock_cannot_be_moved(database: Database) -> None:
    clock = BusinessClock(database)
    with pytest.raises(PermissionError):
        await clock.move_to(utcnow() + timedelta(days=1))
    assert abs(clock.now() - utcnow()) < timedelta(seconds=5)


async def test_a_moved_clock_is_seen_by_another_process_and_tells_its_listeners(database: Database) -> None:
    here, there = BusinessClock(database, simulated=True), BusinessClock(database, simulated=True)
    moves: list[timedelta] = []
    there.on_move(lambda: moves.append(there.offset))
    await here.move_to(utcnow() + timedelta(days=30))
    await there.refresh()
    await there.refresh()
    assert abs(there.now() - here.now()) < timedelta(seconds=1)
    assert len(moves) == 1


async def test_the_offset_row_is_ignored_when_the_clock_is_real(database: Database) -> None:
    await BusinessClock(database, simulated=True).move_to(utcnow() + timedelta(days=30))
    real = BusinessClock(database)
    await real.refresh()
    assert abs(real.now() - utcnow()) < timedelta(seconds=5)

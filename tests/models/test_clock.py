"""The clock: real time, business time and the office's wall clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from models import clock

instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@freeze_time("2026-02-13 18:30:00")
def test_real_time_is_aware_utc_and_business_time_is_moved_by_the_offset() -> None:
    assert clock.utcnow() == datetime(2026, 2, 13, 18, 30, tzinfo=UTC)
    assert clock.utcnow().tzinfo is UTC
    assert clock.business_now() == clock.utcnow()
    assert clock.business_now(timedelta(days=3, hours=-1)) == datetime(2026, 2, 16, 17, 30, tzinfo=UTC)


def test_evening_in_utc_is_already_the_next_day_in_the_office() -> None:
    instant = datetime(2026, 2, 13, 18, 30, tzinfo=UTC)
    assert clock.local_date(instant) == date(2026, 2, 14)
    assert clock.local(instant).time() == time(1, 30)
    assert clock.local_date(instant, ZoneInfo("UTC")) == date(2026, 2, 13)


def test_a_day_runs_from_local_midnight_to_the_next() -> None:
    day = date(2026, 12, 31)
    assert clock.start_of_day(day) == datetime(2026, 12, 30, 17, tzinfo=UTC)
    assert clock.end_of_day(day) == datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert clock.at_local(day, time(17)) == datetime(2026, 12, 31, 10, tzinfo=UTC)


@given(instants)
def test_wall_clock_and_instant_are_two_views_of_one(instant: datetime) -> None:
    wall = clock.local(instant)
    assert clock.at_local(wall.date(), wall.time()) == instant
    assert clock.start_of_day(wall.date()) <= instant < clock.end_of_day(wall.date())


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="múi giờ"):
        clock.local(datetime(2026, 1, 1))


def test_monotonic_never_runs_backwards() -> None:
    first = clock.monotonic()
    assert clock.monotonic() >= first

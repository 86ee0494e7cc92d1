"""The only place that reads the system clock (design, decision 8).

Two times: *business time* (real time plus an offset, which is zero except with
``DONDOC_SIMULATED_CLOCK=1``) decides what is due; *real time* (`utcnow`, `monotonic`) serves leases, rates
and time-outs. All instants are aware and in UTC; days and hours of the office are local to `TIMEZONE`.
Every other function takes ``now`` as a parameter.
"""

from __future__ import annotations

import time as _time
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)


def utcnow() -> datetime:
    """The real instant, aware, in UTC: for leases, rates, time-outs and the log."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds from an arbitrary start that never run backwards: for measuring how long something took."""
    return _time.monotonic()


def business_now(offset: timedelta = timedelta()) -> datetime:
    """The instant the office lives in: real time moved by ``offset`` (zero in ordinary use)."""
    return utcnow() + offset


def as_utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive value, which names no instant."""
    if instant.utcoffset() is None:
        raise ValueError(f"thời điểm thiếu múi giờ · a time without its zone: {instant.isoformat()}")
    return instant.astimezone(UTC)


def local(instant: datetime, zone: ZoneInfo = TIMEZONE) -> datetime:
    """The instant as the office's wall clock shows it. Raises ValueError for a naive value."""
    return as_utc(instant).astimezone(zone)


def local_date(instant: datetime, zone: ZoneInfo = TIMEZONE) -> date:
    """The office's day at that instant. Raises ValueError for a naive value."""
    return local(instant, zone).date()


def at_local(day: date, hour: time, zone: ZoneInfo = TIMEZONE) -> datetime:
    """The UTC instant of a wall-clock time of a local day."""
    return datetime.combine(day, hour.replace(tzinfo=None), zone).astimezone(UTC)


def start_of_day(day: date, zone: ZoneInfo = TIMEZONE) -> datetime:
    """The UTC instant of the day's local midnight."""
    return at_local(day, time.min, zone)


def end_of_day(day: date, zone: ZoneInfo = TIMEZONE) -> datetime:
    """The first UTC instant after the day: from here on a deadline on that day is past."""
    return start_of_day(day + ONE_DAY, zone)

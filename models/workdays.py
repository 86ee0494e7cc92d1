"""The working calendar: which days the office works, when it opens, and counting in working days.

Sources: Bộ luật Lao động 2019, Điều 111 (weekly rest, days in lieu) and Điều 112 (public holidays); the
yearly notices that fix Tết and swap Saturdays (each row of `models/data/calendar_*.csv` names its own);
domain.md "Following up" (working hours); Bộ luật Dân sự 2015, Điều 147 khoản 2 (the first day of a period
is not counted).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from models import public_holidays
from models.calendar_file import CalendarFileError, CalendarRow, load_calendar_csv, parse_calendar_csv
from models.clock import TIMEZONE, as_utc, at_local, local

__all__ = [
    "OFFICE_HOURS",
    "Calendar",
    "CalendarFileError",
    "CalendarRow",
    "DayException",
    "default_calendar",
    "load_calendar_csv",
    "shipped_days",
]

Hours = tuple[tuple[time, time], ...]
OFFICE_HOURS: Hours = ((time(8), time(11, 30)), (time(13, 30), time(17)))
"""Half-open spans of local time, in order (domain.md, "Following up")."""

LONGEST_REST = 60
"""Days. No office rests longer without a working day: a longer gap means a calendar loaded wrongly."""

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class DayException(Protocol):
    """A row of a calendar file, or of the table with the agency's own list. `kind` is "off" or "work"."""

    @property
    def day(self) -> date: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Calendar:
    """Monday to Friday, less `days_off`, plus `working` (swapped Saturdays); `hours` are local to `zone`.

    A day in both sets is worked. Raises ValueError where `hours` are empty, overlap or are out of order, and
    from any method that meets no working day for `LONGEST_REST` days.
    """

    days_off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    hours: Hours = OFFICE_HOURS
    zone: ZoneInfo = TIMEZONE

    def __post_init__(self) -> None:
        instants = [instant for span in self.hours for instant in span]
        if not instants or any(a >= b for a, b in pairwise(instants)):
            raise ValueError("giờ làm việc phải tăng dần, không chồng nhau · working hours must be in order")

    def is_working(self, day: date) -> bool:
        """Whether the office works on that day."""
        return day in self.working or (day.weekday() < SATURDAY and day not in self.days_off)

    def on_or_after(self, day: date) -> date:
        """The day itself when worked, else the next working day."""
        return self._nearest(day, 1)

    def on_or_before(self, day: date) -> date:
        """The day itself when worked, else the last working day before it."""
        return self._nearest(day, -1)

    def working_day_after(self, day: date) -> date:
        """The first working day later than `day`."""
        return self.on_or_after(day + ONE_DAY)

    def working_day_before(self, day: date) -> date:
        """The last working day earlier than `day`."""
        return self.on_or_before(day - ONE_DAY)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it when negative); `day` itself is not counted.

        Zero gives `day` back, worked or not. (Bộ luật Dân sự 2015, Điều 147 khoản 2.)
        """
        step = self.working_day_after if count > 0 else self.working_day_before
        for _ in range(abs(count)):
            day = step(day)
        return day

    def count_between(self, start: date, end: date) -> int:
        """Working days from `start` (not counted) to `end` (counted); negative when `end` is earlier.

        The inverse of `add_working_days`: `count_between(d, add_working_days(d, n)) == n`.
        """
        if end < start:
            return -sum(map(self.is_working, _days(end, start - ONE_DAY)))
        return sum(map(self.is_working, _days(start + ONE_DAY, end)))

    def opening(self, day: date) -> datetime:
        """The UTC instant the office opens on a working day. Raises ValueError on a day off."""
        if not self.is_working(day):
            raise ValueError(f"{day:%d/%m/%Y} là ngày nghỉ · is a day off")
        return at_local(day, self.hours[0][0], self.zone)

    def closing(self, day: date) -> datetime:
        """The UTC instant the office closes on a working day. Raises ValueError on a day off."""
        if not self.is_working(day):
            raise ValueError(f"{day:%d/%m/%Y} là ngày nghỉ · is a day off")
        return at_local(day, self.hours[-1][1], self.zone)

    def in_hours(self, instant: datetime) -> bool:
        """Whether the office is at work at that instant (a span's end is outside it)."""
        wall = local(instant, self.zone)
        hour = wall.time()
        return self.is_working(wall.date()) and any(start <= hour < end for start, end in self.hours)

    def next_open(self, instant: datetime) -> datetime:
        """The first UTC instant not before `instant` at which the office is at work."""
        wall = local(instant, self.zone)
        if self.is_working(wall.date()):
            for start, end in self.hours:
                if wall.time() < end:
                    return max(at_local(wall.date(), start, self.zone), as_utc(instant))
        return self.opening(self.working_day_after(wall.date()))

    def with_days(self, days: Iterable[DayException]) -> Calendar:
        """This calendar with exceptions laid over it (rows of a file or table); a later one of a day wins."""
        off, working = set(self.days_off), set(self.working)
        for exception in days:
            into, out_of = (off, working) if exception.kind == "off" else (working, off)
            into.add(exception.day)
            out_of.discard(exception.day)
        return replace(self, days_off=frozenset(off), working=frozenset(working))

    def _nearest(self, day: date, direction: Literal[1, -1]) -> date:
        for _ in range(LONGEST_REST):
            if self.is_working(day):
                return day
            day += direction * ONE_DAY
        raise ValueError(f"lịch không có ngày làm việc quanh {day:%d/%m/%Y} · no working day around it")


@cache
def default_calendar(zone: ZoneInfo = TIMEZONE) -> Calendar:
    """Vietnam's public holidays as the library knows them, under the shipped official lists of 2025 to 2027.

    In years before 2015 and after 2050 only week-ends are days off.
    An agency's own list is laid over it with `with_days`.
    """
    off, worked = public_holidays.shipped()
    base = Calendar(off, worked, zone=zone)
    return base.with_days(shipped_days())


def shipped_days() -> tuple[CalendarRow, ...]:
    """The official exceptions shipped with the program, each with its source, in order of date."""
    folder = resources.files("models") / "data"
    files = sorted((file for file in folder.iterdir() if file.name.startswith("calendar_")), key=lambda f: f.name)
    return tuple(day for file in files for day in parse_calendar_csv(file.read_bytes()))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))

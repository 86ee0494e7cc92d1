"""What a deadline means to the minute: when it is past, and the last working day before it.

`due` is the last day allowed, `due_time` ("HH:MM" local) the last minute of it where the letter gives one (domain.md
"Deadlines"). The legal deadline is never moved: on a day off, what should be told on it is told the working day before.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from models.clock import TIMEZONE, at_local, end_of_day
from models.workdays import Calendar


def is_past(due: date, due_time: str | None, instant: datetime, zone: ZoneInfo = TIMEZONE) -> bool:
    """Whether the deadline is over: after its minute, else from the next local midnight on.

    So a deadline on the issue day is not overdue at once (trap 2). Raises ValueError when `due_time` is no time.
    """
    if due_time:
        return instant > at_local(due, time.fromisoformat(due_time), zone)
    return instant >= end_of_day(due, zone)


def last_chance(due: date, due_time: str | None, calendar: Calendar) -> date:
    """The last working day on which office hours begin before the deadline: its day, else the working day before."""
    if calendar.is_working(due) and due_time and time.fromisoformat(due_time) <= calendar.hours[0][0]:
        return calendar.working_day_before(due)
    return calendar.on_or_before(due)


def snooze_limit(due: date, calendar: Calendar) -> date:
    """The latest day a reminder can be put off to: the last working day before the deadline (issue 4, point 9)."""
    return calendar.working_day_before(due)

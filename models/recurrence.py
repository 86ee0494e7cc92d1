"""When the periods of a recurring task fall, and where a relative deadline ends.

domain.md "Deadlines" and issue 4, point 4: one assignment per period with the period's own dates, each closed by
itself, the next opened although the last is overdue. A rule is an iCalendar RRULE (RFC 5545) of the last day
allowed, without a start; it begins with the letter. Supported: FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, UNTIL,
COUNT. Beyond the RFC: a day the month does not have is its last day (31 → 30, 28), and a monthly or yearly rule
without a day ends at the report period's cut-off (`models.periods`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice

from dateutil.rrule import rrulestr

from models.deadlines import last_chance
from models.periods import LAST_YEAR, MONTHS, PeriodKind, period_of
from models.workdays import Calendar

ONE_DAY = timedelta(days=1)
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
PARTS = {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "UNTIL", "COUNT", "WKST"}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One period of a recurring task. `key` is stable and unique within the task, at most 10 characters.

    It is open from the start of the local day `opens`; `due` is the last day allowed, never moved off a day off.
    """

    key: str
    opens: date
    due: date


class UnknownRule(ValueError):
    """Quy tắc lặp chưa dùng được: “…” · The recurrence rule cannot be used: “…”."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"Quy tắc lặp chưa dùng được: “{rule}” · The recurrence rule cannot be used: “{rule}”")


def next_occurrence(
    rule: str, issued: date, after: date, calendar: Calendar, due_time: str | None = None
) -> Occurrence | None:
    """The first occurrence due later than `after`; None when the rule has ended. Raises UnknownRule."""
    return next(occurrences(rule, issued, after, calendar, due_time), None)


def occurrences(
    rule: str, issued: date, after: date, calendar: Calendar, due_time: str | None = None
) -> Iterator[Occurrence]:
    """The occurrences due later than both the issue day and `after`, in order; endless unless the rule ends.

    The first opens on the issue day, each other one the day after the one before was due; earlier where else there
    would be no office hours before its deadline ("before 6h every day", "every Sunday"). Daily and weekly duties rest
    when the office does: a daily one without named days falls on working days only, a weekly one without a day on the
    week's last working day, and a week with no working day at all has none. Raises UnknownRule.
    """
    parts = _parse(rule)
    opens = issued
    limit = int(parts["COUNT"]) if "COUNT" in parts else None
    until = _until(parts["UNTIL"], rule) if "UNTIL" in parts else date.max
    for key, due in islice(_dues(parts, rule, issued, calendar), limit):
        if due > until:
            return
        if due > after:
            yield Occurrence(key, max(issued, min(opens, last_chance(due, due_time, calendar))), due)
        opens = due + ONE_DAY


def resolve_relative(days: int, working: bool, start: date, calendar: Calendar) -> date:
    """The last day of a period of `days` from `start`, which is not counted (Bộ luật Dân sự 2015, Điều 147).

    Counts working days where `working`, as the letter says "ngày làm việc"; otherwise every day, and the end may be
    a day off: whether it then moves is the issuer's setting. Raises ValueError when `days` is not positive.
    """
    if days < 1:
        raise ValueError(f"số ngày phải lớn hơn 0 · the number of days must be positive: {days}")
    return calendar.add_working_days(start, days) if working else start + timedelta(days=days)


def _parse(rule: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in rule.strip().upper().removeprefix("RRULE:").split(";") if part]
    parts = {name: value for name, _, value in pairs}
    if parts.get("FREQ") not in FREQUENCIES or not parts.keys() <= PARTS or len(parts) < len(pairs):
        raise UnknownRule(rule)
    try:
        numbers = {
            name: _numbers(parts[name]) for name in ("INTERVAL", "COUNT", "BYMONTH", "BYMONTHDAY") if name in parts
        }
        rrulestr(_endless(parts))
    except (ValueError, TypeError):
        raise UnknownRule(rule) from None
    below_one = any(min(numbers[name]) < 1 for name in numbers.keys() - {"BYMONTHDAY"})
    months = numbers.get("BYMONTH", [1])
    month_days = numbers.get("BYMONTHDAY", [1])
    if below_one or max(months) > 12 or 0 in month_days or not -31 <= min(month_days) <= max(month_days) <= 31:
        raise UnknownRule(rule)
    if "BYMONTHDAY" in parts and ("BYDAY" in parts or parts["FREQ"] in {"DAILY", "WEEKLY"}):
        raise UnknownRule(rule)
    return parts


def _numbers(value: str) -> list[int]:
    return [int(number) for number in value.split(",")]


def _until(value: str, rule: str) -> date:
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        raise UnknownRule(rule) from None


def _dues(parts: dict[str, str], rule: str, issued: date, calendar: Calendar) -> Iterator[tuple[str, date]]:
    """Key and last day of each occurrence later than the issue day, in order."""
    frequency = parts["FREQ"]
    if frequency == "DAILY":
        return _daily(parts, issued, calendar)
    if frequency == "WEEKLY":
        return _weekly(parts, issued, calendar)
    if "BYDAY" in parts:
        return _named_days_of_months(parts, issued)
    if "BYMONTHDAY" in parts or "BYMONTH" in parts:
        return _days_of_months(parts, issued)
    return _cut_offs(int(parts.get("INTERVAL", "1")) * (12 if frequency == "YEARLY" else 1), issued)


def _daily(parts: dict[str, str], issued: date, calendar: Calendar) -> Iterator[tuple[str, date]]:
    for day in _expand(parts, issued):
        if day > issued and ("BYDAY" in parts or calendar.is_working(day)):
            yield day.isoformat(), day


def _weekly(parts: dict[str, str], issued: date, calendar: Calendar) -> Iterator[tuple[str, date]]:
    monday = issued - timedelta(days=issued.weekday())
    if "BYDAY" not in parts:
        weeks = _expand({**parts, "BYDAY": "SU"}, monday)
        found = (calendar.on_or_before(sunday) for sunday in weeks if _works_until(sunday, calendar))
    else:
        found = (day for day in _expand(parts, monday) if _works_until(day, calendar))
    several = "," in parts.get("BYDAY", "")
    for day in found:
        year, week, _ = day.isocalendar()
        if day > issued:
            yield (day.isoformat() if several else f"{year}-W{week:02}"), day


def _works_until(day: date, calendar: Calendar) -> bool:
    """Whether any of the seven days that end with `day` is worked."""
    return any(calendar.is_working(day - timedelta(days=n)) for n in range(7))


def _named_days_of_months(parts: dict[str, str], issued: date) -> Iterator[tuple[str, date]]:
    """ "The last Friday of every month": as the RFC says, from the first of the issue month on."""
    for day in _expand(parts, issued.replace(day=1)):
        if day > issued:
            yield day.isoformat(), day


def _days_of_months(parts: dict[str, str], issued: date) -> Iterator[tuple[str, date]]:
    month_days = _numbers(parts.get("BYMONTHDAY", "31"))
    for year, month in _months(parts, issued):
        last = monthrange(year, month)[1]
        dues = {date(year, month, min(n, last) if n > 0 else max(last + 1 + n, 1)) for n in month_days}
        for due in sorted(dues):
            if due > issued:
                yield _month_key(due, parts, len(month_days) > 1), due


def _month_key(due: date, parts: dict[str, str], several: bool) -> str:
    """The day where a month has several, the report quarter or half where the rule follows it, else the month."""
    if several:
        return due.isoformat()
    months = sorted(_numbers(parts.get("BYMONTH", "1")))
    for kind in (PeriodKind.QUARTER, PeriodKind.HALF):
        length = MONTHS[kind]
        if months == list(range(length, 13, length)):
            return period_of(due.replace(day=1), kind).label
    return f"{due:%Y-%m}"


def _months(parts: dict[str, str], issued: date) -> Iterator[tuple[int, int]]:
    """The months of the rule from the issue month on, as (year, month)."""
    interval = int(parts.get("INTERVAL", "1"))
    named = set(_numbers(parts["BYMONTH"])) if "BYMONTH" in parts else set(range(1, 13))
    first = issued.year * 12 + issued.month - 1
    for ordinal in range(first, LAST_YEAR * 12):
        year, month = ordinal // 12, ordinal % 12 + 1
        passed = year - issued.year if parts["FREQ"] == "YEARLY" else ordinal - first
        if month in named and passed % interval == 0:
            yield year, month


def _cut_offs(months: int, issued: date) -> Iterator[tuple[str, date]]:
    """Report periods of the longest kind that divides `months`; every n-th of them, counted from the letter."""
    kind = max((kind for kind in MONTHS if months % MONTHS[kind] == 0), key=lambda kind: MONTHS[kind])
    every = months // MONTHS[kind]
    period = period_of(issued + ONE_DAY, kind)
    for n in count(1):
        if period.year >= LAST_YEAR:
            return
        if n % every == 0:
            yield period.label, period.end
        period = period.next


def _expand(parts: dict[str, str], start: date) -> Iterator[date]:
    """The rule's days by the library, from `start` on, without its own end."""
    for found in rrulestr(_endless(parts), dtstart=datetime.combine(start, time.min)):
        if found.year >= LAST_YEAR:
            return
        yield found.date()


def _endless(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items() if name not in {"COUNT", "UNTIL"})

"""Which step of the ladder comes next for one assignment: a pure decision.

domain.md "Following up" and "Deadlines"; issue 4, points 1, 4, 8 and 9. Whoever calls it asks only for what is to be
chased (open or received, led by the unit, its unit a coordinator: informed once) and stores the answer's instant.
Each told step is answered with its day, `Facts.last_step_day`; from it everything else follows, so a clock that jumps
back, a second scheduler or a month of standstill tells nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum, auto
from functools import lru_cache

from models.assignments import Audience
from models.clock import local_date, start_of_day
from models.deadlines import is_past, last_chance, snooze_limit
from models.ladder import CHOICES, Ladder, Told
from models.periods import PeriodKind, period_of
from models.workdays import Calendar

NEW, WEEKLY, REVIEW, SNOOZED = "new", "weekly", "review", "snoozed"
ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of an assignment. Days are local.

    `opened_on`: the day it was loaded, or its period opened (though the program stood still that day); `due_time`:
    "HH:MM"; `review_on`: untimed, the next review when somebody chose one; `last_step_day`: the day of the last step
    told, None while nothing was; `coordinator`: informed at the start, never chased; `history`: past when loaded, until a
    later day is granted.
    """

    opened_on: date
    due: date | None = None
    due_time: str | None = None
    urgency: str | None = None
    review_on: date | None = None
    snoozed_until: date | None = None
    last_step_day: date | None = None
    coordinator: bool = False
    history: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What is told next: `name` ("new", "d-3", "d0", "d+1", "weekly", "review", "snoozed"), to whom, from when on.

    `at` is a UTC instant, `day` its local day. `at_once`: it does not wait for the next morning's digest (an urgent
    letter, or a deadline before that morning).
    """

    name: str
    day: date
    audience: Told
    at: datetime
    at_once: bool = False


def next_reminder_at(ladder: Ladder, calendar: Calendar, facts: Facts, now: datetime) -> datetime | None:
    """The UTC instant of the next step, as an assignment carries it; None when nothing more is told."""
    step = next_step(ladder, calendar, facts, now)
    return step.at if step else None


def step_due(ladder: Ladder, calendar: Calendar, facts: Facts, now: datetime) -> Step | None:
    """The step to tell now, if any. After a standstill it is one: the latest true one, for all who missed theirs."""
    step = next_step(ladder, calendar, facts, now)
    return step if step and step.at <= now else None


def next_step(ladder: Ladder, calendar: Calendar, facts: Facts, now: datetime) -> Step | None:
    """The next step, due or to come; None when nothing more is told.

    Never outside the ladder's hours (urgent first notices excepted); nothing that is meant before the deadline after
    it; days strictly increasing over the life of an assignment. What was past when it was loaded is not chased.
    """
    return _next_step(ladder, calendar, facts, now)


@lru_cache(maxsize=4096)  # the 99 units of one task share their facts, and a tick asks with one `now`
def _next_step(ladder: Ladder, calendar: Calendar, facts: Facts, now: datetime) -> Step | None:
    if _is_history(facts):
        return None
    office = ladder.office(calendar)
    if facts.coordinator:
        facts = replace(facts, due=None, due_time=None, snoozed_until=None)
    if first := _first_at_once(ladder, office, facts, now):
        return first
    opens = office.next_open(now)
    morning = local_date(opens, office.zone)
    marks = [mark for mark in _marks(ladder, office, facts, morning) if _is_untold(mark, facts)]
    for day in sorted({max(mark.day, morning) for mark in marks}):
        at = opens if day == morning else office.opening(day)
        live = [mark for mark in marks if mark.day <= day and not _has_lapsed(mark, facts, at, office)]
        if live:
            return _tell(live, day, at)
    return None


def _is_history(facts: Facts) -> bool:
    """Past when loaded, and no later day was granted since: such a task is chased only when somebody asks."""
    if facts.due is None or facts.due == facts.opened_on:
        return facts.history
    return facts.due < facts.opened_on


class _Sense(Enum):
    BEFORE = auto()
    AFTER = auto()
    UNTIMED = auto()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A step as planned. `sense`: whether it is meant before the deadline, after it, or stands without one."""

    day: date
    name: str
    audience: Told
    sense: _Sense


def _tell(live: Sequence[_Mark], day: date, at: datetime) -> Step:
    """One step for all marks that have come, named by the latest; but the first word of a task is "new"."""
    latest = max(live, key=lambda mark: mark.day)
    first = next((mark for mark in live if mark.name == NEW), latest)
    told = {person for mark in live for person in mark.audience}
    return Step(first.name, day, tuple(choice for choice in CHOICES if choice in told), at)


def _first_at_once(ladder: Ladder, office: Calendar, facts: Facts, now: datetime) -> Step | None:
    """The first notice of an urgent letter, at any hour; or of a deadline before the next digest, in hours."""
    audience = _of_part(ladder.new, facts)
    if facts.last_step_day is not None or _snoozed_until(office, facts) or not audience:
        return None
    at = max(now, start_of_day(facts.opened_on, office.zone))
    if not ladder.is_urgent(facts.urgency):
        digest = office.opening(office.working_day_after(facts.opened_on))
        if not _is_past(facts, digest, office):
            return None
        at = office.next_open(at)
    if _is_past(facts, at, office):
        return None
    return Step(NEW, local_date(at, office.zone), audience, at, at_once=True)


def _marks(ladder: Ladder, office: Calendar, facts: Facts, today: date) -> Iterator[_Mark]:
    """The steps not yet told, those to come at least up to the first after `today`; coordinators have but the first."""
    until = _snoozed_until(office, facts)
    if until:
        yield _Mark(until, SNOOZED, (Audience.OWNER,), _sense(facts))
    for mark in _ladder_marks(ladder, office, facts, today):
        if mark.audience and (until is None or mark.day >= until):
            yield mark


def _ladder_marks(ladder: Ladder, office: Calendar, facts: Facts, today: date) -> Iterator[_Mark]:
    digest = office.working_day_after(facts.opened_on)
    if facts.last_step_day is None:
        yield _Mark(digest, NEW, _of_part(ladder.new, facts), _sense(facts))
    if facts.coordinator:
        return
    since = facts.last_step_day or digest
    if facts.due is None:
        yield _Mark(_review_day(office, facts, since), REVIEW, ladder.review, _Sense.UNTIMED)
        return
    anchor = last_chance(facts.due, facts.due_time, office)
    after = [facts.due]
    for rung in ladder.rungs:
        day = office.add_working_days(anchor if rung.days <= 0 else facts.due, rung.days)
        if rung.days > 0 or day >= digest:
            yield _Mark(day, rung.name, rung.audience, _Sense.AFTER if rung.days > 0 else _Sense.BEFORE)
        after.append(day)
    yield from _weekly_marks(ladder, office, max(after), since, max(since, today))


def _weekly_marks(ladder: Ladder, office: Calendar, last: date, since: date, known: date) -> Iterator[_Mark]:
    """Every seven days after the last rung: all later than `since`, up to the first later than `known`.

    A line on a day off comes on the next working day; in a week of rest (Tết) there is none, else two would meet.
    """
    week = max(1, (since - last) // WEEK)
    while True:
        meant = last + week * WEEK
        day = office.on_or_after(meant)
        if day - meant < WEEK / 2:
            yield _Mark(day, WEEKLY, ladder.weekly, _Sense.AFTER)
            if day > known:
                return
        week += 1


def _review_day(office: Calendar, facts: Facts, since: date) -> date:
    """The chosen review day, else the next report cut-off, each on the working day at or before it."""
    if facts.review_on and (chosen := office.on_or_before(facts.review_on)) > since:
        return chosen
    period = period_of(since + ONE_DAY, PeriodKind.MONTH)
    while (day := office.on_or_before(period.end)) <= since:
        period = period.next
    return day


def _snoozed_until(office: Calendar, facts: Facts) -> date | None:
    """The working day a put-off reminder comes back; None where nothing was put off, or too little time is left."""
    if facts.snoozed_until is None:
        return None
    until = office.on_or_after(facts.snoozed_until)
    if facts.due is not None:
        until = min(until, snooze_limit(facts.due, office))
    return until if until > facts.opened_on else None


def _of_part(audience: Told, facts: Facts) -> Told:
    """Of the first notice's audience, whom this assignment is about: its coordinator, or its owner and the others."""
    return tuple(person for person in audience if (person == Audience.COORDINATOR) == facts.coordinator)


def _is_untold(mark: _Mark, facts: Facts) -> bool:
    return facts.last_step_day is None or mark.day > facts.last_step_day


def _has_lapsed(mark: _Mark, facts: Facts, instant: datetime, office: Calendar) -> bool:
    return mark.sense is _Sense.BEFORE and _is_past(facts, instant, office)


def _sense(facts: Facts) -> _Sense:
    return _Sense.UNTIMED if facts.due is None else _Sense.BEFORE


def _is_past(facts: Facts, instant: datetime, office: Calendar) -> bool:
    return facts.due is not None and is_past(facts.due, facts.due_time, instant, office.zone)

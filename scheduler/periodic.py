"""The few periodic duties, as plain functions: the picture after a cut-off, and what has expired."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from models.clock import local_date, start_of_day, utcnow
from models.directives import Directive, DirectiveState, Draft, DraftState
from models.events import Event, EventKind, Priority
from models.following import house_calendar
from models.heartbeat import FORGOTTEN_AFTER
from models.linking import TRIES_WINDOW
from models.outbox import NewEvent, raise_many
from models.people import LinkCode, LinkTry
from models.periods import Period, PeriodKind, period_of
from models.rights import people_with
from models.talk import Dialogue, Seen
from models.units import Role
from models.upkeep import Heartbeat, OneTimeLink

STILL_NEWS = timedelta(days=10)
"""After a longer standstill the picture of the last period is asked for with /tonghop, not sent unasked."""

SEEN_KEPT = timedelta(days=30)
DIALOGUES_KEPT = timedelta(days=1)
LINKS_KEPT = timedelta(days=7)
CODES_KEPT = timedelta(days=90)


def run_all(session: Session, now: datetime) -> int:
    """Every duty once; gives how many period reports were raised. Doing it again changes nothing."""
    expire(session, now)
    return raise_period_reports(session, now)


def raise_period_reports(session: Session, now: datetime) -> int:
    """On the working day after a cut-off leaders and contacts get the picture of the period, within what they may see.

    Where a quarter, half-year or year ends with the month, its picture comes instead of the month's. One each.
    """
    calendar, today = house_calendar(session), local_date(now)
    period = longest_ended(period_of(today, PeriodKind.MONTH).previous)
    told_on = period.told_on(calendar)
    if not told_on <= today <= told_on + STILL_NEWS or not calendar.in_hours(now):
        return 0
    raised = select(col(Event.id)).where(col(Event.kind) == str(EventKind.PERIOD), col(Event.business_date) >= told_on)
    if session.connection().execute(raised.limit(1)).first() is not None:
        return 0
    events = [
        NewEvent(
            f"period:{period.label}:{person}",
            EventKind.PERIOD,
            person_id=person,
            data={"period": period.label},
            priority=Priority.BULK,
            business_date=today,
            available_at=now,
        )
        for person in readers(session, now, period)
    ]
    return len(raise_many(session, now, events))


def longest_ended(month: Period) -> Period:
    """The longest period that ends with this month's cut-off."""
    kinds = (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER)
    longer = (period_of(month.end, kind) for kind in kinds)
    return next((period for period in longer if period.end == month.end), month)


def readers(session: Session, now: datetime, period: Period) -> Sequence[int]:
    """Leaders, and contacts of letters followed in the period; nobody while nothing had been loaded by then."""
    followed = (
        select(col(Directive.contact_id), col(Directive.loaded_by))
        .where(
            col(Directive.state) == str(DirectiveState.ACTIVE),
            col(Directive.loaded_at) < start_of_day(period.end + timedelta(days=1)),
        )
        .distinct()
    )
    contacts = [row.contact_id or row.loaded_by for row in session.connection().execute(followed)]
    if not contacts:
        return []
    return list(dict.fromkeys([*people_with(session, now, Role.LEADER), *contacts]))


def expire(session: Session, now: datetime) -> int:
    """Drafts nobody approved lose their text; old questions, links and marks of seen updates go. Gives the rows."""
    real = utcnow()
    duties = (
        update(Draft)
        .where(col(Draft.state) == str(DraftState.PENDING), col(Draft.expires_at) <= now)
        .values(state=str(DraftState.CANCELLED), text="", reading={}, choices={}),
        update(Draft)
        .where(col(Draft.expires_at) <= now, col(Draft.text) != "")
        .values(text="", reading={}, choices={}),  # the loaded letter has its own
        delete(LinkTry).where(col(LinkTry.tried_at) <= now - TRIES_WINDOW),
        delete(LinkCode).where(col(LinkCode.expires_at) <= now - CODES_KEPT),
        delete(Dialogue).where(col(Dialogue.expires_at) <= real - DIALOGUES_KEPT),  # a question lapses in real time
        delete(OneTimeLink).where(col(OneTimeLink.expires_at) <= now - LINKS_KEPT),
        delete(Seen).where(col(Seen.seen_at) <= min(now, real) - SEEN_KEPT),
        delete(Heartbeat).where(col(Heartbeat.at) <= real - FORGOTTEN_AFTER),  # of processes that were killed
    )
    return sum(session.connection().execute(duty).rowcount for duty in duties)

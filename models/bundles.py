"""What a report sets in motion: the contact is asked, in bundles, and the head is told in the next digest.

"A contact of 119 units is not pinged 119 times": new reports are told at once, then at most hourly, in working hours
unless the letter is urgent. The message says what waits when it is sent, so one waiting Event is enough.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models import outbox
from models.assignments import Audience, NumberUse, Reminder
from models.clock import local_date
from models.deputies import asked_among
from models.events import Event, EventKind, EventState, Priority
from models.following import house_calendar
from models.moves import Case
from models.numbers import assign_many
from models.rights import confirmers, people_with
from models.units import Role

BUNDLE = timedelta(hours=1)
REPORTED_STEP = "reported"


def ask_to_confirm(session: Session, now: datetime, case: Case, author_id: int) -> None:
    """Number the report for who judges it and see that a REPORTED event is on its way to them."""
    judges = confirmers(session, now, case.assignment, case.directive, {author_id, case.assignment.owner_id})
    if not judges:
        return
    told = asked_among(session, judges, case.directive)
    assign_many(session, now, {judge: [case.id] for judge in {*told, *judges[:2]}}, NumberUse.CONFIRM)
    for judge in told:
        _ask(session, now, case, judge)


def _ask(session: Session, now: datetime, case: Case, contact: int) -> None:
    earliest = now if case.urgent else house_calendar(session).next_open(now)
    if _joins_waiting(session, contact, earliest if case.urgent else None):
        return
    last = session.exec(
        select(func.max(Event.available_at)).where(Event.person_id == contact, Event.kind == EventKind.REPORTED)
    ).first()
    available = max(earliest, last + BUNDLE) if last and not case.urgent else earliest
    if not case.urgent:
        available = house_calendar(session).next_open(available)
    outbox.raise_event(
        session,
        now,
        key=f"reported:{contact}:{case.id}:{now.isoformat()}",
        kind=EventKind.REPORTED,
        person_id=contact,
        data={"contact": contact},
        priority=Priority.URGENT if case.urgent else Priority.ANSWER,
        business_date=local_date(available),
        available_at=available,
    )


def _joins_waiting(session: Session, contact: int, sooner: datetime | None) -> bool:
    """Whether an unclaimed Event will tell this report as well.

    The update holds the Event's row until our commit, so it cannot be claimed and rendered without the report.
    """
    waiting = update(Event).where(
        col(Event.person_id) == contact,
        col(Event.kind) == str(EventKind.REPORTED),
        col(Event.state).in_([str(EventState.WAITING), str(EventState.FORWARDED)]),
    )
    joined = session.exec(waiting.values(kind=str(EventKind.REPORTED))).rowcount > 0
    if joined and sooner is not None:
        session.exec(
            waiting.where(col(Event.available_at) > sooner).values(available_at=sooner, priority=Priority.URGENT)
        )
    return joined


def witness(session: Session, now: datetime, case: Case, actor_id: int) -> None:
    """The head's next digest lists what was reported in the unit's name."""
    calendar = house_calendar(session)
    morning = calendar.opening(calendar.working_day_after(local_date(now)))
    for head in people_with(session, now, Role.HEAD, case.assignment.unit_id)[:1]:
        if head in (actor_id, case.assignment.owner_id):
            continue
        day = local_date(morning)
        told = select(Reminder.id).where(
            Reminder.assignment_id == case.id,
            Reminder.step == REPORTED_STEP,
            Reminder.day == day,
            Reminder.person_id == head,
        )
        if session.exec(told).first() is None:
            session.add(
                Reminder(
                    assignment_id=case.id,
                    step=REPORTED_STEP,
                    day=day,
                    person_id=head,
                    audience=Audience.WITNESS,
                    due_at=morning,
                    created_at=now,
                )
            )

"""What will be said next if nobody does anything: for the time bar of the chat page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func
from sqlalchemy import select as many
from sqlmodel import Session, col, select

from models.assignments import Assignment
from models.directives import Task
from models.events import Event, EventState
from models.people import Person


@dataclass(frozen=True, slots=True)
class Upcoming:
    """An instant (UTC) at which something becomes due. The page says it in its own language.

    `kind`: remind (tasks), send (messages held back) or open (tasks whose next period begins); `items` of them, for
    `people` of whom `name` is one; `nobodys` tasks have no owner in the register yet.
    """

    at: datetime
    kind: Literal["remind", "send", "open"]
    items: int
    people: int = 0
    name: str = ""
    nobodys: int = 0


def upcoming(session: Session, now: datetime, limit: int = 8) -> list[Upcoming]:
    """The next distinct instants after `now`, at most `limit`, earliest first."""
    found = [*_reminders(session, now, limit), *_held_back(session, now, limit), *_openings(session, now, limit)]
    return sorted(found, key=lambda one: one.at)[:limit]


def _reminders(session: Session, now: datetime, limit: int) -> list[Upcoming]:
    when = col(Assignment.next_reminder_at)
    owned = func.count(col(Assignment.owner_id))
    query = (
        many(when, func.count(), func.count(func.distinct(Assignment.owner_id)), func.min(Person.name), owned)
        .join(Person, col(Person.id) == col(Assignment.owner_id), isouter=True)
        .where(when > now)
        .group_by(when)
        .order_by(when)
        .limit(limit)
    )
    rows = session.connection().execute(query).all()
    return [
        Upcoming(at, "remind", items, people, name or "", items - owned)
        for at, items, people, name, owned in rows
        if at is not None
    ]


def _held_back(session: Session, now: datetime, limit: int) -> list[Upcoming]:
    """Messages that wait for working hours or a bundle; a retry within the minute is no news."""
    when = col(Event.available_at)
    rows = session.exec(
        select(when, func.count(), func.count(func.distinct(Event.person_id)), func.min(Person.name))
        .join(Person, col(Person.id) == col(Event.person_id), isouter=True)
        .where(when > now + timedelta(minutes=1), Event.state == EventState.WAITING)
        .group_by(when)
        .order_by(when)
        .limit(limit)
    ).all()
    return [Upcoming(at, "send", items, people, name or "") for at, items, people, name in rows]


def _openings(session: Session, now: datetime, limit: int) -> list[Upcoming]:
    when = col(Task.next_opening_at)
    rows = session.exec(select(when, func.count()).where(when > now).group_by(when).order_by(when).limit(limit)).all()
    return [Upcoming(at, "open", tasks) for at, tasks in rows if at is not None]

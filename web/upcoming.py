"""What will be said next if nobody does anything: for the time bar of the chat page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.assignments import Assignment
from models.directives import Task
from models.events import Event, EventState
from models.people import Person


@dataclass(frozen=True, slots=True)
class Upcoming:
    """An instant (UTC) at which something becomes due."""

    at: datetime
    what: str
    who: str


def upcoming(session: Session, now: datetime, limit: int = 8) -> list[Upcoming]:
    """The next distinct instants after `now`, at most `limit`, earliest first."""
    found = [*_reminders(session, now, limit), *_held_back(session, now, limit), *_openings(session, now, limit)]
    return sorted(found, key=lambda one: one.at)[:limit]


def _reminders(session: Session, now: datetime, limit: int) -> list[Upcoming]:
    when = col(Assignment.next_reminder_at)
    rows = session.exec(
        select(when, func.count(), func.count(func.distinct(Assignment.owner_id)), func.min(Person.name))
        .join(Person, col(Person.id) == col(Assignment.owner_id), isouter=True)
        .where(when > now)
        .group_by(when)
        .order_by(when)
        .limit(limit)
    ).all()
    return [
        Upcoming(at, f"nhắc {items} nhiệm vụ", name if people == 1 and name else f"{people} người")
        for at, items, people, name in rows
        if at is not None
    ]


def _held_back(session: Session, now: datetime, limit: int) -> list[Upcoming]:
    """Messages that wait for working hours or a bundle; a retry within the minute is no news."""
    when = col(Event.available_at)
    rows = session.exec(
        select(when, func.count(), func.min(Person.name))
        .join(Person, col(Person.id) == col(Event.person_id), isouter=True)
        .where(when > now + timedelta(minutes=1), Event.state == EventState.WAITING)
        .group_by(when)
        .order_by(when)
        .limit(limit)
    ).all()
    return [Upcoming(at, "gửi tin đang chờ", name if one == 1 and name else f"{one} người") for at, one, name in rows]


def _openings(session: Session, now: datetime, limit: int) -> list[Upcoming]:
    when = col(Task.next_opening_at)
    rows = session.exec(select(when, func.count()).where(when > now).group_by(when).order_by(when).limit(limit)).all()
    return [Upcoming(at, f"mở kỳ báo cáo mới của {tasks} nhiệm vụ", "") for at, tasks in rows if at is not None]

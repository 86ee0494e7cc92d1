"""Readings of invented letters, as the reader gives them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, select

from models.clock import TIMEZONE
from models.directives import Draft
from models.loading import start_draft
from models.people import Membership, Person
from models.reading import Contact, ReadDeadline, Reading, ReadTask
from models.units import Role, Unit

FRIDAY = date(2026, 11, 20)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant by the office's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TIMEZONE).astimezone(UTC)


NOW = at(FRIDAY)


def task(clause: str, *lead: str, deadline: ReadDeadline | None = None, **more: Any) -> ReadTask:
    """One order to these bodies."""
    text = more.pop("text", f"Thực hiện nội dung {clause}")
    return ReadTask(
        clause=clause, text=text, span=(0, len(text)), lead=lead, deadline=deadline or ReadDeadline(), **more
    )


def by(due: date, phrase: str = "", time: str | None = None) -> ReadDeadline:
    """A dated deadline."""
    return ReadDeadline(kind="date", due=due, time=time, phrase=phrase or f"trước ngày {due:%d/%m/%Y}")


def letter(*tasks: ReadTask, **more: Any) -> Reading:
    """A letter of the province of two days before FRIDAY, unless told otherwise."""
    fields: dict[str, Any] = {
        "kind": "directive",
        "number": "4321/UBND-TH",
        "date": "2026-11-18",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH BẮC NINH",
        "subject": "việc thử nghiệm phần mềm theo dõi",
        "recipients": ("Các sở, ban, ngành", "UBND các xã, phường"),
        "contact": Contact(name="Đỗ Thị Thử", phone="0912 000 777"),
        "tasks": tasks,
    }
    return Reading(**(fields | more))


def unit_id(session: Session, code: str) -> int:
    """Id of a unit of the shipped register."""
    found = session.exec(select(Unit.id).where(Unit.code == code)).one()
    assert found is not None
    return found


def someone(session: Session, name: str, unit: str, role: Role = Role.OWNER, **more: Any) -> int:
    """A person with one role in one unit; their id."""
    person = Person(**{"name": name, "created_at": NOW, "consent_at": NOW, **more})
    session.add(person)
    session.flush()
    assert person.id is not None
    default = role == Role.OWNER
    session.add(Membership(person_id=person.id, unit_id=unit_id(session, unit), role=role, is_default=default))
    session.flush()
    return person.id


def drafted(session: Session, admin: int, reading: Reading, text: str = "", now: datetime = NOW) -> Draft:
    """A draft of the reading; its text is invented from number and tasks unless given."""
    words = text or f"{reading.number} {reading.subject} " + " ".join(task.text for task in reading.tasks)
    return start_draft(session, now, admin, reading, words)

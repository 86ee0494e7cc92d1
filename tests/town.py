"""A small invented town for stories about following up: units, people, a letter and its tasks."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from models.assignments import Assignment
from models.clock import TIMEZONE
from models.directives import Directive, Part, Task, TaskUnit
from models.people import Address, Membership, Person
from models.units import Role, Unit
from tests.one_by_one import open_task

MONDAY = date(2026, 11, 30)  # no holidays near it


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant by the town's own clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TIMEZONE).astimezone(UTC)


@dataclass
class Town:
    """Made in a session of the test; every method writes and returns ids or rows."""

    session: Session
    now: datetime = field(default_factory=lambda: at(MONDAY))
    made: int = 0

    def unit(self, name: str, kind: str = "sở", **more: Any) -> int:
        """A unit of the register."""
        self.made += 1
        unit = Unit(code=f"U{self.made}", name=name, kind=kind, **more)
        return self._add(unit)

    def person(self, name: str, unit: int | None = None, *roles: Role, linked: bool = True) -> int:
        """Somebody, with their roles in a unit and (unless not linked) a chat."""
        self.made += 1
        person = self._add(Person(name=name, created_at=self.now, consent_at=self.now))
        for role in roles:
            self._add(Membership(person_id=person, unit_id=unit or 0, role=role, is_default=role == Role.OWNER))
        if linked:
            chat = f"chat-{person}"
            self._add(Address(person_id=person, channel="telegram", token="1", chat_id=chat, verified_at=self.now))
        return person

    def letter(self, loaded_by: int, **more: Any) -> int:
        """A directive of two days ago, by default by nobody in the register and with its loader as contact."""
        self.made += 1
        fields: dict[str, Any] = {
            "number": f"{self.made}/UBND-TH",
            "issued_on": self.now.astimezone(TIMEZONE).date() - timedelta(days=2),
            "issuer": "UBND tỉnh",
            "subject": "về việc thử nghiệm",
            "text": "…",
            "content_hash": f"{self.made:064}",
            "loaded_by": loaded_by,
            "loaded_at": self.now,
        }
        return self._add(Directive(**{**fields, **more}))

    def task(self, letter: int, leads: list[int], coordinates: list[int] | None = None, **more: Any) -> Task:
        """A task with its units, not opened yet. `due_on` alone makes it a dated one."""
        self.made += 1
        kind = "date" if "due_on" in more else "none"
        fields: dict[str, Any] = {"clause": f"{self.made}", "position": self.made, "text": "làm", "deadline_kind": kind}
        task = Task(directive_id=letter, **{**fields, **more})
        self._add(task)
        for part, units in ((Part.LEAD, leads), (Part.COORDINATE, coordinates or [])):
            for unit in units:
                self._add(TaskUnit(task_id=task.id or 0, unit_id=unit, part=part))
        return task

    def opened(
        self, letter: int, leads: list[int], coordinates: list[int] | None = None, **more: Any
    ) -> list[Assignment]:
        """A task of the letter, opened now: its assignments in the order of its units, leads first."""
        return open_task(self.session, self.now, self.task(letter, leads, coordinates, **more).id or 0)

    def assignments(self, unit: int) -> list[Assignment]:
        """The unit's assignments as the database has them."""
        query = select(Assignment).where(Assignment.unit_id == unit).order_by(col(Assignment.id))
        return list(self.session.exec(query.execution_options(populate_existing=True)))

    def _add(self, row: Any) -> int:
        self.session.add(row)
        self.session.flush()
        return row.id

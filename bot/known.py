"""What a group of messages needs, loaded together: a query per group instead of several per message.

It lives in the reading session the group is rendered in and nowhere else, so it is never older than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from models.among import among
from models.assignments import Assignment, ShortNumber
from models.directives import Directive, Task
from models.events import Event
from models.people import Membership, Person
from models.rights import in_force
from models.units import Unit

if TYPE_CHECKING:
    from bot.lines import Entry

KEY = "known"


@dataclass(slots=True)
class Known:
    """By id; a person or assignment that was looked for and not found stands in `people` and `looked_for` only."""

    people: frozenset[int]
    looked_for: frozenset[int]
    numbers: dict[int, dict[tuple[int, str], int]] = field(
        default_factory=lambda: dict[int, dict[tuple[int, str], int]]()
    )
    address_as: dict[int, str] = field(default_factory=lambda: dict[int, str]())
    entries: dict[int, Entry] = field(default_factory=lambda: dict[int, "Entry"]())
    held: list[Any] = field(default_factory=lambda: list[Any]())
    """Keeps the persons in the session's identity map, so that `session.get` asks nobody."""


def known(session: Session) -> Known | None:
    """What was loaded for this session's group, if it has one."""
    return session.info.get(KEY)


def load(session: Session, now: datetime, events: Sequence[Event]) -> None:
    """Load what rendering these events will ask for. Raises what data of another shape raises."""
    people = {event.person_id for event in events if event.person_id is not None}
    wanted = {id for event in events for id in _assignments(event.data)}
    found = Known(frozenset(people), frozenset(wanted))
    found.held = list(session.exec(select(Person).where(among(session, Person.id, people))))
    _load_numbers(session, found)
    _load_forms(session, now, found)
    _load_entries(session, found)
    session.info[KEY] = found


def _assignments(data: dict[str, Any]) -> Iterable[int]:
    if "assignment" in data:
        yield int(data["assignment"])
    yield from data.get("assignments", ())
    for item in data.get("items", ()):
        yield int(item["assignment"])


def _load_numbers(session: Session, found: Known) -> None:
    found.numbers = {person: {} for person in found.people}
    query = select(ShortNumber.person_id, ShortNumber.assignment_id, ShortNumber.use, ShortNumber.n).where(
        among(session, ShortNumber.person_id, found.people), col(ShortNumber.closed_at).is_(None)
    )
    for person, assignment, use, n in session.exec(query.order_by(col(ShortNumber.n))):
        found.numbers[person][assignment, use] = n


def _load_forms(session: Session, now: datetime, found: Known) -> None:
    """The default membership's unit says how its people are addressed; the first one where there is none."""
    query = (
        select(Membership.person_id, Unit.address_as)
        .join(Unit, col(Membership.unit_id) == col(Unit.id))
        .where(among(session, Membership.person_id, found.people), in_force(now))
        .order_by(col(Membership.is_default).desc(), col(Membership.id))
    )
    for person, form in session.exec(query):
        found.address_as.setdefault(person, form)


def _load_entries(session: Session, found: Known) -> None:
    from bot.lines import Entry

    if not found.looked_for:
        return
    assignments = session.exec(select(Assignment).where(among(session, Assignment.id, found.looked_for))).all()
    tasks = {
        t.id: t for t in session.exec(select(Task).where(among(session, Task.id, {a.task_id for a in assignments})))
    }
    letters = select(Directive).where(among(session, Directive.id, {task.directive_id for task in tasks.values()}))
    whole_text: Any = Directive.text
    directives = {d.id: d for d in session.exec(letters.options(defer(whole_text)))}
    units = {
        u.id: u for u in session.exec(select(Unit).where(among(session, Unit.id, {a.unit_id for a in assignments})))
    }
    for one in assignments:
        task = tasks[one.task_id]
        found.entries[one.id or 0] = Entry(one, task, directives[task.directive_id], units[one.unit_id])

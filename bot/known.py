"""What a group of messages needs, loaded together: a query per group instead of several per message.

It lives in the reading session the group is rendered in and nowhere else, so it is never older than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import defer
from sqlmodel import Session

from models import among
from models.assignments import Assignment
from models.dialect import on_postgresql
from models.directives import Directive, Task
from models.events import Event
from models.people import Person
from models.tables import metadata
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
    found.held = list(among.load(session, Person, people))
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
    connection = session.connection()
    for person, assignment, use, n in connection.execute(_numbers(on_postgresql(session)), {"ids": found.people}):
        found.numbers[person][assignment, use] = n


def _load_forms(session: Session, now: datetime, found: Known) -> None:
    """The default membership's unit says how its people are addressed; the first one where there is none."""
    given = {"ids": found.people, "now": now}
    for person, form in session.connection().execute(_forms(on_postgresql(session)), given):
        found.address_as.setdefault(person, form)


def _load_entries(session: Session, found: Known) -> None:
    from bot.lines import Entry

    if not found.looked_for:
        return
    assignments = among.load(session, Assignment, found.looked_for)
    tasks = {task.id: task for task in among.load(session, Task, {one.task_id for one in assignments})}
    letters = {"ids": {task.directive_id for task in tasks.values()}}
    directives = {one.id: one for one in session.scalars(_letters(on_postgresql(session)), letters)}
    units = {unit.id: unit for unit in among.load(session, Unit, {one.unit_id for one in assignments})}
    for one in assignments:
        task = tasks[one.task_id]
        found.entries[one.id or 0] = Entry(one, task, directives[task.directive_id], units[one.unit_id])


# Built once each: see models/forwarding.py.


@cache
def _numbers(postgresql: bool) -> Select[*tuple[Any, ...]]:
    table = metadata.tables["shortnumber"].c
    mine = and_(among.among_given(postgresql, table.person_id, "ids"), table.closed_at.is_(None))
    return select(table.person_id, table.assignment_id, table.use, table.n).where(mine).order_by(table.n)


@cache
def _forms(postgresql: bool) -> Select[*tuple[Any, ...]]:
    member, unit = metadata.tables["membership"].c, metadata.tables["unit"].c
    holds = or_(member.until.is_(None), member.until > bindparam("now"))
    return (
        select(member.person_id, unit.address_as)
        .join_from(metadata.tables["membership"], metadata.tables["unit"], member.unit_id == unit.id)
        .where(among.among_given(postgresql, member.person_id, "ids"), holds)
        .order_by(member.is_default.desc(), member.id)
    )


@cache
def _letters(postgresql: bool) -> Select[Any]:
    whole_text: Any = Directive.text
    return select(Directive).where(among.among_given(postgresql, Directive.id, "ids")).options(defer(whole_text))

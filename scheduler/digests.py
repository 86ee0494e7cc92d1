"""Second half of a tick: one digest a morning per person, of all that was planned for them.

People are claimed, 200 per transaction, by a lock on their row; what else waits unclaimed from earlier days is taken
in, so that after any standstill there is one message. Reminder and Event are tied in the same transaction. Status is
read here and again when the message is rendered: what is done meanwhile is not chased.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, or_, select, update
from sqlmodel import Session, col

from models.assignments import Assignment, AssignmentState, Audience, NumberUse, Reminder, ShortNumber
from models.clock import local_date
from models.directives import Directive, Task
from models.events import Event, EventKind, EventState, Priority
from models.lanes import batches
from models.moves import TO_DO
from models.numbers import assign_many
from models.outbox import NewEvent, raise_many
from models.people import Person
from scheduler.notices import ITEMS

PEOPLE = 200
UNCLAIMED = (str(EventState.WAITING), str(EventState.FORWARDED))
ANSWERABLE = (Audience.OWNER, Audience.STAND_IN)
TRUE_IN: dict[str, frozenset[AssignmentState]] = {
    Audience.COORDINATOR: frozenset({AssignmentState.INFORMED}),
    Audience.WITNESS: frozenset({AssignmentState.REPORTED, AssignmentState.CONFIRMED}),
}
"""In which states a line is still worth telling; for all others while the assignment waits for its owner."""


class Raised(NamedTuple):
    """What a batch came to. `last`: the highest person id seen, to go on from; None when nobody waited."""

    events: int
    last: int | None


def raise_digests(session: Session, now: datetime, after: int = 0) -> Raised:
    """Claim up to 200 people with untold lines and raise each one's digest."""
    waiting = [row.person_id for row in session.connection().execute(waiting_query(now, after))]
    if not waiting:
        return Raised(0, None)
    claim = select(col(Person.id)).where(col(Person.id).in_(waiting), col(Person.erased_at).is_(None))
    people = [row.id for row in session.connection().execute(claim.with_for_update(skip_locked=True, key_share=True))]
    lines = _collect(session, now, people)
    digests = {person: chosen for person in people if (chosen := _worth_telling(lines.get(person, [])))}
    _drop_moot(session, [line for person in people for line in lines.get(person, [])])
    _number(session, now, digests)
    events = _raise(session, now, digests)
    return Raised(events, waiting[-1])


def waiting_query(now: datetime, after: int, limit: int = PEOPLE) -> Select[*tuple[Any, ...]]:
    """People with lines not told yet, in order; an index holds just those lines."""
    return (
        select(col(Reminder.person_id))
        .where(col(Reminder.event_id).is_(None), col(Reminder.due_at) <= now, col(Reminder.person_id) > after)
        .distinct()
        .order_by(col(Reminder.person_id))
        .limit(limit)
    )


def _collect(session: Session, now: datetime, people: Sequence[int]) -> dict[int, list[Any]]:
    """All untold lines of these people, with those of older digests that nobody has claimed."""
    superseded = _supersede(session, people)
    lines: dict[int, list[Any]] = defaultdict(list)
    untold = col(Reminder.event_id).is_(None) & (col(Reminder.due_at) <= now)
    which = or_(untold, col(Reminder.event_id).in_(superseded)) if superseded else untold
    for line in session.connection().execute(_lines_query().where(col(Reminder.person_id).in_(people), which)):
        lines[line.person_id].append(line)
    return lines


def _supersede(session: Session, people: Sequence[int]) -> list[int]:
    older = (
        update(Event)
        .where(
            col(Event.person_id).in_(people),
            col(Event.state).in_(UNCLAIMED),
            col(Event.kind) == str(EventKind.DIGEST),
        )
        .values(state=str(EventState.SUPERSEDED))
        .returning(col(Event.id))
    )
    return [row.id for row in session.connection().execute(older)]


def _lines_query() -> Select[*tuple[Any, ...]]:
    numbered = (
        (col(ShortNumber.person_id) == col(Reminder.person_id))
        & (col(ShortNumber.assignment_id) == col(Reminder.assignment_id))
        & (col(ShortNumber.use) == str(NumberUse.ACT))
        & col(ShortNumber.closed_at).is_(None)
    )
    return (
        select(
            col(Reminder.id),
            col(Reminder.person_id),
            col(Reminder.assignment_id),
            col(Reminder.step),
            col(Reminder.audience),
            col(Reminder.event_id),
            col(Assignment.state),
            col(Assignment.owner_id),
            col(Assignment.due_on),
            col(Directive.urgency),
            col(ShortNumber.n),
        )
        .join(Assignment, col(Assignment.id) == col(Reminder.assignment_id))
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .outerjoin(ShortNumber, numbered)
        .order_by(col(Reminder.person_id), col(Reminder.id))
    )


def _is_true(line: Any) -> bool:
    if line.audience in (Audience.OWNER, Audience.COORDINATOR) and line.owner_id != line.person_id:
        return False
    return line.state in TRUE_IN.get(line.audience, TO_DO)


def _worth_telling(lines: Iterable[Any]) -> list[Any]:
    """What is still true, each assignment once and by its latest step, the most urgent first."""
    latest = {line.assignment_id: line for line in lines if _is_true(line)}
    return sorted(latest.values(), key=_urgency)


def _urgency(line: Any) -> tuple[bool, bool, date, int]:
    acts = line.audience in ANSWERABLE
    return (not acts, not line.urgency, line.due_on or date.max, line.assignment_id)


def _drop_moot(session: Session, lines: Iterable[Any]) -> None:
    """Lines that were never told and are no longer true leave no trace: nobody was reminded of them."""
    moot = [line.id for line in lines if line.event_id is None and not _is_true(line)]
    for some in batches(moot, 1000):
        session.connection().execute(delete(Reminder).where(col(Reminder.id).in_(some)))


def _number(session: Session, now: datetime, digests: Mapping[int, list[Any]]) -> None:
    """Whoever is to answer gets a number for what has none yet (a stand-in, say)."""
    missing = {
        person: [line.assignment_id for line in lines if line.n is None and line.audience in ANSWERABLE]
        for person, lines in digests.items()
    }
    assign_many(session, now, missing, NumberUse.ACT)


def _raise(session: Session, now: datetime, digests: Mapping[int, list[Any]]) -> int:
    today = local_date(now)
    first = _next_serial(session, digests, today)
    parts: dict[str, list[Any]] = {}
    events: list[NewEvent] = []
    for person, lines in digests.items():
        pieces = [lines[start : start + ITEMS] for start in range(0, len(lines), ITEMS)]
        for n, piece in enumerate(pieces):
            key = f"digest:{person}:{today}:{first.get(person, 1) + n}"
            items = [{"assignment": line.assignment_id, "step": line.step, "as": line.audience} for line in piece]
            data = {"date": today.isoformat(), "part": n + 1, "parts": len(pieces), "items": items}
            parts[key] = piece
            events.append(
                NewEvent(
                    key,
                    EventKind.DIGEST,
                    person_id=person,
                    data=data,
                    priority=Priority.DIGEST,
                    business_date=today,
                    available_at=now,
                )
            )
    made = raise_many(session, now, events)
    _tie(session, {made[key]: piece for key, piece in parts.items()})
    return len(made)


def _next_serial(session: Session, people: Iterable[int], today: date) -> dict[int, int]:
    """The next free part number of those who were told something today already; usually nobody."""
    firsts = [f"digest:{person}:{today}:1" for person in people]
    told: dict[int, int] = {}
    again = session.connection().execute(select(col(Event.person_id)).where(col(Event.key).in_(firsts)))
    for person in [row.person_id for row in again]:
        query = select(col(Event.key)).where(
            col(Event.person_id) == person,
            col(Event.kind) == str(EventKind.DIGEST),
            col(Event.business_date) == today,
        )
        told[person] = 1 + max(int(row.key.rpartition(":")[2]) for row in session.connection().execute(query))
    return told


def _tie(session: Session, pieces: Mapping[int, list[Any]]) -> None:
    """Write into each line which Event tells it."""
    ids = [line.id for piece in pieces.values() for line in piece]
    by_person: dict[int, list[int]] = defaultdict(list)
    for event_id, piece in pieces.items():
        by_person[piece[0].person_id].append(event_id)
    single = [events[0] for events in by_person.values() if len(events) == 1]
    for some in batches(single, PEOPLE):
        session.connection().execute(
            update(Reminder)
            .where(col(Reminder.id).in_(ids), col(Event.id).in_(some), col(Event.person_id) == col(Reminder.person_id))
            .values(event_id=col(Event.id))
        )
    for event_id in (event for events in by_person.values() if len(events) > 1 for event in events):
        mine = [line.id for line in pieces[event_id]]
        session.connection().execute(update(Reminder).where(col(Reminder.id).in_(mine)).values(event_id=event_id))

"""Second half of a tick: one digest a morning per person, of all that was planned for them.

People are claimed, some hundreds per transaction, by a lock on their row; what else waits unclaimed from earlier days is taken
in, so that after any standstill there is one message. Reminder and Event are tied in the same transaction. Status is
read here and again when the message is rendered: what is done meanwhile is not chased.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, or_, select, text, update
from sqlmodel import Session, col

from models.among import among
from models.assignments import Assignment, AssignmentState, Audience, NumberUse, Reminder, ShortNumber
from models.clock import local_date
from models.dialect import on_postgresql
from models.directives import Directive, Task
from models.events import Event, EventKind, EventState, Priority
from models.moves import TO_DO
from models.numbers import assign_many
from models.outbox import NewEvent, raise_many
from models.people import Person
from models.rights import answering_for
from scheduler.notices import ITEMS

PEOPLE = 500
"""To a transaction: a quarter of a second; half as many statements a person as with 200."""
UNCLAIMED = (str(EventState.WAITING), str(EventState.FORWARDED))
ANSWERABLE = (Audience.OWNER, Audience.STAND_IN)
TRUE_IN: dict[str, frozenset[AssignmentState]] = {
    Audience.COORDINATOR: frozenset({AssignmentState.INFORMED}),
    Audience.WITNESS: frozenset({AssignmentState.REPORTED, AssignmentState.CONFIRMED}),
}
"""In which states a line is still worth telling; for all others while the assignment waits for its owner."""


Item = list[Any]
"""Lines that are told as one: a single one, or one task's of many units."""

APART = 3
"""Up to so many units of one task each have an item of their own."""


class Raised(NamedTuple):
    """What a batch came to. `last`: the highest person id seen, to go on from; None when nobody waited."""

    events: int
    last: int | None


def raise_digests(session: Session, now: datetime, after: int = 0) -> Raised:
    """Claim some people with untold lines and raise each one's digest."""
    people = waiting(session, now, after, PEOPLE)
    return Raised(raise_for(session, now, people), people[-1]) if people else Raised(0, None)


def waiting(session: Session, now: datetime, after: int, limit: int) -> list[int]:
    """Up to `limit` people with lines not told yet, from the one after `after` on."""
    return [row.person_id for row in session.connection().execute(waiting_query(now, after, limit)).all()]


def raise_for(session: Session, now: datetime, waiting: Sequence[int]) -> int:
    """Claim those of them nobody else has claimed and raise each one's digest; gives how many messages."""
    claim = select(col(Person.id)).where(among(session, col(Person.id), waiting), col(Person.erased_at).is_(None))
    claim = claim.with_for_update(skip_locked=True, key_share=True)
    people = [row.id for row in session.connection().execute(claim).all()]
    lines = _collect(session, now, people)
    digests = {person: gathered(chosen) for person in people if (chosen := _worth_telling(lines.get(person, [])))}
    _drop_moot(session, [line for person in people for line in lines.get(person, [])])
    _number(session, now, digests)
    return _raise(session, now, digests, [line for person in people for line in lines.get(person, [])])


def waiting_query(now: datetime, after: int, limit: int | None = None) -> Select[*tuple[Any, ...]]:
    """People with lines not told yet, in order; an index holds just those lines."""
    return (
        select(col(Reminder.person_id))
        .where(col(Reminder.event_id).is_(None), col(Reminder.due_at) <= now, col(Reminder.person_id) > after)
        .distinct()
        .order_by(col(Reminder.person_id))
        .limit(limit or PEOPLE)
    )


def _collect(session: Session, now: datetime, people: Sequence[int]) -> dict[int, list[Any]]:
    """All untold lines of these people, with those of older digests that nobody has claimed."""
    superseded = _supersede(session, people)
    lines: dict[int, list[Any]] = defaultdict(list)
    untold = col(Reminder.event_id).is_(None) & (col(Reminder.due_at) <= now)
    which = or_(untold, among(session, col(Reminder.event_id), superseded)) if superseded else untold
    query = _lines_query().where(among(session, col(Reminder.person_id), people), which)
    for line in session.connection().execute(query).all():
        lines[line.person_id].append(line)
    return lines


def _supersede(session: Session, people: Sequence[int]) -> list[int]:
    older = (
        update(Event)
        .where(
            among(session, col(Event.person_id), people),
            col(Event.state).in_(UNCLAIMED),
            col(Event.kind) == str(EventKind.DIGEST),
        )
        .values(state=str(EventState.SUPERSEDED))
        .returning(col(Event.id))
    )
    return [row.id for row in session.connection().execute(older).all()]


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
            col(Assignment.task_id),
            col(Assignment.period),
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


def gathered(lines: Sequence[Any]) -> list[Item]:
    """Items of a digest: what is only told of many units of one task is one item, in the place of the first.

    A contact of 99 communes who are late, or not connected yet, reads one line of a task, not ten messages.
    """
    alike: dict[tuple[Any, ...], Item] = {}
    for line in lines:
        own = line.audience in (Audience.OWNER, Audience.COORDINATOR)
        key = (line.id,) if own else (line.task_id, line.period, line.audience)
        alike.setdefault(key, []).append(line)
    items: list[Item] = []
    for item in alike.values():
        items += [item] if len(item) > APART else [[line] for line in item]
    return items


def _drop_moot(session: Session, lines: Iterable[Any]) -> None:
    """Lines that were never told and are no longer true leave no trace: nobody was reminded of them."""
    moot = [line.id for line in lines if line.event_id is None and not _is_true(line)]
    if moot:
        session.connection().execute(delete(Reminder).where(among(session, col(Reminder.id), moot)))


def _number(session: Session, now: datetime, digests: Mapping[int, list[Item]]) -> None:
    """Whoever is to answer gets a number for what has none yet: of the stand-ins a head, no contact who only passes it on."""
    missing = {
        person: [
            item[0].assignment_id
            for item in items
            if len(item) == 1 and item[0].n is None and item[0].audience in ANSWERABLE
        ]
        for person, items in digests.items()
    }
    stand_ins = {
        (person, item[0].assignment_id)
        for person, items in digests.items()
        for item in items
        if item[0].audience == Audience.STAND_IN
    }
    strangers = stand_ins - answering_for(session, now, stand_ins)
    missing = {person: [id for id in ids if (person, id) not in strangers] for person, ids in missing.items()}
    assign_many(session, now, missing, NumberUse.ACT)


def _raise(session: Session, now: datetime, digests: Mapping[int, list[Item]], lines: Iterable[Any]) -> int:
    """The Events and what ties each line to its own; gives how many.

    An untold line of an earlier step (its day passed without a digest) is told by its assignment's latest: left alone
    it would have the digest raised anew with every pass.
    """
    today = local_date(now)
    parts = {key: piece for person, items in digests.items() for key, piece in _parts(person, items, today)}
    made = _raise_parts(session, now, today, parts, digests)
    again = {parts[key][0][0].person_id for key in parts.keys() - made.keys()}
    if again:  # told something today already, so the parts go on from there
        parts = {key: piece for key, piece in parts.items() if key in made}
        for person in sorted(again):
            parts |= dict(_parts(person, digests[person], today, _next_serial(session, person, today)))
        missing = {key: piece for key, piece in parts.items() if key not in made}
        made |= _raise_parts(session, now, today, missing, digests)
    tied = [(line, made[key]) for key, piece in parts.items() for item in piece for line in item]
    latest = {(line.person_id, line.assignment_id): event_id for line, event_id in tied}
    untold = [line for line in lines if line.event_id is None and (line.person_id, line.assignment_id) in latest]
    earlier = {line.id: latest[line.person_id, line.assignment_id] for line in untold}
    _tie(session, earlier | {line.id: event_id for line, event_id in tied})
    return len(made)


def _parts(person: int, items: Sequence[Item], today: date, first: int = 1) -> Iterator[tuple[str, Sequence[Item]]]:
    """Key and items of each message of a person's digest."""
    for n, start in enumerate(range(0, len(items), ITEMS)):
        yield f"digest:{person}:{today}:{first + n}", items[start : start + ITEMS]


def _raise_parts(
    session: Session,
    now: datetime,
    today: date,
    parts: Mapping[str, Sequence[Item]],
    digests: Mapping[int, Sequence[Item]],
) -> dict[str, int]:
    """Ids of the new Events by key; a key that exists is left out."""
    events: list[NewEvent] = []
    for key, piece in parts.items():
        person = piece[0][0].person_id
        items = digests[person]
        data = {
            "date": today.isoformat(),
            "part": items.index(piece[0]) // ITEMS + 1,
            "parts": -(-len(items) // ITEMS),
            "items": [_told(item) for item in piece],
        }
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
    return raise_many(session, now, events)


def _told(item: Item) -> dict[str, Any]:
    first, *others = item
    told: dict[str, Any] = {"assignment": first.assignment_id, "step": first.step, "as": first.audience}
    return told | {"others": [line.assignment_id for line in others]} if others else told


def _next_serial(session: Session, person: int, today: date) -> int:
    """The next free part number of somebody who was told something today already."""
    query = select(col(Event.key)).where(
        col(Event.person_id) == person,
        col(Event.kind) == str(EventKind.DIGEST),
        col(Event.business_date) == today,
    )
    keys = [row.key for row in session.connection().execute(query).all()]
    return 1 + max((int(key.rpartition(":")[2]) for key in keys), default=0)


def _tie(session: Session, tied: Mapping[int, int]) -> None:
    """Write into each line which Event tells it, in one statement for all. `tied`: line → Event."""
    if not tied:
        return
    if on_postgresql(session):
        sql = """UPDATE reminder SET event_id = tied.event FROM unnest(CAST(:lines AS int[]), CAST(:events AS int[]))
                 AS tied(line, event) WHERE reminder.id = tied.line"""
        session.connection().execute(text(sql), {"lines": list(tied), "events": list(tied.values())})
    else:
        sql = """UPDATE reminder SET event_id = tied.value ->> 1 FROM json_each(:tied) AS tied
                 WHERE reminder.id = tied.value ->> 0"""
        session.connection().execute(text(sql), {"tied": json.dumps(list(tied.items()))})

"""Short numbers: what "xong 2" means to one person, from the day the item appears until it is closed and 30 days on.

One list of numbers per person, whatever the item is (own task, report to confirm, extension to decide), because
Zalo cannot quote: yesterday's "xong 2" must mean what it meant (domain.md, "Following up").
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from models.among import among
from models.assignments import Assignment, NumberUse, ShortNumber
from models.directives import Part
from models.errors import Refused
from models.people import Person
from models.tables import metadata

NUMBERS = metadata.tables["shortnumber"]
QUARANTINE = timedelta(days=30)
"""A closed number is not given to another item for so long."""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered line of a person's list."""

    n: int
    assignment_id: int
    use: NumberUse


def assign_numbers(
    session: Session, now: datetime, person_id: int, assignment_ids: Iterable[int], use: NumberUse
) -> None:
    """Give every item a number that has none, the lowest free ones in the order given; open closed ones again.

    An item that comes back (a report sent back and made anew) gets its old number again unless somebody took it.
    """
    assign_many(session, now, {person_id: list(assignment_ids)}, use)


def number_owner(session: Session, now: datetime, assignment: Assignment) -> None:
    """The owner's number of an assignment that waits for them; a coordinator has nothing to act on."""
    if assignment.owner_id is not None and assignment.part == Part.LEAD and assignment.id is not None:
        assign_numbers(session, now, assignment.owner_id, [assignment.id], NumberUse.ACT)


def assign_many(session: Session, now: datetime, wanted: Mapping[int, Sequence[int]], use: NumberUse) -> None:
    """`assign_numbers` for many people at once: person → assignments, in a handful of statements."""
    wanted = {person: items for person, items in wanted.items() if items}
    if not wanted:
        return
    numbered = {whom for whom, row in _former(session, wanted, use).items() if row.closed_at is None}
    missing = {
        person: [item for item in dict.fromkeys(items) if (person, item) not in numbered]
        for person, items in sorted(wanted.items())
    }
    missing = {person: items for person, items in missing.items() if items}
    if not missing:
        return
    lock_people(session, list(missing))
    former = _former(session, missing, use)  # again: another claimant may have been faster
    held = _held(session, now, missing)
    new: list[dict[str, Any]] = []
    for person, items in missing.items():
        holders = held[person]
        free = free_numbers(holders)
        for item in items:
            row = former.get((person, item))
            if row is not None and row.closed_at is None:
                continue
            keeps = row is not None and holders.get(row.n, row.id) == row.id
            n: int = row.n if row is not None and keeps else next(free)
            holders[n] = row.id if row is not None else 0
            if row is None:
                new.append({"person_id": person, "n": n, "assignment_id": item, "use": str(use), "opened_at": now})
            else:
                reopen = update(NUMBERS).where(NUMBERS.c.id == row.id).values(n=n, closed_at=None)
                session.connection().execute(reopen)
    if new:
        session.connection().execute(insert(NUMBERS), new)


def free_numbers(unavailable: Container[int]) -> Iterator[int]:
    """1, 2, 3 … without the ones in use or resting."""
    return (n for n in count(1) if n not in unavailable)


def _former(session: Session, wanted: Mapping[int, Sequence[int]], use: NumberUse) -> dict[tuple[int, int], Any]:
    """What these people have, or had, as number of these items: (person, assignment) → row."""
    c = NUMBERS.c
    query = select(c.id, c.person_id, c.assignment_id, c.n, c.closed_at).where(
        among(session, c.person_id, wanted),
        among(session, c.assignment_id, {item for items in wanted.values() for item in items}),
        c.use == str(use),
    )
    return {(row.person_id, row.assignment_id): row for row in session.connection().execute(query).all()}


def _held(session: Session, now: datetime, people: Iterable[int]) -> dict[int, dict[int, int]]:
    """Each person's numbers that are in use or resting: number → id of the row that has it."""
    c = NUMBERS.c
    held: dict[int, dict[int, int]] = {person: {} for person in people}
    taken = or_(c.closed_at.is_(None), c.closed_at > now - QUARANTINE)
    query = select(c.person_id, c.n, c.id).where(among(session, c.person_id, held), taken)
    for person, n, row in session.connection().execute(query).all():
        held[person][n] = row
    return held


def lock_people(session: Session, people: Sequence[int]) -> None:
    """Hold the persons' rows until the commit: two claimants of a lowest free number come one after the other."""
    rows = select(col(Person.id)).where(among(session, col(Person.id), people)).order_by(col(Person.id))
    session.connection().execute(rows.with_for_update(key_share=True)).all()


def listing(session: Session, now: datetime, person_id: int, use: NumberUse | None = None) -> list[Item]:
    """The person's open items by number; of one use, or all."""
    query = select_rows(ShortNumber).where(ShortNumber.person_id == person_id, col(ShortNumber.closed_at).is_(None))
    if use is not None:
        query = query.where(ShortNumber.use == use)
    rows = session.exec(query.order_by(col(ShortNumber.n)))
    return [Item(row.n, row.assignment_id, NumberUse(row.use)) for row in rows]


def by_number(session: Session, now: datetime, person_id: int, n: int, use: NumberUse | None = None) -> Item:
    """The item this person knows by that number.

    Raises Refused: "no_such_number" when there is none, "wrong_use" (data `use`) when it stands for something
    else than asked for.
    """
    row = session.exec(
        select_rows(ShortNumber).where(
            ShortNumber.person_id == person_id, ShortNumber.n == n, col(ShortNumber.closed_at).is_(None)
        )
    ).first()
    if row is None:
        closed = last_closed(session, now, person_id, n)
        if closed is not None:
            raise Refused("number_closed", n=n, assignment=closed.assignment_id)
        raise Refused("no_such_number", n=n)
    if use is not None and row.use != use:
        raise Refused("wrong_use", n=n, use=row.use)
    return Item(row.n, row.assignment_id, NumberUse(row.use))


def last_closed(session: Session, now: datetime, person_id: int, n: int) -> ShortNumber | None:
    """What the number stood for within the last 30 days, so that an answer can say "already closed"."""
    return session.exec(
        select_rows(ShortNumber)
        .where(ShortNumber.person_id == person_id, ShortNumber.n == n, col(ShortNumber.closed_at) > now - QUARANTINE)
        .order_by(col(ShortNumber.closed_at).desc())
    ).first()


def number_of(session: Session, person_id: int, assignment_id: int, use: NumberUse) -> int | None:
    """The open number of an item, or None."""
    return session.exec(
        select_rows(ShortNumber.n).where(
            ShortNumber.person_id == person_id,
            ShortNumber.assignment_id == assignment_id,
            ShortNumber.use == use,
            col(ShortNumber.closed_at).is_(None),
        )
    ).first()


def close_numbers(
    session: Session,
    now: datetime,
    assignment_id: int,
    *uses: NumberUse,
    person_id: int | None = None,
) -> None:
    """The item is finished for everybody (or for `person_id`): its numbers of these uses rest for 30 days."""
    change = update(ShortNumber).where(
        col(ShortNumber.assignment_id) == assignment_id,
        col(ShortNumber.use).in_([str(use) for use in (uses or NumberUse)]),
        col(ShortNumber.closed_at).is_(None),
    )
    if person_id is not None:
        change = change.where(col(ShortNumber.person_id) == person_id)
    session.exec(change.values(closed_at=now))

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

from models.assignments import Assignment, NumberUse, ShortNumber
from models.directives import Part
from models.errors import Refused
from models.people import Person

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
    people = sorted(person for person, items in wanted.items() if items)
    if not people:
        return
    lock_people(session, people)
    known = {person: _Numbers(now) for person in people}
    for row in session.exec(_relevant(now, wanted, people)):
        known[row.person_id].learn(row)
    new: list[dict[str, Any]] = []
    for person in people:
        for assignment_id in dict.fromkeys(wanted[person]):
            row, n = known[person].number_for(assignment_id, use)
            if row is None:
                new.append(
                    {"person_id": person, "n": n, "assignment_id": assignment_id, "use": str(use), "opened_at": now}
                )
            elif row.closed_at is not None:
                reopen = update(ShortNumber).where(col(ShortNumber.id) == row.id)
                session.exec(reopen.values(n=n, closed_at=None))
    if new:
        session.exec(insert(ShortNumber), params=new)


def free_numbers(unavailable: Container[int]) -> Iterator[int]:
    """1, 2, 3 … without the ones in use or resting."""
    return (n for n in count(1) if n not in unavailable)


class _Numbers:
    """One person's numbers while some are being given out."""

    def __init__(self, now: datetime) -> None:
        self.resting_since = now - QUARANTINE
        self.items: dict[tuple[int, str], Any] = {}
        self.holder: dict[int, int] = {}  # number → id of the row that has it or has it resting
        self.free = free_numbers(self.holder)

    def learn(self, row: Any) -> None:
        self.items[row.assignment_id, row.use] = row
        if row.closed_at is None or row.closed_at > self.resting_since:
            self.holder[row.n] = row.id

    def number_for(self, assignment_id: int, use: NumberUse) -> tuple[Any, int]:
        row = self.items.get((assignment_id, use))
        if row is not None and (row.closed_at is None or self.holder.get(row.n, row.id) == row.id):
            n: int = row.n
        else:
            n = next(self.free)
        self.holder[n] = row.id if row is not None else 0
        return row, n


def _relevant(now: datetime, wanted: Mapping[int, Sequence[int]], people: list[int]) -> Any:
    """Numbers in use or resting, and the former numbers of the items in question."""
    items = {item for person in people for item in wanted[person]}
    return select(
        col(ShortNumber.id),
        col(ShortNumber.person_id),
        col(ShortNumber.n),
        col(ShortNumber.assignment_id),
        col(ShortNumber.use),
        col(ShortNumber.closed_at),
    ).where(
        col(ShortNumber.person_id).in_(people),
        or_(
            col(ShortNumber.closed_at).is_(None),
            col(ShortNumber.closed_at) > now - QUARANTINE,
            col(ShortNumber.assignment_id).in_(items),
        ),
    )


def lock_people(session: Session, people: Sequence[int]) -> None:
    """Hold the persons' rows until the commit: two claimants of a lowest free number come one after the other."""
    rows = select_rows(Person.id).where(col(Person.id).in_(people)).order_by(col(Person.id))
    session.exec(rows.with_for_update(key_share=True)).all()


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

"""Who can be reached in chat or by mail at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from models.people import Address, Person


def reachable(session: Session, people: Collection[int]) -> set[int]:
    """Those of `people` who agreed to be written to and have an address that is verified and not blocked."""
    if not people:
        return set()
    query = (
        select(Address.person_id)
        .join(Person, col(Person.id) == Address.person_id)
        .where(
            col(Address.person_id).in_(people),
            col(Address.verified_at).is_not(None),
            col(Address.blocked_at).is_(None),
            col(Person.consent_at).is_not(None),
        )
    )
    return {person for person in session.exec(query) if person is not None}


def first_reachable(session: Session, people: Sequence[int]) -> int | None:
    """The first of `people` who can be reached, or None."""
    there = reachable(session, people)
    return next((person for person in people if person in there), None)

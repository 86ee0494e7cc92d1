"""Messages of a tick that stand outside the morning's digest: urgent letters, the admins' list, unit groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from models.among import among
from models.clock import local_date
from models.events import Event, EventKind, Priority
from models.outbox import NewEvent, raise_many
from models.people import Address

ITEMS = 10
"""Items of one message (design, decision 5)."""

Whom = tuple[int, int]
"""(assignment, person)"""


def raise_urgent(session: Session, now: datetime, lines: Sequence[Any]) -> dict[Whom, int]:
    """One Event per person and letter, at any hour, for what an urgent letter gives them. Ids by whom they tell."""
    grouped: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for line in lines:
        grouped[line.told.person_id, line.row.directive_id].append(line)
    events: list[NewEvent] = []
    members: dict[str, list[Whom]] = {}
    for (person, directive), told in grouped.items():
        for start in range(0, len(told), ITEMS):
            ids = sorted(line.row.id for line in told[start : start + ITEMS])
            key = f"urgent:{person}:{directive}:{ids[0]}:{told[0].step.day}"
            members[key] = [(id_, person) for id_ in ids]
            events.append(
                NewEvent(
                    key,
                    EventKind.URGENT,
                    person_id=person,
                    data={"assignments": ids},
                    priority=Priority.URGENT,
                    business_date=local_date(now),
                    available_at=now,
                )
            )
    made = raise_many(session, now, events)
    return {whom: made[key] for key, all_ in members.items() if key in made for whom in all_}


def raise_unlinked(session: Session, now: datetime, lines: Sequence[Any]) -> dict[Whom, int]:
    """Once a day each admin concerned hears that somebody on the list "chưa kết nối" has something due."""
    listed = [line for line in lines if line.told.listed]
    today = local_date(now)
    keys = {line.told.person_id: f"unlinked:{line.told.person_id}:{today}" for line in listed}
    if not keys:
        return {}
    data = {"code": "unlinked", "date": today.isoformat()}
    raise_many(
        session,
        now,
        [
            NewEvent(key, EventKind.ALERT, person_id=admin, data=data, priority=Priority.DIGEST, business_date=today)
            for admin, key in sorted(keys.items())  # two schedulers who tell the same admins meet in one order
        ],
    )
    rows = session.connection().execute(
        select(col(Event.person_id), col(Event.id)).where(col(Event.key).in_(list(keys.values())))
    )
    ids: dict[int, int] = {row.person_id: row.id for row in rows}
    return {(line.row.id, line.told.person_id): ids[line.told.person_id] for line in listed}


def raise_group_digests(session: Session, now: datetime, units: Collection[int]) -> None:
    """Units with a group chat see there once a day what is due for them."""
    today = local_date(now)
    query = select(col(Address.unit_id)).where(
        among(session, col(Address.unit_id), units),
        col(Address.verified_at).is_not(None),
        col(Address.blocked_at).is_(None),
    )
    with_group = {row.unit_id for row in session.connection().execute(query).all()} if units else set[int]()
    raise_many(session, now, list(_group_digests(sorted(with_group), today.isoformat())))


def _group_digests(units: Iterable[int], today: str) -> Iterable[NewEvent]:
    for unit in units:
        key = f"group:{unit}:{today}"
        yield NewEvent(key, EventKind.GROUP_DIGEST, unit_id=unit, data={"unit": unit, "date": today})

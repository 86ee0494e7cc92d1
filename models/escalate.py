"""Who is told when somebody could not be: the unit's head, else the contact of the letter, and the admins' list."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from models.clock import local
from models.events import EVENTS, EventKind, Priority
from models.lanes import open_circuits, places, preferred
from models.tables import metadata
from models.units import Role
from models.upsert import upsert
from models.wakeups import ring_after_commit

MEMBERSHIPS = metadata.tables["membership"]
ASSIGNMENTS = metadata.tables["assignment"]
TASKS = metadata.tables["task"]
DIRECTIVES = metadata.tables["directive"]
BUNDLE = timedelta(minutes=15)  # failures come in flocks: one message for those of a quarter of an hour

e = EVENTS.c


def on_unreachable(session: Session, now: datetime, event_id: int, reason: str) -> list[int]:
    """An Event was given up. Tell somebody above its recipient who can be reached, and put it on the admins' list.

    Returns the ids of the Events raised. A message about a failure that fails itself is only kept as failed: it stands
    in `dondoc deliveries --failed` and the health page, and raises nothing more.
    """
    row = session.connection().execute(select(EVENTS).where(e.id == event_id)).one()
    if row.kind == EventKind.ALERT:
        return []
    above = _first_reachable(session, _above(session, row), not_this=row.person_id)
    told = set(admins(session)) | ({above} if above is not None else set())
    return [id for person in sorted(told) if (id := _alert(session, now, person)) is not None]


def admins(session: Session) -> list[int]:
    """Persons with the role of admin."""
    m = MEMBERSHIPS.c
    query = select(m.person_id).where(m.role == str(Role.ADMIN), m.until.is_(None)).distinct()
    return sorted(id for (id,) in session.connection().execute(query))


def alert_admins(session: Session, now: datetime, code: str, key: str, **data: Any) -> list[int]:
    """Tell every admin something of the road itself (circuit, quota …). Raised once per `key`."""
    made: list[int] = []
    for person in admins(session):
        new = _raise(session, now, f"alert:{code}:{key}:{person}", person, {"code": code, **data}, now)
        made += [new] if new is not None else []
    return made


def _above(session: Session, row: Any) -> list[int]:
    """Heads of the units concerned, then contacts of the letters concerned."""
    connection = session.connection()
    assignments = _assignments_of(row.data)
    a, m = ASSIGNMENTS.c, MEMBERSHIPS.c
    units = {row.unit_id} if row.unit_id else set[int]()
    if assignments:
        units |= {id for (id,) in connection.execute(select(a.unit_id).where(a.id.in_(assignments)))}
    elif row.person_id:
        query = select(m.unit_id).where(m.person_id == row.person_id, m.until.is_(None))
        units |= {id for (id,) in connection.execute(query)}
    heads = select(m.person_id).where(m.unit_id.in_(units), m.role == str(Role.HEAD), m.until.is_(None))
    found = [id for (id,) in connection.execute(heads.order_by(m.id))]
    if assignments:
        contacts = (
            select(DIRECTIVES.c.contact_id, DIRECTIVES.c.contact_deputy_id)
            .join(TASKS, TASKS.c.directive_id == DIRECTIVES.c.id)
            .join(ASSIGNMENTS, a.task_id == TASKS.c.id)
            .where(a.id.in_(assignments))
        )
        found += [id for pair in connection.execute(contacts) for id in pair if id is not None]
    return list(dict.fromkeys(found))


def _assignments_of(data: dict[str, Any]) -> list[int]:
    """Ids of the assignments an Event's `data` names (models.events.EventKind says in which form)."""
    found = [data["assignment"]] if "assignment" in data else []
    found += data.get("assignments", [])
    found += [item["assignment"] for item in data.get("items", []) if "assignment" in item]
    return found


def _first_reachable(session: Session, persons: list[int], not_this: int | None) -> int | None:
    usable = places(session, persons)
    return next((p for p in persons if p != not_this and usable.get((p, None))), None)


def _alert(session: Session, now: datetime, person: int) -> int | None:
    """One message for all failures of this quarter of an hour; it is rendered when the quarter is over."""
    start = _quarter(now)
    data = {"code": "unreachable", "since": start.isoformat(), "until": (start + BUNDLE).isoformat()}
    key = f"alert:unreachable:{person}:{start:%Y%m%dT%H%M}"
    return _raise(session, now, key, person, data, start + BUNDLE)


def _quarter(now: datetime) -> datetime:
    at = local(now)
    return now - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)


def _raise(
    session: Session, now: datetime, key: str, person: int, data: dict[str, Any], available_at: datetime
) -> int | None:
    best = preferred(places(session, [person]).get((person, None), []), open_circuits(session))
    row = {
        "key": key,
        "kind": str(EventKind.ALERT),
        "person_id": person,
        "unit_id": None,
        "data": data,
        "business_date": local(now).date(),
        "lane": best.lane if best else "",
        "priority": Priority.ANSWER,
        "created_at": now,
        "due_at": available_at,
        "available_at": available_at,
    }
    defaults = {"state": "waiting", "claimed_by": "", "attempts": 0, "last_error": ""}
    statement = upsert(session, EVENTS).values(row | defaults).on_conflict_do_nothing().returning(e.id)
    made = session.connection().execute(statement).scalar_one_or_none()
    if made is not None:
        ring_after_commit(session)
    return made

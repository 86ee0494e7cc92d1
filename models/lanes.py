"""Which address a message goes to, and which lanes are shut for the time being."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, Table, and_, or_, select
from sqlmodel import Session

from models.among import among_given
from models.dialect import on_postgresql
from models.tables import metadata
from models.upkeep import Setting

ADDRESSES: Table = metadata.tables["address"]
PERSONS: Table = metadata.tables["person"]
SETTINGS: Table = metadata.tables["setting"]
CIRCUIT = "circuit"
DIVERT_AFTER = timedelta(minutes=15)

SHUT = select(SETTINGS.c.scope, SETTINGS.c.value).where(SETTINGS.c.name == CIRCUIT)
PLACE = [ADDRESSES.c[name] for name in ("id", "channel", "token", "chat_id", "thread_id", "person_id", "unit_id")]


class Place(NamedTuple):
    """One usable address of a person or of a unit's group chat."""

    id: int
    lane: str
    chat_id: str
    thread_id: str
    is_group: bool
    person_id: int | None
    unit_id: int | None

    @property
    def channel(self) -> str:
        """The vendor: the lane without its token."""
        return self.lane.partition(":")[0]


class Circuit(NamedTuple):
    """A lane that does not get through. `since` is real time; `reason` as in ChannelError."""

    since: datetime
    reason: str


def open_circuits(session: Session) -> dict[str, Circuit]:
    """Lanes whose vendor fails for everybody right now."""
    rows = session.connection().execute(SHUT)
    return {
        scope.removeprefix("lane:"): Circuit(datetime.fromisoformat(value["since"]), value["reason"])
        for scope, value in rows
        if value
    }


def open_circuit(session: Session, lane: str, since: datetime, reason: str) -> None:
    """Remember that the lane does not get through, for whoever chooses a lane. `since`: real time."""
    if lane not in open_circuits(session):
        close_circuit(session, lane)
        value = {"since": since.isoformat(), "reason": reason}
        session.add(Setting(scope=f"lane:{lane}", name=CIRCUIT, value=value))
        session.flush()


def close_circuit(session: Session, lane: str) -> bool:
    """The lane gets through again. True when it had been open."""
    query = SETTINGS.delete().where(SETTINGS.c.scope == f"lane:{lane}", SETTINGS.c.name == CIRCUIT)
    return session.connection().execute(query).rowcount > 0


def places(
    session: Session, person_ids: Collection[int] = (), unit_ids: Collection[int] = ()
) -> dict[tuple[int | None, int | None], list[Place]]:
    """Usable addresses by (person, unit), the preferred one first: verified, not blocked, in order of `position`.

    A person is written to only once they have agreed to it (Law 91/2025); until then they count as not connected.
    """
    found: dict[tuple[int | None, int | None], list[Place]] = {}
    connection = session.connection()
    postgresql = on_postgresql(session)
    for by, ids in (("person_id", person_ids), ("unit_id", unit_ids)):
        for some in batches(sorted(set(ids)), 1000):
            for row in connection.execute(_usable(postgresql, by), {"ids": some}).all():
                place = _place(row)
                found.setdefault((place.person_id, place.unit_id), []).append(place)
    return found


@cache
def _usable(postgresql: bool, by: str) -> Select[*tuple[Any, ...]]:
    agreed = or_(ADDRESSES.c.person_id.is_(None), PERSONS.c.consent_at.is_not(None))
    reachable = and_(ADDRESSES.c.verified_at.is_not(None), ADDRESSES.c.blocked_at.is_(None), agreed)
    return (
        select(*PLACE)
        .outerjoin(PERSONS, PERSONS.c.id == ADDRESSES.c.person_id)
        .where(among_given(postgresql, ADDRESSES.c[by], "ids"), reachable)
        .order_by(ADDRESSES.c.position, ADDRESSES.c.id)
    )


def _place(row: "Row[tuple[object, ...]]") -> Place:
    lane = f"{row.channel}:{row.token}"
    return Place(row.id, lane, row.chat_id, row.thread_id, row.unit_id is not None, row.person_id, row.unit_id)


def preferred(usable: Iterable[Place], shut: Mapping[str, Circuit], not_these: Collection[int] = ()) -> Place | None:
    """The first address that is not ruled out; one whose lane is shut comes after all others."""
    left = [place for place in usable if place.id not in not_these]
    return min(left, key=lambda place: place.lane in shut, default=None)


def lane_of(session: Session, person_id: int | None, unit_id: int | None) -> str:
    """Lane of the recipient's best address now; "" when there is none."""
    found = places(session, [person_id] if person_id else [], [unit_id] if unit_id else [])
    usable = found.get((person_id, unit_id), [])
    best = preferred(usable, open_circuits(session)) if usable else None
    return best.lane if best else ""


def batches(ids: list[int], size: int) -> Iterable[list[int]]:
    """Pieces of at most `size`: SQLite takes 32,766 parameters in one statement."""
    return (ids[start : start + size] for start in range(0, len(ids), size))

"""What the road does about messages that get nowhere: no address, or a lane that has been shut for too long."""

from datetime import datetime, timedelta

from sqlalchemy import exists, literal, or_, select, update
from sqlmodel import Session

from models.clock import local_date, start_of_day, utcnow
from models.escalate import alert_admins
from models.events import EVENTS, EventState, in_state
from models.forwarding import due_lanes
from models.lanes import ADDRESSES, DIVERT_AFTER, Circuit, open_circuits, places, preferred
from models.leases import holder_of
from models.settling import give_up, ruled_out
from models.wakeups import ring_after_commit

GRACE = timedelta(minutes=15)  # for somebody who is just being linked
AT_ONCE = 1000

e, a = EVENTS.c, ADDRESSES.c
UNCLAIMED = in_state(EventState.WAITING, EventState.FORWARDED)


def tidy(session: Session, now: datetime) -> int:
    """One pass; returns how many Events were moved or given up."""
    circuits = open_circuits(session)
    old = [lane for lane, circuit in circuits.items() if utcnow() - circuit.since >= DIVERT_AFTER]
    unserved = _unserved(session, now, circuits)
    circuits |= unserved
    old += unserved
    moved = sum(_divert(session, now, lane, circuits) for lane in old)
    return moved + _no_address(session, now)


def _unserved(session: Session, now: datetime, circuits: dict[str, Circuit]) -> dict[str, Circuit]:
    """Lanes in which something has been due for 15 minutes and that nobody sends on: a token that was taken out, say."""
    today = start_of_day(local_date(now))  # told once a day
    return {
        lane: Circuit(today, "no_sender")
        for lane in due_lanes(session, now - DIVERT_AFTER)
        if lane not in circuits and holder_of(session, f"sender:{lane}") is None
    }


def _no_address(session: Session, now: datetime) -> int:
    """Who has no usable address cannot be told: somebody above them is."""
    query = select(e.id, e.person_id, e.unit_id).where(in_state(EventState.WAITING), e.lane == "")
    rows = session.connection().execute(query.where(e.available_at <= now - GRACE).limit(AT_ONCE)).all()
    usable = places(session, [r.person_id for r in rows if r.person_id], [r.unit_id for r in rows if r.unit_id])
    shut = open_circuits(session)
    for row in rows:
        best = preferred(usable.get((row.person_id, row.unit_id), []), shut)
        if best is None:
            give_up(session, now, row.id, "no_address")
        else:
            session.connection().execute(update(EVENTS).where(e.id == row.id).values(lane=best.lane))
            ring_after_commit(session)
    return len(rows)


def _divert(session: Session, now: datetime, lane: str, circuits: dict[str, Circuit]) -> int:
    """Messages of a lane shut for 15 minutes go by the recipients' other addresses; who has none is listed once."""
    shut = sorted(circuits)
    same_owner = or_(a.person_id == e.person_id, a.unit_id == e.unit_id)
    elsewhere = exists().where(
        same_owner,
        a.verified_at.is_not(None),
        a.blocked_at.is_(None),
        (a.channel + literal(":") + a.token).not_in(shut),
    )
    mine = (e.lane == lane, UNCLAIMED)
    rows = (
        session.connection().execute(select(e.id, e.person_id, e.unit_id).where(*mine, elsewhere).limit(AT_ONCE)).all()
    )
    usable = places(session, [r.person_id for r in rows if r.person_id], [r.unit_id for r in rows if r.unit_id])
    refused = ruled_out(session, [row.id for row in rows])
    moved = 0
    for row in rows:
        best = preferred(usable.get((row.person_id, row.unit_id), []), circuits, refused.get(row.id, set()))
        if best is None or best.lane in circuits:
            continue
        values = {"lane": best.lane, "state": str(EventState.WAITING), "forwarded_until": None}
        still = (e.id == row.id, UNCLAIMED)
        moved += session.connection().execute(update(EVENTS).where(*still).values(values)).rowcount
    if moved:
        ring_after_commit(session)
    since, reason = circuits[lane]
    alert_admins(session, now, "circuit", f"{lane}:{since:%Y%m%dT%H%M%S}", lane=lane, reason=reason)
    return moved


def only_by(session: Session, lane: str) -> list[int]:
    """Persons with messages waiting in this lane and no other way to be reached: for the admins' list."""
    query = select(e.person_id).where(e.lane == lane, UNCLAIMED, e.person_id.is_not(None)).distinct()
    persons = [row.person_id for row in session.connection().execute(query)]
    usable = places(session, persons)
    return [person for person in persons if all(place.lane == lane for place in usable.get((person, None), []))]

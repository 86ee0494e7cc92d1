"""A unit that had nobody when its tasks were given out: who comes into it now takes them over at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.among import among
from models.assignments import Assignment, AssignmentState, NumberUse
from models.directives import Part
from models.numbers import assign_many
from models.whois import in_charge

HELD = (
    AssignmentState.WAITING, AssignmentState.OPEN, AssignmentState.RECEIVED, AssignmentState.INFORMED,
    AssignmentState.DISPUTED,
)  # fmt: skip


def adopt(session: Session, now: datetime, unit_ids: Collection[int]) -> int:
    """Give what nobody has of these units to who is in charge of them now; how many assignments that were.

    Without it a unit whose people came after the letter would hear of it at the ladder's next step only: weeks later.
    """
    orphans = select(Assignment.id, Assignment.unit_id, Assignment.part, Assignment.state).where(
        among(session, col(Assignment.unit_id), unit_ids),
        col(Assignment.owner_id).is_(None),
        col(Assignment.state).in_([str(state) for state in HELD]),
        col(Assignment.parent_id).is_(None),
    )
    found = session.exec(orphans.order_by(col(Assignment.due_on).is_(None), col(Assignment.due_on), col(Assignment.id)))
    rows = found.all()
    owners = in_charge(session, now, {unit for _, unit, _, _ in rows}) if rows else {}
    theirs: dict[int, list[int]] = {}
    numbered: dict[int, list[int]] = {}
    for assignment_id, unit_id, part, state in rows:
        if (owner := owners.get(unit_id)) is None or assignment_id is None:
            continue
        theirs.setdefault(owner, []).append(assignment_id)
        if part == Part.LEAD and state in (AssignmentState.OPEN, AssignmentState.RECEIVED):
            numbered.setdefault(owner, []).append(assignment_id)
    for owner, ids in theirs.items():
        mine = update(Assignment).where(among(session, col(Assignment.id), ids), col(Assignment.owner_id).is_(None))
        session.exec(mine.values(owner_id=owner).execution_options(synchronize_session="fetch"))
    assign_many(session, now, numbered, NumberUse.ACT)
    return sum(map(len, theirs.values()))

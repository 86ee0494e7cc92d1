"""A head's view: the unit's open tasks by person."""

from __future__ import annotations

from itertools import groupby

from sqlmodel import col, select

from bot.lines import entries, item
from bot.shorten import line
from bot.turn import Turn
from models.assignments import Assignment, AssignmentState
from models.people import Person

SHOWN_STATES = [str(s) for s in (AssignmentState.OPEN, AssignmentState.RECEIVED, AssignmentState.REPORTED)]
MOST = 300


def by_person(turn: Turn, unit_ids: tuple[int, ...]) -> list[str]:
    """Lines: a person's name, then their items; those of nobody first."""
    rows = turn.session.exec(
        select(Assignment.id, Assignment.owner_id, Person.name)
        .outerjoin(Person, col(Person.id) == col(Assignment.owner_id))
        .where(
            col(Assignment.unit_id).in_(unit_ids), col(Assignment.state).in_(SHOWN_STATES), Assignment.part == "lead"
        )
        .order_by(
            col(Person.name).is_not(None), col(Person.name), col(Assignment.due_on).is_(None), col(Assignment.due_on)
        )
        .limit(MOST)
    ).all()
    found = {one.id: one for one in entries(turn.session, [row[0] for row in rows if row[0]])}
    lines: list[str] = []
    for (_, name), group in groupby(rows, key=lambda row: (row[1], row[2])):
        lines.append(turn.say("unit.person", name=line(name or turn.say("draft.nobody"), 80)))
        for assignment_id, _, _ in group:
            number = turn.number_of(assignment_id or 0)
            lines.append(item(turn.say, found[assignment_id or 0], number, turn.today))
    return lines

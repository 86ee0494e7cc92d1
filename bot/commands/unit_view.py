"""A head's view: the unit's open tasks by person."""

from __future__ import annotations

from itertools import groupby

from sqlmodel import col, select

from bot.lines import entries, item
from bot.shorten import line
from bot.turn import Turn
from models.assignments import Assignment, AssignmentState, NumberUse
from models.numbers import assign_numbers
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
    _number(turn, [row[0] for row in rows if row[0]])
    found = {one.id: one for one in entries(turn.session, [row[0] for row in rows if row[0]])}
    lines: list[str] = []
    for (_, name), group in groupby(rows, key=lambda row: (row[1], row[2])):
        lines.append(turn.say("unit.person", name=line(name or turn.say("unit.nobody"), 80)))
        for assignment_id, _, _ in group:
            number = turn.number_of(assignment_id or 0) or turn.number_of(assignment_id or 0, NumberUse.ASSIGN)
            lines.append(item(turn.say, found[assignment_id or 0], number, turn.today))
    return lines


def _number(turn: Turn, assignment_ids: list[int]) -> None:
    """A head gives tasks on by number ("giao 3 Trần Văn B"), so each has one of theirs."""
    mine = turn.numbered(NumberUse.ACT).values()
    assign_numbers(turn.session, turn.now, turn.me, [id for id in assignment_ids if id not in mine], NumberUse.ASSIGN)
    turn.refresh_items()

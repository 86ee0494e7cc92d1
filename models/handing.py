"""Passing on: to another person of the unit, in part within the unit, or by the admin to another unit."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models.assignments import Assignment, AssignmentState, NumberUse
from models.clock import local_date
from models.directives import Part, TaskUnit
from models.errors import Refused
from models.events import EventKind
from models.extension_rules import cancel_open, within_parent
from models.following import first_reminder
from models.moves import TO_DO, Case, load, move, next_reminder, note, tell
from models.numbers import close_numbers, number_owner
from models.rights import default_owner, has_role, is_admin, require_owner
from models.units import Role, Unit


def hand_over(session: Session, now: datetime, person_id: int, assignment_id: int, to_person: int) -> Assignment:
    """The owner or head gives it to another person of the unit, who is told and gets a number of their own.

    Raises Refused: not_yours, not_in_unit, already_owner, and by state as `life.report` does.
    """
    case = load(session, assignment_id)
    require_owner(session, now, person_id, case.assignment)
    _give(session, now, person_id, case, to_person)
    return case.assignment


def sub_assign(
    session: Session,
    now: datetime,
    person_id: int,
    assignment_id: int,
    to_person: int,
    note_text: str = "",
    due_on: date | None = None,
) -> Assignment:
    """Give a part of it on within the unit: an assignment of its own, judged by whoever gave it.

    Due with the parent unless an earlier day is named. Raises Refused: not_yours, not_in_unit, already_owner,
    child_beyond_parent (data `latest`), date_past, and by state as `life.report` does.
    """
    case = load(session, assignment_id)
    parent = case.assignment
    require_owner(session, now, person_id, parent)
    _require_member(session, now, to_person, parent)
    if due_on is not None and due_on < local_date(now):
        raise Refused("date_past")
    move(session, case, AssignmentState(parent.state), allowed=TO_DO)
    taken = session.exec(
        select(func.max(Assignment.sub)).where(
            Assignment.task_id == parent.task_id,
            Assignment.unit_id == parent.unit_id,
            Assignment.period == parent.period,
        )
    ).one()
    child = Assignment(
        task_id=parent.task_id,
        unit_id=parent.unit_id,
        period=parent.period,
        sub=(taken or 0) + 1,
        owner_id=to_person,
        parent_id=case.id,
        note=note_text.strip(),
        opened_on=local_date(now),
        baseline_due_on=due_on or parent.due_on,
        due_on=due_on or parent.due_on,
        due_time=parent.due_time if due_on in (None, parent.due_on) else None,
        last_step_on=local_date(now),  # the ASSIGNED message is its first notice
    )
    if due_on is not None:
        within_parent(session, child, due_on)
    child.next_reminder_at = first_reminder(session, now, child, case.directive)
    session.add(child)
    session.flush()
    made = Case(child, case.task, case.directive)
    note(session, now, person_id, "sub_assign", made, parent=case.id, to=to_person)
    number_owner(session, now, child)
    _tell_new_owner(session, now, made, person_id)
    return child


def assign(
    session: Session,
    now: datetime,
    person_id: int,
    assignment_id: int,
    *,
    unit_id: int | None = None,
    to_person: int | None = None,
) -> Assignment:
    """The admin gives it to another unit or person (also one in dispute); a head within the unit.

    Raises Refused: not_admin, not_in_unit, already_owner, unit_ended (data `successor`), already_assigned (data
    `unit`), and by state as `life.report` does.
    """
    case = load(session, assignment_id)
    assignment = case.assignment
    admin = is_admin(session, now, person_id)
    heads = has_role(session, now, person_id, [Role.HEAD], assignment.unit_id)
    if not admin and not (heads and unit_id in (None, assignment.unit_id)):
        raise Refused("not_admin")
    if unit_id is None or unit_id == assignment.unit_id:
        to_person = to_person or default_owner(session, now, assignment.unit_id)
        if to_person is None:
            raise Refused("nobody_in_unit")
        _give(session, now, person_id, case, to_person)
        return assignment
    if assignment.parent_id is not None:
        raise Refused("within_unit_only")
    return _move_unit(session, now, person_id, case, unit_id, to_person)


def _give(session: Session, now: datetime, actor_id: int, case: Case, to_person: int) -> None:
    assignment = case.assignment
    before = assignment.owner_id
    disputed = assignment.state == AssignmentState.DISPUTED
    _require_member(session, now, to_person, assignment, may_stay=disputed)
    move(
        session,
        case,
        AssignmentState.OPEN,
        allowed=[*TO_DO, AssignmentState.DISPUTED],
        owner_id=to_person,
        received_at=None,
        snoozed_until=None,
        next_reminder_at=next_reminder(session, now, case),
    )
    note(session, now, actor_id, "hand_over", case, to=to_person)
    # A request for more time that is open stays so, and with it the number its decider knows it by.
    close_numbers(session, now, case.id, *(NumberUse if disputed else [NumberUse.ACT]))
    number_owner(session, now, case.assignment)
    _tell_new_owner(session, now, case, actor_id)
    _tell_former(session, now, case, actor_id, before)


def _move_unit(
    session: Session, now: datetime, actor_id: int, case: Case, unit_id: int, to_person: int | None
) -> Assignment:
    unit = session.get_one(Unit, unit_id)
    if unit.valid_to is not None and unit.valid_to < local_date(now):
        raise Refused("unit_ended", unit=unit_id, successor=unit.successor_id)
    owner, before = to_person or default_owner(session, now, unit_id), case.assignment.owner_id
    if to_person is not None and not has_role(session, now, to_person, Role, unit_id):
        raise Refused("not_in_unit")
    former, old_unit = _in_unit(session, case, unit_id), case.assignment.unit_id
    if former is not None and former.part == Part.LEAD:
        raise Refused("already_assigned", unit=unit_id)
    if case.assignment.state not in (*TO_DO, AssignmentState.DISPUTED):
        move(session, case, AssignmentState.OPEN, allowed=())
    if former is not None:  # a unit never coordinates what it leads
        retire(session, now, former)
    move(
        session,
        case,
        AssignmentState.OPEN,
        allowed=[*TO_DO, AssignmentState.DISPUTED],
        unit_id=unit_id,
        owner_id=owner,
        received_at=None,
        snoozed_until=None,
        next_reminder_at=next_reminder(session, now, case),
    )
    _follow_with_task_unit(session, case, old_unit, unit_id)
    note(session, now, actor_id, "assign", case, unit=unit_id, to=owner)
    cancel_open(session, now, case)
    close_numbers(session, now, case.id)
    number_owner(session, now, case.assignment)
    _tell_new_owner(session, now, case, actor_id)
    _tell_former(session, now, case, actor_id, before)
    return case.assignment


def _in_unit(session: Session, case: Case, unit_id: int) -> Assignment | None:
    query = select(Assignment).where(
        Assignment.task_id == case.assignment.task_id,
        Assignment.unit_id == unit_id,
        Assignment.period == case.assignment.period,
        Assignment.sub == 0,
    )
    return session.exec(query).first()


def retire(session: Session, now: datetime, coordinator: Assignment) -> None:
    """Make room for the lead: the coordinator's row steps aside under a number of its own."""
    assert coordinator.id is not None
    coordinator.sub = -coordinator.id
    coordinator.state = AssignmentState.WITHDRAWN
    coordinator.next_reminder_at = None
    session.add(coordinator)
    session.flush()
    close_numbers(session, now, coordinator.id)


def _follow_with_task_unit(session: Session, case: Case, old_unit: int, unit_id: int) -> None:
    """The periods still to come open for the new unit."""
    of_task = col(TaskUnit.task_id) == case.task.id
    for stale in session.exec(select(TaskUnit).where(of_task, TaskUnit.unit_id == unit_id)):
        session.delete(stale)
    session.flush()
    session.exec(update(TaskUnit).where(of_task, col(TaskUnit.unit_id) == old_unit).values(unit_id=unit_id))


def _require_member(
    session: Session, now: datetime, to_person: int, assignment: Assignment, *, may_stay: bool = False
) -> None:
    if not has_role(session, now, to_person, Role, assignment.unit_id):
        raise Refused("not_in_unit")
    if to_person == assignment.owner_id and not may_stay:
        raise Refused("already_owner")


def _tell_new_owner(session: Session, now: datetime, case: Case, actor_id: int) -> None:
    owner = case.assignment.owner_id
    if owner != actor_id:
        data = {"assignment": case.id, "by": actor_id}
        tell(session, now, case, EventKind.ASSIGNED, f"assigned:{case.id}:{now.isoformat()}", [owner], data)


def _tell_former(session: Session, now: datetime, case: Case, actor_id: int, before: int | None) -> None:
    """Whom it was taken from: nobody goes on with what is another's now."""
    if before not in (None, actor_id, case.assignment.owner_id):
        data = {"assignment": case.id, "by": actor_id, "left": True}
        tell(session, now, case, EventKind.ASSIGNED, f"left:{case.id}:{now.isoformat()}", [before], data)

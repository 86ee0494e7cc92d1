"""Tasks whose lead the register does not know: made without anybody to do them, listed until each has a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import exists
from sqlmodel import Session, col, select

from models import audit
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.directives import Directive, DirectiveState, Part, Task, TaskState, TaskUnit
from models.errors import Refused
from models.handing import retire
from models.opening import Slot, deadline_of, occurrences_after, open_units
from models.rights import is_admin


def leadless(session: Session, directive_id: int | None = None) -> list[tuple[Task, Directive]]:
    """Active tasks nobody leads, of one letter or of all that are no history; the earliest deadline first, undated last."""
    named = exists().where(col(TaskUnit.task_id) == col(Task.id), col(TaskUnit.part) == str(Part.LEAD))
    has_one = exists().where(
        col(Assignment.task_id) == col(Task.id),
        col(Assignment.part) == str(Part.LEAD),
        col(Assignment.state) != str(AssignmentState.WITHDRAWN),
    )
    query = (
        select(Task, Directive)
        .join(Directive, col(Directive.id) == col(Task.directive_id))
        .where(Task.state == TaskState.ACTIVE, Directive.state == DirectiveState.ACTIVE, ~named, ~has_one)
        .order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.directive_id), col(Task.position))
    )
    wanted = Directive.id == directive_id if directive_id else col(Directive.history).is_(False)
    return [(task, directive) for task, directive in session.exec(query.where(wanted))]


def give_lead(
    session: Session, now: datetime, person_id: int, task_id: int, unit_ids: Sequence[int]
) -> list[Assignment]:
    """The admin names who leads such a task: one assignment each, told in the next digest, or at once where urgent.

    A unit that coordinates leads from now on. Raises Refused: not_admin, task_withdrawn, lead_known, unit_gone.
    """
    audit.hold_chain(session)
    if not is_admin(session, now, person_id):
        raise Refused("not_admin")
    task = session.get(Task, task_id, populate_existing=True, with_for_update=True)
    directive = session.get(Directive, task.directive_id) if task else None
    if task is None or directive is None or task.state != TaskState.ACTIVE or directive.state != DirectiveState.ACTIVE:
        raise Refused("task_withdrawn")
    units = session.exec(select(TaskUnit).where(TaskUnit.task_id == task_id)).all()
    if any(unit.part == Part.LEAD for unit in units):
        raise Refused("lead_known")
    if not unit_ids:
        raise Refused("unit_gone")
    for unit in units:
        if unit.unit_id in unit_ids:
            _step_aside(session, now, unit)
    session.add_all([TaskUnit(task_id=task_id, unit_id=unit_id, part=Part.LEAD) for unit_id in dict.fromkeys(unit_ids)])
    session.flush()
    made = [
        one for slot in _slots(session, now, task, directive) for one in open_units(session, now, task, directive, slot)
    ]
    audit.record(
        session, now, actor_id=person_id, action="lead_given", subject="task", subject_id=task_id,
        detail={"units": list(unit_ids)},
    )  # fmt: skip
    return [one for one in made if one.part == Part.LEAD]


def _step_aside(session: Session, now: datetime, unit: TaskUnit) -> None:
    same = (Assignment.task_id == unit.task_id, Assignment.unit_id == unit.unit_id, Assignment.sub == 0)
    for coordinator in session.exec(select(Assignment).where(*same)).all():
        retire(session, now, coordinator)
    session.delete(unit)
    session.flush()


def _slots(session: Session, now: datetime, task: Task, directive: Directive) -> list[Slot]:
    """The task's deadline, or the periods that run today; those to come are opened by the scheduler."""
    today: date = local_date(now)
    if task.deadline_kind != "recurring":
        return [Slot("", today, deadline_of(session, task))]
    slots: list[Slot] = []
    for period in occurrences_after(session, task, directive, today - timedelta(days=1)):
        if period.opens > today:
            break
        slots.append(Slot(period.key, period.opens, period.due))
    return slots

"""From a draft to what is followed up: the letter, its tasks, one assignment per unit; and taking it back.

Nothing is loaded twice: the same letter is refused, a changed one loads what is new in it. 99 communes with ten tasks
are one insert of a thousand rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import exists, or_, true, update
from sqlmodel import Session, col, select

from models import audit
from models.amendments import restore, unchanged_tasks, withdraw_missing
from models.answers import Extension, Report
from models.assignments import Assignment, AssignmentState, Reminder, ShortNumber
from models.contacts import contact_for
from models.directives import (
    Directive,
    DirectiveBase,
    DirectiveState,
    Draft,
    DraftState,
    Task,
    TaskState,
)
from models.drafts import (
    SameLetter,
    cancel_draft,
    drop_task,
    merge_tasks,
    reading_of,
    same_letter,
    set_contact,
    set_coordinators,
    set_date,
    set_deadline,
    set_history,
    set_issuer,
    set_lead,
    set_number,
    set_start,
    split_points,
    split_task,
    start_draft,
)
from models.errors import Refused
from models.events import Event, EventKind, EventState
from models.letter_links import day_of, loaded_base, number_of
from models.load_plan import LoadPlan, PlanDoubt, PlannedDeadline, PlannedUnit, TaskPlan, plan
from models.load_rows import insert_assignments, insert_task_units, task_row
from models.locks import LOADING, hold
from models.outbox import raise_event, withdraw_unclaimed
from models.reading import BaseDocument

__all__ = [
    "LoadPlan", "PlanDoubt", "PlannedDeadline", "PlannedUnit", "SameLetter", "TaskPlan", "cancel_draft", "create",
    "drop_task", "merge_tasks", "plan", "reading_of", "same_letter", "set_contact", "set_coordinators", "set_date",
    "set_deadline", "set_history", "set_issuer", "set_lead", "set_number", "set_start", "split_points", "split_task",
    "start_draft", "undo",
    "why_not_undone",
]  # fmt: skip

UNDO_WITHIN = timedelta(hours=24)
UNANSWERED = (AssignmentState.WAITING, AssignmentState.OPEN, AssignmentState.INFORMED)


def create(session: Session, now: datetime, draft: Draft, admin: int) -> Directive:
    """Load the draft as it stands. Raises Refused("draft_gone"), Refused("already_loaded", directive).

    A letter with the number of a loaded one and other words is its amendment: tasks that stand in both are left with
    the first letter, those that are gone or changed are withdrawn there, the new ones are made here.
    """
    hold(session, LOADING)
    audit.hold_chain(session)
    session.refresh(draft)
    if draft.state != DraftState.PENDING or draft.expires_at <= now:
        raise Refused("draft_gone")
    planned = plan(session, now, draft)
    if planned.same and planned.same.how == "duplicate":
        raise Refused("already_loaded", directive=planned.same.directive_id)
    amended = session.get(Directive, planned.same.directive_id) if planned.same else None
    directive = _directive(session, now, draft, planned, admin, amended)
    kept = unchanged_tasks(session, amended, planned) if amended else {}
    made = [task for task in planned.tasks if task.index not in kept]
    rows = _tasks(session, directive, made)
    insert_task_units(session, made, rows)
    insert_assignments(session, now, directive, made, rows)
    if amended:
        withdraw_missing(session, now, amended, set(kept.values()), admin, directive)
    draft.state, draft.directive_id = DraftState.CREATED, directive.id
    session.add(draft)
    audit.record(
        session, now, actor_id=admin, action="loaded", subject="directive", subject_id=directive.id,
        detail={"tasks": len(rows), "amends": directive.amends_id},
    )  # fmt: skip
    return directive


def undo(session: Session, now: datetime, directive: Directive, person_id: int) -> int:
    """Take a letter back as if it had not been loaded; those who were told are told. Gives how many they are.

    Raises Refused: "undo_too_late" after 24 hours, "undo_answered" once somebody has answered, "directive_gone".
    """
    audit.hold_chain(session)
    session.refresh(directive)
    if why_not := why_not_undone(session, now, directive):
        raise Refused(why_not)
    told = _told(session, directive)
    mine = col(Assignment.task_id).in_(select(Task.id).where(Task.directive_id == directive.id))
    withdrawn = {"state": str(AssignmentState.WITHDRAWN), "next_reminder_at": None}
    session.exec(update(Assignment).where(mine).values(**withdrawn))
    session.exec(
        update(Task)
        .where(col(Task.directive_id) == directive.id)
        .values(state=str(TaskState.WITHDRAWN), next_opening_at=None)
    )
    ids = select(Assignment.id).where(mine)
    session.exec(
        update(ShortNumber)
        .where(col(ShortNumber.assignment_id).in_(ids), col(ShortNumber.closed_at).is_(None))
        .values(closed_at=now)
    )
    directive.state = DirectiveState.UNDONE
    session.add(directive)
    session.flush()
    entry = audit.record(
        session, now, actor_id=person_id, action="undone", subject="directive", subject_id=directive.id
    )
    _tell_undone(session, now, directive, told, entry.id or 0)
    if directive.amends_id is not None:
        restore(session, now, session.get_one(Directive, directive.amends_id), directive, entry.id or 0)
    return len({person for _, person in told})


def why_not_undone(session: Session, now: datetime, directive: Directive) -> str:
    """Code of the reason why the load can no longer be taken back; "" when it can."""
    if directive.state != DirectiveState.ACTIVE:
        return "directive_gone"
    if now - directive.loaded_at > UNDO_WITHIN:
        return "undo_too_late"
    mine = col(Assignment.task_id).in_(select(Task.id).where(Task.directive_id == directive.id))
    answered = (
        col(Assignment.state).not_in([str(state) for state in UNANSWERED])
        | col(Assignment.received_at).is_not(None)
        | exists().where(col(Report.assignment_id) == col(Assignment.id))
        | exists().where(col(Extension.assignment_id) == col(Assignment.id))
    )
    found = session.exec(select(Assignment.id).where(mine, answered).limit(1)).first()
    return "" if found is None else "undo_answered"


def _directive(
    session: Session, now: datetime, draft: Draft, planned: LoadPlan, admin: int, amended: Directive | None
) -> Directive:
    reading = planned.reading
    contact = reading.contact
    written = " · ".join(part for part in (contact.name, contact.phone, contact.email) if part) if contact else ""
    directive = Directive(
        number=reading.number,
        issued_on=reading.issued,
        issuer=(reading.issuer or "")[:300],
        issuer_unit_id=planned.issuer_unit_id,
        subject=reading.subject or "",
        urgency=reading.urgency,
        signer_title=(reading.signer and reading.signer.title) or "",
        signer_name=(reading.signer and reading.signer.name) or "",
        recipients=list(reading.recipients),
        text=draft.text,
        content_hash=draft.content_hash,
        file_id=draft.file_id,
        contact_id=_contact(session, now, draft, planned) or admin,
        contact_written=written,
        loaded_by=admin,
        loaded_at=now,
        history=planned.history,
        amends_id=amended.id if amended else None,
    )
    session.add(directive)
    session.flush()
    assert directive.id is not None
    for base in {base.number: base for base in reading.based_on}.values():
        session.add(_base(session, directive.id, base))
    if directive.number:
        waiting = (col(DirectiveBase.number) == directive.number, col(DirectiveBase.base_id).is_(None))
        day, year = col(DirectiveBase.issued_on), directive.issued_on and directive.issued_on.year
        same_year = or_(day.is_(None), day.between(date(year, 1, 1), date(year, 12, 31))) if year else true()
        session.exec(update(DirectiveBase).where(*waiting, same_year).values(base_id=directive.id))
    return directive


def _contact(session: Session, now: datetime, draft: Draft, planned: LoadPlan) -> int | None:
    chosen: int | None = draft.choices.get("contact")
    return chosen or contact_for(session, now, planned.reading.contact)


def _base(session: Session, directive_id: int, base: BaseDocument) -> DirectiveBase:
    known = loaded_base(session, base)
    return DirectiveBase(directive_id=directive_id, number=number_of(base), issued_on=day_of(base), base_id=known)


def _tasks(session: Session, directive: Directive, planned: Sequence[TaskPlan]) -> list[Task]:
    rows: list[Task] = []
    labels: set[str] = set()
    for position, task in enumerate(planned):
        row = task_row(directive, task, position, labels)
        labels.add(row.clause)
        rows.append(row)
    session.add_all(rows)
    session.flush()
    return rows


def _told(session: Session, directive: Directive) -> list[tuple[int, int]]:
    """(task, person) of everybody a message about it has left for, or may have; what waits is not sent any more."""
    query = (
        select(Assignment.task_id, Reminder.person_id, Event)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Reminder, col(Reminder.assignment_id) == col(Assignment.id))
        .join(Event, col(Event.id) == col(Reminder.event_id))
        .where(Task.directive_id == directive.id)
    )
    rows = session.exec(query).all()
    withdraw_unclaimed(session, {event.key for _, _, event in rows if event.kind == EventKind.URGENT})
    gone = (EventState.CLAIMED, EventState.SETTLED)
    return sorted({(task, person) for task, person, event in rows if event.state in gone})


def _tell_undone(
    session: Session, now: datetime, directive: Directive, told: Sequence[tuple[int, int]], entry: int
) -> None:
    for task_id, person_id in told:
        raise_event(
            session,
            now,
            key=f"withdrawn:{task_id}:{entry}:{person_id}",
            kind=EventKind.WITHDRAWN,
            person_id=person_id,
            data={"task": task_id, "audit": entry},
        )

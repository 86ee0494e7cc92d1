"""What an owner does with an assignment: receive, report, take back, dispute, put off.

The other verbs of its life stand beside this file and are named here too: the contact's in `verdicts`, passing on
in `handing`. Every verb checks the person's right at that moment, moves the state by a conditional update, writes
an audit entry and raises the Events for the others concerned (the one who spoke is answered directly).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col

from models.answers import Evidence, Report, Verdict
from models.assignments import Assignment, AssignmentState, NumberUse
from models.bundles import ask_to_confirm, witness
from models.clock import local_date
from models.errors import Refused
from models.events import EventKind
from models.extension_rules import cancel_open
from models.following import house_calendar
from models.handing import assign, hand_over, sub_assign
from models.moves import TO_DO, Case, load, move, next_reminder, note, tell
from models.numbers import assign_numbers, close_numbers
from models.rights import arbiter, require_owner
from models.verdicts import confirm, pending_report, record_answer, send_back

__all__ = [
    "assign",
    "confirm",
    "hand_over",
    "not_ours",
    "receive",
    "record_answer",
    "report",
    "send_back",
    "snooze",
    "sub_assign",
    "withdraw_report",
]


def report(
    session: Session,
    now: datetime,
    person_id: int,
    assignment_id: int,
    *,
    text: str = "",
    document_number: str = "",
    document_date: date | None = None,
    file_ids: Iterable[int] = (),
) -> Report:
    """The owner's "done": a report that waits for the contact. Reminding stops at once.

    Raises Refused: not_yours, only_informed, already_reported, already_confirmed, in_dispute, task_withdrawn,
    not_open_yet, no_such_assignment.
    """
    case = load(session, assignment_id)
    require_owner(session, now, person_id, case.assignment)
    move(session, case, AssignmentState.REPORTED, allowed=TO_DO, reported_at=now, next_reminder_at=None)
    made = Report(
        assignment_id=case.id,
        author_id=person_id,
        text=text,
        document_number=document_number,
        document_date=document_date,
        reported_at=now,
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    session.add_all(Evidence(report_id=made.id, file_id=file_id, created_at=now) for file_id in file_ids)
    note(session, now, person_id, "report", case, report=made.id)
    ask_to_confirm(session, now, case, person_id)
    witness(session, now, case, person_id)
    return made


def receive(session: Session, now: datetime, person_id: int, assignment_id: int) -> Assignment:
    """ "Received, working on it." Reminders go on. Raises Refused as `report` does, and already_received."""
    case = load(session, assignment_id)
    require_owner(session, now, person_id, case.assignment)
    if case.assignment.state == AssignmentState.RECEIVED:
        raise Refused("already_received")
    move(session, case, AssignmentState.RECEIVED, allowed=[AssignmentState.OPEN], received_at=now)
    note(session, now, person_id, "receive", case)
    return case.assignment


def withdraw_report(session: Session, now: datetime, person_id: int, assignment_id: int) -> Report:
    """Take back an own report that nobody has judged; the assignment is open again with its old deadline.

    Raises Refused: not_yours, not_reported, already_confirmed …
    """
    case = load(session, assignment_id)
    require_owner(session, now, person_id, case.assignment)
    if case.assignment.state != AssignmentState.REPORTED:
        move(session, case, AssignmentState.OPEN, allowed=())
    taken_back = pending_report(session, case)
    _reopen(session, now, case)
    close_numbers(session, now, case.id, NumberUse.CONFIRM)
    session.exec(
        update(Report)
        .where(col(Report.id) == taken_back.id)
        .values(verdict=str(Verdict.WITHDRAWN), verdict_by=person_id, verdict_at=now)
    )
    note(session, now, person_id, "withdraw_report", case, report=taken_back.id)
    return taken_back


def not_ours(session: Session, now: datetime, person_id: int, assignment_id: int, reason: str) -> Assignment:
    """ "Not our competence": off the owner's list and back to the admin, who gives it to another unit or returns it.

    Raises Refused: not_yours, reason_needed, and by state as `report` does.
    """
    case = load(session, assignment_id)
    require_owner(session, now, person_id, case.assignment)
    if not reason.strip():
        raise Refused("reason_needed")
    move(session, case, AssignmentState.DISPUTED, allowed=TO_DO, next_reminder_at=None)
    entry = note(session, now, person_id, "not_ours", case, reason=reason.strip())
    close_numbers(session, now, case.id)
    cancel_open(session, now, case)
    admin = arbiter(session, now, case.directive)
    assign_numbers(session, now, admin, [case.id], NumberUse.DECIDE)
    data = {"assignment": case.id, "reason_audit": entry}
    tell(session, now, case, EventKind.DISPUTED, f"disputed:{entry}", [admin], data)
    return case.assignment


def snooze(
    session: Session, now: datetime, person_id: int, assignment_id: int, until: date | None = None
) -> Assignment:
    """Remind me later: nothing before the opening of `until` (default: the next working day).

    Raises Refused: not_yours, date_past, snooze_too_far (data `latest`: the last working day before the deadline),
    overdue_no_snooze, and by state as `report` does.
    """
    case = load(session, assignment_id)
    require_owner(session, now, person_id, case.assignment)
    calendar, today = house_calendar(session), local_date(now)
    day = calendar.on_or_after(until) if until else calendar.working_day_after(today)
    if day <= today:
        raise Refused("date_past")
    due = case.assignment.due_on
    if due is not None and day > (latest := calendar.working_day_before(due)):
        raise Refused("snooze_too_far", latest=latest) if latest > today else Refused("too_late_to_snooze", due=due)
    move(
        session,
        case,
        AssignmentState(case.assignment.state),
        allowed=TO_DO,
        snoozed_until=day,
        next_reminder_at=calendar.opening(day),
    )
    note(session, now, person_id, "snooze", case, until=day.isoformat())
    return case.assignment


def _reopen(session: Session, now: datetime, case: Case) -> None:
    move(
        session,
        case,
        AssignmentState.RECEIVED if case.assignment.received_at else AssignmentState.OPEN,
        allowed=[AssignmentState.REPORTED],
        reported_at=None,
        next_reminder_at=next_reminder(session, now, case),
    )

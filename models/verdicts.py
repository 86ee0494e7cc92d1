"""What the contact says to a report: confirmed, sent back, or recorded because the answer came by document.

"/done" is a report; the assignment is complete when the contact confirms it. Nobody confirms their own report.
"""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import update
from sqlmodel import Session, col, select

from models import audit
from models.answers import Report, Verdict
from models.assignments import Assignment, AssignmentState, NumberUse
from models.bundles import witness
from models.clock import at_local, local_date
from models.errors import Refused
from models.events import EventKind
from models.extension_rules import cancel_open
from models.moves import TO_DO, Case, load, move, next_reminder, note, tell
from models.numbers import close_numbers, listing, number_owner
from models.reach import reachable
from models.rights import confirmers, has_role, people_with, require_contact
from models.units import Role

DOCUMENT_HOUR = time(12)
"""A document bears a day, not an hour: it counts as of noon, before any deadline "trước 17h00"."""


def confirm(session: Session, now: datetime, person_id: int, report_id: int) -> Report:
    """The contact (or deputy) accepts a report; the assignment is complete. Lateness was fixed when it was reported.

    Raises Refused: no_such_report, own_report, not_contact, already_confirmed, already_returned, report_withdrawn.
    """
    case, judged = _judge(session, now, person_id, report_id)
    move(
        session,
        case,
        AssignmentState.CONFIRMED,
        allowed=[AssignmentState.REPORTED],
        where=[col(Assignment.reported_at) == judged.reported_at],
        confirmed_at=now,
        next_reminder_at=None,
    )
    _give(session, now, judged, Verdict.CONFIRMED, person_id)
    note(session, now, person_id, "confirm", case, report=report_id)
    cancel_open(session, now, case)
    close_numbers(session, now, case.id)
    _tell_unit(session, now, case, EventKind.CONFIRMED, judged, person_id)
    return judged


def send_back(session: Session, now: datetime, person_id: int, report_id: int, reason: str) -> Report:
    """The contact wants it completed: open again with a reason. The old deadline stands, also when it is past.

    Raises Refused as `confirm` does, and reason_needed.
    """
    case, judged = _judge(session, now, person_id, report_id)
    if not reason.strip():
        raise Refused("reason_needed")
    move(
        session,
        case,
        AssignmentState.OPEN,
        allowed=[AssignmentState.REPORTED],
        where=[col(Assignment.reported_at) == judged.reported_at],
        reported_at=None,
        snoozed_until=None,
        next_reminder_at=next_reminder(session, now, case),
    )
    _give(session, now, judged, Verdict.RETURNED, person_id, reason.strip())
    note(session, now, person_id, "send_back", case, report=report_id, reason=reason.strip())
    close_numbers(session, now, case.id, NumberUse.CONFIRM)
    number_owner(session, now, case.assignment)
    _tell_unit(session, now, case, EventKind.RETURNED, judged, person_id)
    return judged


def record_answer(
    session: Session,
    now: datetime,
    person_id: int,
    assignment_id: int,
    document_number: str,
    document_date: date,
    *,
    text: str = "",
) -> Report:
    """The contact or an admin enters an answer that came by document: confirmed and marked "ghi nhận thay".

    Timely or late by the document's own day. It is no self-confirmation: the unit answered, not the one who enters it;
    so whoever owns the assignment cannot record it. Raises Refused: not_contact, own_report, document_needed,
    date_in_future, date_before_letter, and by state as `life.report` does.
    """
    case = load(session, assignment_id)
    require_contact(session, now, person_id, case.assignment, case.directive)
    if person_id == case.assignment.owner_id:
        raise Refused("own_report")
    if not document_number.strip():
        raise Refused("document_needed")
    if document_date > local_date(now):
        raise Refused("date_in_future")
    if case.directive.issued_on and document_date < case.directive.issued_on:
        raise Refused("date_before_letter", issued=case.directive.issued_on)
    answered = min(now, at_local(document_date, DOCUMENT_HOUR))
    move(
        session,
        case,
        AssignmentState.CONFIRMED,
        allowed=[*TO_DO, AssignmentState.DISPUTED],
        reported_at=answered,
        confirmed_at=now,
        next_reminder_at=None,
    )
    made = Report(
        assignment_id=case.id,
        author_id=person_id,
        text=text,
        document_number=document_number.strip(),
        document_date=document_date,
        reported_at=answered,
        recorded_by=person_id,
        verdict=Verdict.CONFIRMED,
        verdict_by=person_id,
        verdict_at=now,
    )
    session.add(made)
    session.flush()
    note(session, now, person_id, "record_answer", case, report=made.id, document=made.document_number)
    close_numbers(session, now, case.id)
    cancel_open(session, now, case)
    _tell_unit(session, now, case, EventKind.RECORDED, made, person_id)
    witness(session, now, case, person_id)
    return made


def pending_report(session: Session, case: Case) -> Report:
    """The report of this assignment that waits for a verdict. Raises Refused("not_reported")."""
    query = select(Report).where(Report.assignment_id == case.id, Report.verdict == Verdict.PENDING)
    found = session.exec(query.order_by(col(Report.id).desc()).limit(1)).first()
    if found is None:
        raise Refused("not_reported")
    return found


def _judge(session: Session, now: datetime, person_id: int, report_id: int) -> tuple[Case, Report]:
    """The report, waiting still, and this person's right to judge it checked."""
    audit.hold_chain(session)
    judged = session.get(Report, report_id, populate_existing=True)
    if judged is None:
        raise Refused("no_such_report")
    case = load(session, judged.assignment_id)
    authors = {judged.author_id, case.assignment.owner_id}
    if person_id in authors:
        raise Refused("own_report")
    if person_id not in confirmers(session, now, case.assignment, case.directive, authors) and not _was_asked(
        session, now, person_id, case
    ):
        raise Refused("not_contact")
    if judged.verdict != Verdict.PENDING:
        raise Refused(VERDICT_REFUSALS[Verdict(judged.verdict)])
    return case, judged


VERDICT_REFUSALS = {
    Verdict.CONFIRMED: "already_confirmed",
    Verdict.RETURNED: "already_returned",
    Verdict.WITHDRAWN: "report_withdrawn",
}


def _give(session: Session, now: datetime, judged: Report, verdict: Verdict, person_id: int, reason: str = "") -> None:
    change = update(Report).where(col(Report.id) == judged.id, col(Report.verdict) == str(Verdict.PENDING))
    session.exec(change.values(verdict=str(verdict), verdict_by=person_id, verdict_at=now, verdict_reason=reason))
    session.refresh(judged)


def _tell_unit(session: Session, now: datetime, case: Case, kind: EventKind, judged: Report, actor_id: int) -> None:
    """The owner and who reported; the head when the unit has no owner."""
    people = {case.assignment.owner_id, judged.author_id} - {actor_id, None}
    if kind == EventKind.RECORDED and people and not reachable(session, [p for p in people if p]):
        return  # the head's next digest tells it; to admins an owner not connected yet is no news
    if not people:
        people = set(people_with(session, now, Role.HEAD, case.assignment.unit_id)[:1]) - {actor_id}
    tell(session, now, case, kind, f"{kind}:{judged.id}", sorted(p for p in people if p), {"report": judged.id})


def _was_asked(session: Session, now: datetime, person_id: int, case: Case) -> bool:
    """An admin who was asked while the contact was not connected may still answer once the contact is."""
    mine = [item.assignment_id for item in listing(session, now, person_id, NumberUse.CONFIRM)]
    return case.id in mine and has_role(session, now, person_id, [Role.ADMIN])

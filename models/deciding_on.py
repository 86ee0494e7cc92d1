"""What waited for somebody's decision when they left: disputes and requests for more time go to whoever decides now."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from models.answers import Extension
from models.assignments import AssignmentState, NumberUse
from models.deciders import deciders
from models.events import EventKind
from models.extension_rules import open_request, tell_of
from models.moves import Case, load, note, tell
from models.numbers import assign_numbers, close_numbers, listing
from models.rights import arbiter
from models.upkeep import AuditEntry


def hand_decisions_on(session: Session, now: datetime, person_id: int) -> None:
    """Called once the person holds no role and is nobody's contact any more: then `deciders` names others."""
    for assignment_id in [item.assignment_id for item in listing(session, now, person_id, NumberUse.DECIDE)]:
        close_numbers(session, now, assignment_id, NumberUse.DECIDE, person_id=person_id)
        case = load(session, assignment_id)
        if case.assignment.state == AssignmentState.DISPUTED:
            _dispute(session, now, case)
        elif (request := open_request(session, assignment_id)) is not None:
            _request(session, now, case, request, person_id)


def _dispute(session: Session, now: datetime, case: Case) -> None:
    admin = arbiter(session, now, case.directive)
    assign_numbers(session, now, admin, [case.id], NumberUse.DECIDE)
    entry = note(session, now, None, "dispute_passed_on", case, to=admin)
    data = {"assignment": case.id, "reason_audit": _reason(session, case)}
    tell(session, now, case, EventKind.DISPUTED, f"disputed:{entry}", [admin], data)


def _reason(session: Session, case: Case) -> int | None:
    """The entry that says why the unit declined."""
    query = select(AuditEntry.id).where(
        AuditEntry.subject == "assignment", AuditEntry.subject_id == case.id, AuditEntry.action == "not_ours"
    )
    return session.exec(query.order_by(col(AuditEntry.id).desc()).limit(1)).first()


def _request(session: Session, now: datetime, case: Case, request: Extension, from_id: int) -> None:
    may = deciders(session, now, case, {request.asked_by, case.assignment.owner_id})
    if not may:
        return  # nobody is left who may: the unit asks again, and is told so (Refused "nobody_decides")
    if request.decider_id == from_id or request.decider_id not in may:
        request.decider_id = may[0]
        session.add(request)
        session.flush()
        tell_of(session, now, case, EventKind.EXTENSION_ASKED, request, f"asked:{may[0]}", [may[0]])
    assign_numbers(session, now, may[0], [case.id], NumberUse.DECIDE)

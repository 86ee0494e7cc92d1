"""A person's rights over their data: consent, seeing it all, having it erased.

Law 91/2025 and Decree 356/2025 as domain.md "Personal data" has them: no consent by silence; what a person did in
office stays on record under a pseudonym, what leads to the person goes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from models import audit
from models.addresses import release
from models.answers import Extension, Report
from models.assignments import Assignment, AssignmentState, NumberUse
from models.bundles import ask_to_confirm
from models.deciding_on import hand_decisions_on
from models.directives import Directive, Task
from models.errors import Refused
from models.events import Delivery, Event, EventState
from models.moves import load
from models.numbers import close_numbers, listing, number_owner
from models.outbox import relane
from models.people import Address, LinkCode, Membership, Person
from models.phones import mask_phone
from models.talk import Dialogue, Seen, Sent
from models.units import Unit
from models.upkeep import AuditEntry, OneTimeLink
from models.verdicts import pending_report
from models.whois import admins, in_charge

__all__ = ["consent", "export_my_data", "forget_me", "mask_phone"]

OPEN = (AssignmentState.WAITING, AssignmentState.OPEN, AssignmentState.RECEIVED, AssignmentState.INFORMED)


def consent(session: Session, now: datetime, person_id: int) -> bool:
    """Keep that the person agreed, and when, and let what waits for them go; False when they had already."""
    audit.hold_chain(session)
    person = _living(session, person_id)
    if person.consent_at is not None:
        return False
    person.consent_at = now
    session.add(person)
    session.flush()
    relane(session, person_id=person_id)
    audit.record(session, now, actor_id=person_id, action="consented", subject="person", subject_id=person_id)
    return True


def export_my_data(session: Session, person_id: int) -> dict[str, Any]:
    """Everything kept about the person, as JSON can hold it: themselves, chats, tasks, answers, letters, their trail."""
    person = _living(session, person_id)
    owned = _joined(Assignment).where(Assignment.owner_id == person_id).order_by(col(Assignment.id))
    reports = _joined(Report).join(Report, col(Report.assignment_id) == col(Assignment.id))
    contact = select(Directive).where(Directive.contact_id == person_id).order_by(col(Directive.id))
    trail = select(AuditEntry).where(AuditEntry.actor_id == person_id).order_by(col(AuditEntry.id))
    found: dict[str, Any] = {
        "person": _plain(person, "name", "title", "phone", "email", "language", "consent_at", "created_at"),
        "roles": [
            {"unit": unit.name, **_plain(membership, "role", "is_default", "until")}
            for membership, unit in session.exec(
                select(Membership, Unit)
                .join(Unit, col(Unit.id) == col(Membership.unit_id))
                .where(Membership.person_id == person_id)
            )
        ],
        "addresses": [
            _plain(address, "channel", "chat_id", "position", "verified_at", "blocked_at")
            for address in session.exec(select(Address).where(Address.person_id == person_id))
        ],
        "invitations": [
            _plain(code, "created_at", "expires_at", "consumed_at")
            for code in session.exec(select(LinkCode).where(LinkCode.person_id == person_id))
        ],
        "tasks": [
            {**_task(task, letter), **_plain(assignment, "part", "period", "due_on", "state", "opened_on")}
            for assignment, task, letter in session.exec(owned)
        ],
        "reports": [
            {**_task(task, letter), **_plain(report, "text", "document_number", "reported_at", "verdict")}
            for report, task, letter in session.exec(reports.where(Report.author_id == person_id))
        ],
        "extensions": [
            _plain(extension, "asked_at", "wanted_on", "reason", "state")
            for extension in session.exec(select(Extension).where(Extension.asked_by == person_id))
        ],
        "contact_of": [{"letter": letter.number, "subject": letter.subject} for letter in session.exec(contact)],
        "trail": [_plain(entry, "at", "action") for entry in session.exec(trail)],
    }
    return found


def forget_me(session: Session, now: datetime, person_id: int) -> str:
    """Erase the person; gives the pseudonym that stands in their place from now on.

    Phone, mailbox, name, chats and what was said in them go; roles end; open tasks go to whoever is in charge of the
    unit, letters they were the contact of to the admin who loaded them, what they had to judge or decide to whoever does
    so now. Raises Refused("last_admin", "person_gone").
    """
    audit.hold_chain(session)
    person = _living(session, person_id)
    if admins(session, now) == [person_id]:
        raise Refused("last_admin")
    units = session.exec(select(Membership.unit_id).where(Membership.person_id == person_id)).all()
    values = {"until": now, "is_default": False}
    holding = (col(Membership.person_id) == person_id, col(Membership.until).is_(None))
    session.exec(update(Membership).where(*holding).values(**values))
    pseudonym = f"Người dùng đã xóa dữ liệu số {person_id}"
    person.name, person.title, person.phone, person.email = pseudonym, "", None, None
    person.consent_at, person.erased_at = None, now
    session.add(person)
    session.flush()
    _hand_on(session, now, person_id, set(units))
    _leave_letters(session, person_id)
    _leave_reports(session, now, person_id)
    hand_decisions_on(session, now, person_id)
    _forget_chats(session, now, person_id)
    audit.record(session, now, actor_id=person_id, action="forgotten", subject="person", subject_id=person_id)
    return pseudonym


def _hand_on(session: Session, now: datetime, person_id: int, unit_ids: set[int]) -> None:
    heirs = in_charge(session, now, unit_ids)
    states = [str(state) for state in OPEN]
    query = select(Assignment).where(Assignment.owner_id == person_id, col(Assignment.state).in_(states))
    for assignment in session.exec(query).all():
        assert assignment.id is not None
        close_numbers(session, now, assignment.id, NumberUse.ACT)
        assignment.owner_id = heirs.get(assignment.unit_id)
        session.add(assignment)
        session.flush()
        number_owner(session, now, assignment)


def _leave_letters(session: Session, person_id: int) -> None:
    query = select(Directive).where(Directive.contact_id == person_id)
    for letter in session.exec(query).all():
        letter.contact_id = letter.loaded_by if letter.loaded_by != person_id else None
        letter.contact_written = ""
        session.add(letter)
    session.exec(update(Directive).where(col(Directive.contact_deputy_id) == person_id).values(contact_deputy_id=None))


def _leave_reports(session: Session, now: datetime, person_id: int) -> None:
    """Reports that waited for the person's verdict wait for somebody else's now, who is asked."""
    waiting = [item.assignment_id for item in listing(session, now, person_id, NumberUse.CONFIRM)]
    for assignment_id in waiting:
        close_numbers(session, now, assignment_id, NumberUse.CONFIRM, person_id=person_id)
        case = load(session, assignment_id)
        if case.assignment.state == AssignmentState.REPORTED:
            ask_to_confirm(session, now, case, pending_report(session, case).author_id)


def _forget_chats(session: Session, now: datetime, person_id: int) -> None:
    addresses = session.exec(select(Address).where(Address.person_id == person_id)).all()
    for address in addresses:
        here = (address.lane, address.chat_id)
        session.exec(delete(Sent).where(col(Sent.lane) == here[0], col(Sent.chat_id) == here[1]))
        seen = (col(Seen.lane) == here[0], col(Seen.chat_id) == here[1])
        session.exec(update(Seen).where(*seen).values(chat_id="", answer=None, answered_at=col(Seen.seen_at)))
        session.exec(update(Delivery).where(col(Delivery.address_id) == address.id).values(chat_id=""))
        release(session, now, address)
    waiting = (col(Event.person_id) == person_id, col(Event.state).in_(["waiting", "forwarded"]))
    session.exec(update(Event).where(*waiting).values(state=str(EventState.SUPERSEDED)))
    session.exec(delete(Dialogue).where(col(Dialogue.person_id) == person_id))
    session.exec(delete(LinkCode).where(col(LinkCode.person_id) == person_id))
    session.exec(delete(OneTimeLink).where(col(OneTimeLink.person_id) == person_id))


def _living(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id, populate_existing=True)
    if person is None or person.erased_at is not None:
        raise Refused("person_gone")
    return person


def _joined(table: type[Any]):
    return (
        select(table, Task, Directive)
        .select_from(Assignment)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .join(Directive, col(Directive.id) == col(Task.directive_id))
    )


def _task(task: Task, letter: Directive) -> dict[str, Any]:
    return {"letter": letter.number, "clause": task.clause}


def _plain(row: SQLModel, *columns: str) -> dict[str, Any]:
    """The columns as JSON can hold them: days and instants in ISO form."""
    values = {name: getattr(row, name) for name in columns}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}

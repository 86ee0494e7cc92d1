"""The decision about more time, by whom the issuer's setting names; the owner's answer to a counter-proposal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col

from models.answers import Extension, ExtensionState
from models.assignments import Assignment, NumberUse
from models.deciders import deciders
from models.deputies import asked_among
from models.errors import Refused
from models.events import EventKind
from models.extension_rules import check_day, load_request, settle, tell_of, within_parent
from models.moves import TO_DO, Case, next_reminder, note
from models.numbers import close_numbers
from models.rights import confirmers, require_owner


def approve(
    session: Session, now: datetime, person_id: int, extension_id: int, *, document_number: str = ""
) -> Extension:
    """Grant the day asked for; the baseline stays. Raises Refused: not_decider, already_decided, child_beyond_parent."""
    case, extension = _as_decider(session, now, person_id, extension_id)
    within_parent(session, case.assignment, extension.wanted_on)
    _grant(session, now, case, extension, extension.wanted_on, person_id, document_number, [ExtensionState.ASKED])
    note(session, now, person_id, "approve_extension", case, extension=extension_id, document=document_number)
    told = [*_askers(case, extension), *_followers(session, now, case, extension, person_id)]
    tell_of(session, now, case, EventKind.EXTENSION_DECIDED, extension, "approved", told)
    return extension


def refuse(session: Session, now: datetime, person_id: int, extension_id: int, reason: str) -> Extension:
    """The deadline stands. Raises Refused: reason_needed, not_decider, already_decided."""
    case, extension = _as_decider(session, now, person_id, extension_id)
    if not reason.strip():
        raise Refused("reason_needed")
    settle(
        session,
        extension,
        ExtensionState.REFUSED,
        allowed=[ExtensionState.ASKED],
        decided_by=person_id,
        decided_at=now,
        decision_reason=reason.strip(),
    )
    note(session, now, person_id, "refuse_extension", case, extension=extension_id, reason=reason.strip())
    close_numbers(session, now, case.id, NumberUse.DECIDE)
    tell_of(session, now, case, EventKind.EXTENSION_DECIDED, extension, "refused", _askers(case, extension))
    return extension


def counter(
    session: Session,
    now: datetime,
    person_id: int,
    extension_id: int,
    proposed_on: date,
    *,
    reason: str = "",
    document_number: str = "",
) -> Extension:
    """Propose another date, which the owner accepts or declines.

    Raises Refused: not_decider, already_decided, not_later, date_past, child_beyond_parent.
    """
    case, extension = _as_decider(session, now, person_id, extension_id)
    check_day(session, now, case.assignment, proposed_on)
    settle(
        session,
        extension,
        ExtensionState.COUNTERED,
        allowed=[ExtensionState.ASKED],
        decided_by=person_id,
        decided_at=now,
        decided_on=proposed_on,
        decision_reason=reason.strip(),
        decision_document=document_number.strip(),
    )
    note(session, now, person_id, "counter_extension", case, extension=extension_id, day=proposed_on.isoformat())
    close_numbers(session, now, case.id, NumberUse.DECIDE)
    tell_of(session, now, case, EventKind.EXTENSION_DECIDED, extension, "countered", _askers(case, extension))
    return extension


def accept_counter(session: Session, now: datetime, person_id: int, extension_id: int) -> Extension:
    """The owner takes the date proposed. Raises Refused: not_yours, already_decided, not_countered."""
    case, extension = _as_owner(session, now, person_id, extension_id)
    assert extension.decided_on is not None
    within_parent(session, case.assignment, extension.decided_on)
    _grant(
        session,
        now,
        case,
        extension,
        extension.decided_on,
        extension.decided_by,
        extension.decision_document,
        [ExtensionState.COUNTERED],
    )
    note(session, now, person_id, "accept_extension", case, extension=extension_id)
    told = [extension.decided_by, *_followers(session, now, case, extension, extension.decided_by)]
    tell_of(session, now, case, EventKind.EXTENSION_DECIDED, extension, "accepted", told)
    return extension


def decline_counter(session: Session, now: datetime, person_id: int, extension_id: int) -> Extension:
    """The owner keeps the old deadline. Raises Refused: not_yours, already_decided, not_countered."""
    case, extension = _as_owner(session, now, person_id, extension_id)
    settle(session, extension, ExtensionState.CANCELLED, allowed=[ExtensionState.COUNTERED])
    note(session, now, person_id, "decline_extension", case, extension=extension_id)
    tell_of(session, now, case, EventKind.EXTENSION_DECIDED, extension, "declined", [extension.decided_by])
    return extension


def _as_decider(session: Session, now: datetime, person_id: int, extension_id: int) -> tuple[Case, Extension]:
    case, extension = load_request(session, extension_id)
    if person_id not in deciders(session, now, case, {extension.asked_by, case.assignment.owner_id}):
        raise Refused("not_decider")
    if extension.state != ExtensionState.ASKED:
        raise Refused("already_decided")
    return case, extension


def _as_owner(session: Session, now: datetime, person_id: int, extension_id: int) -> tuple[Case, Extension]:
    case, extension = load_request(session, extension_id)
    require_owner(session, now, person_id, case.assignment)
    if extension.state != ExtensionState.COUNTERED:
        raise Refused("not_countered" if extension.state == ExtensionState.ASKED else "already_decided")
    return case, extension


def _grant(
    session: Session,
    now: datetime,
    case: Case,
    extension: Extension,
    day: date,
    decided_by: int | None,
    document_number: str,
    allowed: Collection[ExtensionState],
) -> None:
    settle(
        session,
        extension,
        ExtensionState.APPROVED,
        allowed=allowed,
        decided_by=decided_by,
        decided_at=now,
        decided_on=day,
        decision_document=document_number.strip(),
    )
    case.assignment.due_on = day
    waits = case.assignment.state in TO_DO
    session.exec(
        update(Assignment)
        .where(col(Assignment.id) == case.id)
        .values(due_on=day, next_reminder_at=next_reminder(session, now, case) if waits else None)
        .execution_options(synchronize_session=False)
    )
    session.refresh(case.assignment)
    close_numbers(session, now, case.id, NumberUse.DECIDE)


def _askers(case: Case, extension: Extension) -> list[int | None]:
    return [*{extension.asked_by, case.assignment.owner_id}]


def _followers(session: Session, now: datetime, case: Case, extension: Extension, decider: int | None) -> list[int]:
    """Contact and deputy, where somebody else decided: the day they wait for has moved."""
    judges = confirmers(session, now, case.assignment, case.directive, {extension.asked_by, case.assignment.owner_id})
    return [] if not judges or decider in judges else [*asked_among(session, judges, case.directive)]

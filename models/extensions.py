"""More time: asked by the lead, weighed by the contact, decided by whom the issuer names.

The first deadline (baseline) is never touched; a decision moves the current one. One request at a time, a third one
of the same assignment is flagged (`Extension.ordinal`), and what a unit gave on never ends after its own deadline.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from models.answers import Extension, ExtensionState
from models.assignments import NumberUse
from models.deciders import deciders
from models.deputies import asked_among
from models.directives import Part
from models.errors import Refused
from models.events import EventKind
from models.extension_decisions import accept_counter, approve, counter, decline_counter, refuse
from models.extension_rules import (
    OPEN,
    asked_before,
    check_day,
    hold,
    load_request,
    open_request,
    settle,
    tell_of,
)
from models.moves import load, note
from models.numbers import assign_numbers, close_numbers
from models.rights import confirmers, contact_of, require_owner

__all__ = [
    "FLAGGED_FROM",
    "accept_counter",
    "approve",
    "ask",
    "counter",
    "decline_counter",
    "give_opinion",
    "only_advises",
    "open_request",
    "refuse",
    "withdraw_request",
]

FLAGGED_FROM = 3
"""From this request of an assignment on, the contact and the decider see that it is one more of many."""


def ask(session: Session, now: datetime, person_id: int, assignment_id: int, wanted_on: date, reason: str) -> Extension:
    """Ask for a later deadline. Contact and decider are told.

    Raises Refused: not_yours, only_informed, no_deadline, reason_needed, not_later (data `due`), date_past,
    child_beyond_parent (data `latest`), extension_open, and by state as `life.report` does.
    """
    case = load(session, assignment_id)
    assignment = case.assignment
    require_owner(session, now, person_id, assignment)
    if assignment.part != Part.LEAD:
        raise Refused("only_informed")
    if not reason.strip():
        raise Refused("reason_needed")
    check_day(session, now, assignment, wanted_on)
    hold(session, case)
    if (standing := open_request(session, case.id)) is not None:
        raise Refused("extension_open", wanted=standing.wanted_on)
    authors = {person_id, assignment.owner_id}
    may_decide = deciders(session, now, case, authors)
    if not may_decide:
        raise Refused("nobody_decides")
    decider = may_decide[0]
    made = Extension(
        assignment_id=case.id,
        ordinal=asked_before(session, case.id) + 1,
        asked_by=person_id,
        asked_at=now,
        wanted_on=wanted_on,
        reason=reason.strip(),
        decider_id=decider,
    )
    session.add(made)
    session.flush()
    note(session, now, person_id, "ask_extension", case, extension=made.id, wanted=wanted_on.isoformat())
    judges = confirmers(session, now, assignment, case.directive, authors)
    asked = asked_among(session, judges, case.directive) if judges else []
    told = list(dict.fromkeys([*asked, decider]))
    for person in sorted({*told, *may_decide}):
        assign_numbers(session, now, person, [case.id], NumberUse.DECIDE)
    tell_of(session, now, case, EventKind.EXTENSION_ASKED, made, "asked", told)
    return made


def give_opinion(
    session: Session, now: datetime, person_id: int, extension_id: int, agree: bool, reason: str = ""
) -> Extension:
    """The contact's view, for the one who decides; the deputy's where the contact has given none.

    Raises Refused: not_contact, already_decided, you_decide, reason_needed, opinion_given.
    """
    case, extension = load_request(session, extension_id)
    authors = {extension.asked_by, case.assignment.owner_id}
    if person_id in deciders(session, now, case, authors):
        raise Refused("you_decide")
    if person_id not in confirmers(session, now, case.assignment, case.directive, authors):
        raise Refused("not_contact")
    if not agree and not reason.strip():
        raise Refused("reason_needed")
    if extension.opinion and person_id not in (
        extension.opinion_by,
        contact_of(session, case.assignment, case.directive),
    ):
        raise Refused("opinion_given")
    settle(
        session,
        extension,
        ExtensionState.ASKED,
        allowed=[ExtensionState.ASKED],
        opinion="agree" if agree else "disagree",
        opinion_by=person_id,
        opinion_at=now,
        opinion_reason=reason.strip(),
    )
    note(session, now, person_id, "extension_opinion", case, extension=extension_id, agree=agree)
    for adviser in confirmers(session, now, case.assignment, case.directive, authors):
        close_numbers(session, now, case.id, NumberUse.DECIDE, person_id=adviser)
    tell_of(session, now, case, EventKind.EXTENSION_ASKED, extension, "opinion", [extension.decider_id])
    return extension


def only_advises(session: Session, now: datetime, person_id: int, extension_id: int) -> bool:
    """Whether this person may say what they think of the request, and somebody else decides."""
    case, extension = load_request(session, extension_id)
    authors = {extension.asked_by, case.assignment.owner_id}
    if person_id in deciders(session, now, case, authors):
        return False
    return person_id in confirmers(session, now, case.assignment, case.directive, authors)


def withdraw_request(session: Session, now: datetime, person_id: int, extension_id: int) -> Extension:
    """The owner no longer needs it. Raises Refused: not_yours, already_decided."""
    case, extension = load_request(session, extension_id)
    require_owner(session, now, person_id, case.assignment)
    settle(session, extension, ExtensionState.CANCELLED, allowed=OPEN)
    note(session, now, person_id, "withdraw_extension", case, extension=extension_id)
    close_numbers(session, now, case.id, NumberUse.DECIDE)
    return extension

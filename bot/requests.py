"""A request for more time as whoever decides, or is asked for an opinion, reads it: in its message and in their list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.lines import Entry, due, person_name, title, unit_name
from bot.shorten import line
from bot.texts import Say
from models.answers import Extension, ExtensionState
from models.deciders import deciders
from models.extension_rules import OPEN
from models.moves import load

FLAGGED_FROM = 3


def request_line(say: Say, one: Entry, asked: Extension, n: int | None, today: date) -> str:
    """ "8. Sở Tài chính đề nghị gia hạn 12/UBND, khoản 2, hạn 20/12/2026 …, đến 15/01/2027. Lý do: …"

    Decided ones come without the deadline of today, which is another than was asked about.
    """
    waits = asked.state == ExtensionState.ASKED
    return say(
        "extension.third" if asked.ordinal >= FLAGGED_FROM else "extension.head",
        lead=f"{n}. " if n and waits else "",
        unit=unit_name(one, 60),
        title=title(say, one),
        due=f", {due(say, one, today)}," if waits else "",
        day=asked.wanted_on,
        reason=line(asked.reason, 160),
        ordinal=asked.ordinal,
    )


def decides(session: Session, now: datetime, asked: Extension, person_id: int) -> bool:
    """Whether this person may decide on it now: who was asked, the contact's deputy, another leader of the issuer."""
    if asked.decider_id == person_id:
        return True
    case = load(session, asked.assignment_id)
    return person_id in deciders(session, now, case, {asked.asked_by, case.assignment.owner_id})


def opinion_line(session: Session, say: Say, asked: Extension) -> str:
    """What the contact said of it; "" while nothing."""
    if not asked.opinion:
        return ""
    by = person_name(session, asked.opinion_by) or say("nobody")
    key = f"extension.opinion_{asked.opinion}"
    if asked.opinion_reason:
        return say(f"{key}_why", by=by, reason=line(asked.opinion_reason, 160))
    return say(key, by=by)


def standing_lines(session: Session, say: Say, ids: Collection[int], number: Mapping[int, int]) -> dict[int, str]:
    """Of an owner's items, what was asked for and how it stands: by assignment."""
    query = select(Extension).where(col(Extension.assignment_id).in_(ids), col(Extension.state).in_(OPEN))
    return {
        one.assignment_id: say(
            f"extension.own_{one.state}",
            day=one.decided_on or one.wanted_on,
            n=number.get(one.assignment_id, ""),
        )
        for one in session.exec(query)
    }


def state_line(say: Say, asked: Extension) -> str:
    """What became of it."""
    declined = asked.state == ExtensionState.CANCELLED and asked.decided_on is not None
    key = "extension.state_declined" if declined else f"extension.state_{asked.state}"
    return say(key, day=asked.decided_on or asked.wanted_on)


def how_line(say: Say, asked: Extension, n: int | None, *, deciding: bool) -> str:
    """How to answer; "" when this person has, or it is decided."""
    if asked.state != ExtensionState.ASKED or not n or (asked.opinion and not deciding):
        return ""
    return say("extension.how" if deciding else "extension.how_opinion", n=n)

"""A draft's heading put right: number, day, who issued it, who waits for the answers, whether it is history."""

from __future__ import annotations

import re

from bot.arguments import take_day
from bot.channels.base import Button
from bot.commands.draft import draft_of, heading_lines, screen
from bot.reply import Reply, rows
from bot.shorten import line
from bot.turn import Turn
from bot.words import fold
from models import draft_passages, drafts, load_plan
from models.directives import Draft
from models.draft_changes import reading_of
from models.errors import Refused
from models.people import Person
from models.phones import to_e164
from models.whois import find_people

PHONE = re.compile(r"\+?\d[\d .\-]{7,16}\d")
MYSELF = ("toi", "minh", "em", "me", "myself", "chinh toi")
FIELDS = ("number", "date", "issuer", "contact")


def page(turn: Turn, draft_id: int, notice: str = "") -> Reply:
    """The heading with what is not sure of it, and a button for each thing that can be changed."""
    draft = draft_of(turn, draft_id)
    plan = load_plan.plan(turn.session, turn.now, draft)
    say, key = turn.say, f"d:{draft_id}"
    doubts = [doubt for doubt in plan.doubts if not doubt.field.startswith("tasks")]
    lines = [notice, *heading_lines(say, plan, draft), *(f"? {doubt.sentence(say.language)}" for doubt in doubts)]
    buttons = [Button(say(f"button.head_{what}"), f"{key}:{what}") for what in FIELDS]
    aged = "head_follow" if plan.history else "head_history"
    buttons.append(Button(say(f"button.{aged}"), f"{key}:history:{int(not plan.history)}"))
    if any(not doubt.field.startswith("tasks") for doubt in plan.reading.doubts):
        buttons.append(Button(say("button.seen"), f"{key}:headseen"))
    back = Button(say("button.back"), f"{key}:p:0")
    return Reply("\n".join(filter(None, lines)), rows(*buttons, back), replace=turn.incoming.kind == "button")


def seen(turn: Turn, draft_id: int) -> Reply:
    """The admin has looked at it and leaves it."""
    draft_passages.settle_heading(turn.session, turn.now, draft_of(turn, draft_id))
    return screen(turn, draft_id, 0, notice=turn.say("draft.seen"))


def history(turn: Turn, draft_id: int, wanted: bool) -> Reply:
    """Load it as history, or follow it up whatever its age."""
    drafts.set_history(turn.session, turn.now, draft_of(turn, draft_id), wanted)
    return page(turn, draft_id, turn.say("draft.corrected"))


def heard(turn: Turn, draft: Draft, what: str, text: str) -> None:
    """The new number, day, issuing body or contact. Raises Refused: date_unclear, number_unclear, contact_unclear."""
    words = line(text, 300)
    if what == "number":
        drafts.set_number(turn.session, turn.now, draft, line(text, 100))
    elif what == "date":
        day, _ = take_day(text, turn.today)
        if day is None:
            raise Refused("date_unclear")
        drafts.set_date(turn.session, turn.now, draft, day)
    elif what == "issuer":
        if not re.search(r"\w{2}", words):
            raise Refused("issuer_unclear")
        drafts.set_issuer(turn.session, turn.now, draft, words)
    else:
        _contact(turn, draft, words)


def _contact(turn: Turn, draft: Draft, words: str) -> None:
    """ "tôi"; a person of the register by name or phone; else the name and the phone as written."""
    found = PHONE.search(words)
    phone = (to_e164(found[0]) or found[0].strip()) if found else ""
    name = " ".join(re.sub(r"[,;:()]", " ", words.replace(found[0], " ") if found else words).split())
    name = re.sub(
        r"(?i)^(?:đ/c|đồng chí|ông|bà|anh|chị)\s+|\s*(?:,?\s*(?:đt|sđt|điện thoại|phone))\.?\s*$", "", name
    ).strip()
    known = _known(turn, name, phone)
    if known is not None:
        drafts.set_contact(
            turn.session, turn.now, draft, person_id=known.id, name=known.name, phone=phone or known.phone or ""
        )
    elif re.search(r"[^\W\d]{2}", name):
        kept = reading_of(draft).contact
        same = kept is not None and fold(kept.name or "") == fold(name)
        drafts.set_contact(
            turn.session, turn.now, draft, name=name, phone=phone or (kept and same and kept.phone) or ""
        )
    else:
        raise Refused("contact_unclear")


def _known(turn: Turn, name: str, phone: str) -> Person | None:
    if fold(name) in MYSELF and not phone:
        return turn.person
    found = [one for one in find_people(turn.session, phone or name) if not name or fold(one.name) == fold(name)]
    return found[0] if len(found) == 1 else None

"""A letter that waits gets what is missing of it: its second half, or an annex that came in a file of its own."""

from __future__ import annotations

from datetime import timedelta

from bot.channels.base import Button
from bot.commands.draft import draft_of, open_draft
from bot.reply import Question, Reply
from bot.shorten import line
from bot.turn import Turn
from bot.uploads import with_link
from models import drafts
from models.directives import Draft, DraftState
from models.draft_changes import BEFORE, reading_of
from models.errors import Refused
from models.reading import Reading

GATHER, GATHER_MINUTES = "gather", 60
JUST_SENT = timedelta(minutes=60)
"""A part without a heading may go on a letter that was sent so shortly before."""
LOOKED_AT = 5


def buttons(turn: Turn, draft: Draft, reading: Reading) -> list[Button]:
    """What the screen offers where the end of a letter seems to be missing, or its beginning."""
    offered: list[Button] = []
    if reading.signer is None and not _headless(reading):
        offered.append(more_button(turn, draft))
    if _headless(reading) and (first := sent_before(turn, draft)):
        label = turn.say("button.join", letter=called(turn, first))
        offered.append(Button(label, f"d:{draft.id}:join:{first.id}"))
    return offered


def more_button(turn: Turn, draft: Draft) -> Button:
    """Another part of this letter follows."""
    return Button(turn.say("button.more_parts"), f"d:{draft.id}:more")


def more(turn: Turn, draft_id: int) -> Reply:
    """Gather what follows, behind what is there; it is read anew as one letter at "đủ"."""
    draft = draft_of(turn, draft_id)
    kept = {"parts": [draft.text], "files": files_of(draft), "asked": True, "joins": draft_id}
    anew = [turn.say("load.anew")] if BEFORE in draft.choices else []
    asked = with_link(turn, turn.say("load.more_of", letter=called(turn, draft)))
    return Reply("\n".join([asked, *anew]), question=Question(GATHER, kept, GATHER_MINUTES))


def join(turn: Turn, draft_id: int, first_id: int) -> Reply:
    """This draft is the rest of the first: read both as one. Raises Refused as `draft_of`, and part_unread."""
    from bot.commands.letter import read

    rest, first = draft_of(turn, draft_id), draft_of(turn, first_id)
    text = f"{first.text}\n{rest.text}"
    reading = read(turn, text)
    if reading.kind != "directive":
        raise Refused("part_unread")
    ids = [*files_of(first), *files_of(rest)]
    warnings = (*first.choices.get("warnings", ()), *rest.choices.get("warnings", ()))
    for old in (first, rest):
        drafts.cancel_draft(turn.session, turn.now, old)
    return open_draft(turn, reading, text, ids, warnings)


def replaced(turn: Turn, first_id: int) -> None:
    """The letter was read anew with what followed it: the draft of its first part is over."""
    first = turn.session.get(Draft, first_id)
    if first is not None and first.person_id == turn.me and first.state == DraftState.PENDING:
        drafts.cancel_draft(turn.session, turn.now, first)


def forgotten(turn: Turn, first_id: int) -> None:
    """What follows is secret, so the letter is: nothing of its first part is kept."""
    replaced(turn, first_id)
    first = turn.session.get(Draft, first_id)
    if first is not None and first.person_id == turn.me and first.state == DraftState.CANCELLED:
        first.text, first.reading, first.choices, first.file_id = "", {}, {}, None
        turn.session.add(first)
        turn.session.flush()


def sent_before(turn: Turn, draft: Draft | None = None) -> Draft | None:
    """The newest letter with a heading that this admin has sent within the hour and not made yet."""
    for one in drafts.waiting_drafts(turn.session, turn.now, turn.me, LOOKED_AT):
        older = draft is None or (one.id or 0) < (draft.id or 0)
        if older and turn.now - one.created_at <= JUST_SENT and not _headless(reading_of(one)):
            return one
    return None


def files_of(draft: Draft) -> list[int]:
    """Its stored files, in the order they came."""
    return list(draft.choices.get("files") or ([draft.file_id] if draft.file_id else []))


def called(turn: Turn, draft: Draft) -> str:
    """Its number, else its subject."""
    reading = reading_of(draft)
    return line(reading.number or reading.subject or turn.say("draft.no_number"), 40)


def _headless(reading: Reading) -> bool:
    return not reading.number and not reading.issuer and reading.issued is None

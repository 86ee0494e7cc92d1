"""Loading a letter: gathered from one or several messages until "đủ", then read and shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot import dialogues
from bot.channels.base import Button
from bot.commands.evidence import Kept
from bot.reply import Question, Reply, rows
from bot.turn import Turn
from bot.uploads import with_link
from models import files
from models.errors import Refused
from models.reading import Reading
from models.talk import Dialogue

GATHER = "gather"
GATHER_MINUTES = 60
MOST_TEXT = 2_000_000
FULL_MESSAGE = 3500
"""Characters: a paste so long may go on in the next message."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a letter, and the reading of all pieces so far. `whole`: a document that needs no further part."""

    text: str
    reading: Reading
    pages: int = 1
    warnings: tuple[str, ...] = ()
    files: tuple[Kept, ...] = ()
    whole: bool = False


def load(turn: Turn) -> Reply:
    """ "/nap": ask for the letter and gather it."""
    question = Question(GATHER, {"parts": [], "files": []}, GATHER_MINUTES)
    stop = rows(Button(turn.say("button.cancel"), "gather:cancel")) if turn.has_buttons else ()
    return Reply(with_link(turn, turn.say("load.ask")), stop, question=question)


def letter_part(turn: Turn, dialogue: Dialogue | None) -> Reply:
    """One more piece: show the letter when it is whole, else wait for the rest."""
    part: Part = turn.prepared.made
    gathering = dialogue if dialogue is not None and dialogue.kind == GATHER else None
    before: list[str] = gathering.data["parts"] if gathering else []
    texts = [*before, part.text]
    text = "\n".join(texts)
    if len(text) > MOST_TEXT:
        raise Refused("letter_too_long")
    reading = part.reading
    if reading.kind == "classified" or _is_whole(part, reading, asked=gathering is not None, gathered=bool(before)):
        return _ended(turn, gathering, reading, text, part)
    ids: list[int] = [*(gathering.data["files"] if gathering else []), *_recorded(turn, part)]
    kept = {"parts": texts, "files": ids}
    if gathering:
        dialogues.keep(turn.session, gathering, kept, GATHER_MINUTES)
        question = None
    else:
        question = Question(GATHER, kept, GATHER_MINUTES)
    album = turn.incoming.media_group
    if album and gathering and gathering.data.get("album") == album:
        return Reply()
    buttons = [Button(turn.say("button.enough"), "gather:enough"), Button(turn.say("button.cancel"), "gather:cancel")]
    return Reply(turn.say("load.part", n=len(texts)), rows(*buttons) if turn.has_buttons else (), question=question)


def _ended(turn: Turn, gathering: Dialogue | None, reading: Reading, text: str, part: Part) -> Reply:
    """No more is expected: the screen, or why not; the gathering is over and what it kept goes unless it is a letter."""
    ids: list[int] = gathering.data["files"] if gathering else []
    if gathering:
        dialogues.close(turn.session, gathering)
        dialogues.keep(turn.session, gathering, {"parts": [], "files": []}, 0)
    if reading.kind != "directive":
        return not_a_letter(turn, reading, ids)
    return shown(turn, reading, text, [*ids, *_recorded(turn, part)], part.warnings)


def gathered(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """ "đủ": read what has come; other short words are no part of a letter."""
    if turn.intent.kind == "enough":
        return enough(turn)
    return Reply(turn.say("load.more")) if turn.intent.kind in ("unknown", "yes", "no", "digits") else None


def pressed(turn: Turn, args: list[str]) -> Reply:
    """The buttons under a part."""
    if args[0] == "enough":
        return enough(turn)
    dialogue = _gathering(turn)
    dialogues.close(turn.session, dialogue)
    return Reply(turn.say("load.cancelled"), replace=True)


def enough(turn: Turn) -> Reply:
    """Everything has been sent: read it."""
    dialogue = _gathering(turn)
    parts: list[str] = dialogue.data["parts"]
    if not parts:
        raise Refused("nothing_sent")
    ids: list[int] = dialogue.data["files"]
    dialogues.close(turn.session, dialogue)
    dialogues.keep(turn.session, dialogue, {"parts": [], "files": []}, 0)
    text = "\n".join(parts)
    reading = read(turn, text)
    return shown(turn, reading, text, ids, ()) if reading.kind == "directive" else not_a_letter(turn, reading, ids)


def read(turn: Turn, text: str) -> Reading:
    """The reading as of the office's day. Milliseconds for a letter of a few pages; the slow part came before."""
    from letters import read as read_text

    return read_text(text, today=turn.today)


def shown(turn: Turn, reading: Reading, text: str, file_ids: list[int], warnings: tuple[str, ...]) -> Reply:
    """The screen of a directive."""
    from bot.commands.draft import open_draft

    return open_draft(turn, reading, text, file_ids, warnings)


def not_a_letter(turn: Turn, reading: Reading, file_ids: list[int]) -> Reply:
    """One clear sentence, and nothing of what was sent is kept."""
    for file_id in file_ids:
        files.discard(turn.session, turn.context.data_dir, file_id)
    if reading.kind == "classified":
        return Reply(turn.say("refused.classified"))
    return Reply(
        turn.say("refused.not_a_letter", why=reading.reason("en" if turn.say.language == "en" else "vi") or "")
    )


def _is_whole(part: Part, reading: Reading, *, asked: bool, gathered: bool) -> bool:
    """A document by itself; pasted text with its signature; photos never, until "đủ".

    A text that orders nothing yet may be the beginning of a letter when one was asked for, or when it fills a
    messenger's whole message; an article or a law is not.
    """
    if part.files:
        return part.whole and not gathered
    if gathered:
        return False
    if reading.kind == "directive":
        return reading.signer is not None or (len(part.text) < FULL_MESSAGE and not asked)
    return reading.reason_code != "no_order" or (len(part.text) < FULL_MESSAGE and not asked)


def _recorded(turn: Turn, part: Part) -> list[int]:
    return [
        files.record(
            turn.session,
            turn.now,
            sha256=kept.sha256,
            size=kept.size,
            media_type=kept.media_type,
            name=kept.name,
            uploaded_by=turn.me,
        )
        for kept in part.files
    ]


def _gathering(turn: Turn) -> Dialogue:
    dialogue = dialogues.waiting(turn.session, turn.me, turn.incoming.lane, turn.incoming.chat_id)
    if dialogue is None or dialogue.kind != GATHER:
        raise Refused("nothing_sent")
    return dialogue


__all__ = ["GATHER", "Part", "enough", "gathered", "letter_part", "load", "pressed", "read", "shown"]

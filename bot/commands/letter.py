"""Loading a letter: gathered from one or several messages until "đủ", then read and shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot import dialogues
from bot.channels.base import Button
from bot.commands.evidence import Kept
from bot.reply import Question, Reply, rows
from bot.shorten import line
from bot.turn import Turn
from bot.uploads import with_link
from models import drafts, files
from models.directives import Draft
from models.errors import Refused
from models.reading import Reading
from models.talk import Dialogue

GATHER = "gather"
GATHER_MINUTES = 60
MOST_WAITING = 4
MOST_TEXT = 2_000_000
FULL_MESSAGE = 0.5
"""Of a messenger's longest text: a paste so long may go on in the next message, as messengers cut at a line's end."""
PART_REASONS = ("form", "no_order", "reply", "law")
"""What an annex alone may look like."""
FULL_SIGNED = 0.8
"""The same for one in which the letter has been signed: only an annex may follow."""


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
    """ "/nap": ask for the letter and gather it; letters that still wait for a yes can be taken up again."""
    waiting = drafts.waiting_drafts(turn.session, turn.now, turn.me, MOST_WAITING)
    question = Question(
        GATHER, {"parts": [], "files": [], "asked": True, "drafts": [draft.id for draft in waiting]}, GATHER_MINUTES
    )
    lines = [with_link(turn, turn.say("load.ask"))]
    if waiting:
        lines.append(turn.say("load.waiting" if turn.has_buttons else "load.waiting_numbered"))
        lines += [f"{n}. {_called(turn, draft)}" for n, draft in enumerate(waiting, 1)]
    if not turn.has_buttons:
        return Reply("\n".join(lines), question=question)
    again = [Button(str(n), f"d:{draft.id}:p:0") for n, draft in enumerate(waiting, 1)]
    stop = Button(turn.say("button.cancel"), "gather:cancel")
    return Reply("\n".join(lines), rows(*again, stop, wide=4), question=question)


def lapsed(turn: Turn) -> Reply | None:
    """A short answer that comes when its question is over: the letters that still wait, to be taken up again."""
    waiting = drafts.waiting_drafts(turn.session, turn.now, turn.me, MOST_WAITING)
    if not waiting:
        return None
    named = [_called(turn, draft) for draft in waiting]
    lines = [f"{n}. {name}" for n, name in enumerate(named, 1)] if turn.has_buttons else []
    labels = [str(n) for n in range(1, len(waiting) + 1)] if turn.has_buttons else named
    buttons = [Button(label, f"d:{draft.id}:p:0") for label, draft in zip(labels, waiting, strict=True)]
    return Reply("\n".join([turn.say("load.lapsed"), *lines]), rows(*buttons, wide=4))


def _called(turn: Turn, draft: Draft) -> str:
    reading = drafts.reading_of(draft)
    return line(
        " – ".join(part for part in (reading.number or turn.say("draft.no_number"), reading.subject) if part), 90
    )


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
    asked = gathering is not None and (not before or bool(gathering.data.get("asked")))
    full = FULL_SIGNED if reading.signer is not None else FULL_MESSAGE
    long = len(part.text) >= turn.text_length * full
    if reading.kind == "classified" or _is_whole(part, reading, asked=asked, gathered=bool(before), long=long):
        return _ended(turn, gathering, reading, text, part)
    ids: list[int] = [*(gathering.data["files"] if gathering else []), *_recorded(turn, part)]
    kept = {"parts": texts, "files": ids, "asked": asked, "joins": gathering.data.get("joins") if gathering else None}
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
    joins = gathering.data.get("joins") if gathering else None
    if gathering:
        dialogues.close(turn.session, gathering)
        dialogues.keep(turn.session, gathering, {"parts": [], "files": []}, 0)
    return _outcome(turn, reading, text, [*ids, *_recorded(turn, part)], part.warnings, joins)


def gathered(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """ "đủ": read what has come; a number takes up a letter that waits; other short words are no part of a letter."""
    if turn.intent.kind == "enough":
        return enough(turn)
    waiting: list[int] = kept.get("drafts", [])
    if turn.intent.kind == "digits" and not kept["parts"] and waiting:
        return _taken_up(turn, waiting, turn.intent.numbers)
    return Reply(turn.say("load.more")) if turn.intent.kind in ("unknown", "yes", "no", "digits") else None


def _taken_up(turn: Turn, waiting: list[int], numbers: tuple[int, ...]) -> Reply:
    from bot.commands.draft import screen

    if len(numbers) != 1 or not 1 <= numbers[0] <= len(waiting):
        raise Refused("no_such_choice", n=numbers[0], most=len(waiting))
    dialogues.close(turn.session, _gathering(turn))
    return screen(turn, waiting[numbers[0] - 1], 0)


def pressed(turn: Turn, args: list[str]) -> Reply:
    """The buttons under a part."""
    if args[0] == "enough":
        return enough(turn)
    from bot.commands.given_up import dropped

    return dropped(turn, _gathering(turn))


def enough(turn: Turn) -> Reply:
    """Everything has been sent: read it."""
    dialogue = _gathering(turn)
    parts: list[str] = dialogue.data["parts"]
    if not parts:
        raise Refused("nothing_sent")
    ids: list[int] = dialogue.data["files"]
    joins = dialogue.data.get("joins")
    if joins and len(parts) < 2:
        raise Refused("nothing_sent")
    dialogues.close(turn.session, dialogue)
    dialogues.keep(turn.session, dialogue, {"parts": [], "files": []}, 0)
    text = "\n".join(parts)
    return _outcome(turn, read(turn, text), text, ids, (), joins)


def read(turn: Turn, text: str, *, anyway: bool = False) -> Reading:
    """The reading as of the office's day. Milliseconds for a letter of a few pages; the slow part came before."""
    from letters import read as read_text

    return read_text(text, today=turn.today, anyway=anyway)


def _outcome(
    turn: Turn, reading: Reading, text: str, ids: list[int], warnings: tuple[str, ...], joins: int | None = None
) -> Reply:
    """The screen, a question, or why not. `joins`: the draft of the first part, which a reading of all parts replaces."""
    from bot.commands import continuing

    if reading.kind == "directive":
        if joins:
            continuing.replaced(turn, joins)
        return shown(turn, reading, text, ids, warnings)
    if reading.may_order:
        return anyway(turn, reading, text, ids, warnings)
    first = turn.session.get(Draft, joins) if joins else None
    if first is not None and reading.kind == "classified":
        continuing.forgotten(turn, first.id or 0)
    elif first is not None:
        ids = [one for one in ids if one not in continuing.files_of(first)]
    return not_a_letter(turn, reading, ids)


def anyway(turn: Turn, reading: Reading, text: str, file_ids: list[int], warnings: tuple[str, ...]) -> Reply:
    """A reply in which something is ordered: its words, and whether to load it all the same. Waits as any draft does."""
    from bot.commands.draft import keep_draft

    ordering = read(turn, text, anyway=True)
    draft = keep_draft(turn, ordering, text, file_ids, warnings)
    words = line(ordering.tasks[0].text, 300) if ordering.tasks else ""
    key, say = f"d:{draft.id}", turn.say
    sentences = [reading.reason(say.language), say("load.orders", words=words) if words else "", say("load.anyway")]
    yes, no = Button(say("button.anyway"), f"{key}:p:0"), Button(say("button.leave"), f"{key}:no")
    return Reply("\n".join(filter(None, sentences)), rows(yes, no), about="draft", about_id=draft.id or 0)


def shown(turn: Turn, reading: Reading, text: str, file_ids: list[int], warnings: tuple[str, ...]) -> Reply:
    """The screen of a directive."""
    from bot.commands.draft import open_draft

    return open_draft(turn, reading, text, file_ids, warnings)


def not_a_letter(turn: Turn, reading: Reading, file_ids: list[int]) -> Reply:
    """One clear sentence, and nothing of what was sent is kept. An annex may belong to the letter sent before it."""
    from bot.commands import continuing

    for file_id in file_ids:
        files.discard(turn.session, turn.context.data_dir, file_id)
    if reading.kind == "classified":
        return Reply(turn.say("refused.classified"))
    why = turn.say("refused.not_a_letter", why=reading.reason(turn.say.language) or "")
    first = continuing.sent_before(turn) if reading.reason_code in PART_REASONS else None
    if first is None:
        return Reply(why)
    hint = turn.say("load.maybe_part", letter=continuing.called(turn, first))
    return Reply(f"{why}\n{hint}", rows(continuing.more_button(turn, first)))


def _is_whole(part: Part, reading: Reading, *, asked: bool, gathered: bool, long: bool) -> bool:
    """A document by itself; pasted text with its signature; photos never, until "đủ".

    A text that orders nothing yet may be the beginning of a letter when one was asked for, or when it fills a
    messenger's message (`long`); an article or a law is not. What a messenger cut by itself ends with the signature.
    """
    if part.files:
        return part.whole and not gathered
    if gathered:
        return not asked and not long and reading.kind == "directive" and reading.signer is not None
    if reading.kind == "directive":
        return reading.signer is not None or not (long or asked)
    return reading.reason_code != "no_order" or not (long or asked)


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


__all__ = [
    "GATHER",
    "Part",
    "enough",
    "gathered",
    "lapsed",
    "letter_part",
    "load",
    "pressed",
    "read",
    "shown",
]

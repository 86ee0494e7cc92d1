"""Files and document numbers that belong to a report: with it, right after it, or before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot import dialogues
from bot.arguments import take_document
from bot.lines import entries, item
from bot.reply import ANSWER_MINUTES, Question, Reply
from bot.turn import Turn
from models import evidence, files
from models.answers import Report, Verdict
from models.assignments import NumberUse
from models.errors import Refused
from models.talk import Dialogue


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are on disk already; its row comes with the transaction. Only its hash and head stay in memory."""

    sha256: str
    size: int
    media_type: str
    name: str


def file_ids(turn: Turn) -> list[int]:
    """Rows for the files of this message (made once), and those sent just before without a word."""
    if turn.own_files is None:
        turn.own_files = [
            files.record(
                turn.session,
                turn.now,
                sha256=kept.sha256,
                size=kept.size,
                media_type=kept.media_type,
                name=kept.name,
                uploaded_by=turn.me,
            )
            for kept in getattr(turn.prepared, "files", ())
        ]
    pending = opened(turn)
    before = pending.data["files"] if pending is not None and pending.kind == "file_for" else []
    return [*before, *turn.own_files]


def opened(turn: Turn, *, close: bool = False) -> Dialogue | None:
    """The question of this chat that waits for an answer; `close`: it has been answered now."""
    found = dialogues.waiting(turn.session, turn.me, turn.incoming.lane, turn.incoming.chat_id)
    if found is not None and close:
        dialogues.close(turn.session, found)
    return found


def more(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """What comes within 15 minutes of a report joins it: files, or a document number; other words are something else."""
    own = getattr(turn.prepared, "files", ())
    if turn.intent.kind == "enough":
        return _enough(turn, kept)
    document = take_document(text, turn.today)
    if not own and (turn.intent.kind == "order" or not document.number):
        return None
    if own and turn.intent.kind == "order" and turn.intent.numbers:
        return None  # a photo with "xong 5" under it is another report
    reports = _unjudged(turn, kept) if own else kept["reports"]
    if not reports:
        opened(turn, close=True)
        return without_words(turn)  # that report has its verdict: what comes now belongs to another
    ids = file_ids(turn)
    for report_id in reports:
        evidence.add(
            turn.session,
            turn.now,
            turn.me,
            report_id,
            file_ids=ids,
            document_number=document.number,
            document_date=document.day,
            text="" if document.number and not document.rest else text,
        )
    dialogue = opened(turn)
    if dialogue is not None:
        dialogues.keep(turn.session, dialogue, kept, ANSWER_MINUTES)
    if turn.incoming.media_group and kept.get("group") == turn.incoming.media_group:
        return Reply()  # one photo of an album that has been answered for
    if dialogue is not None:
        dialogues.keep(turn.session, dialogue, {**kept, "group": turn.incoming.media_group})
    return Reply(
        turn.say("evidence.added", n=len(ids)) if ids else turn.say("evidence.document", number=document.number)
    )


def which(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The number the files belong to; "đủ" says that there are no more, not which."""
    from bot.commands import done

    return without_words(turn) if turn.intent.kind == "enough" else done.which(turn, kept, text)


def _enough(turn: Turn, kept: dict[str, Any]) -> Reply:
    """ "đủ" after the last photo, as where a letter is gathered: the question is over."""
    opened(turn, close=True)
    return Reply(turn.say("evidence.enough", n=max(evidence.count_files(turn.session, one) for one in kept["reports"])))


def _unjudged(turn: Turn, kept: dict[str, Any]) -> list[int]:
    found = (turn.session.get(Report, report_id) for report_id in kept["reports"])
    return [one.id for one in found if one is not None and one.id is not None and one.verdict == Verdict.PENDING]


def without_words(turn: Turn) -> Reply:
    """A photo or file alone: of the one open task, or ask which; another of the same album is silent."""
    pending = opened(turn)
    album = turn.incoming.media_group
    ids = file_ids(turn)
    if pending is not None and pending.kind == "file_for" and (album and pending.data.get("group") == album):
        dialogues.keep(turn.session, pending, {**pending.data, "files": ids})
        return Reply()
    mine = turn.numbered(NumberUse.ACT)
    if turn.quoted is not None and len(turn.quoted.assignments) == 1:
        from bot.commands.done import report

        return report(turn, list(turn.quoted.assignments), turn.incoming.text, ids)
    numbers = {assignment: n for n, assignment in mine.items()}
    offered = [one for one in entries(turn.session, mine.values()) if one.is_open and one.leads][:10]
    if not offered:
        raise Refused("nothing_to_done")
    listed = [item(turn.say, one, numbers[one.id], turn.today) for one in offered]
    said = "" if turn.intent.kind == "enough" else turn.incoming.text
    before = pending.data["rest"] if pending is not None and pending.kind == "file_for" else ""
    words = "\n".join(part for part in (before, said) if part)
    data = {"name": "done", "rest": words, "files": ids, "group": album}
    return Reply("\n".join([turn.say("evidence.which", n=len(ids)), *listed]), question=Question("file_for", data))

"""Reporting: "xong 3", with its document, text, photo or file; and what sounds like it but must be asked back."""

from __future__ import annotations

from typing import Any

from bot import dialogues
from bot.arguments import take_document
from bot.channels.base import Button
from bot.commands.choosing import choose, each
from bot.commands.evidence import file_ids, opened
from bot.lines import due, entries, entry, item, title
from bot.reply import Question, Reply, rows
from bot.shorten import block
from bot.texts import clock_time
from bot.turn import Turn
from bot.understand import understand
from bot.words import fold
from models import life
from models.assignments import NumberUse
from models.errors import Refused

LONGEST_NOTE = 2000
ALREADY = ("roi", "roi a", "da roi", "da roi a", "vang roi a")
"""A yes to "has it been done?", and to no other question."""


def done(turn: Turn) -> Reply:
    """Report what the message names; ask where it is not plain."""
    intent = turn.intent
    files = file_ids(turn)
    if intent.doubt in ("negated", "future", "question"):
        return _not_done(turn)
    if intent.doubt in ("words", "odd", "guess") or (intent.doubt == "unknown" and intent.numbers):
        return _sure(turn, files)
    chosen = turn.chosen(NumberUse.ACT)
    if not chosen:
        return choose(turn, "done", NumberUse.ACT, files=files)
    return report(turn, chosen, intent.rest, files)


def report(turn: Turn, chosen: list[int], words: str, files: list[int]) -> Reply:
    """One report for each, with the same evidence."""
    document = take_document(words, turn.today)
    reports: list[int] = []

    def one(assignment_id: int) -> str:
        made = life.report(
            turn.session,
            turn.now,
            turn.me,
            assignment_id,
            text=block(words if document.rest else "", LONGEST_NOTE),  # their own words, not what is left of them
            document_number=document.number,
            document_date=document.day,
            file_ids=files,
        )
        assert made.id is not None
        reports.append(made.id)
        at = clock_time(made.reported_at)
        found = entry(turn.session, assignment_id)
        return turn.say("done.one", n=turn.number_of(assignment_id) or "", title=title(turn.say, found), time=at)

    reply = each(turn, chosen, one)
    if not reports:
        return reply
    with_evidence = bool(files or document.number)
    tail = turn.say("done.evidence_kept", n=len(files)) if files else ""
    tail = (
        tail or turn.say("done.document_kept", number=document.number) if with_evidence else turn.say("done.evidence")
    )
    undo = [Button(turn.say("button.withdraw"), f"withdraw:{reply.touched[0]}")] if len(reply.touched) == 1 else []
    return Reply(
        f"{reply.text}\n{tail}",
        rows(*undo) if turn.has_buttons else (),
        question=Question("evidence", {"reports": reports}),
        about="report",
        about_id=reports[0],
        about_data={"assignments": list(reply.touched)},
        notice=reply.text,
        touched=reply.touched,
    )


def pressed(turn: Turn, args: list[str]) -> Reply:
    """The button "Xong n"."""
    return report(turn, [int(args[0])], "", [])


def which(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The number that was asked for; several for a report."""
    from bot.commands import table

    intent = understand(text, frozenset(i.n for i in turn.items))
    named = intent.kind == "order" and intent.name == kept["name"] and not intent.doubt
    if not intent.numbers or not (named or intent.kind == "digits"):
        return None
    numbers = intent.numbers
    opened(turn, close=True)
    mine = {i.n: i.assignment_id for i in turn.items}
    if missing := [n for n in numbers if n not in mine]:
        raise Refused("no_such_number", n=missing[0])
    chosen = [mine[n] for n in numbers]
    if kept["name"] == "done":
        words = " ".join(part for part in (kept.get("rest", ""), intent.rest) if part)
        return report(turn, chosen, words, list(dict.fromkeys([*kept.get("files", []), *file_ids(turn)])))
    return table.on_items(turn, kept["name"], chosen, kept)


def sure(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """Yes or no to "Có phải đồng chí muốn báo cáo …?"."""
    intent = understand(text)
    asked = opened(turn)
    if intent.kind == "digits" and asked is not None and dialogues.overtaken(turn.session, asked):
        return None  # the digit may be a number of the reminder that has come since
    if (
        intent.kind == "yes"
        or fold(text).strip(" .") in ALREADY
        or (intent.kind == "digits" and intent.numbers == (1,))
    ):
        opened(turn, close=True)
        return report(turn, list(kept["ids"]), kept["text"], list(kept["files"]))
    if intent.kind == "no" or (intent.kind == "digits" and intent.numbers == (2,)):
        opened(turn, close=True)
        return Reply(turn.say("done.left"))
    return None


def _sure(turn: Turn, files: list[int]) -> Reply:
    """A report is understood but not sure: say it back and let the person say yes."""
    intent = turn.intent
    mine = turn.numbered(NumberUse.ACT)
    ids = [mine[n] for n in intent.numbers if n in mine]
    if not ids:
        if intent.named:
            raise Refused("no_such_number", n=intent.named[0])
        return choose(turn, "done", NumberUse.ACT, files=files)
    numbers = {assignment: n for n, assignment in mine.items()}
    listed = [item(turn.say, one, numbers[one.id], turn.today) for one in entries(turn.session, ids)]
    unknown = [turn.say("done.unknown_numbers", ns=", ".join(map(str, intent.named)))] if intent.named else []
    ask = turn.say("done.sure_one" if len(ids) == 1 else "done.sure_many", ns=", ".join(str(numbers[i]) for i in ids))
    buttons = rows(Button(turn.say("button.yes"), "yes"), Button(turn.say("button.no"), "no"))
    data = {"ids": ids, "text": intent.rest, "files": files}
    text = "\n".join([*unknown, ask, *listed])
    return Reply(text if turn.has_buttons else f"{text}\n{turn.say('ask.yes_no')}", buttons if turn.has_buttons else (),
                 question=Question("sure", data))  # fmt: skip


def _not_done(turn: Turn) -> Reply:
    """Nothing is reported; say how it stands and what helps."""
    mine = turn.numbered(NumberUse.ACT)
    numbers = {assignment: n for n, assignment in mine.items()}
    named = [mine[n] for n in turn.intent.numbers if n in mine]
    listed = entries(turn.session, named or list(mine.values())[:5])
    key = "done.question" if turn.intent.doubt == "question" else "done.not_yet"
    text = "\n".join([turn.say(key), *(item(turn.say, one, numbers[one.id], turn.today) for one in listed)])
    if len(named) != 1 or not turn.has_buttons:
        return Reply(f"{text}\n{turn.say('done.more_time')}" if listed else turn.say("tasks.none"))
    only = listed[0]
    buttons = [
        Button(turn.say("button.done_n", n=numbers[only.id]), f"done:{only.id}"),
        Button(turn.say("button.extend"), f"extend:{only.id}"),
        Button(turn.say("button.snooze"), f"snooze:{only.id}"),
    ]
    return Reply(text, rows(*buttons, wide=3))


__all__ = ["done", "due", "pressed", "report", "sure", "which"]

"""What the reader left out of a draft: each passage is shown whole, to be made a task or left; tasks typed in by the admin."""

from __future__ import annotations

import re

from bot.channels.base import Button
from bot.commands.draft import draft_of, screen
from bot.reply import Question, Reply, rows
from bot.shorten import block
from bot.turn import Turn
from letters.clauses.passage import as_tasks
from models import draft_passages
from models.directives import Draft
from models.draft_changes import reading_of, remember, stand_of
from models.errors import Refused
from models.reading import Doubt, ReadTask, Span

SHOWN = 1200
"""Characters of a passage on its page."""
LONGEST_TASK = 6000
"""Characters; an annex is no task as a whole."""


def pressed(turn: Turn, draft_id: int, what: str, start: int) -> Reply:
    """ "d:<draft>:unread:<n>" shows the n-th passage, "take" and "skip" the one that begins at `start`, "add" asks for words."""
    draft = draft_of(turn, draft_id)
    if what == "unread":
        return passage(turn, draft_id, start)
    if what == "add":
        return Reply(turn.say("unread.ask"), question=Question("draft", {"draft": draft_id, "what": "add", "task": 0}))
    reading = reading_of(draft)
    doubt = draft_passages.passage_at(reading, start)
    left = draft_passages.left_out(reading)
    if what == "skip":
        draft_passages.leave_out(turn.session, turn.now, draft, start)
        notice = turn.say("unread.skipped")
        return (
            passage(turn, draft_id, left.index(doubt), notice)
            if len(left) > 1
            else screen(turn, draft_id, 0, notice=notice)
        )
    assert doubt.span is not None
    return _added(turn, draft, reading.text[slice(*doubt.span)], doubt.span)


def passage(turn: Turn, draft_id: int, n: int, notice: str = "") -> Reply:
    """One of the passages left, what may be done about it, and the way to the next."""
    reading = reading_of(draft_of(turn, draft_id))
    left = draft_passages.left_out(reading)
    if not left:
        return screen(turn, draft_id, 0)
    doubt = left[n % len(left)]
    assert doubt.span is not None
    say, key, start = turn.say, f"d:{draft_id}", doubt.span[0]
    words = reading.text[slice(*doubt.span)]
    head = say("unread.head", n=n % len(left) + 1, of=len(left))
    lines = [notice, head, f"“{block(_joined(words), SHOWN)}”", doubt.reason(say.language)]
    whole = _may_be_task(doubt, words)
    buttons = [Button(say("button.take"), f"{key}:take:{start}") if whole else Button(say("button.add"), f"{key}:add")]
    buttons.append(Button(say("button.skip"), f"{key}:skip:{start}"))
    buttons += [Button(say("button.next_passage"), f"{key}:unread:{(n + 1) % len(left)}")] if len(left) > 1 else []
    back = Button(say("button.back"), f"{key}:p:0")
    return Reply("\n".join(filter(None, lines)), rows(*buttons, back), replace=turn.incoming.kind == "button")


def heard(turn: Turn, draft: Draft, text: str) -> Reply:
    """The words of a task the reader did not find, as the admin types or pastes them."""
    return _added(turn, draft, block(text, LONGEST_TASK), (0, 0))


def _added(turn: Turn, draft: Draft, words: str, span: Span) -> Reply:
    from bot.commands.draft_task import page as task_page

    reading = reading_of(draft)
    made = as_tasks(
        words, span, addressed=reading.recipients, speaker=reading.issuer, issued=reading.issued or turn.today
    )
    if not any(_orders(task) for task, _ in made):
        raise Refused("task_empty")
    before = stand_of(draft)
    places = [draft_passages.add_task(turn.session, turn.now, draft, task, codes) for task, codes in made]
    remember(draft, before)  # what one message added goes at one press
    turn.session.add(draft)
    if len(places) > 1:
        return screen(turn, draft.id or 0, 0, notice=turn.say("unread.added_many", n=len(places)))
    return task_page(turn, draft.id or 0, places[0], notice=turn.say("unread.added"))


def _orders(task: ReadTask) -> bool:
    """Whether there is more than a deadline: a day typed for another question is no task."""
    return re.search(r"[^\W\d]{2}", task.text.replace(task.deadline.phrase or "\0", "")) is not None


def _may_be_task(doubt: Doubt, words: str) -> bool:
    return doubt.code != "annex_unread" and len(words) <= LONGEST_TASK


def _joined(words: str) -> str:
    return "\n".join(line for line in (" ".join(line.split()) for line in words.split("\n")) if line)

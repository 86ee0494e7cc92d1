"""Correcting a draft by buttons: a task's deadline, its units, dropping, splitting, joining; the letter's number and day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.channels.base import Button
from bot.commands import continuing, draft_head, draft_task, unread
from bot.commands.draft import created, draft_of, screen, when
from bot.commands.draft_clock import clock_instant, town_is_empty
from bot.commands.draft_marks import changed, mark, outdated, stamp
from bot.commands.evidence import opened
from bot.lines import clause_name
from bot.reply import Question, Reply, rows
from bot.shorten import block, line
from bot.turn import Turn
from models import draft_changes, draft_passages, drafts, load_plan
from models.directives import Draft, DraftState
from models.errors import Refused

OF_A_TASK = {"due", "lead", "co", "start", "unit", "drop", "split", "merge", "seen"}
"""What changes the task a button stood under."""


def pressed(turn: Turn, args: list[str]) -> Reply:
    """ "d:<draft>:<what>[:<task>[…]:<mark>]"; the draft must still be this admin's, the task the one that was shown."""
    draft_id, what, *more = int(args[0]), args[1], *args[2:]
    if what == "reopen":
        return _reopened(turn, draft_id)
    draft_of(turn, draft_id)
    _leave_question(turn)
    if what == "before":
        return _taken_back(turn, draft_id, more)
    k = int(more[0]) if more else 0
    shown = more[-1] if len(more) > 1 else ""
    stale = what in OF_A_TASK or (what == "t" and shown)  # "sửa 5" names the task of now
    if stale and (now := outdated(turn, draft_id, k, shown, what)):
        return now
    match what:
        case "ok":
            return created(turn, draft_id)
        case "no":
            drafts.cancel_draft(turn.session, turn.now, draft_of(turn, draft_id))
            again = Button(turn.say("button.reopen"), f"d:{draft_id}:reopen")
            return Reply(turn.say("draft.cancelled"), rows(again), replace=True)
        case "p":
            return screen(turn, draft_id, k)
        case "fix":
            return draft_task.pick(turn, draft_id, k)
        case "t":
            return draft_task.page(turn, draft_id, k)
        case "at":
            return screen(turn, draft_id, 0, task=k)
        case "head":
            return draft_head.page(turn, draft_id)
        case "headseen":
            return draft_head.seen(turn, draft_id)
        case "history":
            return draft_head.history(turn, draft_id, bool(k))
        case "unread" | "take" | "skip" | "add":
            return unread.pressed(turn, draft_id, what, k)
        case "more":
            return continuing.more(turn, draft_id)
        case "join":
            return continuing.join(turn, draft_id, k)
        case "seen":
            draft_passages.settle_task(turn.session, turn.now, draft_of(turn, draft_id), k)
            return screen(turn, draft_id, 0, notice=turn.say("draft.seen"), task=k)
        case "number" | "date" | "issuer" | "contact" | "due" | "lead" | "co" | "start":
            return _ask(turn, draft_id, what, k)
        case "unit":
            return draft_task.set_units(turn, draft_id, more[1], k, [int(more[2])])
        case "drop" | "split" | "merge":
            return _reshape(turn, draft_id, what, k)
        case _:
            raise Refused("button_old")


def _reopened(turn: Turn, draft_id: int) -> Reply:
    """ "Huỷ" stands beside the other choices: what was corrected until then is not lost by a slip."""
    draft = turn.session.get(Draft, draft_id)
    if draft is None or draft.person_id != turn.me:
        raise Refused("draft_gone")
    if draft.state != DraftState.PENDING:
        drafts.reopen_draft(turn.session, turn.now, draft)
    return screen(turn, draft_id, 0)


def _taken_back(turn: Turn, draft_id: int, shown: list[str]) -> Reply:
    """Only the correction the button was offered for."""
    draft = draft_of(turn, draft_id)
    if shown != [stamp(draft)]:
        return changed(turn, draft_id)
    draft_changes.take_back(turn.session, turn.now, draft)
    return screen(turn, draft_id, 0, notice=turn.say("draft.taken_back"))


def _leave_question(turn: Turn) -> None:
    """What was asked before the press is answered no more: a day typed later would go to the task that stands there then."""
    asked = opened(turn)
    if asked is not None and asked.kind == "draft":
        opened(turn, close=True)


def heard(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The answer to what a correction asked."""
    if not text.strip():
        return None
    left = turn.session.get(Draft, int(kept["draft"]))
    if (
        left is None or left.state != DraftState.PENDING
    ):  # made or cancelled by button meanwhile: no answer to it any more
        opened(turn, close=True)
        return None
    draft = draft_of(turn, int(kept["draft"]))
    what, k = str(kept["what"]), int(kept["task"])
    if what == "add":
        reply = unread.heard(turn, draft, turn.incoming.text)
        opened(turn, close=True)
        return reply
    if what not in draft_head.FIELDS:
        if now := outdated(turn, draft.id or 0, k, str(kept.get("mark", ""))):
            opened(turn, close=True)
            return now
        return draft_task.heard(turn, draft, what, k, text)
    draft_head.heard(turn, draft, what, text)
    opened(turn, close=True)
    return screen(turn, draft.id or 0, 0, notice=turn.say("draft.corrected"), replace=False)


def clock(turn: Turn, args: list[str]) -> Reply:
    """The simulated date was set to the day of issue before this transaction began; show the letter as of then."""
    return screen(turn, int(args[0]), 0, notice=turn.say("draft.clock_set", day=turn.today))


async def set_clock(db: Any, channel: Any, context: Any, incoming: Any, plan: Any) -> None:
    """The slow part of the clock button: only for this admin's own draft, only in an empty simulated town."""
    draft_id = int(incoming.button_data.split(":")[1])

    def wanted(session: Any) -> Any:
        draft = session.get(Draft, draft_id)
        if draft is None or draft.state != DraftState.PENDING or draft.person_id != plan.person_id:
            return None
        if not town_is_empty(session):
            return None
        return drafts.reading_of(draft).issued

    day = await db.read(wanted) if context.simulated and context.set_clock else None
    if day is None:
        raise Refused("clock_not_now")
    await context.set_clock(clock_instant(day))


def _ask(turn: Turn, draft_id: int, what: str, k: int) -> Reply:
    tasks = drafts.reading_of(draft_of(turn, draft_id)).tasks
    of_task = {"mark": mark(tasks, k)} if what not in draft_head.FIELDS else {}
    question = Question("draft", {"draft": draft_id, "what": what, "task": k, **of_task})
    return Reply(f"{turn.say(f'draft.ask_{what}', n=k + 1)} {turn.say('draft.ask_stop')}", question=question)


def back(turn: Turn, kept: dict[str, Any]) -> Reply:
    """ "thôi" to what a correction asked: the page it was asked from."""
    draft_id, what = int(kept["draft"]), str(kept["what"])
    if what in draft_head.FIELDS:
        return draft_head.page(turn, draft_id)
    if what == "add":
        return screen(turn, draft_id, 0)
    k = int(kept["task"])
    return outdated(turn, draft_id, k, str(kept.get("mark", ""))) or draft_task.page(turn, draft_id, k)


def _reshape(turn: Turn, draft_id: int, what: str, k: int) -> Reply:
    draft = draft_of(turn, draft_id)
    tasks = drafts.reading_of(draft).tasks
    if not 0 <= k < len(tasks):
        raise Refused("task_unknown")
    if what == "split":
        parts = drafts.split_points(tasks[k].text)
        return draft_task.split(turn, draft, k, parts) if len(parts) > 1 else _ask_parts(turn, draft_id, k)
    if what == "drop":
        drafts.drop_task(turn.session, turn.now, draft, k)
        named = f"{clause_name(turn.say, tasks[k].clause)}: {tasks[k].text}"
        return screen(turn, draft_id, 0, notice=turn.say("draft.dropped", n=k + 1, words=line(named, 90)), task=k)
    planned = load_plan.plan(turn.session, turn.now, draft).tasks[k - 1 : k + 1]
    drafts.merge_tasks(turn.session, turn.now, draft, k - 1, k)
    notice = turn.say("draft.merged", n=k + 1, into=k)
    kept, lost = (when(turn.say, task.deadline) for task in planned)
    if kept != lost and all(task.deadline.kind != "none" for task in planned):  # else the one there is holds for both
        notice += " " + turn.say("draft.merged_deadline", kept=kept, lost=lost)
    return screen(turn, draft_id, 0, notice=notice, task=k - 1)


def _ask_parts(turn: Turn, draft_id: int, k: int) -> Reply:
    """No semicolon and no second sentence: the admin says where it parts, from its words ready to be copied."""
    asked = _ask(turn, draft_id, "split", k)
    words = drafts.reading_of(draft_of(turn, draft_id)).tasks[k].text
    return replace(asked, text=f"{asked.text}\n{block(words, 1200)}")

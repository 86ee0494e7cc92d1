"""Correcting a draft by buttons: a task's deadline, its units, dropping, splitting, joining; the letter's number and day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.arguments import take_day
from bot.channels.base import Button
from bot.commands import draft_head, unread
from bot.commands.draft import clock_instant, created, draft_of, screen, unit_names, when
from bot.commands.evidence import opened
from bot.commands.finding import named_units
from bot.lines import clause_name, clause_short
from bot.reply import Question, Reply, rows
from bot.shorten import block, line
from bot.texts import Say
from bot.turn import Turn
from bot.words import fold
from models import draft_passages, drafts, load_plan
from models.directives import Draft, DraftState
from models.errors import Refused
from models.reading import ReadDeadline
from models.register import Register

TASKS_SHOWN = 24
HOUR = re.compile(r"\b(\d{1,2})\s*(?:h|giờ|gio|:)(\d{2})?(?![\d/])", re.IGNORECASE)
NO_DEADLINE = ("khong", "khong thoi han", "khong co thoi han", "none", "no deadline")


def pressed(turn: Turn, args: list[str]) -> Reply:
    """ "d:<draft>:<what>[:<task>]"; the draft must still be this admin's."""
    draft_id, what, *more = int(args[0]), args[1], *args[2:]
    draft_of(turn, draft_id)
    k = int(more[0]) if more else 0
    match what:
        case "ok":
            return created(turn, draft_id)
        case "no":
            drafts.cancel_draft(turn.session, turn.now, draft_of(turn, draft_id))
            return Reply(turn.say("draft.cancelled"), replace=True)
        case "p":
            return screen(turn, draft_id, k)
        case "fix":
            return _pick_task(turn, draft_id, k)
        case "t":
            return task_page(turn, draft_id, k)
        case "head":
            return draft_head.page(turn, draft_id)
        case "headseen":
            return draft_head.seen(turn, draft_id)
        case "history":
            return draft_head.history(turn, draft_id, bool(k))
        case "unread" | "take" | "skip" | "add":
            return unread.pressed(turn, draft_id, what, k)
        case "seen":
            draft_passages.settle_task(turn.session, turn.now, draft_of(turn, draft_id), k)
            return screen(turn, draft_id, 0, notice=turn.say("draft.seen"))
        case "number" | "date" | "issuer" | "contact" | "due" | "lead" | "co" | "start":
            return _ask(turn, draft_id, what, k)
        case "unit":
            return _set_units(turn, draft_id, more[1], k, [int(more[2])])
        case "drop" | "split" | "merge":
            return _reshape(turn, draft_id, what, k)
        case _:
            raise Refused("button_old")


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
    if what in ("lead", "co"):
        return _units_named(turn, draft, what, k, text)
    if what == "add":
        reply = unread.heard(turn, draft, turn.incoming.text)
        opened(turn, close=True)
        return reply
    if what in draft_head.FIELDS:
        draft_head.heard(turn, draft, what, text)
    else:
        _set_day(turn, draft, what, k, text)
    opened(turn, close=True)
    return screen(turn, draft.id or 0, 0, notice=turn.say("draft.corrected"), replace=False)


def clock(turn: Turn, args: list[str]) -> Reply:
    """The simulated date was set to the day of issue before this transaction began; show the letter as of then."""
    return screen(turn, int(args[0]), 0, notice=turn.say("draft.clock_set", day=turn.today))


async def set_clock(db: Any, channel: Any, context: Any, incoming: Any, plan: Any) -> None:
    """The slow part of the clock button: only for this admin's own draft, only in an empty simulated town."""
    from bot.commands.draft import town_is_empty

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


def _pick_task(turn: Turn, draft_id: int, start: int) -> Reply:
    tasks = drafts.reading_of(draft_of(turn, draft_id)).tasks
    shown = range(start, min(start + TASKS_SHOWN, len(tasks)))
    buttons = [
        Button(str(k + 1) if turn.has_buttons else _label(turn, draft_id, k), f"d:{draft_id}:t:{k}") for k in shown
    ]
    on = [Button(turn.say("button.next"), f"d:{draft_id}:fix:{start + TASKS_SHOWN}")] if len(tasks) > shown.stop else []
    more = Button(turn.say("button.add"), f"d:{draft_id}:add")
    back = Button(turn.say("button.back"), f"d:{draft_id}:p:0")
    return Reply(turn.say("draft.which_task"), (*rows(*buttons, wide=6), *rows(*on, more, back)), replace=True)


def _label(turn: Turn, draft_id: int, k: int) -> str:
    task = drafts.reading_of(draft_of(turn, draft_id)).tasks[k]
    return line(f"{clause_short(turn.say, task.clause)} – {task.text}", 60)


def task_page(turn: Turn, draft_id: int, k: int, notice: str = "") -> Reply:
    """One task whole, with what can be changed."""
    plan = load_plan.plan(turn.session, turn.now, draft_of(turn, draft_id))
    if not 0 <= k < len(plan.tasks):
        raise Refused("task_unknown")
    task = plan.tasks[k]
    say, key = turn.say, f"d:{draft_id}"
    lines = [
        *([notice] if notice else []),
        say("draft.task", n=k + 1, clause=clause_name(say, task.task.clause)),
        block(task.task.text, 1200),
        say("draft.lead", units=_named(say, plan, task.leads) or say("draft.nobody")),
        say("draft.coordinate", units=_named(say, plan, task.coordinators) or "–"),
        when(say, task.deadline),
        *(f"• {line(unit.note, 160)}" for unit in task.leads[:5] if unit.note),
        *(f"? {doubt.sentence(say.language)}" for doubt in task.doubts),
    ]
    offered = [
        Button(
            line(plan.unit_names.get(unit, "?"), 40),
            f"{key}:unit:{k}:{'co' if d.field.endswith('coordinate') else 'lead'}:{unit}",
        )
        for d in task.doubts
        for unit in d.candidates[:4]
    ]
    buttons = [Button(say(f"button.{what}"), f"{key}:{what}:{k}") for what in ("due", "lead", "co", "drop", "split")]
    if task.deadline.kind == "relative":
        buttons.append(Button(say("button.start"), f"{key}:start:{k}"))
    if k:
        buttons.append(Button(say("button.merge"), f"{key}:merge:{k}"))
    if plan.reading.doubts_of(f"tasks[{k}]"):
        buttons.append(Button(say("button.seen"), f"{key}:seen:{k}"))
    back = Button(say("button.back"), f"{key}:p:0")
    shown = (*rows(*offered), *rows(*buttons, back))
    return Reply("\n".join(lines), shown, replace=turn.incoming.kind == "button")


def _named(say: Say, plan: load_plan.LoadPlan, units: Sequence[load_plan.PlannedUnit]) -> str:
    names = unit_names(plan, [unit.unit_id for unit in units], 8)
    return names + say("draft.count", n=len(units)) if len(units) > 8 else names


def _ask(turn: Turn, draft_id: int, what: str, k: int) -> Reply:
    question = Question("draft", {"draft": draft_id, "what": what, "task": k})
    return Reply(turn.say(f"draft.ask_{what}", n=k + 1), question=question)


def _set_day(turn: Turn, draft: Draft, what: str, k: int, text: str) -> None:
    day, _ = take_day(text, turn.today)
    if what == "start":
        if day is None:
            raise Refused("date_unclear")
        drafts.set_start(turn.session, turn.now, draft, k, day)
        return
    if day is None and fold(text).strip(" .") not in NO_DEADLINE:
        raise Refused("date_unclear")
    hour = HOUR.search(text)
    at = f"{int(hour.group(1)):02d}:{hour.group(2) or '00'}" if day and hour and int(hour.group(1)) < 24 else None
    deadline = ReadDeadline(kind="date", due=day, time=at) if day else ReadDeadline()
    drafts.set_deadline(turn.session, turn.now, draft, k, deadline)


def _units_named(turn: Turn, draft: Draft, what: str, k: int, text: str) -> Reply:
    """Names as typed → units; a near tie is offered as buttons, nothing is guessed."""
    register = Register.load(turn.session)
    if fold(text).strip(" .") in NO_DEADLINE and what == "co":
        opened(turn, close=True)
        return _set_units(turn, draft.id or 0, what, k, [])
    found = named_units(turn, text, register)
    if found.doubts or not found.units:
        candidates = found.candidates[:8]
        sentences = [doubt.sentence(turn.say.language) for doubt in found.doubts] or [turn.say("draft.no_unit")]
        names = {unit_id: unit.name for unit_id, unit in register.units.items()}
        buttons = [
            Button(line(names.get(unit, "?"), 60), f"d:{draft.id}:unit:{k}:{what}:{unit}") for unit in candidates
        ]
        asked = (
            Question("draft", {"draft": draft.id, "what": what, "task": k}) if turn.has_buttons or not buttons else None
        )
        return Reply("\n".join([*sentences, turn.say("draft.name_again")]), rows(*buttons, wide=1), question=asked)
    opened(turn, close=True)
    return _set_units(turn, draft.id or 0, what, k, list(found.unit_ids))


def _set_units(turn: Turn, draft_id: int, what: str, k: int, ids: list[int]) -> Reply:
    draft = draft_of(turn, draft_id)
    units = Register.load(turn.session).units
    if any(i not in units for i in ids):
        raise Refused("unit_gone")
    setter = drafts.set_lead if what == "lead" else drafts.set_coordinators
    setter(turn.session, turn.now, draft, k, ids, [units[i].name for i in ids])
    return screen(turn, draft_id, 0, notice=turn.say("draft.corrected"))


def _reshape(turn: Turn, draft_id: int, what: str, k: int) -> Reply:
    draft = draft_of(turn, draft_id)
    if what == "drop":
        drafts.drop_task(turn.session, turn.now, draft, k)
    elif what == "merge":
        drafts.merge_tasks(turn.session, turn.now, draft, k - 1, k)
    else:
        tasks = drafts.reading_of(draft).tasks
        if not 0 <= k < len(tasks):
            raise Refused("task_unknown")
        drafts.split_task(turn.session, turn.now, draft, k, drafts.split_points(tasks[k].text))
    return screen(turn, draft_id, 0, notice=turn.say("draft.corrected"))

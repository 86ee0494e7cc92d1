"""One task of a draft: which one, its page, and the answers to what a correction asked: when, who, in which parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.arguments import take_day
from bot.channels.base import Button
from bot.commands.draft import draft_of, screen, unit_names, when
from bot.commands.evidence import opened
from bot.commands.finding import named_units
from bot.lines import clause_name
from bot.reply import Question, Reply, rows
from bot.shorten import block, line
from bot.texts import Say
from bot.turn import Turn
from bot.words import fold
from letters.times.deadlines import find
from models import drafts, load_plan
from models.directives import Draft
from models.errors import Refused
from models.reading import ReadDeadline
from models.register import Register

TASKS_SHOWN = 24
HOUR = re.compile(r"\b(\d{1,2})\s*(?:h|giờ|gio|:)(\d{2})?(?![\d/])", re.IGNORECASE)
ASSUMED = {"period_cutoff", "relative_start"}
"""Doubts of the reader that words typed in may leave: the screen shows what came of them."""
NO_DEADLINE = ("khong", "khong thoi han", "khong co thoi han", "none", "no deadline")
COUNTED_FROM = re.compile(r"\b(?:ke|tinh)\s+tu\b")
LIMITS = ("trong ", "ngày ", "trong vòng ", "đến ")
"""What a clerk leaves out of a letter's phrase: "quý IV/2026", "20 hằng tháng", "10 ngày kể từ ngày ký", "hết năm nay"."""


def pick(turn: Turn, draft_id: int, start: int) -> Reply:
    """Which task, 24 at a time: each with its clause and first words, as the screen with them may be gone."""
    tasks = drafts.reading_of(draft_of(turn, draft_id)).tasks
    shown = range(start, min(start + TASKS_SHOWN, len(tasks)))
    longest = 80 if turn.has_buttons else 60  # 24 of them and the other choices in one message of Zalo
    named = [line(f"{clause_name(turn.say, tasks[k].clause)}: {tasks[k].text}", longest) for k in shown]
    labels = [str(k + 1) for k in shown] if turn.has_buttons else [_label(turn.say, k, named[k - start]) for k in shown]
    buttons = [Button(label, f"d:{draft_id}:t:{k}") for k, label in zip(shown, labels, strict=True)]
    on = [Button(turn.say("button.next"), f"d:{draft_id}:fix:{start + TASKS_SHOWN}")] if len(tasks) > shown.stop else []
    more = Button(turn.say("button.add"), f"d:{draft_id}:add")
    back = Button(turn.say("button.back"), f"d:{draft_id}:p:0")
    lines = [f"{k + 1}) {words}" for k, words in zip(shown, named, strict=True)] if turn.has_buttons else []
    return Reply(
        "\n".join([turn.say("draft.which_task"), *lines]),
        (*rows(*buttons, wide=6), *rows(*on, more, back)),
        replace=True,
    )


def _label(say: Say, k: int, words: str) -> str:
    """From the second page on the choice's number is no longer the task's."""
    return words if k < TASKS_SHOWN else f"{say('draft.task_n', n=k + 1)}, {words}"


def page(turn: Turn, draft_id: int, k: int, notice: str = "") -> Reply:
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


def heard(turn: Turn, draft: Draft, what: str, k: int, text: str) -> Reply:
    """The day, the units or the parts of a task. Raises Refused: date_unclear, not_relative, split_unclear."""
    if what in ("lead", "co"):
        return _units_named(turn, draft, what, k, text)
    if what == "split":
        return split(turn, draft, k, parts_of(turn.incoming.text))
    day, _ = take_day(text, turn.today)
    if what != "start":
        issued = drafts.reading_of(draft).issued or turn.today
        drafts.set_deadline(turn.session, turn.now, draft, k, limit(text, issued=issued, today=turn.today))
    elif day is None:
        raise Refused("date_unclear")
    else:
        drafts.set_start(turn.session, turn.now, draft, k, day)
    return fixed(turn, draft.id or 0, k)


def fixed(turn: Turn, draft_id: int, k: int) -> Reply:
    """The screen where the corrected task stands on it."""
    opened(turn, close=turn.incoming.kind == "message")
    return screen(turn, draft_id, 0, notice=turn.say("draft.corrected_task", n=k + 1), task=k)


def limit(text: str, *, issued: date, today: date) -> ReadDeadline:
    """A deadline as people type it: a bare day, or a letter's words ("trước ngày 20 hằng tháng", "hết quý IV").

    Raises Refused("date_unclear").
    """
    if fold(text).strip(" .") in NO_DEADLINE:
        return ReadDeadline()
    if found := _phrase(text, issued):
        return found
    counted = COUNTED_FROM.search(fold(text))
    day = None if counted else take_day(text, today)[0]
    if day is not None:
        hour = HOUR.search(text)
        at = f"{int(hour.group(1)):02d}:{hour.group(2) or '00'}" if hour and int(hour.group(1)) < 24 else None
        return ReadDeadline(kind="date", due=day, time=at)
    for opening in LIMITS:
        if found := _phrase(opening + text, issued):
            return found
    raise Refused("date_unclear")


def _phrase(text: str, issued: date) -> ReadDeadline | None:
    """What the reader makes of the words, where it is one limit and nothing but its period's bounds is assumed."""
    found = find(text, issued)
    if len(found) != 1 or not set(found[0].doubts) <= ASSUMED:
        return None
    deadline = found[0].deadline
    return deadline if deadline.kind != "date" or deadline.due else None


def parts_of(text: str) -> list[str]:
    """A part to a line, else parted by semicolons."""
    lines = [part.strip(" -–•;") for part in text.split("\n")]
    parts = [part for part in lines if re.search(r"\w", part)]
    return parts if len(parts) > 1 else [part.strip() for part in text.split(";") if re.search(r"\w", part)]


def split(turn: Turn, draft: Draft, k: int, parts: list[str]) -> Reply:
    """Each part a task. Raises Refused("split_unclear")."""
    drafts.split_task(turn.session, turn.now, draft, k, parts)
    opened(turn, close=turn.incoming.kind == "message")
    notice = turn.say("draft.split_done", n=len(parts), first=k + 1, last=k + len(parts))
    return screen(turn, draft.id or 0, 0, notice=notice, task=k)


def _units_named(turn: Turn, draft: Draft, what: str, k: int, text: str) -> Reply:
    """Names as typed → units; a near tie is offered as choices, nothing is guessed."""
    register = Register.load(turn.session)
    if fold(text).strip(" .") in NO_DEADLINE and what == "co":
        return set_units(turn, draft.id or 0, what, k, [])
    found = named_units(turn, text, register)
    if found.doubts or not found.units:
        sentences = [doubt.sentence(turn.say.language) for doubt in found.doubts] or [turn.say("draft.no_unit")]
        names = {unit_id: unit.name for unit_id, unit in register.units.items()}
        buttons = [
            Button(line(names.get(unit, "?"), 60), f"d:{draft.id}:unit:{k}:{what}:{unit}")
            for unit in found.candidates[:8]
        ]
        question = Question("draft", {"draft": draft.id, "what": what, "task": k})
        again = turn.say("draft.name_again" if buttons else "draft.name_better")
        return Reply("\n".join([*sentences, again]), rows(*buttons, wide=1), question=question)
    return set_units(turn, draft.id or 0, what, k, list(found.unit_ids))


def set_units(turn: Turn, draft_id: int, what: str, k: int, ids: list[int]) -> Reply:
    """Who leads or coordinates from now on. Raises Refused("unit_gone")."""
    draft = draft_of(turn, draft_id)
    units = Register.load(turn.session).units
    if any(i not in units for i in ids):
        raise Refused("unit_gone")
    setter = drafts.set_lead if what == "lead" else drafts.set_coordinators
    setter(turn.session, turn.now, draft, k, ids, [units[i].name for i in ids])
    return fixed(turn, draft_id, k)


__all__ = ["HOUR", "NO_DEADLINE", "fixed", "heard", "limit", "page", "parts_of", "pick", "set_units", "split"]

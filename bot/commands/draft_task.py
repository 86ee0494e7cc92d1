"""One task of a draft: which one, its page, and the answers to what a correction asked: when, who, in which parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.arguments import take_day
from bot.channels.base import Button
from bot.commands.continuing import more_button
from bot.commands.draft import draft_of, screen, unit_names, when
from bot.commands.draft_marks import mark
from bot.commands.evidence import opened
from bot.commands.finding import named_units
from bot.limits import NO_DEADLINE, new_limit
from bot.lines import clause_name
from bot.reply import Question, Reply, rows
from bot.shorten import block, line
from bot.texts import Say
from bot.turn import Turn
from bot.words import fold
from models import drafts, load_plan
from models.directives import Draft
from models.errors import Refused
from models.reading import ReadDeadline
from models.register import Register

TASKS_SHOWN = 24


def pick(turn: Turn, draft_id: int, start: int) -> Reply:
    """Which task, 24 at a time, among them the one at `start`: each with its clause and first words."""
    start = max(0, start) // TASKS_SHOWN * TASKS_SHOWN
    draft = draft_of(turn, draft_id)
    tasks = drafts.reading_of(draft).tasks
    shown = range(start, min(start + TASKS_SHOWN, len(tasks)))
    longest = 80 if turn.has_buttons else 60  # 24 of them and the other choices in one message of Zalo
    named = [line(f"{clause_name(turn.say, tasks[k].clause)}: {tasks[k].text}", longest) for k in shown]
    labels = [str(k + 1) for k in shown] if turn.has_buttons else [_label(turn.say, k, named[k - start]) for k in shown]
    buttons = [Button(label, f"d:{draft_id}:t:{k}:{mark(tasks, k)}") for k, label in zip(shown, labels, strict=True)]
    on = [Button(turn.say("button.before"), f"d:{draft_id}:fix:{start - TASKS_SHOWN}")] if start else []
    on += [Button(turn.say("button.next"), f"d:{draft_id}:fix:{shown.stop}")] if len(tasks) > shown.stop else []
    more = [Button(turn.say("button.add"), f"d:{draft_id}:add"), more_button(turn, draft)]
    back = Button(turn.say("button.back"), f"d:{draft_id}:at:{start}")
    lines = [f"{k + 1}) {words}" for k, words in zip(shown, named, strict=True)] if turn.has_buttons else []
    return Reply(
        "\n".join([turn.say("draft.which_task"), *lines]),
        (*rows(*buttons, wide=6), *rows(*on, *more, back)),
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
    say, key, tasks = turn.say, f"d:{draft_id}", plan.reading.tasks
    end = mark(tasks, k)
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
            f"{key}:unit:{k}:{'co' if d.field.endswith('coordinate') else 'lead'}:{unit}:{end}",
        )
        for d in task.doubts
        for unit in d.candidates[:4]
    ]
    buttons = [
        Button(say(f"button.{what}"), f"{key}:{what}:{k}:{end}") for what in ("due", "lead", "co", "drop", "split")
    ]
    if task.deadline.kind == "relative" and task.deadline.days:
        buttons.append(Button(say("button.start"), f"{key}:start:{k}:{end}"))
    if k:
        buttons.append(Button(say("button.merge"), f"{key}:merge:{k}:{mark(tasks, k, 'merge')}"))
    if plan.reading.doubts_of(f"tasks[{k}]"):
        buttons.append(Button(say("button.seen"), f"{key}:seen:{k}:{end}"))
    back = Button(say("button.back"), f"{key}:at:{k}")
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
        drafts.set_deadline(turn.session, turn.now, draft, k, _limit(turn, draft, k, text))
        made = load_plan.plan(turn.session, turn.now, draft).tasks[k].deadline
        if made.kind == "recurring" and made.due is None:
            raise Refused("period_over")
    elif day is None:
        raise Refused("date_unclear")
    else:
        drafts.set_start(turn.session, turn.now, draft, k, day)
    return fixed(turn, draft.id or 0, k)


def _limit(turn: Turn, draft: Draft, k: int, text: str) -> ReadDeadline:
    """What was typed, of a recurring task also where its periods end."""
    plan = load_plan.plan(turn.session, turn.now, draft)
    task = plan.tasks[k]
    issued = plan.reading.issued or turn.today
    return new_limit(text, of=task.task.deadline, running=task.deadline.due, issued=issued, today=turn.today)


def fixed(turn: Turn, draft_id: int, k: int) -> Reply:
    """The screen where the corrected task stands on it."""
    opened(turn, close=turn.incoming.kind == "message")
    return screen(turn, draft_id, 0, notice=turn.say("draft.corrected_task", n=k + 1), task=k)


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
        end = mark(drafts.reading_of(draft).tasks, k)
        buttons = [
            Button(line(names.get(unit, "?"), 60), f"d:{draft.id}:unit:{k}:{what}:{unit}:{end}")
            for unit in found.candidates[:8]
        ]
        question = Question("draft", {"draft": draft.id, "what": what, "task": k, "mark": end})
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


__all__ = ["fixed", "heard", "page", "parts_of", "pick", "set_units", "split"]

"""Amending or withdrawing a task after it was given out: everyone concerned is told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, func, select

from bot.channels.base import Button
from bot.commands.evidence import opened
from bot.commands.finding import letter_and_task, tasks_of
from bot.limits import new_limit
from bot.lines import clause_name, clause_short, letter_name
from bot.reply import Question, Reply, rows
from bot.shorten import block, line
from bot.texts import written
from bot.turn import Turn
from models import amending
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.directives import Directive, Task, TaskState
from models.errors import Refused
from models.following import house_calendar
from models.reading import ReadDeadline
from models.recurrence import resolve_relative
from models.rights import is_admin

MOST_TASKS = 30


def amend(turn: Turn) -> Reply:
    """ "/sua 709 khoản 2"; a number of the admin's own list names a task too."""
    words = turn.intent.rest.strip()
    if words.isdecimal() and (mine := [item for item in turn.items if item.n == int(words)]):
        return show(turn, turn.session.get_one(Assignment, mine[0].assignment_id).task_id)
    found = letter_and_task(turn, words)
    if found is None:
        raise Refused("amend_how")
    assert found.letter.id is not None
    return show(turn, found.task.id or 0) if found.task else letter(turn, found.letter.id, clause=found.clause)


def pressed(turn: Turn, args: list[str]) -> Reply:
    """ "amend:letter:<id>[:<first>]", "amend:task:<id>", "amend:<what>:<task>"."""
    what, about = args[0], int(args[1])
    if what == "letter":
        return letter(turn, about, int(args[2]) if len(args) > 2 else 0)
    if what == "task":
        return show(turn, about)
    if what not in ("due", "text", "withdraw"):
        raise Refused("button_old")
    task, _ = _task(turn, about)
    question = Question("amend", {"task": task.id, "what": what})
    asked = "ask_period" if what == "due" and task.rrule else f"ask_{what}"
    return Reply(turn.say(f"amend.{asked}", clause=clause_name(turn.say, task.clause)), question=question)


def heard(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The new deadline, the new words, or why it is withdrawn."""
    if not text.strip():
        return None
    task, directive = _task(turn, int(kept["task"]))
    assert task.id is not None
    match kept["what"]:
        case "due":
            made = amending.amend(turn.session, turn.now, turn.me, task.id, **_deadline(turn, task, directive, text))
        case "text":
            made = amending.amend(turn.session, turn.now, turn.me, task.id, text=block(text, 4000))
        case _:
            made = amending.withdraw_task(turn.session, turn.now, turn.me, task.id, block(text, 1000))
    opened(turn, close=True)
    key = "amend.withdrawn" if kept["what"] == "withdraw" else "amend.done"
    clause = turn.say("line.clause", letter=letter_name(turn.say, directive), clause=clause_name(turn.say, task.clause))
    told = turn.say(key, title=clause, n=made.told)
    if kept["what"] == "due":  # what was understood of "mai", "hằng quý"
        told += "\n" + turn.say("amend.deadline", due=_due(turn, task))
    return Reply(told)


def letter(turn: Turn, letter_id: int, start: int = 0, clause: Sequence[Task] = ()) -> Reply:
    """Which of its tasks, thirty at a time; of `clause` alone where one was named."""
    directive = turn.session.get(Directive, letter_id)
    if directive is None or not is_admin(turn.session, turn.now, turn.me):
        raise Refused("no_such_letter", number="")
    tasks = clause or tasks_of(turn.session, directive)
    if not tasks:
        raise Refused("directive_gone")
    shown, say = tasks[start : start + MOST_TASKS], turn.say
    longest = 100 if turn.has_buttons else 55  # thirty of them in one message of Zalo
    named = [line(f"{clause_name(say, task.clause)}: {task.text}", longest) for task in shown]
    labels = [clause_short(say, task.clause) for task in shown] if turn.has_buttons else named
    buttons = [Button(label, f"amend:task:{task.id}") for label, task in zip(labels, shown, strict=True)]
    key, after = f"amend:letter:{letter_id}", start + MOST_TASKS
    turned = [Button(say("button.before"), f"{key}:{max(0, start - MOST_TASKS)}")] if start else []
    turned += [Button(say("button.next"), f"{key}:{after}")] if after < len(tasks) else []
    text = "\n".join([say("amend.which"), *(named if turn.has_buttons else [])])
    return Reply(text, (*rows(*buttons, wide=5), *rows(*turned)), replace=bool(start or turned))


def show(turn: Turn, task_id: int) -> Reply:
    """The task as it stands, with what can be changed."""
    task, directive = _task(turn, task_id)
    text = "\n".join(
        [
            turn.say("line.clause", letter=letter_name(turn.say, directive), clause=clause_name(turn.say, task.clause)),
            block(task.text, 1500),
            turn.say("amend.deadline", due=_due(turn, task)),
        ]
    )
    buttons = [
        Button(turn.say(f"button.amend_{what}"), f"amend:{what}:{task.id}") for what in ("due", "text", "withdraw")
    ]
    return Reply(text, rows(*buttons))


def _deadline(turn: Turn, task: Task, directive: Directive, text: str) -> dict[str, Any]:
    """What to change of the task. Raises Refused as bot.limits does, and date_unclear for days counted from no known day."""
    now = ReadDeadline(
        kind="recurring" if task.rrule else "none", rrule=task.rrule, time=task.due_time, phrase=task.phrase
    )
    issued = directive.issued_on or local_date(directive.loaded_at)
    running = _running(turn, task) if task.rrule else None
    limit = new_limit(text, of=now, running=running, issued=issued, today=turn.today)
    due, none = limit.due, {"due_on": None, "relative_days": None, "starts_on": None}
    if limit.kind == "recurring":
        return {**none, "rrule": limit.rrule, "due_time": limit.time, "phrase": line(limit.phrase or "", 300)}
    if limit.kind == "relative":
        if limit.start is None or limit.relative_days is None:
            raise Refused("date_unclear")
        calendar = house_calendar(turn.session)
        due = resolve_relative(limit.relative_days, limit.working_days, limit.start, calendar)
    if due is None:
        return {**none, "rrule": None, "due_time": None, "phrase": ""}
    return {"due_on": due, "due_time": limit.time}


def _due(turn: Turn, task: Task) -> str:
    """The day; of a recurring task its words, and the period that runs."""
    if task.due_on:
        return " ".join(filter(None, [task.due_time, written(task.due_on)]))
    words = line(task.phrase, 120)
    running = _running(turn, task) if task.rrule else None
    if task.rrule and running:
        return turn.say("amend.recurring", words=words or "–", day=running)
    return words or turn.say("due.none")


def _running(turn: Turn, task: Task) -> date | None:
    """The last day of the period that is open, or was last."""
    of_task = select(func.max(col(Assignment.due_on))).where(
        Assignment.task_id == task.id, col(Assignment.state) != str(AssignmentState.WITHDRAWN)
    )
    return turn.session.exec(of_task).one()


def _task(turn: Turn, task_id: int) -> tuple[Task, Directive]:
    task = turn.session.get(Task, task_id)
    if task is None or task.state != TaskState.ACTIVE:
        raise Refused("task_withdrawn")
    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_admin")
    return task, turn.session.get_one(Directive, task.directive_id)

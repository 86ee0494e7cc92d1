"""Amending or withdrawing a task after it was given out: everyone concerned is told once."""

from __future__ import annotations

from typing import Any

from bot.arguments import take_day
from bot.channels.base import Button
from bot.commands.draft_task import HOUR, NO_DEADLINE
from bot.commands.evidence import opened
from bot.commands.finding import letter_and_task, tasks_of
from bot.lines import clause_name, clause_short, letter_name
from bot.reply import Question, Reply, rows
from bot.shorten import block, line
from bot.texts import written
from bot.turn import Turn
from bot.words import fold
from models import amending
from models.assignments import Assignment
from models.directives import Directive, Task, TaskState
from models.errors import Refused
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
    return show(turn, found.task.id or 0) if found.task else letter(turn, found.letter.id)


def pressed(turn: Turn, args: list[str]) -> Reply:
    """ "amend:letter:<id>", "amend:task:<id>", "amend:<what>:<task>"."""
    what, about = args[0], int(args[1])
    if what == "letter":
        return letter(turn, about)
    if what == "task":
        return show(turn, about)
    if what not in ("due", "text", "withdraw"):
        raise Refused("button_old")
    task, _ = _task(turn, about)
    question = Question("amend", {"task": task.id, "what": what})
    return Reply(turn.say(f"amend.ask_{what}", clause=clause_name(turn.say, task.clause)), question=question)


def heard(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The new deadline, the new words, or why it is withdrawn."""
    if not text.strip():
        return None
    task, directive = _task(turn, int(kept["task"]))
    assert task.id is not None
    match kept["what"]:
        case "due":
            made = amending.amend(turn.session, turn.now, turn.me, task.id, **_deadline(turn, text))
        case "text":
            made = amending.amend(turn.session, turn.now, turn.me, task.id, text=block(text, 4000))
        case _:
            made = amending.withdraw_task(turn.session, turn.now, turn.me, task.id, block(text, 1000))
    opened(turn, close=True)
    key = "amend.withdrawn" if kept["what"] == "withdraw" else "amend.done"
    clause = turn.say("line.clause", letter=letter_name(turn.say, directive), clause=clause_name(turn.say, task.clause))
    told = turn.say(key, title=clause, n=made.told)
    if kept["what"] == "due":  # what was understood of "mai", "thứ sáu"
        due = " ".join(filter(None, [task.due_time, written(task.due_on)])) if task.due_on else turn.say("due.none")
        told += "\n" + turn.say("amend.deadline", due=due)
    return Reply(told)


def letter(turn: Turn, letter_id: int) -> Reply:
    """Which of its tasks."""
    directive = turn.session.get(Directive, letter_id)
    if directive is None or not is_admin(turn.session, turn.now, turn.me):
        raise Refused("no_such_letter", number="")
    tasks = tasks_of(turn.session, directive)[:MOST_TASKS]
    if not tasks:
        raise Refused("directive_gone")
    named = [line(f"{clause_name(turn.say, task.clause)}: {task.text}", 100) for task in tasks]
    labels = [clause_short(turn.say, task.clause) for task in tasks] if turn.has_buttons else named
    buttons = [Button(label, f"amend:task:{task.id}") for label, task in zip(labels, tasks, strict=True)]
    return Reply("\n".join([turn.say("amend.which"), *(named if turn.has_buttons else [])]), rows(*buttons, wide=5))


def show(turn: Turn, task_id: int) -> Reply:
    """The task as it stands, with what can be changed."""
    task, directive = _task(turn, task_id)
    due = written(task.due_on) if task.due_on else line(task.phrase, 80) or turn.say("due.none")
    text = "\n".join(
        [
            turn.say("line.clause", letter=letter_name(turn.say, directive), clause=clause_name(turn.say, task.clause)),
            block(task.text, 1500),
            turn.say("amend.deadline", due=due),
        ]
    )
    buttons = [
        Button(turn.say(f"button.amend_{what}"), f"amend:{what}:{task.id}") for what in ("due", "text", "withdraw")
    ]
    return Reply(text, rows(*buttons))


def _deadline(turn: Turn, text: str) -> dict[str, Any]:
    day, _ = take_day(text, turn.today)
    if day is None:
        if fold(text).strip(" .") in NO_DEADLINE:
            return {"due_on": None, "due_time": None}
        raise Refused("date_unclear")
    hour = HOUR.search(text)
    at = f"{int(hour.group(1)):02d}:{hour.group(2) or '00'}" if hour and int(hour.group(1)) < 24 else None
    return {"due_on": day, "due_time": at}


def _task(turn: Turn, task_id: int) -> tuple[Task, Directive]:
    task = turn.session.get(Task, task_id)
    if task is None or task.state != TaskState.ACTIVE:
        raise Refused("task_withdrawn")
    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_admin")
    return task, turn.session.get_one(Directive, task.directive_id)

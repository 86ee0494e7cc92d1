"""Tasks that were made without a lead, because the register does not know who the letter names: the list, and giving them."""

from __future__ import annotations

from typing import Any

from bot.channels.base import Button
from bot.commands.evidence import opened
from bot.commands.finding import named_units
from bot.lines import clause_name, letter_name
from bot.reply import Question, Reply, rows
from bot.shorten import block, line
from bot.texts import Say, written
from bot.turn import Turn
from models.directives import Directive, Task
from models.errors import Refused
from models.leadless import give_lead, leadless
from models.register import Register
from models.rights import is_admin

SHOWN = 10


def listing(turn: Turn) -> Reply:
    """ "/chuagiao": every task nobody leads yet, the nearest deadline first."""
    return shown(turn, leadless(turn.session))


def of_letter(turn: Turn, letter_id: int) -> Reply:
    """Those of one letter."""
    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_admin")
    return shown(turn, leadless(turn.session, letter_id))


def shown(turn: Turn, found: list[tuple[Task, Directive]], notice: str = "") -> Reply:
    """The list with a button for each."""
    say = turn.say
    if not found:
        return Reply(notice or say("leadless.none"))
    lines = [f"{n}) {_title(say, task, letter)}: {line(task.text, 110)}" for n, (task, letter) in enumerate(found, 1)]
    more = [say("draft.doubts_more_tasks", n=len(found) - SHOWN)] if len(found) > SHOWN else []
    head = [part for part in (notice, say("leadless.list", n=len(found))) if part]
    buttons = [
        Button(str(n) if turn.has_buttons else line(_title(say, task, letter), 60), f"leadless:{task.id}")
        for n, (task, letter) in enumerate(found[:SHOWN], 1)
    ]
    return Reply("\n".join([*head, *lines[:SHOWN], *more]), rows(*buttons, wide=5))


def pressed(turn: Turn, args: list[str]) -> Reply:
    """ "leadless:all", "leadless:of:<letter>", "leadless:<task>", "leadless:<task>:<unit>"."""
    if args[0] == "all":
        return listing(turn) if is_admin(turn.session, turn.now, turn.me) else of_letter(turn, 0)
    if args[0] == "of":
        return of_letter(turn, int(args[1]))
    task = _task(turn, int(args[0]))
    if len(args) > 1:
        return _given(turn, task, [int(args[1])])
    letter = turn.session.get_one(Directive, task.directive_id)
    say = turn.say
    text = "\n".join(
        [
            _title(say, task, letter),
            block(task.text, 1200),
            say("amend.deadline", due=_due(say, task)),
            say("leadless.ask"),
        ]
    )
    return Reply(text, question=Question("leadless", {"task": task.id}))


def heard(turn: Turn, kept: dict[str, Any], text: str) -> Reply | None:
    """The unit's name; a near tie is offered, nothing is guessed."""
    if not text.strip():
        return None
    task = _task(turn, int(kept["task"]))
    register = Register.load(turn.session)
    found = named_units(turn, text, register)
    if found.doubts or not found.units:
        sentences = [doubt.sentence(turn.say.language) for doubt in found.doubts] or [turn.say("draft.no_unit")]
        buttons = [
            Button(line(register.units[unit].name, 60), f"leadless:{task.id}:{unit}") for unit in found.candidates[:8]
        ]
        text = "\n".join([*sentences, turn.say("draft.name_again")])
        return Reply(text, rows(*buttons, wide=1), question=Question("leadless", {"task": task.id}))
    opened(turn, close=True)
    return _given(turn, task, list(found.unit_ids))


def _given(turn: Turn, task: Task, units: list[int]) -> Reply:
    known = Register.load(turn.session).units
    if any(unit not in known for unit in units):
        raise Refused("unit_gone")
    made = give_lead(turn.session, turn.now, turn.me, task.id or 0, units)
    letter = turn.session.get_one(Directive, task.directive_id)
    names = ", ".join(line(known[unit].name, 60) for unit in units[:3]) + (" …" if len(units) > 3 else "")
    notice = turn.say("leadless.given", title=_title(turn.say, task, letter), units=names, n=len(made))
    if nobody := sum(one.owner_id is None for one in made):
        notice += "\n" + turn.say("draft.unlinked", n=nobody)
    rest = leadless(turn.session)
    return shown(turn, rest, notice) if rest else Reply(notice)


def _due(say: Say, task: Task) -> str:
    return written(task.due_on) if task.due_on else line(task.phrase, 80) or say("due.none")


def _title(say: Say, task: Task, letter: Directive) -> str:
    return say("line.clause", letter=letter_name(say, letter), clause=clause_name(say, task.clause))


def _task(turn: Turn, task_id: int) -> Task:
    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_admin")
    task = turn.session.get(Task, task_id)
    if task is None:
        raise Refused("task_withdrawn")
    return task

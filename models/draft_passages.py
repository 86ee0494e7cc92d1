"""What a draft leaves out: passages that may order something. The admin makes a task of one, or says that it is none.

So does what the admin has looked at and leaves as it is: a doubt that only an eye can settle goes when it was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from models.directives import Draft
from models.draft_changes import TASK_PATH, choose_at, correct, reading_of, without
from models.errors import Refused
from models.reading import Doubt, Reading, ReadTask

ADDED = "bs"
"""Clause labels of tasks an admin added: "bs1", "bs2" (bổ sung)."""


def left_out(reading: Reading) -> list[Doubt]:
    """Doubts about passages that became no task, in the letter's order."""
    found = [doubt for doubt in reading.doubts if doubt.field == "tasks" and doubt.span]
    return sorted(found, key=lambda doubt: doubt.span or (0, 0))


def passage_at(reading: Reading, start: int) -> Doubt:
    """The one that begins there. Raises Refused("passage_gone") when it was dealt with before."""
    for doubt in left_out(reading):
        if doubt.span and doubt.span[0] == start:
            return doubt
    raise Refused("passage_gone")


def leave_out(session: Session, now: datetime, draft: Draft, start: int) -> None:
    """This passage is no task: its doubt goes."""
    gone = passage_at(reading_of(draft), start)
    correct(session, now, draft, [], without(lambda doubt: doubt == gone))


def add_task(session: Session, now: datetime, draft: Draft, task: ReadTask, codes: Sequence[tuple[str, str]]) -> int:
    """One task more, at its place in the letter (span (0, 0): at the end), with the doubts about it; gives its index.

    `codes`: ("lead", "lead_missing"). A passage that begins where it does is dealt with. Raises Refused("task_empty").
    """
    if not task.text.strip():
        raise Refused("task_empty")
    reading = reading_of(draft)
    at = sum(one.span[0] <= task.span[0] for one in reading.tasks) if task.span[1] else len(reading.tasks)
    numbers = [int(one.clause[len(ADDED) :]) for one in reading.tasks if _is_added(one.clause)]
    made = task.model_copy(update={"clause": f"{ADDED}{max(numbers, default=0) + 1}"})
    new = tuple(Doubt(field=f"tasks[{at}].{name}", code=code, span=task.span) for name, code in codes)

    def change(before: Reading) -> Reading:
        tasks = (*before.tasks[:at], made, *before.tasks[at:])
        kept = [_behind(doubt, at) for doubt in before.doubts if not (task.span[1] and _begins(doubt, task.span[0]))]
        return before.model_copy(update={"tasks": tasks, "doubts": (*kept, *new)})

    correct(session, now, draft, [], change)
    choose_at(session, draft, at)
    return at


def settle_task(session: Session, now: datetime, draft: Draft, index: int) -> None:
    """The admin has looked at this task and leaves it as it is."""
    correct(session, now, draft, [f"tasks[{index}]"], lambda reading: reading)


def settle_heading(session: Session, now: datetime, draft: Draft) -> None:
    """The admin has looked at the letter's heading and leaves it as it is."""
    correct(session, now, draft, [], without(lambda doubt: not doubt.field.startswith("tasks")))


def _is_added(clause: str) -> bool:
    return clause.startswith(ADDED) and clause[len(ADDED) :].isdecimal()


def _begins(doubt: Doubt, start: int) -> bool:
    return doubt.field == "tasks" and doubt.span is not None and doubt.span[0] == start


def _behind(doubt: Doubt, at: int) -> Doubt:
    """Doubts of the tasks behind the new one move along."""
    found = TASK_PATH.match(doubt.field)
    if found is None or int(found[1]) < at:
        return doubt
    return doubt.model_copy(update={"field": TASK_PATH.sub(f"tasks[{int(found[1]) + 1}]", doubt.field)})


__all__ = ["add_task", "leave_out", "left_out", "passage_at", "settle_heading", "settle_task"]

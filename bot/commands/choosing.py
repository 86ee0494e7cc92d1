"""Which item is meant, when the message does not say; and the same verb on several items, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.channels.base import Button
from bot.lines import entries, item, title
from bot.refusals import sentence
from bot.reply import Question, Reply, rows
from bot.turn import Turn
from models.assignments import AssignmentState, NumberUse
from models.errors import Refused

MOST = 10
FITTING: dict[str, tuple[AssignmentState, ...]] = {
    "done": (AssignmentState.OPEN, AssignmentState.RECEIVED),
    "received": (AssignmentState.OPEN,),
    "withdraw": (AssignmentState.REPORTED,),
}
"""States in which it makes sense to offer an item for a verb; others: those that wait for the owner."""


def choose(turn: Turn, name: str, use: NumberUse, **kept: Any) -> Reply:
    """Ask which of the person's items `name` is meant for; the answer may be a number or a press."""
    fitting = FITTING.get(name, FITTING["done"]) if use == NumberUse.ACT else None
    mine = turn.numbered(use)
    number = {assignment: n for n, assignment in mine.items()}
    offered = [
        one
        for one in entries(turn.session, mine.values())
        if (fitting is None or one.assignment.state in fitting) and (use != NumberUse.ACT or one.leads)
    ]
    if not offered:
        raise Refused(f"nothing_to_{name}")
    shown = offered[:MOST]
    buttons = [Button(str(number[one.id]), f"{name}:{one.id}") for one in shown]
    text = "\n".join([turn.say(f"which.{name}"), *(item(turn.say, one, number[one.id], turn.today) for one in shown)])
    data = {"name": name, "rest": turn.intent.rest, **kept}
    return Reply(text, rows(*buttons, wide=5) if turn.has_buttons else (), question=Question("which", data))


def each(turn: Turn, chosen: Iterable[int], verb: Callable[[int], str]) -> Reply:
    """Do it to each; what is refused is said beside what was done, and holds up nothing else.

    Raises the refusal when there is only one item and it is refused.
    """
    ids = list(dict.fromkeys(chosen))
    said: list[str] = []
    done: list[int] = []
    for assignment_id in ids:
        try:
            with turn.session.begin_nested():
                said.append(verb(assignment_id))
        except Refused as why:
            if len(ids) == 1:
                raise
            said.append(turn.say("each.refused", title=named(turn, assignment_id), why=sentence(turn.say, why)))
        else:
            done.append(assignment_id)
    text = "\n".join(said)
    return Reply(text, touched=tuple(done), notice=text)


def named(turn: Turn, assignment_id: int) -> str:
    """The item as its person knows it: its number and title."""
    found = entries(turn.session, [assignment_id])
    return title(turn.say, found[0]) if found else "?"

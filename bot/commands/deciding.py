"""What else waits for a contact, a leader or an admin: requests for more time, and tasks said to be another's."""

from __future__ import annotations

from sqlmodel import col, select

from bot.lines import entries, title, unit_name
from bot.requests import decides, how_line, opinion_line, request_line
from bot.turn import Turn
from models.answers import Extension, ExtensionState
from models.assignments import AssignmentState, NumberUse

SHOWN = 5


def to_decide(turn: Turn) -> list[str]:
    """Lines: each item with its number and how to answer it; [] when there is none."""
    mine = turn.numbered(NumberUse.DECIDE)
    number = {assignment: n for n, assignment in mine.items()}
    found = [one for one in entries(turn.session, mine.values()) if one.id in number]
    if not found:
        return []
    query = select(Extension).where(col(Extension.assignment_id).in_(number), Extension.state == ExtensionState.ASKED)
    asked = {request.assignment_id: request for request in turn.session.exec(query)}
    lines: list[str] = []
    for one in sorted(found, key=lambda one: number[one.id]):
        n, request = number[one.id], asked.get(one.id)
        if one.assignment.state == AssignmentState.DISPUTED:
            lines.append(turn.say("pending.disputed", n=n, unit=unit_name(one, 60), title=title(turn.say, one)))
        elif request is not None:
            deciding = decides(turn.session, turn.now, request, turn.me)
            parts = [
                request_line(turn.say, one, request, n, turn.today),
                opinion_line(turn.session, turn.say, request),
                how_line(turn.say, request, n, deciding=deciding),
            ]
            lines.append(" ".join(part for part in parts if part))
    return [turn.say("pending.deciding", n=len(lines)), *lines[:SHOWN]] if lines else []

"""A filled list of people, sent in chat by an admin."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reply import Reply
from bot.shorten import line
from bot.turn import Turn
from models import imports
from models.sheets import Row

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """Its rows as read."""

    rows: list[Row]


def loaded(turn: Turn, sheet: Sheet) -> Reply:
    """Whole or not at all: with one mistake nothing is changed and each is named by its line."""
    result = imports.import_people(turn.session, turn.now, sheet.rows, turn.me)
    if not result.problems:
        return Reply(
            turn.say("sheet.loaded", created=result.created, updated=result.updated, unchanged=result.unchanged)
        )
    english = turn.say.language == "en"
    lines = [
        turn.say("sheet.line", n=problem.line, why=line(problem.en if english else problem.vi, 160))
        for problem in result.problems[:SHOWN]
    ]
    return Reply("\n".join([turn.say("sheet.problems", n=len(result.problems)), *lines]))

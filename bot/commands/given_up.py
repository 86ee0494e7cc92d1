"""A letter that is given up while it is gathered: nothing of what was sent is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import dialogues
from bot.commands import continuing
from bot.commands.draft import screen
from bot.reply import Reply
from bot.turn import Turn
from models import files
from models.directives import Draft
from models.talk import Dialogue


def back(turn: Turn, kept: dict[str, Any]) -> Reply:
    """ "thôi": no further part comes."""
    dialogue = dialogues.latest(turn.session, turn.me, turn.incoming.lane, turn.incoming.chat_id)
    return dropped(turn, dialogue) if dialogue is not None else Reply(turn.say("cancelled"))


def dropped(turn: Turn, dialogue: Dialogue) -> Reply:
    """Nothing of what was gathered is kept; the letter that waited for a further part is shown again."""
    joins: int | None = dialogue.data.get("joins")
    first = turn.session.get(Draft, joins) if joins else None
    _forget(turn, dialogue, spare=continuing.files_of(first) if first else [])
    return screen(turn, joins, 0) if joins else Reply(turn.say("load.cancelled"), replace=True)


def secret(turn: Turn, dialogue: Dialogue) -> Reply:
    """A page of it bears a mark of secrecy: the pages that came before are not kept either."""
    if joins := dialogue.data.get("joins"):
        continuing.forgotten(turn, int(joins))
    _forget(turn, dialogue)
    return Reply(turn.say("refused.classified"))


def _forget(turn: Turn, dialogue: Dialogue, spare: Sequence[int] = ()) -> None:
    """The parts and their files, but for files that a letter has."""
    ids: list[int] = dialogue.data.get("files", [])
    dialogues.close(turn.session, dialogue)
    dialogues.keep(turn.session, dialogue, {"parts": [], "files": []}, 0)
    for file_id in ids:
        if file_id not in spare:
            files.discard(turn.session, turn.context.data_dir, file_id)

"""Whether a button still means the task that was shown: tasks stand by position, and splitting or dropping moves them.

A button of a task carries the mark of its words. Nothing is changed by a press whose task is no longer there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from zlib import crc32

from bot.commands.draft import draft_of, screen
from bot.reply import Reply
from bot.turn import Turn
from models import drafts
from models.directives import Draft
from models.draft_changes import stand_of
from models.reading import ReadTask

OWN = 8
"""Characters of the mark of one task; joining two carries both."""


def mark(tasks: Sequence[ReadTask], k: int, what: str = "") -> str:
    """Of the task's place in the letter and its words, not of its deadline and units: those may be corrected in turn."""
    return _own(tasks[k]) + (_own(tasks[k - 1]) if what == "merge" and k else "")


def stamp(draft: Draft) -> str:
    """Of the whole draft as it stands: what taking back the last correction was offered for."""
    return f"{crc32(json.dumps(stand_of(draft), sort_keys=True, default=str).encode()):08x}"


def outdated(turn: Turn, draft_id: int, k: int, shown: str, what: str = "") -> Reply | None:
    """None where task `k` is still the one that was shown; else the page as it is now, saying that nothing was changed."""
    tasks = drafts.reading_of(draft_of(turn, draft_id)).tasks
    if 0 <= k < len(tasks) and mark(tasks, k, what) == shown:
        return None
    places = [place for place, task in enumerate(tasks) if shown and _own(task) == shown[:OWN]]
    if len(places) != 1:
        return changed(turn, draft_id, k)
    from bot.commands.draft_task import page

    return page(turn, draft_id, places[0], turn.say("draft.moved", n=places[0] + 1))


def changed(turn: Turn, draft_id: int, k: int = 0) -> Reply:
    """The letter as it stands now, where task `k` was, saying why nothing was done."""
    return screen(turn, draft_id, 0, notice=turn.say("draft.outdated"), task=k)


def _own(task: ReadTask) -> str:
    words = f"{task.clause} {task.span} {task.text}"
    return f"{crc32(words.encode()):08x}"

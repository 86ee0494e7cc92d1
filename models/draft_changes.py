"""How a correction changes a waiting reading: its tasks, the doubts it settles, what was chosen beside each task."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.directives import Draft, DraftState
from models.errors import Refused
from models.reading import Doubt, Reading, ReadTask

TASK_PATH = re.compile(r"^tasks\[(\d+)\]")

Change = Callable[[Reading], Reading]
"""What a correction does to the reading."""
Stand = dict[str, Any]
"""A draft's `reading` and `choices` at some time."""
BEFORE = "before"
"""Key of `choices`: how the draft stood before the last correction."""


def reading_of(draft: Draft) -> Reading:
    """The reading as corrected so far. Raises Refused("draft_gone") when it has expired and been emptied."""
    if not draft.reading:
        raise Refused("draft_gone")
    return Reading.model_validate(draft.reading)


def pending(now: datetime, draft: Draft) -> None:
    """Raises Refused("draft_gone") unless the draft still waits."""
    if draft.state != DraftState.PENDING or draft.expires_at <= now:
        raise Refused("draft_gone")


def replaced(old: Sequence[int], new: Sequence[ReadTask]) -> Change:
    """Put `new` where the first of the `old` tasks stood; doubts of the tasks behind move along."""

    def change(reading: Reading) -> Reading:
        at = min(old)
        kept = [(i, task) for i, task in enumerate(reading.tasks) if i not in old]
        tasks = [t for i, t in kept if i < at] + list(new) + [t for i, t in kept if i > at]
        places = {i: n if i < at else n + len(new) for n, (i, _) in enumerate(kept)}
        if new:
            places |= dict.fromkeys(old, at)
        return reading.model_copy(update={"tasks": tuple(tasks), "doubts": tuple(_moved(reading.doubts, places))})

    return change


def _moved(doubts: Iterable[Doubt], places: dict[int, int]) -> Iterable[Doubt]:
    for doubt in doubts:
        found = TASK_PATH.match(doubt.field)
        if found is None:
            yield doubt
        elif (index := places.get(int(found[1]))) is not None:
            yield doubt.model_copy(update={"field": TASK_PATH.sub(f"tasks[{index}]", doubt.field)})


def correct(
    session: Session,
    now: datetime,
    draft: Draft,
    settled: Iterable[str],
    change: Change,
    exactly: str = "",
    before: Stand | None = None,
) -> None:
    """Change the reading; doubts of the `settled` fields and of all inside them go, of `exactly` only its own.

    `before`: how the draft stood, where this is not the first change of the correction.
    """
    pending(now, draft)
    reading = reading_of(draft)
    gone = [doubt for field in settled for doubt in reading.doubts_of(field)]
    gone += [doubt for doubt in reading.doubts if doubt.field == exactly]
    plain = reading.model_copy(update={"doubts": tuple(doubt for doubt in reading.doubts if doubt not in gone)})
    remember(draft, before or stand_of(draft))
    draft.reading = change(plain).model_dump(mode="json", exclude_defaults=True)
    session.add(draft)
    session.flush()


def stand_of(draft: Draft) -> Stand:
    """The reading and what was chosen, to come back to."""
    return {
        "reading": draft.reading,
        "choices": {key: value for key, value in draft.choices.items() if key != BEFORE},
    }


def remember(draft: Draft, before: Stand) -> None:
    """What the last correction can be taken back to: one step, as a slip of the finger is seen at once."""
    draft.choices = {**draft.choices, BEFORE: before}


def take_back(session: Session, now: datetime, draft: Draft) -> None:
    """As it stood before the last correction. Raises Refused("nothing_corrected") when there is none."""
    pending(now, draft)
    before: Stand | None = draft.choices.get(BEFORE)
    if before is None:
        raise Refused("nothing_corrected")
    draft.reading, draft.choices = before["reading"], before["choices"]
    session.add(draft)
    session.flush()


def choose(session: Session, draft: Draft, old: Sequence[int], new: Sequence[dict[str, Any]]) -> None:
    """Put what was chosen beside the `new` tasks where the first of the `old` ones stood."""
    entries: list[dict[str, Any]] = draft.choices["tasks"]
    at = min(old)
    kept = [(i, entry) for i, entry in enumerate(entries) if i not in old]
    tasks = [e for i, e in kept if i < at] + list(new) + [e for i, e in kept if i > at]
    draft.choices = {**draft.choices, "tasks": tasks}
    session.add(draft)
    session.flush()


def choose_at(session: Session, draft: Draft, index: int) -> None:
    """Room for what will be chosen beside a task that was put in there."""
    entries: list[dict[str, Any]] = draft.choices["tasks"]
    draft.choices = {**draft.choices, "tasks": [*entries[:index], {}, *entries[index:]]}
    session.add(draft)
    session.flush()


def without(gone: Callable[[Doubt], bool]) -> Change:
    """The same reading without some of its doubts."""
    return lambda reading: reading.model_copy(
        update={"doubts": tuple(doubt for doubt in reading.doubts if not gone(doubt))}
    )

"""Which task of the gold a read task is: by label first, then time limit, actor and first words."""

from __future__ import annotations

import re
from typing import Any

from letters.text.compare import fold
from models.reading import ReadTask

Gold = dict[str, Any]
ENOUGH = 3.0
"""Likeness from which two tasks may be the same."""


def bare(value: str | None) -> str:
    return fold(value or "")


def digits(phones: str | None) -> list[str]:
    """National digits of each number."""
    numbers = [re.sub(r"\D", "", re.sub(r"\+84", "0", p)) for p in (phones or "").split(";")]
    return sorted(n for n in numbers if n)


def match(wanted: list[Gold], got: list[ReadTask]) -> list[tuple[Gold, int]]:
    """Pairs of gold and read tasks, the likeliest first."""
    likely = [(-likeness(task, mine), g, i) for g, task in enumerate(wanted) for i, mine in enumerate(got)]
    pairs: list[tuple[Gold, int]] = []
    used_gold: set[int] = set()
    used: set[int] = set()
    for points, g, i in sorted(likely):
        if -points >= ENOUGH and g not in used_gold and i not in used:
            used_gold.add(g)
            used.add(i)
            pairs.append((wanted[g], i))
    return pairs


def likeness(gold: Gold, mine: ReadTask) -> float:
    """Points: 3 for the label (half for an unnumbered paragraph), 2 for the time, 1.5 for the lead and the first words."""
    points = 0.0
    if base(gold["clause"]) == base(mine.clause):
        points += 1.5 if "p" in base(gold["clause"]) else 3
        points += 0.5 if gold["clause"] == mine.clause else 0
    if gold.get("anchor") and fold(gold["anchor"])[:40] in fold(mine.text):
        points += 1.5
    if gold["deadline"]["kind"] != "none":
        points += 2 if deadline_same(gold["deadline"], mine) else 0
    elif mine.deadline.kind == "none":
        points += 0.3
    theirs, ours = {fold(x) for x in gold["lead"]}, {fold(x) for x in mine.lead}
    return points + (1.5 if theirs == ours else 0.7 if theirs & ours else 0)


def base(label: str) -> str:
    return label.split("#", maxsplit=1)[0].replace(" ", "")


def neutral(mine: ReadTask, wanted: list[Gold]) -> bool:
    """An undated act split off a clause that the gold has, or another reading of an optional task."""
    for task in wanted:
        if base(task["clause"]) != base(mine.clause):
            continue
        if task.get("optional"):
            return True
        if mine.deadline.kind == "none" and {fold(x) for x in task["lead"]} == {fold(x) for x in mine.lead}:
            return True
    return False


def deadline_same(gold: Gold, mine: ReadTask) -> bool:
    read_ = mine.deadline
    due = read_.due.isoformat() if read_.due else None
    if gold["kind"] != read_.kind:
        return False
    if gold["kind"] == "relative":
        return not gold.get("due") or gold["due"] == due
    if gold["kind"] == "none":
        return True
    return (gold.get("due"), gold.get("rrule"), gold.get("time")) == (due, read_.rrule, read_.time)

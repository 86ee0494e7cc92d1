"""The ladder as an admin types it, or copies it from the screen and changes a word: with accents or without. Pure."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from bot.shorten import line
from bot.words import fold
from models.assignments import Audience
from models.errors import Refused

NAMES: dict[str, Audience] = {
    "dau moi": Audience.OWNER, "nguoi thuc hien": Audience.OWNER, "owner": Audience.OWNER, "focal point": Audience.OWNER,
    "phoi hop": Audience.COORDINATOR, "don vi phoi hop": Audience.COORDINATOR, "coordinator": Audience.COORDINATOR,
    "coordinating unit": Audience.COORDINATOR, "coordinating units": Audience.COORDINATOR,
    "thu truong": Audience.HEAD, "thu truong don vi": Audience.HEAD, "head": Audience.HEAD, "head of unit": Audience.HEAD,
    "dau moi theo doi": Audience.CONTACT, "theo doi": Audience.CONTACT, "nguoi theo doi": Audience.CONTACT,
    "contact": Audience.CONTACT, "co quan ban hanh": Audience.ISSUER, "ban hanh": Audience.ISSUER,
    "issuing office": Audience.ISSUER, "issuer": Audience.ISSUER,
}  # fmt: skip
NOBODY = frozenset({"khong nhac", "khong", "bo", "khong ai", "nobody", "none", "-"})
DAYS = r"(?P<days>\d{1,3})\s*(?:ngay|ng|days?|working days?)?(?:\s*lam viec)?"
BEFORE = re.compile(
    rf"(?:(?:truoc|before|-)(?:\s*han)?\s*{DAYS}|{DAYS.replace('days>', 'n>')}\s*(?:truoc|before)(?:\s*han)?)"
)
AFTER = re.compile(
    rf"(?:(?:sau|qua|tre|after|\+)(?:\s*han)?\s*{DAYS}|{DAYS.replace('days>', 'n>')}\s*(?:sau|qua|overdue|after|late)(?:\s*han)?)"
)
ON_DAY = re.compile(r"(?:dung|trong|vao)?\s*(?:ngay)?\s*(?:het|den)?\s*han|dung ngay(?: han)?|on the day|0")
EXTRA = (
    (re.compile(r"viec moi|moi|new(?: tasks)?"), "new"),
    (re.compile(r"(?:sau do\s*)?(?:hang|moi)?\s*tuan|(?:then )?weekly"), "weekly"),
    (re.compile(r"ra soat|(?:viec )?khong co han.*|tasks without a deadline.*|review"), "review"),
)
REST = re.compile(r"gio gui|hours")
SPAN = re.compile(r"(\d{1,2})(?:[:hg](\d{2})?)?\s*(?:[-–]|đến|den|to)\s*(\d{1,2})(?:[:hg](\d{2})?)?", re.IGNORECASE)


def steps_of(text: str, now: dict[str, Any]) -> dict[str, Any]:
    """The ladder's JSON with what the text says in place of it: "trước 7: đầu mối; sau 1: đầu mối, thủ trưởng".

    One step alone changes that step ("không nhắc": takes it out); several are all the steps there are from now on.
    Raises Refused: steps_unclear (data `words`), steps_who (data `words`), steps_twice (data `words`).
    """
    found: dict[str, Any] = {}
    steps: dict[int, list[str]] = {}
    for part in (piece.strip(" •*\t.") for piece in re.split(r"[;\n]", text)):
        if not part:
            continue
        head, colon, who = part.partition(":")
        said = " ".join(fold(head).split())
        if REST.fullmatch(said):
            found["hours"] = hours_of(who)
            continue
        days, extra = _day(said), next((name for shape, name in EXTRA if shape.fullmatch(said)), None)
        if not colon or (days is None and extra is None):
            raise Refused("steps_unclear", words=line(part, 60))
        if extra is not None:
            found[extra] = _audience(who)
        elif days is not None:
            if days in steps:
                raise Refused("steps_twice", words=line(head, 60))
            steps[days] = _audience(who)
    if not found and not steps:
        raise Refused("steps_unclear", words=line(text, 60))
    kept = {int(step["days"]): step["audience"] for step in now["steps"]}
    steps = kept | steps if len(steps) < 2 else steps
    return now | found | {"steps": [{"days": day, "audience": who} for day, who in sorted(steps.items()) if who]}


def hours_of(text: str) -> list[list[str]]:
    """ "08:00-11:30, 13h30 đến 17h". Raises Refused("hours_unclear")."""
    try:
        spans = [
            [f"{time(int(a), int(b or 0)):%H:%M}", f"{time(int(c), int(d or 0)):%H:%M}"]
            for a, b, c, d in SPAN.findall(text)
        ]
    except ValueError as wrong:
        raise Refused("hours_unclear") from wrong
    if not spans or any(start >= end for start, end in spans) or spans != sorted(spans):
        raise Refused("hours_unclear")
    return spans


def _day(said: str) -> int | None:
    """Working days from the deadline; None when it is no such step."""
    for shape, sign in ((BEFORE, -1), (AFTER, 1)):
        if match := shape.fullmatch(said):
            return sign * int(match["days"] or match["n"])
    return 0 if ON_DAY.fullmatch(said) else None


def _audience(who: str) -> list[str]:
    names = [fold(name).strip(" .") for name in re.split(r"[,+&]|\bvà\b|\bva\b|\band\b", who)]
    names = [name.removeprefix("nhac ").strip() for name in names if name]
    if not names or (len(names) == 1 and names[0] in NOBODY):
        return []
    if unknown := [name for name in names if name not in NAMES]:
        raise Refused("steps_who", words=line(", ".join(unknown), 60))
    return [str(NAMES[name]) for name in names]

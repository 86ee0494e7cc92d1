""" "cho em xin thêm 3 ngày việc 5": more days, and the task they are asked for. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from bot.arguments import take_day
from models.workdays import Calendar

UNITS = r"(?P<unit>ngày|ngay|hôm|hom|tuần|tuan|days?|weeks?)\b(?P<working>\s+(?:làm việc|lam viec|working))?"
MORE = re.compile(rf"\b(?:thêm|them)\s+(?P<count>\d{{1,2}})\s*{UNITS}", re.IGNORECASE)
SPAN = re.compile(
    rf"(?:\b(?:thêm|them)\s+)?\b(?P<count>\d{{1,2}})\s*{UNITS}(?!\s+(?:nữa|nua|tới|toi)\b)", re.IGNORECASE
)
ASKED = re.compile(r"\b(?:xin|cho (?:em|tôi|mình|bên em|phép)|đề nghị|muốn|cần)\b", re.IGNORECASE)
TASK = re.compile(r"\b(?:việc|viec|nhiệm vụ|nhiem vu|mục|muc|số|task)\s*(?:số\s*)?(?P<n>\d{1,3})\b", re.IGNORECASE)
WHY = re.compile(r"\b(?:vì|do|để|lý do|bởi|chờ|đang chờ|because)\b.*", re.IGNORECASE | re.DOTALL)


def request(text: str) -> tuple[tuple[int, ...], str] | None:
    """The tasks named, and the days with the reason, where a sentence asks for more days; else None."""
    text = unicodedata.normalize("NFC", text)
    more = MORE.search(text)
    if more is None or ASKED.search(text[: more.start()]) is None:
        return None
    left = f"{text[: more.start()]} . {text[more.end() :]}"
    numbers = tuple(dict.fromkeys(int(found["n"]) for found in TASK.finditer(left)))
    why = WHY.search(TASK.sub("", text[more.end() :]))
    return numbers, f"{more.group()} {why.group() if why else ''}".strip()


def take_longer(text: str, due: date | None, today: date, calendar: Calendar) -> tuple[date | None, str]:
    """The day asked for and the text without it. "3 ngày" are days beyond the deadline (beyond today, when that is past).

    The first day is not counted; working days where it says so (domain.md, "Deadlines"). A date said stands as said.
    """
    found = SPAN.search(text)
    if found is None:
        return take_day(text, today)
    rest = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip(' ,;.')}".strip()
    said, without = take_day(rest, today)
    if said is not None:
        return said, f"{found.group()} {without}".strip()
    start, count = max(due or today, today), int(found["count"])
    if found["working"]:
        return calendar.add_working_days(start, count * (5 if _weeks(found) else 1)), rest
    return start + timedelta(days=count * (7 if _weeks(found) else 1)), rest


def _weeks(found: re.Match[str]) -> bool:
    return found["unit"].lower().startswith(("t", "w"))

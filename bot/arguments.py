"""Days and document numbers inside what people type. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.words import fold

DAY = re.compile(
    r"(?:(?:ngày|ngay|đến|den|tới|toi|on|until|to)\s+)*"
    r"(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng\s+|\s+thang\s+)\s*(?P<month>\d{1,2})"
    r"(?:\s*(?:[/.-]|\s+năm\s+|\s+nam\s+)\s*(?P<year>\d{4}|\d{2}))?(?![\d/])",
    re.IGNORECASE,
)
ISO = re.compile(r"(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
AHEAD = re.compile(
    r"(?:thêm\s+|them\s+|sau\s+|in\s+)?(\d{1,3})\s*(ngày|ngay|hôm|tuần|tuan|days?|weeks?)\b", re.IGNORECASE
)
NAMED = {"ngay mai": 1, "mai": 1, "tomorrow": 1, "ngay kia": 2, "tuan sau": 7, "next week": 7}
LEADING = re.compile(r"^(?:(?:đến|den|tới|toi|sang|vào|vao|until|to|on|ngày|ngay)\s+)+", re.IGNORECASE)
KINDS = (
    "cv", "công văn", "cong van", "bc", "báo cáo", "bao cao", "vb", "văn bản", "van ban", "tờ trình", "to trinh", "kế hoạch",
    "ke hoach", "quyết định", "quyet dinh", "thông báo", "thong bao", "document", "doc",
)  # fmt: skip
DOCUMENT = re.compile(
    rf"(?:\b(?:{'|'.join(KINDS)})\s+)?(?:(?:số|so|no\.?)\s*:?\s*)?(?P<number>\d{{1,6}}\s*/\s*[A-ZĐa-zđ][\wĐđ&./-]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document named in a message and what is left of the text."""

    number: str = ""
    day: date | None = None
    rest: str = ""


def take_day(text: str, today: date) -> tuple[date | None, str]:
    """The first day named and the text without it. Without a year: the next such day (a past one of this year stays)."""
    for pattern in (ISO, DAY):
        for match in pattern.finditer(text):
            if day := _day(match, today):
                return day, _without(text, match.start(), match.end())
    if match := AHEAD.search(text):
        days = int(match.group(1)) * (7 if fold(match.group(2)).startswith(("tuan", "week")) else 1)
        return today + timedelta(days=days), _without(text, match.start(), match.end())
    for words, days in NAMED.items():
        if match := re.search(rf"\b{words}\b", fold(text)):
            return today + timedelta(days=days), _without(text, match.start(), match.end())
    return None, text.strip()


def take_document(text: str, today: date) -> Document:
    """ "CV 123/UBND-VX ngày 02/12/2026" → its number, its day, and the words around it."""
    match = DOCUMENT.search(text)
    if match is None:
        return Document(rest=text.strip())
    number = re.sub(r"\s+", "", match.group("number")).rstrip("./-,")
    after = text[match.end() :]
    dated = re.match(r"[\s,;]*" + DAY.pattern, after, re.IGNORECASE)
    day = _day(dated, today, past=True) if dated else None
    rest = (text[: match.start()] + " " + (after[dated.end() :] if dated and day else after)).strip(" ,;.")
    return Document(number[:100], day, rest)


def _day(match: re.Match[str], today: date, *, past: bool = False) -> date | None:
    year = match.group("year")
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), int(match.group("month")), int(match.group("day")))
        found = date(today.year, int(match.group("month")), int(match.group("day")))
    except ValueError:
        return None
    half = timedelta(days=183)
    if past:
        return found.replace(year=found.year - 1) if found > today and found - today > half else found
    return found.replace(year=found.year + 1) if today - found > half else found


def _without(text: str, start: int, end: int) -> str:
    kept = (text[:start].rstrip(" ,;") + " " + text[end:].lstrip(" ,;.")).strip()
    return LEADING.sub("", kept)

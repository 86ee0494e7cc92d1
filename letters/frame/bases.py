"""The documents a letter rests on: those named before its first order. Documents cited inside clauses are none."""

from __future__ import annotations

import datetime as dt
import re

from letters.text.syllables import is_syllable
from letters.text.views import Text
from letters.times.dates import DAY, day_of
from models.reading import BaseDocument

NUMBER = re.compile(
    r"(?<![\w/])(?P<serial>\d(?:\s?\d){0,4}(?:[A-ZĐ]{2,6}|\w)?)\s?(?P<tail>(?:/\s?(?:19|20)\d\d)?(?:\s?[/–-]\s?[^\W\d_][^\W_]{0,14}(?:[.&][^\W_]+)*){1,4})(?![\w])"
)
_AFTER = re.compile(r"\s*,?\s*\(?(?:ngay\s+)?" + DAY)
_FORM = re.compile(
    r"\b(?:mau|bieu|phu luc|ma|ho so|thua dat|thua|to ban do|ban do|lo|bien so|hop dong|giay phep|tai khoan|goi thau|the"
    r"|duong|quoc lo)(?: so)?\s*:?\s*$"
)
""" "mẫu 4c-AH" is a form, "thửa đất số 15/QH" a plot."""
_REPLACED = re.compile(r"\b(?:thay the|thay cho|bai bo)(?: cho)?(?: [^\W\d_]+){1,4} so\s*$")
""" "soạn thảo Thông tư thay thế Thông tư số …": what a letter does away with is no base of it."""
_ITSELF = re.compile(
    r"\W*(?:(?:theo do|cu the|truoc do|cung theo do|noi dung),?\s+)?(?:tai (?:muc|diem|khoan) [^,.;]{1,20}? )?"
    r"(?:chi thi|cong van|cong dien|thong bao|ke hoach|van ban)(?: so)?\s*$"
)
""" "Theo đó, Công văn 12/UBND-KT năm 2025 chỉ đạo … như sau": a page names the letter whose body it gives."""
_COUNTED = re.compile(r"\b(?:buoc|viec|y|muc)\s*$")


def bases(text: Text, start: int, end: int, *, itself: bool = False) -> list[BaseDocument]:
    """Numbered documents in a range, in order, each once. `itself`: the letter has no heading, and may name itself."""
    found: dict[str, BaseDocument] = {}
    for match in NUMBER.finditer(text.s, start, end):
        tail = re.sub(r"\s+", "", match["tail"]).replace("–", "-")
        if _FORM.search(text.f, max(start, match.start() - 16), match.start()):
            continue
        if _REPLACED.search(text.f, max(start, match.start() - 60), match.start()):
            continue
        if itself and _ITSELF.match(text.f[text.f.rfind("\n", 0, match.start()) + 1 : match.start()]):
            continue
        if not any(c.isupper() for c in tail) or re.fullmatch(r"[/-]\d+|-[^\W\d_][^/]*[a-zà-ỹđ][^/]*", tail):
            continue
        if _COUNTED.search(text.f, max(start, match.start() - 6), match.start()) or _is_word(tail):
            continue
        number = re.sub(r"\s+", "", match["serial"]) + tail
        date = _date_after(text, match.end(), end) or _date_before(text, match.start(), start)
        found.setdefault(number, BaseDocument(number=number, date=date.isoformat() if date else None))
    return list(found.values())


def _is_word(tail: str) -> bool:
    """ "3/Những": the number of a step before its first word."""
    return tail[0] == "/" and tail[1:].istitle() and len(tail) > 2 and is_syllable(tail[1:].lower())


def _date_after(text: Text, at: int, end: int) -> dt.date | None:
    match = _AFTER.match(text.f, at, min(end, at + 45))
    return day_of(match, None)[0] if match else None


def _date_before(text: Text, at: int, start: int) -> dt.date | None:
    """ "Ngày 04/3/2020, Thủ tướng Chính phủ ban hành Chỉ thị số 11/CT-TTg"."""
    sentence = (
        max(
            text.f.rfind(". ", start, at),
            text.f.rfind("\n", start, at),
            text.f.rfind(";", start, at),
            start - 1,
        )
        + 1
    )
    match = re.match(r"\W*ngay\s+", text.f[sentence:at])
    if not match or "ban hanh" not in text.f[sentence:at]:
        return None
    day = re.compile(DAY).match(text.f, sentence + len(match[0]), at) or re.compile(DAY).search(
        text.f, sentence, min(at, sentence + 45)
    )
    return day_of(day, None)[0] if day else None

"""The signs clauses are counted by: what they are called, which follows which, and what a scan makes of them."""

from __future__ import annotations

import re
from itertools import pairwise

from letters.text import words
from letters.text.compare import flat

ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15,
}  # fmt: skip
SECTIONS = ("part", "roman")
"""Kinds of clauses that only head others: "B. NHIỆM VỤ", "II. SỞ XÂY DỰNG"."""
_EIGHTS = str.maketrans("§öõ", "888")
_STROKES = str.maketrans("l1", "II")
_WORN_LETTERS = str.maketrans("©áàäãả", "caaaaa")
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvxyz"
NEXT = dict(pairwise(ROMAN))


def label_of(kind: str, sign: str) -> str:
    if kind == "roman" and sign.startswith(("HI", "IH")):
        return "III"  # as a scan reads it
    if kind == "roman":
        sign = sign.translate(_STROKES)  # "Il-", "lV.", "Vl."
    if kind in SECTIONS:
        return sign.rsplit(maxsplit=1)[-1].rstrip(" .)-–:/") if " " in sign.strip() else sign.rstrip(" .)-–:/")
    if kind in ("plus", "dash", "star"):
        return ""
    if kind == "letter":
        sign = sign.lstrip("0123456789")
    return sign.strip("(). ,/:_-–").rstrip(".)/:").translate(_EIGHTS).translate(_WORN_LETTERS)


def comes_next(last: str, label: str, kind: str) -> bool:
    if kind == "part":
        return label == "A" or (last != "" and 0 < LETTERS.find(label.lower()) - LETTERS.find(last.lower()) <= 3)
    if kind == "roman":
        return ROMAN.get(label, 0) == ROMAN.get(last, 0) + 1
    if kind == "letter":
        a, b = label[0], last[:1]
        return a == "a" or (b != "" and 0 < LETTERS.find(a) - LETTERS.find(b) <= 4)
    if kind == "dotted":
        return True
    if kind == "sub":
        number, before = label.rpartition(".")[2], last.rpartition(".")[2]
        return number == "1" or (before.isdecimal() and int(number) == int(before) + 1)
    return label == "1" or (label.isdecimal() and last.isdecimal() and int(label) == int(last) + 1)


def comes_after(last: str, label: str) -> str:
    """The number a scan wrote as "§": 5, 6 or 8, whichever comes next."""
    following = str(int(last) + 1) if last.isdecimal() else label
    return following if following in ("5", "6", "8") else label


def wild(last: str, label: str) -> bool:
    """A number that cannot be the next clause: "30." after clause 2."""
    return label.isdecimal() and int(label) > (int(last) if last.isdecimal() else 0) + 4


_ORDINAL = re.compile(
    r"(?:(?P<cardinal>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là"
    r"|thứ (?P<ordinal>nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\s*[,:.]\s+(?=\S)"
)
_COUNTED = {
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_OPENS = re.compile(r"\b(?:yeu cau|de nghi|giao|chi dao|tap trung|nhiem vu|thuc hien|trien khai|chi thi|ket luan)\b")


_STEP = re.compile(
    r"bước\s+(?:thứ\s+)?(?:0?(?P<number>\d{1,2})|(?P<word>nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười))\s*(?:[:.,/)–-]\s*(?=\S)|(?=\())"
)
""" "Bước 2: Trưởng thôn họp dân …": the steps of a procedure."""


def counted(toned: str, before: str, last: dict[str, str]) -> tuple[str, int] | None:
    """The number of a clause that begins "Một là, …", "Thứ hai, …" or "Bước 3: …", and the length of that sign; None
    where no order ends in a colon before the first or the number is out of turn. `before`: the flat paragraph above."""
    step = _STEP.match(toned)
    if step:
        number = int(step["number"]) if step["number"] else _COUNTED[step["word"]]
        if number != 1 and str(number - 1) != last.get("counted"):
            return None
        last["counted"] = str(number)
        return str(number), step.end()
    found = _ORDINAL.match(toned)
    if not found:
        return None
    number = _COUNTED[found["cardinal"] or found["ordinal"]]
    begun = number == 1 and before.rstrip().endswith(":") and bool(_OPENS.search(before[-400:]))
    if not begun and str(number - 1) != last.get("counted"):
        return None
    last["counted"] = str(number)
    return str(number), found.end()


_BARE = re.compile(r"(?:[^\w\s]{1,2}|[à-ỹ])(?P<number>\d{1,2})\s(?=[^\W\d_]+\s+[^\W\d_])")


def bare_number(line: str, last: dict[str, str]) -> tuple[str, str, int] | None:
    """The next number in turn behind a speck, its full stop lost: "ò2 Chủ động …". A footnote's number has no speck."""
    found = _BARE.match(line)
    if not found or not line[found.end()].isupper() or not last.get("arabic", "").isdecimal():
        return None
    if int(found["number"]) != int(last["arabic"]) + 1:
        return None
    return "arabic", found["number"], found.end()


FIELD_PARTS = frozenset(
    (" ".join(left.split()[-2:]), " ".join(right.split()[:2]))
    for field in words.FIELDS
    for left, _, right in [flat(field).partition(" - ")]
    if right
) | {
    ("phat thanh", "truyen hinh"),
    ("kinh te", "xa hoi"),
    ("thi dua", "khen thuong"),
    ("chinh tri", "xa hoi"),
    ("nghe nghiep", "giao duc"),
    ("quoc phong", "an ninh"),
    ("giao duc", "dao tao"),
    ("ky thuat", "nghiep vu"),
}
"""Words before and behind the dash of names of two parts."""

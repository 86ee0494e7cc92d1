"""The signs clauses are counted by: what they are called, which follows which, and what a scan makes of them."""

from __future__ import annotations

from itertools import pairwise

ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15,
}  # fmt: skip
_EIGHTS = str.maketrans("§öõ", "888")
_WORN_LETTERS = str.maketrans("©áàäãả", "caaaaa")
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvxyz"
NEXT = dict(pairwise(ROMAN))


def label_of(kind: str, sign: str) -> str:
    if kind == "roman":
        return sign.rsplit(maxsplit=1)[-1].rstrip(" .)-–:/") if " " in sign.strip() else sign.rstrip(" .)-–:/")
    if kind in ("plus", "dash"):
        return ""
    return sign.strip("(). ,/:_-–").rstrip(".)/:").translate(_EIGHTS).translate(_WORN_LETTERS)


def comes_next(last: str, label: str, kind: str) -> bool:
    if kind == "roman":
        return ROMAN.get(label, 0) == ROMAN.get(last, 0) + 1
    if kind == "letter":
        a, b = label[0], last[:1]
        return a == "a" or (b != "" and 0 < LETTERS.find(a) - LETTERS.find(b) <= 4)
    if kind == "dotted":
        return True
    return label == "1" or (label.isdecimal() and last.isdecimal() and int(label) == int(last) + 1)


def wild(last: str, label: str) -> bool:
    """A number that cannot be the next clause: "30." after clause 2."""
    return label.isdecimal() and int(label) > (int(last) if last.isdecimal() else 0) + 4

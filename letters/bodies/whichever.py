"""Whoever is meant by "nào": "Trung tâm nào còn nợ thì phải nộp …" orders those, "Đơn vị nào vi phạm thì bị …" nobody."""

from __future__ import annotations

import re

from letters.bodies.expansion import Name
from letters.text.views import Text

_WHICH = re.compile(r"[^.;:]{0,90}?\bnao\b[^.;:]{0,160}?(?=\s*,?\s+(?:thi|de nghi|yeu cau|phai|khan truong|can)\s)")
_ORDER = re.compile(
    r"\s*,?\s+(?:thi\s+)?(?:de nghi|yeu cau|phai|khan truong|can|chu dong|kip thoi|bao cao|gui"
    r"|nop|lam|lien he|thuc hien|bo sung)\s"
    r"(?!(?:hoan toan )?(?:chiu|bi)\b)"
)


def whichever(text: Text, start: int, end: int) -> Name | None:
    """Whom a sentence about "X nào …" orders, None where it only threatens."""
    found = _WHICH.match(text.f, start, end)
    if not found or not _ORDER.match(text.f, found.end(), end):
        return None
    start += len(found[0]) - len(found[0].lstrip())
    return Name(re.sub(r"\s+", " ", text.s[start : found.end()]), start, found.end(), False)


def which(text: Text, start: int, end: int) -> bool:
    """Whether a stretch of text begins with "X nào", a few words long."""
    return bool(_NAO.match(text.n, start, end))


_NAO = re.compile(r"\W{0,3}(?:[^\W\d]+,? ){1,7}nào\b")
__all__ = ["which", "whichever"]

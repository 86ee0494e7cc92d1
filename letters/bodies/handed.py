"""A matter handed to another in the middle of a clause: "…; việc hỗ trợ khách lưu lại giao UBND xã A chủ động thực hiện"."""

from __future__ import annotations

import re

from letters.bodies.expansion import Name
from letters.bodies.names import names
from letters.text.views import Text

_MATTER = re.compile(
    r"\W{0,8}(?:đồng thời,? |còn )?(?:riêng |việc |phần |(?:các )?(?:phần việc|nội dung) )[^.;:()]{3,160}?"
    r"(?<!được )(?<!đã )(?<!sẽ )\b(?P<how>giao|do)\s+(?:cho\s+)?(?=[^\W\d])"
)
_ACTS = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:(?:chu dong|truc tiep|khan truong),?\s+)?(?:to chuc\s+)?"
    r"(?:thuc hien|chu tri|chiu trach nhiem|dam nhiem|dam nhan|phu trach|trien khai|giai quyet|xu ly|lam dau moi)\b"
)
_GIVEN = re.compile(
    _ACTS.pattern + r"|\s*(?:chu dong|truc tiep|xem xet|huong dan|can doi|bo tri|quan ly|tham dinh|ra soat)\b"
)
_TOLD = re.compile(r"[^.;]{0,60}\b(?:còn|chưa|đã|không|đang|bị)\b")
""" "… do Sở A thực hiện còn chậm": a finding."""


def handed_on(text: Text, start: int, end: int) -> tuple[list[Name], int]:
    """To whom the words from `start` on hand the matter they begin with, and where the names end; nobody: ([], start)."""
    matter = _MATTER.match(text.n, start, end)
    if not matter:
        return [], start
    found, after = names(text, matter.end(), end)
    acts = _GIVEN if matter["how"] == "giao" else _ACTS
    if not found or text.s[found[0].start].islower() or not acts.match(text.f, after, end):
        return [], start
    return ([], start) if matter["how"] == "do" and _TOLD.match(text.n, after, end) else (found, after)

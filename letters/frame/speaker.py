"""The body that speaks in a letter without a letterhead, told by its lead-in."""

from __future__ import annotations

import re

from letters.bodies.names import names
from letters.text.views import Text

_SPEAKING = re.compile(
    r"\s*(?:co y kien|tran trong|kinh de nghi|de nghi|yeu cau|chi dao|giao|thong bao|ket luan|huong dan"
    r"|(?:xay dung|ban hanh) (?:ke hoach|chuong trinh|phuong an))\b"
)


_ISSUED_BY = re.compile(
    r"\btheo do,\s+(?:tai )?(?:cong van|cong dien|chi thi|thong bao|ke hoach|van ban) (?:so )?\d[^\s,;]{3,30}"
    r"(?: nam 20\d\d| ngay [\d/]{6,10}),? (?=\w)"
)
""" "Theo đó, Công văn 34/UBND-VX năm 2025 UBND thành phố A chỉ đạo …": a web page names the letter and who sent it."""


def speaking(body: Text, start: int, end: int) -> str | None:
    """The body that says "có ý kiến", "đề nghị": the last name before such words."""
    told_of = _ISSUED_BY.search(body.f, start, end)
    if told_of:
        found, after = names(body, told_of.end(), end)
        if found and _SPEAKING.match(body.f, after, end):
            return found[0].text
    best: str | None = None
    told = start  # where the last list of names ended: no name inside a list is read again
    for match in re.finditer(r"(?:^|[,;:.]\s+|\n)", body.s[start:end]):
        if start + match.end() < told:
            continue
        found, after = names(body, start + match.end(), end)
        told = after if found else told
        if found and _SPEAKING.match(body.f, after, end):
            best = re.sub(r"^(?:Chủ tịch|Phó Chủ tịch|Bộ trưởng|Giám đốc)\s+(?=UBND|Ủy ban|Bộ|Sở)", "", found[-1].text)
    return best

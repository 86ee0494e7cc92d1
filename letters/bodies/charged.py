"""Who is charged with a thing further on in its sentence: "… Đơn vị chủ trì: X", "… giao X …", "(X chủ trì)"."""

from __future__ import annotations

import re

from letters.bodies.expansion import Name
from letters.bodies.names import names
from letters.text.views import Text

_RESPONSIBLE = re.compile(
    r"\b(?:don vi|co quan|bo phan|nguoi|can bo)\s+(?:chu tri|thuc hien|dau moi|phu trach)(?:\s+thuc hien)?\s*:\s*"
    r"|(?<=[.;(] )(?:phu trach|chu tri|thuc hien)\s*:\s*|\btrach nhiem[^.;,:]{0,50}? thuoc ve\s+"
    r"|\s[–-]\s+(?=[^.;:]{3,70}?\s(?:chu tri|thuc hien|phu trach)\b)|\b(?:giao|phan cong)\s+"
    r"|\bdo\s+(?=[^.;,]{3,80}?\s(?:chu tri|thuc hien|dam nhiem)\b)"
    r"|\(\s*(?:do\s+)?(?=[^().;]{3,90}?\s(?:chu tri|lam dau moi|phu trach)\b)"
)


def charged(text: Text, start: int, end: int) -> tuple[list[Name], int]:
    """ "… Đơn vị chủ trì: X", "… giao X …" further on in the sentence, and where the names end; ([], start) for nobody."""
    for match in _RESPONSIBLE.finditer(text.f, start, end):
        passive = re.compile(r"(?:duoc|da|ban|chuyen|ket qua|nhiem vu|viec)\s*$")
        before = text.f[max(start, match.start() - 12) : match.start()]
        if text.n.startswith(("giáo", "giào"), match.start()) or (match[0][0] != "(" and passive.search(before)):
            continue
        found, after = names(text, match.end(), end, loose=match[0].endswith(":") or ":" in match[0])
        if found:
            return found, after
    return [], start

"""The line that names the kind of paper: "CHỈ THỊ", "BÁO CÁO", "CÔNG ĐIỆN: Về việc …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from letters.text.lines import Line, Page

TITLES = {
    "chi thi": "order", "cong dien": "order", "thong bao": "order", "ke hoach": "order", "huong dan": "order",
    "ket luan": "order", "thong bao ket luan": "order", "cong van": "order", "yeu cau": "order", "chuong trinh": "order",
    "phuong an": "order", "thong bao ket luan cuoc hop": "order", "ban thong bao": "order", "chuong trinh hanh dong": "order",
    "quyet dinh": "law", "nghi quyet": "law", "nghi dinh": "law", "thong tu": "law", "luat": "law", "phap lenh": "law",
    "thong tu lien tich": "law", "quy dinh": "law", "quy che": "law", "hien phap": "law", "bo luat": "law", "lenh": "law",
    "to trinh": "reply", "bao cao": "reply", "giay moi": "invitation", "thu moi": "invitation", "giay moi hop": "invitation",
    "bien ban": "form", "bien ban hop": "form", "to khai": "form", "don": "form", "phieu": "form", "danh sach": "form",
    "hop dong": "form", "giay de nghi": "form", "giay uy quyen": "form", "giay gioi thieu": "form", "phieu khao sat": "form",
    "don de nghi": "form", "don xin": "form", "phieu trinh": "reply", "cong bo": "form", "giay chung nhan": "form", "mau": "form",
}  # fmt: skip
"""What kind of paper a title line announces, by its folded words."""

_SHORT = 30
"""Characters of a title that only adds how urgent it is."""
_TITLED = re.compile(r"\W{0,4}(?:cong dien|chi thi|thong bao|ke hoach|huong dan)(?=\s*[:.]\s*(?:ve viec|v/v|ve)\s)")
"""A title with its subject on one line: "CÔNG ĐIỆN: Về việc …"."""
_CLAUSE = re.compile(r"(?:[IVX]{1,4}|\d{1,2})\s?[.)]\s+[^\W\d_]{2}")


def find(page: Page, top: Sequence[Line], limit: int) -> tuple[int, str]:
    """The line that names the kind of paper ("CHỈ THỊ"): index and folded words, or (-1, "")."""
    clauses = 0
    for i, line in enumerate(top[: limit + 1]):
        clauses += bool(_CLAUSE.match(page.s, line.start, line.end))
        if clauses > 1:
            break  # "VI. THÔNG TIN, / BÁO CÁO" heads a section
        words = re.sub(r"[\W_]+", " ", page.flat(line)).strip()
        name = re.sub(r"^(?:du thao|du thao lan \d|so \S+|hoa toc|khan|thuong khan|\d+) ", "", words)
        text = page.text(line)
        letters = [c for c in text if c.isalpha()]
        if name in TITLES and sum(c.isupper() for c in letters) * 2 > len(letters):
            return i, name
        if name.startswith("cong dien ") and len(words) < _SHORT and all(c.isupper() for c in letters):
            return i, "cong dien"  # "CÔNG ĐIỆN KHẨN"
        named = _TITLED.match(page.flat(line))
        if named and sum(map(str.isupper, text[: named.end()])) > 6:
            return i, re.sub(r"[\W_]+", " ", named[0]).strip()
        first = next((t for t in sorted(TITLES, key=len, reverse=True) if name.startswith(t + " ")), "")
        if first and len(words) < 120 and letters and all(c.isupper() for c in letters) and TITLES[first] != "order":
            return i, first
    return -1, ""


def behind(page: Page, lines: Sequence[Line], at: int) -> list[Line]:
    """The subject that stands on the title's own line, if one does."""
    named = _TITLED.match(page.flat(lines[at])) if at >= 0 else None
    sign = re.compile(r"\s*[:.]\s*").match(page.s, lines[at].start + named.end(), lines[at].end) if named else None
    return [replace(lines[at], start=sign.end())] if sign else []

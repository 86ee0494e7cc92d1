"""What a document is: a letter that orders, or something else. Decided on evidence, before and after the tasks are read."""

from __future__ import annotations

import re

from letters.compare import flat
from letters.lines import Page
from letters.zones import TITLES, Zones

LONGEST = 3_000_000
"""Characters; a longer text is no letter (200 pages are about 600,000)."""

_VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")
_COMMON = re.compile(
    r"\b(?:cua|cac|va|cho|theo|thuc hien|nhan dan|ngay|thang|nam|don vi|co quan|uy ban|truoc|bao cao|kinh gui|nhiem vu|cong van|giao|de nghi)\b"
)
_SYMBOLS = {
    "ttr": "reply", "bc": "reply", "gm": "invitation", "nq": "law", "qd": "law", "tt": "law", "nd": "law", "l": "law", "bb": "form", "hd": "order", "qh": "law",
    "bc-": "reply", "gd": "form", "gt": "form",
}  # fmt: skip
_ARTICLE = re.compile(
    r"anh minh hoa|\(anh\s*:|hinh tu internet|tai ve\b|theo do,|nguon\s*:|ban doc|phong vien|\bpv\b\s*$|vua (?:ky|ban hanh|co van ban|co cong van)|cho biet|\bra sao\s*\?|nhu the nao\s*\?|quy khach|bao nhieu\s*\?|luu y\s*:|"
    r"cau hoi|hoi dap|tu van|theo thong tin|chia se tai|cap nhat luc|luot xem|https?://"
)
_REPLY = re.compile(
    r"\b(?:tra loi|phuc dap|co y kien (?:tham gia|gop y)|tham gia y kien|xin bao cao|bao cao (?:ket qua|tinh hinh))\b"
)
_ASKS_UP = re.compile(
    r"\bkinh (?:trinh|de nghi|mong|bao cao)[^.;]{0,120}(?:xem xet|phe duyet|quyet dinh|cho y kien|chap thuan|chi dao)|\b(?:trinh|de nghi|bao cao)\s[^.;]{0,80}xem xet,?\s*(?:quyet dinh|phe duyet|chap thuan|cho phep|cho y kien)"
)
_INVITES = re.compile(r"\b(?:tran trong\s+)?kinh moi\b[^.]{0,160}\b(?:du|tham du|tham gia|den du)\b")
_BLANKS = re.compile(r"\.{6,}|_{5,}|…{3,}")
_LAW = re.compile(r"(?m)^\W*dieu\s+\d{1,3}\s*[.:]|^\W*chuong\s+[ivx]+\b")


def unreadable(page: Page) -> str | None:
    """Why a text cannot be read, by code, or None."""
    letters = sum(c.isalpha() for c in page.s[:20000])
    if letters < 25:
        return "empty" if not page.s.strip() or letters == 0 else "garbled"
    sample = page.s[:20000]
    strange = sum(
        1
        for c in sample
        if not (
            c.isspace()
            or ord(c) < 0x250
            or 0x1E00 <= ord(c) < 0x1F00
            or 0x2010 <= ord(c) < 0x2030
            or 0x2500 <= ord(c) < 0x2600
        )
    )
    if strange * 5 > len(sample.strip()):
        return "garbled"
    words = re.findall(r"[^\W\d_]+", page.f[:20000])
    marked = len(_VIETNAMESE.findall(page.n[:20000]))
    common = len(_COMMON.findall(page.f[:20000]))
    if marked * 25 < letters and common * 18 < len(words):
        return "foreign" if words and sum(len(w) for w in words) / len(words) < 9 and _latin(words) else "garbled"
    vowelless = sum(1 for w in words if len(w) > 3 and not re.search(r"[aeiouy]", w))
    return "garbled" if words and vowelless * 4 > len(words) else None


def _latin(words: list[str]) -> bool:
    return sum(1 for w in words if re.search(r"[aeiouy]", w)) * 3 > len(words) * 2


def announced(page: Page, zones: Zones, number: str | None) -> str | None:
    """What the paper says it is, when that is not a letter that orders: "law", "reply", "invitation", "form"."""
    if zones.title and zones.title != "order":
        return zones.title
    if number and zones.title != "order":
        symbol = flat(re.split(r"[-/]", number.lstrip("/-"), maxsplit=2)[1]) if re.search(r"\d[-/]", number) else ""
        found = _SYMBOLS.get(symbol)
        if found and found != "order":
            return found
    head = page.f[:6000]
    if len(_LAW.findall(page.f)) >= 3 and not zones.recipients:
        return "law"
    if not zones.formal and any(
        line_name in TITLES and TITLES[line_name] in ("law", "form") for line_name in [zones.title_name]
    ):
        return TITLES[zones.title_name]
    return "form" if len(_BLANKS.findall(page.s)) > 12 and len(_BLANKS.findall(head)) > 5 and not zones.foot else None


def denied(page: Page, zones: Zones, tasks: int, named: int, timed: int, upward: bool) -> str | None:
    """Why the tasks found make no directive after all, or None. `named`: tasks with an actor of their own."""
    if tasks == 0:
        if _INVITES.search(page.f):
            return "invitation"
        return "reply" if _REPLY.search(page.f[:4000]) or _ASKS_UP.search(page.f) else "no_order"
    if not zones.formal:
        hints = len(_ARTICLE.findall(page.f)) + page.s[:30000].count("?") // 2
        if hints >= 2 or (named == 0 and timed == 0) or (hints and not zones.foot):
            return "article"
        if named * 3 < tasks and not zones.foot:
            return "article"
        return None
    if _INVITES.search(page.f) and not timed:
        return "invitation"
    if upward and (_ASKS_UP.search(page.f) or not timed):
        return "reply"
    return None

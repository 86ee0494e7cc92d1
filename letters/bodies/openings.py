"""Words a sentence may open with before its actor: "Đồng thời, giao X", "Vì thế X …", "Chủ đầu tư là X …", "cứ 6 tháng
một lần X"."""

from __future__ import annotations

import re

from letters.bodies.expansion import Name
from letters.bodies.names import names
from letters.text.views import Text

_OPENS = re.compile(
    r"[\W_]{0,8}(?:100\s?%\s+)?(?:(?:dong thoi|rieng|ngoai ra|ben canh do|truoc mat|theo do|do do|vi vay|ve viec nay)"
    r"\s*,?\s+(?=giao|de nghi|yeu cau|cac|so |ubnd|bo |chu tich))?"
)
_THEREFORE = re.compile(r"(?:vi the|vi vay|do do|do vay|boi vay|boi the|theo do|tu do)\s*,?\s+")
_IS = re.compile(
    r"(?:chu dau tu|co quan (?:chu tri|dau moi)|don vi (?:chu tri|dau moi|thuc hien|thi cong))\s*(?:la|:)\s+"
)
_BY = re.compile(r"do\s+(?=[^.;,:]{3,80}?\s(?:chu tri|thuc hien|phu trach|dam nhiem|lam dau moi|chiu trach nhiem)\b)")
""" "Do Phòng Kế hoạch chủ trì, …"."""
_EVERY = re.compile(
    r"(?:(?:cu|dinh ky)\s+(?:moi\s+)?|moi\s+|(?=[^,.;]{4,14}\s(?:mot|\d)\s+lan))"
    r"(?:\d{1,2}\s+|mot\s+|hai\s+|ba\s+|sau\s+)?(?:ngay|tuan|thang|quy|nam)"
    r"(?:\s+(?:mot|\d)\s+lan|/lan)?\s*,?\s+"
)


def skip(text: Text, start: int, end: int) -> int:
    """Where the words begin that may name an actor."""
    match = _OPENS.match(text.f, start, end)
    at = match.end() if match else start
    for pattern in (_THEREFORE, _IS, _BY, _EVERY):
        opened = pattern.match(text.f, at, end)
        if opened and text.s[opened.end() : opened.end() + 1].isupper() and names(text, opened.end(), end)[0]:
            return opened.end()
    return at


def every(text: Text, at: int, end: int) -> int:
    """Where the words go on behind "cứ 6 tháng một lần"; `at` where they do not begin so."""
    match = _EVERY.match(text.f, at, end)
    return match.end() if match else at


def common_noun(text: Text, at: int, end: int) -> tuple[list[Name], int]:
    """ "…, chủ đầu tư gửi báo cáo …", "…, cơ sở khám bệnh có trách nhiệm …": a common noun before an order that wants one,
    and where it ends; nobody: ([], at)."""
    if not _COMMON_ONE.match(text.f, at, end):
        return [], at
    found, after = names(text, at, end, loose=True)
    return (found, after) if found and _MUST.match(text.f, after, end) else ([], at)


_COMMON_ONE = re.compile(
    r"(?:don vi|co so|chu dau tu|nha thau|co quan|doanh nghiep|cong ty|nha truong|dia phuong|chu nhiem (?:de tai|nhiem vu|du an)"
    r"|thu ky hoi dong|truong (?:doan|ban to chuc)|nha dau tu|chu (?:rung|co so|hang|nguon thai)|to chuc,? ca nhan)\b"
)
_MUST = re.compile(
    r"\s*(?:\([^()]{1,30}\)\s*)?(?:(?:co|chiu) trach nhiem|gui(?: bao cao)?|bao cao|(?<!doi hoi )phai|hoan (?:thien|thanh|chinh)"
    r"|to chuc|lap|nop|tong hop|thuc hien|xay dung|ra soat|chuan bi|khan truong|ban hanh|cap nhat|kiem tra|thong bao)\b"
)

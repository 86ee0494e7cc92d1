"""Days that are no limit although they look like one: how long an event or a campaign lasts, and by when something was done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from letters.text.views import Text
from letters.times.periods import Found

_EVENT = re.compile(
    r"\b(?:tuan le|thang (?:hanh dong|cao diem|thanh nien|an toan)|ngay hoi|hoi cho|le hoi|hoi thi|hoi thao|hoi nghi|hoi nghi"
    r"|dai hoi|ky thi|ky hop|cuoc thi|hoi dien|giai dau|lop tap huan|khoa (?:hoc|tap huan)|dot (?:nghi|kiem tra|thanh tra))\b"
    r"[^.;:()]{0,90}\(?\s*$"
)
_CAMPAIGN = re.compile(
    r"\b(?:cao diem|chien dich|dot|mua|phong trao|thoi ky|giai doan"
    r"|thoi gian (?:cao diem|ra quan|phat dong|thuc hien|to chuc|nghi)"
    r"|tuan le|thang hanh dong)\b[^.;:()]{0,70}\(?\s*$"
)
_HELD_ON = re.compile(
    r"\b(?:to chuc|khai mac|be mac|dien ra|du)\s[^.;:()]{0,60}?\b(?:le|hoi nghi|dai hoi|mit tinh|hoi thi|gap mat|ngay hoi"
    r"|hoi cho|hoi thao|khai giang|be giang|chuong trinh|phien hop|cuoc hop|le hoi|tet|dem)\b[^.;:,()]{0,60}$"
)
""" "tổ chức Lễ phát động vào ngày 01/6": the day of an event; "trước ngày …" would be a limit."""
_STOP = re.compile(r"[.;]\s|\n")
_DONE = re.compile(r"\s*,?\s*(?:[^.;:,()]{0,40}\s)?(?:đã|mới chỉ|mới|chưa|vẫn còn|còn|ước đạt|đạt)\s")


def lasts(text: Text, found: Found, others: Sequence[Found]) -> bool:
    """Whether a range of days only says how long something lasts: an event ("Tuần lễ … từ ngày 16 đến ngày 23/10"), or a
    campaign beside a limit of its own ("trong thời gian cao điểm (từ 15/4 đến 31/8), báo cáo trước 16h30 thứ Sáu")."""
    before = text.f[max(0, found.start - 110) : found.start]
    if text.f.startswith(("vao ngay", "ngay", "vao luc", "vao sang", "vao chieu"), found.start) and _HELD_ON.search(
        before
    ):
        return True
    if before.endswith("tu nay ") and any(o.deadline.kind == "recurring" for o in _later(text, found, others)):
        return True
    if not text.f.startswith("tu ", found.start) or found.deadline.kind not in ("date", "recurring"):
        return False
    if _EVENT.search(before):
        return True
    return bool(_CAMPAIGN.search(before)) and bool(_later(text, found, others))


def _later(text: Text, found: Found, others: Sequence[Found]) -> list[Found]:
    """The limits that follow in the same sentence."""
    stop = _STOP.search(text.s, found.end)
    end = stop.start() if stop else len(text.s)
    return [other for other in others if found.end <= other.start < end]


def told_of(text: Text, found: Found, issued: dt.date | None) -> bool:
    """Whether a day past is that by which something had been done: "Đến hết tháng 4/2025, đã kiểm đếm xong 11 km"."""
    due = found.deadline.due
    if found.deadline.kind != "date" or due is None or issued is None or due > issued:
        return False
    return text.f.startswith(("den ", "het ", "tinh "), found.start) and bool(_DONE.match(text.n, found.end))

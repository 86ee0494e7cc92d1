"""Days that are no limit although they look like one: how long an event or a campaign lasts, and by when something was done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from letters.text.views import Text
from letters.times.dates import HOUR, clock
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
_HELD_THEN = re.compile(
    r"\b(?:hoi nghi|cuoc hop|phien hop|ky hop|dai hoi|hoi thao|hoi thi|cuoc thi|ky thi"
    r"|le [^\W\d]+|buoi le|chuong trinh|lop tap huan)\b"
    r"[^.;:,()]{0,60}?\s(?:duoc |se |du kien )*(?:to chuc|dien ra|khai mac|bat dau|be mac|hop)\s*$"
)
""" "Hội nghị được tổ chức vào ngày 20/3": the same, told of the event."""
_STOP = re.compile(r"[.;]\s|\n")
_DONE = re.compile(r"\s*,?\s*(?:[^.;:,()]{0,40}\s)?(?:đã|mới chỉ|mới|chưa|vẫn còn|còn|ước đạt|đạt)\s")


def lasts(text: Text, found: Found, others: Sequence[Found]) -> bool:
    """Whether a range of days only says how long something lasts: an event ("Tuần lễ … từ ngày 16 đến ngày 23/10"), or a
    campaign beside a limit of its own ("trong thời gian cao điểm (từ 15/4 đến 31/8), báo cáo trước 16h30 thứ Sáu")."""
    before = text.f[max(0, found.start - 110) : found.start]
    if text.f.startswith(("vao ngay", "ngay", "vao luc", "vao sang", "vao chieu"), found.start) and (
        _HELD_ON.search(before) or _HELD_THEN.search(before)
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


def repeated(text: Text, found: list[Found]) -> list[Found]:
    """Without the days between which something is done daily or weekly ("Từ ngày 16/01 đến hết ngày 27/01, báo cáo hằng ngày
    … trước 15 giờ 00"), whose hour is that of each day."""
    often = [f for f in found if f.deadline.rrule and f.deadline.rrule.startswith(("FREQ=DAILY", "FREQ=WEEKLY"))]
    if not often:
        return found
    kept = [f for f in found if f.deadline.kind != "date" or not any(_between(text, f, other) for other in often)]
    return [_timed(text, f) if any(f is other for other in often) else f for f in kept]


def _between(text: Text, window: Found, often: Found) -> bool:
    first, second = sorted((window, often), key=lambda f: f.start)
    if second.start - first.end > _ONE_SENTENCE:
        return False
    words = text.s[first.end : second.start]
    if re.search(r"[.;]\s|\n", words):
        return False
    if text.f.startswith("tu ", window.start):
        return True
    return first is often and bool(_UNTIL.fullmatch(text.f, first.end, second.start))


_ONE_SENTENCE = 400
"""Characters."""
_UNTIL = re.compile(r"[\s,(]*(?:(?:ke )?tu (?:nay|khi [^.;,]{0,40}|ngay [\d/.-]{3,10}),?\s*)?(?:cho)?\s*")
""" "hằng ngày cho đến hết ngày 20/02"."""


def _timed(text: Text, daily: Found) -> Found:
    """ "báo cáo hằng ngày diễn biến … về Sở trước 15 giờ 00"."""
    if daily.deadline.time or daily.deadline.rrule != "FREQ=DAILY" or " lan" in text.f[daily.start : daily.end + 8]:
        return daily
    hour = _BEFORE.match(text.f, daily.end)
    time = clock(hour) if hour and not _TWICE.match(text.f, hour.end()) else None
    return replace(daily, deadline=daily.deadline.model_copy(update={"time": time})) if time else daily


_BEFORE = re.compile(
    rf"[^.;\n]{{0,160}}?\b(?:truoc|cham nhat(?: la| vao| luc)?) {HOUR}(?!\s*,?\s*(?:ngay \d|\d|hang|va truoc))"
)

_TWICE = re.compile(r"\s*(?:va|,|;)\s*(?:truoc |luc )?\d{1,2}\s?(?:h|gio)\b")


def told_of(text: Text, found: Found, issued: dt.date | None) -> bool:
    """Whether a day past is that by which something had been done: "Đến hết tháng 4/2025, đã kiểm đếm xong 11 km"."""
    due = found.deadline.due
    if found.deadline.kind != "date" or due is None or issued is None or due > issued:
        return False
    return text.f.startswith(("den ", "het ", "tinh "), found.start) and bool(_DONE.match(text.n, found.end))

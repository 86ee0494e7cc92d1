"""Periods without a day: "hàng tháng", "định kỳ 6 tháng". The day is then the report period's cut-off, a doubt."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from letters.text.views import Text
from letters.times.dates import DAY, day_of
from models.reading import ReadDeadline


@dataclass(frozen=True)
class Found:
    """A deadline at a place of the text, with the codes of what is doubtful about it."""

    start: int
    end: int
    deadline: ReadDeadline
    doubts: tuple[str, ...] = ()


_PERIOD = re.compile(
    r"\b(?P<term>(?:dinh ky|ket thuc)\s+(?:vao\s+)?(?:cuoi\s+)?(?:(?:moi|tung|cac)\s+)?hoc ky(?:\s*(?:1|i)\s*(?:va|,)\s*(?:cuoi\s+)?(?:hoc ky\s*)?(?:2|ii)\b)?)"
    r"|(?P<regular>\bdinh ky\s*,?\s*(?:\(?\s*(?:vao\s+)?(?:theo\s+)?)?)?\b(?:(?:hang|moi|tung|theo tung)\s+(?P<unit>thang|quy|nam|tuan|ngay)(?:\s+(?:mot|0?1)\s+lan)?|(?P<six>(?:0?6|sau)\s+thang)(?P<once>\s*(?:1|01|mot)\s+(?:lan|ky)|/(?:1\s*)?lan)?"
    r"|(?P<per>(?:0?\d|mot|hai|ba|bon)\s+lan\s*/\s*(?P<per_unit>thang|quy|nam|tuan|ngay))|(?P<n>\d{1,2}|mot|hai|ba)\s+(?P<n_unit>thang|tuan|ngay|nam)(?:\s*(?:/\s*(?:0?[1il]\s*)?|\s+(?:mot|0?1)\s+)lan|(?(regular)(?=\s*(?:,|\()?\s*(?:bao cao|gui|tong hop|thong bao|cap nhat|cung cap|so ket|danh gia|kiem tra|ra soat|hop|lap|to chuc|trinh)\b)|(?!)))|(?P<bare>thang|quy|nam|tuan)(?!\s*\d))\b"
)
_RULE = {
    "thang": "FREQ=MONTHLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3",
    "nam": "FREQ=YEARLY",
    "tuan": "FREQ=WEEKLY",
    "ngay": "FREQ=DAILY",
}
_REPORTING = re.compile(
    r"\b(?:bao cao|dinh ky|tong hop|cap nhat|giao ban|so ket|gui|cao ket qua|cung cap (?:so lieu|thong tin))\b"
)
_DESCRIBED = re.compile(
    r"\b(?:ke hoach|kinh phi|du toan|chi thuong xuyen|ngan sach|chuong trinh|von|nhu cau|dot|bieu che|cong tac|muc tieu|ky thi|dai hoi|hoi nghi)\b[^,.;:]*$"
)
_EACH_ONE = re.compile(r"\s+(?:mot|0?1)\s+(?:ban|ban tin|bao cao|ky)\b")
""" "mỗi tuần một bản"; "mỗi tuần một lần" may only say how a thing is done."""
_ITS_DAY = r"|\s*[,(]?\s*(?:gui\s+|nop\s+)?(?:truoc|cham nhat)\b[^.;,\d]{0,25}\d{1,2}\s?(?:/|thang)\s?\d{1,2}\s?(?:/|nam)\s?20\d\d"
""" "báo cáo 6 tháng trước ngày 10/7/2026": one report on one day."""
_DAY_NEXT = re.compile(r"\s*[,(]?\s*(?:truoc|vao|cham nhat|muon nhat|den het|den)\b[^.;,\d]{0,25}\d")
"""A period with its day at once: "hằng năm, trước ngày 15/12 báo cáo …"."""
_BARE_DAY = re.compile(
    r"(?:\b(?P<pre>truoc|vao|cham nhat(?: la)?(?: vao)?|den)\s+(?:het\s+)?|(?<=\())ngay\s+(?:m[ou]ng\s+)?(?P<day>\d{1,2})\b(?!\s*[/.-]\s*\d|\s*thang\s+\d)"
)


def periods(text: Text, start: int, end: int, taken: list[tuple[int, int]], found: list[Found]) -> Iterator[Found]:
    """ "Hàng tháng …" and its like; an exact recurring day nearby makes them mere repetition."""
    for match in _PERIOD.finditer(text.f, start, end):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        interval = _interval(match)
        if interval is None or not _regular(text, match, start, end):
            continue
        left, right = _sentence(text, match.start(), start, end)
        named = next((f for f in found if left <= f.start < right and f.deadline.kind == "recurring"), None)
        if named:
            if interval != "FREQ=MONTHLY" or (named.deadline.rrule or "").startswith(interval):
                continue
            found[found.index(named)] = replace(named, doubts=(*named.doubts, "deadline_unsure"))
            continue
        yield _with_day(text, match, interval, left, right, found)


_MARK = re.compile(r"[\s(\-–+,•*]*(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})\s?[.)/:]+)?[\s(\-–+,•*]*")
"""What stands before a period at the head of its clause: nothing, or the clause's sign ("d) Hằng tháng công khai …")."""


_ALSO = re.compile(r"^\s*(?:dong thoi|ngoai ra|ben canh do|mat khac|theo do|trong do)\s*,\s*")
""" "…; đồng thời, hàng ngày nắm bắt …": what only joins a second act to the first."""


def _interval(match: re.Match[str]) -> str | None:
    if match["six"] or match["term"]:
        return "FREQ=MONTHLY;INTERVAL=6"
    if match["n"]:
        count = {"mot": 1, "hai": 2, "ba": 3}.get(match["n"]) or int(match["n"])
        return f"{_RULE[match['n_unit']]};INTERVAL={count}" if count > 1 else _RULE[match["n_unit"]]
    if match["bare"]:
        return _RULE[match["bare"]] if match["regular"] else None
    return _RULE[match["unit"] or match["per_unit"]]


def _regular(text: Text, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the period times an act, and does not describe a thing ("kế hoạch hàng năm")."""
    if match["unit"] and text.n[match.start("unit") - 4 : match.start("unit")].strip() in (
        "mới",
        "hạng",
        "hãng",
    ):
        return False
    if match["regular"] or match["term"]:
        return True
    if match["unit"] and _TIMED.search(text.f, max(start, match.start() - 60), match.start()):
        return True
    if match["once"] or text.f[max(start, match.start() - 4) : match.start()].strip() == "cu":
        return True  # "cứ 6 tháng một lần"
    if match["unit"] and _EACH_ONE.match(text.f, match.end(), end):
        return True
    before, after = (
        text.f[max(start, match.start() - 110) : match.start()],
        text.f[match.end() : min(end, match.end() + 90)],
    )
    before, after = re.split(r"[.;:]\s", before)[-1], re.split(r"[.;:]\s", after)[0]
    before = _ALSO.sub("", before)
    if match["unit"] and _DAY_NEXT.match(after):
        return True
    if re.match(r"\s*la\b", after):
        return False  # "chế độ báo cáo hằng tuần là một trong các căn cứ …"
    if match["six"]:
        return bool(re.search(r"(?:bao cao|dinh ky|tong hop)\W+(?:\w+\W+){0,6}$", before)) and not re.match(
            r"\s*(?:dau|cuoi|nam|qua|tuoi)" + _ITS_DAY, after
        )
    if _MARK.fullmatch(before):
        return not re.match(r"\s*(?:cua|la)\b", after)
    if re.match(
        r"\s*,?\s*(?:bao cao|tong hop|gui|cap nhat|co bao cao|phai bao cao|danh gia|ra soat|don doc|to chuc|kiem tra|theo doi|thong ke|so ket|hop|giao ban|co cao)",
        after,
    ):
        return not _DESCRIBED.search(before) or bool(re.match(r"\s*,?\s*(?:bao cao|gui|tong hop)", after))
    if _DESCRIBED.search(before) and not re.search(r"(?:danh gia|bao cao|tong hop)[^,.;:]*ket qua[^,.;:]*$", before):
        return False
    if match["unit"] in ("tuan", "ngay") and re.match(r"\s*(?:$|[;,.])", after) and _AGAIN.search(before):
        return True
    if match["unit"] in ("tuan", "ngay") and match[0].startswith("hang") and _SHOWN.search(before):
        return True
    return bool(_REPORTING.search(before))


_TIMED = re.compile(
    r"\b(?:thoi gian|thoi han|tien do|tan suat|ky han)(?: [^\W\d_]+){0,3}\s*:\s*(?:thuong xuyen\s*(?:,|va|;|-)?\s*)?(?:theo )?$"
)
""" "Thời gian thực hiện: thường xuyên, hằng năm"."""
_SHOWN = re.compile(r"(?:^|[\s,;])(?:cong bo|cong khai|niem yet|thong bao|dang tai|phat thanh)\s[^;]*$")
""" "công bố kết quả xếp hạng hằng ngày trên …"."""

_AGAIN = re.compile(r"(?:^|[\s,;])(?:kiem tra|hop|doi thoai|ra soat|don doc|kiem diem|tiep dan|tuan tra)\s[^,;]*$")
""" "kiểm tra hiện trường hằng tuần;": what is done again and again, though nothing is reported."""


def _sentence(text: Text, at: int, start: int, end: int) -> tuple[int, int]:
    left = max((m.end() for m in re.finditer(r"[.;]\s", text.f[start:at])), default=0) + start
    right = re.search(r"[.;](?:\s|$)", text.f[at:end])
    return left, at + right.start() if right else end


def _with_day(text: Text, match: re.Match[str], interval: str, left: int, right: int, found: list[Found]) -> Found:
    """The period joined with a day named apart from it: "Hàng tháng (trước ngày 25)", "hằng năm … trước ngày 15/11"."""
    start, end = match.span()
    rule, doubts = interval, ("period_cutoff",)
    day = _BARE_DAY.search(text.f, left, right)
    if day and interval == "FREQ=MONTHLY":
        last = int(day["day"]) - (day["pre"] == "truoc")
        rule, doubts = f"FREQ=MONTHLY;BYMONTHDAY={last or -1}", ()
        start, end = day.span()
    for other in list(found):
        if (
            left <= other.start < right
            and other.deadline.kind == "date"
            and not re.search(r"\d{4}", other.deadline.phrase or "")
        ):
            due = other.deadline.due or _in_any_year(text, other)
            if due and interval == "FREQ=YEARLY":
                found.remove(other)
                rule, doubts = f"FREQ=YEARLY;BYMONTH={due.month};BYMONTHDAY={due.day}", ()
                start, end = other.start, other.end
    deadline = ReadDeadline(
        kind="recurring", rrule=rule, phrase=" ".join(text.s[start:end].split()), span=text.span(start, end)
    )
    return Found(start, end, deadline, doubts)


def _in_any_year(text: Text, found: Found) -> dt.date | None:
    """The last day allowed of a day without a year in a letter without a day."""
    match = re.search(DAY, text.f[found.start : found.end])
    day = day_of(match, dt.date(2023, 1, 1))[0] if match else None
    before = text.f.startswith("truoc", found.start) and not found.deadline.time
    return day and day - dt.timedelta(days=before)

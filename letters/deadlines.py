"""Time limits in a letter's words → the last day allowed (docs/domain.md, "Deadlines").

Every rule is a pattern over the flat text and a small function; rules stand in order, the first to claim a
stretch of text keeps it. Nothing is invented: "khẩn trương", "sớm", "theo quy định" are no deadline.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from letters.dates import (
    DAY,
    HOUR,
    QUARTERS,
    WEEKDAY,
    WEEKDAYS,
    clock,
    day_before,
    day_of,
    last_of_month,
    last_of_quarter,
    number,
)
from letters.lines import repair
from letters.text import Text
from models.reading import ReadDeadline


@dataclass(frozen=True)
class Found:
    """A deadline at a place of the text, with the codes of what is doubtful about it."""

    start: int
    end: int
    deadline: ReadDeadline
    doubts: tuple[str, ...] = ()


Make = Callable[[re.Match[str], dt.date | None], tuple[ReadDeadline, tuple[str, ...]] | None]


def deadlines(text: Text, start: int, end: int, issued: dt.date | None = None) -> list[Found]:
    """All deadlines in this range, in order; general periods give way to exact days ("hàng quý, trước ngày 10 …")."""
    found: list[Found] = []
    taken: list[tuple[int, int]] = []
    for pattern, make in RULES:
        for match in pattern.finditer(text.f, start, end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            if _excluded(text, match):
                taken.append(match.span())
                continue
            made = make(match, issued)
            if made is None:
                continue
            taken.append(match.span())
            found.append(_place(text, match, made, issued))
    found.extend(_periods(text, start, end, taken, found))
    return sorted(found, key=lambda f: f.start)


def find(words: str, issued: dt.date | None = None) -> list[Found]:
    """The deadlines in a plain string."""
    page = repair(words)
    return deadlines(page, 0, len(page.s), issued)


def _place(
    text: Text, match: re.Match[str], made: tuple[ReadDeadline, tuple[str, ...]], issued: dt.date | None
) -> Found:
    deadline, doubts = made
    start, end = match.span()
    while end > start and text.s[end - 1] in " ,.;:(":
        end -= 1
    if deadline.kind == "date" and deadline.due and issued and deadline.due <= issued:
        doubts = (*doubts, "deadline_not_after_issue")
    phrase = " ".join(text.s[start:end].split())
    return Found(start, end, deadline.model_copy(update={"phrase": phrase, "span": text.span(start, end)}), doubts)


# What makes a date no deadline --------------------------------------------------------------------------------

_COUNTING = re.compile(
    r"(?:tinh|so lieu|lay so lieu|chot so lieu|thoi diem|hieu luc|gia han|lui|keo dai|tam dung|giai doan|ap dung|phat sinh|ban hanh|ky|giam|tang"
    r"|khoi cong|khai mac|to chuc hoi nghi|dien ra|mit tinh|du kien hop|hop kiem diem|bat dau|thi hanh|co hieu luc)\s*(?:tu|ke tu)?\s*$"
)
_PROLONGED = re.compile(r"(?:gia han|lui|tam dung|hieu luc|han su dung|keo dai|duoc lui)[^.;:]{0,90}$")


def _excluded(text: Text, match: re.Match[str]) -> bool:
    before = text.f[max(0, match.start() - 100) : match.start()]
    until = match[0].startswith(("den", "het", "vao", "tu", "thoi"))
    if until and re.search(r"\b(?:truong hop|neu|ket thuc|khi|du kien|tam dung[^.;]{0,60}|thoi gian tam[^.;]{0,60})[\s(]*$", before):
        return True
    if _COUNTING.search(before) and (until or match[0].startswith("trong")):
        return True
    return match[0].startswith(("den", "het")) and bool(_PROLONGED.search(before))


# Exact days -----------------------------------------------------------------------------------------------------

_ON = (
    r"(?:(?:cham|muon)\s+nhat\s*(?:la|den|vao|trong|het|:)*(?:\s+(?:het|la|vao))?|khong\s+(?:qua|muon hon|cham hon|tre hon)|den\s+het|den(?=\s+(?:ngay|\d))|het(?=\s+ngay)"
    r"|vao(?=\s+(?:ngay|\d{{1,2}}\s?(?:h|gio)))|han\s+(?:chot|cuoi(?: cung)?|nop|gui|bao cao)?\s*(?:la|den|:|vao|het)*|thoi\s+(?:han|gian)\s+(?:hoan thanh|gui|bao cao|nop|thuc hien)?[^.;:,()\d]{{0,25}}?(?:la|den|:|vao|het|xong)+"
    r"|trong(?=\s+ngay)|(?:hoan thanh|xong)(?:\s+(?:vao|trong|den het|den))*(?=\s+ngay))\s*(?:het\s+)?{hour}?(?:het\s+)?{day}"
)


_BEFORE_DAY = re.compile(
    rf"(?P<latest>(?:cham|muon)\s+nhat\s+(?:la\s+|den\s+|vao\s+)?)?truoc\s+{HOUR}?(?:het\s+)?{DAY}"
)
_ON_DAY = re.compile(r"\b" + _ON.format(hour=HOUR, day=DAY))
_RANGE = re.compile(
    r"\btu\s+(?:ngay\s*)?\d{1,2}(?:\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?|\s*thang\s*\d{1,2}(?:\s*nam\s*\d{4})?)?\s*(?:den|-|–)\s*(?:het\s*)?"
    + DAY
)


def _before_day(match: re.Match[str], issued: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    day, assumed, impossible = day_of(match, issued)
    time = clock(match)
    doubts = _day_doubts(day, assumed, impossible, issued)
    if match["latest"] and not time:
        doubts += ("deadline_before_at_latest",)
    due = day if day is None or time else day - dt.timedelta(days=1)
    return ReadDeadline(kind="date", due=due, time=time), doubts


def _on_day(match: re.Match[str], issued: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    day, assumed, impossible = day_of(match, issued)
    return ReadDeadline(kind="date", due=day, time=clock(match) if "hour" in match.groupdict() else None), _day_doubts(
        day, assumed, impossible, issued
    )


def _day_doubts(day: dt.date | None, assumed: bool, impossible: bool, issued: dt.date | None) -> tuple[str, ...]:
    if impossible:
        return ("deadline_impossible",)
    if assumed and (issued is None or day is None or day.year != issued.year):
        return ("deadline_year_assumed",)
    return ()


# Months, quarters, years ----------------------------------------------------------------------------------------

_WITHIN = (
    r"(?P<how>(?:cham|muon)\s+nhat\s*(?:la\s+|trong\s+|den\s+|vao\s+)?(?:het\s+)?|trong\s+|(?:den\s+)?(?:het|cuoi)\s+|truoc\s+|(?:hoan thanh|xong|han chot|thoi han(?: hoan thanh)?|thoi gian(?: thuc hien| hoan thanh)?)"
    r"\s*(?:vao|la|:|den|trong|het)*\s+)"
)
_MONTH = re.compile(r"\b" + _WITHIN + r"thang\s+(?P<month>\d{1,2})(?:\s*(?:/|nam|-|\.)\s*(?P<year>\d{4}))?(?![\d/])")
_QUARTER = re.compile(
    r"\b" + _WITHIN + r"quy\s+(?P<quarter>iv|i{1,3}|0?[1-4])\b(?:\s*(?:/|nam|-|,)\s*(?P<year>\d{4}))?"
)
_YEAR = re.compile(
    r"\b(?P<how>trong\s+|(?:den\s+)?het\s+|truoc\s+|(?:hoan thanh|xong)\s+(?:trong\s+)?)nam\s+(?P<year>20\d\d)(?!\s*[-–]\s*20|\d)"
)
_THIS = re.compile(r"\btrong\s+(?P<what>thang|quy|nam|tuan|ngay)\s+nay\b")
_AIM = re.compile(
    r"\b(?:hoan thanh|xong|ban giao|ban hanh|phe duyet|trinh|bao cao|gui|dua vao|ket thuc|to chuc|xay dung|thuc hien|trien khai)\b[^.;:]*$"
)


def _month(match: re.Match[str], issued: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    month = int(match["month"])
    year, doubts = _year(match["year"], issued)
    if not 1 <= month <= 12:
        return None
    if year is None:
        return ReadDeadline(kind="date"), doubts
    due = last_of_month(year, month)
    if match["year"] is None and issued and (issued - due).days > 180:
        due = last_of_month(year + 1, month)
        doubts = ("deadline_year_assumed",)
    if "truoc" in match["how"]:
        due = due.replace(day=1) - dt.timedelta(days=1)
    return ReadDeadline(kind="date", due=due), doubts


def _quarter(match: re.Match[str], issued: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    year, doubts = _year(match["year"], issued)
    if year is None:
        return ReadDeadline(kind="date"), doubts
    due = last_of_quarter(year, QUARTERS[match["quarter"]])
    if match["year"] is None and issued and (issued - due).days > 180:
        due, doubts = last_of_quarter(year + 1, QUARTERS[match["quarter"]]), ("deadline_year_assumed",)
    if "truoc" in match["how"]:
        due = dt.date(due.year, due.month - 2, 1) - dt.timedelta(days=1)
    return ReadDeadline(kind="date", due=due), doubts


def _year(year: str | None, issued: dt.date | None) -> tuple[int | None, tuple[str, ...]]:
    if year:
        return int(year), ()
    return (issued.year, ()) if issued else (None, ("deadline_year_assumed",))


def _whole_year(match: re.Match[str], issued: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    year = int(match["year"])
    before = match.string[max(0, match.start() - 160) : match.start()]
    if match["how"].startswith("trong") and not _AIM.search(before):
        return None
    if "truoc" in match["how"]:
        return ReadDeadline(kind="date", due=dt.date(year - 1, 12, 31)), ()
    return ReadDeadline(kind="date", due=dt.date(year, 12, 31)), ()


def _this(match: re.Match[str], issued: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    if issued is None:
        return None
    ends = {
        "ngay": issued,
        "tuan": issued + dt.timedelta(days=6 - issued.weekday()),
        "thang": last_of_month(issued.year, issued.month),
        "quy": last_of_quarter(issued.year, (issued.month + 2) // 3),
        "nam": dt.date(issued.year, 12, 31),
    }
    return ReadDeadline(kind="date", due=ends[match["what"]]), ()


# Recurring ------------------------------------------------------------------------------------------------------

EVERY = r"(?:(?:hang|hagn|moi|tung)\s+{unit}|{unit}\s+hang\s+{unit})"
_PRE = r"(?:dinh ky\s+)?(?P<pre>truoc(?=\s)|vao(?=\s)|(?:cham|muon)\s+nhat\s*(?:la|vao|den)?|den(?=\s)|khong qua|tu\s+ngay\s+\d{1,2}\s+den)?\s*(?:het\s+)?"
_MONTHLY_DAY = re.compile(
    rf"\b{_PRE}{HOUR}?(?:ngay\s+)(?P<day>\d{{1,2}})\s*(?:,\s*)?(?:cua\s+)?(?:(?:hang|moi)\s+thang|thang\s+(?:tiep theo|sau|ke tiep|lien ke))\b"
)
_QUARTER_DAY = re.compile(
    rf"\b{_PRE}{HOUR}?(?:ngay\s+)(?P<day>\d{{1,2}})\s*(?:cua\s+)?thang\s+(?P<which>cuoi|dau)(?:\s+(?:cung|tien))?(?:\s+cua)?(?:\s+(?:moi|hang|tung))?\s+quy(?:\s+(?:tiep theo|sau|ke tiep|lien ke|bao cao))?"
)
_QUARTER_MONTHS = re.compile(
    rf"\b{_PRE}(?:ngay\s+)(?P<day>\d{{1,2}})\s*(?:cua\s+)?(?:cac\s+)?thang\s+(?P<months>\d{{1,2}}(?:\s*(?:,|va)\s*(?:thang\s+)?\d{{1,2}})+)"
)
_YEARLY_DAY = re.compile(
    rf"\b{_PRE}{HOUR}?{DAY}(?P<more>(?:\s*(?:,|va|;)\s*(?:truoc\s+)?(?:ngay\s+)?\d{{1,2}}/\d{{1,2}})*)\s*,?\s*(?:cua\s+)?(?:(?:hang|moi)\s+nam|nam\s+(?:sau|tiep theo|ke tiep|lien sau|lien ke)(?:\s+(?:lien ke|lien sau))?)"
)
_WEEKLY_DAY = re.compile(rf"\b{_PRE}{HOUR}?(?:ngay\s+)?(?P<weekday>{WEEKDAY})\s*,?\s*(?:cua\s+)?(?:hang|moi)\s+tuan\b")
_DAILY_HOUR = re.compile(rf"\b{_PRE}{HOUR}(?:cua\s+)?(?:hang|moi)\s+ngay\b")
_LAST_DAY = re.compile(
    rf"\b{_PRE}ngay\s+(?:lam viec\s+)?cuoi\s+(?:cung\s+)?(?:cua\s+)?(?:(?:hang|moi)\s+)?(?P<unit>thang|quy|nam)\b(?!\s+\d)"
)


def _recurring(rule: str, match: re.Match[str]) -> tuple[ReadDeadline, tuple[str, ...]]:
    return ReadDeadline(kind="recurring", rrule=rule, time=clock(match) if "hour" in match.groupdict() else None), ()


def _month_day(match: re.Match[str]) -> int | None:
    """The last day allowed as BYMONTHDAY: the day before where "trước" stands without an hour."""
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    timed = "hour" in match.groupdict() and match["hour"]
    if (match["pre"] or "").startswith("truoc") and not timed:
        return day - 1 if day > 1 else -1
    return day


def _monthly_day(match: re.Match[str], _: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    day = _month_day(match)
    return None if day is None else _recurring(f"FREQ=MONTHLY;BYMONTHDAY={day}", match)


def _quarter_day(match: re.Match[str], _: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    day = _month_day(match)
    if day is None:
        return None
    last = match["which"] == "cuoi"
    if day == -1:
        return _recurring(f"FREQ=YEARLY;BYMONTH={'2,5,8,11' if last else '3,6,9,12'};BYMONTHDAY=-1", match)
    return _recurring(f"FREQ=YEARLY;BYMONTH={'3,6,9,12' if last else '1,4,7,10'};BYMONTHDAY={day}", match)


def _quarter_months(match: re.Match[str], _: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    day = _month_day(match)
    months = sorted({int(m) for m in re.findall(r"\d+", match["months"])})
    if day is None or day < 1 or not all(1 <= m <= 12 for m in months):
        return None
    return _recurring(f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={day}", match)


def _yearly_day(match: re.Match[str], issued: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    if match["y"] or match["y2"]:
        return None
    day, _assumed, impossible = day_of(match, dt.date(2023, 1, 1))
    if impossible or day is None:
        return None
    step = dt.timedelta(days=1 if (match["pre"] or "").startswith("truoc") and not match["hour"] else 0)
    more = [
        dt.date(2023, int(m), int(d))
        for d, m in re.findall(r"(\d{1,2})/(\d{1,2})", match["more"] or "")
        if 1 <= int(m) <= 12 and 1 <= int(d) <= 28
    ]
    days = [d - step for d in (day, *more)]
    months = ",".join(str(m) for m in sorted({d.month for d in days}))
    made = _recurring(f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days[0].day}", match)
    return made if len({d.day for d in days}) == 1 else (made[0], ("deadline_unsure",))


def _weekly_day(match: re.Match[str], _: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    code = WEEKDAYS[match["weekday"].removeprefix("thu").strip()]
    if (match["pre"] or "").startswith("truoc") and not match["hour"]:
        code = day_before(code)
    return _recurring(f"FREQ=WEEKLY;BYDAY={code}", match)


def _daily_hour(match: re.Match[str], _: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    return _recurring("FREQ=DAILY", match)


def _last_day(match: re.Match[str], _: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    rules = {
        "thang": "FREQ=MONTHLY;BYMONTHDAY=-1",
        "quy": "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
        "nam": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
    }
    return _recurring(rules[match["unit"]], match)


# Counted in days ------------------------------------------------------------------------------------------------

_COUNT = r"(?P<count>\d{1,3}|mot|hai|ba|bon|nam|sau|bay|muoi|muoi lam|ba muoi)(?:\s*\(\s*\w+(?:\s\w+)?\s*\))?"
_RELATIVE = re.compile(
    rf"\b(?:trong\s+(?:vong|thoi han|thoi gian|khoang thoi gian)\s*(?:la\s+)?(?:khong qua\s+|toi da\s+)?|(?:cham|muon)\s+nhat\s*(?:la\s+)?(?:trong\s+(?:vong\s+)?|sau\s+)?|(?:khong qua|toi da)\s+|sau\s+|thoi han\s*(?:la\s+|:\s*)?|trong\s+)"
    rf"{_COUNT}\s*(?P<unit>ngay|gio|tieng|tuan|thang)(?P<working>\s+lam\s+viec)?(?:\s*,?\s*(?P<from>(?:(?:ke|tinh)\s+)?(?:tu|sau)\s+(?:khi|ngay|thoi diem|luc)\b[^.;:,()]{{0,90}}))?"
)
_CAMPAIGN = re.compile(r"\b(?P<count>\d{2,3})\s+ngay(?:\s+dem)?\s+(?:cao diem|thi dua|chien dich|nuoc rut)")
_FROM_SIGNING = re.compile(r"\b(?:ky|ban hanh)\b")


def _relative(match: re.Match[str], issued: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    count = number(match["count"])
    opening = match[0].split()[0]
    if count is None or (
        match["unit"] == "thang"
        and not match["from"]
        and not match[0].startswith(("trong vong", "trong thoi", "cham", "khong"))
    ):
        return None
    if (
        opening in ("sau", "khong", "toi")
        and not match["from"]
        and match["unit"] in ("ngay", "tuan", "thang")
        and not match["working"]
    ):
        return None
    if (
        match[0].startswith("trong ")
        and not match["from"]
        and not match["working"]
        and not match[0].startswith(("trong vong", "trong thoi"))
    ):
        return None
    days = {
        "ngay": count,
        "tuan": count * 7,
        "gio": max(1, -(-count // 24)),
        "tieng": max(1, -(-count // 24)),
    }.get(match["unit"])
    start = _start(match["from"] or "", issued)
    working = bool(match["working"])
    due = (
        start + dt.timedelta(days=days)
        if start and days and not working and re.search(DAY, match["from"] or "")
        else None
    )
    deadline = ReadDeadline(kind="relative", relative_days=days, working_days=working, start=start, due=due)
    return deadline, () if start else ("relative_start",)


def _start(words: str, issued: dt.date | None) -> dt.date | None:
    match = re.search(DAY, words)
    if match:
        return day_of(match, issued)[0]
    return issued if _FROM_SIGNING.search(words) and "ket thuc" not in words else None


def _campaign(match: re.Match[str], _: dt.date | None) -> tuple[ReadDeadline, tuple[str, ...]] | None:
    return ReadDeadline(kind="relative", relative_days=int(match["count"])), (
        "relative_start",
        "deadline_unsure",
    )


RULES: tuple[tuple[re.Pattern[str], Make], ...] = (
    (_QUARTER_DAY, _quarter_day),
    (_YEARLY_DAY, _yearly_day),
    (_MONTHLY_DAY, _monthly_day),
    (_QUARTER_MONTHS, _quarter_months),
    (_WEEKLY_DAY, _weekly_day),
    (_DAILY_HOUR, _daily_hour),
    (_LAST_DAY, _last_day),
    (_RELATIVE, _relative),
    (_RANGE, _on_day),
    (_BEFORE_DAY, _before_day),
    (_ON_DAY, _on_day),
    (_CAMPAIGN, _campaign),
    (_MONTH, _month),
    (_QUARTER, _quarter),
    (_YEAR, _whole_year),
    (_THIS, _this),
)


# Periods without a day ------------------------------------------------------------------------------------------

_PERIOD = re.compile(
    r"(?P<regular>\bdinh ky\s*,?\s*(?:\(?\s*(?:vao\s+)?(?:theo\s+)?)?)?\b(?:(?:hang|moi|tung|theo tung)\s+(?P<unit>thang|quy|nam|tuan|ngay)|(?P<six>(?:0?6|sau)\s+thang)(?:\s*(?:1|01|mot)\s+lan|/(?:1\s*)?lan)?"
    r"|(?P<per>(?:1|01|mot)\s+lan\s*/\s*(?P<per_unit>thang|quy|nam|tuan|ngay))|(?P<n>\d{1,2})\s+(?P<n_unit>thang|tuan|ngay)\s*/\s*(?:1\s*)?lan|(?P<bare>thang|quy|nam|tuan))\b"
)
_RULE = {
    "thang": "FREQ=MONTHLY",
    "quy": "FREQ=MONTHLY;INTERVAL=3",
    "nam": "FREQ=YEARLY",
    "tuan": "FREQ=WEEKLY",
    "ngay": "FREQ=DAILY",
}
_REPORTING = re.compile(
    r"\b(?:bao cao|dinh ky|tong hop|cap nhat|giao ban|so ket|gui|cao ket qua)\b"
)
_DESCRIBED = re.compile(
    r"\b(?:ke hoach|kinh phi|du toan|chi thuong xuyen|ngan sach|chuong trinh|von|nhu cau|dot|bieu che|cong tac|muc tieu|ky thi|dai hoi|hoi nghi)\b[^,.;:]*$"
)
_BARE_DAY = re.compile(
    r"\b(?P<pre>truoc|vao|cham nhat(?: la)?(?: vao)?|den)\s+(?:het\s+)?ngay\s+(?P<day>\d{1,2})\b(?!\s*[/.-]\s*\d|\s*thang\s+\d)"
)


def _periods(text: Text, start: int, end: int, taken: list[tuple[int, int]], found: list[Found]) -> Iterator[Found]:
    """ "Hàng tháng …" and its like; an exact recurring day nearby makes them mere repetition."""
    for match in _PERIOD.finditer(text.f, start, end):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        interval = _interval(match)
        if interval is None or not _regular(text, match, start, end):
            continue
        left, right = _sentence(text, match.start(), start, end)
        if any(left <= f.start < right and f.deadline.kind == "recurring" for f in found):
            continue
        yield _with_day(text, match, interval, left, right, found)


def _interval(match: re.Match[str]) -> str | None:
    if match["six"]:
        return "FREQ=MONTHLY;INTERVAL=6"
    if match["n"]:
        return f"{_RULE[match['n_unit']]};INTERVAL={int(match['n'])}" if int(match["n"]) > 1 else _RULE[match["n_unit"]]
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
    if match["regular"]:
        return True
    before, after = (
        text.f[max(start, match.start() - 110) : match.start()],
        text.f[match.end() : min(end, match.end() + 90)],
    )
    before, after = re.split(r"[.;:]\s", before)[-1], re.split(r"[.;:]\s", after)[0]
    if match["six"]:
        return bool(re.search(r"(?:bao cao|dinh ky|tong hop)\W+(?:\w+\W+){0,6}$", before)) and not re.match(
            r"\s*(?:dau|cuoi|nam|qua|tuoi)", after
        )
    if not before.strip(" (-+,"):
        return not re.match(r"\s*(?:cua|la)\b", after)
    if re.match(
        r"\s*,?\s*(?:bao cao|tong hop|gui|cap nhat|co bao cao|phai bao cao|danh gia|ra soat|don doc|to chuc|kiem tra|theo doi|thong ke|so ket|hop|giao ban|co cao)",
        after,
    ):
        return not _DESCRIBED.search(before) or bool(re.match(r"\s*,?\s*(?:bao cao|gui|tong hop)", after))
    if _DESCRIBED.search(before) and not re.search(r"(?:danh gia|bao cao|tong hop)[^,.;:]*ket qua[^,.;:]*$", before):
        return False
    return bool(_REPORTING.search(before))


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
            and other.deadline.due
            and not re.search(r"\d{4}", other.deadline.phrase or "")
        ):
            due = other.deadline.due
            if interval == "FREQ=YEARLY":
                found.remove(other)
                rule, doubts = f"FREQ=YEARLY;BYMONTH={due.month};BYMONTHDAY={due.day}", ()
                start, end = other.start, other.end
    deadline = ReadDeadline(
        kind="recurring", rrule=rule, phrase=" ".join(text.s[start:end].split()), span=text.span(start, end)
    )
    return Found(start, end, deadline, doubts)

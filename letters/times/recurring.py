"""Days that come again: "trước ngày 25 hàng tháng", "trước ngày 15 của tháng cuối quý" → iCalendar rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from letters.times.dates import DAY, HOUR, WEEKDAY, WEEKDAYS, clock, day_before, day_of
from models.reading import ReadDeadline

Made = tuple[ReadDeadline, tuple[str, ...]]
"""A deadline, and the codes of what is doubtful about it."""
Make = Callable[[re.Match[str], dt.date | None], Made | None]
"""A rule's function: its match and the issue day; None when the words mean no deadline after all."""

EVERY = r"(?:(?:hang|hagn|moi|tung)\s+{unit}|{unit}\s+hang\s+{unit})"
_PRE = r"(?:dinh ky\s+)?(?P<pre>truoc(?=\s)|vao(?=\s)|(?:cham|muon|tre)\s+nhat\s*(?:la|vao|den)?|den(?=\s)|khong qua|tu\s+ngay\s+\d{1,2}\s+den)?\s*(?:het\s+)?"
_MONTHLY_DAY = re.compile(
    rf"\b{_PRE}{HOUR}?(?:ngay\s+(?:m[ou]ng\s+)?|m[ou]ng\s+|(?:(?<=dinh ky )|(?<=den ))(?=\d{{1,2}} (?:hang|moi) thang))(?P<day>\d{{1,2}})\s*(?:,\s*)?(?:cua\s+)?(?:(?:hang|moi)\s+thang|thang\s+(?:tiep theo|sau|ke tiep|lien ke|lien sau|ke sau)(?! (?:cua )?quy)|thang bao cao)\b"
)
_QUARTER_DAY = re.compile(
    rf"\b{_PRE}{HOUR}?(?:ngay\s+)(?P<day>\d{{1,2}})\s*(?:cua\s+)?thang\s+(?P<which>cuoi|dau|sau(?=\s+(?:cua\s+)?quy)|tiep theo(?=\s+(?:cua\s+)?quy))(?:\s+(?:cung|tien))?(?:\s+cua)?(?:\s+(?:moi|hang|tung))?\s+quy(?:\s+(?:tiep theo|sau|ke tiep|lien ke|bao cao))?"
)
_QUARTER_MONTHS = re.compile(
    rf"\b{_PRE}(?:ngay\s+)(?P<day>\d{{1,2}})\s*(?:cua\s+)?(?:cac\s+)?thang\s+(?P<months>\d{{1,2}}(?:\s*(?:,|va)\s*(?:thang\s+)?\d{{1,2}})+)"
)
_YEARLY_DAY = re.compile(
    rf"\b{_PRE}{HOUR}?{DAY}(?P<more>(?:\s*(?:,|va|;)\s*(?:truoc\s+)?(?:ngay\s+)?\d{{1,2}}(?:/|\s*thang\s*)\d{{1,2}})*)\s*,?\s*(?:cua\s+)?(?:(?:hang|moi)\s+nam|nam\s+(?:sau|tiep theo|ke tiep|lien sau|lien ke)(?:\s+(?:lien ke|lien sau))?)"
)
_WEEKLY_DAY = re.compile(
    rf"\b{_PRE}{HOUR}?(?:(?:cac\s+)?ngay\s+)?(?P<weekday>{WEEKDAY})\s*,?\s*(?:cua\s+)?(?:hang|moi)\s+tuan\b"
)
_DAILY_HOUR = re.compile(
    rf"\b{_PRE}{HOUR}(?:cua\s+)?(?:hang|moi)\s+ngay\b(?:\s+trong\s+(?:cac\s+)?thang\s+\d{{1,2}}(?:\s*(?:,|va|-|den)\s*(?:thang\s+)?\d{{1,2}})*(?![/\d]))?"
)
""" "17h00 hằng ngày trong các tháng 4, 5, 6": the months only say during which."""
_LAST_DAY = re.compile(
    rf"\b{_PRE}ngay\s+(?:lam viec\s+)?cuoi\s+(?:cung\s+)?(?:cua\s+)?(?:(?:hang|moi)\s+)?(?P<unit>thang|quy|nam)\b(?!\s+\d)"
)


def _recurring(rule: str, match: re.Match[str]) -> Made:
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


def _monthly_day(match: re.Match[str], _: dt.date | None) -> Made | None:
    day = _month_day(match)
    return None if day is None else _recurring(f"FREQ=MONTHLY;BYMONTHDAY={day}", match)


def _quarter_day(match: re.Match[str], _: dt.date | None) -> Made | None:
    day = _month_day(match)
    if day is None:
        return None
    last = match["which"] == "cuoi"
    if day == -1:
        return _recurring(f"FREQ=YEARLY;BYMONTH={'2,5,8,11' if last else '3,6,9,12'};BYMONTHDAY=-1", match)
    return _recurring(f"FREQ=YEARLY;BYMONTH={'3,6,9,12' if last else '1,4,7,10'};BYMONTHDAY={day}", match)


def _quarter_months(match: re.Match[str], _: dt.date | None) -> Made | None:
    day = _month_day(match)
    months = sorted({int(m) for m in re.findall(r"\d+", match["months"])})
    if day is None or day < 1 or not all(1 <= m <= 12 for m in months):
        return None
    return _recurring(f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={day}", match)


def _yearly_day(match: re.Match[str], issued: dt.date | None) -> Made | None:
    if match["y"] or match["y2"]:
        return None
    day, _assumed, impossible = day_of(match, dt.date(2023, 1, 1))
    if impossible or day is None:
        return None
    step = dt.timedelta(days=1 if (match["pre"] or "").startswith("truoc") and not match["hour"] else 0)
    more = [
        _in_any_year(int(d), int(m)) for d, m in re.findall(r"(\d{1,2})(?:/|\s*thang\s*)(\d{1,2})", match["more"] or "")
    ]
    if None in more:
        return None
    days = [d - step for d in (day, *more) if d]
    months = ",".join(str(m) for m in sorted({d.month for d in days}))
    made = _recurring(f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days[0].day}", match)
    return made if len({d.day for d in days}) == 1 else (made[0], ("deadline_unsure",))


def _in_any_year(day: int, month: int) -> dt.date | None:
    try:
        return dt.date(2023, month, day)
    except ValueError:
        return None


def _weekly_day(match: re.Match[str], _: dt.date | None) -> Made | None:
    code = WEEKDAYS[match["weekday"].removeprefix("thu").strip()]
    if (match["pre"] or "").startswith("truoc") and not match["hour"]:
        code = day_before(code)
    return _recurring(f"FREQ=WEEKLY;BYDAY={code}", match)


_EACH_WEEKDAY = re.compile(
    rf"\b{_PRE}{HOUR}?(?:(?:moi|hang)\s+(?:(?:sang|chieu|trua)\s+)?(?:ngay\s+)?)"
    rf"(?P<weekday>{WEEKDAY})\s*,?\s*(?:hang\s+tuan\b)?(?!\s*,?\s*\(?\s*(?:ngay|va|\d))"
)
""" "Mỗi thứ sáu báo cáo …", "mỗi chiều thứ Hai"."""


_DAYS_WEEKLY = re.compile(
    rf"\b(?P<pre>truoc|vao|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao))?)?\s*{HOUR}?(?:(?:sang|chieu|trua)\s+)?(?:cac\s+)?(?:ngay\s+)?"
    rf"(?P<days>{WEEKDAY}(?:\s*(?:,|va)\s*(?:(?:ngay\s+)?{WEEKDAY}|[2-7]\b))+)\s*,?\s*(?:cua\s+)?(?:hang|moi)\s+tuan\b"
)
""" "vào thứ Hai và thứ Năm hằng tuần"."""
_WEEK_THEN_DAY = re.compile(
    rf"\b(?:hang|moi)\s+tuan\b(?:[^.;:\d]|(?<=tp)\.){{3,120}}?\b(?P<pre>truoc|vao|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao))?)\s+{HOUR}?"
    rf"(?:(?:sang|chieu|trua)\s+)?(?:ngay\s+)?(?P<weekday>{WEEKDAY})(?!\s*,?\s*\(?\s*(?:ngay|va|\d))"
)
""" "Hằng tuần tổng hợp, báo cáo Giám đốc trước 15h00 thứ Năm"."""
_DAY_THEN_HOUR = re.compile(
    rf"\b(?:hang|moi)\s+ngay\b(?:[^.;:\d]|(?<=tp)\.){{3,120}}?\b(?P<pre>truoc|vao luc|luc|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao|luc))?)\s+{HOUR}"
    rf"(?!\s*(?:ngay\s|thu\s|{WEEKDAY}))"
)
""" "Hằng ngày cập nhật, báo cáo số thu về Phòng A trước 16h00"."""
_TWICE_A_YEAR = re.compile(
    rf"\b(?:(?:0?[1-4]|mot|hai)\s+lan\s*/\s*nam|(?:hang|moi)\s+nam\s+(?:0?[1-4]|mot|hai)\s+lan)\s*[,(:]?\s*"
    rf"(?:vao\s+)?{_PRE}{HOUR}?{DAY}(?P<more>(?:\s*(?:,|va|;)\s*(?:truoc\s+)?(?:ngay\s+)?\d{{1,2}}/\d{{1,2}})*)"
)
""" "02 lần/năm (trước 10/6 và trước 10/12)"."""


_WEEKLY_DAYS = re.compile(
    rf"\b(?:dinh ky\s+)?(?:hang|moi)\s+tuan\s*[,(]?\s*(?P<pre>truoc|vao|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao))?)?\s*{HOUR}?"
    rf"(?:(?:sang|chieu|trua)\s+)?(?:cac\s+)?(?:ngay\s+)?(?P<days>{WEEKDAY}(?:\s*(?:,|va)\s*(?:{WEEKDAY}|[2-7]\b))*)"
)


def _weekly_days(match: re.Match[str], _: dt.date | None) -> Made | None:
    """ "hàng tuần (Thứ 7, Chủ nhật)"."""
    words = re.findall(r"chu nhat|hai|ba|tu|nam|sau|bay|[2-7]", match["days"].replace("thu ", " "))
    codes = list(dict.fromkeys(WEEKDAYS[word] for word in words))
    if match["pre"] == "truoc" and not match["hour"]:
        codes = [day_before(code) for code in codes]
    return _recurring(f"FREQ=WEEKLY;BYDAY={','.join(codes)}", match)


_REPORT_WEEKLY = re.compile(
    rf"\b(?:bao cao|giao ban)\s+(?:[^\W\d]+ (?:[^\W\d]+ )?)?(?:theo )?tuan\s*[,(:]?\s*(?:(?:gui|nop|xong)\s+(?:(?:ve|cho)\s[^.;:,()\d]{{2,60}}?\s)?)?(?P<pre>truoc|vao|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao))?)\s*{HOUR}?"
    rf"(?:(?:sang|chieu|trua)\s+)?(?:ngay\s+)?(?P<weekday>{WEEKDAY})(?!\s*,?\s*\(?ngay)"
)
""" "báo cáo tuần (trước 14h00 thứ Sáu)"."""
_REPORT_MONTHLY = re.compile(
    rf"(?<!\d\s)\bthang\s*\(\s*(?:bao cao\s+)?(?P<pre>truoc|vao|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao))?)\s+{HOUR}?ngay\s+(?P<day>\d{{1,2}})"
    r"(?:\s+hang\s+thang)?\s*\)"
)
_REPORT_OF_MONTH = re.compile(
    rf"(?:(?<=bao cao thang )|(?<=bao cao thang, )|(?<=bao cao thang: ))(?P<pre>truoc|vao|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao))?)\s+{HOUR}?ngay\s+(?P<day>\d{{1,2}})\b(?!\s*[/.-]\s*\d|\s*(?:cua\s+)?thang\b(?! (?:do|ay|bao cao)\b))"
)
""" "báo cáo tháng trước ngày 20, báo cáo quý trước ngày 20 tháng cuối quý"."""
_SENT_MONTHLY = re.compile(
    rf"\bbao cao thang\s+(?:(?:gui|nop|bao cao|hoan thanh)\s+)?(?:(?:ve|cho)\s[^.;:,()\d]{{2,60}}?\s)?"
    rf"(?P<pre>truoc|vao|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao))?)\s+{HOUR}?ngay\s+(?P<day>\d{{1,2}})\b(?!\s*[/.-]\s*\d|\s*thang\b)(?=\s*(?:[.;,)]|va\b|$))"
)
""" "báo cáo tháng gửi trước ngày 18"."""
_TWICE_MONTHLY = re.compile(
    r"\b(?:(?:moi|hang|mot)\s+thang\s+(?:0?2|hai)\s+lan|(?:0?2|hai)\s+lan\s*(?:/|mot |moi )\s*thang)\s*[:,(]?\s*(?:vao\s+)?(?:cac\s+)?ngay\s+"
    r"(?P<day>\d{1,2})\s*(?:va|,)\s*(?:ngay\s+)?(?P<other>\d{1,2}|cuoi thang)\b"
)
""" "mỗi tháng 02 lần (ngày 10 và ngày 25)"."""
_WEEK_TOO = re.compile(
    rf"(?<=[:,(;]\s)tuan\s*\(\s*(?P<pre>truoc|vao|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao))?)\s*{HOUR}?"
    rf"(?:(?:sang|chieu|trua)\s+)?(?:ngay\s+)?(?P<weekday>{WEEKDAY})\s*\)"
)
""" "báo cáo: tuần (trước 15h thứ Năm), tháng (trước ngày 20), quý (trước ngày 20 tháng cuối quý)"."""


def _twice_monthly(match: re.Match[str], _: dt.date | None) -> Made | None:
    last = -1 if "cuoi" in match["other"] else int(match["other"])
    day = int(match["day"])
    if not 1 <= day <= 31 or last > 31:
        return None
    return _recurring(f"FREQ=MONTHLY;BYMONTHDAY={day},{last}", match)[0], ("deadline_unsure",)


_HOUR_DAILY = re.compile(rf"\b(?:hang|moi)\s+ngay\s*[,(]?\s*(?:truoc|vao|luc|cham nhat)\s+{HOUR}")


_REPORT_DAILY = re.compile(rf"\bbao cao\s+ngay\s*[,(:]\s*(?:truoc|vao|luc|(?:cham|muon)\s+nhat)\s+{HOUR}")
""" "báo cáo ngày (trước 16h00)"."""
_WORKING_DAYS = re.compile(
    rf"\b(?:truoc|vao|luc|(?:cham|muon)\s+nhat)\s+{HOUR}(?:cua\s+)?(?:cac|moi|hang)\s+ngay\s+lam\s+viec\b(?:\s+trong\s+tuan)?"
)
""" "trước 16h00 các ngày làm việc trong tuần"."""


def _working_days(match: re.Match[str], _: dt.date | None) -> Made | None:
    return _recurring("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", match)


def _daily_hour(match: re.Match[str], _: dt.date | None) -> Made | None:
    return _recurring("FREQ=DAILY", match)


_REGULAR_DAY = re.compile(
    r"\bdinh ky\s+(?P<pre>truoc\s+|vao\s+)?ngay\s+(?P<day>\d{1,2})\b(?!\s*(?:[/.,-]|va)\s*\d|\s*(?:cua\s+)?(?:thang|hang|moi|quy)\b)"
)


def _regular_day(match: re.Match[str], _: dt.date | None) -> Made | None:
    """ "định kỳ ngày 25": of every month, most likely; a doubt."""
    day = _month_day(match)
    return None if day is None else (_recurring(f"FREQ=MONTHLY;BYMONTHDAY={day}", match)[0], ("deadline_unsure",))


def _last_day(match: re.Match[str], _: dt.date | None) -> Made | None:
    rules = {
        "thang": "FREQ=MONTHLY;BYMONTHDAY=-1",
        "quy": "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
        "nam": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
    }
    return _recurring(rules[match["unit"]], match)


RECURRING: tuple[tuple[re.Pattern[str], Make], ...] = (
    (_QUARTER_DAY, _quarter_day),
    (_TWICE_A_YEAR, _yearly_day),
    (_YEARLY_DAY, _yearly_day),
    (_MONTHLY_DAY, _monthly_day),
    (_QUARTER_MONTHS, _quarter_months),
    (_DAYS_WEEKLY, _weekly_days),
    (_WEEKLY_DAY, _weekly_day),
    (_WEEKLY_DAYS, _weekly_days),
    (_EACH_WEEKDAY, _weekly_day),
    (_REPORT_WEEKLY, _weekly_day),
    (_WEEK_TOO, _weekly_day),
    (_WEEK_THEN_DAY, _weekly_day),
    (_SENT_MONTHLY, _monthly_day),
    (_TWICE_MONTHLY, _twice_monthly),
    (_REPORT_MONTHLY, _monthly_day),
    (_REPORT_OF_MONTH, _monthly_day),
    (_WORKING_DAYS, _working_days),
    (_REPORT_DAILY, _daily_hour),
    (_DAILY_HOUR, _daily_hour),
    (_HOUR_DAILY, _daily_hour),
    (_DAY_THEN_HOUR, _daily_hour),
    (_LAST_DAY, _last_day),
    (_REGULAR_DAY, _regular_day),
)
"""In this order: the first to claim a stretch of text keeps it."""
NEEDED = {
    _QUARTER_DAY: "quy",
    _YEARLY_DAY: "nam",
    _MONTHLY_DAY: "thang",
    _QUARTER_MONTHS: "thang",
    _WEEKLY_DAY: "tuan",
    _WEEKLY_DAYS: "tuan",
    _DAILY_HOUR: "ngay",
    _LAST_DAY: "cuoi",
}
"""A word without which the slowest of them find nothing: they try every word of a text, and the word is looked up first."""

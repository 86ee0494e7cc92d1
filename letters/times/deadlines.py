"""Time limits in a letter's words → the last day allowed (docs/domain.md, "Deadlines").

Every rule is a pattern over the flat text and a small function; rules stand in order, the first to claim a
stretch of text keeps it. Nothing is invented: "khẩn trương", "sớm", "theo quy định" are no deadline.
"""

from __future__ import annotations

import datetime as dt
import re

from letters.text.lines import repair
from letters.text.views import Text
from letters.text.worn import guessed
from letters.times.counted import AHEAD, CAMPAIGNS, COUNTED
from letters.times.dates import DAY, HOUR, clock, day_of
from letters.times.events import lasts, repeated, told_of
from letters.times.periods import Found, periods
from letters.times.phases import PHASE, phase, sharpened
from letters.times.recurring import NEEDED, RECURRING, Made, Make
from letters.times.soon import SOON
from letters.times.terms import TERMS
from letters.times.yearly import YEARLY
from models.reading import ReadDeadline


def deadlines(text: Text, start: int, end: int, issued: dt.date | None = None) -> list[Found]:
    """All deadlines in this range, in order; general periods give way to exact days ("hàng quý, trước ngày 10 …")."""
    found: list[Found] = []
    taken: list[tuple[int, int]] = []
    for pattern, make in RULES:
        if pattern in NEEDED and text.f.find(NEEDED[pattern], start, end) < 0:
            continue
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
    found = [f for f in found if not told_of(text, f, issued)]
    found.extend(periods(text, start, end, taken, found))
    kept = sorted((f for f in found if not lasts(text, f, found)), key=lambda f: f.start)
    return sharpened(text, repeated(text, kept))


def find(words: str, issued: dt.date | None = None) -> list[Found]:
    """The deadlines in a plain string."""
    page = repair(words)
    return deadlines(page, 0, len(page.s), issued)


def _place(text: Text, match: re.Match[str], made: Made, issued: dt.date | None) -> Found:
    deadline, doubts = made
    start, end = match.span()
    while end > start and text.s[end - 1] in " ,.;:(":
        end -= 1
    if text.s.startswith(")", end) and "(" in text.s[start:end] and ")" not in text.s[start:end]:
        end += 1  # "trước thứ Sáu (27/3/2026)"
    finished = _FINISHED.match(text.f, start, end)
    start = finished.end() if finished else start
    if deadline.kind == "date" and deadline.due and issued and deadline.due <= issued:
        doubts = (*doubts, "deadline_not_after_issue")
    if guessed(text.s[start:end], text.f[start:end]) or (deadline.kind == "date" and _AND_ANOTHER.match(text.f, end)):
        doubts = (*doubts, "deadline_unsure")
    phrase = " ".join(text.s[start:end].split())
    return Found(start, end, deadline.model_copy(update={"phrase": phrase, "span": text.span(start, end)}), doubts)


_AND_ANOTHER = re.compile(rf"\s*(?:\([^()]{{1,30}}\)\s*)?(?:,|;|va|hoac)\s*(?:{DAY}|ngay\s+\d)")
""" "trước ngày 20/11 và ngày 20/12": a second day that no rule reads."""
_FINISHED = re.compile(r"(?:hoan thanh|xong)\s+(?=trong|den|vao|het|truoc)")

# What makes a date no deadline --------------------------------------------------------------------------------

_COUNTING = re.compile(
    r"\b(?:tính|số liệu|lấy số liệu|chốt số liệu|thời điểm|hiệu lực|gia hạn|lùi|kéo dài|tạm dừng|giai đoạn|áp dụng|phát sinh|giảm|tăng"
    r"|khởi công|khai mạc|tổ chức hội nghị|diễn ra|mít tinh|dự kiến họp|họp kiểm điểm|bắt đầu|thi hành|có hiệu lực)\s*(?:từ|kể từ)?\s*$"
)
_SIGNED = re.compile(r"(?<!ngày )\b(?:ký|ban hành)\s*(?:từ|kể từ)?\s*$")
""" "Văn bản ban hành đến hết ngày …" is counted to a day; "ký hợp đồng trong tháng 11" is a limit."""
_PROLONGED = re.compile(r"(?:gia han|lui|tam dung|hieu luc|han su dung|keo dai|duoc lui)[^.;:]{0,90}$")
_EVENT_IN_BRACKETS = re.compile(r"\b(?:dien ra|dip|ky nghi|trong thoi gian|trong suot)\b[^.;:()]{0,60}\(\s*$")
""" "trong thời gian diễn ra Lễ hội (từ ngày … đến ngày …)": when it takes place."""
_PERIOD_OF_DATA = re.compile(
    r"\b(?:(?:thoi )?ky (?:bao cao|lay so lieu|so lieu|thong ke)|(?:so lieu|moc thoi gian) (?:bao cao|lay|tong hop|thong ke))"
    r"(?: (?:duoc )?(?:tinh|lay|la|cua [^\W\d]+))?\s*:?\s*$"
)
""" "Kỳ báo cáo tính từ ngày 15/02 đến 14/3": the days that a report covers."""
_RUNS_OUT = re.compile(
    r"\b(?:(?:hop dong|giay phep|chung chi|chung nhan|the|bao hiem|bao lanh|khoan vay)\b[^.;:]{0,60}?(?:thoi han|gia tri|het han|dao han)"
    r"(?: su dung)?\s*(?:den|vao|la|ngay|han)?|(?<!da )\bhet han)"
    r"[^\d.;:]{0,12}$"
)
""" "Hợp đồng có thời hạn đến ngày …", "giấy phép hết hạn ngày …": when something runs out."""
_PLANNED = re.compile(r"\bdu kien (?!hoan thanh|xong|trinh|gui|ban hanh)[^.;:()]{0,60}$")
""" "(dự kiến thông xe kỹ thuật vào ngày 30/4/2026)": the day of an event to come."""
_NO_LIMIT = re.compile(
    r"\b(?:những|các|mấy|\d{1,2}) ngày (?:trong )?$|(?<!không )\bquá $|\btheo (?:ngày|tuần|tháng|quý)(?:, (?:ngày|tuần|tháng|quý))* $"
)
""" "Quá 24 tháng kể từ …" is a condition, "tiến độ theo tuần, tháng đến hết năm" what a plan spans."""


def _excluded(text: Text, match: re.Match[str]) -> bool:
    before = text.f[max(0, match.start() - 100) : match.start()]
    until = match[0].startswith(("den", "het", "vao", "tu", "thoi", "han"))
    if until and re.search(
        r"\b(?:truong hop|neu|ket thuc|khi|du kien|tam dung[^.;]{0,60}|thoi gian tam[^.;]{0,60})[\s(]*$", before
    ):
        return True
    if until and (_PERIOD_OF_DATA.search(before) or _RUNS_OUT.search(before + match[0][:9])):
        return True
    if until and _PLANNED.search(before):
        return True
    if until and _EVENT_IN_BRACKETS.search(before):
        return True
    near = text.n[max(0, match.start() - 100) : match.start()]
    if until and _SIGNED.search(near):
        return True
    issued = match[0].startswith(("trong vong", "trong thoi")) and near.rstrip().endswith(("ban hành", "ký"))
    if _NO_LIMIT.search(near) or (not issued and _COUNTING.search(near) and (until or match[0].startswith("trong"))):
        return True
    return match[0].startswith(("den", "het")) and bool(_PROLONGED.search(before))


# Exact days -----------------------------------------------------------------------------------------------------

_ON = (
    r"(?:(?:cham|muon|tre)\s+nhat\s*(?:la|den|vao|trong|het|:)*(?:\s+(?:het|la|vao))?|khong\s+(?:de\s+)?(?:qua|(?:muon|cham|tre)\s+(?:hon|qua|sau))|den\s+het|den(?=\s+(?:ngay|\d|thu\s|chu nhat))|het(?=\s+ngay)"
    r"|vao(?=\s+(?:ngay|thu\s|chu nhat|(?:luc\s+)?\d{{1,2}}\s?(?:h|gio)|\d{{1,2}}[/.-]\d{{1,2}}[/.-]20))|han\s+(?:(?:chot|cuoi(?: cung)?)(?: (?:gui|nop|nhan|tiep nhan|dang ky)(?: [^\W\d_]+){{0,3}}?)?|nop|gui|nhan|bao cao|hoan thanh|gop y|tra loi|dang ky|thuc hien)?\s*(?:la|den|:|vao|het)*|thoi\s+(?:han|gian)\s+(?:hoan thanh|gui|bao cao|nop|thuc hien)?[^.;:,()\d]{{0,25}}?(?:la|den|:|vao|het|xong)+"
    r"|(?:thoi han|han|tien do)\s*:|khong (?:de )?qua(?=\s+ngay)"
    r"|(?:trong|vao)\s+(?:buoi\s+)?(?:sang|chieu|trua|toi)(?=\s+ngay)|(?:cuoi|het)\s+(?:gio|ngay)\s+lam\s+viec(?=\s+ngay)|trong gio (?:hanh chinh|lam viec)(?=\s+ngay)|trong(?=\s+ngay)|(?:hoan thanh|hoan tat|xong)(?:\s+(?:vao|trong|den het|den))*(?=\s+(?:ngay|\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?20\d\d))|(?:hoan thanh|xong|han)\s*:?(?=\s*\d{{1,2}}[/.-]\d{{1,2}}[/.-]20\d)|hoan thanh\s*:(?=\s*\d))\s*(?:het\s+)?{hour}?(?:(?:vao\s+)?(?:cuoi\s+|het\s+)?(?:gio|ngay|buoi)\s+(?:lam\s+viec|hanh\s+chinh|chieu|sang)\s+(?:cua\s+)?)?(?:het\s+)?{day}"
)


_BEFORE_DAY = re.compile(
    rf"\b(?P<latest>(?:cham|muon|tre)\s+nhat\s+(?:la\s+|den\s+|vao\s+)?)?t?ruoc\s+(?:thoi\s+diem\s+|(?:dip|ky)\s+(?:nghi\s+)?(?:le\s+)?|le\s+)?{HOUR}?(?:het\s+)?{DAY}"
)
_ON_DAY = re.compile(r"\b" + _ON.format(hour=HOUR, day=DAY))
_SENT_ON = re.compile(r"\b(?:vao\s+|trong\s+)?(?:(?:cuoi|het|sang|chieu)\s+)?(?=ngay\s+)" + DAY + r"(?!\s+cua\b)")
_SENDS = re.compile(r"\b(?:gui|nop|bao cao|chuyen)\s+(?:(?!so \d|ngay \d|cong van|van ban so)[^.;:,(]){2,70}$")
_SENDS_NEXT = re.compile(r"\s*,?\s*(?:phai\s+)?(?:bao cao|gui|nop|trinh)\s")
""" "Ngày 25/4/2026, trình Chủ tịch UBND tỉnh"."""
_SINCE = re.compile(r"\b(?:tu|sau|tinh den)\s*$")
""" "kể từ ngày", "sau ngày": a start, no limit."""
_DAYS = re.compile(
    rf"\btrong\s+(?:(?:cac|\d{{1,2}}|hai|ba)\s+)?ngay\s*[,:(]?\s*(?:ngay\s+)?\d{{1,2}}\s*(?:(?:,|va|-|–|den)\s*(?:ngay\s+)?\d{{1,2}}\s*){{0,4}}(?:,|va|-|–|den)\s*{DAY}"
)
""" "trong 02 ngày 20 và 21/12/2026": the last of them; a doubt, for an event may last as long."""
_RANGE = re.compile(
    r"\btu\s+(?:ngay\s*)?\d{1,2}(?:\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?|\s*thang\s*\d{1,2}(?:\s*nam\s*\d{4})?)?\s*(?:den|-|–)\s*(?:het\s*)?"
    + DAY
)


def _before_day(match: re.Match[str], issued: dt.date | None) -> Made | None:
    day, assumed, impossible = day_of(match, issued)
    time = clock(match)
    doubts = _day_doubts(day, assumed, impossible, issued)
    if match["latest"] and not time:
        doubts += ("deadline_before_at_latest",)
    due = day if day is None or match["hour"] else day - dt.timedelta(days=1)
    return ReadDeadline(kind="date", due=due, time=time), doubts


def _on_day(match: re.Match[str], issued: dt.date | None) -> Made | None:
    day, assumed, impossible = day_of(match, issued)
    return ReadDeadline(kind="date", due=day, time=clock(match) if "hour" in match.groupdict() else None), _day_doubts(
        day, assumed, impossible, issued
    )


_BLANK = re.compile(
    r"\b(?:truoc|(?:cham|muon|tre)\s+nhat(?:\s+(?:la|vao|den))?|den\s+het|trong)\s+ngay\s*(?:[._…]{2,}|\s{2,}|(?=/))\s*/\s*\d{1,2}\s*/\s*20\d\d"
    r"|\b(?:truoc|(?:cham|muon|tre)\s+nhat)\s+(?:ngay\s+)?\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{5,6}\b"
)
""" "trước ngày …/3/2026": left open in a draft, or worn; "trước ngày 31/3/20226"."""


def _blank(_match: re.Match[str], _: dt.date | None) -> Made:
    return ReadDeadline(kind="date"), ("deadline_impossible",)


def _last_of_days(match: re.Match[str], issued: dt.date | None) -> Made | None:
    made = _on_day(match, issued)
    return made and (made[0], (*made[1], "deadline_unsure"))


def _sent_on(match: re.Match[str], issued: dt.date | None) -> Made | None:
    """ "gửi báo cáo về Sở Nội vụ ngày 24/4/2026": a day to come, behind words that send."""
    day, assumed, impossible = day_of(match, issued)
    if impossible or assumed or issued is None or day is None or day <= issued:
        return None
    before = match.string[max(0, match.start() - 90) : match.start()]
    if _SINCE.search(before) or not (_SENDS.search(before) or _SENDS_NEXT.match(match.string, match.end())):
        return None
    return ReadDeadline(kind="date", due=day), ()


def _day_doubts(day: dt.date | None, assumed: bool, impossible: bool, issued: dt.date | None) -> tuple[str, ...]:
    if impossible:
        return ("deadline_impossible",)
    if assumed and (issued is None or day is None or day.year != issued.year):
        return ("deadline_year_assumed",)
    return ()


RULES: tuple[tuple[re.Pattern[str], Make], ...] = (
    *YEARLY,
    *RECURRING,
    *AHEAD,
    (_DAYS, _last_of_days),
    *COUNTED,
    (_RANGE, _on_day),
    (_BEFORE_DAY, _before_day),
    (_ON_DAY, _on_day),
    (PHASE, phase),
    (_BLANK, _blank),
    *CAMPAIGNS,
    (_SENT_ON, _sent_on),
    *TERMS,
    *SOON,
)

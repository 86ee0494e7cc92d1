"""A deadline as people type it: a bare day, or a letter's words ("trước ngày 20 hằng tháng", "hết quý IV"). Pure.

One parser for a letter that still waits and for one that is loaded. The rule of letters holds: "trước ngày D" is D-1.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.arguments import take_day
from bot.texts import written
from bot.words import fold
from letters.times.deadlines import find
from models.errors import Refused
from models.reading import ReadDeadline

HOUR = re.compile(r"\b(\d{1,2})\s*(?:h|giờ|gio|:)(\d{2})?(?![\d/])", re.IGNORECASE)
ASSUMED = {"period_cutoff", "relative_start"}
"""Doubts of the reader that words typed in may leave: the screen shows what came of them."""
NO_DEADLINE = ("khong", "khong thoi han", "khong co thoi han", "none", "no deadline")
COUNTED_FROM = re.compile(r"\b(?:ke|tinh)\s+tu\b")
WORKING_DAYS = re.compile(
    r"(?:sau |trong |trong vong |them |in )*(\d{1,3}) (?:ngay lam viec|working days?)(?: nua)?[ .]*"
)
BEFORE = re.compile(r"\bbefore\b(?=\s+\d)", re.IGNORECASE)
OPENINGS = ("trong ", "ngày ", "trong vòng ", "đến ")
"""What a clerk leaves out of a letter's phrase: "quý IV/2026", "20 hằng tháng", "10 ngày kể từ ngày ký", "hết năm nay"."""
RECURS = re.compile(r"\b(?:(?:hang|moi) (?:ngay|tuan|thang|quy|nam)|dinh ky)\b")
STARTS = re.compile(r"\b(?:tu|bat dau)\b\D*(?:\d{1,2}\s*[/.-]\s*\d|(?:thang|quy|nam)\s+\w*\d)")
ENDING = re.compile(
    r"[,;]?\s*(?:và\s+)?(?:(?:thực\s+hiện|kéo\s+dài|chỉ|cho)\s+)*"
    r"(?:(?:kết\s+thúc|ket\s+thuc|dừng|dung)\s+(?:vào\s+|vao\s+|sau\s+)?(?=\S*\d|ngày|ngay|hết|het|đến|den|tới|toi)"
    r"|(?=(?:đến|tới|den|toi|until|till)\s))(?P<end>\S.*)$",
    re.IGNORECASE,
)
"""Where a period's words go on with the day on which it ends: "hằng tháng trước ngày 25, đến hết ngày 31/12/2026"."""
ENDED = "{phrase}, đến hết ngày {day}"
"""A period's words with its end, as a letter would say it."""
NO_MORE = re.compile(
    r"(?:(?:thoi |bo |ngung |dung |ket thuc |khong )+(?:con )?(?:la )?(?:viec )?(?:dinh ky|lap lai|lap)|"
    r"khong mo ky (?:moi|nao)|chi (?:con )?ky nay|het ky nay|no longer (?:periodic|recurring)|stop recurring)"
    r"(?: nua| thoi| tu nay)*"
)


def limit(text: str, *, issued: date, today: date) -> ReadDeadline:
    """What was meant; `issued` is what a letter's words count from, `today` what "mai" does.

    Raises Refused: date_unclear, date_past for a period that ends before today.
    """
    text = BEFORE.sub("trước ngày", " ".join(text.split()))
    if fold(text).strip(" .") in NO_DEADLINE:
        return ReadDeadline()
    if STARTS.search(fold(text)) and RECURS.search(fold(text)):
        raise Refused("date_unclear")  # a period that begins later: no rule of ours says so
    if ended := _ended_period(text, issued, today):
        return ended
    if found := _phrase(text, issued):
        return found
    if counted := WORKING_DAYS.fullmatch(fold(text)):
        return ReadDeadline(
            kind="relative", relative_days=int(counted[1]) or 1, working_days=True, start=today, phrase=text
        )
    day = None if COUNTED_FROM.search(fold(text)) else take_day(text, today)[0]
    if day is not None:
        return ReadDeadline(kind="date", due=day, time=_hour(text))
    for opening in OPENINGS:
        if found := _phrase(opening + text, issued):
            return found.model_copy(update={"phrase": text}) if found.kind == "recurring" else found
    raise Refused("date_unclear")


def new_limit(text: str, *, of: ReadDeadline, running: date | None, issued: date, today: date) -> ReadDeadline:
    """The new deadline of a task that has the deadline `of`; `running`: the last day of its period that runs.

    Of a recurring task also where its periods end: "đến hết ngày 31/12/2026", "không định kỳ nữa". Raises Refused as
    `limit` does, and not_recurring.
    """
    over = NO_MORE.fullmatch(fold(text).strip(" .!")) is not None
    if over and not of.rrule:
        raise Refused("not_recurring")
    ending = None if over else ENDING.match(text.strip())
    day = (running or today - timedelta(days=1)) if over else ending and _end(ending["end"], issued, today)
    if day is None or not of.rrule:
        return limit(text, issued=issued, today=today)
    words = ENDED.format(phrase=_unended(of.phrase or ""), day=written(day)).lstrip(" ,")
    return of.model_copy(update={"rrule": until(of.rrule, day), "phrase": words})


def until(rule: str, day: date) -> str:
    """The recurrence rule with that last day instead of the end it had."""
    kept = [part for part in rule.split(";") if not part.startswith(("UNTIL=", "COUNT="))]
    return ";".join([*kept, f"UNTIL={day:%Y%m%d}"])


def _unended(phrase: str) -> str:
    """A period's words without those of its end."""
    found = ENDING.search(phrase)
    return phrase[: found.start()].rstrip(" ,;") if found and found.start() else phrase


def _ended_period(text: str, issued: date, today: date) -> ReadDeadline | None:
    found = ENDING.search(text)
    if found is None or not found.start():
        return None
    try:
        period = limit(text[: found.start()], issued=issued, today=today)
    except Refused:
        return None
    day = _end(found["end"], issued, today) if period.kind == "recurring" else None
    if day is None or period.rrule is None:
        return None
    return period.model_copy(update={"rrule": until(period.rrule, day), "phrase": text})


def _end(words: str, issued: date, today: date) -> date | None:
    found = _phrase(words, issued)
    day = found.due if found else take_day(words, today)[0]
    if day is not None and day < today:
        raise Refused("date_past")
    return day


def _phrase(text: str, issued: date) -> ReadDeadline | None:
    """What the reader makes of the words, where it is one limit and nothing but its period's bounds is assumed."""
    found = find(text, issued)
    if len(found) != 1 or not set(found[0].doubts) <= ASSUMED:
        return None
    deadline = found[0].deadline
    if deadline.kind == "recurring":
        return deadline.model_copy(update={"phrase": text.strip(" .")})  # "hằng tháng" may stand before what it found
    known = deadline.due if deadline.kind == "date" else deadline.relative_days
    return deadline if known else None


def _hour(text: str) -> str | None:
    found = HOUR.search(text)
    return f"{int(found[1]):02d}:{found[2] or '00'}" if found and int(found[1]) < 24 else None

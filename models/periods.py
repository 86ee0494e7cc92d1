"""Report periods, which are not calendar periods.

Nghị định 09/2019/NĐ-CP, Điều 12 (cut-off of figures), and domain.md "Deadlines": a month runs from the 15th of
the month before to the 14th; a quarter, a half-year and a year end on the 14th of their last month. Reports are
sent within 2 working days of the cut-off (domain.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.workdays import Calendar

CUT_OFF_DAY = 14
REPORT_WORKING_DAYS = 2
FIRST_YEAR, LAST_YEAR = 2000, 2100
ONE_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
"""Length of a period of each kind, in months."""


class UnknownPeriod(ValueError):
    """Chưa hiểu kỳ báo cáo “…”; ví dụ: tháng 11/2026, quý 4/2026, 6 tháng đầu năm 2026, năm 2026.

    The report period was not understood; for example 2026-11, 2026-Q4, 2026-H1, 2026.
    """

    def __init__(self, text: str) -> None:
        super().__init__(
            f"Chưa hiểu kỳ báo cáo “{text}”; ví dụ: tháng 11/2026, quý 4/2026, 6 tháng đầu năm 2026, năm 2026"
            f" · The report period “{text}” was not understood; for example 2026-11, 2026-Q4, 2026-H1, 2026"
        )


@dataclass(frozen=True, slots=True)
class Period:
    """One report period: the `number`-th of its kind in the report year (1–12, 1–4, 1–2 or 1)."""

    kind: PeriodKind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= 12 // MONTHS[self.kind]):
            raise UnknownPeriod(f"{self.kind} {self.number}/{self.year}")

    @property
    def label(self) -> str:
        """ "2026-11", "2026-Q4", "2026-H2" or "2026": stable, and understood by `parse_period`."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}-{self.number:02}"
            case PeriodKind.QUARTER:
                return f"{self.year}-Q{self.number}"
            case PeriodKind.HALF:
                return f"{self.year}-H{self.number}"
            case PeriodKind.YEAR:
                return f"{self.year}"

    @property
    def start(self) -> date:
        """First day: the 15th of the month before the period's first month."""
        first_month = (self.number - 1) * MONTHS[self.kind] + 1
        before = (self.year - 1, 12) if first_month == 1 else (self.year, first_month - 1)
        return date(*before, CUT_OFF_DAY + 1)

    @property
    def end(self) -> date:
        """Last day, the cut-off: the 14th of the period's last month."""
        return date(self.year, self.number * MONTHS[self.kind], CUT_OFF_DAY)

    @property
    def previous(self) -> Period:
        """The period of the same kind before this one."""
        return period_of(self.start - ONE_DAY, self.kind)

    @property
    def next(self) -> Period:
        """The period of the same kind after this one."""
        return period_of(self.end + ONE_DAY, self.kind)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def report_due(self, calendar: Calendar) -> date:
        """Last day to send the report: the second working day after the cut-off."""
        return calendar.add_working_days(self.end, REPORT_WORKING_DAYS)

    def told_on(self, calendar: Calendar) -> date:
        """The day the roll-up comes by itself: the working day after the cut-off (issue 4, point 10)."""
        return calendar.working_day_after(self.end)


def period_of(day: date, kind: PeriodKind) -> Period:
    """The report period of that kind in which the day lies."""
    ordinal = day.year * 12 + day.month - 1 + (day.day > CUT_OFF_DAY)
    year, month = divmod(ordinal, 12)
    return Period(kind, year, month // MONTHS[kind] + 1)


def parse_period(text: str, today: date, default: PeriodKind = PeriodKind.MONTH) -> Period:
    """The period a person means; "" is the current one of the `default` kind.

    "2026-Q4", "quý 4/2026", "quý IV", "tháng 11", "11/2026", "6 tháng đầu năm 2026", "năm 2026", "quý trước",
    "this month" … Without a year it is the latest such period that has begun. Raises UnknownPeriod.
    """
    folded = _fold(text)
    if not folded:
        return period_of(today, default)
    for pattern, meaning in FORMS:
        if found := pattern.fullmatch(folded):
            return meaning(found, today)
    raise UnknownPeriod(text.strip()[:40])


def _numbered(kind: PeriodKind) -> Callable[[re.Match[str], date], Period]:
    def meaning(found: re.Match[str], today: date) -> Period:
        number = NUMBERS.get(found["n"]) or int(found["n"])
        if found["y"]:
            return Period(kind, int(found["y"]), number)
        current = period_of(today, kind)
        return Period(kind, current.year - (number > current.number), number)

    return meaning


def _year(found: re.Match[str], _today: date) -> Period:
    return Period(PeriodKind.YEAR, int(found["y"]))


def _relative(found: re.Match[str], today: date) -> Period:
    kind = KINDS[found["kind"]]
    current = period_of(today, kind)
    return current.previous if found["which"] in EARLIER else current


NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "dau": 1, "cuoi": 2, "first": 1, "second": 2, "last": 2}
KINDS = {
    "thang": PeriodKind.MONTH, "month": PeriodKind.MONTH, "ky": PeriodKind.MONTH, "period": PeriodKind.MONTH,
    "quy": PeriodKind.QUARTER, "quarter": PeriodKind.QUARTER,
    "nam": PeriodKind.YEAR, "year": PeriodKind.YEAR,
}  # fmt: skip
EARLIER = {"truoc", "ngoai", "last", "previous"}

_YEAR = r"(?P<y>20\d\d)"
_OF_YEAR = rf"(?:[ /.-]*(?:nam |of )?{_YEAR})?"
_FORM_TEXTS: list[tuple[str, Callable[[re.Match[str], date], Period]]] = [
    (rf"{_YEAR}[ -]?q(?:uy )?(?P<n>[1-4])", _numbered(PeriodKind.QUARTER)),
    (rf"{_YEAR}[ -]?h(?P<n>[12])", _numbered(PeriodKind.HALF)),
    (rf"{_YEAR}[-/.](?P<n>0?[1-9]|1[0-2])", _numbered(PeriodKind.MONTH)),
    (rf"(?P<n>0?[1-9]|1[0-2])[-/.]{_YEAR}", _numbered(PeriodKind.MONTH)),
    (rf"(?:ca nam|nam|year)? ?{_YEAR}", _year),
    (rf"(?:quy|quarter|q) ?(?P<n>[1-4]|iv|i{{1,3}}){_OF_YEAR}", _numbered(PeriodKind.QUARTER)),
    (rf"(?:thang|month|t) ?(?P<n>0?[1-9]|1[0-2]){_OF_YEAR}", _numbered(PeriodKind.MONTH)),
    (rf"(?:half|h) ?(?P<n>[12]){_OF_YEAR}", _numbered(PeriodKind.HALF)),
    (rf"(?:(?:6|sau) thang|nua) (?P<n>dau|cuoi)(?: nam)?{_OF_YEAR}", _numbered(PeriodKind.HALF)),
    (rf"(?P<n>first|second|last) half{_OF_YEAR}", _numbered(PeriodKind.HALF)),
    (r"(?P<kind>thang|quy|ky|nam) (?P<which>nay|truoc|ngoai)", _relative),
    (r"(?P<which>this|last|previous) (?P<kind>month|quarter|year|period)", _relative),
]
FORMS = [(re.compile(text), meaning) for text, meaning in _FORM_TEXTS]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"\s*([/.-])\s*", r"\1", " ".join(plain.split()))

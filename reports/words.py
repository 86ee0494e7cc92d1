"""The words on pictures and sheets, in Vietnamese and English."""

from datetime import date
from typing import Literal

from models.periods import Period, PeriodKind, UnknownPeriod, parse_period
from reports.summary import Bucket, Note

Language = Literal["vi", "en"]

BUCKETS: dict[Language, dict[Bucket, str]] = {
    "vi": {
        Bucket.DONE_IN_TIME: "Hoàn thành đúng hạn",
        Bucket.DONE_LATE: "Hoàn thành quá hạn",
        Bucket.OPEN_IN_TIME: "Chưa hoàn thành, trong hạn",
        Bucket.OPEN_LATE: "Chưa hoàn thành, quá hạn",
        Bucket.UNTIMED: "Không có hạn",
    },
    "en": {
        Bucket.DONE_IN_TIME: "Completed in time",
        Bucket.DONE_LATE: "Completed late",
        Bucket.OPEN_IN_TIME: "Open, in time",
        Bucket.OPEN_LATE: "Open, overdue",
        Bucket.UNTIMED: "No deadline",
    },
}
NOTES: dict[Language, dict[Note, str]] = {
    "vi": {
        Note.WAITING: "đã báo cáo, chờ xác nhận",
        Note.EXTENDED: "đã gia hạn",
        Note.RECORDED: "ghi nhận thay",
        Note.DISPUTED: "đơn vị báo không thuộc thẩm quyền",
        Note.RETURNED: "đề nghị bổ sung, hoàn thiện",
    },
    "en": {
        Note.WAITING: "reported, awaits confirmation",
        Note.EXTENDED: "extended",
        Note.RECORDED: "recorded on its behalf",
        Note.DISPUTED: "unit says not its competence",
        Note.RETURNED: "returned for completion",
    },
}
COLUMNS: dict[Language, tuple[str, ...]] = {
    "vi": (
        "TT",
        "Số văn bản",
        "Nội dung nhiệm vụ",
        "Chủ trì",
        "Phối hợp",
        "Sản phẩm",
        "Thời hạn gốc",
        "Thời hạn hiện hành",
        "Kết quả",
        "Ghi chú",
    ),
    "en": (
        "No.",
        "Letter",
        "Task",
        "Lead",
        "Coordination",
        "Product",
        "First deadline",
        "Current deadline",
        "Result",
        "Note",
    ),
}
TITLES: dict[Language, str] = {"vi": "Tình hình thực hiện nhiệm vụ", "en": "Progress of tasks"}
ROMAN = ("", "I", "II", "III", "IV")


LONG_AGO = date(2000, 1, 1)
"""A kept label names its year: no day of today is needed to understand it."""


def period_name(period: Period, language: Language) -> str:
    """ "Quý IV/2026 (15/09 – 14/12/2026)"; the first day's year where it is another."""
    name = period_short(period, language)
    first = f"{period.start:%d/%m}" if period.start.year == period.end.year else f"{period.start:%d/%m/%Y}"
    return f"{name[:1].upper()}{name[1:]} ({first} – {period.end:%d/%m/%Y})"


def period_short(period: Period, language: Language) -> str:
    """ "quý IV/2026"."""
    first, vi = period.number == 1, language == "vi"
    match period.kind:
        case PeriodKind.MONTH:
            return f"tháng {period.number}/{period.year}" if vi else f"{period.number:02}/{period.year}"
        case PeriodKind.QUARTER:
            return f"quý {ROMAN[period.number]}/{period.year}" if vi else f"Q{period.number}/{period.year}"
        case PeriodKind.HALF:
            half = ("đầu" if first else "cuối") if vi else ("first" if first else "second")
            return f"6 tháng {half} năm {period.year}" if vi else f"{half} half of {period.year}"
        case PeriodKind.YEAR:
            return f"năm {period.year}" if vi else str(period.year)


def period_said(label: str, language: Language) -> str:
    """A kept label ("2026-Q4") as people say it; one that is none stays as it is."""
    try:
        return period_short(parse_period(label, LONG_AGO), language)
    except UnknownPeriod:
        return label

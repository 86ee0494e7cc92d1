"""The words on pictures and sheets, in Vietnamese and English."""

from typing import Literal

from models.periods import Period, PeriodKind
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


def period_name(period: Period, language: Language) -> str:
    """ "Quý IV/2026 (15/09 – 14/12/2026)"."""
    span = f"{period.start:%d/%m} – {period.end:%d/%m/%Y}"
    if language == "en":
        return f"{period.label} ({span})"
    match period.kind:
        case PeriodKind.MONTH:
            name = f"Tháng {period.number}/{period.year}"
        case PeriodKind.QUARTER:
            name = f"Quý {ROMAN[period.number]}/{period.year}"
        case PeriodKind.HALF:
            name = f"6 tháng {'đầu' if period.number == 1 else 'cuối'} năm {period.year}"
        case PeriodKind.YEAR:
            name = f"Năm {period.year}"
    return f"{name} ({span})"

"""Whether the words after the numbers are a note about the report, or what the last number counts."""

from __future__ import annotations

import re

from bot.counting import Counted, skip
from bot.words import Word, begins

POLITE = (
    "dạ", "vâng", "thưa", "ạ", "em", "anh", "chị", "tôi", "mình", "chúng tôi", "bọn em", "đơn vị tôi", "đơn vị em", "bên em",
    "bên tôi", "đồng chí", "đ/c", "bác", "chú", "cô", "ơi", "nhé", "nha", "nhá", "rồi", "luôn", "đã", "vừa", "mới", "a", "e",
    "nhe", "kính", "báo cáo đồng chí", "báo cáo anh", "báo cáo chị", "xin", "xin báo cáo", "hôm nay", "sáng nay", "được", "thì",
    "này", "kia", "hết", "cả", "làm", "thực hiện", "i", "we", "have", "has", "please", "already", "just", "it's", "it", "our",
    "my", "ah", "sir", "thanks", "thank you", "cảm ơn", "ok", "bạn", "là", "task", "hi", "r", "rùi", "òi", "roài", "c",
    "nhen", "hôm qua", "sáng qua", "chiều qua", "tối qua", "yesterday",
    "today", "bên mình", "đơn vị mình", "hello", "chào", "xin chào",
    ".", "!", ",", "…", ":", "-", "–",
)  # fmt: skip

BEFORE_NUMBERS = tuple(word for word in POLITE if word not in ("hết", "cả"))

OPENERS = (
    "đã", "theo", "tại", "kèm", "kèm theo", "gửi", "nộp", "trình", "qua", "cv", "vb", "bc", "tb", "tt", "qđ", "kh", "số", "xem",
    "link", "http", "https", "nội dung", "kết quả", "bằng", "vào", "lúc", "trong", "hôm", "chi tiết", "minh chứng",
    "được", "từ",
    "do", "để", "và", "có", "sent", "by", "via", "see", "attached", "with", "document", "ref", "on", "nay", "xin",
    "công văn số",
    "báo cáo số", "văn bản số", "tờ trình số", "kế hoạch số", "quyết định số", "thông báo số",
)  # fmt: skip
"""Words a note begins with; none of them is ever what a number counts."""

LOOSE_OPENERS = ("đã", "theo", "tại", "kèm", "kèm theo", "qua", "xem", "via", "see", "attached", "with", "sent")

DOCUMENT = re.compile(r"\d+\s*/\s*[A-ZĐ0-9][\w&.-]*", re.IGNORECASE)
MARKS = frozenset(':.-–—("“;,!')


def note_is_clear(words: list[Word], found: Counted, *, slash: bool) -> bool:
    """True when nothing follows, a sign divides them, or the words plainly begin a note."""
    if only_polite(words, found.end):
        return True
    following = words[found.end]
    if following.text in MARKS and not (following.text == "," and found.loose):
        return True
    if found.loose:
        return _opens(words, found.end, LOOSE_OPENERS)
    if found.excluding or len(found.numbers) > 1 or not slash:
        return _opens(words, found.end, OPENERS) or _document_follows(words, found.end)
    return not _counted(words, found.end) or _document_follows(words, found.end)


COUNTED = (
    "đơn vị", "xã", "phường", "sở", "ngành", "báo cáo", "công văn", "văn bản", "việc", "nhiệm vụ", "hồ sơ", "người",
    "tệp", "ảnh",
    "ngày", "tuần", "tháng", "năm", "lần", "phần", "trường hợp", "hộ", "thôn", "cơ quan", "dự án", "công trình", "nội dung",
    "chỉ tiêu", "đợt", "buổi", "bản", "trang", "units", "tasks", "reports", "files", "days", "weeks", "of", "out",
    "trên", "trong số",
)  # fmt: skip
"""What a number before it may count."""


def only_polite(words: list[Word], at: int) -> bool:
    """Whether nothing but courtesies stands from `at` on."""
    return skip(words, at, POLITE) >= len(words)


def _opens(words: list[Word], at: int, openers: tuple[str, ...]) -> bool:
    if _counted(words, at) and not _document_follows(words, at):
        return False
    return any(begins(words, at, opener) for opener in openers)


def _counted(words: list[Word], at: int) -> bool:
    return any(begins(words, at, noun) for noun in COUNTED)


def _document_follows(words: list[Word], at: int) -> bool:
    """ "CV 123/UBND-VX", "công văn số 12/BC": a document's number within the next few words."""
    near = words[at : at + 7]
    return any(
        near[i].text.isdecimal() and near[i + 1].text == "/" and not near[i + 2].text.isdecimal()
        for i in range(len(near) - 2)
    )

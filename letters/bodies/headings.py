"""A clause's title that names its actor in words no list of nouns knows: what stands up to its colon or its end is the name."""

from __future__ import annotations

import re

from letters.bodies.expansion import Name
from letters.bodies.names import names
from letters.bodies.trades import is_order
from letters.text import words
from letters.text.views import Text
from letters.text.vocabulary import DETERMINERS, ENDS_1, ENDS_2, FIRM, HEADS, NOT_BODIES, PERSONS, begins, ends, pair_at

_LONGEST = 130
"""Characters of a title."""
_ORDERING = words.ENDS_2 - words.NAMED_AFTER - words.ACTIVITIES - words.COMPOUNDS


def is_title(text: Text, start: int, end: int) -> bool:
    """Whether these words are a paragraph of their own that ends without a sign: "3. Đối với giáo viên chủ nhiệm"."""
    whole = text.s[start:end].rstrip()
    return len(whole) < _LONGEST and whole[-1:] not in (".", ";", ",") and ": " not in whole


def concerns(text: Text, start: int, at: int, end: int) -> bool:
    """ "Đối với giáo viên chủ nhiệm", "Đối với chi nhánh Ngân hàng A các tỉnh", "Riêng huyện An Phú phải …": whom the words
    concern, though no capital tells it."""
    tokens = text.words(at, end, 6)
    if PERSONS.match(tokens, 0):
        return is_title(text, start, end)
    noun = HEADS.match(tokens, 0)
    if not noun or noun >= len(tokens) or NOT_BODIES.match(tokens, 0) or tokens[noun].lower or not tokens[noun].word:
        return False
    colon = text.f.find(": ", at, min(end, at + _LONGEST))
    return is_title(text, start, colon if colon > 0 else end) or text.f.startswith("rieng ", start)


def rest_of_title(text: Text, found: list[Name], after: int, end: int) -> tuple[list[Name], int]:
    """ "6. Trách nhiệm của các tổ chức, doanh nghiệp hoạt động trong lĩnh vực …": what follows narrows the last name."""
    rest = text.s[after:end].rstrip(" :\n")
    if not found or not rest.strip() or not is_title(text, found[0].start, end) or not rest.lstrip()[0].islower():
        return found, after
    tokens = text.words(after, after + len(rest), 40)
    if pair_at(tokens, 0) in FIRM or any(pair_at(tokens, i) in FIRM for i in range(len(tokens))):
        return found, after
    return [*found[:-1], _wider(text, found[-1], after + len(rest))], after + len(rest)


def narrowed(text: Text, found: list[Name], after: int, end: int) -> list[Name] | None:
    """ "1. Các cơ quan, đơn vị được kiểm tra trực tiếp", "2. Các đơn vị tự kiểm tra: báo cáo …": which of a plural are meant,
    up to the colon or the end of the title."""
    colon = text.s.find(":", after, min(end, after + 60))
    stop = colon if colon > 0 else end
    rest = text.s[after:stop].strip()
    plural = bool(found) and DETERMINERS.match(text.words(found[-1].start, found[-1].end, 3), 0) > 0
    if not plural or not _NARROWS.fullmatch(text.n, after, stop) or text.s[stop - 1] in ".;," or not rest.islower():
        return None
    return [*found[:-1], _wider(text, found[-1], stop)]


_NARROWS = re.compile(
    r"\s+(?:(?:trực|gián) tiếp|(?:tự|được|bị|đã|chưa|đang|không|còn|thuộc|nằm|chịu sự|không thuộc|ngoài)(?: [^\W\d]+){1,6})\s*"
)


def trade_to_colon(text: Text, found: list[Name], after: int, end: int) -> list[Name] | None:
    """ "Các cơ sở, doanh nghiệp cung cấp dịch vụ đào tạo: …": a plural's trade stands between it and the colon."""
    sign = _COLON.search(text.s, after, min(end, after + 80))
    colon = sign.start() if sign else -1
    if colon < 0 and found and end - after < 80 and is_title(text, found[0].start, end):
        words_after = text.words(after, end, 4)
        acts = len(words_after) < 3 or is_order(words_after, 0, pair_at(words_after, 0), True)
        colon = -1 if acts else after + len(text.s[after:end].rstrip(" :\n"))
    if colon < 0 or not found or re.search(r"[.;,(\n]", text.s[after:colon]):
        return None
    tokens = text.words(after, colon, 20)
    plural = DETERMINERS.match(text.words(found[-1].start, found[-1].end, 3), 0)
    common = text.s[found[-1].start : found[-1].end].lower() in _COMMON
    if (
        not (plural or common)
        or not tokens
        or not tokens[0].lower
        or pair_at(tokens, 0) not in words.PLURAL_AFTER | words.ACTIVITIES
    ):
        return None
    if any(pair_at(tokens, i) in _ORDERING for i in range(2, len(tokens))):
        return None
    return [*found[:-1], _wider(text, found[-1], colon)]


_COLON = re.compile(r":(?=\s|$)")
_COMMON = ("cơ sở", "đơn vị", "tổ chức", "doanh nghiệp", "hộ", "cá nhân", "công ty")
""" "Bếp ăn tập thể và cơ sở cung cấp suất ăn sẵn: …"."""


def _wider(text: Text, name: Name, end: int) -> Name:
    return Name(re.sub(r"\s+", " ", text.s[name.start : end]).strip(), name.start, end, False)


def up_to_colon(text: Text, name: Name, after: int, end: int) -> tuple[list[Name], int]:
    """ "Đối với các cơ sở có lưu lượng xả thải lớn: …": all that stands before the colon says who is meant."""
    colon = re.compile(r"[^.;:()\n]{0,180}?(?=\s*(?:\([^()]{0,80}\))?\s*(?::|$))").match(text.s, after, end)
    if not colon or not colon[0].strip() or colon[0].lstrip().startswith(","):
        return [name], after
    stop = text.s.find(":", colon.end(), end)
    cut = [name.start]
    for match in re.finditer(r" và ", text.s[after : colon.end()]):
        if names(text, after + match.end(), colon.end())[0]:
            cut.append(after + match.end())
    ends_at = [start - len(" và ") for start in cut[1:]] + [colon.end()]
    parts = [Name(re.sub(r"\s+", " ", text.s[a:b]).strip(), a, b, False) for a, b in zip(cut, ends_at, strict=True)]
    return parts, stop if stop > 0 else colon.end()


def whole_title(text: Text, found: list[Name], after: int, end: int) -> list[Name] | None:
    """A heading that is one long name: "1. Ban Chỉ đạo xóa nhà tạm, nhà dột nát huyện A"."""
    rest = text.s[after:end].rstrip(" :\n")
    if rest[:1] != "," or len(rest) > 110 or rest.endswith((".", ";", ",")) or text.s.startswith(":", after):
        return None
    tokens = text.words(after, end, 40)
    if any(ends(tokens, i, False) for i in range(1, len(tokens))) or begins(tokens, 1):
        return None
    last = Name(re.sub(r"\s+", " ", text.s[found[-1].start : after] + rest), found[-1].start, after + len(rest), False)
    return [*found[:-1], last]


def comma_in(text: Text, found: list[Name], after: int, end: int) -> list[Name]:
    """ "Phòng Vật tư, thiết bị y tế | trang bị …", "Ban Kiểm tra, kiểm soát nội bộ | đưa …": an office whose name has a
    comma, its second part in small letters up to an order; always a doubt. Empty where it is none."""
    if len(found) != 1 or not _OFFICE.match(found[0].text) or text.s[after : after + 2] != ", ":
        return []
    tokens = text.words(after + 2, end, 14)
    first = tokens[0] if tokens else None
    if first is None or not first.lower or pair_at(tokens, 0) in FIRM or first.n in ENDS_1 or begins(tokens, 0):
        return []
    joined = (
        0  # behind "và" stands another part of the name: "Ban Công nghệ, chuyển đổi số và tự động hóa | nâng cấp …"
    )
    for i in range(2, len(tokens)):
        if not tokens[i].word or not tokens[i].lower:
            return []
        if tokens[i].n == "và" and not joined and pair_at(tokens, i + 1) not in FIRM:
            joined = i
        if joined and i <= joined + 2:
            continue
        if tokens[i].n in ENDS_1 or pair_at(tokens, i) in ENDS_2:
            last = tokens[i - 1].end
            return [Name(text.s[found[0].start : last], found[0].start, last, False)]
    return []


def up_to_comma(text: Text, name: Name, after: int, end: int) -> Name | None:
    """ "Đối với các đơn vị chưa gửi báo cáo, đề nghị …": what stands before the comma of an order says who is meant."""
    said = _SAID.match(text.n, after, end)
    if not said or not DETERMINERS.match(text.words(name.start, name.end, 3), 0):
        return None
    tokens = text.words(said.end(), end, 3)
    if not tokens or not (pair_at(tokens, 0) in ENDS_2 or tokens[0].n in ENDS_1):
        return None
    return _wider(text, name, said.end("who"))


_SAID = re.compile(
    r"(?P<who>\s(?:chưa|đã|còn|đang|có|bị|nêu|thuộc|được|không|ở|nằm)\s[^.;:,()\n]{2,120}(?:\s\([^()\n]{0,80}\))?),\s+(?:thì )?"
)
_OFFICE = re.compile(r"(?:Ban|Phòng|Vụ|Cục|Chi cục|Tổ|Khoa|Trung tâm|Viện|Bộ phận|Văn phòng) [^\W\da-zà-ỹđ]")

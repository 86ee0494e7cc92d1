"""The foot of a letter: who signed, who is informed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.frame.zones import MOTTO, NOI_NHAN
from letters.text import words
from letters.text.compare import LOWER, UPPER, flat, tone
from letters.text.lines import Line, Page
from letters.text.syllables import is_syllable
from models.reading import Signer, Span

FOOT_LINES = 45
_TITLE_WORD = (
    r"ch\w\s+t[i1]ch|giam\s+d\wc|tr\wong|tr\wng|thu\s+tuong|thu\s+truong|bo\s+truong|chanh|chu\s+nhiem|bi\s+thu|thong\s+doc|tong\s+thanh\s+tra|chi\s+huy|uy\s+ban|vien\s+truong"
    r"|hieu\s+truong|cuc\s+truong|tong\s+bien\s+tap|truong\s+(?:ban|phong)|ban\s+thuong\s+vu|thuong\s+truc|pho\s|tong\s+giam|tu\s+lenh|hoi\s+dong|thu\s*truong"
)
_TITLE = re.compile(
    rf"(?:^|(?<=\s))(?:(?:t\s?m|k\s?t|t\s?l|t\s?u\s?q|q|t/m|k/t|t/l)\s*[.,/\s]\s*.*|.*\b(?:{_TITLE_WORD}).*)$"
)
_BY = re.compile(rf"(?:^|\s)(?P<by>(?:T\s?M|K\s?T|T\s?L|T\s?U\s?Q|Q|TM/|KT/)\s*[.,]\s*(?=[{UPPER}]))")
_ANNEX = re.compile(r"^\W{0,8}(?:phu luc|mau so|bieu mau|danh sach|mau bao cao|bieu so|de cuong|sao luc|sao y|phieu)\b")
_BULLET = re.compile(r"^\W{0,2}[-–—−•·~+∗]\s*|^\W{0,2}--\s*")


_COPY = re.compile(r"[-–—−•·+∗]\s*[^\W\d][^;]*;$")
"""A line of those informed: "- Các phòng: KT, TH;" is nobody's title."""


def read_signer(page: Page, foot: Sequence[Line]) -> tuple[Signer | None, Span | None]:
    """Title lines joined, and the name under them."""
    titles: list[str] = []
    name: str | None = None
    span: list[int] = []
    for line in foot[:FOOT_LINES]:
        folded = page.flat(line)
        if _ANNEX.match(folded) and (titles or name):
            break
        if "sao luc" in folded or "sao y" in folded or ((titles or name) and MOTTO.search(folded)):
            break
        for cell in _cells(page, line):
            cell_text = page.s[cell[0] : cell[1]].strip()
            if _COPY.match(cell_text):
                continue
            joined = None if name or titles else _joined(cell_text)
            if joined:
                titles, name = [joined[0]], joined[1]
                span.extend(cell)
                continue
            title = None if name else _title_of(cell_text) or (_more_of(cell_text) if titles else None)
            if title:
                titles.append(title)
                span.extend(cell)
            elif not name and _is_person(cell_text) and not _BULLET.match(cell_text):
                name = _person(cell_text)
                span.extend(cell)
            elif name and len(name.split()) == 2 and re.fullmatch(rf"[{UPPER}][{LOWER}]+", cell_text):
                name = f"{name} {cell_text}"
                span.extend(cell)
        if name and titles and len(name.split()) > 2:
            break
    if not titles and not name:
        return None, None
    title = re.sub(r"\s+", " ", " ".join(titles)).strip(" ,") or None
    return Signer(title=title, name=name), page.span(min(span), max(span))


_FILED = re.compile(r"\W{0,4}luu\s?:?\s[^.]{2,40}\.\s+")
""" "- Lưu: VT, QLT. Nguyễn Văn Mẫu": the name that stood in the other column."""


def _cells(page: Page, line: Line) -> list[tuple[int, int]]:
    """The columns of a line of the foot; "Nơi nhận:" and a copy's bullet are cut off where one blank parts them."""
    text, start = page.text(line), line.start
    found: list[tuple[int, int]] = []
    at = 0
    for gap in [*re.finditer(r"\t|\s{3,}", text), None]:
        end = gap.start() if gap else len(text)
        if end > at:
            found.append((start + at, start + end))
        at = gap.end() if gap else at
    a, b = found[0]
    head = NOI_NHAN.match(page.f[a:b])
    if head and head.end() < b - a:
        found[0] = (a + head.end(), b)
    elif (filed := _FILED.match(page.f[a:b])) and _is_person(page.s[a + filed.end() : b]):
        found[0] = (a + filed.end(), b)
    elif _BULLET.match(page.f[a:b]) and ";" in page.s[a:b]:
        cut = page.s.rindex(";", a, b) + 1
        if cut < b:
            found[0] = (cut, b)
    return found


def _title_of(text: str) -> str | None:
    """The part of a cell that is a signing title: its last run of capital words."""
    text = text.strip(" :.,;\"'“”_~-–—")
    if len(text) > 90 or text.startswith("("):
        return None
    run: list[str] = []
    for word in reversed(text.split()):
        letters = [c for c in word if c.isalpha()]
        if any(c.islower() for c in letters) or any(c.isdecimal() for c in word):
            break
        run.insert(0, word)
    while run and len(run) > 1 and len(run[0].strip(".,")) == 1 and not re.match(r"[QĐ]\.", run[0]):
        run.pop(0)
    by = _BY.search(text)
    title = text[by.start("by") :] if by and text[by.start("by") :].upper() == text[by.start("by") :] else " ".join(run)
    return title.strip(" ,:;") if title and _TITLE.match(flat(title)) and len(title) > 5 else None


def _more_of(text: str) -> str | None:
    """A line of capitals between the title and the name: the rest of the title."""
    letters = [c for c in text if c.isalpha()]
    whole = len(letters) > 2 and all(c.isupper() for c in letters) and not any(c.isdecimal() for c in text)
    whole = whole and any(len(word) > 2 and is_syllable(word) for word in re.findall(r"[^\W\d_]+", text))
    return text.strip(" .,") if whole and not _BULLET.match(text) and "(" not in text else None


_ONE_LINE = re.compile(
    rf"(?P<title>(?:[{UPPER}.,/]{{2,}}[\s.,–-]+)+)(?P<name>(?:[{UPPER}][{LOWER}]+\s+){{1,3}}[{UPPER}][{LOWER}]+)\s*(?:\([^()]{{2,30}}\))?$"
)


def _joined(text: str) -> tuple[str, str] | None:
    """Title and name that a web page put on one line: "KT. GIÁM ĐỐC - PHÓ GIÁM ĐỐC Nguyễn Văn Mẫu (đã ký)"."""
    match = _ONE_LINE.match(text.strip())
    if not match or not _is_person(match["name"]):
        return None
    title = match["title"].strip(" .,–-")
    return (title, _person(match["name"])) if len(title) > 5 and _TITLE.match(flat(title)) else None


def _is_person(text: str) -> bool:
    name = _person(text)
    parts = _GENDER.sub(r"\1", name).split()
    if (
        not 2 <= len(parts) <= 5
        or sum(len(p) > 1 for p in parts) < 2
        or not all(re.fullmatch(rf"[{UPPER}][{LOWER}'ʼ]*|[{UPPER}]+|[{UPPER}]['’ʼ`]?\w+", p) for p in parts)
    ):
        return False
    known = flat(parts[0]) in words.SURNAMES or bool(_HIGHLAND.match(parts[0]))
    return known and not text.strip().endswith((";", ","))


_GENDER = re.compile(r"^([HKY]['’ʼ`])\s+(?=\w)")
""" "K’ Brơi", written apart."""
_HIGHLAND = re.compile(rf"[HKY]['’ʼ`][{UPPER}{LOWER}]")
""" "H’Lim Niê", "K’Brơi": names of the highlands begin with their gender's letter."""


def _person(text: str) -> str:
    text = re.sub(r"\(.*?\)", "", text).strip(" .,:;_-–—*\"'“”`")
    low = tone(text)
    changed = True
    while changed:
        changed = False
        for rank in words.RANKS:
            if low.startswith(rank) and low[len(rank) : len(rank) + 1] in (" ", ".", ":", ","):
                text = text[len(rank) :].lstrip(" .:,")
                low = tone(text)
                changed = True
    return re.sub(r"\s+", " ", text)


def read_notify(page: Page, foot: Sequence[Line]) -> tuple[str, ...]:
    """The "Nơi nhận" lines that are only informed: "(b/c)", "(để báo cáo)"."""
    found: list[str] = []
    for line in foot[:FOOT_LINES]:
        text = page.text(line)
        if re.search(r"\(\s*(?:de\s+)?(?:b\s?/\s?c|bao cao|bc|biet|p\s?/\s?h|phoi hop)\b[^)]{0,30}\)", flat(text)):
            item = re.split(r"\t|\s{4,}", _BULLET.sub("", text, count=1))[0]
            found.append(re.sub(r"\s*\([^)]*\)", "", item).strip(" ;.,-"))
    return tuple(found)

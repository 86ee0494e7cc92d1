"""The two columns of a letterhead: the bodies on the left; the motto, place and date are masked wherever they wrap."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.frame.titles import TITLES
from letters.text.compare import LOWER, UPPER, flat
from letters.text.lines import Line, Page
from letters.text.vocabulary import starts_body
from models.reading import Span

MOTTO_ANY = re.compile(
    r"c\S{1,3}\s*h\S{1,3}\s+x\S{1,2}\s+h\S{1,2}\s+ch\S{1,2}\s+ng\S{2,4}\s+vi\S{1,3}\s*n\S{1,4}"
    r"|d\S{1,3}\s*l\S{1,3}\s*[^\w\s]+\s*[t1]\S{1,2}\s+d\S{1,2}\s*[^\w\s]+\s*h\S{1,4}\s+p\S{2,4}|dang cong san viet nam"
)
SERIAL = re.compile(
    r"(?:^|[\s(])(?:s[o0eé6]\w?|\$\w|56|s6)\s*[:;.,zj]\s*[.:]*\s*(?=\S)|^\W{0,8}s[o0]\s+(?=[\d/.…]|-\s*\w)"
    r"|^\W{0,8}s[o0](?=\d{1,5}\w?\s?/\s?[a-z])"
)
DATE = re.compile(
    r"ng\wy\s*(?P<day>[^\n,;]{0,6}?)\s*th\w{1,3}g?\W{0,2}\s*(?P<month>[^\n,;]{0,6}?)\s*n\wm\s*(?P<year>\d[\d ]{2,4}\d|\.{2,}|…)?"
)
URGENT = {"hoa toc": "hỏa tốc", "hoa toc hen gio": "hỏa tốc", "thuong khan": "thượng khẩn", "khan": "khẩn"}
_PLACE = re.compile(rf"(?:(?<!\w)[{UPPER}](?:[{LOWER}]+|P\.?)[^\S\n]*){{1,6}},\s*$")
_COLUMN = re.compile(r"\t|\s{4,}")
_PLACE_NEXT = re.compile(r"TỈNH |THÀNH PHỐ |XÃ |PHƯỜNG |HUYỆN ")
_BODY_ONLY = re.compile(r"uy ban nhan dan|ubnd|hoi dong nhan dan")
"""A body and its place, laid out on one line with blanks between."""
_WORN_MOTTO = re.compile(r"(?<=\w)\s+CỘNG H\S{1,3} X\S{1,2}(?!\w).*")
"""The motto where a scan lost its end."""
LONGEST = 14
"""Lines of a letterhead above the number."""

Row = tuple[int, str]
"""Start of a line, and the line with tabs where motto, place and date stood."""


def issuer(page: Page, head: Sequence[Line]) -> tuple[str | None, str | None, Span | None]:
    """(own name, the parent body above it, the place): the left block of a letterhead, above its number."""
    rows: list[tuple[str, int, int]] = []
    for start, text in masked(page, head[:LONGEST]):
        words = re.sub(r"[\W_]+", " ", flat(text)).strip()
        if words in TITLES:
            if rows or not MOTTO_ANY.search(page.f, start, head[-1].end):
                break
            continue  # an archive's note above the letterhead
        left = _left(text)
        if words not in URGENT and _is_name(left):
            at = start + text.index(left)
            rows.append((left.strip(" \t-–—."), at, at + len(left)))
    while rows and not starts_body(rows[0][0]) and not _chairs(rows):
        rows.pop(0)
    if not rows:
        return None, None, None
    own = max(i for i in range(len(rows)) if i == 0 or _begins_name(rows, i))
    name = re.sub(r"\s+", " ", " ".join(row[0] for row in rows[own:]))
    parent = re.sub(r"\s+", " ", " ".join(row[0] for row in rows[:own]))
    return name, parent or None, page.span(rows[own][1], rows[-1][2])


def _chairs(rows: list[tuple[str, int, int]]) -> bool:
    """CHỦ TỊCH / ỦY BAN NHÂN DÂN / TỈNH …: the chairman orders, not the committee."""
    above = flat(rows[0][0]).removeprefix("chu tich").strip()
    return len(rows) > 1 and flat(rows[0][0]).startswith("chu tich") and starts_body(above or rows[1][0])


def about_lines(page: Page, head: Sequence[Line], about: int) -> tuple[list[str], tuple[int, int], bool]:
    """The lines of the subject, from "V/v" on; their range; whether it seems to go on after what ended it."""
    parts: list[str] = []
    first = head[about].start
    end = first
    cut = False
    for start, text in masked(page, head):
        if start < first:
            continue
        cells = [c.strip() for c in re.split(r"\t|\s{3,}", text) if c.strip(" ,.")]
        if not cells:
            continue
        if cut or (parts and (SERIAL.match(flat(cells[0])) or (starts_body(cells[0]) and _is_name(cells[0])))):
            if cut and cells[0][0].islower():
                return parts, (first, end), True
            cut = True
            continue
        parts.append(cells[0])
        end = start + len(text)
    return parts, (first, end), False


def masked(page: Page, head: Sequence[Line]) -> list[Row]:
    """The lines of a head without motto, place and date, even where these are broken over lines."""
    if not head:
        return []
    gone: set[int] = set()
    for pattern in (MOTTO_ANY, DATE):
        for match in pattern.finditer(page.f, head[0].start, head[-1].end):
            start = match.start()
            place = _PLACE.search(page.s, max(head[0].start, start - 60), start) if pattern is DATE else None
            gone.update(range(place.start() if place else start, match.end()))
    return [(n.start, "".join("\t" if i in gone else page.s[i] for i in range(n.start, n.end))) for n in head]


def _left(text: str) -> str:
    """The left column of a line."""
    body = _WORN_MOTTO.split(text.lstrip("\t _"))[0]
    if re.match(r"\W{0,8}(?:chu nghia viet nam|cong hoa xa hoi|tu do\W|hanh phuc|doc lap)", flat(body)):
        return ""
    column = _COLUMN.search(body)
    if column and _BODY_ONLY.fullmatch(flat(body[: column.start()].strip())):
        after = column.end() + len(body[column.end() :]) - len(body[column.end() :].lstrip())
        column = _COLUMN.search(body, after) if _PLACE_NEXT.match(body, after) else column
    left = body[: column.start()] if column else body
    serial = SERIAL.search(flat(left))
    return left[: serial.start()] if serial else left


def _begins_name(rows: list[tuple[str, int, int]], i: int) -> bool:
    return starts_body(rows[i][0]) and not _continues(rows[i - 1][0], rows[i][0])


def _is_name(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def _continues(before: str, row: str) -> bool:
    """A row that begins with a body's noun but goes on with the row above: MÔI / TRƯỜNG, VĂN PHÒNG / UBND TỈNH."""
    above, here = flat(before), flat(row)
    if above == "chu tich" and _BODY_ONLY.match(here):
        return True
    if re.match(r"(?:tinh|thanh pho|tp|huyen|thi xa|quan|xa|phuong|dac khu|thi tran|khu vuc)\b(?! uy)", here):
        return True
    return (
        (
            above.endswith(("moi", "hien", "truong", "nhan", "va", "cua", "cac", "ban chap", "quan ly", "-"))
            and len(above) > 3
            and not above.endswith("moi truong")
        )
        or (
            above in ("van phong", "thuong truc", "ban thuong vu", "uy", "co quan", "dang uy", "thanh tra")
            and here[:2] in ("ub", "uy", "so", "bo", "ti", "hu", "da")
        )
        or (above == "thu tuong" and here == "chinh phu")
        or (above.endswith("uy") and here.startswith("ban"))
        or (above.endswith(("uy ban", "hoi dong")) and here.startswith(("nhan dan", "dan toc")))
    )

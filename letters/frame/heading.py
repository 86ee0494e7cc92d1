"""The letterhead: number, date, issuer, subject, urgency.

Rule 1 of docs/domain.md: the number is the one in the heading, never one from "Thực hiện Công văn số …". What
is blank or garbled stays so: the fields are read in part, with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from letters.frame.letterhead import DATE, SERIAL, URGENT, about_lines, issuer
from letters.frame.zones import Zones
from letters.text.compare import LOWER, flat
from letters.text.lines import Line, Page
from models.reading import Doubt, Span, Urgency

_SYMBOL = r"[^\W_]+(?:[.&][^\W_]+)*"
_NUMBER = re.compile(rf"(?P<serial>[^\s/–-]{{0,9}}(?:\s?\.{{2,}}\s?)?)\s*(?P<tail>(?:\s?[-–—/_]\s?{_SYMBOL}){{1,5}})")
_PLACE_AFTER = re.compile(r"\s[-–—_]\s*(?=[A-ZĐ][a-zà-ỹ]+$)")
"""Where a worn ruler parts the number from the place: "12/KH-UBND — Mẫu, ngày …"."""
_SLASHED = re.compile(r",\s*(?:ng\wy\s*)?(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})\W*$")
_ABOUT_WORDS = re.compile(r"(?:v\s?/\s?v|v[wil]v|vw|ve\s*viec|ve|\W{0,3}\w?[/⁄]\W?[vw])\b[\s:]*")
_ABOUT = re.compile(
    r"^\W{0,8}(?:v\s?/\s?v|v\.v|v[il1]?[wv]|v/\w)\W?\s+|^\W{0,8}ve\s+viec\s*:?\s+|^\W{0,3}\w?[/⁄]\W?[vw]\W?\s+"
)
"""The last form is what a scan makes of "V/v": "J⁄%w", "⁄w"."""


@dataclass
class Heading:
    """What the letterhead says; `parent` is the body above the issuer where it is named."""

    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    parent: str | None = None
    subject: str | None = None
    urgency: Urgency | None = None
    spans: dict[str, Span] = field(default_factory=dict[str, Span])
    doubts: list[Doubt] = field(default_factory=list[Doubt])

    def doubt(self, name: str, code: str) -> None:
        self.doubts.append(Doubt(field=name, code=code, span=self.spans.get(name)))


def read_heading(page: Page, zones: Zones) -> Heading:
    """The heading's fields. Without a letterhead all stay None."""
    heading = Heading()
    serial_line = _number(page, zones.head, heading)
    _date(page, zones.head, heading)
    if heading.date is None and "date" not in heading.spans:
        _date_below(page, zones, heading)
    heading.issuer, heading.parent, place = issuer(page, zones.head[:serial_line])
    if place:
        heading.spans["issuer"] = place
    _subject(page, zones, heading)
    if heading.number is None and heading.date is None and heading.subject:
        _caption(page, zones, heading)
    heading.urgency = _urgency(page, zones.head)
    return heading


_CAPTION = re.compile(
    r"(?:cua\s+(?P<issuer>.{4,90}?)\s+)?so\s*:?\s*(?P<number>\d{1,5}(?:\s?[/-]\s?[\w-]+){1,4})\s*,?\s*"
    r"ngay\s+(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})\s+nam\s+(?P<year>\d{4})\s+(?:ve\s+viec\s+|ve\s+)?"
)


def _caption(page: Page, zones: Zones, heading: Heading) -> None:
    """A title of a law data base in place of a letterhead: "CHỈ THỊ / CỦA BỘ … SỐ 07/2008/CT-… NGÀY … VỀ …"."""
    text = heading.subject or ""
    match = _CAPTION.match(flat(text))
    if not match or match.end() >= len(text):
        return
    heading.number = re.sub(r"\s+", "", text[match.start("number") : match.end("number")])
    heading.date = _iso(match["year"], match["month"], match["day"])
    heading.subject = text[match.end() :].strip()
    lines = _without_remarks(page, zones.subject)
    for name in ("number", "date", "subject"):
        heading.spans[name] = page.span(lines[0].start, lines[-1].end)
    if match["issuer"] and heading.issuer is None:
        heading.issuer = text[match.start("issuer") : match.end("issuer")]
        heading.spans["issuer"] = heading.spans["number"]


def _number(page: Page, head: Sequence[Line], heading: Heading) -> int:
    """Fills the number; the index of its line in the head, or the head's length."""
    for i, line in enumerate(head):
        folded = page.flat(line)
        if _ABOUT.match(folded):
            continue
        sign = SERIAL.search(folded)
        if not sign:
            continue
        match = _NUMBER.match(page.s, line.start + sign.end(), line.end)
        if not match or not any(c.isupper() for c in match["tail"]):
            continue
        serial = re.sub(r"[\s…_]|\.{2,}", "", match["serial"])
        tail = _PLACE_AFTER.split(match["tail"])[0]
        heading.number = serial.lstrip(".:,-") + _joined(tail)
        heading.spans["number"] = page.span(match.start(), match.end())
        if not any(c.isalnum() for c in serial):
            heading.doubt("number", "number_blank")
        elif not re.fullmatch(r"\d{1,5}[a-zA-Z]?", serial.strip(".:")):
            heading.doubt("number", "number_unsure")
        return i
    return len(head)


def _joined(tail: str) -> str:
    return re.sub(r"\s+", "", tail).replace("–", "-").replace("—", "-")


def _date(page: Page, head: Sequence[Line], heading: Heading) -> None:
    """The last date line of the head; a part that is blank or garbled is left out."""
    if not head:
        return
    start, end = head[0].start, head[-1].end
    found = [m for m in DATE.finditer(page.f, start, end) if _stands_as_date(page, head, m.start())]
    match = found[-1] if found else None
    if match is None:
        for line in head:
            slashed = _SLASHED.search(page.flat(line))
            if slashed and not _ABOUT.match(page.flat(line)):
                heading.date = _iso(slashed["year"], slashed["month"], slashed["day"])
                at = line.start + slashed.start("day")
                heading.spans["date"] = page.span(at, line.start + slashed.end("year"))
        return
    year = re.sub(r"\D", "", match["year"] or "")
    heading.spans["date"] = page.span(match.start(), match.end())
    if len(year) != 4:
        heading.doubt("date", "date_partial")
        return
    heading.date = _iso(year, match["month"], match["day"])
    if len(heading.date) < 10:
        garbled = re.search(r"[^\s.…_]", match["day"] + match["month"]) and not _blank(match["day"], match["month"])
        heading.doubt("date", "date_unsure" if garbled else "date_partial")


def _date_below(page: Page, zones: Zones, heading: Heading) -> None:
    """The date of a plan or notice that has it, alone on a line, above its signature."""
    for line in zones.foot[:3]:
        match = DATE.search(page.f, line.start, line.end)
        place = match and re.fullmatch(r"[^\W\d_][^.;:]{2,30},\s*", page.s[line.start : match.start()])
        year = re.sub(r"\D", "", match["year"] or "") if match else ""
        if match and place and len(year) == 4 and match.end() + 3 > line.end:
            heading.date = _iso(year, match["month"], match["day"])
            heading.spans["date"] = page.span(match.start(), match.end())


def _blank(day: str, month: str) -> bool:
    return all(not re.sub(r"[\s.…_]", "", part) or part.strip().isdecimal() for part in (day, month))


def _stands_as_date(page: Page, head: Sequence[Line], at: int) -> bool:
    """Not a date inside the subject ("… Công văn số 5 ngày 3 tháng 2 năm 2024")."""
    before = page.f[max(0, at - 40) : at]
    return (
        not re.search(r"\d\s*/\s*[\w-]+\s*$|so\s+\S+\s*$", before.split("\n")[-1].rstrip(" ,") + " ")
        or "," in before[-3:]
    )


def _iso(year: str, month: str, day: str) -> str:
    month, day = month.strip(), day.strip()
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return year
    if not day.isdecimal() or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


def _subject(page: Page, zones: Zones, heading: Heading) -> None:
    """The words after V/v, else the lines under the title."""
    lines = _without_remarks(page, zones.subject)
    parts: list[str] = [page.text(line) for line in lines]
    place = (lines[0].start, lines[-1].end) if lines else None
    cut = False
    if not parts:
        about = next((i for i, line in enumerate(zones.head) if _ABOUT.match(page.flat(line))), -1)
        parts, place, cut = (
            about_lines(page, zones.head, about) if about >= 0 else (*_unmarked(page, zones.head, heading), False)
        )
        if not parts:
            return
    text = re.sub(r"\s+", " ", " ".join(parts)).strip(" .;,_-").lstrip("'`‘’~^")
    about = _ABOUT_WORDS.match(flat(text))
    text = text[about.end() :] if about else text
    heading.subject = _STAMPED.sub("", text) or None
    if place and text:
        heading.spans["subject"] = page.span(*place)
    if cut:
        heading.doubt("subject", "subject_unsure")


_STAMPED = re.compile(rf"(?<=[{LOWER}])[\s.,;(]+(?:THƯỢNG KHẨN|HỎA TỐC|HOẢ TỐC|KHẨN)\W*$")
"""The stamp of haste, set right under the subject."""


def _unmarked(page: Page, head: Sequence[Line], heading: Heading) -> tuple[list[str], Span | None]:
    """The subject of a Party letter: the lines under its number, without "V/v"."""
    if not heading.number or "/" not in heading.number or "number" not in heading.spans:
        return [], None
    number = next((i for i, line in enumerate(head) if SERIAL.search(page.flat(line))), len(head))
    lines: list[Line] = []
    for line in head[number + 1 :]:
        text = re.split(r"\t|\s{3,}", page.text(line))[0]
        if not any(c.islower() for c in text) or DATE.search(page.flat(line)) or text.startswith(("*", "-", "_")):
            break
        lines.append(line)
    if not lines or len(lines) > 6:
        return [], None
    return [re.split(r"\t|\s{3,}", page.text(n))[0] for n in lines], (lines[0].start, lines[-1].end)


def _without_remarks(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The lines of a title without "(Ban hành kèm theo …)", wrapped or not."""
    kept: list[Line] = []
    inside = False
    for line in lines:
        inside = inside or page.s[line.start] == "("
        kept += [] if inside else [line]
        inside = inside and page.s[line.end - 1] != ")"
    return kept


def _urgency(page: Page, head: Sequence[Line]) -> Urgency | None:
    """A standing mark in the heading."""
    for line in head:
        for cell in re.split(r"\t|\s{3,}", page.text(line)):
            letters = re.sub(r"[\W\d_]+", " ", flat(cell)).strip()
            if letters in URGENT and cell.upper() == cell:
                return "hỏa tốc" if letters.startswith("hoa") else "thượng khẩn" if letters.startswith("th") else "khẩn"
    return None

"""Line repair: one clean text whose every character knows its place in the source.

NFC, no marks of Markdown or tables, no page numbers, rulers or stamps of digital signatures, no running headers.
Nothing is ever replaced by a guess; what is dropped is dropped whole.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from letters.text.compare import flat, tone
from letters.text.running import PAGE, key, running_headers
from letters.text.views import Text
from letters.text.worn import restored
from letters.text.wrapped import TABLE_HEADS, broken, lone, lone_signs

_MARKS = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]+")
_GONE = "\x00"
_ODD: dict[int, str] = (
    dict.fromkeys(range(0x20), _GONE)
    | dict.fromkeys([0x7F, 0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)], _GONE)
    | {0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0C: "\f", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
    | dict.fromkeys(range(0x2010, 0x2013), "-")
    | dict.fromkeys([0x0D, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    | {
        ord("*"): _GONE,
        ord("|"): "\t",
        ord("ǜ"): "ũ",
        ord("Ƕ"): "ỳ",
    }  # two letters some PDF fonts are known to lose
)
_JOINED = re.compile(r"(?<=[^\s|:]) (?=Kính gửi ?:)")
_SPEAKS = re.compile(r"(?<=\w) (?=(?:Thực hiện|Căn cứ|Theo|Tiếp theo|Triển khai|Ngày \d+) ?)")
_ABOUT = re.compile(r"(?<=[A-ZĐ]) (?=V/v )")
"""Blanks at which a web page joined the lines of a heading: before the addressees, after them, before the subject."""
_HEAD = 3000
"""Characters in which a heading is looked for."""
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
"""How a cell of a Markdown table breaks its lines."""
_STAR = re.compile(r"(?m)^([ \t]*)\*(?=[ \t]+[^\s*|])(?![^*\n]*\*)")
"""A star that is a bullet, no mark of Markdown: "* Đối với Sở Y tế"."""
_BULLET = re.compile(
    r"(?m)^([ \t]*)(?:[‣⁃→⇒∙◦■-◿☀-➿⮚\uf000-\uf0ff§]|o(?=[ \t]+[A-ZĐ]))(?=[ \t]*[^\W\d_])(?!.{0,90}[☐□])"
)
"""A bullet of a word processor, whichever of its fonts it is from; "o" is its second. No box of a form to tick."""
_KEPT = re.compile(f"[^{_GONE}]+")
_RULER = re.compile(r"^[\s\-:_=~.─—–•·…]{3,}$")
_WORN_END = re.compile(r"(?<=\w)[\s—–]+[-–—~_]*(?:[-–—~_]{2,}[\s'`]*)+$")
"""A stroke of the pen or of the scanner behind the last word of a line."""
_SPECK = re.compile(
    r"(?<=[.;:/])(?:\s+(?:[^\w\s()\"”’]|(?![a-eđ])[a-zà-ỹï](?!\w)))+$|(?<=\w)(?:\s+[ÌÍÎÏìîïˆ°`´^¡¿](?!\w)(?:\s?,)?)+$"
)
"""Specks a scan puts behind the last sign of a sentence, or behind a title: "… vốn. ,", "2. Công an tỉnh Ì ˆ ,"."""
_LAST_NUMBER = re.compile(r"^\d{1,3}[.;,]$")
"""A number that ends a sentence, wrapped by itself: a page's number has no such sign."""
_AWAITS = re.compile(r"\b(?:ngay|thang|nam|khoan|dieu|muc|diem|quy|truoc)\s*$|/\s*$")
"""A line that ends so is followed by a number of its own, not by a page's."""
_STAMP = re.compile(
    r"^\W{0,8}(?:nguoi ky|ky boi|thoi gian ky|ngay ky|co quan|dia chi|mail|email)\s*:\s"
    r"|^\W{0,8}(?:cong van )?den\s*(?:so|ngay)\s*:"
)


@dataclass(frozen=True)
class Line:
    """One line that says something: a range of `Page.s`, the empty lines before it, the blanks it begins with."""

    start: int
    end: int
    gap: int
    page_before: bool
    indent: int


@dataclass(frozen=True)
class Page(Text):
    """The repaired lines of a whole document."""

    lines: list[Line] = field(default_factory=list[Line], repr=False)

    def text(self, line: Line) -> str:
        return self.s[line.start : line.end]

    def flat(self, line: Line) -> str:
        return self.f[line.start : line.end]


def repair(source: str, *, headers: bool = False, marks: bool = True) -> Page:
    """The clean text of a letter as it arrived; `headers`: with what stands on every page too; `marks`: with those a scan
    lost put back in `n`. Linear in its length."""
    composed, places = _compose(source)
    s, pos = _without_odd(composed, places)
    toned = tone(spoken(s))
    page = Page(s, restored(toned) if marks else toned, flat(spoken(s)), pos)
    page.lines.extend(_healed(page, _lines(page, headers)))
    return page


def spoken(s: str) -> str:
    """The same, of the same length, as the North would write it: "chậm nhứt" is "chậm nhất"."""
    return s.replace("nhứt", "nhất")


def _compose(source: str) -> tuple[str, array[int] | None]:
    """NFC, and for each character its offset in the source; None where that is the character's own."""
    if not _MARKS.search(source) and len(unicodedata.normalize("NFC", source)) == len(source):
        return unicodedata.normalize("NFC", source), None
    parts: list[str] = []
    places: array[int] = array("I")
    last = 0
    for match in _MARKS.finditer(source):
        parts.append(source[last : match.start()])
        places.extend(range(last, match.start()))
        whole = unicodedata.normalize("NFC", match[0])[:1]
        if not unicodedata.combining(whole):
            parts.append(whole)
            places.append(match.start())
        last = match.end()
    parts.append(source[last:])
    places.extend(range(last, len(source)))
    return "".join(parts), places


def _without_odd(text: str, places: array[int] | None) -> tuple[str, array[int]]:
    text = text.replace("\r\n", " \n")
    text = _parted(text[:_HEAD]) + text[_HEAD:]
    text = _STAR.sub(r"\1∗", text)
    text = _BULLET.sub(r"\1•", text)
    text = _BREAK.sub(lambda match: "\n" + _GONE * (len(match[0]) - 1), text).translate(_ODD)
    parts: list[str] = []
    pos: array[int] = array("I")
    for match in _KEPT.finditer(text):
        parts.append(match[0])
        pos.extend(places[match.start() : match.end()] if places else range(match.start(), match.end()))
    return "".join(parts), pos


def _parted(head: str) -> str:
    """A heading whose lines a web page joined, parted again; of the same length."""
    head = _ABOUT.sub("\n", head)
    greeting = _JOINED.search(head)
    if not greeting:
        return head
    line = head.find("\n", greeting.end())
    line = len(head) if line < 0 else line
    rest = _SPEAKS.sub("\n", head[greeting.end() : line], count=1)
    return f"{head[: greeting.start()]}\n{rest}{head[line:]}"


def _lines(page: Page, headers: bool) -> Iterator[Line]:
    raw = list(_raw_lines(page))
    lone_numbers = lone_signs(page, raw)
    running = {} if headers else running_headers(page, raw, lone_numbers)
    gap, page_broken, awaits = 0, False, False
    for i, (start, end, page_before) in enumerate(raw):
        page_broken = page_broken or page_before
        if start == end:
            gap += 1
            continue
        folded = page.f[start:end]
        awaited = awaits and folded.strip("-. ").replace("/", "").isdecimal() and not _number_next(page, raw, i)
        if _is_noise(folded) and not (awaited or i in lone_numbers) and not (gap == 0 and _LAST_NUMBER.match(folded)):
            page_broken = page_broken or bool(PAGE.match(folded))
            continue
        if running.get(key(folded), start) != start:
            page_broken = True
            continue
        yield Line(start, end, gap, page_broken, _indent(page.s, start))
        awaits = bool(_AWAITS.search(folded))
        gap, page_broken = 0, False


def _healed(page: Page, lines: Iterator[Line]) -> Iterator[Line]:
    """Lines in which no sign is broken off: "Kính / gửi:", "Số: / 12/UBND", "Nơi / nhận:", "10. / UBND các xã"."""
    waiting: Line | None = None
    table = False
    for line in lines:
        if waiting and (broken(page.flat(waiting), page.flat(line)[:1]) or (not table and _signs(page, waiting, line))):
            line = replace(waiting, end=line.end)
        elif waiting:
            yield waiting
        table = table or page.f[line.start : min(line.end, line.start + 8)] in TABLE_HEADS
        waiting = line
    if waiting:
        yield waiting


def _signs(page: Page, line: Line, following: Line) -> bool:
    """Whether a line is but the sign of the clause that the next begins."""
    return line.end - line.start < 8 and following.gap < 2 and lone(page.text(line), page.text(following)[:8])


def _number_next(page: Page, raw: list[tuple[int, int, bool]], i: int) -> bool:
    """Whether the number awaited stands on the next line that says anything, so that this one is a page's."""
    following = next((start for start, end, _ in raw[i + 1 : i + 4] if start < end), -1)
    words = page.f[following : following + 5] if following >= 0 else ""
    return words.startswith("ngay ") or bool(re.match(r"\d(?!\d?[.)]\s)", words))


def _indent(s: str, start: int) -> int:
    begin = start
    while begin and s[begin - 1] in " \t":
        begin -= 1
    return start - begin + 3 * s.count("\t", begin, start)


def _raw_lines(page: Page) -> Iterator[tuple[int, int, bool]]:
    """Ranges without surrounding blanks; a form feed counts as a line end and marks a new page."""
    for match in re.finditer(r"[^\n\f]*(?:\n|\f|$)", page.s):
        if match.start() == match.end():
            continue
        start, end = match.start(), match.end()
        while start < end and page.s[start] in " \t\n\f#>":
            start += 1
        while end > start and page.s[end - 1] in " \t\n\f":
            end -= 1
        worn = _WORN_END.search(page.s, max(start, end - 40), end)
        end = worn.start() if worn and any(c.isalnum() for c in page.s[start : worn.start()]) else end
        speck = _SPECK.search(page.s, max(start, end - 12), end)
        end = speck.start() if speck and any(c.isalnum() for c in page.s[start : speck.start()]) else end
        yield start, end, match.start() > 0 and page.s[match.start() - 1] == "\f"


def _is_noise(folded: str) -> bool:
    if len(folded) < 120 and (_RULER.match(folded) or PAGE.match(folded) or _STAMP.match(folded)):
        return True
    return not any(c.isalnum() or c in "-–—+•∗" for c in folded[:400]) or _garbage(folded)


def _garbage(folded: str) -> bool:
    """A long line of signs with hardly a letter: a ruler, a broken table, noise."""
    return len(folded) > 80 and sum(map(str.isalnum, folded)) * 8 < len(folded)

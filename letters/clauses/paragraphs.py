"""Wrapped lines joined to paragraphs, and the marks that begin clauses ("1.", "a)", "-", "+").

A line that only looks like a clause ("kinh tế\\n- xã hội", "khoản\\n2. …") is told by what stands before it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from letters.clauses import labelled
from letters.clauses.headlines import ACTS, TITLE_LINES, acts, bracketed, is_long_title, is_title, lists_bodies, pair_of
from letters.text import words
from letters.text.compare import flat
from letters.text.lines import Line, Page, spoken
from letters.text.marks import (
    FIELD_PARTS,
    NEXT,
    ROMAN,
    SECTIONS,
    bare_number,
    comes_after,
    comes_next,
    counted,
    label_of,
    wild,
)
from letters.text.shape import MARK, SPECKS, TERMINAL, Shape, in_capitals
from letters.text.views import Text
from letters.text.vocabulary import starts_body
from letters.text.worn import dated

_AFTER_REFERENCE = re.compile(r"\b(?:khoan|muc|dieu|diem|so|thang|quy|nam|ngay|den|va)\s*$")
_OPENERS = re.compile(
    r"(?:can cu|dinh ky (?:0?6 thang|hang|moi) |thuc hien (?:y kien|chuc nang|cong|thong|chi thi|ke hoach|quyet|nghi|van|ket)|xet de nghi|tiep theo|de (?:trien khai|dam bao|bao dam"
    r"|tiep tuc|to chuc|thuc hien|chuan bi|kip thoi|co co so|gop phan|nang cao|chu dong|phuc vu|hoan thanh)|nham |giao |yeu cau |de nghi "
    r"|kinh de nghi|tran trong de nghi|thong tin (?:chi tiet|xin|lien he)|moi (?:y kien|thong tin|vuong mac|chi tiet)"
    r"|trong qua trinh|qua trinh (?:trien khai|thuc hien)|nhan duoc|tren day|rat mong|noi dung|dau moi|chi tiet (?:xin|lien he)"
    r"|(?:chu tich )?(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho|huyen|xa|phuong)[^.;,:]{0,30} (?:yeu cau|de nghi)\b"
    r"|ngay \d{1,2}[/ ]|v/v|ve viec|theo (?:de nghi|do|noi dung|chi dao|y kien)|trien khai (?:thuc hien|ke hoach|nghi|cong|quyet|chi thi))"
)


@dataclass(frozen=True)
class Paragraph:
    """A range of `Body.s`; `kind` and `label` where it begins a clause, `mark` the length of that sign."""

    start: int
    end: int
    kind: str = ""
    label: str = ""
    mark: int = 0

    @property
    def own(self) -> int:
        """Where its words begin, after the sign."""
        return self.start + self.mark


@dataclass(frozen=True)
class Body(Text):
    """The joined text of the letter's body; single blanks, one line feed between paragraphs."""

    paragraphs: list[Paragraph] = field(default_factory=list[Paragraph])


def join(page: Page, lines: Sequence[Line]) -> Body:
    """The paragraphs of these lines."""
    shape = Shape.of(page, lines)
    groups: list[tuple[list[Line], str, str, int]] = []
    last: dict[str, str] = {}
    bare = labelled.rows(page, lines)
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        clause = groups[-1][0] if groups and groups[-1][1] else ()
        row = bare.get(line.start)
        mark = ("arabic", row[0], row[1]) if row else None
        mark = mark or _mark(page, line, groups[-1][0] if groups else (), clause, shape, last)
        if mark:
            groups.append(([line], mark[0], mark[1], mark[2]))
            _remember(last, mark[0], mark[1])
        elif before and not bracketed(page, groups[-1][0], line) and not _begins(page, line, before, shape, clause):
            groups[-1][0].append(line)
        else:
            groups.append(([line], "", "", 0))
    return _assemble(page, groups)


def _mark(
    page: Page, line: Line, group: Sequence[Line], clause: Sequence[Line], shape: Shape, last: dict[str, str]
) -> tuple[str, str, int] | None:
    """The sign a line begins with, if it is one: kind, label, length. `group`: the paragraph so far above it."""
    before = group[-1] if group else None
    above = " ".join(page.flat(part) for part in group[-4:])
    spoken = counted(page.n[line.start : min(line.end, line.start + 20)], above, last)
    if spoken:
        under = last.get("roman") or (last.get("arabic") and last.get("spoken") != "arabic")
        kind = "letter" if under else "arabic"
        last["spoken"] = kind
        return kind, *spoken
    specks = SPECKS.match(page.s, line.start, line.end)
    match = MARK.match(page.s, specks.end() if specks else line.start, line.end)
    if not match:
        return (
            bare_number(page.s[line.start : line.end], last)
            if before and TERMINAL.search(page.text(before)[-40:])
            else None
        )
    kind = match.lastgroup or ""
    label = label_of(kind, match[kind])
    if kind == "letter" and match[kind][0].isdecimal() and match[kind][:-2] != last.get("arabic"):
        return None  # "3a." stands under 3
    if match[kind][0] in "§öõ" and last.get("arabic", "").isdecimal():
        label = str(int(last["arabic"]) + 1)  # whichever number a scan made a paragraph sign of
    if (kind, label) == ("arabic", "4") and match[kind].endswith(")") and last.get("arabic", "") not in ("", "3"):
        kind, label = "letter", "a"  # a scan reads "a)" as "4)"
    if "§" in match[0]:
        label = comes_after(last.get(kind, ""), label)
    if specks and not comes_next(last.get(kind, ""), label, kind):
        return None
    if kind == "roman" and in_capitals(page, match.end(), line.end):
        label = NEXT.get(label, label) if label == last.get(kind) else label  # a scan reads "III" as "II"
        if ROMAN.get(label, 0) > ROMAN.get(last.get(kind, ""), 0):
            return kind, label, match.end() - line.start
    if not _plausible(page, line, before, clause, shape, kind, label, match.end(), last):
        return None
    return kind, label, match.end() - line.start


def _plausible(
    page: Page,
    line: Line,
    before: Line | None,
    clause: Sequence[Line],
    shape: Shape,
    kind: str,
    label: str,
    own: int,
    last: dict[str, str],
) -> bool:
    if before is None:
        return True
    text = page.text(before)
    word = page.s.find(" ", own, line.end)
    firm = bool(TERMINAL.search(text[-40:])) or shape.apart(line) or shape.ended(page, before, line)
    capital = own < line.end and not page.s[own].islower()
    if kind in ("star", "dash", "plus"):
        left, right = " ".join(page.flat(before).split()[-2:]), pair_of(page, own, line.end)
        if page.s[line.start] in "-–" and (left, right.strip(" .,;:")) in FIELD_PARTS:
            return False  # a line broke inside the name of one field: "Đài Phát thanh ⏎ - Truyền hình tỉnh"
        if firm or not capital:
            return firm
        acts = pair_of(page, own, line.end) in words.ENDS_2
        if 0 < len(clause) < TITLE_LINES and _is_roman(page, clause[0]):
            return True  # under the title of a section
        short = shape.short(before, (word if word > 0 else line.end) - line.start)
        return short and (acts or 0 < len(clause) < TITLE_LINES or text.rstrip().endswith(":"))
    if _AFTER_REFERENCE.search(page.flat(before)) and not firm and not shape.short(before):
        return False
    follows = comes_next(last.get(kind, ""), label, kind)
    if kind == "part":
        title = in_capitals(page, own, line.end) or (firm and line.end - own < _PART_TITLE)
        return title and (firm or shape.short(before) or in_capitals(page, own, line.end)) and follows
    if kind == "roman":
        return capital and (
            follows or ((firm or shape.short(before)) and label in ("I", "II", "III", "IV", "V", "VI", "VII"))
        )
    if kind == "letter" and label[0] in "iv" and not follows:
        return False
    return (follows and (firm or capital)) or (firm and kind != "letter" and not wild(last.get(kind, ""), label))


def _is_roman(page: Page, line: Line) -> bool:
    match = MARK.match(page.s, line.start, line.end)
    return match is not None and match.lastgroup in SECTIONS


def _shouted(page: Page, line: Line) -> bool:
    mark = MARK.match(page.s, line.start, line.end)
    return in_capitals(page, mark.end() if mark else line.start, line.end)


_PART_TITLE = 80
"""Characters of the title of a part that is not in capitals: "A. Tình hình"."""
_DEPTH = {"part": -1, "roman": 0, "arabic": 1, "dotted": 2, "letter": 3, "sub": 4}


def _remember(last: dict[str, str], kind: str, label: str) -> None:
    if kind in _DEPTH:
        last[kind] = label
        for other, depth in _DEPTH.items():
            if depth > _DEPTH[kind] and not (kind in SECTIONS and other == "arabic"):
                last.pop(other, None)


_SPECKLED = re.compile(r"[,;.:'`‘’]{1,3}\s+[A-ZĐ][^\W\d_]+\s")
"""A scan's specks before the first word of a page: ",; Kết quả kiểm điểm …"."""


def _begins(page: Page, line: Line, before: Line, shape: Shape, clause: Sequence[Line]) -> bool:
    """Whether an unmarked line begins a paragraph. `clause`: the lines before it, where these are a marked clause."""
    first = page.s[line.start]
    if labelled.is_labelled(page, line):
        return True
    if line.page_before and TERMINAL.search(page.text(before)[-40:]) and _SPECKLED.match(page.s, line.start, line.end):
        return True
    if first.islower() or first in ",;.:)%":
        return False
    if lists_bodies(page, before) and starts_body(page.text(line)):
        return False
    text = page.text(before)
    if text.endswith((" và", " của", " các", " với")):
        return False
    if shape.ended(page, before, line):
        return True
    if clause and _is_roman(page, clause[0]) and _shouted(page, before) and not _shouted(page, line):
        return True  # under the title of a section, in capitals
    if clause and not TERMINAL.search(text[-40:]) and is_title(page, clause) and acts(page, line):
        return True
    if clause and line.indent >= before.indent + 3 and first.isupper() and is_long_title(page, clause, shape):
        return True
    if line.indent >= before.indent + 3 and TERMINAL.search(text[-40:]):
        return True
    if shape.spaced and not shape.apart(line):
        opens = bool(_OPENERS.match(page.flat(line))) or (line.page_before and starts_body(page.text(line)))
        title = line.page_before and shape.short(before) and not TERMINAL.search(text[-40:])
        title = title and first.isalpha() and is_title(page, clause)
        opens = opens or (line.page_before and shape.short(before))
        return title or (bool(TERMINAL.search(text[-40:])) and opens and (line.page_before or shape.short(before)))
    word = re.match(r"\S+", page.s[line.start : line.end])
    short = shape.short(before, len(word[0]) if word else 0)
    if TERMINAL.search(text[-40:]):
        opens = bool(_OPENERS.match(page.flat(line)))
        ended = line.page_before and (starts_body(page.text(line)) or shape.short(before))
        return short or shape.apart(line) or opens or ended
    if text.rstrip().endswith((",", "-", "và", "của", "tại", "về", "các")):
        return False
    if shape.apart(line):
        return short or bool(clause) or first.isupper()
    if not (short and MARK.match(page.s, before.start, before.end) and before.end - before.start < shape.width * 0.75):
        return False
    orders = pair_of(page, line.start, line.end) in words.ENDS_2 or starts_body(page.text(line))
    return not ACTS.search(page.flat(before)) or orders


def _assemble(page: Page, groups: list[tuple[list[Line], str, str, int]]) -> Body:
    parts: list[str] = []
    toned: list[str] = []
    pos: array[int] = array("I")
    paragraphs: list[Paragraph] = []
    length = 0
    for lines, kind, label, mark in groups:
        start = length
        own_at = lines[0].start + mark
        sign = 0
        for line in lines:
            for match in re.finditer(r"\S+", page.s[line.start : line.end]):
                if length > start:
                    parts.append(" ")
                    toned.append(" ")
                    pos.append(pos[-1])
                    length += 1
                at = line.start + match.start()
                if mark and not sign and at >= own_at:
                    sign = length - start
                parts.append(match[0])
                toned.append(page.n[at : at + len(match[0])])
                pos.extend(page.pos[at : at + len(match[0])])
                if mark and not sign and at < own_at < at + len(match[0]):
                    sign = length + own_at - at - start
                length += len(match[0])
        paragraphs.append(Paragraph(start, length, kind, label, sign))
        parts.append("\n")
        toned.append("\n")
        pos.append(pos[-1])
        length += 1
    s = "".join(parts)
    return Body(s, "".join(toned), dated(flat(spoken(s))), pos, paragraphs)

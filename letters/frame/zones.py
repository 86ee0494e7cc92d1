"""The parts of a letter: heading, addressees, body, foot. Each is a run of the repaired lines.

A part may be missing: an excerpt has no heading, a Chỉ thị names nobody under "Kính gửi".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from letters.frame import titles
from letters.text.lines import Line, Page

HEAD_LINES = 80
"""A letterhead longer than this is no letterhead."""

KINH_GUI = re.compile(
    r"^\W{0,8}kinh\s+g[uo]\w{1,2}\b\s*[:;.,]*\s*"
    r"|^\W{0,8}k\w{2,4}\s+g\w{1,3}\s*:\s*|^[^a-z]{0,30}[a-z]{0,4}\s+g?[uo]i\s*:\s*(?=[-–—]\s*\w)"
)
"""The last two forms are what a scan makes of it under a stamp: "Kính gởi", "mk ửi: - Các đồng chí …"."""
DIEN = re.compile(r"\bdien\s*:\s*$")
NOI_NHAN = re.compile(
    r"^\W{0,3}n[oơ]i?\s*nh\w{1,3}\b\s*[:;.]|^\W{0,3}noi\s*nhan\s*$|^\W{0,3}noi\s+nhan\s*(?=\s{2,}|\t)"
)
SIGNING = re.compile(
    r"^\W{0,3}(?:(?:t\s?m|k\s?t|t\s?l|t\s?u\s?q|q)\s*[.,/]|(?:t/m|k/t|t/l)[.,/]?)\s*(?=[a-z])|^\W{0,3}(?:pho\s+)?(?:tong\s+)?(?:giam doc|cuc truong|chu tich|thu tuong"
    r"|bo truong|thu truong|chu nhiem|chanh van phong|hieu truong|tong giam doc|bi thu|truong ban|truong phong|vien truong|chanh thanh tra"
    r"|chi cuc truong|tong thanh tra|thong doc|chu tich|truong doan)\W*$"
)
OPENING = re.compile(
    r"^\W{0,8}(?:căn cứ|can cu|thực hiện|thuc hien|theo|xét|triển khai|trien khai|tiếp theo|tiếp tục|để |đề (?=có|xuất)|nhằm|ngày \d|ngay \d|vừa qua|thời gian|hiện nay|qua |về việc|trên cơ sở|sau khi"
    r"|trong |trước|nhận |phúc đáp|trả lời|tại (?!chính)|(?:ủy ban nhân dân|uy ban nhan dan|ubnd|văn phòng|sở|bộ|cục|tổng cục|chi cục|ban) [^;]*?(?:nhận được|ban hành|yêu cầu|đề nghị|thông báo|trân trọng|có ý kiến)"
    r"|liên quan|do |như |hỏi |quán triệt|khoản|thừa|được sự|dưới sự|nhân dịp)"
)
MOTTO = re.compile(
    r"c[o0]n\w?\s*ho\s?a\s*x\w\s*h\w+\s*ch\w\s*ng\w+|^\W{0,8}doc\s*lap\s*\W+\s*t\w\s*do\b|^\W{0,8}dang cong san viet nam\W*$"
)


@dataclass(frozen=True)
class Zones:
    """Runs of lines. `title` is the kind of paper its title line announces ("order", "law" …) or ""."""

    head: Sequence[Line]
    title: str
    title_name: str
    subject: Sequence[Line]
    recipients: Sequence[Line]
    body: Sequence[Line]
    foot: Sequence[Line]
    formal: bool


def divide(page: Page) -> Zones:
    """The zones of a letter."""
    lines = page.lines
    top = lines[:HEAD_LINES]
    flat = [page.flat(line) for line in top]
    greeting = next((i for i, f in enumerate(flat) if KINH_GUI.match(f)), -1)
    formal = any(MOTTO.search(f) for f in flat[:40])
    title_at, title = titles.find(page, top, greeting if greeting >= 0 else len(top))
    if greeting < 0:
        greeting = next((i for i, f in enumerate(flat) if DIEN.search(f) and title_at >= 0), -1)
        greeting = _quoted_telegram(page, top[:8]) if greeting < 0 and title_at < 0 else greeting
        while greeting - 1 > title_at and not top[greeting].gap and _capital(page.text(top[greeting - 1])):
            greeting -= 1
    subject: Sequence[Line] = ()
    after_subject = 0
    if title_at >= 0:
        after_subject = _subject_end(page, lines, title_at + 1)
        subject = lines[title_at + 1 : after_subject]
    if greeting >= 0:
        head_end, start = greeting, _recipients_end(page, lines, greeting)
        recipients = lines[greeting:start]
        subject = () if title_at > greeting else lines[title_at + 1 : min(after_subject, greeting)]
    else:
        recipients = ()
        head_end = title_at if title_at >= 0 else _bare_head_end(page, top)
        start = max(after_subject, head_end)
    subject = [*titles.behind(page, lines, title_at), *subject]
    foot = _foot(page, lines, start)
    return Zones(
        lines[:head_end],
        titles.TITLES.get(title, "") if title_at >= 0 else "",
        title,
        subject,
        recipients,
        lines[start:foot],
        lines[foot:],
        formal or greeting >= 0,
    )


_WIRES = re.compile(
    r"\W{0,4}(?:(?:pho )?chu tich|thu tuong|bo truong|uy ban|ubnd|ban chi|truong ban|giam doc)\b[^.;:]{3,90} dien\s*:\s*$"
)


def _quoted_telegram(page: Page, top: Sequence[Line]) -> int:
    """The line "Chủ tịch UBND tỉnh điện:" over a list of addressees in an excerpt that lost its title, or -1."""
    for i, line in enumerate(top[:-1]):
        if _WIRES.match(page.flat(line)) and _BULLET.match(page.flat(top[i + 1])):
            return i
    return -1


def _subject_end(page: Page, lines: Sequence[Line], start: int) -> int:
    """Where the lines under a title end."""
    end = start
    usual = min((line.gap for line in lines[1:40]), default=0)
    while end < len(lines) and end < start + 12:
        line, flat = lines[end], page.flat(lines[end])
        apart = line.gap > usual
        if KINH_GUI.match(flat) or DIEN.search(flat) or re.match(r"\W{0,8}(?:[ivx]+|\d{1,2})[.)]\s", flat):
            break
        if end > start:
            before = page.text(lines[end - 1])
            capitals = _capital(page.text(line)) or not any(c.isalpha() for c in page.text(line))
            if _capital(before) and not capitals:
                break
            if (
                page.text(line)[:1].islower()
                and not before.rstrip().endswith((".", ";", ":"))
                and not re.match(
                    r"\W{0,8}(?:thoi gian|hien nay|vua qua|ngay \d|can cu|thuc hien|xet|trong thoi gian)\b", flat
                )
            ):
                end += 1
                continue
            if not capitals and (
                OPENING.match(page.n[line.start : line.end])
                or line.gap > lines[end - 1].gap + 1
                or (apart and page.text(line)[:1].isupper())
            ):
                break
            if before.rstrip().endswith((".", ";", ":")):
                break
        elif (
            OPENING.match(page.n[line.start : line.end])
            and not _capital(page.text(line))
            and not re.match(r"\W{0,8}(?:ve|v/v|trien khai|thuc hien)\b", flat)
        ):
            break
        end += 1
    return end


def _capital(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)


_BULLET = re.compile(r"^\W{0,8}[-–—−•·▪+~ˆ∗]\s*")


_BASIS = re.compile(r"\W{0,8}(?:can cu|thuc hien|xet)\s+(?=\w+)(?!\w+ (?:xa|tinh))")
"""A bullet on which the letter rests, where the addressees have ended: "- Căn cứ Nghị định …"."""


def _recipients_end(page: Page, lines: Sequence[Line], greeting: int) -> int:
    """Where the addressees end and the letter begins to speak."""
    rest = KINH_GUI.sub("", page.flat(lines[greeting]))
    bullets = bool(_BULLET.match(rest))
    items = 1 if len(rest) > 3 else 0
    closed = items > 0 and rest.rstrip().endswith(".")
    end = greeting + 1
    while end < len(lines) and end < greeting + 60:
        line, flat, text = lines[end], page.flat(lines[end]), page.text(lines[end])
        bullet = bool(_BULLET.match(flat)) and any(c.isalnum() for c in flat)
        opens = bool(OPENING.match(page.n[line.start : line.end])) and not bullet
        if items and bullet and _BASIS.match(flat):
            break
        if (
            items
            and opens
            and not text[:1].islower()
            and (line.gap or not page.text(lines[end - 1]).rstrip().endswith((",", "và")))
        ):
            break
        if re.match(r"\W*1\s*[.)]\s", flat) and items:
            break
        before = page.text(lines[end - 1]).rstrip()
        if (
            not bullet
            and items
            and not text[:1].islower()
            and not text.startswith("(")
            and not before.endswith((",", "và"))
        ):
            if (
                closed
                or (bullets and before.endswith(".") and line.gap)
                or (not bullets and line.gap and not before.endswith((";", ",", "và")))
            ):
                break
            if bullets and before.endswith("."):
                break
            if not bullets and len(text) > 60 and not before.endswith((";", ",")) and items and end - greeting > 1:
                break
        bullets = bullets or bullet
        closed = text.rstrip().endswith(".") and not text.startswith("(")
        items += 1 if any(c.isalpha() for c in text) else 0
        end += 1
    return end


def _bare_head_end(page: Page, top: Sequence[Line]) -> int:
    """End of a letterhead without addressees or title: after the number and date lines, 0 when there is none."""
    end = 0
    for i, line in enumerate(top[:25]):
        flat = page.flat(line)
        if (
            MOTTO.search(flat)
            or re.match(r"\W*so\s*:", flat)
            or re.search(r"^\W{0,8}[^,.;:]{3,30},\s*ng\wy.{0,8}thang.{0,8}nam\s*\d{4}\W*$", flat[:90])
        ) or (end and i < end + 4 and re.match(r"\W{0,8}(?:v/v|ve viec)", flat)):
            end = i + 1
    while end and end < len(top) and not top[end].gap and page.text(top[end])[:1].islower():
        end += 1
    return end


_DATED = re.compile(r"\W{0,3}[^\W\d][^.;:\d]{2,30}, ?ng\wy\s.{0,8}thang.{0,8}nam\s*\d{4}\W*$")
"""Place and date alone on a line."""


def _foot(page: Page, lines: Sequence[Line], start: int) -> int:
    """The first line of the signature or of "Nơi nhận", or the place and date above it."""
    end = _signed(page, lines, start)
    dated = start < end < len(lines) and _DATED.match(page.flat(lines[end - 1]))
    return end - 1 if dated else end


_WORN_COPIES = re.compile(
    r"\W{0,3}(?:(?:\w{1,4}\W{1,3})?nh\w{1,3}\W{1,4}(?:\w{1,2}\W{1,3})?|\w{1,4}\W{1,4})(?=(?:k\s?t|t\s?m|t\s?l|t\s?u\s?q)\s?[.,:]\s?[a-z])"
)
"""A worn "Nơi nhận" beside the signature ("Tớ KT.GIÁM ĐỐC")."""


_COPY = re.compile(r"\W{0,6}nhu tren\W{0,6}(?:\d\W*)?(?:$|\s{3,}|\t)|\W{0,4}luu\s?:?\s?vt\b")
"""The first or the last of the copies, where the scan lost the words "Nơi nhận"."""


_WORN_NOI_NHAN = re.compile(r"\W{0,4}\w{0,2}[o0][il1t]\s+nh\wn\s?[:;.]\W{0,3}$")
_LISTED = re.compile(r"\W{0,3}[-–—•]\s?[^:]{2,70};\W{0,2}$")
""" "- Văn phòng Chính phủ;": a copy's line."""


def _first_copy(page: Page, lines: Sequence[Line], at: int, start: int) -> int:
    """Where the copies begin of which this line is one of the last."""
    while at - 1 > start and _LISTED.match(page.flat(lines[at - 1])):
        at -= 1
    return at


def _beside(page: Page, line: Line) -> bool:
    """Whether a line is a worn "Nơi nhận" and, in capitals beside it, a signing title."""
    worn = _WORN_COPIES.match(page.f, line.start, line.end)
    return worn is not None and _capital(page.s[worn.end() : line.end]) and line.end - worn.end() < 60


def _titled(text: str) -> bool:
    """Whether a line is all capitals, or a signing title in capitals with the name behind it."""
    title = " ".join(takewhile(str.isupper, text.replace(" - ", " ").split()))
    return _capital(text) or len(title) > 9


def _signed(page: Page, lines: Sequence[Line], start: int) -> int:
    """The first line of the signature or of "Nơi nhận"."""
    for i in range(start, len(lines)):
        flat = page.flat(lines[i])
        if NOI_NHAN.match(flat) or _beside(page, lines[i]):
            return i
        if i > start and (_COPY.match(flat) or _WORN_NOI_NHAN.match(flat)):
            return _first_copy(page, lines, i, start)
        if len(flat) < 90 and SIGNING.match(flat) and i > start and _titled(page.text(lines[i])):
            return i
    return len(lines)

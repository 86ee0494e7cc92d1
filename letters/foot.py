"""The foot of a letter: who signed, who is informed, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters import words
from letters.compare import LOWER, UPPER, flat, tone
from letters.lines import Line, Page
from letters.syllables import is_syllable
from letters.text import Text
from letters.zones import MOTTO, NOI_NHAN
from models.reading import Contact, Signer, Span

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
_BULLET = re.compile(r"^\W{0,2}[-–—−•·~+]\s*|^\W{0,2}--\s*")


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
    parts = name.split()
    if (
        not 2 <= len(parts) <= 5
        or sum(len(p) > 1 for p in parts) < 2
        or not all(re.fullmatch(rf"[{UPPER}][{LOWER}'ʼ]*|[{UPPER}]+|[{UPPER}]'?\w+", p) for p in parts)
    ):
        return False
    return flat(parts[0]) in words.SURNAMES and not text.strip().endswith((";", ","))


def _person(text: str) -> str:
    text = re.sub(r"\(.*?\)", "", text).strip(" .,:;_-–—*\"'“”")
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


_ASK = re.compile(
    r"\b(?:lien he|lien lac|dau moi|thong tin chi tiet|so dien thoai|dien thoai|dtdd|sdt|so dt|hotline|zalo|dt\s*:|gap|trao doi voi|vuong mac|dt\s*[\d(])"
)
_PERSON = re.compile(
    r"(?<!\w)(?:[đĐ]\s?/\s?[cC]|[đĐ]ồng\s+chí(?:\s+(?:[tT]hiếu|[tT]rung|[tT]hượng|[đĐ]ại)\s+(?:tá|úy|tướng))?|[ôÔ]ng|[bB]à|[aA]nh|[cC]hị|[bB]ác\s+s[ĩỹ]|[bB][sS]|[tT]h[sS]|[tT][sS]|[cC]huyên\s+viên|[dD]ược\s+s[ĩỹ]|[kK]ỹ\s+sư|[cC]ô|[tT]hầy|[dđ]/[ec])\s*[.:]?\s*"
    rf"(?P<name>(?:[{UPPER}][{LOWER}]+\s+){{1,4}}[{UPPER}][{LOWER}]+)"
)
_BARE = re.compile(rf"(?P<name>(?:[{UPPER}][{LOWER}]+\s+){{1,4}}[{UPPER}][{LOWER}]+)(?=\s*[,;:(–-])")
PHONE = re.compile(
    r"(?<![\d/.])(?:\(?\+?84\)?[\s.-]?\d|\(?0\d{1,4}\)?)(?:[\s.-]{0,2}\d){6,9}(?!\d)|(?<![\d/.])\d{3,4}[.\s]?\d{3,4}(?!\d|[/.%]\d)"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def read_contact(text: Text, start: int, end: int) -> tuple[Contact | None, Span | None, bool]:
    """(the first person to ask, the place, whether it was sure). A division alone is no person: None."""
    for ask in _ASK.finditer(text.f, start, end):
        left, right = _around(text, ask.start(), start, end)
        person = _PERSON.search(text.s, left, right) or _bare(text, ask.end(), right)
        if not person or flat(person["name"].split()[0]) not in words.SURNAMES:
            continue
        phones = [m[0].strip(" .-") for m in PHONE.finditer(text.s, person.end(), right)]
        mail = _EMAIL.search(text.s, person.end(), right)
        if not phones and not mail and not re.match(r"lien he|dau moi|lien lac", ask[0]):
            continue
        following = _PERSON.search(text.s, person.end(), right)
        if following:
            phones = [m[0].strip(" .-") for m in PHONE.finditer(text.s, person.end(), following.start())] or phones[:1]
        name = re.sub(r"\s+", " ", person["name"])
        return (
            Contact(name=name, phone="; ".join(phones) or None, email=mail[0] if mail else None),
            text.span(person.start("name"), right),
            bool(phones),
        )
    return _number_only(text, start, end)


_RINGS = re.compile(r"\b(?:so dien thoai|dien thoai(?: lien he)?|duong day nong|hotline|sdt|dt)\s*:?\s*(?=[\d(+])")


def _number_only(text: Text, start: int, end: int) -> tuple[Contact | None, Span | None, bool]:
    """A number to ring without anybody's name: "… (qua Vụ Kế hoạch - Tài chính, điện thoại: …)"."""
    for ring in _RINGS.finditer(text.f, start, end):
        phone = PHONE.match(text.s, ring.end(), min(end, ring.end() + 30))
        if phone and len(re.sub(r"\D", "", phone[0])) > 8:
            return Contact(phone=phone[0].strip(" .-")), text.span(*phone.span()), True
    return None, None, True


def _bare(text: Text, at: int, right: int) -> re.Match[str] | None:
    match = _BARE.search(text.s, at, min(right, at + 140))
    return match if match and flat(match["name"].split()[0]) in words.SURNAMES else None


def _around(text: Text, at: int, start: int, end: int) -> tuple[int, int]:
    """The paragraph that asks to be rung up."""
    left = text.s.rfind("\n", start, at) + 1 or start
    right = text.s.find("\n", at, end)
    return max(left, at - 220), min(right if right > 0 else end, at + 500)

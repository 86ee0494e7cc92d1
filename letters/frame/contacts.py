"""Whom to ask: the first person named where a letter says whom to ring up, or named beside a telephone number."""

from __future__ import annotations

import re

from letters.text import words
from letters.text.compare import LOWER, UPPER, flat, tone
from letters.text.views import Text
from models.reading import Contact, Span

_ASK = re.compile(
    r"\b(?:lien he|lien lac|dau moi|thong tin chi tiet|so dien thoai|dien thoai|dtdd|sdt|so dt|hotline|zalo|dt\s*:|gap|goi cho"
    r"|trao doi (?:voi|them|truc tiep|cu the)|vuong mac|dt\s*[\d(])"
)
_WORD = rf"[{UPPER}][{LOWER}]*"
_PERSON = re.compile(
    r"(?<!\w)(?:[đĐ]\s?/\s?[cC]|[đĐdD][ồoôố]ng\s+ch[íiì](?:\s+(?:[tT]hiếu|[tT]rung|[tT]hượng|[đĐ]ại)\s+(?:tá|úy|tướng))?"
    r"|[ôÔ]ng(?:\s*[(/]\s*[bB]à\s*\)?)?|[bB]à|[aA]nh|[cC]hị|[bB]ác\s+s[ĩỹ]|[bB][sS]|[tT]h[sS]|[tT][sS]"
    r"|[cC]huyên\s+viên|[dD]ược\s+s[ĩỹ]|[kK]ỹ\s+sư|[cC]ô|[tT]hầy|[dđ]/[ec])\s*[.:]?\s*"
    rf"(?P<name>(?:{_WORD}\s+){{1,4}}{_WORD})"
)
_BARE = re.compile(
    rf"(?P<name>(?:{_WORD}\s+){{1,4}}{_WORD}|[{UPPER}]{{2,}}(?:\s+[{UPPER}]{{2,}}){{1,4}})(?=\s*[,;:(–-])"
)
PHONE = re.compile(
    r"(?<![\d/.])(?:\(?\+?84\)?[\s.-]?\d|\(?0\d{1,4}\)?)(?:[\s.-]{0,2}\d){6,9}(?!\d)|(?<![\d/.])\d{3,4}[.\s]?\d{3,4}(?!\d|[/.%]\d)"
)
_EXTENSION = re.compile(r"\s*[,(/-]?\s*(?:số\s+)?(?:máy\s+lẻ|lẻ|ext\.?|nội\s+bộ)\s*:?\s*\d{1,5}\)?", re.IGNORECASE)
""" "024.3800.0000 (máy lẻ 4127)": without it the switchboard answers."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def read_contact(text: Text, start: int, end: int) -> tuple[Contact | None, Span | None, bool]:
    """(the first person to ask, the place, whether it was sure). A division alone is no person: None."""
    for ask in _ASK.finditer(text.f, start, end):
        left, right = _around(text, ask.start(), start, end)
        person = _PERSON.search(text.s, left, right) or _bare(text, ask.end(), right)
        if not person or not _surname(person):
            continue
        phones = _phones(text, person.end(), right)
        mail = _EMAIL.search(text.s, person.end(), right)
        if not phones:  # "(số điện thoại: 0912…; anh Nguyễn Văn A)"
            phones = [_whole_line(text, m) for m in PHONE.finditer(text.s, ask.end(), person.start()) if _whole(m[0])][
                -1:
            ]
        if not phones and not mail and not re.match(r"lien he|dau moi|lien lac|dien thoai|goi cho", ask[0]):
            continue
        following = _PERSON.search(text.s, person.end(), right)
        if following and _surname(following):  # "chuyên viên Phòng A" is nobody
            phones = _phones(text, person.end(), following.start()) or phones[:1]
        if not phones and not mail:
            phones = [m[0].strip(" .-") for m in PHONE.finditer(text.s, left, person.start()) if _whole(m[0])][-1:]
        contact = Contact(name=_name(person), phone="; ".join(phones) or None, email=mail[0] if mail else None)
        return contact, text.span(person.start("name"), right), bool(phones)
    return _beside_number(text, start, end) or _number_only(text, start, end)


_RINGS = re.compile(
    r"\b(?:so dien thoai|dien thoai(?: lien he)?|(?:so |duong day |dien thoai )?(?:truc ban|truc|nong|thuong truc|ho tro)"
    r"|so may|hotline|sdt|dt|dd)\s*:?\s*(?=[\d(+])"
)


def _beside_number(text: Text, start: int, end: int) -> tuple[Contact | None, Span | None, bool] | None:
    """Somebody named right before a telephone number that no word introduces: "(qua Phòng Tổ chức, đ/c … : 0912…)"."""
    for phone in PHONE.finditer(text.s, start, end):
        if not _whole(phone[0]):
            continue
        left = max(_around(text, phone.start(), start, end)[0], phone.start() - 110)
        named = [*_PERSON.finditer(text.s, left, phone.start())] or [
            m for m in _BARE.finditer(text.s, left, phone.start() + 1) if _surname(m) and phone.start() - m.end() < 25
        ]
        if named and not re.search(r"[.;]\s", text.s[named[0].end() : phone.start()]):
            person = named[0]
            numbers, last = _numbers(text, phone, end)
            contact = Contact(name=_name(person), phone=numbers)
            return contact, text.span(person.start("name"), last), _surname(person)
    return None


_OR_THIS = re.compile(
    r"\s*(?:[,;/–-]|hoac|va)\s*(?:(?:so\s+)?(?:di dong|may ban|co dinh|co quan|dien thoai|dtdd|dd|dt|zalo|hoac|va)\s*[.:]?\s*){0,3}(?=[\d(+])"
)


def _numbers(text: Text, phone: re.Match[str], end: int) -> tuple[str, int]:
    """A number and those that follow it at once ("…, di động 09…"), and where the last one ends."""
    found, last = [_whole_line(text, phone)], phone.end()
    while len(found) < _MANY_NUMBERS:
        more = _OR_THIS.match(text.f, last, end)
        following = PHONE.match(text.s, more.end(), end) if more else None
        if not following or not _whole(following[0]):
            break
        found.append(_whole_line(text, following))
        last = following.end()
    return "; ".join(found), last


_MANY_NUMBERS = 4


def _number_only(text: Text, start: int, end: int) -> tuple[Contact | None, Span | None, bool]:
    """A number to ring without anybody's name: "… (qua Vụ Kế hoạch - Tài chính, điện thoại: …)"."""
    for ring in _RINGS.finditer(text.f, start, end):
        phone = PHONE.match(text.s, ring.end(), min(end, ring.end() + 30))
        told = ring[0].startswith(("duong day nong", "hotline")) and not _HELPS.search(
            text.f, max(start, ring.start() - 220), ring.start()
        )
        if phone and _whole(phone[0]) and not told:  # a line people are to report to asks for no contact
            near = max(start, ring.start() - 60), min(end, phone.end() + 30)
            named = _SHORT_NAME.search(text.s, *near)
            number = Contact(name=named["name"] if named else None, phone=_whole_line(text, phone))
            return number, text.span(*phone.span()), not named
    return None, None, True


_HELPS = re.compile(r"\b(?:lien he|lien lac|vuong mac|kho khan|trao doi|giai dap|ho tro|chi tiet)\b")
_SHORT_NAME = re.compile(
    rf"(?<!\w)(?<!Hai )(?<!phố )(?:[đĐ]\s?/\s?[cC]|[đĐ]ồng\s+chí|[ôÔ]ng|[bB]à|[aA]nh|[cC]hị|[cC]ô|[tT]hầy)\s+(?P<name>{_WORD})(?=\s*[,;:()–-])"
)
""" "đ/c Mẫu, ĐT …": a person by the last name only, a doubt."""


def _phones(text: Text, start: int, end: int) -> list[str]:
    return [_whole_line(text, m) for m in PHONE.finditer(text.s, start, end)]


def _whole_line(text: Text, phone: re.Match[str]) -> str:
    """The number as written, with its extension."""
    more = _EXTENSION.match(text.s, phone.end()) if _whole(phone[0]) else None
    return " ".join((phone[0].strip(" .-") + (more[0] if more else "")).split())


def _whole(phone: str) -> bool:
    return len(re.sub(r"\D", "", phone)) > 8


def _name(person: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", person["name"])


def _surname(person: re.Match[str]) -> bool:
    first = person["name"].split()[0]
    return flat(first) in words.SURNAMES or (person.re is _PERSON and tone(first) in _SELDOM)


_SELDOM = frozenset(
    [
        "trà",
        "cấn",
        "chế",
        "mạch",
        "mẫn",
        "nhâm",
        "sái",
        "tiết",
        "viên",
        "yên",
        "khưu",
        "khấu",
        "lãnh",
        "cồ",
        "hàn",
        "chương",
        "bàng",
        "mộc",
        "từ",
        "đới",
    ]
)
"""Surnames that without their marks are places or common words: believed behind "ông", "bà", "đ/c" only."""


def _bare(text: Text, at: int, right: int) -> re.Match[str] | None:
    match = _BARE.search(text.s, at, min(right, at + 140))
    return match if match and _surname(match) else None


def _around(text: Text, at: int, start: int, end: int) -> tuple[int, int]:
    """The paragraph that asks to be rung up."""
    left = text.s.rfind("\n", start, at) + 1 or start
    right = text.s.find("\n", at, end)
    return max(left, at - 220), min(right if right > 0 else end, at + 500)

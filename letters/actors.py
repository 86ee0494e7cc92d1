"""Who must act: the lead, those who coordinate, and who receives the result.

"Giao X chủ trì, phối hợp với Y" → X leads, Y coordinates; "Giao X phối hợp với Y" with no lead → X leads.
The speaker ("UBND tỉnh yêu cầu X") and those named in a topic ("Về đề nghị của Sở …:") do not act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from letters.compare import fold
from letters.lines import Text
from letters.names import Name, names

ORDER = re.compile(
    r"\b(?:(?:kinh|tran trong|tha thiet)\s+)*(?:giao(?:\s+(?:nhiem vu|trach nhiem))?(?:\s+cho)?|yeu cau|de nghi|phan cong|chi thi cho|uy quyen cho|kien nghi|moi|chi dao|huy dong|luu y)\s+"
)
_STRONG_ORDER = re.compile(
    r"\b(?:(?:kinh|tran trong)\s+)*(?:giao(?:\s+nhiem vu)?(?:\s+cho)?|yeu cau|de nghi|phan cong|chi thi cho|uy quyen cho)\s+"
)
_SPEAKS = re.compile(
    r"\s*(?:(?:kinh|tran trong)\s+)*(?:giao|yeu cau|de nghi|phan cong|thong bao|co y kien|chi dao|chi thi|dien)\b"
)
_NO_ORDER = re.compile(
    r"\s*(?:da|se|dang|duoc|chua|khong|thi|cung|nhan duoc|thong bao|ban hanh (?:cong van|van ban|chi thi)|la\s|vua|hoac|ghi nhan|bieu duong|danh gia cao)\b"
)
_TOPIC = re.compile(r"\W*(?:ve|doi voi|lien quan(?:\s+den)?|rieng(?:\s+doi voi)?|rieng|ngoai ra|dong thoi)\b")
_SUBCLAUSE = re.compile(
    r"\W*(?:de|nham|tren co so|can cu|voi|trong|sau khi|khi|tu|dinh ky|hang|hằng|theo|qua|truoc|cham nhat|dong thoi|rieng|ngoai ra|do do|do vay|vi vay|thuc hien|xet|nhan duoc|ngay)\b"
)
_COORDINATE = re.compile(
    r"(?:\b(?:don vi|co quan)\s+phoi hop(?:\s+thuc hien)?\s*:\s*|\bphoi\s+hop\s*(?:chat che|dong bo|kip thoi|thuong xuyen|hieu qua|tot|nhip nhang|cong tac|thuc hien)?\s*,?\s*"
    r"(?:ho tro|trao doi|lam viec)?\s*(?:cung\s+voi|voi|cung)?\s+)"
)
_NOUN_BEFORE = re.compile(
    r"(?:giai phap|co che|quy che|su|quan he|tinh than|phuong an|chuong trinh|ke hoach|hoat dong|trach nhiem|tang cuong hop tac|mong)\s*$"
)
_TO = re.compile(
    r"\b(?:bao cao|gui|trinh|nop|chuyen|cung cap|phan anh|thong bao)\b(?P<object>[^.;]{0,170}?)\b(?:ve|cho|den|toi)\s+(?=(?:cac\s+)?[^\W\d])"
)
_TO_DIRECT = re.compile(r"\b(?:bao cao|trinh|gui|tham muu|bao cao voi)\s+(?=[^\W\d])")
_VIA = re.compile(r"\b(?:qua|thong qua)\s+(?=[^\W\d])")
_BRACKET_VIA = re.compile(r"\s*\(\s*(?:qua\s+)?")


@dataclass(frozen=True)
class Actors:
    """Leads with the place where they were named; `how`: "order" (giao X), "subject" (X làm …), "heading" (X:), "" (nobody)."""

    leads: tuple[Name, ...] = ()
    how: str = ""
    end: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(name.text for name in self.leads)

    @property
    def sure(self) -> bool:
        return all(name.sure for name in self.leads)


def lead(text: Text, start: int, end: int) -> Actors:
    """Who leads in this stretch of text, if it says."""
    start = _skip(text, start, end)
    direct = _ordered(text, start, end) or _subject(text, start, end)
    if direct:
        return direct
    topic = _TOPIC.match(text.f, start, end)
    if topic:
        named, after = names(text, topic.end() + 1, end, loose=False)
        if named and text.s[after : after + 1] in (":", ","):
            return Actors(tuple(named), "heading", after)
        colon = text.f.find(": ", topic.end(), end)
        if colon > 0:
            inner = lead(text, colon + 2, end)
            if inner.how:
                return inner
        if named and not _NO_ORDER.match(text.f, after, end):
            comma = _after_comma(text, topic.end(), end)
            return comma or Actors(tuple(named), "subject", after)
    if _SUBCLAUSE.match(text.f, start, end) or topic:
        return _after_comma(text, start, end) or Actors()
    return _responsible(text, start, end) or Actors()


def _skip(text: Text, start: int, end: int) -> int:
    match = re.compile(
        r"[\W_]*(?:(?:dong thoi|rieng|ngoai ra|ben canh do|truoc mat|theo do|do do|vi vay|ve viec nay)\s*,?\s+(?=giao|de nghi|yeu cau|cac|so |ubnd|bo |chu tich))?"
    ).match(text.f, start, end)
    return match.end() if match else start


def _ordered(text: Text, start: int, end: int) -> Actors | None:
    """ "Giao X …", "UBND tỉnh yêu cầu X …"."""
    match = _STRONG_ORDER.match(text.f, start, end)
    if match and not text.n.startswith(("giáo", "giào", "giảo"), start):
        found, after = names(text, match.end(), end, loose=True)
        if found:
            return Actors(tuple(found), "order", after)
    return None


def _subject(text: Text, start: int, end: int) -> Actors | None:
    """ "X chủ trì …", "X: …", or a heading "X"; where X only speaks ("UBND tỉnh giao Y") it is Y."""
    found, after = names(text, start, end)
    if not found:
        return None
    speaks = _SPEAKS.match(text.f, after, end)
    if speaks:
        inner = _ordered(text, _word(text, after, end), end)
        return inner or None
    if _NO_ORDER.match(text.f, after, end):
        return None
    rest = text.s[after:end].strip()
    if not rest or rest[0] in ":." or (rest.startswith(("./", "(")) and len(rest) < 4):
        return Actors(tuple(found), "heading", after)
    if rest[0] in ",;" and not re.match(
        r"[,;]\s*(?:theo|can cu|tren co so|trong|phoi|chu|khan|co |to chuc|nghiem|tiep|day|tang|xay|ra soat|thuc|trien|de |truoc|dinh ky|hang|bao cao|voi )",
        text.f[after : after + 40].strip(),
    ):
        return None
    return Actors(tuple(found), "subject", after)


def _word(text: Text, at: int, end: int) -> int:
    while at < end and not text.s[at].isalnum():
        at += 1
    return at


def _after_comma(text: Text, start: int, end: int) -> Actors | None:
    """An actor after an opening phrase: "Để xác định vị trí, UBND tỉnh phối hợp …", "Trên cơ sở đó, giao X …"."""
    limit = min(end, start + 700)
    for match in re.compile(r"[,:]\s+").finditer(text.f, start, limit):
        at = match.end()
        found = _ordered(text, at, end)
        if found:
            return found
        if text.s[at].isupper() or text.f.startswith(("cac ", "lanh dao ", "don vi "), at):
            found = _subject(text, at, end)
            if (
                found
                and found.how == "subject"
                and re.match(
                    r"\s*(?:chu tri|phoi hop|chu dong|co trach nhiem|khan truong|to chuc|thuc hien|ra soat|bao cao|tong hop|gui|tham muu|xay dung|trien khai|huong dan|can |phai |tiep tuc|nghien cuu|quan tam|tap trung|kiem tra|chi dao|day manh|tang cuong|bo tri|cu |lap |chiu trach|kip thoi)",
                    text.f[found.end : found.end + 40],
                )
            ):
                return found
    return None


_RESPONSIBLE = re.compile(
    r"\b(?:don vi|co quan)\s+(?:chu tri|thuc hien|dau moi)(?:\s+thuc hien)?\s*:\s*|\b(?:giao|phan cong)\s+|\bdo\s+(?=[^.;,]{3,80}?chu tri)"
)


def _responsible(text: Text, start: int, end: int) -> Actors | None:
    """ "… Đơn vị chủ trì: X", "… giao X …" further on in the sentence."""
    for match in _RESPONSIBLE.finditer(text.f, start, end):
        if text.n.startswith(("giáo", "giào"), match.start()) or re.search(
            r"(?:duoc|da|ban|chuyen|ket qua|nhiem vu|viec)\s*$",
            text.f[max(start, match.start() - 12) : match.start()],
        ):
            continue
        found, after = names(text, match.end(), end, loose=match[0].endswith(":") or ":" in match[0])
        if found:
            return Actors(tuple(found), "order", after)
    return None


def coordinates(text: Text, start: int, end: int) -> list[Name]:
    """Bodies after "phối hợp (với)", each once, in order."""
    found: list[Name] = []
    for match in _COORDINATE.finditer(text.f, start, end):
        before = text.f[max(start, match.start() - 40) : match.start()]
        if _NOUN_BEFORE.search(before) and "don vi" not in match[0]:
            continue
        named, _ = names(text, match.end(), end, loose=True)
        found.extend(n for n in named if _acts(n.text) and fold(n.text) not in {fold(o.text) for o in found})
    return found


def _acts(name: str) -> bool:
    return len(fold(name)) > 1 and not re.fullmatch(
        r"(?:cac )?(?:nganh|cap|quy dinh|ben|noi dung|nhiem vu)", fold(name)
    )


def reports(text: Text, start: int, end: int) -> tuple[str | None, str | None]:
    """(who receives the result, through whom)."""
    to = via = None
    for match in _VIA.finditer(text.f, start, end):
        found, after = names(text, match.end(), end)
        if found and re.match(r"\W*(?:de|tong hop|truoc|\)|theo|,|cham nhat|dia chi)|\W*$", text.f[after : after + 30]):
            via = _joined(text, found)
            break
    for match in _TO.finditer(text.f, start, end):
        found, after = names(text, match.end(), end)
        if found and _receives(found[0].text):
            to = _joined(text, found)
            bracket = _BRACKET_VIA.match(text.f, after, end)
            inner = names(text, bracket.end(), end)[0] if bracket else []
            via = via or (_joined(text, inner) if inner else None)
            break
    if to is None:
        for match in _TO_DIRECT.finditer(text.f, start, end):
            if match[0].startswith("tham muu"):
                continue
            found, _ = names(text, match.end(), end)
            if found and _receives(found[0].text) and not text.s[match.end()].islower():
                to = _joined(text, found)
                break
    if via and (
        to is None
        or (
            text.f.find("qua ", start, end) > 0
            and re.search(r"qua [^.;]{3,90}?(?:de )?(?:tong hop|theo doi)", text.f[start:end])
        )
    ):
        return (via, None) if to is None or via != to else (to, None)
    return to, via


def _joined(text: Text, found: list[Name]) -> str:
    return re.sub(r"\s+", " ", text.s[found[0].start : found[-1].end]).strip(" ,;.")


def _receives(name: str) -> bool:
    return not re.match(r"(?:cac )?(?:cap co tham quyen|co quan co tham quyen|cap tren|co quan chuc nang)", fold(name))

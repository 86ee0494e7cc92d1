"""Who must act: the lead, those who coordinate, and who receives the result.

"Giao X chủ trì, phối hợp với Y" → X leads, Y coordinates; "Giao X phối hợp với Y" with no lead → X leads.
The speaker ("UBND tỉnh yêu cầu X") and those named in a topic ("Về đề nghị của Sở …:") do not act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from letters.compare import fold
from letters.expansion import Name
from letters.names import names
from letters.text import Text

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
    r"\s*(?:da|se|dang|duoc|chua|khong|thi|cung|nhan duoc|thong bao|ban hanh (?:cong van|van ban|chi thi)|la\b(?!\s+(?:dau moi|don vi|co quan|thanh vien))|vua|hoac|ghi nhan|bieu duong"
    r"|danh gia cao|co\b(?!\s+(?:trach nhiem|y kien|bao cao|cao|ke hoach|giai phap|bien phap|van ban|hinh thuc|nhiem vu)))\b"
)
_TOPIC = re.compile(r"\W{0,8}(?:ve|doi voi|lien quan(?:\s+den)?|rieng(?:\s+doi voi)?|rieng|ngoai ra|dong thoi)\b")
_SUBCLAUSE = re.compile(
    r"\W{0,8}(?:de|nham|tren co so|can cu|voi|trong|sau khi|khi|tu|dinh ky|hang|hằng|theo|qua|truoc|cham nhat|dong thoi|rieng|ngoai ra|do do|do vay|vi vay|thuc hien|xet|nhan duoc|ngay)\b"
)
_COORDINATE = re.compile(
    r"(?:\b(?:don vi|co quan)\s+phoi hop(?:\s+thuc hien)?\s*:\s*|\bphoi\s+hop\s*(?:chat che|dong bo|kip thoi|thuong xuyen|hieu qua|tot|nhip nhang|cong tac|thuc hien)?\s*,?\s*"
    r"(?:ho tro|trao doi|lam viec)?\s*(?:cung\s+voi|voi|cung)?\s+)"
)
_NOUN_BEFORE = re.compile(
    r"(?:giai phap|co che|quy che|su|quan he|tinh than|phuong an|chuong trinh|ke hoach|hoat dong|trach nhiem|tang cuong hop tac|mong)\s*$"
)
_SENDS = re.compile(r"\b(?:bao cao|gui|trinh|nop|phan anh)\s+(?:voi\s+|len\s+)?")
_SENDS_AGAIN = re.compile(r"\b(?:bao cao|gui|trinh)\s+(?:ve|[A-Z])|[.;]\s")
_TOWARD = re.compile(r"\b(?:ve|cho|den|toi)\s+(?:ve\s+)?(?=[^\W\d])")
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


def lead(text: Text, start: int, end: int, *, nested: bool = False) -> Actors:
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
        if colon > 0 and not nested:
            inner = lead(text, colon + 2, end, nested=True)
            if inner.how:
                return inner
        if named and not _NO_ORDER.match(text.f, after, end):
            comma = _after_comma(text, topic.end(), end)
            return comma or Actors(tuple(named), "subject", after)
    colon = text.f.find(": ", start, min(end, start + 130))
    if colon > 0 and not re.search(r"[.;]", text.s[start:colon]):
        inner = _ordered(text, colon + 2, end) or _subject(text, colon + 2, end)
        if inner and inner.how in ("subject", "order"):
            return inner
    if _SUBCLAUSE.match(text.f, start, end) or topic:
        return _after_comma(text, start, end) or Actors()
    return _responsible(text, start, end) or Actors()


def _skip(text: Text, start: int, end: int) -> int:
    match = re.compile(
        r"[\W_]{0,8}(?:(?:dong thoi|rieng|ngoai ra|ben canh do|truoc mat|theo do|do do|vi vay|ve viec nay)\s*,?\s+(?=giao|de nghi|yeu cau|cac|so |ubnd|bo |chu tich))?"
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


def _subject(text: Text, start: int, end: int, *, nested: bool = False) -> Actors | None:
    """ "X chủ trì …", "X: …", or a heading "X"; where X only speaks ("UBND tỉnh giao Y") it is Y."""
    found, after = names(text, start, end)
    if not found:
        return None
    speaks = _SPEAKS.match(text.f, after, end)
    if speaks:
        inner = _ordered(text, _word(text, after, end), end)
        if inner or "chi dao" not in speaks[0]:
            return inner
    if _NO_ORDER.match(text.f, after, end):
        return None
    rest = text.s[after : min(end, after + 400)].strip()
    if rest[:1] == ":" and len(found) == 1 and not nested:
        inner = _subject(text, _word(text, after, end), end, nested=True)
        if inner and inner.how == "subject":
            return inner
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
    listed = _listed(text, start, limit)
    for match in re.compile(r"[,:]\s+").finditer(text.f, start, limit):
        at = match.end()
        if any(a <= at < b for a, b in listed):
            continue
        found = _ordered(text, at, end)
        if found:
            return found
        if text.s[at].isupper() or text.f.startswith(("cac ", "lanh dao ", "don vi "), at):
            found = _subject(text, at, end)
            if found is None and _narrates(text, at, end):
                return None
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


def _narrates(text: Text, at: int, end: int) -> bool:
    """ "…, Ngân hàng Nhà nước đã yêu cầu …": from there on a story is told."""
    found, after = names(text, at, end)
    return bool(found) and bool(re.match(r"\s*(?:da|vua|dang)\b", text.f[after : after + 8]))


def _listed(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of names that coordinate: what follows a comma there is no new actor."""
    return [(m.end(), names(text, m.end(), end, loose=True)[1]) for m in _COORDINATE.finditer(text.f, start, end)]


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
    to, via = _receiver(text, start, end), None
    for match in _VIA.finditer(text.f, start, end):
        found, after = names(text, match.end(), end)
        if found and re.match(
            r"\W{0,8}(?:de|tong hop|truoc|\)|theo|,|cham nhat|dia chi)|\W*$", text.f[after : after + 30]
        ):
            via = _joined(text, found)
            collects = re.match(r"[^.;]{0,12}(?:de\s+)?(?:tong hop|theo doi)", text.f[after : after + 40])
            return (via, None) if to is None or collects else (to[0], via)
    if to is None:
        return None, None
    bracket = _BRACKET_VIA.match(text.f, to[1], end)
    inner = names(text, bracket.end(), end)[0] if bracket else []
    return to[0], _joined(text, inner) if inner else None


def _receiver(text: Text, start: int, end: int) -> tuple[str, int] | None:
    """The first body that a report, a proposal, a file is sent to, and where its name ends."""
    for match in _SENDS.finditer(text.f, start, end):
        if re.search(
            r"(?:tham muu|de xuat|che do|noi dung|so|don vi)\W*(?:\w+\W+){0,4}$",
            text.f[max(start, match.start() - 26) : match.start()],
        ) and match[0].startswith(("trinh", "bao cao nay")):
            continue
        found, after = names(text, match.end(), end)
        if found and not text.s[match.end()].islower() and _receives(found[0].text):
            return _joined(text, found), after
        goal = _TOWARD.search(text.f, match.end(), min(end, match.end() + 190))
        stop = _SENDS_AGAIN.search(text.f, match.end(), goal.start() if goal else match.end())
        while goal and not stop:
            found, after = names(text, goal.end(), end)
            if found and _receives(found[0].text):
                return _joined(text, found), after
            goal = _TOWARD.search(text.f, goal.end(), min(end, match.end() + 190))
            stop = _SENDS_AGAIN.search(text.f, match.end(), goal.start() if goal else match.end())
    return None


def _joined(text: Text, found: list[Name]) -> str:
    return re.sub(r"\s+", " ", text.s[found[0].start : found[-1].end]).strip(" ,;.")


def _receives(name: str) -> bool:
    return not re.match(r"(?:cac )?(?:cap co tham quyen|co quan co tham quyen|cap tren|co quan chuc nang)", fold(name))

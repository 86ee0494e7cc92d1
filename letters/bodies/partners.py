"""Who coordinates: the bodies after "phối hợp (với)", "cùng (với)", "với sự tham gia của", "Đơn vị phối hợp:", and those
named before their part: "…, Sở Tài chính phối hợp thực hiện", "(Công an tỉnh phối hợp)", "có Tỉnh đoàn cùng tham gia"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from letters.bodies.expansion import Name
from letters.bodies.names import names
from letters.bodies.parts import organises
from letters.text.compare import fold
from letters.text.views import Text
from letters.text.vocabulary import DETERMINERS, HEADS, OFFICES, worn_noun

_HOW = (
    r"chat che|dong bo|kip thoi|thuong xuyen|(?:co )?hieu qua|tot|nhip nhang|nhuan nhuyen|cong tac|truc tiep|chu dong"
    r"|tich cuc|toan dien|mat thiet|linh hoat|lien tuc|day du|hon nua|hon|sau sat|khan truong|thuc hien|trien khai"
)
_DOING = r"ho tro|trao doi|lam viec|thong nhat|lien he|hop tac|ban bac|hiep dong|phoi hop"
_LABEL = (
    r"(?:don vi|co quan|bo phan|to chuc|luc luong|thanh phan|phong|ban|nganh|ca nhan|chu the)"
    r"(?:,? (?:va )?(?:don vi|to chuc|ca nhan|dia phuong))?\s+(?:cung )?(?:tham gia )?phoi hop(?: chinh)?(?:\s+thuc hien)?"
    r"(?:\s*:\s*|\s+(?:la|gom|bao gom)(?:\s+co)?\s*:?\s+)"
)
_SHARE = r"tham gia|phoi hop|phoi ket hop|ho tro|giup do|hop tac|dong hanh|vao cuoc"
COORDINATE = re.compile(
    rf"(?:\b{_LABEL}"
    rf"|\bphoi\s+(?:ket\s+)?hop(?:\s*(?:,\s*|\bva\s+)?(?:{_HOW}|{_DOING})\b)*\s*,?\s*(?:cung\s+voi|voi|cung)?\s*:?\s+"
    r"|\bphoi hop(?:\s+thuc hien)?\s*:\s*|\bp/h(?:\s+voi)?\s+"
    r"|\b(?:hiep dong|phoi ket hop|ket hop)(?:\s+chat che)?\s+(?:(?:cung\s+)?voi|cung)\s+"
    r"|\bchu tri\s*,?\s*(?:trao doi\s*,?\s*)?(?:va\s+)?thong nhat\s+(?:cung\s+)?voi\s+"
    r"|\bchu tri\s*,?\s*cung(?:\s+voi)?\s+|\bcung(?:\s+voi)?\s+(?=\w)"
    rf"|\bsu\s+(?:(?:{_SHARE}|{_HOW}|,|va|cung)\s*)+(?:cua|tu)\s+)"
)
_NOUN_BEFORE = re.compile(
    r"(?:giai phap|co che|quy che|su|quan he|tinh than|phuong an|chuong trinh|ke hoach|hoat dong|(?<!co )(?<!chiu )trach nhiem"
    r"|tang cuong hop tac|mong)\s*$"
)

_APART = re.compile(r"\bphoi hop(?: [^\W\d_]+){1,6} (?:cung voi|voi)\s+(?=\w)")
""" "phối hợp tuyên truyền với Báo …"."""
_WITH_TOO = re.compile(r"\s*,?\s*(?:va\s+)?(?:cung\s+)?voi\s+(?=\w)")


def coordinates(text: Text, start: int, end: int, *, behind: int = 0) -> list[Name]:
    """Bodies that help, each once, in order. `behind`: where the lead's name ends, for "Sở A cùng Sở B làm …"."""
    found: list[Name] = []
    for match in COORDINATE.finditer(text.f, start, end):
        if not _introduces(text, match, start, end, {behind, *(n.end for n in found)}):
            continue
        named, after = names(text, match.end(), end, loose=True)
        if match[0].startswith(("cung", "ket hop")) and not _named(text, match.end(), named):
            continue
        more = _WITH_TOO.match(text.f, after, end)
        while named and more:
            some, after = names(text, more.end(), end, loose=True)
            named += some
            more = _WITH_TOO.match(text.f, after, end) if some else None
        named = [m for n in named for m in _in_brackets(text, n, end) or [n]]
        found.extend(n for n in named if _acts(n.text) and fold(n.text) not in {fold(o.text) for o in found})
    for match in () if found else _APART.finditer(text.f, start, end):
        if text.s[match.end()].isupper():
            found.extend(names(text, match.end(), end)[0])
    found.extend(n for n in _before(text, start, end) if fold(n.text) not in {fold(o.text) for o in found})
    return found


def listed_to(text: Text, start: int, until: int, end: int) -> int:
    """Where the list after "phối hợp với:" ends, whose semicolons part no sentence; `start` where none begins before `until`."""
    match = _COLON_LIST.search(text.f, start, until)
    return names(text, match.end(), end, loose=True)[1] if match else start


_COLON_LIST = re.compile(r"\bphoi hop[^.;:]{0,30}:\s+(?=\w)")


def parted(text: Text, named: Sequence[Name]) -> tuple[list[Name], list[Name]]:
    """Bodies whose part stands in brackets behind them: "Sở A (chủ trì), Sở B, Sở C (phối hợp)" → who leads, who helps."""
    leads: list[Name] = []
    helps: list[Name] = []
    for name in reversed(named):
        part = _PART.match(text.f, name.end)
        if (part and part[1] == "phoi hop") or (helps and not part):
            helps.insert(0, name)
        else:
            leads.insert(0, name)
    first = len(leads) > 1 and not helps and _LEADS.match(text.f, leads[0].end)
    if first and not any(_PART.match(text.f, name.end) for name in leads[1:]):
        leads, helps = leads[:1], leads[1:]  # "Sở A (chủ trì), Sở B, Sở C: …"
    return (leads, helps) if leads else (helps, [])


_LEADS = re.compile(r"\s*\((?:(?:co quan|don vi|la)\s+)*chu tri\)")
_PART = re.compile(
    r"\s*\((?:(?:co quan|don vi|la|giu vai tro)\s+)*(chu tri|phoi hop|dau moi|thuong truc)\b[^()]{0,40}\)"
)


def helpers(text: Text, start: int, end: int, *, led: bool) -> list[Name]:
    """Whom a part of a sentence that says nothing else names as helping with what stands before it: "các sở, ngành phối hợp
    thực hiện.", "Các đơn vị phối hợp: Sở A". `led`: those words say only who leads ("Sở B chủ trì; Sở A phối hợp rà soát")."""
    label = LABELLED.match(text.f, start, end)
    if label:
        return names(text, label.end(), end, loose=True)[0]
    named, after = names(text, start, end)
    joins = led and _JOINS.match(text.f, after, end)
    return named if named and (joins or _ONLY_HELPS.match(text.f, after, end)) else []


def _introduces(text: Text, match: re.Match[str], start: int, end: int, ends: set[int]) -> bool:
    """Whether what follows these words is really named as a partner."""
    words = match[0]
    before = text.f[max(start, match.start() - 40) : match.start()]
    if words.startswith("cung"):
        return _with(text, match, start, ends)
    if words.startswith("su "):
        return bool(re.search(r"\b(?:voi|co|can|duoc|cung|bao dam|dam bao)\s*$", before)) and not _THANKS.search(before)
    if words.startswith(("ket hop", "hiep dong", "phoi ket")):
        return True
    labelled = "don vi" in words or bool(re.match(_LABEL, words))
    if _NOUN_BEFORE.search(before) and not labelled:
        return False
    alone = not words.rstrip(" :").endswith(("voi", "cung", "cua")) and not labelled
    return not (_PROVIDES.search(text.n, match.start(), match.end() + 3) or (alone and _acts_alone(text, match, end)))


_THANKS = re.compile(r"\b(?:mong|tran trong|cam on|nhan duoc)\b")
_PROVIDES = re.compile(r"\bcung\s+(?:cấp|ứng)")
""" "phối hợp cung cấp thông tin": no "cùng"."""
_STANDS = re.compile(r"(?:^|[,;:.(\n\-–+*]|\b(?:va|de|chu dong|tich cuc|truc tiep|dau moi|chiu trach nhiem chinh))\s*$")
_CLAUSE = re.compile(r"\W{0,3}(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)?\s?[).]?\W{0,3}$")


def _with(text: Text, match: re.Match[str], start: int, ends: set[int]) -> bool:
    """ "cùng (với) X" that names who else acts: at the head of a part of the sentence or right behind a body, and not
    "họp cùng X"."""
    if not text.n.startswith("cùng", match.start()) or _PROVIDES.match(text.n, match.start()):
        return False
    if any(e <= match.start() <= e + 2 and not text.s[e : match.start()].strip(" ,") for e in ends if e):
        return True
    if _behind_body(text, start, match.start()):
        return True
    before = text.f[start : match.start()]
    return bool(_STANDS.search(before[-40:])) or bool(_CLAUSE.fullmatch(before[-12:]) and len(before) < 12)


def _behind_body(text: Text, start: int, at: int) -> bool:
    """Whether a body's name ends right before this place: "…, Ban Quản lý đường bộ cùng với Phòng …"."""
    signs = [m.end() for m in re.finditer(r"[,;:.]\s+", text.s[max(start, at - 130) : at])]
    begin = max(start, at - 130) + signs[-1] if signs else start
    return names(text, begin, at)[1] >= at - 1 > begin


_MERE = re.compile(
    r"(?:nganh|cap|huyen|xa|tinh|don vi|co quan|truong|lop|bo phan|phuong|to|doan|dia phuong|nhom|tap the|ban)$"
)


def _named(text: Text, at: int, found: list[Name]) -> bool:
    """Whether "cùng", which also means "the same", has a body after it."""
    if not found:
        return False
    tokens = text.words(at, found[0].end, 16)
    if DETERMINERS.match(tokens, 0) or OFFICES.match(tokens, 0):
        return True
    noun = HEADS.match(tokens, 0) or worn_noun(tokens, 0)
    return bool(noun) and not _MERE.match(fold(found[0].text)) and len(tokens) > 1


def _acts_alone(text: Text, match: re.Match[str], end: int) -> bool:
    """ "phối hợp tổ chức các hoạt động": what they do together, no partner."""
    return organises(text.words(match.end(), end, 4), 0)


# Named before their part ------------------------------------------------------------------------------------------

_ONLY_HELPS = re.compile(
    r"\s*(?::\s*)?(?:(?:se|cung|tham gia|co trach nhiem|chiu trach nhiem|tich cuc|chu dong|co nhiem vu)\s+)*"
    r"(?:phoi hop(?:\s+(?:chat che|cung|thuc hien|trien khai|to chuc|tham gia|kip thoi|dong bo|,|va))*"
    r"|la\s+(?:cac\s+)?(?:co quan|don vi|bo phan)\s+phoi hop(?:\s+thuc hien)?(?: (?:noi dung|nhiem vu) nay)?)"
    r"\s*(?=[.;,)]|$|de\b|trong\b)"
)
_TAKES_PART = re.compile(r"\s*,?\s*(?:cung\s+)?(?:tham gia|phoi hop|ho tro|dong hanh)(?:\s+thuc hien)?\s*(?=[.;,)]|$)")
LABELLED = re.compile(rf"\W{{0,8}}(?:va\s+|cac\s+)*{_LABEL}")
_JOINS = re.compile(r"\s*(?:cung\s+)?phoi hop\b(?! voi| cung)")
LED = re.compile(r"(?:chu tri|dau moi|chiu trach nhiem chinh)(?:\s+thuc hien)?[\s,;.]*$")
"""The end of words that say only who leads."""


def _before(text: Text, start: int, end: int) -> Iterator[Name]:
    """Bodies whose part comes behind their names: "X chủ trì, Y phối hợp", "(Y phối hợp)", "có Y cùng tham gia"."""
    if "phoi hop" not in text.f[start:end] and "tham gia" not in text.f[start:end]:
        return
    at = start
    for match in _BEFORE_PART.finditer(text.s, start, end):
        if match.start() < at:
            continue
        named, after = names(text, match.end(), end)
        if not named:
            continue
        takes = _TAKES_PART if match[0].startswith("có") else _ONLY_HELPS
        led = match[0][0] in ",;" and LED.search(text.f, max(start, match.start() - 40), match.start())
        joins = led and _JOINS.match(text.f, after, end)
        if takes.match(text.f, after, end) or joins:
            yield from named
            at = after


_BEFORE_PART = re.compile(
    r"(?:[,;]\s+|\(\s?)(?:(?:và|đề nghị|yêu cầu|mời)\s+)?(?=\w)|(?<!\w)có\s+(?:đại diện\s+)?(?=[A-ZĐcl])"
)

# Which bodies -------------------------------------------------------------------------------------------------------

_GENERAL = re.compile(
    r"(?:cac )?(?:so|co quan|don vi|to chuc|bo|ban|nganh|luc luong|dia phuong|phong|bo phan)(?: \w+){0,6}$"
)


def _in_brackets(text: Text, name: Name, end: int) -> list[Name]:
    """ "các cơ quan liên quan (Sở Tài chính, Sở Xây dựng)": those named after a general word are meant."""
    bracket = re.compile(
        r"(?:\s[^\W\d]+){0,4}\s*\(\s*(?:nhu|gom|bao gom|la|cu the(?: la)?|trong do co)?\s*:?\s*"
        r"|\s*,?\s*(?:nhu|gom|bao gom)\s*:\s*"
    ).match(text.f, name.end, end)
    if not bracket or not _GENERAL.match(fold(name.text)):
        return []
    if "(" not in bracket[0]:
        return names(text, bracket.end(), end, loose=True)[0]
    close = text.s.find(")", bracket.end(), end)
    inner, after = names(text, bracket.end(), close if close > 0 else end, loose=True)
    return inner if len(inner) > 1 and after >= close - 6 else []


def _acts(name: str) -> bool:
    return len(fold(name)) > 1 and not re.fullmatch(
        r"(?:cac )?(?:nganh|cap|quy dinh|ben|noi dung|nhiem vu)|to chuc", fold(name)
    )

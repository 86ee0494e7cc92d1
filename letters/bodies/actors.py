"""Who must act: the lead, those who coordinate, and who receives the result.

"Giao X chủ trì, phối hợp với Y" → X leads, Y coordinates; "Giao X phối hợp với Y" with no lead → X leads.
The speaker ("UBND tỉnh yêu cầu X") and those named in a topic ("Về đề nghị của Sở …:") do not act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from letters.bodies.anyone import PLACES, SCOPE
from letters.bodies.charged import charged
from letters.bodies.expansion import Name
from letters.bodies.given import listed
from letters.bodies.headings import (
    comma_in,
    concerns,
    narrowed,
    rest_of_title,
    trade_to_colon,
    up_to_colon,
    up_to_comma,
    whole_title,
)
from letters.bodies.names import names
from letters.bodies.openings import common_noun, every, skip
from letters.bodies.telling import GIVES_OWN, STAFF, acted, asks_below, asks_own, narrates, told, word_at
from letters.bodies.whichever import which, whichever
from letters.text import words
from letters.text.compare import fold
from letters.text.views import Text
from letters.text.vocabulary import ends, pair_at

_STRONG_ORDER = re.compile(
    r"\b(?:(?:kinh|tran trong)\s+)*(?:giao(?:\s+(?:nhiem vu|trach nhiem))?(?:\s+cho)?|yeu cau|de nghi|phan cong(?:\s+cho)?|chi thi cho|uy quyen(?:\s+cho)?|huy dong|moi)\s*:?\s+"
)
_SPEAKS = re.compile(
    r"\s*(?:(?:kinh|tran trong)\s+)*(?:giao|yeu cau|de nghi|phan cong|thong bao(?= (?:de|y kien|ket luan|ket qua|noi dung|nhu sau|mot so|viec|va|cac noi dung)\b|\W*$|\s*[:,])|co y kien(?! bang van ban| tham gia| gop y| tham dinh| gui)|chi dao|chi thi|dien)\b"
)
_TOPIC = re.compile(
    r"\W{0,8}(?:ve(?: phia)?|doi voi|lien quan(?:\s+den)?|rieng(?:\s+doi voi)?|rieng|ngoai ra|dong thoi)\b"
)
_SUBCLAUSE = re.compile(
    r"\W{0,8}(?:la (?:co quan|don vi|dau moi|chu dau tu)|neu|cung voi|song song|ke tu|ngoai|ben canh|tai|tren|vao|qua|cuoi|moi|thoi gian|hien nay|duoi|nho|vi|do|de|nham|tren co so|can cu|voi|trong|sau|khi|tu|dinh ky|hang(?! (?:hoa|khong|gia|nhap|ton))|hằng|theo|qua|truoc|cham nhat|muon nhat|tre nhat|den(?= (?:ngay|het|cuoi|thang|quy|nam|\d))|dong thoi|truong hop|rieng|ngoai ra|do do|do vay|vi vay|thuc hien|xet|nhan duoc|ngay|(?:nhung|cac) truong hop)\b"
)


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


def lead(text: Text, start: int, end: int, *, nested: bool = False, own: bool = False) -> Actors:
    """Who leads in this stretch of text, if it says. `own`: the clause above has its actor, who may in turn "mời",
    "giao" others in the middle of a sentence: only what begins with another actor is another's."""
    began, start = start, skip(text, start, end)
    if own and text.n.startswith("mời", start):
        return Actors()  # nor does a comma in it part those it invites
    direct = _ordered(text, start, end, own=own) or _subject(text, start, end)
    if direct:
        return direct
    duty = _DUTY_OF.match(text.f, start, end)
    if duty:
        named, after = names(text, duty.end(), end, loose=True)
        named, after = rest_of_title(text, named, after, end)
        if named and (text.s[after:end].strip(" .:\n") == "" or text.s.startswith(":", after)):
            return Actors(tuple(named), "heading", after)
    topic = _TOPIC.match(text.f, start, end) or _TOPIC.match(text.f, began, end)
    if topic and which(text, topic.end(), end):
        meant = whichever(text, topic.end(), end)
        return Actors((meant,), "subject", meant.end) if meant else Actors()
    if topic:
        people = concerns(text, start, topic.end(), end)
        named, after = names(text, topic.end() + 1, end, loose=people)
        if len(named) == 1 and text.f.startswith("doi voi", topic.end() - 7):
            if own and SCOPE.match(fold(named[0].text)):
                return _after_comma(text, start, end) or Actors()
            meant = up_to_comma(text, named[0], after, end)
            if meant:
                return Actors((meant,), "subject", meant.end)
            named, after = up_to_colon(text, named[0], after, end)
        if named and text.s[after : after + 1] in (":", ","):
            asked = text.s[after] == "," and _ASKED_TOO.match(text.f, after, end)
            return Actors(tuple(named), "subject" if asked else "heading", after)
        colon = text.f.find(": ", topic.end(), end)
        if colon > 0 and not nested:
            inner = lead(text, colon + 2, end, nested=True)
            if inner.how:
                return inner
        if named and not told(text, after, end):
            comma = _after_comma(text, topic.end(), end)
            return comma or Actors(tuple(named), "subject", after)
    colon = text.f.find(": ", start, min(end, start + 130))
    if colon > 0 and not re.search(r"[.;]", text.s[start:colon]) and not _BETWEEN.search(text.f, start, colon):
        inner = _ordered(text, colon + 2, end, own=own) or _subject(text, skip(text, colon + 2, end), end)
        if not inner and (_SUBCLAUSE.match(text.f, colon + 2, end) or _TOPIC.match(text.f, colon + 2, end)):
            inner = _after_comma(text, colon + 2, end)
        if inner and inner.how in ("subject", "order"):
            return inner
        if inner and not own and acted(text, start, colon) and not text.s[inner.end : end].strip(" ./;\n"):
            return Actors(tuple(replace(n, sure=False) for n in inner.leads), "order", inner.end)
    if _SUBCLAUSE.match(text.f, start, end) or topic or _SUBCLAUSE.match(text.f, began, end):
        return _after_comma(text, start, end, own=own) or Actors()
    return (None if own else _responsible(text, start, end)) or Actors()


_ASKED_TOO = re.compile(
    r",(?: [^.;:]{0,120},)? (?:de nghi|yeu cau|phai|can|chu dong|khan truong|bao cao|gui|nop|lap)\s"
)
""" "Riêng X, ngoài các nội dung trên, đề nghị báo cáo …": X is asked."""
_DUTY_OF = re.compile(r"\W{0,8}(?:trach nhiem|nhiem vu)(?: chung| cu the)? (?:cua|doi voi)\s+")
"""A heading: "Trách nhiệm của Sở Y tế"."""
_BETWEEN = re.compile(r"\b(?:phoi hop|ket noi|hop tac|trao doi|lien ket) giua\b")
""" "Tăng cường phối hợp giữa các cơ quan: A, B": those named work together; the lead is named above."""


_NOT_GIVEN = ("giáo", "giào", "giảo", "mỗi", "mới", "mọi", "môi")
_GIAO_NOUNS = ("iao thông", "iao ban", "iao dịch", "iao tiếp", "iao lưu", "iao nhận")
"""What only looks like "giao", "mời" once its marks are gone."""


def _ordered(text: Text, start: int, end: int, *, own: bool = False) -> Actors | None:
    """ "Giao X …", "UBND tỉnh yêu cầu X …"."""
    match = _STRONG_ORDER.match(text.f, start, end)
    if match and match[0].rstrip(" :").endswith("moi") and "mời" not in text.n[match.start() : match.end()]:
        return None
    if match and text.s[match.end() : match.end() + 12].isupper() and match[0].startswith("phan cong"):
        return None  # "PHÂN CÔNG NHIỆM VỤ"
    if match and (own or STAFF.match(text.f, match.end(), end)) and match[0].startswith(("huy dong", "phan cong")):
        return None  # what those named above are to do: "Huy động lực lượng …", "Phân công giáo viên …"
    if not match or (own and (asks_own(text, match) or asks_below(text, start, end))):
        return None
    if not text.n.startswith(_NOT_GIVEN, start) and not text.s[start + 1 :].startswith(_GIAO_NOUNS):
        found, after = names(text, match.end(), end, loose=True)
        if len(found) == 1 and text.s.startswith(":", after) and fold(found[0].text) in _COMRADES:
            found = [replace(found[0], sure=False)]  # "Giao các đồng chí: Nguyễn Văn A - Phó Giám đốc Sở B, …"
        if found:
            return Actors(tuple(found), "order", after)
    return None


_COMRADES = ("cac dong chi", "cac d c", "cac ong", "cac ba", "cac ong ba")


def _subject(text: Text, start: int, end: int, *, nested: bool = False) -> Actors | None:
    """ "X chủ trì …", "X: …", or a heading "X"; where X only speaks ("UBND tỉnh giao Y") it is Y."""
    found, after = names(text, start, end)
    lone = "" if not found else fold(found[0].text)
    if not found or lone in PLACES or (_MERE.fullmatch(lone) and _HELPS.match(text.f, after, end)):
        return None
    if which(text, found[0].start, min(end, after + 5)):
        meant = whichever(text, found[0].start, end)
        return Actors((meant,), "subject", meant.end) if meant else None
    speaks = None if _UNDER.match(fold(found[0].text)) else _SPEAKS.match(text.f, after, end)
    if speaks and not GIVES_OWN.match(text.f, after, end):
        inner = _ordered(text, word_at(text, after, end), end)
        if inner or ("chi dao" not in speaks[0] and not _GIVES_ON.match(text.f, after, end)):
            return inner
    which_ones = narrowed(text, found, after, end)
    if which_ones:
        return Actors(tuple(which_ones), "heading", which_ones[-1].end)
    if told(text, after, end):
        return None
    rest = text.s[after : min(end, after + 400)].strip()
    if rest[:1] == ":" and len(found) == 1 and not nested:
        inner = _subject(text, word_at(text, after, end), end, nested=True)
        if inner and inner.how == "subject":
            return inner
    wider = trade_to_colon(text, found, after, end)
    if wider:
        return Actors(tuple(wider), "subject", wider[-1].end)
    if not rest or rest[0] in ":." or (rest.startswith(("./", "(")) and len(rest) < 4):
        return Actors(tuple(found), "heading", after)
    whole = whole_title(text, found, after, end)
    if whole:
        return Actors(tuple(whole), "heading", whole[-1].end)
    if rest[0] == "," and text.f.startswith("rieng ", max(0, start - 6)) and _ASKED_TOO.match(text.f, after, end):
        return Actors(tuple(found), "subject", after)
    if rest[0] == "," and _PERSON.match(fold(found[-1].text)) and ", " in found[-1].text:
        return Actors(tuple(found), "subject", after + 1)
    office = comma_in(text, found, after, end) if rest[0] == "," and _FIELD_NEXT.match(text.f, after, end) else []
    if office:
        return Actors(tuple(office), "subject", office[-1].end)
    if rest[0] in ",;" and not re.match(
        r"[,;]\s*(?:theo|can cu|tren co so|trong|phoi|chu|khan|co |to chuc|nghiem|tiep|day|tang|xay|ra soat|thuc|trien|de |truoc|cham nhat|muon nhat|den |vao |ngay |dinh ky|hang|bao cao|trinh|voi )",
        text.f[after : after + 40].strip(),
    ):
        joined = comma_in(text, found, after, end)
        return Actors(tuple(joined), "subject", joined[-1].end) if joined else None
    return Actors(tuple(found), "subject", after)


_FIELD_NEXT = re.compile(
    r", (?:chuyen doi so|khoa hoc|cong nghe|dao tao|thong tin|truyen thong|tuyen truyen|to chuc can bo) "
)
""" "Ban Công nghệ, chuyển đổi số và …": the second field of an office, which else begins an order."""
_GIVES_ON = re.compile(
    r"\s*(?:phan cong|giao) (?!(?:cac )?(?:nhiem vu|trach nhiem|cong viec)\b|cu the|nhu sau|cho\b|ban\b)[^\W\d]"
)
""" "Các phòng phân công trực, gửi danh sách …": nobody is named behind it, so they act themselves."""
_MERE = re.compile(r"(?:co quan|don vi|dau moi|bo phan)(?: thuong truc| dau moi| chu tri| tham muu)?")
_HELPS = re.compile(r"\s*(?:thuong truc |dau moi |chu tri )?(?:tham muu )?,? ?(?:giup|cua|cho)\b")
""" "Cơ quan giúp UBND tỉnh điều phối …": says what those named above are, and names nobody."""
_UNDER = re.compile(
    r"(?:dong chi |d c )?(?:pho(?! (?:thu tuong|chu tich (?:ubnd|uy ban|nuoc|quoc)|bo truong))|hieu pho|to|to truong|truong phong|phong)\b"
)
"""Who is told to give work on, and does not speak for the letter: "Đồng chí Phó Hiệu trưởng phân công giáo viên …"."""
_PERSON = re.compile(r"(?:dong chi|d c|ong|ba|thay|co|anh|chi)\b")


def _after_comma(text: Text, start: int, end: int, *, own: bool = False) -> Actors | None:
    """An actor after an opening phrase: "Để xác định vị trí, UBND tỉnh phối hợp …", "Trên cơ sở đó, giao X …"."""
    sentence = _SENTENCE.search(text.s, start, end)
    limit = min(sentence.start() if sentence else end, start + 700)
    passed = listed(text, start, limit)
    for match in re.compile(r"[,:;]\s+").finditer(text.f, start, limit):
        at = every(text, match.end(), end)
        if any(a <= at < b for a, b in passed):
            continue
        found = _ordered(text, at, end, own=own)
        if found:
            return found
        named, after = ([], at) if own else common_noun(text, at, end)
        if named:
            return Actors(tuple(named), "subject", after)
        if text.s[at].isupper() or text.f.startswith(("cac ", "lanh dao ", "don vi "), at):
            found = _subject(text, at, end)
            if found is None and narrates(text, at, end):
                return None
            if found and (found.how == "order" or (found.how == "subject" and _acts_next(text, found.end, end))):
                return found
    return None


_SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[\d)”]))\.\s+(?=[A-ZĐ])")
"""The end of a sentence, after no abbreviation ("TP. Huế")."""


_BY_CHARGE = re.compile(
    r"\s*,?\s*(?:theo|can cu|tren co so)\s+chuc nang,?(?: va)?(?: nhiem vu)?(?:,? tham quyen)?(?: (?:duoc giao|cua minh|quan ly|duoc phan cong))*\s*,?\s*"
)
""" "các sở, ngành theo chức năng, nhiệm vụ được giao phối hợp …": between a body and its order."""


def _acts_next(text: Text, at: int, end: int) -> bool:
    """Whether an order, not a mere description, follows a name in the middle of a sentence."""
    charge = _BY_CHARGE.match(text.f, at, end)
    at = charge.end() if charge else at
    joined = _JOINED.match(text.n, at, end)
    at = names(text, joined.end(), end)[1] if joined else at
    tokens = text.words(at, end, 4)
    if tokens and tokens[0].n in ("còn", "cũng", "phải", "cần"):
        tokens = tokens[1:]  # "…, Công an tỉnh còn có trách nhiệm …"
    if not tokens or not tokens[0].word:
        return False
    if (
        tokens[0].n in words.LINKS
        and not _IS_CHARGED.match(text.f, at, end)
        and pair_at(tokens, 0) != "theo doi"
        and pair_at(tokens, 0) not in words.HAVE_TO
    ):
        return False
    return ends(tokens, 0, False) and pair_at(tokens, 0) not in (
        "cu the",
        "nhu sau",
        "ket qua",
        "trong do",
        "tinh hinh",
    )


_IS_CHARGED = re.compile(r"\s*la (?:chu dau tu|dau moi|don vi|co quan)\b")
""" "UBND xã A là chủ đầu tư, phải chọn nhà thầu …"."""
_JOINED = re.compile(r"\s*,?\s*cùng(?:\s+với)?\s+(?=\w)")


def _responsible(text: Text, start: int, end: int) -> Actors | None:
    found, after = charged(text, start, end)
    return Actors(tuple(found), "order", after) if found else None

"""What about a task that was read looks unsure: names cut short or grown too long, and clauses parted on thin ground."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.bodies.expansion import Name
from letters.bodies.extent import known_whole
from letters.bodies.names import names
from letters.bodies.openings import skip
from letters.clauses.drafts import Draft
from letters.clauses.paragraphs import Body
from letters.doubts.missing import SIGNS
from letters.text import words
from letters.text.compare import UPPER, fold
from letters.text.lines import repair
from letters.text.syllables import is_syllable
from letters.text.vocabulary import DETERMINERS, FIELDS, HEADS, begins, ends, pair_at, starts_body

LONG_NAME = 12
"""Words after which a body's name is likely to have swallowed something."""

_BARE = frozenset(
    (
        *(
            "so",
            "bo",
            "truong",
            "van phong",
            "ban",
            "phong",
            "trung tam",
            "cuc",
            "co quan",
            "don vi",
            "cac hoi",
            "cac",
            "to",
            "tinh",
        ),
        *(
            "thi xa",
            "thanh pho",
            "huyen",
            "uy ban nhan dan",
            "ubnd",
            "hoi",
            "vu",
            "chi cuc",
            "cong ty",
            "uy ban",
            "doan",
            "giam doc",
            "thu truong",
            "chu tich",
            "cac co so",
            "cac to chuc",
        ),
    )
)
"""Nouns that name nobody by themselves: the rest of the name was lost."""


def weigh(draft: Draft, body: Body) -> None:
    """Doubts about names that look wrong, and about "phối hợp" that named nobody."""
    for field, found in (("lead", draft.lead), ("coordinate", draft.coordinate)):
        if any(_odd_end(name, body) or _odd_word(name.text) or fold(name.text) in _BARE for name in found):
            draft.doubt(field, f"{field}_unsure")
        elif any(_list_goes_on(name, found, body) or cut_short(name, body) for name in found):
            draft.doubt(field, f"{field}_cut")
    helps = any(_HELPED.search(body.f, a, b) for a, b in draft.parts)
    if helps and not draft.coordinate:
        draft.doubt("coordinate", "coordinate_unsure")
    if late(draft, body):
        draft.doubt("deadline", "deadline_unsure")
    if draft.how in ("", "inherited") and begins_with_body(draft, body):
        draft.doubt("lead", "lead_unsure")
    if draft.how in ("", "inherited"):
        stuck = draft.parts and _STUCK.match(body.s, draft.parts[0][0])
        if stuck or (not draft.deadline and _names_later(draft, body)):
            draft.doubt("lead", "lead_unsure")


_STUCK = re.compile(rf"[\W\d]{{0,8}}[{UPPER}][^\W\d_]+\.[^\W\d_]+\s")
""" "3: Công.an tỉnh điều tra …": a scan's point between the words of whoever was to be named."""


def _list_goes_on(name: Name, found: Sequence[Name], body: Body) -> bool:
    """Whether a capital behind a comma stands where a list of bodies was left: "Công an thành phố, Chỉ cúc …"."""
    more = _NEXT_ONE.match(body.s, name.end) if name.end else None
    return more is not None and all(other.start != more.end() for other in found)


_NEXT_ONE = re.compile(rf",\s+(?=[{UPPER}][^\W\d_]+\s)")
_HELPED = re.compile(
    r"\bphoi hop(?: [^\W\d_]+){0,4} (?:voi|cung)\b\s*:?\s*(?!nhau|viec|cap\b|ung\b)\S|\bchu tri,? cung (?!ky|cap)"
    r"|\b(?:voi|co) su (?:tham gia|phoi hop) cua\b|\b(?:don vi|co quan) phoi hop\s*:\s*\w"
)
""" Words that name who helps; where nobody was read behind them, somebody was missed."""


def _odd_end(name: Name, body: Body) -> bool:
    """Whether a name is too long, holds another after a comma ("Sở A, chính quyền địa phương"), ends in a word that
    wants another ("các cơ quan quản lý", "Trung tâm Tin học và Công"), or before a full stop in mid-list."""
    long = len(_USUAL.sub("x", fold(name.text)).split()) > LONG_NAME
    if (
        ((long or _TWO.match(name.text) or _past_field(name.text)) and not known_whole(name.text))
        or _CHARGED.search(fold(name.text))
        or _STRAY.search(name.text)
        or _HELD.match(name.text)
        or (name.text.islower() and _PHRASE.search(fold(name.text)))
    ):
        return True
    after = body.s[name.end : name.end + 3]
    if not name.end or not after:
        return False
    if _WORN_AND.match(body.s, name.end):
        return True
    if re.match(r"\. [^\W\d_A-ZĐÀ-Ỹ]", after):
        return True
    goes_on = bool(re.match(r" [^\W\d_]", after)) and after[1].islower()
    return goes_on and bool(_WANTS.search(fold(name.text)) or _HALF.search(name.text))


_CHARGED = re.compile(
    r"^(?!cac |nhung ).*\bduoc (?:giao|phan cong|chon) (?:lam|chu tri|theo doi|thuc hien|tong hop|phu trach)\b"
)
""" "Sở Y tế được giao làm đầu mối …": the order is likely to have been taken into the name."""
_NEVER_CUT = frozenset(("so", "bo", "cong", "thanh", "van", "thue"))
"""Bodies whose names end with a field or a place: Sở, Bộ, Công an, Thanh tra, Văn phòng."""
_LINKED = ("ve", "cua", "thuoc", "cho")


def cut_short(name: Name, body: Body) -> bool:
    """Whether the word right behind a name may still belong to it: what a plural does for a living ("các cơ sở | cung cấp
    dịch vụ"), a trade, "về", "của", or "và" with no body after it."""
    tokens = body.words(name.end, min(len(body.s), name.end + 60), 4)
    if not name.end or len(tokens) < 3 or body.s[name.end : tokens[0].start].strip(" ") or not tokens[0].lower:
        return False
    if tokens[0].f in _LINKED and tokens[0].n in ("về", "của", "thuộc", "cho"):
        return True
    if pair_at(tokens, 1) == "chu tri" and tokens[0].n not in _BEFORE_LEADING:
        return True  # "Vụ Kiểm soát chỉ chủ trì": a scan's "chi"
    folded = fold(name.text)
    if folded.split()[0] in _NEVER_CUT or folded.endswith(("lien quan", "dia ban", "truc thuoc")):
        return False
    if (tokens[0].n == "bằng" and tokens[1].lower) or (tokens[0].n == "từ" and tokens[1].s.isdecimal()):
        return True  # "hộ kinh doanh vận tải | bằng xe ô tô niêm yết …", "các hộ chăn nuôi | từ 100 con lợn trở lên đăng ký"
    if tokens[0].n == "và":
        return tokens[1].lower and not begins(tokens, 1, loose=True) and not ends(tokens, 1, False)
    pair = pair_at(tokens, 0)
    return pair in words.PLURAL_AFTER & words.ACTIVITIES - words.EITHER and folded.startswith(("cac ", "nhung "))


_BEFORE_LEADING = ("là", "phải", "sẽ", "được", "để", "cần", "tiếp", "và", "giao", "làm", "cùng", "trực")
_USUAL = re.compile(
    r"\b(?:uy ban nhan dan|truc thuoc trung uong|ban quan ly du an|dau tu xay dung|khoa hoc va cong nghe"
    r"|bao hiem xa hoi|lao dong thuong binh va xa hoi"
    r"|nong nghiep va (?:moi truong|phat trien nong thon)|cac tinh thanh pho|xa phuong|tren dia ban)\b"
)
"""Long words of long names that are nothing odd."""


def _past_field(name: str) -> bool:
    """Whether a name goes on with another after the field that ends it: "Bộ Quốc phòng, Bồ Công an" (worn "Bộ")."""
    tokens = repair(name).words(0, len(name), LONG_NAME)
    noun = HEADS.match(tokens, 0)
    field = FIELDS.match(tokens, noun) if noun else 0
    end = noun + field
    if not field or end + 1 >= len(tokens) or not (tokens[end].s == "," or tokens[end].n == "và"):
        return False
    return starts_body(name[tokens[end + 1].start :]) or DETERMINERS.match(tokens, end + 1) > 0


_WORN_AND = re.compile(r" v(?!à|ề|ới|ào|ì|iệc)[^\W\d_]{1,2} (?=[A-ZĐ])")
""" "Sở Thông tin vả Truyền thông": the name goes on."""


def late(draft: Draft, body: Body) -> bool:
    """Whether words that begin a time limit stand in a task that has none: the day may be worn."""
    return draft.deadline is None and any(_LATE.search(body.f, a, b) for a, b in draft.parts)


_LATE = re.compile(
    r"\b(?:truoc|cham nhat(?: la| den| vao)?|den het|han chot(?: la)?)\s+(?:het )?ngay\s+(?=\S*\d|\S{1,3} thang)"
    r"|\b(?:gui|nop|hoan thanh|xong)\b(?![^.;]{0,70}\b(?:so \d|den|tu) )[^.;\d]{0,60} ngay \d{1,2}/\d{1,2}(?:/20\d\d)?(?! cua )"
    r"|\b(?:xong|hoan thanh|gui|bao cao) truoc\W*$|\bcung thoi (?:han|diem|gian)\b|\bthoi (?:han|gian) (?:neu |noi )?tren\b"
    r"|\b(?:xong|hoan thanh)\b[^.;]{0,40}\btruoc (?:tet|ky hop|mua|khai giang|khi|ngay (?!\d))"
    r"|\btruoc (?:tet nguyen dan|them nam hoc|khai giang|mua (?:mua|bao|lu|kho)|ky hop|khi ket thuc nam hoc)\b"
    r"|\btruoc ngay (?:khai|hop|hoi nghi|le|tet|bau cu)\b"
)


def _odd_word(name: str) -> bool:
    """Whether a name holds a word that no Vietnamese would write ("Sở Fư pháp"), or a sign of a scan."""
    found = re.findall(r"[^\W\d_]+", name)
    spelled = all(is_syllable(w) or fold(w) in _HIGHLANDS for w in found if not w.isascii() and w.istitle())
    return bool(SIGNS.search(name)) or not spelled


_HIGHLANDS = frozenset(
    ("dak", "krong", "drak", "prong", "pah", "puh", "pac", "lak", "duc", "ro", "glong", "mdrak", "dong")
)
"""Words of the highlands' place names, spelled unlike the rest: Đắk Lắk, Krông Nô, Chư Păh."""


_PHRASE = re.compile(r"^(?!cac |nhung |moi |tung |luc luong ).* (?:tai|cho|de|vao) ")
""" "công an chốt chặn tại các ngầm": a sentence, no name."""
_STRAY = re.compile(r"^(?:Sở|Bộ|Công an|Thanh tra)\s.*[^\W\d] \d$")
""" "Sở Tài chính 1": a speck of a scan."""
_HELD = re.compile(r"Tổ chức (?:Tết|Lễ|Hội|Ngày|Tuần|Tháng|Đại hội|Chương trình|Giải|Cuộc|Đoàn)\b")
""" "Tổ chức Tết trồng cây": an act, no body."""
_TWO = re.compile(r"(?!(?:[Cc]ác|[Nn]hững|UBND|Ủy ban|Uỷ ban)\b)[^,()]+, [a-zđà-ỹ]{2,}[^,()]* và [a-zđà-ỹ]")
_WANTS = re.compile(
    r"(?:\bquan ly|\bdau moi|\bhoat dong|\bpham vi|\bthuoc|\bnha thau|\bduoc(?: giao| phan cong| chon| cu| uy quyen)?|\bdu|\bco)$"
)
_HALF = re.compile(r" và [A-ZĐÀ-Ỹ][a-zà-ỹ]*$")


def hardly_orders(drafts: Sequence[Draft]) -> bool:
    """Whether most clauses name nobody, nor does the lead-in, and none has a time limit: perhaps an explanation."""
    assumed = sum(any(code == "lead_assumed" for _, code, _ in draft.doubts) for draft in drafts)
    return assumed * 2 > len(drafts) and not any(draft.deadline for draft in drafts)


def begins_with_body(draft: Draft, body: Body) -> bool:
    """Whether a clause that names no lead begins with a body all the same: "UBND cấp xã nơi có bến đò lập danh sách"."""
    found, _ = names(body, skip(body, draft.start, draft.end), draft.end)
    return bool(found) and all(fold(n.text) not in {fold(m.text) for m in draft.lead} for n in found)


def _names_later(draft: Draft, body: Body) -> bool:
    """Whether a sentence of a clause that names no lead begins with a body all the same."""
    return any(
        names(body, a + m.end(), b)[0] for a, b in draft.parts for m in re.finditer(r"[.;:]\s+(?=\w)", body.s[a:b])
    )

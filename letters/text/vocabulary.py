"""The noun a body's name begins with, and the word its order begins with: lookups over tokens.

Forgives one lost accent in a word of a phrase; a lone short word must be as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.text import offices, words
from letters.text.compare import flat, tone
from letters.text.gazetteer import known
from letters.text.kinds import SLASHED, society
from letters.text.phrases import Tree
from letters.text.spelled import SPELLED, meet
from letters.text.views import Token

_FLAT_HEADS = re.compile(
    r"\W{0,8}(?:"
    + "|".join(sorted({flat(w) for w in (*words.HEADS, "thu tuong", "uy", "thuong truc")}, key=len, reverse=True))
    + r")\b"
)


def starts_body(text: str) -> bool:
    """Whether a line of a letterhead begins with a body's noun, accents or not ("SƠ Y TE")."""
    return bool(_FLAT_HEADS.match(flat(text)))


HEADS = Tree((*words.HEADS, *SLASHED))
OFFICES = Tree(tuple({*words.OFFICES, *(f"phó {office}" for office in words.OFFICES if not office.startswith("phó"))}))
DETERMINERS = Tree(words.DETERMINERS)
PLAIN = Tree(words.PLAIN)
PERSONS = Tree(words.PEOPLE)
NOT_BODIES = Tree(words.NOT_BODIES)
_FIELDS = (*words.FIELDS, *(name.strip() for name in " ".join(offices.NAMED.split()).split("|")))
FIELDS = Tree(
    (
        *_FIELDS,
        *(field.replace(" - ", "-") for field in _FIELDS if " - " in field),
        *(field.replace(" - ", " ") for field in _FIELDS if " - " in field),
        *(field.replace(" và ", " ") for field in _FIELDS if " và " in field),
    ),
    long=True,
)
ENDS_1 = frozenset(tone(w) for w in words.ENDS_1)
ENDS_2 = frozenset(w for w in words.ENDS_2)
FIRM = frozenset(
    (
        "chu tri",
        "phoi hop",
        "khan truong",
        "co trach",
        "can cu",
        "tiep tuc",
        "chu dong",
        "bao cao",
        "ra soat",
        "thuc hien",
        "trien khai",
        "thuong xuyen",
    )
)


def begins(tokens: Sequence[Token], at: int, *, loose: bool = False) -> bool:
    """Whether a body's name begins here. `loose`: after "giao", "phối hợp với", where any noun or proper name may."""
    if at >= len(tokens) or not tokens[at].word:
        return False
    skip = DETERMINERS.match(tokens, at)
    if skip:
        thing = NOT_BODIES.match(tokens, at + skip) and tokens[at + skip].n not in ("tổ", "khu", "đoàn", "viên")
        honours = tokens[at].n == "quý" and tokens[at].s[0].isupper()
        quarter = at + 1 < len(tokens) and re.match(r"(?:i{1,3}|iv|[1-4])(?!\w)", tokens[at + 1].f)
        return (begins_noun(tokens, at + skip) and not thing) or (honours and not quarter)
    office = OFFICES.match(tokens, at)
    if (
        office == 1
        and tokens[at].f == "truong"
        and not DETERMINERS.match(tokens, at + 1)
        and not HEADS.match(tokens, at + 1 + sum(t.s.isdecimal() for t in tokens[at + 1 : at + 2]))  # "Trưởng 14 khu"
    ):
        return False
    if office:
        return loose or not tokens[at].lower or bool(DETERMINERS.match(tokens, at + office))
    if worn_noun(tokens, at):
        return True
    if tokens[at].n == "cấp" and not (at + 1 < len(tokens) and tokens[at + 1].n in ("ủy", *_LEVELS)):
        return False  # "Cấp phát gạo"
    if HEADS.match(tokens, at):
        return not NOT_BODIES.match(tokens, at) and (loose or (not tokens[at].lower and not _mere_noun(tokens, at)))
    if tokens[at].lower or tokens[at].s.isdecimal():
        return False
    return loose or known().match(tokens, at)[0] > at + 1


def begins_noun(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and bool(HEADS.worn(tokens, at) or OFFICES.match(tokens, at))


_ROLES = ("chu tri", "phoi hop", "thuc hien", "dau moi")
""" "Đơn vị phối hợp: X" names a role."""

_SITES = ("chợ", "bệnh", "trường", "khu", "cụm", "ngành", "hệ", "khối")


def within(tokens: Sequence[Token], i: int) -> bool:
    """ "trong tỉnh", "trong cả nước": where the bodies are."""
    following = tokens[i + 1].n if i + 1 < len(tokens) else ""
    return tokens[i].n == "trong" and following in ("tỉnh", "huyện", "xã", "thành", "toàn", "cả", "vùng", *_SITES)


_LEVELS = (
    *("tỉnh", "huyện", "xã", "cơ", "trên", "dưới", "phường", "trung", "thành", "thôn", "ủy", "có", "bộ", "sở"),
    "quốc",
)


def is_role(tokens: Sequence[Token], at: int) -> bool:
    """Whether a role of a plan's sheet stands here ("Đơn vị phối hợp: …"), no body."""
    return pair_at(tokens, at) in ("don vi", "co quan", "bo phan", "lanh dao") and pair_at(tokens, at + 2) in (
        *_ROLES,
        "phu trach",
    )


def _mere_noun(tokens: Sequence[Token], at: int) -> bool:
    """A lone common noun that names nobody: "Tổ chức thực hiện", "Doanh nghiệp có thu nhập", "Báo cáo"."""
    plain = PLAIN.match(tokens, at)
    following = at + (plain or HEADS.match(tokens, at))
    if following >= len(tokens):
        return bool(plain)
    if tokens[at].f == "to" and tokens[following - 1].f == "chuc" and not tokens[following].lower:
        act = tokens[following].word and not society(tokens[following].n, pair_at(tokens, following))
        return act or tokens[following].s in ("“", '"')
    if pair_at(tokens, at) == "thanh tra" and following == at + 2 and tokens[following].s[0].isdecimal():
        return True  # "Thanh tra 05 dự án"
    if tokens[at].f == "to" and tokens[following - 1].f == "chuc":
        return tokens[following].f not in ("chinh", "xa") and pair_at(tokens, following) != "doan the"
    if not plain or not tokens[following].lower:
        return bool(plain) and not tokens[following].word and tokens[following].s not in ",:("
    if pair_at(tokens, at) in ("don vi", "co quan") and pair_at(tokens, following) in _ROLES:
        return True
    return (
        tokens[following].n in ("có", "kinh", "sản", "chi", "nào", "đó", "do", "này", "phải")
        and pair_at(tokens, following) != "co trach"
    )


def worn_noun(tokens: Sequence[Token], at: int) -> bool:
    """ "So Tài chính": a short noun that lost its marks is known by the field after it."""
    return (
        tokens[at].f in ("so", "bo", "phong", "cuc", "vu")
        and not tokens[at].lower
        and bool(FIELDS.match(tokens, at + 1))
    )


def pair_at(tokens: Sequence[Token], i: int) -> str:
    """Two words, flat; "" where their marks say that they only meet by chance: "Nghệ | An tăng | cường"."""
    if i + 1 >= len(tokens):
        return ""
    pair = f"{tokens[i].f} {tokens[i + 1].f}"
    return "" if pair in SPELLED and meet(tokens, i) else pair


def _whole(tokens: Sequence[Token], i: int) -> bool:
    return i + 1 < len(tokens) and f"{tokens[i].n} {tokens[i + 1].n}" in _WHOLE


_WHOLE = frozenset(tone(pair) for pair in words.WHOLE)


def ends(tokens: Sequence[Token], i: int, relative: bool) -> bool:
    """Whether the order, or another part of the sentence, begins at token i."""
    if i >= len(tokens):
        return False
    token = tokens[i]
    pair = pair_at(tokens, i)
    if pair == "thong bao" and tokens[i + 1].n == "bảo":
        return False  # "các trường phổ thông bảo đảm …"
    if not token.lower:
        return pair in FIRM or bool(re.fullmatch(r"\d{1,2}[/.]\d{1,2}.*", token.s))
    if _whole(tokens, i) or (i and _whole(tokens, i - 1)):
        return False
    if pair in ("co lien", "theo nganh", "theo doi") and pair != "theo doi":
        return False
    if token.n == "công" and i and tokens[i - 1].n in _PUBLIC and pair_at(tokens, i + 1) in ENDS_2:
        return False  # "Trung tâm Phục vụ hành chính công | bố trí"
    if pair == "thuong xuyen" and i > 1 and pair_at(tokens, i - 2) == "giao duc":
        # "Trung tâm giáo dục thường xuyên", "các cơ sở giáo dục | thường xuyên cập nhật"
        return i > 3 and pair_at(tokens, i - 4) == "co so" and pair_at(tokens, i + 2) in ENDS_2
    if pair == "thong tin":
        return i + 2 < len(tokens) and tokens[i + 2].n in _TOLD and pair_at(tokens, i - 2) not in _INFORMED
    if relative:
        return pair in FIRM or pair in ("co y", "bao dam", "dam bao")
    if token.n == "có":
        return pair != "co lien" and pair != "co tham" and pair != "co chuc" and pair != "co tru"
    if token.n == "là":
        return pair not in ("la to", "la thanh", "la doanh", "la nguoi")
    if token.n == "cấp" and i and (not tokens[i - 1].lower or tokens[i - 1].n in ("tỉnh", "xã", "phường", "phố")):
        return not (i + 1 < len(tokens) and tokens[i + 1].n in _LEVELS)
    if token.n == "tại":
        return not (i + 1 < len(tokens) and tokens[i + 1].n in ("các", "địa", "tỉnh", "huyện", "xã", "phường", "việt"))
    if within(tokens, i):
        return False
    if token.n == "trên":
        if i and tokens[i - 1].n in ("nêu", "kể", "nói", "ở"):
            return False
        return pair != "tren dia" and pair != "tren toan" and not (i + 1 >= len(tokens) or not tokens[i + 1].word)
    if i and tokens[i - 1].n == "là":
        return False
    if (
        (token.n in ("nêu", "tương") and pair not in ENDS_2)
        or pair == "lien quan"
        or pair in ("truc thuoc", "dong tren", "dong tai", "dong quan", "bo doi")
    ):
        return False
    if token.n in ENDS_1:
        half = i > 0 and pair_at(tokens, i - 1) in words.COMPOUNDS
        taken = _taken(tokens, i)
        return pair not in words.COMPOUNDS and (not half or taken)
    if i and pair_at(tokens, i - 1) in words.COMPOUNDS and not _named_off(tokens, i):
        return False
    if pair == "thuong truc" and i + 2 < len(tokens) and tokens[i + 2].f in ("cap", "24", "24/24", "24/7", "san"):
        return True  # "Bệnh viện … thường trực cấp cứu 24/24 giờ"
    if pair in ENDS_2:
        if not tokens[i + 1].lower and tokens[i + 1].f != "ubnd":
            return False  # "Công ty Cổ phần Cấp nước"
        return not (pair == "to chuc" and _noun_tochuc(tokens, i)) and pair != "thuong truc"
    return False


_TOLD = (
    "kịp",
    "cho",
    "đến",
    "tới",
    "về",
    "rộng",
    "tuyên",
    "đầy",
    "thường",
    "công",
    "nhanh",
    "chính",
    "những",
    "bằng",
    "để",
)
_INFORMED = ("cong nghe", "he thong", "an toan", "mang luoi")
""" "Báo Lạng Sơn | thông tin kịp thời …"; "Trung tâm Công nghệ thông tin"."""
_PUBLIC = ("chính", "nghiệp", "vụ")
_NAMED_OFF = ("nguoi dan", "cong dan", "nhan dan", "chinh cong", "vu cong", "truyen thanh", "phat thanh", "dau tu")


def _named_off(tokens: Sequence[Token], i: int) -> bool:
    """Whether a name ends with the two words before, so that neither is half of the next: "Phòng Tiếp công dân | vận …"."""
    return i > 1 and pair_at(tokens, i - 2) in _NAMED_OFF


def _taken(tokens: Sequence[Token], i: int) -> bool:
    """ "nhà thầu thi công | lập phương án": no "công lập"."""
    return i > 1 and (pair_at(tokens, i - 2) in words.ENDS_2 or _named_off(tokens, i))


def _noun_tochuc(tokens: Sequence[Token], i: int) -> bool:
    """ "tổ chức" as a noun: "các cơ quan, tổ chức", "tổ chức chính trị"."""
    before = tokens[i - 1].s if i else ""
    after = tokens[i + 2].f if i + 2 < len(tokens) else ""
    if before == ";" and after == "dai":
        return True  # "…; tổ chức đại diện doanh nghiệp"
    return (before in ",/" or tokens[i - 1].n in ("các", "và")) and after in (
        "chinh",
        "",
        ",",
        "co",
        "lien",
        "doan",
        "xa",
        ";",
        "va",
        "tren",
        "thuoc",
        "ca",
        "khac",
    )

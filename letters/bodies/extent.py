"""Where the noun that a body's name begins with ends, what belongs to it at once, and when a name is complete.

A name of the gazetteer (letters/text/gazetteer.py) is sure; of any other the words tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.bodies.parts import INSPECTS, PLACE_NOUNS, YOUTH, organises, proper_ends
from letters.bodies.trades import is_order
from letters.text import words
from letters.text.gazetteer import Gazetteer, known
from letters.text.lines import repair
from letters.text.views import Token
from letters.text.vocabulary import (
    DETERMINERS,
    ENDS_1,
    ENDS_2,
    FIELDS,
    FIRM,
    HEADS,
    OFFICES,
    begins_noun,
    ends,
    pair_at,
    within,
    worn_noun,
)

_SERVED = frozenset(("giao duc", "dao tao", "chua benh"))
_LONG_FIELD = 3
"""Words of a field that stands for itself without a capital: "cơ quan kế hoạch và đầu tư đồng cấp"."""


def complete(tokens: Sequence[Token], at: int, i: int, whole: int) -> bool:
    """After "UBND tỉnh", "các xã, phường", "Sở Tài chính" any other lower-case word begins the order."""
    if i > at and tokens[i].n == "các" and tokens[i - 1].n in PLACE_NOUNS:
        return True  # "báo cáo UBND tỉnh các khó khăn, vướng mắc"
    if i > at and pair_at(tokens, i) == "so lieu":
        return True  # "gửi UBND tỉnh số liệu …"
    if tokens[i].s in ("la", "1a") and i + 1 < len(tokens) and not tokens[i + 1].lower:
        return False  # "xã la Krêl": a scan's "Ia"
    if tokens[i].n == "trên" and pair_at(tokens, i) == "tren dia" and tokens[at].n in ("sở", "bộ"):
        return FIELDS.match(tokens, at + 1) == i - at - 1 > 0  # "Sở Tài chính trên địa bàn"
    named = tokens[i].n in words.QUALIFIERS and not (tokens[i].n == "số" and not tokens[i + 1 : i + 2])
    if named and tokens[i].n == "số" and not (tokens[i + 1].s[0].isdecimal() or tokens[i + 1].s.isupper()):
        named = False  # "báo cáo Ban Chỉ đạo tỉnh số ca mắc"
    if i <= at or not tokens[i].lower or named or within(tokens, i):
        return False
    if tokens[i - 1].n in PLACE_NOUNS and pair_at(tokens, i - 1) not in (
        "xa hoi",
        "khu vuc",
        "thi truong",
        "thanh tra",
        "pho thong",
    ):
        return pair_at(tokens, i - 2) != "tac xa"
    if proper_ends(tokens, at, i) or _numbered(tokens, at, i):
        return True
    if whole and (i == whole or (i >= whole + 2 and all(tokens[k].s.istitle() for k in (i - 2, i - 1)))):
        return True
    noun = at + DETERMINERS.match(tokens, at)
    noun += HEADS.match(tokens, noun)
    fields = FIELDS.match(tokens, noun) if noun < len(tokens) and not tokens[noun].lower else 0
    return fields > 0 and noun + fields == i and pair_at(tokens, i) not in STILL_OF_IT


def _numbered(tokens: Sequence[Token], at: int, i: int) -> bool:
    """Whether a name ends with its number: "Kho bạc Nhà nước khu vực VI | thanh toán", "Ban Chỉ huy Phòng thủ khu vực 2 | …"."""
    if i < at + 3 or tokens[i - 2].n not in ("vực", "vùng", "số", "cụm") or pair_at(tokens, i) in STILL_OF_IT:
        return False
    if not tokens[i - 3].word:
        return False  # "Ban Quản lý các KCN, số 10 đường Mẫu": an address
    sign = tokens[i - 1].s
    return (sign.isdecimal() or bool(_ROMAN.fullmatch(sign))) and tokens[i].n not in ("thuộc", "trực", "tại", "chi")


_ROMAN = re.compile(r"[IVX]{1,5}")
STILL_OF_IT = (
    *("chi nhanh", "phan hieu", "khu vuc", "co so", "trung uong", "quoc gia", "viet nam", "nha truong", "giup viec"),
    *("lien quan", "tuong duong", "lan can", "dong cap", "dia phuong", "hai cap", "cong lap"),
)
"""What may follow a whole name and still belong to it: "Trường Đại học Nông Lâm phân hiệu …"."""


def noun_end(tokens: Sequence[Token], at: int, own: Gazetteer | None = None) -> tuple[int, int]:
    """Index after determiner, office and noun, with what may follow them at once and still belong to the name; and the
    same index again where the gazetteer, or the letter's `own`, knows that the name is whole there, else 0."""
    i = at + DETERMINERS.match(tokens, at)
    plural = i > at
    end, whole = known_end(tokens, i, own)
    office = OFFICES.match(tokens, i) if end == i else 0
    while office:
        i += office
        i += (skip := DETERMINERS.match(tokens, i))
        if skip and not begins_noun(tokens, i):
            return i - skip, 0  # "báo cáo Phó Thủ tướng | những vấn đề phát sinh"
        end, whole = known_end(tokens, i, own)
        office = OFFICES.match(tokens, i) if end == i else 0
    if end > i:
        return end, end if whole else 0
    return _unknown_end(tokens, at, i, plural), 0


def _unknown_end(tokens: Sequence[Token], at: int, i: int, plural: bool) -> int:
    """The same for a name whose noun stands at i and that no list knows."""
    worn = plural and pair_at(tokens, i) not in words.ENDS_2
    noun = (HEADS.worn(tokens, i) if worn else HEADS.match(tokens, i)) or int(i < len(tokens) and worn_noun(tokens, i))
    if not noun or (i > at and not plural and organises(tokens, i)):
        return max(i, at + 1)
    proper = not tokens[i].lower and not plural
    many = plural or bool(DETERMINERS.match(tokens, i - 1))  # "Thủ trưởng các đơn vị tổ chức rà soát"
    if many and noun == 4 and pair_at(tokens, i + 2) == "to chuc" and tokens[i + 4 : i + 5] and tokens[i + 4].lower:
        return i + 2  # "Các đơn vị tổ chức trực ban"
    i += noun
    fields = FIELDS.match(tokens, i)
    if fields and (not tokens[i].lower or (fields > _LONG_FIELD and tokens[i - 1].n == "quan")):
        return i + fields
    plural = plural and tokens[at].n != "quý"  # "Quý Ủy ban" is one
    after = words.PLURAL_AFTER if plural else words.NAMED_AFTER if proper else frozenset[str]()
    pair = pair_at(tokens, i)
    contractor = noun > 3 and tokens[at].n in ("đơn", "nhà")  # "Đơn vị tư vấn giám sát kiểm tra …"
    whole = tokens[at].n in ("chủ", "nhân") or pair_at(tokens, i - noun) == "van phong"
    if plural and tokens[i - noun].n == "chủ":
        return i  # "các chủ đầu tư đầu tư trang thiết bị"
    if proper and (contractor or whole or (noun > 2 and tokens[i - 1].n in PLACE_NOUNS)):
        return i  # "Chủ đầu tư chỉ đạo các nhà thầu …", "Thống kê tỉnh tổ chức …": whole as it stands
    if noun == 1 and pair in ("tham dinh", *INSPECTS) and tokens[i].lower and tokens[i - 1].n in ("sở", "bộ"):
        return i  # "gửi Sở thẩm định"
    if "/" in tokens[i - noun].s and pair in ENDS_2:
        return i  # "Khoa/Viện tổ chức …"
    if pair == "chi dao" and plural and tokens[i - 1].n in _SMALL:
        return i  # "Các khoa chỉ đạo giáo viên …"; "các ban chỉ đạo", "các cơ quan chỉ đạo" are bodies
    if (noun > 3 and pair in INSPECTS) or pair_at(tokens, i - noun) in YOUTH:
        return i  # "Bảo hiểm xã hội kiểm tra …", "Tỉnh đoàn hướng dẫn …"
    if plural and noun > 3 and pair_at(tokens, i - 2) not in (words.PLURAL_AFTER | words.ACTIVITIES) - _SERVED:
        return i  # "các lực lượng chức năng cung cấp …"
    if pair in after and tokens[i].lower and pair not in FIRM and not is_order(tokens, i, pair, plural):
        i += 2
        if (
            i < len(tokens)
            and tokens[i].n == "và"
            and pair_at(tokens, i + 1) in words.NAMED_AFTER
            and ends(tokens, i + 3, False)
        ):
            i += 3
    return i


_SMALL = ("khoa", "phòng", "trường", "viện", "sở", "cục", "vụ", "tổ", "trạm", "xã", "phường", "huyện", "nhà")
_OBVIOUS, _SPOKEN = 5, 4
"""Words from which a name of the gazetteer is known without a capital, and with its noun's alone where an order could
stand behind that noun ("Phòng tổ chức …")."""


def known_end(tokens: Sequence[Token], at: int, own: Gazetteer | None = None) -> tuple[int, bool]:
    """Where the name of the gazetteer ends that begins here, and whether it is whole there; (at, False) for none."""
    end, whole = known().match(tokens, at)
    if own:
        end, whole = max((end, whole), own.match(tokens, at))
    if end < at + 2:
        return at, False
    if tokens[at + 1].lower and (
        (tokens[at].lower and end - at < _OBVIOUS)
        or (end - at < _SPOKEN and (pair_at(tokens, at + 1) in ENDS_2 or tokens[at + 1].n in ENDS_1))
    ):
        return at, False
    return end, whole


_ENDERS = words.LINKS | {"qua", "đúng", "rất", "mong", "kính", "số", "các", "cơ"}
_NEVER_LONGER = ("sở", "bộ", "ubnd", "ủy", "công")


def told(tokens: Sequence[Token], at: int, i: int) -> bool:
    """Whether the word behind a whole name says that it ended: an order, a sign, a capital. A ministry's name and a
    department's never go on."""
    if i >= len(tokens) or not tokens[i].word or not tokens[i].lower or tokens[at].n in _NEVER_LONGER:
        return True
    return (
        ends(tokens, i, False)
        or pair_at(tokens, i) in ENDS_2
        or tokens[i].n in ENDS_1
        or tokens[i].n in _ENDERS
        or tokens[i - 1].n in PLACE_NOUNS
    )


_FURTHER = 5
"""Words behind a short name within which a second order says that the first may be part of it."""
_DUTIES = frozenset(
    (
        *("phat trien", "quan ly", "dich vu", "kiem soat", "ho tro", "dau tu", "bao tro", "dao tao", "xuc tien"),
        *("cung ung", "giai phong", "cham soc", "dieu hanh", "kiem dinh", "quan trac", "giam dinh", "nghien cuu"),
        *("ung dung", "chuyen giao", "khai thac", "dieu phoi", "bao ton", "phong chong"),
    )
)
_AFTER_IT = FIRM | {"tong hop", "to chuc", "huong dan", "tham muu", "kiem tra", "phoi hop", "de xuat", "theo doi"}


def swallows(tokens: Sequence[Token], at: int, i: int) -> bool:
    """Whether what seems to be the order behind a short name may be the rest of it, another order
    following without a comma: "Trung tâm Hòa nhập | phát triển cộng đồng rà soát …"."""
    if tokens[at].lower or tokens[at].n in _NEVER_LONGER or i - at > _FURTHER or DETERMINERS.match(tokens, at):
        return False
    lone = tokens[i].n == "thu"
    if not tokens[i].lower or (not lone and pair_at(tokens, i) not in _DUTIES):
        return False
    for k in range(i + 1 + (not lone), min(i + 2 + _FURTHER, len(tokens) - 1)):
        if not tokens[k].word or not tokens[k].lower or tokens[k].n in words.LINKS or tokens[k].n in ("và", "các"):
            return False
        if pair_at(tokens, k) in _AFTER_IT:
            return True
    return False


def known_whole(name: str) -> bool:
    """Whether the gazetteer knows all of a name but the place or the level behind it."""
    tokens = repair(name).tokens
    whole = noun_end(tokens, 0)[1] if tokens else 0
    return whole > 0 and all(not token.lower or token.n in words.QUALIFIERS for token in tokens[whole:])

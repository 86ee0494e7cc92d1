"""What still belongs to a body's name although it looks like its end: titles, relative clauses, lists of places."""

from __future__ import annotations

from collections.abc import Sequence

from letters.text import words
from letters.text.views import Token
from letters.text.vocabulary import DETERMINERS, FIELDS, FIRM, HEADS, OFFICES, begins, pair_at

PLACE_NOUNS = ("tỉnh", "phố", "huyện", "xã", "phường", "quận", "trấn")
"""Nouns after which a place's name, or nothing more, belongs to a body's name."""
INSPECTS = (
    *("kiem tra", "tuyen truyen", "huong dan", "chi dao", "tu van", "thong tin", "ho tro", "giam dinh", "to chuc"),
    *("tham gia", "thanh tra"),
)
"""Orders that also name offices ("Ban Kiểm tra"), but nothing behind a noun of four words: "Bảo hiểm xã hội kiểm tra"."""
YOUTH = (
    *("gia dinh", "tinh doan", "thanh doan", "huyen doan", "doan truong", "tinh uy", "thanh uy", "huyen uy", "xa doan"),
)
"""Bodies whose two words are the whole name."""


_PAPERS = frozenset(
    (
        *("nghi dinh", "nghi quyet", "quyet dinh", "ke hoach", "de an", "to trinh", "chuong trinh", "phuong an"),
        *("bao cao", "thong tu", "chi thi", "cong van", "huong dan", "quy che", "quy dinh", "du thao", "ho so"),
        *("danh muc", "quy hoach", "chien luoc", "thong bao", "du an", "phap lenh", "danh sach", "bo luat", "bang gia"),
        *("quy chuan", "hiep dinh", "cong dien", "dieu le", "noi quy", "don gia", "dinh muc"),
    )
)
_SENT_TO = ("ubnd", "hdnd", "uy", "hoi", "chinh", "thu", "quoc", "tinh", "thanh", "huyen", "dang", "chu", "thuong")
"""First words of the bodies that papers are laid before: none of their names holds a paper's."""


def paper_next(tokens: Sequence[Token], at: int, i: int, known: int) -> bool:
    """ "trình Chính phủ | Nghị định sửa đổi …", "trình Sở Tài chính | Đề án": the paper behind a name, in capitals."""
    if i < at + 2 or tokens[i].lower or tokens[i - 1].s in ",-–/&" or tokens[i - 1].n == "và":
        return False
    if pair_at(tokens, i) not in _PAPERS and not (tokens[i].n == "luật" and tokens[i].s != "LUẬT"):
        return False
    if not tokens[i].s[1:].islower() or (i + 1 < len(tokens) and not tokens[i + 1].lower and tokens[i].n != "luật"):
        return False
    return i == known if tokens[at].n in ("sở", "bộ", "ban", "văn") else tokens[at].f in _SENT_TO


def names_itself(tokens: Sequence[Token], at: int, i: int) -> bool:
    """ "Ban Thực hiện chính sách": two capitals right behind a bare noun, which alone names nobody."""
    return (
        i == at + 1
        and tokens[at].f in ("ban", "phong", "cuc", "vu", "to")
        and not tokens[i].lower
        and tokens[i + 1].lower
    )


def organises(tokens: Sequence[Token], i: int) -> bool:
    """Whether "tổ chức", "ban hành" behind an office is the order: "Trưởng thôn tổ chức họp dân", "Cục trưởng ban hành"."""
    if pair_at(tokens, i) == "ban hanh":
        return tokens[i].lower
    if pair_at(tokens, i) != "to chuc" or not tokens[i].lower or i + 2 >= len(tokens):
        return False
    if tokens[i + 2].n == "hội":
        return i + 3 < len(tokens) and tokens[i + 3].n in ("nghị", "thảo", "thi", "họp", "chợ", "diễn", "trại", "thao")
    return tokens[i + 2].n not in ("chính", "đoàn", "đảng", "cơ", "xã", "tín", "kinh", "quần", "công", "và")


def slashed(tokens: Sequence[Token], at: int, i: int) -> bool:
    """ "Bộ Chỉ huy Quân sự tỉnh/Ban Chỉ huy Bộ đội Biên phòng tỉnh": two whole names; "Sở/Ban" stays one."""
    if tokens[i].s not in ("/", "&") or i < at + 2 or i + 1 >= len(tokens) or tokens[i + 1].lower:
        return False
    if tokens[i + 1].f == tokens[at].f and tokens[at].f in ("so", "bo", "phong", "ban", "cuc", "khoa"):
        return True  # "Sở Tài chính/Sở Nội vụ"
    return HEADS.match(tokens, i + 1) > 1


_PLACE_LETTERS = ("p", "x", "h", "q", "tx", "tt", "tp")
""" "p. Võ Cường", "tx. Thuận Thành": the letters of phường, xã, huyện, quận, thị xã, thị trấn, thành phố."""


def worn_comma(tokens: Sequence[Token], i: int) -> bool:
    """ "UBND các huyện. thành phố": a comma between two places that a scan took for a full stop."""
    if tokens[i].s != "." or not i or i + 1 >= len(tokens):
        return False
    if tokens[i - 1].n in _PLACE_LETTERS and tokens[i + 1].word and not tokens[i + 1].lower:
        return True  # "UBND p. Võ Cường"
    return tokens[i - 1].n in PLACE_NOUNS and tokens[i + 1].lower and tokens[i + 1].n in (*PLACE_NOUNS, "thành", "thị")


_NOT_PROPER = frozenset(
    ("tổng", "phó", "đảng", "y", "tổ", "nhà", "đại", "chi", "phân", "thành", "tiểu", "liên", "cao", "trung")
)
"""First words of compounds ("Đảng Cộng sản", "Phó Chủ tịch") that are no proper name with the word behind them."""
_AFTER_PROPER = frozenset(
    ("chi", "phân", "cơ", "về", "giai", "khóa", "nhiệm", "đồng", "lần", "lớp", "loại", "hạng", "trong", "trực", "quốc")
)
"""Words that still narrow a body called after a place or a person: "Ngân hàng … Việt Nam chi nhánh …"."""


def proper_ends(tokens: Sequence[Token], at: int, i: int) -> bool:
    """Whether a name ends with a place's or a person's, two capitals in a row behind its noun, so that the next
    lower-case word begins the order: "Bưu điện tỉnh Lào Cai | tập huấn", "Trường THPT Nguyễn Du | mở lớp"."""
    if i < at + 3 or not tokens[i].lower or not all(_titled(tokens[k]) for k in (i - 2, i - 1)):
        return False
    if tokens[i].n in words.QUALIFIERS or tokens[i].n in _AFTER_PROPER or pair_at(tokens, i) in words.NAMED_AFTER:
        return False
    first = tokens[i - 2]
    if first.n in _NOT_PROPER or HEADS.match(tokens, i - 2) or OFFICES.match(tokens, i - 2):
        return False
    return not (tokens[i - 3].word and f"{tokens[i - 3].f} {first.f}" in words.ENDS_2) and not HEADS.match(
        tokens, i - 1
    )


def _titled(token: Token) -> bool:
    return token.s.istitle() and token.s.isalpha() and len(token.s) > 1


_APPOSED = ("chuyên", "thường", "chủ", "đầu", "quản", "giúp", "soạn", "thẩm", "tham")


def apposed(tokens: Sequence[Token], at: int, i: int) -> bool:
    """Whether a sign parts a body from what it is: "Sở Tư pháp - Cơ quan Thường trực …", "Sở A, cơ quan chuyên môn …"."""
    if tokens[i].s not in ("-", "–", "—", ",") or i + 3 >= len(tokens) or i < at + 2:
        return False
    if any(DETERMINERS.match(tokens, k) for k in range(at, min(at + 4, i))):
        return False
    if pair_at(tokens, i + 1) not in ("co quan", "don vi") or (tokens[i].s == "," and not tokens[i + 1].lower):
        return False
    return not tokens[at].lower and tokens[i + 3].n in _APPOSED


def abbreviates(tokens: Sequence[Token], opens: int, closes: int) -> bool:
    """Whether a bracket inside a name only gives its letters: "các cơ sở khám, chữa bệnh (KCB) BHYT", "các đơn vị chuyên
    trách về công nghệ thông tin (CNTT) của các Bộ"."""
    if not opens < closes < opens + 6 or closes + 1 >= len(tokens):
        return False
    short = any(token.s.isupper() and len(token.s) > 1 for token in tokens[opens + 1 : closes])
    after = tokens[closes + 1]
    return short and (after.n == "của" or (after.s.isupper() and len(after.s) > 2 and after.s.isalpha()))


def begins_anew(tokens: Sequence[Token], i: int) -> bool:
    """Whether a whole second body stands here after one, their comma lost: "Sở Y tế Sở Tài chính"."""
    if i >= len(tokens) or tokens[i].lower or tokens[i].f not in ("so", "bo") or not FIELDS.match(tokens, i + 1):
        return False
    return i > 1 and any(
        tokens[k].f in ("so", "bo") and k + 1 + FIELDS.match(tokens, k + 1) == i for k in range(max(0, i - 9), i - 1)
    )


def whole_word(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word of two syllables begins here with a capital: the "tạo" of "Đào tạo" begins no order."""
    pair = pair_at(tokens, i)
    if pair == "kinh de":
        return False  # "UBND phường Đông Kinh | đề nghị …"
    return not tokens[i].lower and (pair in words.NAMED_AFTER or pair in words.ENDS_2 or pair in words.COMPOUNDS)


def charged_to(tokens: Sequence[Token], i: int) -> bool:
    """Whether "được" at i begins what one body was charged with: "Sở Nội vụ | được giao nhiệm vụ tổng hợp …"."""
    if pair_at(tokens, i + 1) in ("giao nhiem", "giao trach"):
        return pair_at(tokens, i + 4) in words.ENDS_2
    return pair_at(tokens, i + 1) in ("phan cong", "uy quyen", "chi dinh") and pair_at(tokens, i + 3) in words.ENDS_2


_CARRY_OUT = ("thuc hien", "trien khai")


def ends_title(tokens: Sequence[Token], at: int, i: int) -> bool:
    """Whether a pair of words that could order ends a title instead, having nothing to act on: "Trung tâm Dịch vụ
    tổng hợp và các đơn vị …", "Phòng Quản lý đào tạo, Phòng …"."""
    if i <= at or tokens[at].lower or DETERMINERS.match(tokens, at) or pair_at(tokens, i) in FIRM:
        return False
    if not tokens[i - 1].lower or not tokens[max(at, i - 2)].s[0].isupper():
        return False
    if pair_at(tokens, i) not in words.ENDS_2 or i + 1 >= len(tokens) or not tokens[i + 1].lower:
        return False
    k = i + 2
    named = pair_at(tokens, i) in words.NAMED_AFTER or pair_at(tokens, i) in ("tong hop", "luu tru", "dieu tra")
    if k >= len(tokens) or tokens[k].s in ");":
        return True
    if tokens[k].n in (*PLACE_NOUNS, "quốc", "trung", "khu") and named:
        return True  # "Quỹ Đầu tư phát triển tỉnh"
    if tokens[k].s == "(":
        return named  # "Phòng Kế hoạch tổng hợp (chủ trì)"
    if tokens[k].n == "và" or tokens[k].s == ",":
        return begins(tokens, k + 1)
    # "Sở Tài chính tổ chức thực hiện" orders; "Phòng Đăng ký kinh doanh tổng hợp chủ trì" names
    return named and tokens[k].lower and pair_at(tokens, k) in FIRM and pair_at(tokens, k) not in _CARRY_OUT


def places_after(tokens: Sequence[Token], at: int, last: int) -> int:
    """ "UBND các phường: Yên Phong, Văn Môn" is one name: the index after the places, 0 where none follow."""
    if last + 1 >= len(tokens) or tokens[last].s != ":" or tokens[last - 1].n not in (*PLACE_NOUNS, "phường", "thôn"):
        return 0
    k, places = last + 1, 0
    while (
        k < len(tokens)
        and tokens[k].word
        and not (tokens[k].lower or begins(tokens, k) or pair_at(tokens, k) in words.ENDS_2)
    ):
        while k < len(tokens) and tokens[k].word and not tokens[k].lower:
            k += 1
        places = k
        if k + 1 < len(tokens) and (tokens[k].s == "," or tokens[k].n == "và"):
            k += 1 + _place_noun(tokens, k + 1)
            continue
        break
    return places


def _place_noun(tokens: Sequence[Token], i: int) -> int:
    """Words of another kind of place in a list of places: "UBND các xã: Đồng Tâm, Yên Sơn và | phường | Tam Thanh"."""
    size = 2 if pair_at(tokens, i) in ("thi xa", "thi tran", "thanh pho", "dac khu") else 1
    kind = size == 2 or tokens[i].n in PLACE_NOUNS
    return size if kind and tokens[i].lower and i + size < len(tokens) and not tokens[i + size].lower else 0


def whole_office(tokens: Sequence[Token], at: int, i: int) -> bool:
    """Whether "Sở Y tế", "Bộ Tài chính" ends right before token i."""
    k = next((k for k in range(at, i) if tokens[k].n in ("sở", "bộ")), i)
    return k + 1 < i and k + 1 + FIELDS.match(tokens, k + 1) == i


def ordered_anew(tokens: Sequence[Token], i: int) -> bool:
    """ "Đề nghị UBND tỉnh ⏎ Tuyên truyền, vận động …": an order begins a line of its own behind a name."""
    return pair_at(tokens, i) in words.ENDS_2 and tokens[i + 1].lower

"""What narrows a name without a comma: "các xã có rừng", "nơi đặt điểm thi", "phụ trách kinh tế", "các đơn vị chưa nộp báo
cáo"."""

from __future__ import annotations

from collections.abc import Sequence

from letters.text import words
from letters.text.views import Token
from letters.text.vocabulary import DETERMINERS, ENDS_1, ends, pair_at


def narrows(tokens: Sequence[Token], at: int, i: int) -> int:
    """Words by which "có …" narrows a plural ("UBND các xã có rừng", "các đơn vị có nhu cầu") instead of ordering."""
    if pair_at(tokens, i) == "co ten" and any(DETERMINERS.match(tokens, k) for k in range(at, min(i, at + 5))):
        return _listed_in(tokens, i)
    if pair_at(tokens, i) in _WRITTEN and any(DETERMINERS.match(tokens, k) for k in range(at, min(i, at + 5))):
        listed = _listed_in(tokens, i)
        return listed if listed > _STATED else 0
    if tokens[i].n in ("nơi", "bị"):
        return _where(tokens, i)
    if (
        tokens[i].n != "có"
        or i + 1 >= len(tokens)
        or (pair_at(tokens, i) in words.HAVE_TO and pair_at(tokens, i + 1) != "su dung")
    ):
        return 0
    if pair_at(tokens, i) in ("co lien", "co tham", "co chuc", "co tru") or ends(tokens, i + 1, False):
        return _uses(tokens, at, i) if pair_at(tokens, i + 1) in _USES else 0
    if tokens[i + 1].s[0].isdigit():
        return 0
    plural = any(DETERMINERS.match(tokens, k) for k in range(at, min(i, at + 5)))
    if not plural or not tokens[i + 1].word:
        return 0
    if i + 2 >= len(tokens) or tokens[i + 2].s == ":":
        return 2  # a title: "1. UBND các xã có rừng"
    if not tokens[i + 2].word:
        return _things(tokens, i) if tokens[i + 2].s == "," else 0
    rated = (
        _rated(tokens, i + 3) if pair_at(tokens, i + 1) in ("ty le", "tien do", "so luong", "ket qua", "chi so") else 0
    )
    if rated:
        return rated - i
    if not ends(tokens, i + 2, False):
        return 3 + _STATES.get(pair_at(tokens, i + 3), 0)
    acts = pair_at(tokens, i + 2) in words.ENDS_2 or tokens[i + 2].n in ENDS_1
    if i + 4 >= len(tokens) or tokens[i + 4].s == ":":
        return 4  # a title: "4. Trung tâm Y tế các huyện có xã triển khai", with nothing to act on
    return 2 if tokens[i + 1].lower and acts else 0


_USES = ("su dung", "kinh doanh", "san xuat", "phat sinh", "khai thac")


def _uses(tokens: Sequence[Token], at: int, i: int) -> int:
    """Words of "có sử dụng hóa đơn điện tử | đăng ký …": up to the order; 0 where none follows at once."""
    if not any(DETERMINERS.match(tokens, k) for k in range(at, min(i, at + 5))):
        return 0
    for k in range(i + 3, min(i + 12, len(tokens) - 1)):
        if not tokens[k].word or (not tokens[k].lower and tokens[k].s.istitle()):
            return 0
        if pair_at(tokens, k) in words.ENDS_2 and pair_at(tokens, k) not in words.ACTIVITIES:
            return k - i
    return 0


def _things(tokens: Sequence[Token], i: int) -> int:
    """Words of "có khu, điểm du lịch, di tích | bố trí …": a list in small letters up to its order; before another
    body ("có rừng, Sở …") only the first."""
    k = i + 3
    while k < len(tokens) and k < i + 18 and (tokens[k].s == "," or tokens[k].n == "và" or tokens[k].lower):
        if tokens[k - 1].s != "," and (pair_at(tokens, k) in words.ENDS_2 or tokens[k].n in ENDS_1):
            return k - i
        if DETERMINERS.match(tokens, k):
            return 2
        k += 1
    return 2 if k < len(tokens) and tokens[k - 1].s == "," and tokens[k].word else 0


def _rated(tokens: Sequence[Token], at: int) -> int:
    """Index after "… giải ngân thấp | kiểm điểm …": what is low or late of those meant; 0 where no order follows it."""
    for k in range(at, min(at + 6, len(tokens) - 1)):
        if not tokens[k].word:
            return 0
        if tokens[k].n in ("thấp", "cao", "chậm", "lớn", "kém", "nhiều", "ít"):
            return k + 1 if ends(tokens, k + 1, False) else 0
    return 0


_STATES = {
    "di qua": 2, "cham tien": 3, "bi anh": 3, "bi thiet": 3, "chua giai": 3, "qua han": 2, "vi pham": 2, "nam tren": 3,
    "dang thi": 3, "dang trien": 3, "hoat dong": 2, "chua hoan": 3, "bi thu": 3, "chua nop": 2, "chua dat": 2,
}  # fmt: skip
"""What is said of the thing by which a plural is narrowed: "các chủ đầu tư có dự án chậm tiến độ"; words it takes."""
_WRITTEN = (
    "neu tai",
    "neu o",
    "ghi tai",
    "liet ke",
    "quy dinh",
    "neu trong",
    "thuoc danh",
    "theo danh",
    "tai phu",
    "tai danh",
)
_STATED = 2
_POINTS = ("diem", "muc", "khoan", "phan", "bieu", "dieu")
_PAPERS = ("phu luc", "danh sach", "danh muc", "bang ke", "kem theo", "neu tren", "cong van", "ke hoach", "quyet dinh")
_PAPER_NUMBERS = ("so", "nay", "i", "ii", "iii", "iv", "v", "vi")


def _listed_in(tokens: Sequence[Token], i: int) -> int:
    """Words of "có tên trong Phụ lục I kèm theo", "có tên tại danh sách"."""
    k = i + 2
    k += k < len(tokens) and tokens[k].n in ("trong", "tại", "ở", "theo", "trên")
    while k < len(tokens):
        if pair_at(tokens, k) in _PAPERS or (
            tokens[k].f in _POINTS
            and k + 1 < len(tokens)
            and (tokens[k + 1].f in _PAPER_NUMBERS or _mark(tokens[k + 1]))
        ):
            k += 2
        elif tokens[k].f in _PAPER_NUMBERS or tokens[k].s[0].isdecimal():
            k += 1
        else:
            break
    return k - i


def _mark(token: Token) -> bool:
    return token.s[0].isdecimal() or len(token.s) == 1


def _where(tokens: Sequence[Token], i: int) -> int:
    """ "UBND các xã nơi đặt điểm thi", "các phường bị ảnh hưởng": up to the colon, a comma or the order."""
    owner = int(tokens[i].n == "nơi" and tokens[i + 1 : i + 2] != [] and tokens[i + 1].s.isupper())
    if owner and ends(tokens, i + 2, False):
        owner += 2  # "nơi KBNN mở tài khoản"
    k = i + 2 + owner
    while k < len(tokens) and k < i + 8 and tokens[k].word and tokens[k].lower and not ends(tokens, k, False):
        k += 1
    return k - i if k < len(tokens) and (owner or tokens[i + 1].lower) else 0


def in_charge(tokens: Sequence[Token], at: int, i: int) -> int:
    """ "đồng chí Phó Chủ tịch phụ trách kinh tế": the words that say what a deputy looks after, 0 where none."""
    if (
        pair_at(tokens, i) != "phu trach"
        or i + 2 >= len(tokens)
        or not {"Phó", "viên", "Thành"} & {t.s for t in tokens[at:i]}
    ):
        return 0
    k = i + 2
    while k < len(tokens) and k < i + 8 and tokens[k].word and tokens[k].n != "và" and not ends(tokens, k, False):
        k += 1
    return k if k > i + 2 and k < len(tokens) and tokens[k].word else 0


_DUE = ("phai", "can", "som", "thi")
_FIRMLY = frozenset(
    ("khan truong", "de nghi", "yeu cau", "chu dong", "tap trung", "nhanh chong", "tiep tuc", "kip thoi")
)
_DELIVERS = frozenset(
    (
        *("hoan thanh", "bo sung", "hoan thien", "ra soat", "dang ky", "bao cao", "giai trinh", "cung cap", "hoan tra"),
        *("lap danh", "lap ho", "nop ho", "nop bao", "nop tra", "nop lai", "nop ve", "gui ho", "gui bao", "gui ve"),
        *(
            "gui danh",
            "xay dung",
            "thanh lap",
            "to chuc",
            "thuc hien",
            "chuyen toan",
            "chuyen du",
            "lien he",
            "cap nhat",
        ),
        *(
            "khac phuc",
            "nop day",
            "gui day",
            "chuyen tra",
            "chuyen ve",
            "chuyen sang",
            "nop so",
            "dieu chinh",
            "ban hanh",
        ),
    )
)
_NAMES_ACT = (
    "việc",
    "công",
    "về",
    "để",
    "kế",
    "báo",
    "sự",
    "và",
    "trong",
    "hồ",
    "chưa",
    "không",
    "đã",
    "kết",
    "quả",
    "được",
)
_HAS_DONE = frozenset(
    (
        *("nhận", "nộp", "ký", "gửi", "được", "hoàn", "sử", "đăng", "lập", "thi", "vận", "áp", "lắp", "mua", "khai"),
        *("phê", "cấp", "vay", "thu", "chi", "tham", "nghỉ", "chuyển", "quá", "hết", "có"),
    )
)
"""First words of what a body has done or is doing, that tells which bodies are meant ("các trường đã nhận …")."""
_REACH = 26
_NARROWED = 8
"""Words of a plural that says already whom it means."""


def bracket_off(tokens: Sequence[Token], end: int) -> int:
    """`end` without a bracket that closes right before it: "(phụ lục đính kèm)"."""
    if tokens[end - 1].s != ")":
        return end
    return next((k for k in range(end - 1, max(0, end - 22), -1) if tokens[k].s == "("), end)


def stands(tokens: Sequence[Token], at: int, i: int) -> int:
    """Words by which what bodies have or have not done narrows a plural that is then ordered to act ("các xã chưa thành lập
    tổ … | hoàn thành …", "các trường đã nhận thừa … | nộp trả …"); 0 where the words only tell."""
    if tokens[i].n not in ("chưa", "còn", "đã", "đang") or not any(
        DETERMINERS.match(tokens, k) for k in range(at, min(i, at + 3))
    ):
        return 0
    if i - at > _NARROWED:
        return 0
    first = tokens[i + 1] if i + 1 < len(tokens) else None
    if first is None or (tokens[i].n in ("đã", "đang") and first.n not in _HAS_DONE):
        return 0
    if tokens[i].n == "còn" and pair_at(tokens, i) in ("con lai", "con phai", "con co"):
        return 0
    k = i + 3
    while k < min(i + _REACH, len(tokens) - 1):
        if tokens[k].s in ".;:,":
            return 0
        if tokens[k].s == "(":
            k = next((j + 1 for j in range(k, min(k + 20, len(tokens))) if tokens[j].s == ")"), len(tokens))
            continue
        pair, nominal = pair_at(tokens, k), tokens[k - 1].n in _NAMES_ACT
        if tokens[k].lower and (tokens[k].f in _DUE or pair in _FIRMLY) and not nominal:
            return k - i
        if tokens[k].lower and k > i + 3 and pair in _DELIVERS and not nominal:
            return k - i if pair_at(tokens, k - 2) not in words.ENDS_2 or tokens[k - 1].s == ")" else 0
        k += 1
    return 0

"""What a body does for a trade still belongs to its name: "Công ty TNHH MTV khai thác …", "các đơn vị sản xuất, kinh doanh …"."""

from __future__ import annotations

from collections.abc import Sequence

from letters.bodies.parts import PLACE_NOUNS
from letters.text import words
from letters.text.views import Token
from letters.text.vocabulary import DETERMINERS, FIRM, OFFICES, begins, pair_at

_FIRMS = ("cong ty", "tong cong", "xi nghiep", "tap doan")
_FIRM_KINDS = frozenset(("tnhh", "mtv", "cp", "qlda", "đtxd", "tm", "dv", "tnhhmtv", "tnhhnn"))
_TRADES = (words.NAMED_AFTER | words.ACTIVITIES) - {"to chuc", "huong dan", "kiem tra", "tuyen truyen", "chi dao"}


def joins_trades(tokens: Sequence[Token], at: int, i: int) -> bool:
    """ "Công ty Cổ phần thương mại vận tải và tư vấn kỹ thuật": the trades of a firm, joined by "và"."""
    if pair_at(tokens, at) not in _FIRMS or not tokens[i - 1].lower or tokens[i - 1].n in PLACE_NOUNS:
        return False
    follows = tokens[i + 3] if i + 3 < len(tokens) else None
    return pair_at(tokens, i + 1) in _TRADES and follows is not None and follows.lower


_INSPECTED = ("sở", "tỉnh", "huyện", "bộ", "nhà", "thành", "chính", "cục", "tổng")


def joins_duties(tokens: Sequence[Token], at: int, i: int) -> bool:
    """ "Phòng Quản lý nợ và cưỡng chế nợ thuế": no order begins with "và" where none stood before it, so what follows
    belongs to the name; not after a plural, a place or a field, behind which the words are likelier worn."""
    if DETERMINERS.match(tokens, at) or tokens[i - 1].n in PLACE_NOUNS or not tokens[i - 1].word or i < at + 3:
        return False
    if pair_at(tokens, i + 1) == "thanh tra" and i + 3 < len(tokens) and tokens[i + 3].n in _INSPECTED:
        return False  # "Phòng Tài chính và Thanh tra Sở"
    duty = tokens[i + 1 : i + 3]
    pair = pair_at(tokens, i + 1)
    return len(duty) == 2 and duty[1].lower and pair in words.ENDS_2 and pair not in FIRM and tokens[at].s[0].isupper()


def named_by_trade(tokens: Sequence[Token], i: int) -> bool:
    """ "Công ty TNHH MTV khai thác công trình thủy lợi": after a kind of firm its trade belongs to the name."""
    if pair_at(tokens, i) == "truc tiep" and pair_at(tokens, i - 2) == "quan ly" and i > 3:
        return pair_at(tokens, i - 4) in ("don vi", "co quan")  # "đơn vị quản lý trực tiếp | tổ chức …"
    if i > 1 and tokens[i].lower and (tokens[i - 1].n, pair_at(tokens, i)) in _RESERVES:
        return True
    if i < 2 or not tokens[i].lower or pair_at(tokens, i) not in words.NAMED_AFTER:
        return False
    kind = tokens[i - 1].n in _FIRM_KINDS or pair_at(tokens, i - 2) in ("thanh vien", "co phan")
    return kind or (i > 4 and pair_at(tokens, i - 2) != "truc tiep" and named_by_trade(tokens, i - 2))


_RESERVES = frozenset((("khu", "bao ton"), ("khu", "du tru"), ("rừng", "bao ton"), ("khu", "quan ly")))
""" "Ban Quản lý các khu bảo tồn thiên nhiên": what a reserve is for."""


def lists_acts(tokens: Sequence[Token], at: int, comma: int, relative: bool) -> bool:
    """Whether the comma stands in a list of what narrows a plural: "các đơn vị sản xuất, kinh doanh hóa chất"."""
    if comma + 2 >= len(tokens) or begins(tokens, comma + 1) or not DETERMINERS.match(tokens, at):
        return False
    if relative:
        return tokens[comma + 1].word and pair_at(tokens, comma + 1) not in FIRM
    before = pair_at(tokens, comma - 2) in words.ACTIVITIES
    return before and pair_at(tokens, comma + 1) in words.ACTIVITIES and not OFFICES.match(tokens, comma + 1)


_OBJECTS = frozenset(
    (
        *("kế", "phương", "báo", "thực", "triển", "việc", "các", "công", "tuyên", "rà", "đề", "chương", "hồ", "danh"),
        *("đầy", "xã", "tốt", "cho", "về", "và", "đối"),
    )
)


_ADVERBS = ("chặt", "nghiêm", "kịp", "đúng", "tốt", "đầy")
_THINGS_DONE = ("so lieu", "kinh phi", "du toan", "ket qua", "danh sach")


def is_order(tokens: Sequence[Token], i: int, pair: str, plural: bool) -> bool:
    """Whether "xây dựng", "tổ chức" after a plain plural noun is the order itself: "các đơn vị xây dựng kế hoạch"."""
    following = tokens[i + 2].n if i + 2 < len(tokens) else ""
    if following == "," and {pair, pair_at(tokens, i + 3)} <= words.ACTIVITIES - {"xay dung"}:
        return False  # "các doanh nghiệp khai thác, chế biến khoáng sản …"
    if following == "và" and pair_at(tokens, i + 3) in words.NAMED_AFTER and pair == "nghien cuu":
        return False  # "các tổ chức nghiên cứu và phát triển"
    if plural and pair in words.ACTIVITIES and following not in _PAPERS and _firmly_after(tokens, i + 3):
        return False  # "Các công ty khai thác công trình thủy lợi | chủ động …"
    if plural and (following in _ADVERBS or pair_at(tokens, i + 2) in _THINGS_DONE):
        return True  # "các chủ đầu tư quản lý chặt chẽ …"
    return plural and pair in words.EITHER and (following in _OBJECTS or not following.isalpha())


_PAPERS = ("kế", "phương", "báo", "chương", "đề", "hồ", "danh", "quy", "các", "việc", "tốt")
_MANY = ("ca nhan", "to chuc", "doanh nghiep", "gia dinh", "co so", "tac xa")


def trade_of_many(tokens: Sequence[Token], i: int) -> bool:
    """ "Các tổ chức, cá nhân sử dụng đất | chấp hành …": what a list of anybody does, before the order."""
    narrows = pair_at(tokens, i - 2) in _MANY and tokens[i].lower and pair_at(tokens, i) in words.ACTIVITIES
    return narrows and _firmly_after(tokens, i + 2)


_FIRMLY = (
    "chap hanh",
    "nghiem chinh",
    "tu giac",
    "ke khai",
    "dang ky",
    "chu dong",
    "khan truong",
    "tiep tuc",
    "nghiem tuc",
    "chiu trach",
    "co trach",
    "phai thuc",
    "phai bao",
)


def _firmly_after(tokens: Sequence[Token], at: int) -> bool:
    """Whether the order stands further on, in words that nothing else is begun with."""
    for k in range(at, min(at + 8, len(tokens) - 1)):
        if not tokens[k].word or tokens[k].n in ("và", "để", "theo", "bảo"):
            return False
        if pair_at(tokens, k) in _FIRMLY:
            return True
    return False


def list_ordered(tokens: Sequence[Token], comma: int) -> bool:
    """ "các cơ quan, đơn vị | tổ chức hội nghị": after a plain list "đơn vị quản lý", "đơn vị tổ chức" is no body of its
    own where what follows is done."""
    pair = pair_at(tokens, comma + 3)
    if pair_at(tokens, comma + 1) not in ("don vi", "co quan") or pair not in words.ENDS_2 | words.NAMED_AFTER:
        return False
    if pair_at(tokens, comma - 2) not in ("co quan", "don vi", "ban nganh") and tokens[comma - 1].n not in (
        "ngành",
        "sở",
    ):
        return False
    follows = tokens[comma + 5] if comma + 5 < len(tokens) else None
    return follows is not None and follows.word and (pair == "to chuc" or is_order(tokens, comma + 3, pair, True))

"""Whether a list of bodies goes on: after a comma inside a name, after "và", and from one name to the next."""

from __future__ import annotations

from collections.abc import Sequence

from letters.bodies.parts import PLACE_NOUNS, begins_anew
from letters.text.views import Token
from letters.text.vocabulary import (
    DETERMINERS,
    ENDS_2,
    HEADS,
    OFFICES,
    PLAIN,
    begins,
    begins_noun,
    ends,
    is_role,
    pair_at,
)


def goes_on(tokens: Sequence[Token], at: int, comma: int) -> bool:
    """Whether the name goes on after this comma: a plain list, a field of three parts, a list of places."""
    i = comma + 1
    if i >= len(tokens) or not tokens[i].word:
        return False
    if DETERMINERS.match(tokens, i) and tokens[i].n != "quý":
        return False
    if tokens[i].n == "quý" and tokens[i + 1 : i + 2] and (tokens[i + 1].s.isupper() or tokens[i + 1].s[0].isdecimal()):
        return False  # "(Công an tỉnh, Quý II/2026)"
    if tokens[i].s in _TELEPHONES:
        return False
    noun = at + DETERMINERS.match(tokens, at)
    if comma > noun + 2 and pair_at(tokens, noun) == pair_at(tokens, i) and HEADS.match(tokens, i) > 1:
        return False  # "cơ quan thuế, cơ quan công an"
    if comma == noun + 1 and len(tokens[noun].s) > 2 and tokens[noun].s.isupper() and HEADS.match(tokens, i) > 1:
        return False  # "các TCTD, chi nhánh ngân hàng nước ngoài": letters name a body whole
    if _kinds(tokens, at, comma) and _kind_ends(tokens, i):
        return True
    if tokens[i].n == tokens[at].n and comma > at + 1 and tokens[i + 1 : i + 2] and not tokens[i + 1].lower:
        return False  # "thôn An Bình, thôn Hòa Lạc"
    if tokens[i].n in ("tuyến", "cấp", "hạng") and tokens[comma - 2].n == tokens[i].n:
        return True  # "các bệnh viện tuyến tỉnh, tuyến huyện"
    if all(t.s.isupper() and t.n in _PLACES for t in (tokens[comma - 1], tokens[i])) and _many(tokens, at, comma):
        return True  # "ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG, ĐẶC KHU VEN BIỂN"
    if pair_at(tokens, i) == "to chuc" and tokens[i].lower and pair_at(tokens, i + 2) in ENDS_2 and noun == at:
        return False  # "Hội Liên hiệp Phụ nữ tỉnh, | tổ chức tuyên truyền …"
    plain = PLAIN.worn(tokens, i)
    if plain and tokens[i].lower and _whole_before(tokens, at, comma, i):
        return False
    if plain and (tokens[i].lower or _alone(tokens, i + plain)):
        return True
    if tokens[i].lower and HEADS.match(tokens, i) > 2 and DETERMINERS.match(tokens, at):
        return True  # "Các chủ đầu tư, nhà thầu, tư vấn giám sát"
    plural = any(DETERMINERS.match(tokens, k) for k in range(at, min(at + 4, comma)))
    if tokens[comma - 1].n in PLACE_NOUNS and not plural and not tokens[i].lower and tokens[at].n not in _MANY:
        return False  # "Công an thành phố, Chỉ cúc …": whatever comes, that name is whole
    if tokens[i].n in _TOWNS and tokens[comma - 1].n in (*PLACE_NOUNS, *_TOWNS) and _short_town(tokens, i):
        return True  # "UBND các huyện, thành, thị"
    if tokens[i].lower and tokens[comma - 1].n in PLACE_NOUNS:
        return False
    if tokens[i].lower:
        committees = tokens[comma - 1].f == "uy" and tokens[comma - 2].lower and pair_at(tokens, i) in _LOCAL
        another = OFFICES.match(tokens, i) or (pair_at(tokens, i) in _OWN_BODIES and not committees)
        return plural and not ends(tokens, i, False) and not another
    return not HEADS.match(tokens, i) and not OFFICES.match(tokens, i) and pair_at(tokens, i) not in _SERVICES


_TOWNS = ("thành", "thị")


def _short_town(tokens: Sequence[Token], i: int) -> bool:
    """Whether "thành", "thị" stand for thành phố, thị xã, and begin no other word ("thành lập", "thị trường")."""
    following = tokens[i + 1 : i + 2]
    if not following or following[0].s in ",;:." or following[0].n in ("và", "tổ", "khẩn", "chỉ", "xây"):
        return True
    return ends(tokens, i + 1, False) and pair_at(tokens, i) not in ENDS_2


def _whole_before(tokens: Sequence[Token], at: int, comma: int, i: int) -> bool:
    """Whether one whole body stands before this comma, no kind of them: "Ban quản lý chợ, tổ dân phố", "Đoàn Thanh niên,
    hội khoa học", "cơ quan tài chính, cơ quan kho bạc"."""
    if OFFICES.match(tokens, at) or any(DETERMINERS.match(tokens, k) for k in range(at, comma)):
        return False
    bare = max(PLAIN.match(tokens, at), HEADS.match(tokens, at))
    if tokens[i].n in _PLACES or any(t.s == "," for t in tokens[at:comma]) or pair_at(tokens, i) in _IN_TITLES:
        return False
    if tokens[comma - 1].n in _PLACES and at + bare != comma:
        return False
    whole = at + bare < comma or (bare > 2 and HEADS.match(tokens, i) > 1)
    return whole and (not tokens[at].lower or HEADS.match(tokens, i) > 1 or tokens[i].n == tokens[at].n)


_IN_TITLES = ("to chuc", "can bo", "doanh nghiep")
""" "Phòng Pháp chế, tổ chức cán bộ": what offices look after."""
_OTHERS = frozenset(
    (
        *("co quan", "don vi", "co so", "chinh quyen", "to dan", "dia phuong", "luc luong", "hiep hoi", "nha thau"),
        *("nha truong", "chu rung", "chu dau", "chu ho", "nguoi dan", "gia dinh", "phu huynh", "ho gia", "ho dan"),
        "trang trai",
    )
)


def another_kind(tokens: Sequence[Token], at: int, i: int) -> bool:
    """ "Sở Công Thương và cơ quan liên quan", "Bếp ăn tập thể và cơ sở cung cấp suất ăn": behind the "và" at i another body,
    though it has no capital."""
    return pair_at(tokens, i + 1) in _OTHERS and tokens[i + 1].lower and _whole_before(tokens, at, i, i + 1)


_KINDS = frozenset(
    (
        *(("bo",), ("ban",), ("so",), ("nganh",), ("cuc",), ("vu",), ("vien",), ("hoi",), ("doan",), ("phong",)),
        *(("khoa",), ("truong",), ("tong", "cuc"), ("chi", "cuc"), ("hoc", "vien"), ("tap", "doan"), ("cong", "ty")),
        *(("tong", "cong", "ty"), ("doan", "the"), ("don", "vi"), ("co", "quan"), ("doanh", "nghiep")),
        *(
            ("bo", "mon"),
            ("doi",),
            ("tram",),
            ("xuong",),
            ("hat",),
            ("nha", "may"),
            ("xi", "nghiep"),
            ("chi", "nhanh"),
        ),
        *(("cong", "doan"), ("chi", "bo"), ("chi", "doan"), ("chi", "hoi"), ("phan", "vien"), ("lop",), ("cum",)),
        *(("to", "chuc"), ("ngan", "hang"), ("hiep", "hoi"), ("trung", "tam"), ("benh", "vien")),
        *(("truong", "dai", "hoc"), ("dai", "hoc"), ("cao", "dang"), ("lien", "doan"), ("dia", "phuong")),
    )
)
"""Kinds of bodies that a plural strings together, with capitals or without: "các Cục, Vụ, Viện thuộc Bộ"."""
_NARROWING = ("thuộc", "trực", "liên", "nhà", "có", "trên", "của", "và", "tỉnh", "trong")


def _kinds(tokens: Sequence[Token], at: int, comma: int) -> bool:
    """Whether a plural has so far named nothing but kinds of bodies."""
    start = at + DETERMINERS.match(tokens, at)
    if start == at or tokens[at].n == "quý":
        return False
    part: list[str] = []
    for token in (*tokens[start:comma], tokens[comma]):
        if token.s == ",":
            if tuple(part) not in _KINDS:
                return False
            part = []
        else:
            part.append(token.f)
    return True


def _kind_ends(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mere kind of bodies stands at i: what follows narrows all of them, or orders."""
    for length in (3, 2, 1):
        if tuple(token.f for token in tokens[i : i + length]) in _KINDS:
            k = i + length
            done = k >= len(tokens) or tokens[k].s in ",;:." or tokens[k].n in _NARROWING
            return done or (tokens[k].lower and ends(tokens, k, False))
    return False


_NAMED_SMALL = ("trường", "phòng", "trung", "cục", "chi", "vụ", "viện", "khoa", "trạm", "bệnh", "công", "hội", "đoàn")
"""Nouns that with a capital behind them name one body though they have none themselves: "… và trường THPT Lê Lợi"."""
_HEADMEN = ("truong thon", "truong ap", "truong ban", "truong khu", "truong xom", "to truong")


def _many(tokens: Sequence[Token], at: int, comma: int) -> bool:
    """Whether a number word stands before the last noun of a name in capitals, and no place's own name behind it."""
    return any(
        DETERMINERS.match(tokens, k) and all(t.n in _PLACES or t.s == "," for t in tokens[k + 1 : comma])
        for k in range(at, comma - 1)
    )


_SERVICES = ("kiem dich", "hoa tieu", "dang kiem", "canh sat", "thu y")
"""Services that only a list names without their body's noun: "Hải quan, Kiểm dịch y tế"."""
_TELEPHONES = ("ĐT", "SĐT", "ĐTDĐ", "Điện", "Email", "Zalo", "Hotline")
_MANY = ("ubnd", "ủy", "hđnd", "hội")
_PLACES = ("tỉnh", "thành", "phố", "huyện", "xã", "phường", "thị", "quận", "thôn", "trấn", "đặc", "khu")


def qualified(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a plain list has been narrowed ("các cơ quan chức năng"), so that the next plain noun is another body."""
    i = at + DETERMINERS.match(tokens, at)
    if (
        i == at
        or tokens[end - 1].s[0].isupper()
        or not (PLAIN.match(tokens, end + 1) or pair_at(tokens, end + 1) in ("luc luong", "chinh quyen"))
    ):
        return False
    if tokens[end - 1].n in _PLACES and tokens[end + 1].n in _PLACES:
        return False
    while i < end:
        step = PLAIN.worn(tokens, i) or (1 if tokens[i].s == "," or tokens[i].n == "và" else 0)
        if not step:
            return True
        i += step
    return False


_LOCAL = ("huyen uy", "thanh uy", "thi uy", "quan uy")
"""Committees of a list: "Ban Tuyên giáo các huyện ủy, thành ủy"."""
_OWN_BODIES = ("dang uy", "uy ban", "hoi dong", "ban quan", "van phong", "huyen uy", "chi bo", "thanh uy")
"""Nouns that begin another body after a comma even without a capital."""


def _alone(tokens: Sequence[Token], i: int) -> bool:
    if i < len(tokens) and tokens[i].n == "liên":
        return pair_at(tokens, i) == "lien quan"
    return i >= len(tokens) or tokens[i].s in ",;:." or tokens[i].n in ("và", "có")


def splits(tokens: Sequence[Token], i: int) -> bool:
    """Whether a new name begins after "và" or a comma."""
    if i >= len(tokens):
        return False
    if DETERMINERS.match(tokens, i):
        noun = i + DETERMINERS.match(tokens, i)
        return begins_noun(tokens, noun) and not (noun < len(tokens) and tokens[noun].s == "Khu")
    plain = PLAIN.worn(tokens, i)
    if plain and tokens[i].lower:
        following = tokens[i + plain : i + plain + 1]
        return tokens[i].n in _NAMED_SMALL and bool(following) and following[0].word and not following[0].lower
    if plain and _alone(tokens, i + plain):
        return False
    return bool(HEADS.match(tokens, i) or OFFICES.match(tokens, i)) and (
        not tokens[i].lower or bool(HEADS.match(tokens, i) > 1)
    )


def following(tokens: Sequence[Token], i: int) -> int:
    """Index where the next name of the list begins after separators at i, or -1."""
    k = i
    while k < len(tokens) and (tokens[k].s in ",;/&" or tokens[k].n in ("và", "hoặc")) and k < i + 3:
        k += 1
    if k == i and begins_anew(tokens, i):
        return i
    if k == i or k >= len(tokens) or is_role(tokens, k):
        return -1
    if begins(tokens, k) or pair_at(tokens, k) in _HEADMEN:
        return k
    if (HEADS.match(tokens, k) and not ends(tokens, k, False)) or (
        tokens[k - 1].s == "," and not tokens[k].lower and pair_at(tokens, k) in _SERVICES
    ):
        return k
    return -1


def cited(tokens: Sequence[Token], i: int) -> int:
    """ "các cơ quan được giao | chủ trì tại Mục II": the words that say where somebody was given his part, 0 where none."""
    if pair_at(tokens, i) not in ("chu tri", "nhiem vu", "thuc hien") or i + 4 >= len(tokens):
        return 0
    if tokens[i + 2].n not in ("tại", "theo", "ở"):
        return 0
    paper = pair_at(tokens, i + 3) in _CITED
    if not paper and tokens[i + 3].f not in ("muc", "phu", "bieu", "diem", "khoan", "phan"):
        return 0
    k = i + (5 if paper else 4)
    while k < len(tokens) and (tokens[k].s.isdecimal() or tokens[k].s.isupper() or tokens[k].s in "./"):
        k += 1
    return k - i + (paper and k < len(tokens) and tokens[k].n in ("này", "trên", "nêu"))


_CITED = (
    *("phu luc", "ke hoach", "chuong trinh", "van ban", "cong van", "quyet dinh", "chi thi", "de an", "nghi quyet"),
    *("thong bao", "cong dien", "phuong an", "danh muc", "bieu mau", "huong dan"),
)


_MEETINGS = ("kỳ", "cuộc", "hội", "phiên", "buổi", "đợt", "lần", "họp")
_AFTER_WHAT = ("khi", "mỗi", "từng", "đợt", "kỳ", "ngày", "hội", "cuộc", "buổi", "các", "đó")
_NEVER_NAMED = ("bị", "qua")
_SUFFERS = ("thiết", "trang", "chuẩn", "dự", "thông", "vượt")
"""Words behind which "bị", "qua" are half a word ("thiết bị"); elsewhere they end a name: "Đơn vị vi phạm | bị trừ điểm"."""


def goes_past(tokens: Sequence[Token], at: int, i: int) -> bool:
    """Whether "bị", "qua" end a name here; a plural may be narrowed by them ("các hộ bị thiệt hại")."""
    if pair_at(tokens, i) == "mot so" and tokens[i].lower and i > at + 1:
        return True  # "giao các đơn vị | một số việc sau"
    if pair_at(tokens, i) == "tai cac" and i + 2 < len(tokens) and tokens[i + 2].n in _MEETINGS:
        return True  # "báo cáo Cục trưởng | tại các kỳ giao ban tháng"
    if pair_at(tokens, i) in ("muon nhat", "cham nhat", "tre nhat"):
        return True
    if tokens[i].n == "sau" and tokens[i + 1 : i + 2] and tokens[i + 1].n in _AFTER_WHAT:
        return True  # "báo cáo Hiệu trưởng | sau khi kết thúc đợt học"
    ended = tokens[i].n in _NEVER_NAMED and tokens[i - 1].n not in _SUFFERS
    return ended and not (tokens[i].n == "bị" and any(DETERMINERS.match(tokens, k) for k in range(at, min(i, at + 6))))

"""The noun a body's name begins with, and the word its order begins with: lookups over tokens.

Forgives one lost accent in a word of a phrase; a lone short word must be as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.text import words
from letters.text.compare import flat, tone, worn
from letters.text.views import Token

_FLAT_HEADS = re.compile(
    r"\W{0,8}(?:"
    + "|".join(sorted({flat(w) for w in (*words.HEADS, "thu tuong", "uy", "thuong truc")}, key=len, reverse=True))
    + r")\b"
)


def starts_body(text: str) -> bool:
    """Whether a line of a letterhead begins with a body's noun, accents or not ("SƠ Y TE")."""
    return bool(_FLAT_HEADS.match(flat(text)))


_LONG = 4
"""Words from which a phrase is known without its marks."""


class Tree:
    """Phrases by their first word; finds the longest one at a place, forgiving one lost accent in a word."""

    def __init__(self, phrases: tuple[str, ...] | frozenset[str], *, long: bool = False) -> None:
        self._flat: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True) if long else ():
            plain = tuple(flat(phrase).replace(",", " ,").split())
            if len(plain) >= _LONG:
                self._flat.setdefault(plain[0], []).append(plain)
        self._by_first: dict[str, list[tuple[tuple[str, ...], ...]]] = {}
        for phrase in phrases:
            parts = phrase.replace(",", " ,").split()
            for form in worn(tone(parts[0])) if len(parts) > 1 else {tone(parts[0])} | _softened(parts[0]):
                self._by_first.setdefault(form, []).append(tuple(tuple(worn(tone(p))) for p in parts))
        self._lone = frozenset(form for p in phrases if " " not in p for form in worn(tone(p)))
        for entries in self._by_first.values():
            entries.sort(key=len, reverse=True)

    def worn(self, tokens: Sequence[Token], at: int) -> int:
        """The same, a lone word too forgiven a lost mark: only where the words before leave no doubt ("các sơ, ban")."""
        return self.match(tokens, at) or int(at < len(tokens) and tokens[at].n in self._lone)

    def match(self, tokens: Sequence[Token], at: int) -> int:
        """Number of tokens matched at `at`, 0 for none."""
        found = self._as_written(tokens, at)
        return max(found, self._long(tokens, at)) if self._flat else found

    def _long(self, tokens: Sequence[Token], at: int) -> int:
        """A phrase of four words and more is known whatever marks a scan put on them: "Nông nghiệp và Mỗi trường"."""
        for entry in self._flat.get(tokens[at].f, ()) if at < len(tokens) else ():
            if at + len(entry) <= len(tokens) and all(tokens[at + k].f == word for k, word in enumerate(entry)):
                return len(entry)
        return 0

    def _as_written(self, tokens: Sequence[Token], at: int) -> int:
        for entry in self._by_first.get(tokens[at].n, ()) if at < len(tokens) else ():
            if at + len(entry) <= len(tokens) and all(tokens[at + k].n in forms for k, forms in enumerate(entry) if k):
                return len(entry)
        return 0


def _softened(word: str) -> frozenset[str]:
    """The bare form of a lone word, only where it is long enough not to become another word."""
    return frozenset({flat(word)}) if len(word) > 4 else frozenset()


HEADS = Tree(words.HEADS)
OFFICES = Tree(tuple({*words.OFFICES, *(f"phó {office}" for office in words.OFFICES if not office.startswith("phó"))}))
DETERMINERS = Tree(words.DETERMINERS)
PLAIN = Tree(words.PLAIN)
PERSONS = Tree(words.PEOPLE)
NOT_BODIES = Tree(words.NOT_BODIES)
FIELDS = Tree(
    (
        *words.FIELDS,
        *(field.replace(" - ", "-") for field in words.FIELDS if " - " in field),
        *(field.replace(" - ", " ") for field in words.FIELDS if " - " in field),
        *(field.replace(" và ", " ") for field in words.FIELDS if " và " in field),
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
        return begins_noun(tokens, at + skip) or (tokens[at].n == "quý" and tokens[at].s[0].isupper())
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
    return loose and tokens[at].s[0].isupper() and not tokens[at].s.isdecimal()


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
    "tỉnh",
    "huyện",
    "xã",
    "cơ",
    "trên",
    "dưới",
    "phường",
    "trung",
    "thành",
    "thôn",
    "ủy",
    "có",
    "bộ",
    "sở",
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
    if tokens[at].f == "to" and tokens[following - 1].f == "chuc" and tokens[following].lower:
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
    return f"{tokens[i].f} {tokens[i + 1].f}" if i + 1 < len(tokens) else ""


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
    if pair == "thuong xuyen" and i > 1 and pair_at(tokens, i - 2) == "giao duc":
        return False  # "Trung tâm giáo dục thường xuyên"
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
        or pair in ("truc thuoc", "dong tren", "dong tai", "bo doi")
    ):
        return False
    if token.n in ENDS_1:
        half = i > 0 and pair_at(tokens, i - 1) in words.COMPOUNDS
        taken = i > 1 and (
            pair_at(tokens, i - 2) in words.ENDS_2 or pair_at(tokens, i - 2) == "nguoi dan"
        )  # "nhà thầu thi công | lập phương án", no "công lập"
        return pair not in words.COMPOUNDS and (not half or taken)
    if i and pair_at(tokens, i - 1) in words.COMPOUNDS:
        return False
    if pair == "thuong truc" and i + 2 < len(tokens) and tokens[i + 2].f in ("cap", "24", "24/24", "24/7", "san"):
        return True  # "Bệnh viện … thường trực cấp cứu 24/24 giờ"
    if pair in ENDS_2:
        if not tokens[i + 1].lower and tokens[i + 1].f != "ubnd":
            return False  # "Công ty Cổ phần Cấp nước"
        return not (pair == "to chuc" and _noun_tochuc(tokens, i)) and pair != "thuong truc"
    return False


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

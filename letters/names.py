"""Names of bodies in running text: where a name begins, where it ends, how a list of them falls apart.

A name begins with a noun of `words.HEADS` (or an office, or "các …") and ends before the first word an order
begins with. Lists are split before each new name; plain lists ("các sở, ban, ngành") stay one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters import words
from letters.compare import flat, tone, worn
from letters.text import Text, Token

LONGEST = 60
"""Words after which a name without end is given up."""

_FLAT_HEADS = re.compile(
    r"\W*(?:"
    + "|".join(sorted({flat(w) for w in (*words.HEADS, "thu tuong", "uy", "thuong truc")}, key=len, reverse=True))
    + r")\b"
)


def starts_body(text: str) -> bool:
    """Whether a line of a letterhead begins with a body's noun, accents or not ("SƠ Y TE")."""
    return bool(_FLAT_HEADS.match(flat(text)))


@dataclass(frozen=True)
class Name:
    """One body: `text` as written (expanded where the letter shares a noun), its range, and whether its end was sure."""

    text: str
    start: int
    end: int
    sure: bool = True


class _Tree:
    """Phrases by their first word; finds the longest one at a place, forgiving one lost accent in a word."""

    def __init__(self, phrases: tuple[str, ...] | frozenset[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], ...]]] = {}
        for phrase in phrases:
            parts = phrase.split()
            for form in worn(tone(parts[0])) if len(parts) > 1 else {tone(parts[0])} | _softened(parts[0]):
                self._by_first.setdefault(form, []).append(tuple(tuple(worn(tone(p))) for p in parts))
        for entries in self._by_first.values():
            entries.sort(key=len, reverse=True)

    def match(self, tokens: Sequence[Token], at: int) -> int:
        """Number of tokens matched at `at`, 0 for none."""
        for entry in self._by_first.get(tokens[at].n, ()) if at < len(tokens) else ():
            if at + len(entry) <= len(tokens) and all(tokens[at + k].n in forms for k, forms in enumerate(entry) if k):
                return len(entry)
        return 0


def _softened(word: str) -> frozenset[str]:
    """The bare form of a lone word, only where it is long enough not to become another word."""
    return frozenset({flat(word)}) if len(word) > 4 else frozenset()


HEADS = _Tree(words.HEADS)
OFFICES = _Tree(words.OFFICES)
DETERMINERS = _Tree(words.DETERMINERS)
PLAIN = _Tree(words.PLAIN)
NOT_BODIES = _Tree(words.NOT_BODIES)
FIELDS = _Tree(words.FIELDS)
_ENDS_1 = frozenset(tone(w) for w in words.ENDS_1)
_SAFE_ENDS = frozenset(w for w in words.ENDS_2)
_FIRM = frozenset(
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
    if office:
        return loose or not tokens[at].lower or bool(DETERMINERS.match(tokens, at + office))
    if _worn_noun(tokens, at):
        return True
    if HEADS.match(tokens, at):
        return not NOT_BODIES.match(tokens, at) and (loose or (not tokens[at].lower and not _mere_noun(tokens, at)))
    return loose and tokens[at].s[0].isupper() and not tokens[at].s.isdigit()


def begins_noun(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and bool(HEADS.match(tokens, at) or OFFICES.match(tokens, at))


def _mere_noun(tokens: Sequence[Token], at: int) -> bool:
    """A lone common noun that names nobody: "Tổ chức thực hiện", "Doanh nghiệp có thu nhập", "Báo cáo"."""
    plain = PLAIN.match(tokens, at)
    following = at + (plain or HEADS.match(tokens, at))
    if following >= len(tokens):
        return bool(plain)
    if tokens[at].f == "to" and tokens[following - 1].f == "chuc" and tokens[following].lower:
        return tokens[following].f not in ("chinh", "doan", "xa")
    if not plain or not tokens[following].lower:
        return bool(plain) and not tokens[following].word and tokens[following].s not in ",:"
    return tokens[following].f in ("co", "kinh", "san", "chi", "nao", "do", "nay", "phai") and _pair(tokens, following) != "co trach"


def _worn_noun(tokens: Sequence[Token], at: int) -> bool:
    """ "So Tài chính": a short noun that lost its marks is known by the field after it."""
    return (
        tokens[at].f in ("so", "bo", "phong", "cuc", "vu")
        and not tokens[at].lower
        and bool(FIELDS.match(tokens, at + 1))
    )


def names(text: Text, start: int, end: int, *, loose: bool = False) -> tuple[list[Name], int]:
    """The list of bodies that begins at `start`, and where it ends. No name: ([], start)."""
    if not begins(text.words(start, end, 8), 0, loose=loose):
        return [], start
    tokens = text.words(start, end, 260)
    if not begins(tokens, 0, loose=loose):
        return [], start
    shared = _shared_noun(text, tokens)
    if shared:
        return shared
    found: list[Name] = []
    at = 0
    stop = 0
    while at < len(tokens) and len(found) < 25:
        last, after, sure = _one(tokens, at)
        if last <= at:
            break
        found.append(
            Name(
                _clean(text.s[tokens[at].start : tokens[last - 1].end]),
                tokens[at].start,
                tokens[last - 1].end,
                sure,
            )
        )
        stop = tokens[last - 1].end
        following = _next(tokens, after)
        if following < 0:
            break
        at = following
        more = _shared_noun(text, tokens[at:])
        if more:
            return found + more[0], more[1]
    return found, stop


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;:.-–")


def _one(tokens: Sequence[Token], at: int) -> tuple[int, int, bool]:
    """One name from `at`: (index after its last token, index where the list may go on, whether its end is sure)."""
    i = _noun_end(tokens, at)
    relative = False
    while i < len(tokens):
        if i - at > LONGEST:
            return i, i, False
        token = tokens[i]
        if token.s == "(":
            close = next((k for k in range(i, min(i + 60, len(tokens))) if tokens[k].s == ")"), -1)
            return i, close + 1 if close > 0 else i, True
        if token.s in "-–—" and i + 1 < len(tokens) and tokens[i + 1].word:
            i += 1
            continue
        if token.s in ",;":
            if token.s == "," and _goes_on(tokens, at, i) and not _qualified(tokens, at, i):
                i = max(i + 1, _noun_end(tokens, i + 1))
                continue
            return i, i, True
        if not token.word and token.s not in "/&'’":
            return i, i, True
        if token.n in ("và", "hoặc") or (token.n == "va" and token.f == "va"):
            if relative and tokens[i + 1 : i + 2] and tokens[i + 1].n in ("tại", "trong"):
                i += 1
                continue
            if _splits(tokens, i + 1) or (begins_noun(tokens, i + 1) and _qualified(tokens, at, i)) or (tokens[i + 1 : i + 2] and _ends(tokens, i + 1, False)):
                return i, i, True
            i += 1
            continue
        if (
            token.n == "được"
            and tokens[i + 1 : i + 2]
            and tokens[i + 1].n in ("giao", "phân", "cấp", "chọn", "ủy", "cử")
        ):
            relative = True
            i += 2
            continue
        if _ends(tokens, i, relative):
            return i, i, True
        i += 1
    return i, i, True


def _noun_end(tokens: Sequence[Token], at: int) -> int:
    """Index after determiner, office and noun, with what may follow them at once and still belong to the name."""
    i = at + DETERMINERS.match(tokens, at)
    plural = i > at
    office = OFFICES.match(tokens, i)
    while office:
        i += office
        skip = DETERMINERS.match(tokens, i)
        i += skip
        office = OFFICES.match(tokens, i)
    noun = HEADS.match(tokens, i) or int(i < len(tokens) and _worn_noun(tokens, i))
    if not noun:
        return max(i, at + 1)
    proper = not tokens[i].lower and not plural
    i += noun
    fields = FIELDS.match(tokens, i)
    if fields and not tokens[i].lower:
        return i + fields
    pair = _pair(tokens, i)
    if (
        pair in words.NAMED_AFTER
        and tokens[i].lower
        and (proper or plural)
        and pair not in _FIRM
        and not _verb_here(tokens, i, pair, plural)
    ):
        i += 2
        if (
            i < len(tokens)
            and tokens[i].n == "và"
            and _pair(tokens, i + 1) in words.NAMED_AFTER
            and _ends(tokens, i + 3, False)
        ):
            i += 3
    return i


def _verb_here(tokens: Sequence[Token], i: int, pair: str, plural: bool) -> bool:
    """Whether "xây dựng", "tổ chức" after a plain plural noun is the order itself: "các đơn vị xây dựng kế hoạch"."""
    following = tokens[i + 2].n if i + 2 < len(tokens) else ""
    objects = (
        "kế",
        "phương",
        "báo",
        "thực",
        "triển",
        "việc",
        "các",
        "công",
        "tuyên",
        "rà",
        "đề",
        "chương",
        "hồ",
        "danh",
        "đầy",
        "xã",
        "tốt",
        "cho",
        "và",
        "đối",
    )
    return plural and pair in ("xay dung", "to chuc", "huong dan", "kiem tra", "tuyen truyen", "su dung", "ho tro", "bao ve", "phat trien", "tham gia",
                               "tham dinh", "thanh tra", "tiep nhan", "ung dung", "chuyen doi", "chi dao", "cong tac", "cung cap", "van hanh", "khai thac") and (
        following in objects or not following.isalpha()
    )  # fmt: skip


def _pair(tokens: Sequence[Token], i: int) -> str:
    return f"{tokens[i].f} {tokens[i + 1].f}" if i + 1 < len(tokens) else ""


def _ends(tokens: Sequence[Token], i: int, relative: bool) -> bool:
    """Whether the order, or another part of the sentence, begins at token i."""
    if i >= len(tokens):
        return False
    token = tokens[i]
    pair = _pair(tokens, i)
    if not token.lower:
        return bool(re.fullmatch(r"\d{1,2}[/.]\d{1,2}.*", token.s))
    if pair in ("co lien", "theo nganh", "theo doi") and pair != "theo doi":
        return False
    if relative:
        return pair in _FIRM or pair in ("co y", "bao dam", "dam bao")
    if token.n == "có":
        return pair != "co lien" and pair != "co tham" and pair != "co chuc" and pair != "co tru"
    if token.n == "là":
        return pair not in ("la to", "la thanh", "la doanh", "la nguoi")
    if token.n == "tại":
        return not (i + 1 < len(tokens) and tokens[i + 1].n in ("các", "địa", "tỉnh", "huyện", "xã", "phường", "việt"))
    if token.n == "trên":
        return (
            pair != "tren dia"
            and pair != "tren toan"
            and not (pair.split()[0] == "tren" and (i + 1 >= len(tokens) or not tokens[i + 1].word))
        )
    if i and tokens[i - 1].n == "là":
        return False
    if token.n in ("nêu", "tương") or pair == "lien quan" or pair in ("truc thuoc", "dong tren", "dong tai", "bo doi"):
        return False
    if token.n in _ENDS_1:
        return pair != "khong quan" and not (token.n == "không" and i and tokens[i - 1].n == "hàng")
    if pair in _SAFE_ENDS:
        return not (pair == "to chuc" and _noun_tochuc(tokens, i)) and pair != "thuong truc"
    return False


def _noun_tochuc(tokens: Sequence[Token], i: int) -> bool:
    """ "tổ chức" as a noun: "các cơ quan, tổ chức", "tổ chức chính trị"."""
    before = tokens[i - 1].s if i else ""
    after = tokens[i + 2].f if i + 2 < len(tokens) else ""
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


def _goes_on(tokens: Sequence[Token], at: int, comma: int) -> bool:
    """Whether the name goes on after this comma: a plain list, a field of three parts, a list of places."""
    i = comma + 1
    if i >= len(tokens) or not tokens[i].word:
        return False
    if DETERMINERS.match(tokens, i) and tokens[i].n != "quý":
        return False
    plain = PLAIN.match(tokens, i)
    if plain and (tokens[i].lower or _alone(tokens, i + plain)):
        return True
    plural = bool(DETERMINERS.match(tokens, at))
    if tokens[i].lower:
        return plural and not _ends(tokens, i, False) and not OFFICES.match(tokens, i)
    return not HEADS.match(tokens, i) and not OFFICES.match(tokens, i)


_PLACES = ("tỉnh", "thành", "phố", "huyện", "xã", "phường", "thị", "quận", "thôn", "trấn", "đặc", "khu")


def _qualified(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a plain list has been narrowed ("các cơ quan chức năng"), so that the next plain noun is another body."""
    i = at + DETERMINERS.match(tokens, at)
    if i == at or tokens[end - 1].s[0].isupper() or not PLAIN.match(tokens, end + 1):
        return False
    if tokens[end - 1].n in _PLACES and tokens[end + 1].n in _PLACES:
        return False
    while i < end:
        step = PLAIN.match(tokens, i) or (1 if tokens[i].s == "," or tokens[i].n == "và" else 0)
        if not step:
            return True
        i += step
    return False


def _alone(tokens: Sequence[Token], i: int) -> bool:
    return i >= len(tokens) or tokens[i].s in ",;:." or tokens[i].n in ("và", "liên", "có")


def _splits(tokens: Sequence[Token], i: int) -> bool:
    """Whether a new name begins after "và" or a comma."""
    if i >= len(tokens):
        return False
    if DETERMINERS.match(tokens, i):
        return begins_noun(tokens, i + DETERMINERS.match(tokens, i))
    plain = PLAIN.match(tokens, i)
    if plain and tokens[i].lower:
        return False
    if plain and _alone(tokens, i + plain):
        return False
    return bool(HEADS.match(tokens, i) or OFFICES.match(tokens, i)) and (
        not tokens[i].lower or bool(HEADS.match(tokens, i) > 1)
    )


def _next(tokens: Sequence[Token], i: int) -> int:
    """Index where the next name of the list begins after separators at i, or -1."""
    k = i
    while k < len(tokens) and (tokens[k].s in ",;" or tokens[k].n in ("và", "cùng", "hoặc")) and k < i + 3:
        k += 1
    if k == i or k >= len(tokens):
        return -1
    if begins(tokens, k):
        return k
    if HEADS.match(tokens, k) and not _ends(tokens, k, False):
        return k
    return -1


_SHARED = {
    "bộ",
    "sở",
    "tập đoàn",
    "hội",
    "ban",
    "phòng",
    "cục",
    "vụ",
    "tổng công ty",
    "công ty",
    "trường",
    "chi cục",
    "ngành",
    "trung tâm",
    "huyện",
    "xã",
    "phường",
}


def _shared_noun(text: Text, tokens: Sequence[Token]) -> tuple[list[Name], int] | None:
    """ "các Bộ: Công an, Tài chính" → Bộ Công an, Bộ Tài chính."""
    i = DETERMINERS.match(tokens, 0) if tokens else 0
    noun = HEADS.match(tokens, i) if i else 0
    colon = i + noun
    if (
        not noun
        or colon + 1 >= len(tokens)
        or tokens[colon].s != ":"
        or tokens[colon + 1].lower
        or not tokens[colon + 1].word
    ):
        return None
    word = re.sub(r"\s+", " ", text.s[tokens[i].start : tokens[colon - 1].end])
    if word.lower() not in _SHARED:
        return None
    if begins(tokens, colon + 1) and not FIELDS.match(tokens, colon + 1):
        return None
    head = word[0].upper() + word[1:]
    found: list[Name] = []
    k = colon + 1
    while k < len(tokens):
        size = max(FIELDS.match(tokens, k), _proper_end(tokens, k) - k)
        if size <= 0:
            break
        found.append(
            Name(
                f"{head} {_clean(text.s[tokens[k].start : tokens[k + size - 1].end])}",
                tokens[k].start,
                tokens[k + size - 1].end,
            )
        )
        k += size
        if (
            k + 1 < len(tokens)
            and (tokens[k].s == "," or tokens[k].n == "và")
            and not tokens[k + 1].lower
            and not begins(tokens, k + 1)
        ) or (k + 1 < len(tokens) and (tokens[k].s == "," or tokens[k].n == "và") and FIELDS.match(tokens, k + 1)):
            k += 1
        else:
            break
    if not found:
        return None
    following = _next(tokens, k)
    if following >= 0:
        rest, end = names(text, tokens[following].start, tokens[-1].end)
        return found + rest, end
    return found, found[-1].end


def _proper_end(tokens: Sequence[Token], k: int) -> int:
    """Index after a proper name such as "Công nghiệp - Năng lượng Quốc gia Việt Nam"."""
    i = k
    while i < len(tokens) and i - k < 14:
        token = tokens[i]
        if token.s in "-–" and i + 1 < len(tokens) and not tokens[i + 1].lower:
            i += 1
            continue
        if not token.word or token.n in ("và", "hoặc"):
            break
        if token.lower and (_ends(tokens, i, False) or token.n in ("có", "liên")):
            break
        i += 1
    return i

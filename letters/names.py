"""Names of bodies in running text: where a name begins, where it ends, how a list of them falls apart.

A name begins with a noun of `words.HEADS` (or an office, or "các …") and ends before the first word an order
begins with. Lists are split before each new name; plain lists ("các sở, ban, ngành") stay one name.
"""

from __future__ import annotations

from collections.abc import Sequence

from letters import words
from letters.expansion import Name, clean, introduced, is_post, shared_noun
from letters.parts import (
    PLACE_NOUNS,
    apposed,
    ends_title,
    in_charge,
    is_order,
    lists_acts,
    named_by_trade,
    narrows,
    places_after,
    slashed,
    whole_word,
    worn_comma,
)
from letters.text import Text, Token
from letters.vocabulary import (
    DETERMINERS,
    FIELDS,
    FIRM,
    HEADS,
    OFFICES,
    PLAIN,
    begins,
    begins_noun,
    ends,
    is_role,
    pair_at,
    within,
    worn_noun,
)

LONGEST = 60
"""Words after which a name without end is given up."""


def names(text: Text, start: int, end: int, *, loose: bool = False) -> tuple[list[Name], int]:
    """The list of bodies that begins at `start`, and where it ends. No name: ([], start)."""
    if not begins(text.words(start, end, 8), 0, loose=loose):
        return [], start
    tokens = text.words(start, end, 260)
    found: list[Name] = []
    at, stop = introduced(tokens), start
    while 0 <= at < len(tokens) and len(found) < 25:
        some, after = shared_noun(text, tokens, at) or _single(text, tokens, at)
        if not some:
            break
        if found and is_post(found[-1], some[0], text):
            some = [
                Name(text.s[found[-1].start : some[0].end], found[-1].start, some[0].end, found.pop().sure),
                *some[1:],
            ]
        found.extend(some)
        stop = some[-1].end
        if after + 3 < len(tokens) and apposed(tokens, at, after):
            after = _one(tokens, after + 1)[1]
            stop = tokens[after - 1].end
        at = _next(tokens, after)
    return found, stop


def _single(text: Text, tokens: Sequence[Token], at: int) -> tuple[list[Name], int]:
    last, after, sure = _one(tokens, at)
    if last <= at:
        return [], at
    places = places_after(tokens, at, last)
    last, after = (places, places) if places else (last, after)
    start, end = tokens[at].start, tokens[last - 1].end
    return [Name(clean(text.s[start:end]), start, end, sure)], after


def _one(tokens: Sequence[Token], at: int) -> tuple[int, int, bool]:
    """One name from `at`: (index after its last token, index where the list may go on, whether its end is sure)."""
    i = _noun_end(tokens, at)
    relative = False
    while i < len(tokens):
        if i - at > LONGEST:
            return i, i, False
        token = tokens[i]
        if named_by_trade(tokens, i):
            i += 2
            continue
        charge = in_charge(tokens, at, i)
        if charge:
            i = charge
            continue
        if _complete(tokens, at, i):
            return i, i, True
        if token.s == "(":
            close = next((k for k in range(i, min(i + 60, len(tokens))) if tokens[k].s == ")"), -1)
            return i, close + 1 if close > 0 else i, True
        if apposed(tokens, at, i):
            return i, i, True
        if token.s in "-–—" and i + 1 < len(tokens) and tokens[i + 1].word:
            i += 1
            continue
        if token.s == "," and i + 1 < len(tokens) and f"{tokens[i - 1].f} {tokens[i + 1].f}" in words.COMMA_WORDS:
            i += 2
            continue
        if narrows(tokens, at, i):
            i += 3
            continue
        if token.s == "," and lists_acts(tokens, at, i, relative):
            i += 3 if pair_at(tokens, i + 1) in words.ACTIVITIES else 1
            continue
        if token.s in ",;":
            if token.s == "," and _goes_on(tokens, at, i) and not _qualified(tokens, at, i):
                i = max(i + 1, _noun_end(tokens, i + 1))
                continue
            return i, i, True
        if slashed(tokens, at, i):
            return i, i, True
        if worn_comma(tokens, i):
            i += 1
            continue
        if not token.word and token.s not in "/&'’":
            return i, i, True
        if token.n in ("và", "hoặc") or (token.n == "va" and token.f == "va"):
            if relative and tokens[i + 1 : i + 2] and tokens[i + 1].n in ("tại", "trong"):
                i += 1
                continue
            if (
                _splits(tokens, i + 1)
                or (begins_noun(tokens, i + 1) and _qualified(tokens, at, i))
                or (tokens[i + 1 : i + 2] and ends(tokens, i + 1, False))
            ):
                return i, i, True
            i += 1
            continue
        plural = DETERMINERS.match(tokens, at) > 0
        passive = token.n == "được" and not plural
        if passive and not (i + 1 < len(tokens) and tokens[i + 1].n in ("giao", "phân", "cấp", "chọn", "ủy", "cử")):
            return i, i, True
        if tokens[i - 1].n in PLACE_NOUNS and not token.lower and _ordered_anew(tokens, i):
            return i, i, True
        if (
            token.n == "được"
            and tokens[i + 1 : i + 2]
            and tokens[i + 1].n in ("giao", "phân", "cấp", "chọn", "ủy", "cử")
        ):
            relative = True
            i += 2
            continue
        if ends(tokens, i, relative) and not ends_title(tokens, at, i):
            return i, i, True
        i += 2 if whole_word(tokens, i) else 1
    return min(i, len(tokens)), min(i, len(tokens)), True


def _ordered_anew(tokens: Sequence[Token], i: int) -> bool:
    """ "Đề nghị UBND tỉnh ⏎ Tuyên truyền, vận động …": an order begins a line of its own behind a name."""
    return pair_at(tokens, i) in words.ENDS_2 and tokens[i + 1].lower


def _complete(tokens: Sequence[Token], at: int, i: int) -> bool:
    """After "UBND tỉnh", "các xã, phường", "Sở Tài chính" any other lower-case word begins the order."""
    if i <= at or not tokens[i].lower or tokens[i].n in words.QUALIFIERS or within(tokens, i):
        return False
    if tokens[i - 1].n in PLACE_NOUNS and pair_at(tokens, i - 1) not in (
        "xa hoi",
        "khu vuc",
        "thi truong",
        "thanh tra",
        "pho thong",
    ):
        return True
    noun = at + DETERMINERS.match(tokens, at)
    noun += HEADS.match(tokens, noun)
    fields = FIELDS.match(tokens, noun) if noun < len(tokens) and not tokens[noun].lower else 0
    return fields > 0 and noun + fields == i


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
    worn = plural and pair_at(tokens, i) not in words.ENDS_2
    noun = (HEADS.worn(tokens, i) if worn else HEADS.match(tokens, i)) or int(i < len(tokens) and worn_noun(tokens, i))
    if not noun:
        return max(i, at + 1)
    proper = not tokens[i].lower and not plural
    i += noun
    fields = FIELDS.match(tokens, i)
    if fields and not tokens[i].lower:
        return i + fields
    plural = plural and tokens[at].n != "quý"  # "Quý Ủy ban" is one
    after = words.PLURAL_AFTER if plural else words.NAMED_AFTER if proper else frozenset[str]()
    pair = pair_at(tokens, i)
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


def _goes_on(tokens: Sequence[Token], at: int, comma: int) -> bool:
    """Whether the name goes on after this comma: a plain list, a field of three parts, a list of places."""
    i = comma + 1
    if i >= len(tokens) or not tokens[i].word:
        return False
    if DETERMINERS.match(tokens, i) and tokens[i].n != "quý":
        return False
    plain = PLAIN.worn(tokens, i)
    if plain and (tokens[i].lower or _alone(tokens, i + plain)):
        return True
    plural = any(DETERMINERS.match(tokens, k) for k in range(at, min(at + 4, comma)))
    if tokens[i].lower and tokens[comma - 1].n in PLACE_NOUNS:
        return False
    if tokens[i].lower:
        committees = tokens[comma - 1].f == "uy" and tokens[comma - 2].lower and pair_at(tokens, i) in _LOCAL
        another = OFFICES.match(tokens, i) or (pair_at(tokens, i) in _OWN_BODIES and not committees)
        return plural and not ends(tokens, i, False) and not another
    return not HEADS.match(tokens, i) and not OFFICES.match(tokens, i)


_PLACES = ("tỉnh", "thành", "phố", "huyện", "xã", "phường", "thị", "quận", "thôn", "trấn", "đặc", "khu")


def _qualified(tokens: Sequence[Token], at: int, end: int) -> bool:
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
    return i >= len(tokens) or tokens[i].s in ",;:." or tokens[i].n in ("và", "liên", "có")


def _splits(tokens: Sequence[Token], i: int) -> bool:
    """Whether a new name begins after "và" or a comma."""
    if i >= len(tokens):
        return False
    if DETERMINERS.match(tokens, i):
        noun = i + DETERMINERS.match(tokens, i)
        return begins_noun(tokens, noun) and not (noun < len(tokens) and tokens[noun].s == "Khu")
    plain = PLAIN.worn(tokens, i)
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
    while k < len(tokens) and (tokens[k].s in ",;/" or tokens[k].n in ("và", "cùng", "hoặc")) and k < i + 3:
        k += 1
    if k == i or k >= len(tokens) or is_role(tokens, k):
        return -1
    if begins(tokens, k):
        return k
    if HEADS.match(tokens, k) and not ends(tokens, k, False):
        return k
    return -1

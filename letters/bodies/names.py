"""Names of bodies in running text: where a name begins, where it ends, how a list of them falls apart.

A name begins with a noun of `words.HEADS` (or an office, or "các …") and ends before the first word an order
begins with. Lists are split before each new name; plain lists ("các sở, ban, ngành") stay one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.bodies.expansion import Name, clean, introduced, is_post, shared_noun
from letters.bodies.extent import STILL_OF_IT, complete, known_end, noun_end, swallows, told
from letters.bodies.lists import another_kind, cited, following, goes_on, goes_past, qualified, splits
from letters.bodies.narrowing import bracket_off, in_charge, narrows, stands
from letters.bodies.parts import (
    PLACE_NOUNS,
    abbreviates,
    apposed,
    begins_anew,
    charged_to,
    ends_title,
    names_itself,
    ordered_anew,
    paper_next,
    places_after,
    slashed,
    whole_office,
    whole_word,
    worn_comma,
)
from letters.bodies.trades import joins_duties, joins_trades, list_ordered, lists_acts, named_by_trade, trade_of_many
from letters.text import words
from letters.text.compare import fold
from letters.text.gazetteer import Gazetteer
from letters.text.marks import FIELD_PARTS
from letters.text.views import Text, Token
from letters.text.vocabulary import (
    DETERMINERS,
    HEADS,
    begins,
    begins_noun,
    ends,
    pair_at,
)

_BEHIND_DASH = ("d/c", "thang", "quy", "ngay", "truoc", "thoi", "han", "xong")
_COUNTED = ("ngày", "tháng", "giờ", "lần", "người", "bản", "tuần", "bộ", "ngay", "thang", "gio", "nguoi", "tuan")
LONGEST = 60
"""Words after which a name without end is given up."""


def names(text: Text, start: int, end: int, *, loose: bool = False) -> tuple[list[Name], int]:
    """The list of bodies that begins at `start`, and where it ends. No name: ([], start)."""
    if not begins(text.words(start, end, 16), 0, loose=loose):
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
            after = _one(tokens, after + 1, text.own)[1]
            stop = tokens[after - 1].end
        at = following(tokens, after)
    if len(found) > 1 and _EACH.fullmatch(fold(found[-1].text)):
        return found[:-1], stop  # "giao Sở A, Sở B, mỗi đơn vị cử 01 cán bộ"
    return found, stop


_EACH = re.compile(r"(?:moi|tung) (?:don vi|co quan|dia phuong|so|nganh|to chuc)")


def _single(text: Text, tokens: Sequence[Token], at: int) -> tuple[list[Name], int]:
    last, after, sure = _one(tokens, at, text.own)
    if last <= at:
        return [], at
    places = places_after(tokens, at, last)
    last, after = (places, places) if places else (last, after)
    start, end = tokens[at].start, tokens[last - 1].end
    charged = last - at > 3 and pair_at(tokens, last - 2) == "duoc giao" and not DETERMINERS.match(tokens, at)
    named = tokens[last - 3].end if charged else end  # "Sở Nội vụ được giao chủ trì …"
    return [Name(clean(text.s[start:named]), start, end, sure)], after


def _one(tokens: Sequence[Token], at: int, own: Gazetteer | None) -> tuple[int, int, bool]:
    """One name from `at`: (index after its last token, index where the list may go on, whether its end is sure)."""
    i, known = noun_end(tokens, at, own)
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
        if token.n == "sở" and token.lower and pair_at(tokens, i) == "so tai" and tokens[i + 1].n == "tại":
            i += 2  # "Phòng Kinh tế và Hạ tầng sở tại"
            continue
        if i > at + 1 and token.s.isdecimal() and tokens[i + 1 : i + 2] and tokens[i + 1].n.split("/")[0] in _COUNTED:
            return i, i, True  # "báo cáo UBND tỉnh 10 ngày/lần"
        done = stands(tokens, at, i)
        if done:
            return bracket_off(tokens, i + done), i + done, False
        if paper_next(tokens, at, i, known):
            return i, i, True
        if not token.lower and i > at and not begins_anew(tokens, i):
            inner, whole = known_end(tokens, i, own)
            if inner > i:
                i, known = inner, inner if whole else known
                continue
        if i == known and pair_at(tokens, i) in STILL_OF_IT:
            i, known = i + 2, i + 2
            continue
        if complete(tokens, at, i, known) or (i > at and goes_past(tokens, at, i)):
            return i, i, i != known or (told(tokens, at, i) and not swallows(tokens, at, i))
        if token.s == "(":
            close = next((k for k in range(i, min(i + 60, len(tokens))) if tokens[k].s == ")"), -1)
            if abbreviates(tokens, i, close):
                i = close + 2
                continue
            return i, close + 1 if close > 0 else i, True
        if pair_at(tokens, i) == "chuyen trach" and pair_at(tokens, i + 2).startswith("ve "):
            i += 5 if pair_at(tokens, i + 3) in words.NAMED_AFTER else 3  # "các đơn vị chuyên trách về quản lý …"
            continue
        if i > at + 1 and begins_anew(tokens, i):
            return i, i, True
        if apposed(tokens, at, i):
            return i, i, True
        if token.s in "-–—" and (
            pair_at(tokens, i + 1) == "dong chi" or (tokens[i + 1 : i + 2] and tokens[i + 1].f in _BEHIND_DASH)
        ):
            return i, i, True
        if token.s in "-–" and i + 2 < len(tokens) and tokens[i + 1].s == "." and tokens[i + 2].s.isupper():
            i += 2  # a scan's "Phòng Lao động -. TB&XH"
            continue
        if token.s in "-–—" and i + 1 < len(tokens) and tokens[i + 1].word:
            i += 3 if (pair_at(tokens, i - 2), pair_at(tokens, i + 1)) in FIELD_PARTS else 1
            continue
        if token.s == "," and i + 1 < len(tokens) and f"{tokens[i - 1].f} {tokens[i + 1].f}" in words.COMMA_WORDS:
            i += 2
            continue
        narrowed = narrows(tokens, at, i)
        if narrowed:
            i += narrowed
            continue
        if token.s == "," and lists_acts(tokens, at, i, relative):
            i += 3 if pair_at(tokens, i + 1) in words.ACTIVITIES else 1
            continue
        if token.s in ",;":
            if token.s == "," and goes_on(tokens, at, i) and not qualified(tokens, at, i):
                i = i + 3 if list_ordered(tokens, i) else max(i + 1, noun_end(tokens, i + 1, own)[0])
                continue
            return i, i, True
        if slashed(tokens, at, i):
            return i, i, True
        if worn_comma(tokens, i):
            i += 1
            continue
        if not token.word and token.s not in "/&'’":
            return i, i, True
        if token.n == "và" and i == at + 1 and tokens[at].f == "bao" and tokens[i + 1 : i + 2]:
            i += 1  # "Báo và Đài Phát thanh - Truyền hình tỉnh"
            continue
        if token.n in ("và", "hoặc") or (token.n == "va" and token.f == "va"):
            if relative and tokens[i + 1 : i + 2] and tokens[i + 1].n in ("tại", "trong"):
                i += 1
                continue
            if joins_trades(tokens, at, i) or joins_duties(tokens, at, i):
                i += 3
                continue
            if (
                splits(tokens, i + 1)
                or (pair_at(tokens, i + 1) in ("chinh quyen", "luc luong") and not DETERMINERS.match(tokens, at))
                or (begins_noun(tokens, i + 1) and (qualified(tokens, at, i) or another_kind(tokens, at, i)))
                or (tokens[i + 1 : i + 2] and ends(tokens, i + 1, False))
            ):
                return i, i, True
            i += 1
            continue
        plural = DETERMINERS.match(tokens, at) > 0
        passive = token.n == "được" and not plural
        if passive and i > at + 1 and charged_to(tokens, i):
            return i, i, True
        if token.n == "được" and plural and pair_at(tokens, i + 2) == "chu dau" and tokens[i + 1].n == "giao":
            i += 5  # "các đơn vị được giao chủ đầu tư | đẩy nhanh …"
            continue
        if passive and not (i + 1 < len(tokens) and tokens[i + 1].n in ("giao", "phân", "cấp", "chọn", "ủy", "cử")):
            return i, i, True
        placed = tokens[i - 1].n in PLACE_NOUNS or whole_office(tokens, at, i)
        if placed and not token.lower and ordered_anew(tokens, i):
            return i, i, True
        if relative and cited(tokens, i):
            i, relative = i + cited(tokens, i), False
            continue
        if (
            token.n == "được"
            and tokens[i + 1 : i + 2]
            and tokens[i + 1].n in ("giao", "phân", "cấp", "chọn", "ủy", "cử")
        ):
            relative = True
            i += 2
            continue
        if (
            token.n == "được"
            and plural
            and tokens[at].n not in ("mỗi", "từng")
            and pair_at(tokens, i + 1) in words.ENDS_2
            and tokens[i + 1].lower
        ):
            i += 3  # "các đơn vị được kiểm tra chuẩn bị báo cáo"
            continue
        if plural and trade_of_many(tokens, i):
            i += 2
            continue
        if ends(tokens, i, relative) and not ends_title(tokens, at, i) and not names_itself(tokens, at, i):
            return i, i, not swallows(tokens, at, i)
        inner = 0 if token.lower else HEADS.match(tokens, i)  # "Thành viên Ban điều hành"
        i += inner if inner > 1 else 2 if whole_word(tokens, i) else 1
    return min(i, len(tokens)), min(i, len(tokens)), True

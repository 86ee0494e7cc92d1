"""Names that share a noun: "các Bộ: Công an, Tài chính" is Bộ Công an and Bộ Tài chính (the only words ever added)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letters.text.compare import fold
from letters.text.views import Text, Token
from letters.text.vocabulary import DETERMINERS, FIELDS, HEADS, OFFICES, PLAIN, begins, ends

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
    "hợp tác xã",
}
_KINDS = {"hợp tác xã", "trường", "trung tâm", "công ty"}
"""Of these, nouns that small words may narrow: "các trường trung học phổ thông: A, B"."""


@dataclass(frozen=True)
class Name:
    """One body: `text` as written (expanded where the letter shares a noun), its range, and whether its end was sure."""

    text: str
    start: int
    end: int
    sure: bool = True


def shared_noun(text: Text, tokens: Sequence[Token], at: int) -> tuple[list[Name], int] | None:
    """ "các Bộ: Công an, Tài chính" → Bộ Công an, Bộ Tài chính, "Giám đốc các sở: Y tế, …" → Giám đốc Sở Y tế, …; and the
    index of the token after them."""
    base = at + OFFICES.match(tokens, at)
    noun = base + DETERMINERS.match(tokens, base)
    colon = noun + (HEADS.match(tokens, noun) if noun > base else 0)
    kind = " ".join(token.n for token in tokens[noun:colon])
    colon = last = narrowed = _narrowed(tokens, colon) if kind in _KINDS else colon
    while noun > base and colon + 2 < len(tokens) and tokens[colon].s == "," and PLAIN.match(tokens, colon + 1):
        colon += 1 + PLAIN.match(tokens, colon + 1)
    if colon <= noun or colon + 1 >= len(tokens) or tokens[colon].s != ":" or not _proper(tokens, colon + 1):
        return None
    word = clean(text.s[tokens[noun].start : tokens[last - 1].end])
    shared = kind in _SHARED if last == narrowed else " ".join(token.n for token in tokens[noun:last]) in _SHARED
    if not shared or (
        begins(tokens, colon + 1) and not FIELDS.match(tokens, colon + 1) and not _trades(tokens, noun, colon)
    ):
        return None
    office = f"{clean(text.s[tokens[at].start : tokens[base - 1].end])} " if base > at else ""
    found: list[Name] = []
    k = colon + 1
    while k < len(tokens):
        size = max(FIELDS.match(tokens, k), _proper_end(tokens, k) - k)
        if size <= 0 or (found and kind == "sở" and tokens[k].n == "công" and tokens[k + 1].n == "an"):
            k -= 1 if size else 0
            break  # "các sở: Tài chính, Xây dựng, | Công an tỉnh"
        start, end = tokens[k].start, tokens[k + size - 1].end
        found.append(Name(f"{office}{word[0].upper()}{word[1:]} {clean(text.s[start:end])}", start, end))
        k += size
        if not _another(tokens, k) or (last != colon and HEADS.match(tokens, k + 1)):
            break
        k += 1
    return (found, k) if found else None


def _narrowed(tokens: Sequence[Token], at: int) -> int:
    """ "các Hợp tác xã dịch vụ điện: A, B": the index of the colon where a few small words narrow the noun."""
    k = at
    while k < len(tokens) and k < at + 5 and tokens[k].word and tokens[k].lower:
        k += 1
    return k if k < len(tokens) and tokens[k].s == ":" else at


def _trades(tokens: Sequence[Token], noun: int, colon: int) -> bool:
    """ "các Tập đoàn: Điện lực Việt Nam, …": what a firm deals in, though it also begins a body's name."""
    return tokens[noun].n in ("tập", "tổng", "công") and tokens[colon + 1].f in ("dien", "buu", "vien") and noun > 0


def introduced(tokens: Sequence[Token]) -> int:
    """ "các hội: Hội Tin học, Hiệp hội …": where whole names follow the colon, the index of the first; else 0."""
    noun = DETERMINERS.match(tokens, 0)
    size = HEADS.match(tokens, noun) if noun else 0
    colon = next((k for k in range(noun, min(noun + size + 6, len(tokens))) if tokens[k].s == ":"), 0) if size else 0
    if not colon or not _proper(tokens, colon + 1) or FIELDS.match(tokens, colon + 1):
        return 0
    return colon + 1 if begins(tokens, colon + 1) and not _trades(tokens, noun, colon) else 0


def _proper(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].word and not tokens[at].lower


def _another(tokens: Sequence[Token], k: int) -> bool:
    """Whether after a comma or "và" the list of fields goes on."""
    if k + 1 >= len(tokens) or not (tokens[k].s in (",", ";") or tokens[k].n == "và"):
        return False
    if tokens[k].s == ";" and begins(tokens, k + 1):
        return False  # "các Sở: Tài chính, Xây dựng; Công an tỉnh"
    return bool(FIELDS.match(tokens, k + 1)) or (_proper(tokens, k + 1) and not begins(tokens, k + 1))


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
        if token.lower and (ends(tokens, i, False) or token.n in ("có", "liên")):
            break
        i += 1
    return i


def clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;:.-–")


def is_post(person: Name, post: Name, text: Text) -> bool:
    """ "đồng chí Nguyễn Văn A, Phó Giám đốc Sở": the post of the person named before the comma."""
    between = text.s[person.end : post.start].strip()
    named = re.match(r"(?:dong chi|d c|ong|ba|thay|co)(?: \w+){2,5}$", fold(person.text))
    return between == "," and bool(named) and bool(_POST.match(fold(post.text)))


_POST = re.compile(
    r"(?:pho|giam doc|chu tich|bi thu|truong|chanh|vien truong|uy vien|hieu truong|cuc truong|to truong|chu nhiem)\b"
)

"""Text typed with the old eight-bit fonts, TCVN3 (".VnTime") and VNI ("VNI-Times"), as Unicode.

Letters of the 1990s to 2010s, and forms still copied from them, hold such text: the file says "Céng hßa"
and only the font draws "Cộng hòa". Sources of the tables: TCVN 5712:1993 (its VN3 set; the two-letter
capitals come from separate capital fonts, named with a final H) and the VNI Windows character set.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from letters.text.syllables import share_of_vietnamese

Legacy = Literal["tcvn3", "vni"]

TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)

# VNI writes a mark as a letter of its own after the vowel: the tone, or the hat or breve with its tone.
_VNI_MARKS = dict(
    zip(
        "ùøûõïâáàåãäêéèúüë",
        (
            *("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"),
            *("\u0302", "\u0302\u0301", "\u0302\u0300", "\u0302\u0309", "\u0302\u0303", "\u0302\u0323"),
            *("\u0306", "\u0306\u0301", "\u0306\u0300", "\u0306\u0309", "\u0306\u0303", "\u0306\u0323"),
        ),
        strict=True,
    )
)
_VNI_WHOLE = dict(zip("íìæóòôöîñ", "íìỉĩịơưỵđ", strict=True))
_VNI_PAIR = re.compile(r"([aeouyôöAEOUYÔÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])|([íìæóòôöîñÍÌÆÓÒÔÖÎÑ])")

_ONLY_UNICODE = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
# Words up to a tab, line end, bar, second space, or the motto that stands beside an issuer's name.
_CELL = re.compile(r"(?:(?!Độc lập\b)[^\s|]+ ?)+|Độc lập")
# TCVN3 has these capitals and no others outside ASCII: "ủ" in a file is Ủ where a capital must stand.
_HAS_CAPITAL = frozenset("ăâêôơưđ")
_UNCAPITAL = re.compile(
    r"(?:(?m:^)[ \t]*(?:(?:\(?(?:\d{1,2}|[a-zđ])[.)]|[-–+•])[ \t]*)|(?<=[^.]\. ))(?P<first>[^\W\d_a-zăâêôơưđ])"
    r"|\b(?P<committee>ủ(?=[yỷ] (?:ban|viên)\b)|u(?=ỷ (?:ban|viên)\b))"
)
_SPREAD = re.compile(r"(?<!\S)(?:[^\W\d_][ \t]+){2,}[^\W\d_](?!\S)")
"""Letters set apart: "T  Ố  I   M  Ậ  T"."""
_HIGH = re.compile("[\x80-\xff]")
_FEWEST = 3  # a lone sign of an odd font (a tick, a ruler) is no text
_ENOUGH = 8  # marked letters in a line before it may be judged without its neighbours


def to_unicode(text: str) -> str:
    """The text with every stretch in a legacy font turned into Unicode; anything else stays as it is.

    Judged line by line, because a file often mixes both; a line is changed only when it holds no letter that
    legacy text cannot hold, reads badly as it stands and well once converted. Short lines follow their
    neighbours' font.
    """
    if not _HIGH.search(text):
        return text
    usual = legacy_of(text)
    if usual and _may_be_legacy(text):
        return _converted(text, usual)
    return "".join(_line(line, usual) for line in text.splitlines(keepends=True))


def legacy_of(text: str) -> Legacy | None:
    """Which legacy font most of this text was typed with, or None when it reads as it stands."""
    suspects = "\n".join(line for line in text.splitlines() if _may_be_legacy(line))[:200_000]
    if len(_HIGH.findall(suspects)) < _FEWEST:
        return None
    as_it_stands = share_of_vietnamese(suspects)
    scores: dict[Legacy, float] = {
        "tcvn3": share_of_vietnamese(from_tcvn3(suspects)),
        "vni": share_of_vietnamese(from_vni(suspects)),
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 0.8 and scores[best] - as_it_stands >= 0.2 else None


def mostly_tcvn3(text: str) -> bool:
    """Whether the file as a whole was typed in TCVN3, and not only a line of it."""
    marked = [line for line in text.splitlines() if _HIGH.search(line) or _ONLY_UNICODE.search(line)]
    return legacy_of(text) == "tcvn3" and 2 * sum(map(_may_be_legacy, marked)) > len(marked)


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """TCVN3 read as Latin-1 → Unicode; `capitals` for the fonts that draw every letter as a capital (.VnTimeH)."""
    converted = "".join(TCVN3.get(letter, letter) for letter in text)
    if capitals:
        return converted.upper()
    return _UNCAPITAL.sub(_raised, _CELL.sub(_capital_cell, _SPREAD.sub(_spread_cell, converted)))


def _raised(found: re.Match[str]) -> str:
    """The letter that begins a sentence or a clause, and "Ủy ban": the font has no such capital."""
    return found[0][: -len(found["first"] or found["committee"])] + (found["first"] or found["committee"]).upper()


def _spread_cell(found: re.Match[str]) -> str:
    """The same where each letter stands apart: "ậ" in "M  ậ  T"."""
    plain = [letter for letter in found[0] if letter.isascii() and letter.isalpha()]
    return found[0].upper() if plain and all(map(str.isupper, plain)) else found[0]


def _capital_cell(found: re.Match[str]) -> str:
    """A heading set in a capital font: it has no accented capitals, so "HọC" in a file is HỌC on paper."""
    cell = found.group()
    small = any((letter.isascii() and letter.islower()) or letter in _HAS_CAPITAL for letter in cell)
    capitals = sum(letter.isupper() for letter in cell)
    return cell.upper() if capitals > 1 and not small and not any(map(str.isdigit, cell)) else cell


def from_vni(text: str) -> str:
    """VNI read as Latin-1 → Unicode. A vowel with a mark that no Vietnamese letter has is left alone."""
    return _VNI_PAIR.sub(_vni_letter, text)


def from_font(text: str, font: str) -> str:
    """The text of a run set in this font: names that begin with .Vn or VNI say what it was typed with."""
    name = font.rsplit("+", 1)[-1].strip().lower()
    if name.startswith((".vn", "vn")) and not name.startswith("vni") and _may_be_legacy(text):
        return from_tcvn3(text, capitals=_is_capital_font(name))
    if name.startswith("vni") and _may_be_legacy(text):
        return from_vni(text)
    return text


def _is_capital_font(name: str) -> bool:
    family = re.split(r"[,\- ]", name, maxsplit=1)[0]
    return family.endswith("h") and not family.endswith(("ch", "th", "sh"))


def _line(line: str, usual: Legacy | None) -> str:
    if not _HIGH.search(line) or not _may_be_legacy(line):
        return line
    own = (legacy_of(line) if len(_HIGH.findall(line)) >= _ENOUGH else None) or usual
    if own is None:
        return line
    converted = _converted(line, own)
    return converted if share_of_vietnamese(converted) > share_of_vietnamese(line) else line


def _converted(text: str, legacy: Legacy) -> str:
    return from_tcvn3(text) if legacy == "tcvn3" else from_vni(text)


def _may_be_legacy(line: str) -> bool:
    return _ONLY_UNICODE.search(line) is None


def _vni_letter(found: re.Match[str]) -> str:
    base, mark, whole = found.groups()
    if whole:
        letter = _VNI_WHOLE[whole.lower()]
        return letter.upper() if whole.isupper() else letter
    plain = base.lower()
    letter = unicodedata.normalize("NFC", _VNI_WHOLE.get(plain, plain) + _VNI_MARKS[mark.lower()])
    if len(letter) > 1:
        return found.group()
    return letter.upper() if base.isupper() else letter

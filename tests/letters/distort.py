"""The same letter as other offices send it: wrapped, spaced, decomposed, scanned."""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable

from letters.formats import plain
from tests.letters.formats.legacy import to_tcvn3, to_vni

Form = Callable[[str], str]

_NEW = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "ủy": "uỷ", "úy": "uý", "òe": "oè", "ụy": "uỵ"}


def rewrap(text: str, width: int) -> str:
    """Every line broken at a width, as a mail program does."""
    lines = [textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")]
    return "\n".join(part for parts in lines for part in (parts or [""]))


def doubled(text: str) -> str:
    """An empty line after every line."""
    return text.replace("\n", "\n\n")


def paged(text: str, every: int, header: str = "") -> str:
    """A page number (and a running header on each page) after every so many lines, wherever that falls."""
    lines = text.split("\n")
    out: list[str] = [header] if header else []
    for i, line in enumerate(lines, 1):
        out.append(line)
        if i % every == 0 and i < len(lines):
            out.extend(["", str(i // every + 1), "", *([header] if header else [])])
    return "\n".join(out)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def moved_tones(text: str) -> str:
    """ "hòa" → "hoà", "ủy" → "uỷ"."""
    return re.sub("|".join(_NEW), lambda m: _NEW[m[0]], text)


def worn(text: str, share: float, seed: int) -> str:
    """Accents dropped from a share of the letters, as a scan does."""
    rng = random.Random(seed)
    return "".join(_bare(c) if ord(c) > 127 and rng.random() < share else c for c in unicodedata.normalize("NFC", text))


def old_font(text: str, spelled: Form) -> str:
    """Typed in an eight-bit font and pasted as its bytes look; what the reader is given after cleaning."""
    return plain.clean(spelled(text))


def _bare(char: str) -> str:
    return {"đ": "d", "Đ": "D"}.get(char, unicodedata.normalize("NFD", char)[0])


HEADER = "UBND TỈNH BẮC NINH - Văn bản điện tử"


def _wrapped(width: int) -> Form:
    return lambda text: rewrap(text, width)


FORMS: dict[str, Form] = {
    "doubled": doubled,
    "NFD": decomposed,
    "tones": moved_tones,
    "pages": lambda text: paged(text, 20),
    "pages in half": lambda text: paged(rewrap(text, 72), 17),
    "headers": lambda text: paged(text, 25, HEADER),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "TCVN3": lambda text: old_font(text, to_tcvn3),
    "VNI": lambda text: old_font(text, to_vni),
    **{f"width {width}": _wrapped(width) for width in (30, 40, 47, 55, 64, 72, 80, 100, 140)},
}
"""Every form that is not random, by name."""

"""Unicode → the old eight-bit fonts, for the tests: the tables of letters.text.fonts turned round, and VNI spelled out."""

import unicodedata

from letters.text import fonts

_TCVN3 = {unicode: old for old, unicode in fonts.TCVN3.items()}
_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_HATS = {"\u0302": ("â", "áàåãä"), "\u0306": ("ê", "éèúüë")}
_WHOLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}
_HORNS = {"o": "ô", "u": "ö"}


def to_tcvn3(text: str) -> str:
    """As Latin-1 letters. TCVN3 has no accented capitals: they become small, which the capital fonts hide."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_TCVN3.get(letter) or _TCVN3.get(letter.lower(), letter) for letter in composed)


def to_vni(text: str) -> str:
    """As Latin-1 letters: base, then one sign for hat and tone together."""
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(letter: str) -> str:
    small = letter.lower()
    typed = _WHOLE.get(small) or _spelled(small)
    return typed.upper() if letter.isupper() else typed


def _spelled(small: str) -> str:
    base, *marks = unicodedata.normalize("NFD", small)
    tone = next((mark for mark in marks if mark in _TONES), "")
    if "\u031b" in marks:
        base = _HORNS[base]
    for hat, (alone, toned) in _HATS.items():
        if hat in marks:
            return base + (toned[list(_TONES).index(tone)] if tone else alone)
    return base + _TONES.get(tone, "")

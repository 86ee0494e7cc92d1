"""Alphabetical order as a Vietnamese reader expects it: a ă â b c d đ e ê … , tones only break ties."""

import unicodedata

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}


def alphabetical(name: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A sort key: letters first, tones second; what is no letter comes before all letters."""
    letters: list[int] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFC", name.lower()):
        decomposed = unicodedata.normalize("NFD", character)
        tone = next((TONES.index(mark) + 1 for mark in decomposed if mark in TONES), 0)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in TONES))
        letters.append(LETTERS.get(bare, -1))
        tones.append(tone)
    return tuple(letters), tuple(tones)

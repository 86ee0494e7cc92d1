"""Words stripped of all that recognition and typing get wrong."""

from __future__ import annotations

import unicodedata


def letters_of(text: str) -> str:
    """Only the letters A-Z of the text, capital, without marks: "Độc lập - Tự do" → "DOCLAPTUDO"."""
    plain = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(letter for letter in plain if "A" <= letter <= "Z")

"""Telephone numbers in one form, E.164, where they are valid."""

from __future__ import annotations

import re


def international(phones: str | None) -> str | None:
    """ "0900 000 002" → "+84900000002"; several stay joined by "; "; a partial number stays as written.
    "024.3800.0000 (máy lẻ 4127)" → "+842438000000 máy lẻ 4127"."""
    if phones is None:
        return None
    return "; ".join(_one(p.strip()) for p in phones.split(";"))


def _one(phone: str) -> str:
    import phonenumbers

    line, extension = _LINE.fullmatch(phone).groups()  # pyright: ignore[reportOptionalMemberAccess]  matches any text
    digits = re.sub(r"[^\d+]", "", line)
    try:
        parsed = phonenumbers.parse(digits, "VN")
    except phonenumbers.NumberParseException:
        return phone
    if not phonenumbers.is_possible_number(parsed) or not digits.startswith(("0", "+", "84")):
        return phone
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"{number} máy lẻ {extension}" if extension else number


_LINE = re.compile(r"(.*?)(?:[^\W\d]\D*?(\d{1,5})\D*)?", re.DOTALL)
"""A number and its extension, whatever word stands between the two."""

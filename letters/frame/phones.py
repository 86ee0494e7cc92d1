"""Telephone numbers in one form, E.164, where they are valid."""

from __future__ import annotations

import re


def international(phones: str | None) -> str | None:
    """ "0900 000 002" → "+84900000002"; several stay joined by "; "; a partial number stays as written."""
    if phones is None:
        return None
    return "; ".join(_one(p.strip()) for p in phones.split(";"))


def _one(phone: str) -> str:
    import phonenumbers

    digits = re.sub(r"[^\d+]", "", phone)
    try:
        parsed = phonenumbers.parse(digits, "VN")
    except phonenumbers.NumberParseException:
        return phone
    if not phonenumbers.is_possible_number(parsed) or not digits.startswith(("0", "+", "84")):
        return phone
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

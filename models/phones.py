"""Phone numbers: one form to keep (E.164), one to show."""

from __future__ import annotations

import phonenumbers

REGION = "VN"
LOCAL_DIGITS = 9
"""Of a Vietnamese mobile number without its leading zero."""


def to_e164(written: str | None, region: str = REGION) -> str | None:
    """ "0912 345 678", "84912345678" (as Telegram gives it) or "+84 912 345 678" → "+84912345678"; None when invalid."""
    for form in _forms(written or ""):
        try:
            number = phonenumbers.parse(form, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def mask_phone(phone: str | None) -> str:
    """ "+84••••••678": enough to recognise one's own number; "" for none."""
    if not phone:
        return ""
    head = 3 if phone.startswith("+") else 0
    return phone[:head] + "•" * max(len(phone) - head - 3, 0) + phone[-3:]


def _forms(written: str) -> tuple[str, ...]:
    text = written.strip()
    if not text or text.startswith(("+", "0")):
        return (text,)
    digits = sum(sign.isdigit() for sign in text)
    if digits <= LOCAL_DIGITS:
        return (f"0{text}",)  # a spreadsheet took the leading zero for a number's
    return (f"+{text}",)  # the country code without its plus

"""Make what people typed fit: one line, no invisible marks, cut at a word."""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"


def line(text: str, longest: int) -> str:
    """`text` on one line of at most `longest` characters (UTF-16 units, as messengers count), cut at a word."""
    flat = " ".join(_visible(text).split())
    if units(flat) <= longest:
        return flat
    kept = _cut(flat, longest - 1)
    space = kept.rfind(" ", int(len(kept) * 0.6))
    return (kept[:space] if space > 0 else kept).rstrip(" ,;:.-–") + ELLIPSIS


def block(text: str, longest: int) -> str:
    """`text` with its lines kept, blank lines doubled at most once, at most `longest` characters."""
    lines = [" ".join(row.split()) for row in _visible(text).splitlines()]
    kept = [row for i, row in enumerate(lines) if row or (i and lines[i - 1])]
    whole = "\n".join(kept).strip()
    return whole if units(whole) <= longest else _cut(whole, longest - 1).rstrip() + ELLIPSIS


def units(text: str) -> int:
    """Length in UTF-16 units: what Telegram counts, and never less than what others count."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def pages(text: str, longest: int) -> list[str]:
    """`text` split at line ends (or words) into pieces of at most `longest` units."""
    found: list[str] = []
    while units(text) > longest:
        piece = _cut(text, longest)
        at = max(piece.rfind("\n"), piece.rfind(" ") if "\n" not in piece else -1)
        piece = piece[:at] if at > longest // 3 else piece
        found.append(piece.rstrip())
        text = text[len(piece) :].lstrip()
    return [*found, text] if text else found


def _cut(text: str, longest: int) -> str:
    while units(text) > longest:
        text = text[: len(text) - max(1, (units(text) - longest + 1) // 2)]
    return text


def _visible(text: str) -> str:
    """Without control, direction and other invisible marks; the joiner inside an emoji may go too."""
    return "".join(
        c
        for c in unicodedata.normalize("NFC", text)
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )

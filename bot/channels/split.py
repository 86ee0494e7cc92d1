"""Cutting a long message where a reader would."""


def split_utf16(text: str, units: int) -> list[str]:
    """Parts of at most `units` UTF-16 code units (as Telegram counts), cut at a line, else a space, else anywhere."""
    parts: list[str] = []
    rest = text.strip("\n")
    while _length(rest) > units:
        head = _prefix(rest, units)
        cut = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip("\n ")
    return [*parts, rest] if rest else parts


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _prefix(text: str, units: int) -> str:
    low, high = 0, min(len(text), units)
    while low < high:
        middle = (low + high + 1) // 2
        if _length(text[:middle]) <= units:
            low = middle
        else:
            high = middle - 1
    return text[:low]

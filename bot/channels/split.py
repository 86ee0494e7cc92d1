"""Cutting a long message where a reader would."""


def split_utf16(text: str, units: int) -> list[str]:
    """Parts of at most `units` UTF-16 code units (as Telegram counts), cut at a line, else a space, else anywhere."""
    parts: list[str] = []
    rest = text.strip("\n")
    while _length(rest) > units:
        parts.append(head := _cut(_prefix(rest, units)))
        rest = rest[len(head) :].lstrip("\n ")
    return [*parts, rest] if rest else parts


def _cut(head: str) -> str:
    """The head up to its last line, else its last word, else whole."""
    at = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
    return head[:at].rstrip() or head


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


def split_characters(text: str, characters: int) -> list[str]:
    """Parts of at most `characters` code points, cut like `split_utf16`."""
    parts: list[str] = []
    rest = text.strip("\n")
    while len(rest) > characters:
        parts.append(head := _cut(rest[:characters]))
        rest = rest[len(head) :].lstrip("\n ")
    return [*parts, rest] if rest else parts

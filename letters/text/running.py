"""What stands on every page and says nothing: page numbers and running headers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from letters.text.views import Text

Range = tuple[int, int, bool]
"""A line without the blanks around it: start, end, whether a page begins before it."""
PAGE = re.compile(
    r"^\W{0,8}(?:trang|page)?\W*\d{1,3}\s*(?:(?:/|of|tren)\s*\d{1,3})?\W*$|^\W{0,8}-*\s*page\s*break\s*-*\W*$"
    r"|^\W{0,8}page\b[\s\\*\w]*(?:mergeformat[\s\d]*)?$"
)


def key(folded: str) -> str:
    return re.sub(r"[\W\d_]+", " ", folded).strip()


_SHORTEST = 14
"""Lines; numbers nearer to each other count the rows of a table, not pages."""


def running_headers(page: Text, raw: Sequence[Range], clauses: Collection[int] = ()) -> dict[str, int]:
    """Short lines that come back beside page numbers or page ends; and the one place where they belong (-1: nowhere).

    Only the first page's head and the last page's foot have no number beside them. `clauses`: lines that hold nothing
    but a clause's number.
    """
    seen: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    near = numbered = -9
    counted = _row_numbers(page, raw).union(clauses)
    for i, (start, end, page_before) in enumerate(raw):
        folded = page.f[start:end]
        number = 0 < end - start < 60 and bool(PAGE.match(folded)) and i not in counted
        if page_before or (number and i - numbered > _SHORTEST):
            near = i
        numbered = i if number else numbered
        line = key(folded) if 8 < end - start < 90 else ""
        if not line:
            continue
        letterhead = i < 12 and i - near > 2 and not any(c.islower() for c in page.s[start:end])
        first.setdefault(line, start if letterhead else -1)
        seen[line] += 1
        following = i + 1 < len(raw) and PAGE.match(page.f[raw[i + 1][0] : min(raw[i + 1][1], raw[i + 1][0] + 60)])
        following = following and i + 1 not in counted
        if i - near > 2 and not following:
            twice = i - numbered <= 2 and i - last.get(line, 0) > _SHORTEST  # pages counted in two ways
            elsewhere[line] += 1 if i < 12 or i > len(raw) - 6 or twice else 9
        last[line] = i
    return {line: first[line] for line in seen if seen[line] > 1 and elsewhere[line] < min(seen[line], 3)}


def _row_numbers(page: Text, raw: Sequence[Range]) -> set[int]:
    """Lines that hold nothing but the number of a table's row: the next number comes soon, with words between."""
    found: set[int] = set()
    before, value, words, headed = -1, -1, 0, False
    for i, (start, end, _) in enumerate(raw):
        text = page.s[start:end].strip(" .()") if end - start < 9 else ""
        if not text.isdecimal():
            words += start < end
            headed = headed or text.lower() in ("tt", "stt")
            continue
        near = before >= 0 and int(text) == value + 1 and 1 < words <= _SHORTEST
        if near and (headed or not _alike(page, raw, before, i)):
            found |= {before, i}
        before, value, words = i, int(text), 0
    return found


def _alike(page: Text, raw: Sequence[Range], one: int, other: int) -> bool:
    """Whether the same line stands beside both numbers: they count pages under a running header."""
    beside = [{page.f[a:b].strip() for a, b, _ in (*raw[max(0, i - 3) : i], *raw[i + 1 : i + 4])} for i in (one, other)]
    return any(len(line) > 5 for line in beside[0] & beside[1])

"""One text in three views of equal length, with its place in the source, and its words."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letters.text.gazetteer import Gazetteer

_TOKEN = re.compile(
    r"\w+(?:(?!/(?:Ban|Bộ|Sở|Công an|Hội|Văn phòng|Phòng)\s+[A-ZĐ])(?:[&/\-–]|(?<!\d)(?<!\n[a-zđ])\.|\.(?=\d))\w+)*|[^\w\s]"
)
"""A clause's mark without a blank behind it is no part of the word: "2.UBND các xã", "a.Chủ trì"."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign: its range, and the three views of it."""

    start: int
    end: int
    s: str
    n: str
    f: str

    @property
    def lower(self) -> bool:
        return self.s[0].islower()

    @property
    def word(self) -> bool:
        return self.s[0].isalnum()


@dataclass(frozen=True)
class Text:
    """As written (`s`), lower with one tone placement (`n`), without marks (`f`); all of one length.

    `pos[i]` is the offset of character i in the source, `own` the names of bodies this letter writes alone.
    """

    s: str
    n: str
    f: str
    pos: array[int] = field(repr=False)
    own: Gazetteer | None = field(default=None, repr=False, kw_only=True)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of a non-empty range of this text."""
        return self.pos[start], self.pos[end - 1] + 1

    @cached_property
    def tokens(self) -> list[Token]:
        return [
            Token(m.start(), m.end(), m[0], self.n[m.start() : m.end()], self.f[m.start() : m.end()])
            for m in _TOKEN.finditer(self.s)
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def words(self, start: int, end: int, most: int) -> Sequence[Token]:
        """At most `most` tokens that lie in a range."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first, min(len(self._starts), first + most))
        return self.tokens[first:last]

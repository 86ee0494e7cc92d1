"""Names of public bodies known by heart (`letters/text/known/*.txt`): where such a name ends is no guess.

A line of the files holds a name, or several between bars; `Vụ, Phòng: Kế hoạch | Pháp chế` is four names; a name that
goes on with words of its own ends in "…". An office adds its own bodies by adding a line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from letters.text.compare import flat, tone, worn
from letters.text.views import Token

_FOLDER = Path(__file__).parent / "known"
_PIECE = re.compile(r"[^\W_]+|[^\w\s]")
_SIGNS = ("-", "–", "—", "&", "/", ".")
_QUOTES = ('"', "“", "”", "…")
_LONG = 5
"""Words from which one badly worn word in the middle is forgiven: "Sở Nông nghiệp và Mỗi trường"."""
_BARE, _JOINED, _LISTED, _ENDED = range(4)
"""How two words of a name may be parted: by a blank; by "-" or "và" too; by a comma too; what else ends a name."""


class _Node:
    """A word of names: how it is written, how far it may be parted from the word before, whether a name ends here."""

    __slots__ = ("after", "goes_on", "parted", "whole", "written")

    def __init__(self) -> None:
        self.after: dict[str, _Node] = {}
        self.written: tuple[str, ...] = ()
        self.parted = _BARE
        self.whole = self.goes_on = False


class Gazetteer:
    """Names by their words; finds the longest one that begins at a token, with a lost accent in any of its words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._root = _Node()
        self.size = sum(self._add(name) for name in names)

    def _add(self, name: str) -> bool:
        node, parted = self._root, _BARE
        for n, f in _pieces(tone(name)):
            if not f[0].isalnum() or n == "và":
                parted = max(parted, _parts(n))
                continue
            node = node.after.setdefault(sys.intern(f), _Node())
            if n not in node.written:
                node.written = (*node.written, sys.intern(n))
            node.parted, parted = max(node.parted, parted), _BARE
        new = not (node.whole or node.goes_on)
        node.goes_on, node.whole = node.goes_on or name.endswith("…"), node.whole or not name.endswith("…")
        return new

    def match(self, tokens: Sequence[Token], at: int) -> tuple[int, bool]:
        """The longest name at `at`: the index after it, and whether it is whole; (at, False) where there is none."""
        node, parted, read, odd, found = self._root, _BARE, 0, 0, (at, False)
        for i in range(at, len(tokens)):
            token = tokens[i]
            right = True
            for n, f in ((token.n, token.f),) if token.n.isalnum() else _pieces(token.n):
                if not f[0].isalnum() or f == "va":
                    parted = max(parted, _parts(n))
                    continue
                following = node.after.get(f)
                if following is None or following.parted < parted:
                    return found
                right = n in following.written or any(n in worn(word) for word in following.written)
                node, parted, read, odd = following, _BARE, read + 1, odd + (not right)
            if odd and (odd > 1 or read < 2):
                return found
            if not parted and (node.whole or node.goes_on) and (not odd or (right and read >= _LONG)):
                found = i + 1, node.whole
        return found


def _pieces(name: str) -> Iterator[tuple[str, str]]:
    return ((piece, flat(piece)) for piece in _PIECE.findall(name) if piece not in _QUOTES)


def _parts(sign: str) -> int:
    return _LISTED if sign == "," else _JOINED if sign in _SIGNS or sign[0].isalnum() else _ENDED


def listed(text: str) -> Iterator[str]:
    """The names of one file."""
    for line in text.splitlines():
        nouns, colon, rest = line.partition(": ")
        if line.startswith("#") or not line.strip():
            continue
        for noun in nouns.split(", ") if colon else ("",):
            yield from (f"{noun} {name.strip()}".strip() for name in (rest if colon else line).split("|"))


@cache
def known() -> Gazetteer:
    """All files, read once."""
    files = sorted(_FOLDER.glob("*.txt"))
    return Gazetteer(name for file in files for name in listed(file.read_text(encoding="utf-8")))

"""Lists of phrases looked up over tokens: the longest that stands at a place, one lost accent in a word forgiven."""

from __future__ import annotations

from collections.abc import Sequence

from letters.text.compare import flat, tone, worn
from letters.text.views import Token

_LONG = 4
"""Words from which a phrase is known without its marks."""


class Tree:
    """Phrases by their first word; finds the longest one at a place, forgiving one lost accent in a word."""

    def __init__(self, phrases: tuple[str, ...] | frozenset[str], *, long: bool = False) -> None:
        self._flat: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True) if long else ():
            plain = tuple(flat(phrase).replace(",", " ,").split())
            if len(plain) >= _LONG:
                self._flat.setdefault(plain[0], []).append(plain)
        self._by_first: dict[str, list[tuple[tuple[str, ...], ...]]] = {}
        for phrase in phrases:
            parts = phrase.replace(",", " ,").split()
            for form in worn(tone(parts[0])) if len(parts) > 1 else {tone(parts[0])} | _softened(parts[0]):
                self._by_first.setdefault(form, []).append(tuple(tuple(worn(tone(p))) for p in parts))
        self._lone = frozenset(form for p in phrases if " " not in p for form in worn(tone(p)))
        for entries in self._by_first.values():
            entries.sort(key=len, reverse=True)

    def worn(self, tokens: Sequence[Token], at: int) -> int:
        """The same, a lone word too forgiven a lost mark: only where the words before leave no doubt ("các sơ, ban")."""
        return self.match(tokens, at) or int(at < len(tokens) and tokens[at].n in self._lone)

    def match(self, tokens: Sequence[Token], at: int) -> int:
        """Number of tokens matched at `at`, 0 for none."""
        found = self._as_written(tokens, at)
        return max(found, self._long(tokens, at)) if self._flat else found

    def _long(self, tokens: Sequence[Token], at: int) -> int:
        """A phrase of four words and more is known whatever marks a scan put on them: "Nông nghiệp và Mỗi trường"."""
        for entry in self._flat.get(tokens[at].f, ()) if at < len(tokens) else ():
            if at + len(entry) <= len(tokens) and all(tokens[at + k].f == word for k, word in enumerate(entry)):
                return len(entry)
        return 0

    def _as_written(self, tokens: Sequence[Token], at: int) -> int:
        for entry in self._by_first.get(tokens[at].n, ()) if at < len(tokens) else ():
            if at + len(entry) <= len(tokens) and all(tokens[at + k].n in forms for k, forms in enumerate(entry) if k):
                return len(entry)
        return 0


def _softened(word: str) -> frozenset[str]:
    """The bare form of a lone word, only where it is long enough not to become another word."""
    return frozenset({flat(word)}) if len(word) > 4 else frozenset()

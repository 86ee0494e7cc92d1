"""The vendor's own book: every message it accepted, in order. Lost and doubled ones are counted here."""

from __future__ import annotations

from typing import Any, NamedTuple

Json = dict[str, Any]


class Entry(NamedTuple):
    """One accepted message: `time` in seconds since 1970 (real clock), `duplicate_of` the seq of its like."""

    seq: int
    time: float
    messenger: str
    token: str
    chat: str
    method: str
    text: str
    message_id: str
    duplicate_of: int | None


class Ledger:
    """Append-only. `text_chars` caps the text kept per entry (duplicates are found by the whole text)."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.text_chars: int | None = None
        self._first: dict[int, int] = {}
        self._next = 1

    def record(
        self, time: float, messenger: str, token: str, chat: str, method: str, text: str, message_id: str
    ) -> None:
        seq = self._next
        self._next += 1
        first = self._first.setdefault(hash((token, chat, method, text)), seq)
        kept = text if self.text_chars is None else text[: self.text_chars]
        duplicate_of = None if first == seq else first
        self.entries.append(Entry(seq, time, messenger, token, chat, method, kept, message_id, duplicate_of))

    def view(self, after: int = 0, limit: int | None = None) -> list[Json]:
        """Entries with seq > after, oldest first, at most `limit`."""
        if not self.entries:
            return []
        start = max(0, after - self.entries[0].seq + 1)
        chosen = self.entries[start : None if limit is None else start + limit]
        return [entry._asdict() for entry in chosen]

    def clear(self) -> None:
        """Forget all entries; numbers go on."""
        self.entries.clear()
        self._first.clear()

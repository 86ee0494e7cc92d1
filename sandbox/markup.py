"""Telegram's text: its HTML dialect into plain text with entities, and the entities it finds by itself.

Offsets and lengths count UTF-16 units; places in error texts count bytes, as Telegram's parser does
(core.telegram.org/bots/api#html-style).
"""

from __future__ import annotations

import html
import re
from typing import Any

from sandbox.errors import Refusal, bad

Json = dict[str, Any]

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_SPECIAL = re.compile(r"[<&]")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_OPEN = re.compile(r"""<([^\s>]*)((?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?)>""")
_CLOSE = re.compile(r"</([^\s>]*)\s*>")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]+)))?""")
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})"
    r"|(?P<url>https?://[^\s<>\"]+)"
    r"|(?P<hashtag>(?<!\w)#[^\W\d]\w*)"
)


def utf16(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def find_entities(text: str) -> list[Json]:
    """What Telegram marks by itself: commands, mentions, addresses, hashtags."""
    if not any(sign in text for sign in "/@#"):
        return []
    return [
        {"type": match.lastgroup, "offset": utf16(text[: match.start()]), "length": utf16(match.group())}
        for match in _FOUND.finditer(text)
    ]


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities. Refusal 400 "can't parse entities: …" for what Telegram would refuse."""
    reader = _Reader(source)
    reader.read()
    return reader.result()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.length = 0
        self.parts: list[str] = []
        self.open: list[tuple[str, str, int]] = []  # tag, its attributes, offset
        self.entities: list[Json] = []

    def read(self) -> None:
        while found := _SPECIAL.search(self.source, self.place):
            self._add(self.source[self.place : found.start()])
            self.place = found.start()
            if found.group() == "&":
                self._reference()
            elif self.source.startswith("</", self.place):
                self._close()
            else:
                self._open()
        self._add(self.source[self.place :])
        if self.open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')

    def result(self) -> tuple[str, list[Json]]:
        """Outer space is cut off, as Telegram does; entities are moved and cut with it."""
        text = "".join(self.parts)
        trimmed = text.strip()
        shift = utf16(text[: len(text) - len(text.lstrip())])
        end = utf16(trimmed)
        kept: list[Json] = []
        outer_first = self.entities[::-1]  # an inner tag ends first
        for entity in sorted(outer_first, key=lambda found: (found["offset"], -found["length"])):
            start = max(0, entity["offset"] - shift)
            stop = min(end, entity["offset"] + entity["length"] - shift)
            if stop > start:
                kept.append({**entity, "offset": start, "length": stop - start})
        return trimmed, kept

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += utf16(text)

    def _reference(self) -> None:
        match = _REFERENCE.match(self.source, self.place)
        if match is None:
            self._add("&")
            self.place += 1
            return
        self._add(html.unescape(match.group().rstrip(";") + ";"))
        self.place = match.end()

    def _open(self) -> None:
        match = _OPEN.match(self.source, self.place)
        if match is None:
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte()}")
        tag = match.group(1).lower()
        if tag not in TAGS:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {self._byte()}')
        if tag == "span" and _attributes(match.group(2)).get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte()}')
        self.open.append((tag, match.group(2), self.length))
        self.place = match.end()

    def _close(self) -> None:
        if not self.open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte()}")
        match = _CLOSE.match(self.source, self.place)
        if match is None:
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte()}")
        tag, attributes, offset = self.open.pop()
        named = match.group(1).lower()
        if named and named != tag:
            raise _unparsable(
                f'Unmatched end tag at byte offset {self._byte()}, expected "</{tag}>", found "</{named}>"'
            )
        self._finish(tag, _attributes(attributes), offset)
        self.place = match.end()

    def _finish(self, tag: str, attributes: dict[str, str], offset: int) -> None:
        entity: Json = {"type": TAGS[tag], "offset": offset, "length": self.length - offset}
        if tag == "a":
            inside = "".join(self.parts)
            url = attributes.get("href") or inside.encode("utf-16-le")[offset * 2 :].decode("utf-16-le")
            if not re.match(r"(https?|tg|mailto|tel)://?|[\w-]+\.\w", url):
                return
            entity["url"] = url
        if tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def _byte(self) -> int:
        return len(self.source[: self.place].encode())


def _attributes(source: str) -> dict[str, str]:
    if not source:
        return {}
    found = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(source)}
    return {name: html.unescape(value) for name, value in found.items()}


def _unparsable(why: str) -> Refusal:
    return bad(f"can't parse entities: {why}")

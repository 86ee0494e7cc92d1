"""The numbers that Word draws before list paragraphs and does not store in their text: 1., a), II., -."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from letters.formats.ooxml import W, value

if TYPE_CHECKING:
    from letters.formats.ooxml import Element

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9
_MOST_BASES = 20  # styles based on styles; a loop of them is a broken file


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    pattern: str = "%1."
    legal: bool = False  # draws the numbers of all levels as digits


@dataclass(slots=True)
class _List:
    """One w:num: its levels, and the counter, shared by all that point to the same definition."""

    levels: dict[int, _Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Gives each paragraph, asked once and in the document's order, its label with a space, or ""."""

    def __init__(self, lists: Element | None, styles: Element | None) -> None:
        self._lists = _lists(lists) if lists is not None else {}
        self._of_style = _style_lists(styles) if styles is not None else {}

    def label(self, paragraph: Element) -> str:
        """Label of the paragraph (w:p) such as "1. " or "a) "."""
        found = self._place(paragraph)
        if found is None or found[0] not in self._lists:
            return ""
        number, level = found
        return _counted(self._lists[number], level)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return None
        style = properties.find(W + "pStyle")
        inherited = self._of_style.get(style.get(W + "val", "")) if style is not None else None
        own = properties.find(W + "numPr")
        return inherited if own is None else _num_pr(own, inherited)


def _num_pr(element: Element, inherited: tuple[str, int] | None = None) -> tuple[str, int] | None:
    number = value(element, W + "numId") or (inherited[0] if inherited else None)
    if number in {None, "0"}:  # 0 takes a paragraph out of its style's list
        return None
    assert number
    return number, min(_whole(value(element, W + "ilvl"), inherited[1] if inherited else 0), _LEVELS - 1)


def _counted(numbered: _List, level: int) -> str:
    shape = numbered.levels.get(level, _Level())
    if shape.kind == "none":
        return ""
    if shape.kind == "bullet":
        return f"{shape.pattern if shape.pattern in {'-', '+', '*', '–', '•', '.'} else '-'} "
    counters = numbered.counters
    count = counters[level]
    counters[level] = shape.start if count is None else count + 1
    counters[level + 1 :] = [None] * (_LEVELS - level - 1)
    label = re.sub(r"%([1-9])", lambda found: _drawn(numbered, int(found.group(1)) - 1, shape), shape.pattern)
    return f"{label} " if label.strip() else ""


def _drawn(numbered: _List, level: int, drawn_in: _Level) -> str:
    shape = numbered.levels.get(level, _Level())
    count = numbered.counters[level]
    return _format(shape.start if count is None else count, "decimal" if drawn_in.legal else shape.kind)


def _format(count: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        letters = chr(97 + (count - 1) % 26) * min((count - 1) // 26 + 1, 10)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in {"lowerRoman", "upperRoman"} and 0 < count < 40:
        roman = _roman(count)
        return roman if kind == "lowerRoman" else roman.upper()
    return f"{count:02d}" if kind == "decimalZero" else str(count)


def _roman(count: int) -> str:
    drawn = ""
    for worth, sign in _ROMAN:
        drawn += sign * (count // worth)
        count %= worth
    return drawn


def _lists(root: Element) -> dict[str, _List]:
    definitions = {
        abstract.get(W + "abstractNumId", ""): {
            _whole(level.get(W + "ilvl"), 0): _level(level) for level in _lvls(abstract)
        }
        for abstract in root.iterfind(W + "abstractNum")
    }
    shared: defaultdict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
    found: dict[str, _List] = {}
    for num in root.iterfind(W + "num"):
        abstract = value(num, W + "abstractNumId") or ""
        levels = dict(definitions.get(abstract, {}))
        restarted = False
        for override in num.iterfind(W + "lvlOverride"):
            at = _whole(override.get(W + "ilvl"), 0)
            restarted |= _override(levels, at, override)
        numbered = _List(levels) if restarted else _List(levels, shared[abstract])
        found[num.get(W + "numId", "")] = numbered
    return found


def _override(levels: dict[int, _Level], at: int, override: Element) -> bool:
    """Applies a w:lvlOverride; whether it starts a count of its own."""
    for level in _lvls(override):
        levels[at] = _level(level)
    start = value(override, W + "startOverride")
    if start is None:
        return False
    old = levels.get(at, _Level())
    levels[at] = replace(old, start=_whole(start, 1))
    return True


def _lvls(parent: Element) -> list[Element]:
    return parent.findall(W + "lvl")


def _level(level: Element) -> _Level:
    return _Level(
        start=_whole(value(level, W + "start"), 1),
        kind=value(level, W + "numFmt") or "decimal",
        pattern=value(level, W + "lvlText") or "",
        legal=level.find(W + "isLgl") is not None,
    )


def _style_lists(styles: Element) -> dict[str, tuple[str, int]]:
    """Style id → list and level, own or from the style it is based on."""
    by_id = {style.get(W + "styleId", ""): style for style in styles.iterfind(W + "style")}
    found: dict[str, tuple[str, int]] = {}
    for name, first in by_id.items():
        style: Element | None = first
        for _ in range(_MOST_BASES):
            own = style.find(f"{W}pPr/{W}numPr") if style is not None else None
            place = _num_pr(own) if own is not None else None
            if place is not None or style is None:
                if place is not None:
                    found[name] = place
                break
            style = by_id.get(value(style, W + "basedOn") or "")
    return found


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise

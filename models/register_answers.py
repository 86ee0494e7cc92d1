"""What the register answers about a name: units, how each was found, doubts with their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

DOUBTS: dict[str, tuple[str, str]] = {
    "unit_unknown": (
        "Chưa có trong danh bạ đơn vị: “{words}”.",
        "Not in the register of units: “{words}”.",
    ),
    "unit_near_tie": (
        "“{words}” giống nhiều đơn vị; đề nghị chọn.",
        "“{words}” resembles several units; please choose.",
    ),
    "unit_fuzzy": (
        "“{words}” được hiểu là {found}; đề nghị kiểm tra.",
        "“{words}” was taken for {found}; please check.",
    ),
    "unit_ended": (
        "“{words}” đã kết thúc hoạt động, chưa rõ đơn vị kế thừa.",
        "“{words}” has ended and no successor is known.",
    ),
    "unit_not_yet": (
        "“{words}” chưa thành lập tại ngày văn bản.",
        "“{words}” did not exist yet on the letter's date.",
    ),
    "unit_vague": (
        "“{words}” không nêu đích danh đơn vị nào.",
        "“{words}” names no unit in particular.",
    ),
    "group_ended": (
        "“{words}” không còn từ {found}; đề nghị chọn đơn vị thay thế.",
        "“{words}” ended on {found}; please choose who acts instead.",
    ),
    "group_empty": (
        "Danh bạ chưa có đơn vị nào thuộc “{words}”.",
        "The register holds no unit of “{words}” yet.",
    ),
}
"""Sentences by code: Vietnamese, English. `words`: as the letter writes it; `found`: what was made of it."""


class Via(StrEnum):
    """How a unit was found."""

    ALIAS = "alias"
    GROUP = "group"
    SUCCESSOR = "successor"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class ResolvedUnit:
    """One unit a name means. `note` says what changed on the way (a succession: "old → new"); `group`: its phrase."""

    unit_id: int
    via: Via
    note: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class UnitDoubt:
    """What to look at: a stable code, the letter's words, what was made of them, ids worth choosing from."""

    code: str
    words: str
    found: str = ""
    candidates: tuple[int, ...] = ()

    def sentence(self, language: Literal["vi", "en"] = "vi") -> str:
        """One sentence for a person."""
        return DOUBTS[self.code][0 if language == "vi" else 1].format(words=self.words, found=self.found)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Everything one written name means. `group`: the group's phrase when one was expanded (confirm the count).

    `vague`: the words name nobody in particular ("các đơn vị liên quan"): nobody is to be told because of them.
    """

    name: str
    units: tuple[ResolvedUnit, ...] = ()
    group: str | None = None
    doubts: tuple[UnitDoubt, ...] = ()
    vague: bool = False

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """Ids of the units, each once, in order."""
        return tuple(unit.unit_id for unit in self.units)

    @property
    def candidates(self) -> tuple[int, ...]:
        """Ids worth choosing from where a name was not clear, each once."""
        return tuple(dict.fromkeys(unit_id for doubt in self.doubts for unit_id in doubt.candidates))

"""How a written phrase falls into names: mixed lists, groups, heads, shared first words, vague words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from models.names import fold, key, level_and_name, without_head
from models.register_answers import Resolution, ResolvedUnit, UnitDoubt, Via
from models.register_index import Register, is_valid
from models.units import UnitGroup

LONGEST = 8
"""Parts between commas that one name or group may span ("Các sở, ban, ngành, cơ quan …")."""

LONGEST_PHRASE = 2000
"""Characters: more is no list of addressees."""

CUT = re.compile(r"\s*[,;\n]\s*(?:và\s+)?|\s+và\s+", re.IGNORECASE)
VAGUE_TAIL = re.compile(
    r"\s*(?:có\s+)?(?:li[eê]n\s+quan|ch[uứ]c\s+n[aă]ng)\b.*$|\s+được\s+(?:giao|phân\s+công)\b.*$", re.I | re.S
)
VAGUE = {
    "", "don vi", "co quan", "to chuc", "ca nhan", "to chuc ca nhan", "luc luong", "co quan don vi", "don vi co quan",
}  # fmt: skip
LEVELS = {"xa", "phuong", "ubnd xa", "ubnd phuong", "ubnd"}
SHARED_FIRST = {"so", "phong", "ban", "hoi"}
"""First words a list says once: "Sở Tài chính, Nội vụ, Xây dựng"."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one run of words gave. `kind`: a named unit, a group, words that name nobody, or unknown."""

    units: tuple[ResolvedUnit, ...] = ()
    group: str = ""
    kind: str = "unit"
    doubt: UnitDoubt | None = None


@dataclass(slots=True)
class _Walk:
    register: Register
    on: date
    issuer_id: int | None
    text: str
    bounds: list[tuple[int, int]]
    steps: list[Step] = field(default_factory=list[Step])
    first_word: str = ""
    any_level: bool = False

    def words(self, first: int, count: int) -> str:
        return self.text[self.bounds[first][0] : self.bounds[first + count - 1][1]]


def resolve_phrase(register: Register, name: str, on: date, issuer_id: int | None) -> Resolution:
    """What `name` means on the day `on`; `issuer_id` is whose own divisions "các phòng" are."""
    words = " ".join(unicodedata.normalize("NFC", name).replace("**", "").split()).strip(" .;:,-+")
    if len(words) > LONGEST_PHRASE:
        return Resolution(name, doubts=(UnitDoubt("unit_unknown", f"{words[:100]}…"),))
    plain = VAGUE_TAIL.sub("", words)
    walk = _Walk(register, on, issuer_id, plain, _cut(plain))
    at = 0
    while at < len(walk.bounds):
        at += _take(walk, at)
    return _gather(name, words, walk.steps, has_tail=plain != words)


def _take(walk: _Walk, at: int) -> int:
    """Make a step of the longest run of parts that is a known name or group; how many parts it took."""
    if _opens_list_of_places(walk, at):
        walk.any_level = True
        return 1
    for count in range(min(LONGEST, len(walk.bounds) - at), 0, -1):
        words = walk.words(at, count)
        if step := _meant(walk, words, first=at == 0):
            walk.steps.append(step)
            first = key(without_head(words)).split(" ")[0]
            walk.first_word = first if first in SHARED_FIRST else walk.first_word
            return count
    count, step = _not_known(walk, at)
    walk.steps.append(step)
    return count


def _not_known(walk: _Walk, at: int) -> tuple[int, Step]:
    """The longest run from here, short of the next known name, that resembles a unit; else all of it, unknown."""
    longest = 1
    while at + longest < len(walk.bounds) and longest < LONGEST and not _begins_known(walk, at + longest):
        longest += 1
    close: list[int] = []
    for count in range(longest, 0, -1):
        words = walk.words(at, count)
        shared = f"{walk.first_word} {words}" if walk.first_word else words
        for form in dict.fromkeys((words, shared)):
            units, near = walk.register.near(form, walk.on)
            if units:
                found = walk.register.units[units[0].unit_id].name
                return count, Step(tuple(units), doubt=UnitDoubt("unit_fuzzy", words, found, tuple(near)))
            close += near if count == longest else []
    doubt = UnitDoubt("unit_unknown", walk.words(at, longest), candidates=tuple(dict.fromkeys(close)))
    return longest, Step(kind="unknown", doubt=doubt)


def _begins_known(walk: _Walk, at: int) -> bool:
    counts = range(1, min(LONGEST, len(walk.bounds) - at) + 1)
    return any(_meant(walk, walk.words(at, count), first=False) for count in counts)


def _meant(walk: _Walk, words: str, *, first: bool) -> Step | None:
    return _known(walk, words, first=first) or _shared_first(walk, words) or _place(walk, words)


def _known(walk: _Walk, words: str, *, first: bool) -> Step | None:
    for form in dict.fromkeys((words, without_head(words))):
        if key(form) in VAGUE:
            own = walk.issuer_id is not None and walk.register.group(form, walk.on)
            return None if own else Step(kind="vague")
        group = walk.register.group(form, walk.on)
        if group and (first or not _is_half_a_phrase(form)) and not _is_of_the_state(walk, form):
            return _of_group(walk, group, words)
        if units := walk.register.by_name(form, walk.on, walk.issuer_id):
            return _of_units(walk, units, words)
    return None


def _is_half_a_phrase(words: str) -> bool:
    """ "phường" in "Công an xã, phường" is no group of its own; "các phường" is."""
    return " " not in key(words) and fold(words) == key(words)


def _is_of_the_state(walk: _Walk, words: str) -> bool:
    """ "Các Bộ, cơ quan, địa phương": the localities of the whole country, not our communes."""
    return key(words) == "dia phuong" and key(walk.text).startswith("bo ")


def _shared_first(walk: _Walk, words: str) -> Step | None:
    """ "Nội vụ" after "Sở Tài chính" is Sở Nội vụ."""
    if walk.first_word not in SHARED_FIRST:
        return None
    units = walk.register.by_name(f"{walk.first_word} {words}", walk.on, walk.issuer_id)
    return _of_units(walk, units, words) if units else None


def _place(walk: _Walk, words: str) -> Step | None:
    """A locality by its name where its level is not said apart ("UBND các xã, phường: Chi Lăng, Quế Võ")."""
    place = level_and_name(key(words))
    if place is None or place[1] not in walk.register.localities:
        return None
    ids = [i for i in walk.register.localities[place[1]] if is_valid(walk.register.units[i], walk.on)]
    if walk.any_level and len(ids) == 1:
        return _of_units(walk, [ResolvedUnit(ids[0], Via.ALIAS)], words)
    return Step(kind="unknown", doubt=UnitDoubt("unit_near_tie", words, candidates=tuple(ids))) if ids else None


def _of_group(walk: _Walk, group: UnitGroup, words: str) -> Step:
    ids = walk.register.members(group, walk.on, walk.issuer_id)
    if group.valid_to and walk.on > group.valid_to:
        return Step(kind="unknown", doubt=UnitDoubt("group_ended", words, f"{group.valid_to:%d/%m/%Y}"))
    if not ids:
        return Step(kind="unknown", doubt=UnitDoubt("group_empty", words))
    units = tuple(ResolvedUnit(i, Via.GROUP, group=group.phrase) for i in ids)
    return Step(units, group.phrase, "group")


def _of_units(walk: _Walk, units: list[ResolvedUnit], words: str) -> Step:
    register = walk.register
    if len(units) > 1:
        ids = tuple(unit.unit_id for unit in units)
        return Step(kind="unknown", doubt=UnitDoubt("unit_near_tie", words, candidates=ids))
    unit = register.units[units[0].unit_id]
    if unit.valid_to and walk.on > unit.valid_to:
        place = level_and_name(key(unit.name))
        same = register.localities.get(place[1], []) if place else []
        heirs = tuple(i for i in same if is_valid(register.units[i], walk.on))
        return Step(kind="unknown", doubt=UnitDoubt("unit_ended", words, candidates=heirs))
    doubt = UnitDoubt("unit_not_yet", words) if unit.valid_from and walk.on < unit.valid_from else None
    return Step((units[0],), doubt=doubt)


def _opens_list_of_places(walk: _Walk, at: int) -> bool:
    """Whether "Các xã" only opens "Các xã, phường Quế Võ, Bồng Lai": then it means no commune by itself."""
    if at + 1 >= len(walk.bounds) or key(without_head(walk.words(at, 1))) not in LEVELS:
        return False
    place = level_and_name(key(walk.words(at + 1, 1)))
    return place is not None and place[1] in walk.register.localities


def _gather(name: str, words: str, steps: list[Step], *, has_tail: bool) -> Resolution:
    kinds = {step.kind for step in steps}
    vague = (has_tail and kinds <= {"group", "vague"}) or (bool(steps) and kinds == {"vague"})
    if has_tail and "unit" in kinds:  # "Sở Y tế và các sở, ngành liên quan": only the first is named
        steps = [step for step in steps if step.kind != "group"]
    units: dict[int, ResolvedUnit] = {}
    for step in steps:
        for unit in step.units:
            units.setdefault(unit.unit_id, unit)
    doubts = tuple(step.doubt for step in steps if step.doubt) + ((UnitDoubt("unit_vague", words),) if vague else ())
    groups = list(dict.fromkeys(step.group for step in steps if step.group))
    return Resolution(name, tuple(units.values()), "; ".join(groups) or None, doubts, vague)


def _cut(text: str) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    start = 0
    for cut in CUT.finditer(text):
        bounds.append((start, cut.start()))
        start = cut.end()
    bounds.append((start, len(text)))
    return [(a, b) for a, b in bounds if text[a:b].strip()]

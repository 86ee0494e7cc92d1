"""Every unit and group by the key of its names: one name → units, by date, with what is nearest to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from models.names import key, level_and_name, spelling
from models.register_answers import ResolvedUnit, Via
from models.units import Unit, UnitGroup

ISSUER = "@issuer"
"""`UnitGroup.parent_code` of a group that means the issuer's own divisions."""

LOCAL_KINDS = ("xã", "phường", "đặc khu")
NEAR_TIE_MARGIN = 6.0
"""Points (of 100) the best fuzzy match must be ahead of the next one."""
SURE_SCORE = 91.0
CANDIDATE_SCORE = 78.0
CANDIDATES = 5


@dataclass(slots=True)
class Register:
    """Every unit and group by key, loaded once for a piece of work (a draft, an import); never kept for long."""

    units: Mapping[int, Unit]
    groups: Mapping[str, list[UnitGroup]]
    keys: Mapping[str, list[int]]
    localities: Mapping[str, list[int]] = field(default_factory=dict[str, list[int]])

    @classmethod
    def load(cls, session: Session) -> Register:
        """Read the whole register: some hundreds of rows."""
        units = {unit.id: unit for unit in session.exec(select(Unit).order_by(col(Unit.id))).all() if unit.id}
        keys: defaultdict[str, list[int]] = defaultdict(list)
        localities: defaultdict[str, list[int]] = defaultdict(list)
        for unit_id, unit in units.items():
            for name in names_of(unit):
                _add(keys[key(name)], unit_id)
                if place := level_and_name(key(name)):
                    _add(localities[place[1]], unit_id)
        groups: defaultdict[str, list[UnitGroup]] = defaultdict(list)
        for group in session.exec(select(UnitGroup).order_by(UnitGroup.phrase)).all():
            for phrase_key in {key(phrase) for phrase in (group.phrase, *group.aliases)}:
                groups[phrase_key].append(group)
        return cls(units, groups, keys, localities)

    def by_name(self, name: str, on: date, parent_id: int | None = None) -> list[ResolvedUnit]:
        """The units this exact name means on that day: one when it is clear, several when it is not."""
        found = [self.units[unit_id] for unit_id in self.keys.get(key(name), [])]
        if parent_id is not None and (own := [unit for unit in found if unit.parent_id == parent_id]):
            found = own
        if len(found) > 1:
            found = _closest(found, name)
        met = {self._standing(unit, on): unit for unit in self._predecessors(found)}
        return list(met)

    def group(self, phrase: str, on: date) -> UnitGroup | None:
        """The group these words mean on that day, else the one of another time; None for words of no group."""
        known = self.groups.get(key(phrase), [])
        valid = [g for g in known if g.valid_from <= on and (g.valid_to is None or on <= g.valid_to)]
        return max(valid or known, key=lambda group: group.valid_from, default=None)

    def members(self, group: UnitGroup, on: date, issuer_id: int | None = None) -> list[int]:
        """Ids of the group's units on that day, in the register's order."""
        parent = self._parent_of(group, issuer_id)
        if group.parent_code == ISSUER and parent is None:
            return []
        last_day = min(on, group.valid_to) if group.valid_to else on
        return [
            unit_id
            for unit_id, unit in self.units.items()
            if is_valid(unit, last_day) and _belongs(unit, group, parent)
        ]

    def near(self, name: str, on: date) -> tuple[list[ResolvedUnit], list[int]]:
        """A unit whose name is like this one and clearly nearest (or none), and the ids worth asking about."""
        scored = self._scores(name, on)
        close = [unit_id for score, unit_id in scored if score >= CANDIDATE_SCORE][:CANDIDATES]
        if not scored or scored[0][0] < SURE_SCORE:
            return [], close
        if len(scored) > 1 and scored[0][0] - scored[1][0] < NEAR_TIE_MARGIN:
            return [], close
        standing = self._standing(self.units[scored[0][1]], on)
        return [ResolvedUnit(standing.unit_id, Via.FUZZY, standing.note)], close

    def _scores(self, name: str, on: date) -> list[tuple[float, int]]:
        from rapidfuzz import fuzz

        wanted = key(name)
        place = level_and_name(wanted)
        best: dict[int, float] = {}
        for known, unit_ids in self.keys.items():
            other = level_and_name(known)
            if place and other and place[0] == other[0]:
                score = fuzz.ratio(place[1], other[1])
            elif place or other or wanted.split(" ")[0] != known.split(" ")[0]:
                continue  # "Bộ Tài chính" is one letter from "Sở Tài chính" and a different body
            else:
                score = fuzz.ratio(wanted, known)
            for unit_id in unit_ids:
                if place is None and self.units[unit_id].kind in LOCAL_KINDS:
                    continue  # "Văn hóa" is no slip of phường Vân Hà
                heir = self._standing(self.units[unit_id], on).unit_id
                best[heir] = max(best.get(heir, 0.0), score)
        return sorted(((score, unit_id) for unit_id, score in best.items()), key=lambda pair: (-pair[0], pair[1]))

    def _standing(self, unit: Unit, on: date) -> ResolvedUnit:
        """The unit itself while it exists, else the last of its successors that does."""
        heir, met = unit, {unit.id}
        while heir.valid_to and on > heir.valid_to and heir.successor_id and heir.successor_id not in met:
            heir = self.units[heir.successor_id]
            met.add(heir.id)
        assert heir.id is not None
        if heir is unit:
            return ResolvedUnit(heir.id, Via.ALIAS)
        return ResolvedUnit(heir.id, Via.SUCCESSOR, f"{unit.name} → {heir.name}")

    def _predecessors(self, found: list[Unit]) -> list[Unit]:
        """Without those that only carry a former body's name as an alias, when that body is in the register."""
        heirs = {unit.successor_id for unit in found if unit.successor_id}
        return [unit for unit in found if unit.id not in heirs]

    def _parent_of(self, group: UnitGroup, issuer_id: int | None) -> int | None:
        if group.parent_code == ISSUER:
            return issuer_id
        return next((i for i, unit in self.units.items() if unit.code == group.parent_code), None)


def names_of(unit: Unit) -> Iterable[str]:
    """Every form a unit's name is known in."""
    return (name for name in (unit.name, unit.short_name, unit.code, *unit.aliases) if name)


def is_valid(unit: Unit, on: date) -> bool:
    """Whether the unit exists on that day."""
    return (unit.valid_from is None or unit.valid_from <= on) and (unit.valid_to is None or on <= unit.valid_to)


def _belongs(unit: Unit, group: UnitGroup, parent_id: int | None) -> bool:
    if unit.code in group.except_codes:
        return False
    if unit.code in group.codes:
        return True
    if group.parent_code:
        return unit.parent_id == parent_id and (not group.kinds or unit.kind in group.kinds)
    return unit.kind in group.kinds


def _closest(found: list[Unit], name: str) -> list[Unit]:
    """Of units whose folded names are equal, those spelt as written; all of them when none is."""
    wanted = spelling(name)
    return [unit for unit in found if any(spelling(known) == wanted for known in names_of(unit))] or found


def _add(ids: list[int], unit_id: int) -> None:
    if unit_id not in ids:
        ids.append(unit_id)

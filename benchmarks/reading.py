"""How well letters are read: `python benchmarks/reading.py FOLDER [--misses]` over NNN.txt + NNN.json.

Compares as the corpus' rules ask: NFC, lower case, no accents, anything but letters and digits one blank; uncertain
fields and optional tasks are left out; an undated task split off a clause is neither rewarded nor punished; the
issuer may stand with or without its parent; report_to may be either of the two the gold names.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.reading_match import bare, base, deadline_same, digits, match, neutral
from letters import read
from letters.text.compare import fold
from models.reading import Doubt, Reading

Gold = dict[str, Any]
FIELDS = (
    *("kind", "number", "date", "issuer", "subject", "recipients", "based_on", "contact.name", "contact.phone"),
    *("signer.title", "signer.name", "tasks", "lead", "coordinate", "deadline", "report_to"),
)
HEADING = ("number", "date", "issuer", "subject", "recipients", "based_on", "contact", "signer")


@dataclass
class Counts:
    """True and false positives, false negatives, and values that were rightly absent."""

    hit: int = 0
    extra: int = 0
    missed: int = 0
    empty: int = 0

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def sets(self, gold: set[str], got: set[str]) -> None:
        self.hit += len(gold & got)
        self.missed += len(gold - got)
        self.extra += len(got - gold)
        self.empty += not gold and not got

    def one(self, gold: bool, got: bool, same: bool) -> None:
        self.empty += not gold and not got
        self.hit += gold and got and same
        self.missed += gold and not (got and same)
        self.extra += got and not (gold and same)


@dataclass
class Score:
    """What a run over a folder gave."""

    counts: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    misses: list[str] = field(default_factory=list)
    right: int = 0
    doubted_right: int = 0
    wrong: int = 0
    silent: int = 0
    files: int = 0
    seconds: float = 0.0
    codes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def judge(self, name: str, where: str, ok: bool, doubted: bool, note: str = "", by: Sequence[Doubt] = ()) -> None:
        """One field of one letter: right or wrong, with a doubt on it or without."""
        for code in {d.code for d in by}:
            self.codes[code][ok] += 1
        if ok:
            self.right += 1
            self.doubted_right += doubted
            return
        self.wrong += 1
        self.silent += not doubted
        self.misses.append(f"{where} {name} [{'doubted' if doubted else 'SILENT'}] {note}")

    @property
    def silent_rate(self) -> float:
        return self.silent / max(1, self.right + self.wrong)

    @property
    def doubt_rate(self) -> float:
        return self.doubted_right / max(1, self.right)


def score(folder: Path) -> Score:
    """Reads every NNN.txt of a folder that has its NNN.json."""
    total = Score()
    for text_file in sorted(folder.glob("*.txt")):
        gold_file = text_file.with_suffix(".json")
        if not gold_file.exists():
            continue
        text = text_file.read_text(encoding="utf-8")
        began = time.process_time()
        reading = read(text)
        total.seconds += time.process_time() - began
        total.files += 1
        _letter(total, text_file.stem, json.loads(gold_file.read_text(encoding="utf-8")), reading)
    return total


def _letter(total: Score, where: str, gold: Gold, reading: Reading) -> None:
    wanted, got = gold["kind"] == "directive", reading.kind == "directive"
    total.counts["kind"].one(True, True, wanted == got)
    doubted = reading.may_order or bool(reading.doubts_of("kind"))
    total.judge(
        "kind", where, wanted == got, doubted, f"gold {gold['kind']}, read {reading.kind} {reading.reason_code}"
    )
    if not wanted:
        return
    if not got:
        # Refused: all fields are empty. Where the refusal itself asks for a look ("may_order") none is so in silence.
        asked = [Doubt(field=name, code="kind_unsure") for name in (*HEADING, "tasks")] if doubted else []
        reading = Reading(kind="directive", doubts=tuple(asked), text=reading.text)
    unsure = set(gold.get("uncertain", ()))
    _heading(total, where, gold, reading, unsure)
    _people(total, where, gold, reading, unsure)
    _tasks(total, where, gold, reading)


def _single(total: Score, where: str, name: str, gold: str | None, got: str | None, same: bool, doubted: bool) -> None:
    total.counts[name].one(bool(gold), bool(got), same)
    total.judge(name, where, same, doubted, f"gold {gold!r}, read {got!r}")


def _heading(total: Score, where: str, gold: Gold, reading: Reading, unsure: set[str]) -> None:
    for name in {"number", "date", "subject"} - unsure:
        got = getattr(reading, name)
        same = fold(gold[name] or "") == fold(got or "")
        _single(total, where, name, gold[name], got, same, bool(reading.doubts_of(name)))
    if "issuer" not in unsure:
        allowed = (fold(reading.issuer or ""), fold(f"{reading.parent or ''} {reading.issuer or ''}"))
        same = fold(gold["issuer"] or "") in allowed
        _single(total, where, "issuer", gold["issuer"], reading.issuer, same, bool(reading.doubts_of("issuer")))
    if "recipients" not in unsure:
        _sets(total, where, "recipients", gold["recipients"], list(reading.recipients), reading, "recipients")
    if "based_on" not in unsure:
        nested = {fold(b["number"]) for b in gold["based_on"] if b.get("nested")}
        wanted = [b["number"] for b in gold["based_on"] if not b.get("nested")]
        got_bases = [b.number for b in reading.based_on if fold(b.number) not in nested]
        _sets(total, where, "based_on", wanted, got_bases, reading, "based_on")


def _sets(total: Score, where: str, name: str, gold: list[str], got: list[str], reading: Reading, path: str) -> None:
    wanted, found = {fold(g): g for g in gold}, {fold(r): r for r in got}
    total.counts[name].sets(set(wanted), set(found))
    missing, extra = wanted.keys() - found.keys(), found.keys() - wanted.keys()
    note = f"missing {[wanted[k] for k in missing]}, extra {[found[k] for k in extra]}"
    doubts = reading.doubts_of(path)
    total.judge(name, where, not missing and not extra, bool(doubts), note, doubts)


def _people(total: Score, where: str, gold: Gold, reading: Reading, unsure: set[str]) -> None:
    for person, parts in (("contact", ("name", "phone")), ("signer", ("title", "name"))):
        if person in unsure:
            continue
        wanted, got = gold[person] or {}, getattr(reading, person)
        for part in parts:
            mine = getattr(got, part) if got else None
            key = digits if part == "phone" else bare
            same = key(wanted.get(part)) == key(mine)
            doubted = bool(reading.doubts_of(person))
            _single(total, where, f"{person}.{part}", wanted.get(part), mine, same, doubted)


def _tasks(total: Score, where: str, gold: Gold, reading: Reading) -> None:
    wanted: list[Gold] = gold["tasks"]
    pairs = match(wanted, list(reading.tasks))
    matched = {id(task): i for task, i in pairs}
    for task in wanted:
        index = matched.get(id(task))
        if task.get("optional"):
            continue
        at = f"{where} {task['clause']}"
        if index is None:
            total.counts["tasks"].missed += 1
            told = any(d.field == "tasks" and not d.span for d in reading.doubts) or _pointed_at(task, reading)
            total.judge("tasks", at, False, told, f"not read: {task['lead']} {task['deadline']}")
            for name in ("lead", "coordinate"):
                total.counts[name].missed += len(task[name])
            total.counts["deadline"].missed += task["deadline"]["kind"] != "none"
            continue
        total.counts["tasks"].hit += 1
        doubts = [d for d in reading.doubts_of(f"tasks[{index}]") if "split" in d.code or "order" in d.code]
        total.judge("tasks", at, True, bool(doubts), by=doubts)
        _pair(total, at, task, reading, index)
    taken = {i for _, i in pairs}
    for i, task in enumerate(reading.tasks):
        if i in taken or neutral(task, wanted):
            continue
        total.counts["tasks"].extra += 1
        total.counts["lead"].extra += len(task.lead)
        total.counts["coordinate"].extra += len(task.coordinate)
        total.counts["deadline"].extra += task.deadline.kind != "none"
        doubts, note = reading.doubts_of(f"tasks[{i}]"), f"too much: {list(task.lead)} {task.text[:70]!r}"
        total.judge("tasks", f"{where} {task.clause}", False, bool(doubts), note, doubts)


def _pointed_at(task: Gold, reading: Reading) -> bool:
    """Whether a doubt points to a task that was not read: on its very words, or on how its clause was split."""
    label = base(task["clause"])
    for i, mine in enumerate(reading.tasks):
        kin = base(mine.clause).startswith(label) or label.startswith(base(mine.clause))
        if kin and any(d.code == "split_unsure" for d in reading.doubts_of(f"tasks[{i}]")):
            return True
    marks = [fold(m) for m in [task.get("anchor"), *task["lead"], task["deadline"].get("phrase")] if m]
    places = [fold(reading.text[d.span[0] : d.span[1]]) for d in reading.doubts if d.field == "tasks" and d.span]
    return any(all(mark[:40] in place for mark in marks) for place in places)


def _pair(total: Score, where: str, gold: Gold, reading: Reading, index: int) -> None:
    mine, unsure, path = reading.tasks[index], set(gold.get("uncertain", ())), f"tasks[{index}]"
    for name in ("lead", "coordinate"):
        if name not in unsure:
            _sets(total, where, name, gold[name], list(getattr(mine, name)), reading, f"{path}.{name}")
    if "deadline" not in unsure:
        same, read_ = deadline_same(gold["deadline"], mine), mine.deadline
        total.counts["deadline"].one(gold["deadline"]["kind"] != "none", read_.kind != "none", same)
        note = f"gold {gold['deadline']}, read {read_.kind} {read_.due} {read_.time} {read_.rrule} {read_.phrase!r}"
        total.judge("deadline", where, same, bool(reading.doubts_of(f"{path}.deadline")), note)
    if "report_to" not in unsure:
        allowed = {bare(gold.get(k)) for k in ("report_to", "report_via")} - {""}
        got = {bare(mine.report_to), bare(mine.report_via)} - {""}
        same = bool(allowed & got) or (not allowed and not got)
        total.counts["report_to"].one(bool(allowed), bool(got), same)
        if not same:
            total.misses.append(f"{where} report_to [-] gold {sorted(allowed)}, read {sorted(got)}")


def report(total: Score) -> str:
    """The figures as a table."""
    rows = [f"{'field':15}{'precision':>10}{'recall':>9}{'F1':>8}{'hit':>6}{'extra':>7}{'missed':>8}"]
    for name in FIELDS:
        c = total.counts[name]
        rows.append(f"{name:15}{c.precision:10.3f}{c.recall:9.3f}{c.f1:8.3f}{c.hit:6}{c.extra:7}{c.missed:8}")
    fields = total.right + total.wrong
    speed = total.seconds * 1000 / max(1, total.files)
    rows.append(f"{total.files} letters, {fields} fields, {total.wrong} wrong, {speed:.0f} ms CPU a letter")
    rows.append(f"silently wrong: {total.silent} = {total.silent_rate:.1%}")
    rows.append(f"doubt on a right field: {total.doubted_right} = {total.doubt_rate:.1%}")
    rows += [f"  {code}: on {wrong} wrong, {right} right" for code, (wrong, right) in sorted(total.codes.items())]
    return "\n".join(rows)


def main() -> None:
    """Prints the misses and the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="list every wrong field")
    options = parser.parse_args()
    total = score(options.folder)
    if options.misses:
        print("\n".join(total.misses))
    print(report(total))


if __name__ == "__main__":
    main()

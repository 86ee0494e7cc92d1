"""A reading as a person looks at it: heading, doubts first, then every task on two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from models.reading import ReadDeadline, Reading, ReadTask

Language = Literal["vi", "en"]
Line = tuple[str, str | None]
LONGEST_TEXT, LONGEST_QUOTE = 150, 60
MANY = 3
"""Tasks from which a doubt that they share is said once."""
WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "no_number": "(chưa có số)", "no_date": "(chưa có ngày)", "issuer": "Cơ quan ban hành", "subject": "Trích yếu",
        "urgency": "Độ khẩn", "to": "Kính gửi", "based": "Căn cứ", "contact": "Đầu mối", "signer": "Người ký",
        "none": "không nêu", "doubts": "Cần xem lại", "tasks": "Nhiệm vụ", "task": "Nhiệm vụ", "clause": "Khoản",
        "paragraph": "Đoạn", "part": "ý",
        "nobody": "chưa rõ đơn vị", "with": "phối hợp", "due": "hạn", "untimed": "không có hạn",
        "days": "ngày", "working": "ngày làm việc", "recurring": "định kỳ",
    },
    "en": {
        "no_number": "(no number)", "no_date": "(no date)", "issuer": "Issued by", "subject": "Subject",
        "urgency": "Urgency", "to": "To", "based": "Based on", "contact": "Contact", "signer": "Signed by",
        "none": "not named", "doubts": "To look at", "tasks": "Tasks", "task": "Task", "clause": "Clause",
        "paragraph": "Paragraph", "part": "part",
        "nobody": "nobody named", "with": "with", "due": "due", "untimed": "no deadline",
        "days": "days", "working": "working days", "recurring": "recurring",
    },
}  # fmt: skip
TASK = re.compile(r"^tasks\[(\d+)\]")
PARAGRAPH = re.compile(r"p(\d{1,3})")
"""Label of what stands outside the numbered clauses (see bot.lines)."""
ISO_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


def screen(name: str, reading: Reading, language: Language, reason: str = "") -> Iterator[Line]:
    """Lines with their style. `reason`: why the file gave no text."""
    if reading.kind != "directive":
        yield f"{name}: {reason or reading.reason(language)}", "bold red"
        return
    words = WORDS[language]
    yield name, "dim"
    yield from _heading(reading, words)
    if reading.doubts:
        yield f"{words['doubts']}: {len(reading.doubts)}", "bold yellow"
        for line in _doubts(reading, language):
            yield line, "yellow"
    yield f"{words['tasks']}: {len(reading.tasks)}", "bold"
    for index, task in enumerate(reading.tasks):
        mark = "? " if reading.doubts_of(f"tasks[{index}]") else ""
        yield (
            f"{mark}{index + 1}) {_clause(task.clause, words)}: {_who(task, words)} – {_when(task.deadline, words)}",
            None,
        )
        yield f"   {cut(task.text, LONGEST_TEXT)}", "dim"


def _heading(reading: Reading, words: dict[str, str]) -> Iterator[Line]:
    issued = reading.issued
    day = f"{issued:%d/%m/%Y}" if issued else _day(reading.date or "") or words["no_date"]
    number = reading.number or ""
    yield f"{number if number[:1].isalnum() else words['no_number'] + number} · {day}", "bold"
    contact, signer = reading.contact, reading.signer
    lines = {
        "issuer": reading.issuer or "?",
        "subject": cut(reading.subject or "?", 300),
        "urgency": reading.urgency.upper() if reading.urgency else "",
        "to": "; ".join(reading.recipients),
        "based": "; ".join(" ".join(part for part in (b.number, _day(b.date or "")) if part) for b in reading.based_on),
        "contact": ", ".join(p for p in (contact.name, contact.phone, contact.email) if p)
        if contact
        else words["none"],
        "signer": " ".join(part for part in (signer.title, signer.name) if part) if signer else "",
    }
    for key, text in lines.items():
        if text:
            yield f"{words[key]}: {text}", None


def _day(iso: str) -> str:
    """A day of the reading, perhaps without its day or month, as it is written in Vietnam: "02/2025"."""
    found = ISO_DAY.fullmatch(iso)
    return "/".join(part for part in reversed(found.groups()) if part) if found else iso


def _doubts(reading: Reading, language: Language) -> Iterator[str]:
    """A line for each doubt; one that many tasks share stands once, with their numbers."""
    shared: dict[str, list[int]] = {}
    for doubt in reading.doubts:
        if found := TASK.match(doubt.field):
            shared.setdefault(doubt.code, []).append(int(found[1]) + 1)
    said: set[str] = set()
    for doubt in reading.doubts:
        found, task = TASK.match(doubt.field), WORDS[language]["task"]
        if found and len(shared[doubt.code]) >= MANY:
            if doubt.code not in said:
                yield f"? {task} {', '.join(map(str, shared[doubt.code]))}: {doubt.reason(language)}"
            said.add(doubt.code)
            continue
        where = f"{task} {int(found[1]) + 1}: " if found else ""
        quote = f" “{cut(reading.text[slice(*doubt.span)], LONGEST_QUOTE)}”" if doubt.span else ""
        yield f"? {where}{doubt.reason(language)}{quote}"


def _clause(label: str, words: dict[str, str]) -> str:
    """As in chat: "Khoản 4 (ý 2)", outside the clauses "Đoạn 1"."""
    place, _, part = label.partition("#")
    outside = PARAGRAPH.fullmatch(place)
    name = f"{words['paragraph']} {outside[1]}" if outside else f"{words['clause']} {place}"
    return f"{name} ({words['part']} {part})" if part else name


def _who(task: ReadTask, words: dict[str, str]) -> str:
    lead = ", ".join(task.lead) or words["nobody"]
    return f"{lead} ({words['with']}: {', '.join(task.coordinate)})" if task.coordinate else lead


def _when(deadline: ReadDeadline, words: dict[str, str]) -> str:
    phrase = f" “{cut(deadline.phrase, LONGEST_QUOTE)}”" if deadline.phrase else ""
    hour = f"{deadline.time} " if deadline.time else ""
    day = f"{words['due']} {hour}{deadline.due:%d/%m/%Y}" if deadline.due else ""
    match deadline.kind:
        case "date":
            return day + phrase
        case "recurring":
            return f"{words['recurring']} {day}".rstrip() + phrase
        case "relative":
            counted = f"{deadline.relative_days} {words['working' if deadline.working_days else 'days']}"
            return (day or counted) + phrase
        case "none":
            return words["untimed"] + phrase


def cut(text: str, longest: int) -> str:
    """On one line, at most so many characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"

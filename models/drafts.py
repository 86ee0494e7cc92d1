"""A reading that waits for its admin: starting it, finding the same letter, and correcting it task by task.

The reading stays what `letters.read` gave, corrected; `choices` holds what the admin chose beside it, one entry per
task in `choices["tasks"]`. A correction takes away the doubts of what it settles.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.clock import local_date
from models.directives import Directive, DirectiveState, Draft, DraftState
from models.draft_changes import choose, correct, pending, reading_of, replaced, stand_of
from models.errors import Refused
from models.likeness import say_the_same
from models.names import fold
from models.reading import Contact, ReadDeadline, Reading, ReadTask

LIFE_OF_A_DRAFT = timedelta(days=7)
MOST_TASKS = 2000
"""Of one letter: the longest plans have some hundreds, and everybody waits while one is put together."""


@dataclass(frozen=True, slots=True)
class SameLetter:
    """A letter already loaded. `how`: "duplicate" says the same words, "amendment" has the number and other words."""

    directive_id: int
    how: Literal["duplicate", "amendment"]


def start_draft(
    session: Session, now: datetime, person_id: int, reading: Reading, text: str, file_id: int | None = None
) -> Draft:
    """Keep a reading for its admin to look at. Raises Refused: not_a_directive (`reason`), too_many_tasks (`n`, `most`)."""
    if reading.kind != "directive":
        raise Refused("not_a_directive", kind=reading.kind, reason=reading.reason_code)
    if len(reading.tasks) > MOST_TASKS:
        raise Refused("too_many_tasks", n=len(reading.tasks), most=MOST_TASKS)
    draft = Draft(
        person_id=person_id,
        reading=reading.model_dump(mode="json", exclude_defaults=True),
        choices={"tasks": [{} for _ in reading.tasks]},
        text=text,
        content_hash=content_hash(text),
        file_id=file_id,
        created_at=now,
        expires_at=now + LIFE_OF_A_DRAFT,
    )
    session.add(draft)
    session.flush()
    return draft


def waiting_drafts(session: Session, now: datetime, person_id: int, most: int) -> list[Draft]:
    """This admin's drafts that still wait for a yes, the newest first."""
    mine = select(Draft).where(Draft.person_id == person_id, Draft.state == DraftState.PENDING, Draft.expires_at > now)
    return list(session.exec(mine.order_by(col(Draft.id).desc()).limit(most)))


def content_hash(text: str) -> str:
    """SHA-256 of the letters and digits alone: line breaks, accents' forms and capitals make no other letter."""
    return hashlib.sha256("".join(re.findall(r"[a-z0-9]", fold(text))).encode()).hexdigest()


def same_letter(session: Session, draft: Draft, issuer_unit_id: int | None = None) -> SameLetter | None:
    """The loaded letter with the same words, else with the same number, issuer and year; None for a new one."""
    active = select(Directive).where(Directive.state == DirectiveState.ACTIVE).order_by(col(Directive.id).desc())
    if found := session.exec(active.where(Directive.content_hash == draft.content_hash)).first():
        return SameLetter(found.id or 0, "duplicate")
    reading = reading_of(draft)
    if not reading.number or reading.number.startswith("/"):
        return None
    serial = reading.number.partition("/")[0]
    alike = or_(col(Directive.number) == serial, col(Directive.number).startswith(f"{serial}/", autoescape=True))
    for other in session.exec(active.where(alike)):
        if _bare(other.number or "") != _bare(reading.number):
            continue  # the same without accents is the same: so an admin may have typed it
        if _same_year(reading, other) and _same_issuer(reading, other, issuer_unit_id):
            same = say_the_same(draft.text, other.text)
            return SameLetter(other.id or 0, "duplicate" if same else "amendment")
    return None


def _same_year(reading: Reading, other: Directive) -> bool:
    return not reading.issued or not other.issued_on or reading.issued.year == other.issued_on.year


def _same_issuer(reading: Reading, other: Directive, issuer_unit_id: int | None) -> bool:
    if issuer_unit_id is not None and other.issuer_unit_id is not None:
        return issuer_unit_id == other.issuer_unit_id
    return not reading.issuer or not other.issuer or fold(other.issuer) == fold(reading.issuer)


def _bare(number: str) -> str:
    """A number as it is typed without accents: "1303/skhcn-cds"."""
    split = unicodedata.normalize("NFD", number.casefold().replace("đ", "d"))
    return "".join(sign for sign in split if not unicodedata.combining(sign) and not sign.isspace())


_CALLED = re.compile(
    r"^\s*(?:(?:công văn|cong van|cv|văn bản|van ban|vb|kế hoạch|ke hoach|số|so|number|no)\b[\s.:]*)+", re.IGNORECASE
)


def set_number(session: Session, now: datetime, draft: Draft, number: str) -> None:
    """The letter's number, which its heading left blank or the reader misread: "số 1303/SKHCN-CĐS", or "1303" alone.

    What follows the blank in the heading ("/SKHCN-CĐS") is kept where only the figures are given, or the same without accents.
    """
    plain = "".join(_CALLED.sub("", number).split())
    if not any(sign.isdigit() for sign in plain) or len(plain) > 100:
        raise Refused("number_unclear")
    code = (reading_of(draft).number or "").partition("/")[2]
    serial, slash, given = plain.partition("/")
    if code and (not slash or _bare(given) == _bare(code)):
        plain = f"{serial}/{code}"
    correct(session, now, draft, ["number"], lambda reading: reading.model_copy(update={"number": plain}))


def set_date(session: Session, now: datetime, draft: Draft, issued_on: date) -> None:
    """The day of issue; what is counted from it moves with it. Raises Refused("date_in_future")."""
    if issued_on > local_date(now):
        raise Refused("date_in_future")
    correct(session, now, draft, ["date"], lambda reading: _issued(reading, issued_on))


_FROM_SIGNING = re.compile(r"(?!.*(?:\bket thuc\b|\d\s*[/.-]\s*\d)).*\b(?:tu|sau)\b.*\b(?:ky|ban hanh)\b")


def _issued(reading: Reading, day: date) -> Reading:
    """Of that day. "10 ngày kể từ ngày ký" is counted from it, unless the letter names another day to count from."""
    before, moved = reading.issued, set[str]()
    tasks: list[ReadTask] = []
    for index, task in enumerate(reading.tasks):
        limit = task.deadline
        counted = limit.kind == "relative" and _FROM_SIGNING.match(fold(limit.phrase or ""))
        if counted and (before is None or limit.start in (None, before)):
            task = task.model_copy(update={"deadline": limit.model_copy(update={"start": day, "due": None})})
            moved.add(f"tasks[{index}].deadline")
        tasks.append(task)
    doubts = [one for one in reading.doubts if one.code != "relative_start" or one.field not in moved]
    return reading.model_copy(update={"date": day.isoformat(), "tasks": tuple(tasks), "doubts": tuple(doubts)})


def set_issuer(session: Session, now: datetime, draft: Draft, issuer: str) -> None:
    """The issuing body as written."""
    correct(session, now, draft, ["issuer"], lambda r: r.model_copy(update={"issuer": issuer.strip()[:300]}))


def set_contact(
    session: Session, now: datetime, draft: Draft, *, person_id: int | None = None, name: str = "", phone: str = ""
) -> None:
    """Who waits for the answers: a person of the register, or a name with a phone."""
    pending(now, draft)
    before = stand_of(draft)
    draft.choices = {**draft.choices, "contact": person_id}
    contact = Contact(name=name or None, phone=phone or None) if name or phone else reading_of(draft).contact
    correct(session, now, draft, ["contact"], lambda r: r.model_copy(update={"contact": contact}), before=before)


def set_history(session: Session, now: datetime, draft: Draft, history: bool) -> None:
    """Load as history (nothing untimed is followed up), or not, whatever its age says."""
    pending(now, draft)
    draft.choices = {**draft.choices, "history": history}
    session.add(draft)
    session.flush()


def set_deadline(session: Session, now: datetime, draft: Draft, index: int, deadline: ReadDeadline) -> None:
    """Replace a task's deadline; the letter's own words stay beside it, those of another period give way to the new ones."""
    task = _task(draft, index)
    words = deadline.phrase if deadline.kind == "recurring" else task.deadline.phrase or deadline.phrase
    kept = deadline.model_copy(update={"phrase": words, "span": task.deadline.span})
    changed = task.model_copy(update={"deadline": kept})
    correct(session, now, draft, [f"tasks[{index}].deadline"], replaced([index], [changed]))


def set_start(session: Session, now: datetime, draft: Draft, index: int, start: date) -> None:
    """The day a deadline counted in days begins."""
    task = _task(draft, index)
    if task.deadline.relative_days is None:
        raise Refused("not_relative")
    changed = task.model_copy(update={"deadline": task.deadline.model_copy(update={"start": start, "due": None})})
    correct(session, now, draft, [f"tasks[{index}].deadline"], replaced([index], [changed]))


def set_lead(
    session: Session, now: datetime, draft: Draft, index: int, unit_ids: Sequence[int], names: Sequence[str]
) -> None:
    """The units that lead a task, as the admin chose them; `names` is what is shown for them."""
    _units(session, now, draft, index, "lead", unit_ids, names)


def set_coordinators(
    session: Session, now: datetime, draft: Draft, index: int, unit_ids: Sequence[int], names: Sequence[str]
) -> None:
    """The units that coordinate a task; none with empty lists."""
    _units(session, now, draft, index, "coordinate", unit_ids, names)


def drop_task(session: Session, now: datetime, draft: Draft, index: int) -> None:
    """This clause is no task."""
    _task(draft, index)
    correct(session, now, draft, [f"tasks[{index}]"], replaced([index], []))
    choose(session, draft, [index], [])


def split_task(session: Session, now: datetime, draft: Draft, index: int, parts: Sequence[str]) -> None:
    """One clause, several acts: each part becomes a task with the clause's units and deadline.

    Raises Refused("split_unclear") unless there are two parts or more, each with words.
    """
    task = _task(draft, index)
    texts = [" ".join(part.split()) for part in parts]
    if len(texts) < 2 or not all(texts):
        raise Refused("split_unclear")
    base = task.clause.partition("#")[0]
    made = [task.model_copy(update={"clause": f"{base}#{n}", "text": text}) for n, text in enumerate(texts, 1)]
    chosen = draft.choices["tasks"][index]
    correct(session, now, draft, [], replaced([index], made), f"tasks[{index}]")
    choose(session, draft, [index], [dict(chosen) for _ in made])


def split_points(text: str) -> list[str]:
    """How a clause would fall apart at its semicolons and sentences: what the split button offers."""
    return [part.strip(" .;") for part in re.split(r";\s+|(?<=[.])\s+(?=[A-ZĐÀ-Ỹ])", text) if part.strip(" .;")]


def merge_tasks(session: Session, now: datetime, draft: Draft, index: int, other: int) -> None:
    """Two clauses, one act: the first takes the other's words and units, and its deadline when it has none.

    The last two acts of one clause are the whole clause again.
    """
    first, second = _task(draft, index), _task(draft, other)
    if index == other:
        raise Refused("task_unknown")
    lead = tuple(dict.fromkeys((*first.lead, *second.lead)))
    coordinate = tuple(n for n in dict.fromkeys((*first.coordinate, *second.coordinate)) if n not in lead)
    merged = first.model_copy(
        update={
            "clause": _joined_label(reading_of(draft), first, second),
            "text": first.text + ("; " if first.text[-1:].isalnum() else " ") + second.text,
            "span": (min(first.span[0], second.span[0]), max(first.span[1], second.span[1])),
            "lead": lead,
            "coordinate": coordinate,
            "deadline": second.deadline if first.deadline.kind == "none" else first.deadline,
        }
    )
    correct(session, now, draft, [f"tasks[{other}]", f"tasks[{index}].lead"], replaced([index, other], [merged]))
    choose(session, draft, [index, other], [{}])


def _joined_label(reading: Reading, first: ReadTask, second: ReadTask) -> str:
    base = first.clause.partition("#")[0]
    acts = [task.clause for task in reading.tasks if task.clause.partition("#")[0] == base]
    return base if len(acts) == 2 and second.clause in acts else first.clause


def cancel_draft(session: Session, now: datetime, draft: Draft) -> None:
    """The letter is not wanted."""
    pending(now, draft)
    draft.state = DraftState.CANCELLED
    session.add(draft)
    session.flush()


def reopen_draft(session: Session, now: datetime, draft: Draft) -> None:
    """Cancelled by a slip: it waits again, as corrected. Raises Refused("draft_gone") when its time is over."""
    if draft.state != DraftState.CANCELLED or draft.expires_at <= now or not draft.reading:
        raise Refused("draft_gone")
    draft.state = DraftState.PENDING
    session.add(draft)
    session.flush()


def _units(
    session: Session, now: datetime, draft: Draft, index: int, part: str, unit_ids: Sequence[int], names: Sequence[str]
) -> None:
    changed = _task(draft, index).model_copy(update={part: tuple(names)})
    correct(session, now, draft, [f"tasks[{index}].{part}"], replaced([index], [changed]))
    chosen = {**draft.choices["tasks"][index], part: list(dict.fromkeys(unit_ids))}
    choose(session, draft, [index], [chosen])


def _task(draft: Draft, index: int) -> ReadTask:
    tasks = reading_of(draft).tasks
    if not 0 <= index < len(tasks):
        raise Refused("task_unknown")
    return tasks[index]

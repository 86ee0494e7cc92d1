"""The admin's screen: what was understood of a letter, doubts first, and buttons to put it right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from bot.channels.base import Button
from bot.commands.beside import beside
from bot.commands.draft_clock import clock_day
from bot.lines import clause_name, letter_name
from bot.reply import Reply, rows
from bot.shorten import line, units
from bot.texts import Say, written
from bot.turn import Turn
from models import drafts, load_plan, loading
from models.assignments import Assignment
from models.directives import Draft, DraftState, Part, Task
from models.draft_changes import BEFORE, TASK_PATH
from models.draft_passages import left_out
from models.errors import Refused
from models.leadless import leadless
from models.load_plan import LoadPlan, PlannedDeadline, TaskPlan
from models.reading import Reading
from models.rights import is_admin

ROOM = 400
"""Characters of the limit kept free for the page's foot."""


def open_draft(turn: Turn, reading: Reading, text: str, file_ids: list[int], warnings: tuple[str, ...]) -> Reply:
    """Keep the reading for its admin and show it."""
    return screen(turn, keep_draft(turn, reading, text, file_ids, warnings).id or 0, 0)


def keep_draft(turn: Turn, reading: Reading, text: str, file_ids: list[int], warnings: tuple[str, ...]) -> Draft:
    """The reading and its files, waiting for their admin."""
    draft = drafts.start_draft(turn.session, turn.now, turn.me, reading, text, file_ids[0] if file_ids else None)
    if len(file_ids) > 1 or warnings:
        draft.choices = {**draft.choices, "files": file_ids, "warnings": list(warnings)[:5]}
        turn.session.add(draft)
        turn.session.flush()
    return draft


def screen(
    turn: Turn, draft_id: int, page: int, *, notice: str = "", replace: bool = True, task: int | None = None
) -> Reply:
    """One page of the draft with its buttons; `task`: the page where this one stands."""
    draft = draft_of(turn, draft_id)
    plan = load_plan.plan(turn.session, turn.now, draft)
    blocks = task_blocks(turn.say, plan)
    others = beside(turn.session, turn.say, turn.now, plan, draft)
    pages = paged(heading(turn.say, plan, draft, others), blocks, turn.text_length - ROOM)
    if task is not None and blocks:
        wanted = blocks[min(task, len(blocks) - 1)]
        page = next((n for n, text in enumerate(pages) if wanted in text), page)
    page = max(0, min(page, len(pages) - 1))
    first = next((n for n, block in enumerate(blocks) if block in pages[page]), 0)
    foot = turn.say("draft.page", page=page + 1, pages=len(pages)) if len(pages) > 1 else ""
    ask = "" if is_duplicate(plan) else turn.say("draft.ask")
    text = "\n".join(part for part in (notice, pages[page], foot and f"\n{foot}", ask and f"\n{ask}") if part)
    return Reply(
        text,
        _buttons(turn, draft, plan, page, len(pages), first),
        about="draft",
        about_id=draft_id,
        replace=replace and turn.incoming.kind == "button",
    )


def heading(say: Say, plan: LoadPlan, draft: Draft, others: Sequence[str] = ()) -> list[str]:
    """The letter's head, `others` (bot.commands.beside), then every doubt, so that what needs a look is read first."""
    lines = [*heading_lines(say, plan, draft), *others]
    if is_duplicate(plan):
        return lines
    if plan.doubts:
        lines.append("\n" + say("draft.doubts", n=len(plan.doubts)))
        shown, more = _doubts(say, plan)
        lines += shown
        lines += [say("draft.doubts_more", n=more)] if more else []
    apart = "\n"
    if nobody := [task.index + 1 for task in plan.tasks if not task.leads]:
        lines.append(apart + say("draft.leadless", n=len(nobody), which=_listed(nobody)))
        apart = ""
    lines.append(apart + say("draft.tasks", n=len(plan.tasks), units=plan.assignments))
    return lines


def heading_lines(say: Say, plan: LoadPlan, draft: Draft) -> list[str]:
    """Number, day, issuer, subject, contact, and what the letter is beside those already loaded."""
    reading = plan.reading
    number = line(reading.number or "", 60)
    number = number if number[:1].isalnum() else say("draft.no_number") + number
    issued = written(reading.issued) if reading.issued else say("draft.no_date")
    lines = [say("draft.head", number=number, day=issued, issuer=line(reading.issuer or "", 80) or "?")]
    lines += [say("draft.subject", subject=line(reading.subject, 200))] if reading.subject else []
    lines += [say("draft.urgency", mark=reading.urgency.upper())] if reading.urgency else []
    lines += [_contact(say, reading)]
    lines += [line(f"• {warning}", 200) for warning in draft.choices.get("warnings", ())]
    lines += [say("draft.history")] if plan.history else []
    lines += [say("letters.based_on", letters=", ".join(plan.based_on))] if plan.based_on else []
    return lines + ([say(f"draft.{plan.same.how}")] if plan.same else [])


DOUBTS_SHOWN = 15


def _doubts(say: Say, plan: LoadPlan) -> tuple[list[str], int]:
    """A line for each different doubt, with the tasks that have it; and how many doubts are left out."""
    tasks: dict[str, list[int]] = {}
    times: Counter[str] = Counter()
    for doubt in plan.doubts:
        sentence = doubt.sentence(say.language)
        times[sentence] += 1
        numbers = tasks.setdefault(sentence, [])
        found = TASK_PATH.match(doubt.field)
        if found and int(found[1]) + 1 not in numbers:
            numbers.append(int(found[1]) + 1)
    where = {
        sentence: say("draft.in_task", n=_listed(numbers)) if numbers else "" for sentence, numbers in tasks.items()
    }
    lines = [f"? {where[sentence]}{sentence}" for sentence in tasks]
    return lines[:DOUBTS_SHOWN], sum(times[sentence] for sentence in list(tasks)[DOUBTS_SHOWN:])


def _listed(numbers: Sequence[int | str], most: int = 12) -> str:
    return ", ".join(map(str, numbers[:most])) + (" …" if len(numbers) > most else "")


def is_duplicate(plan: LoadPlan) -> bool:
    """The same letter again: nothing is left to look at or to create."""
    return plan.same is not None and plan.same.how == "duplicate"


def task_blocks(say: Say, plan: LoadPlan) -> list[str]:
    """Each task on two lines: who and by when; the letter's own words."""
    if is_duplicate(plan):
        return []
    return [f"{_who_when(say, plan, task)}\n   {line(task.task.text, 150)}" for task in plan.tasks]


def paged(head: list[str], blocks: list[str], longest: int) -> list[str]:
    """Head and blocks in pages of at most `longest` units, never cutting a block; a blank line before each block."""
    pages: list[str] = []
    current = ""
    for block in [*head, *(f"\n{block}" for block in blocks)]:
        if current and units(current) + units(block) + 1 > longest:
            pages.append(current)
            current = block.strip("\n")
        else:
            current = f"{current}\n{block}" if current else block.strip("\n")
    return [*pages, current]


def unit_names(plan: LoadPlan, ids: list[int], most: int = 2) -> str:
    """ "Sở Y tế, Sở Tài chính …"."""
    shown = ", ".join(line(plan.unit_names.get(i, "?"), 60) for i in ids[:most])
    return f"{shown} …" if len(ids) > most else shown


def when(say: Say, deadline: PlannedDeadline) -> str:
    """The computed last day beside the letter's own words."""
    hour = f"{deadline.time} " if deadline.time else ""
    words = f" “{line(deadline.phrase, 60)}”" if deadline.phrase else ""
    if deadline.kind == "recurring" and deadline.due:
        return say("draft.recurring", day=hour + written(deadline.due)) + words
    if deadline.due:
        return say("draft.due", day=hour + written(deadline.due)) + words
    if deadline.kind == "relative":
        return (say("draft.relative", n=deadline.days) if deadline.days else say("draft.relative_bare")) + words
    return say("draft.untimed") + words


def draft_of(turn: Turn, draft_id: int) -> Draft:
    """This admin's pending draft. Raises Refused: draft_gone, draft_not_yours, not_admin, draft_done."""
    draft = turn.session.get(Draft, draft_id)
    if draft is None:
        raise Refused("draft_gone")
    if draft.person_id != turn.me:
        raise Refused("draft_not_yours")
    if not is_admin(turn.session, turn.now, turn.me):  # whoever made it was one then
        raise Refused("not_admin")
    if draft.state == DraftState.CREATED:
        raise Refused("draft_done")
    if draft.state != DraftState.PENDING or draft.expires_at <= turn.now:
        raise Refused("draft_gone")
    return draft


def created(turn: Turn, draft_id: int) -> Reply:
    """Create everything; what was made, in one sentence, with the way back."""
    draft = draft_of(turn, draft_id)
    directive = loading.create(turn.session, turn.now, draft, turn.me)
    assert directive.id is not None
    tasks, assignments, orphans = _made(turn.session, directive.id)
    nobody = [task for task, _ in leadless(turn.session, directive.id)]
    text = turn.say(
        "draft.created_history" if directive.history else "draft.created",
        letter=letter_name(turn.say, directive),
        tasks=tasks,
        assignments=assignments,
    )
    if orphans:
        text += "\n" + turn.say("draft.unlinked", n=orphans)
    if nobody:
        which = _listed([clause_name(turn.say, task.clause) for task in nobody])
        text += "\n" + turn.say("draft.leadless_made", n=len(nobody), which=which)
    undo = Button(turn.say("button.undo"), f"undo:{directive.id}")
    look = Button(turn.say("button.letter"), f"letter:{directive.id}")
    give = [Button(turn.say("button.leadless"), f"leadless:of:{directive.id}")] if nobody else []
    done = text.split("\n")[0]
    return Reply(text, rows(*give, look, undo), about="directive", about_id=directive.id, replace=True, notice=done)


def _made(session: Session, directive_id: int) -> tuple[int, int, int]:
    """Tasks, assignments, and how many of those have nobody registered to do them."""
    tasks = session.exec(select(func.count()).select_from(Task).where(Task.directive_id == directive_id)).one()
    of_letter = select(func.count()).select_from(Assignment).join(Task).where(Task.directive_id == directive_id)
    nobody = of_letter.where(col(Assignment.owner_id).is_(None), Assignment.part == Part.LEAD)
    return tasks, session.exec(of_letter).one(), session.exec(nobody).one()


def _who_when(say: Say, plan: LoadPlan, task: TaskPlan) -> str:
    leads = [unit.unit_id for unit in task.leads]
    who = _groups(say, task) if len(leads) > 2 else ""
    count = "" if who or len(leads) < 2 else say("draft.count", n=len(leads))
    who = who or unit_names(plan, leads) or say("draft.nobody")
    others = say("draft.others", n=len(task.coordinators)) if task.coordinators else ""
    mark = "? " if task.doubts else ""
    head = f"{mark}{task.index + 1}) {say('draft.clause', clause=clause_name(say, task.task.clause))}: {who}"
    return f"{head}{count}{others} – {when(say, task.deadline)}"


def _groups(say: Say, task: TaskPlan) -> str:
    """ "Các sở, ban, ngành (20 đơn vị), UBND các xã, phường (99 đơn vị), +1": every group with its count; "" for none."""
    groups = [(name, n) for name, n in task.groups if n][:3]
    others = len(task.leads) - sum(n for _, n in groups)
    named = ", ".join(f"{line(name, 50)}{say('draft.count', n=n)}" for name, n in groups)
    return f"{named}, +{others}" if named and others > 0 else named


def _contact(say: Say, reading: Reading) -> str:
    contact = reading.contact
    if contact is None or not contact.name:
        return say("draft.no_contact")
    phone = f" ({masked(contact.phone)})" if contact.phone else ""
    return say("draft.contact", name=line(contact.name, 80) + phone)


def masked(phone: str) -> str:
    """ "+8490***123": the whole number is not needed here."""
    digits = phone.replace(" ", "")
    return f"{digits[:5]}***{digits[-3:]}" if len(digits) > 8 else "***"


def _buttons(turn: Turn, draft: Draft, plan: LoadPlan, page: int, pages: int, first_task: int):
    from bot.commands.continuing import buttons as of_parts
    from bot.commands.draft_marks import stamp

    say, key = turn.say, f"d:{draft.id}"
    if plan.same and is_duplicate(plan):
        look = Button(say("button.letter"), f"letter:{plan.same.directive_id}")
        return rows(look, Button(say("button.cancel"), f"{key}:no"))
    first = [Button(say("button.create"), f"{key}:ok")]
    first.append(Button(say("button.fix"), f"{key}:fix:{first_task}"))
    asks = [Button(say("button.head"), f"{key}:head")]
    if left := left_out(plan.reading):
        asks.append(Button(say("button.unread", n=len(left)), f"{key}:unread:0"))
    if not plan.reading.number or not plan.reading.number[0].isalnum():  # "/SKHCN-CĐS": the number itself is blank
        asks.append(Button(say("button.number"), f"{key}:number"))
    if not plan.reading.issued:
        asks.append(Button(say("button.date"), f"{key}:date"))
    asks += of_parts(turn, draft, plan.reading)
    if day := clock_day(turn, plan):
        asks.append(Button(say("button.clock", day=day), f"clock:{draft.id}"))
    if BEFORE in draft.choices:
        asks.append(Button(say("button.take_back"), f"{key}:before:{stamp(draft)}"))
    turned = [Button(say("button.before"), f"{key}:p:{page - 1}")] if page else []
    turned += [Button(say("button.next"), f"{key}:p:{page + 1}")] if page + 1 < pages else []
    return (*rows(*first), *rows(*asks), *rows(*turned, Button(say("button.cancel"), f"{key}:no"), wide=3))

"""Answers that came by document, and reminding those who have not answered."""

from __future__ import annotations

import re

from sqlmodel import col, select

from bot.arguments import DAY, take_day, take_document
from bot.channels.base import Button
from bot.commands.finding import follows, letter_and_task, one_unit, tasks_of
from bot.lines import clause_short, entry, letter_name, title
from bot.reply import Reply, rows
from bot.shorten import line
from bot.turn import Turn
from models import life, urging
from models.assignments import Assignment, AssignmentState
from models.directives import Directive, DirectiveState, Part, Task
from models.errors import Refused

WAITING = [str(s) for s in (AssignmentState.OPEN, AssignmentState.RECEIVED, AssignmentState.DISPUTED)]
LETTERS = 8


def record(turn: Turn) -> Reply:
    """ "/ghinhan 709 khoản 2 Sở Y tế 12/BC-SYT 02/12/2026": what the document system brought, entered for the unit."""
    words = turn.intent.rest
    found = letter_and_task(turn, words)
    if found is None:
        raise Refused("record_how")
    if found.task is None:
        clauses = ", ".join(clause_short(turn.say, task.clause) for task in tasks_of(turn.session, found.letter)[:12])
        raise Refused("clause_needed", letter=letter_name(turn.say, found.letter), clauses=clauses)
    document = take_document(found.rest, turn.today)
    if not document.number:
        raise Refused("document_needed")
    day, before = document.day, found.rest
    if day is None:
        day, _ = take_day(found.rest.replace(document.number, " "), turn.today)
    if day is None:
        raise Refused("date_unclear")
    unit = one_unit(turn, _unit_words(before, document.number))
    assignment = _assignment(turn, found.task, unit.id or 0)
    life.record_answer(turn.session, turn.now, turn.me, assignment, document.number, day)
    one = entry(turn.session, assignment)
    text = turn.say(
        "record.done", title=title(turn.say, one), unit=line(unit.name, 80), number=document.number, day=day
    )
    return Reply(text, touched=(assignment,))


def urge(turn: Turn) -> Reply:
    """ "/dondoc 709": one letter; without a number the letters with units that have not answered."""
    words = turn.intent.rest.strip()
    if words:
        found = letter_and_task(turn, words)
        if found is None:
            raise Refused("no_such_letter", number=line(words, 60))
        return urge_letter(turn, found.letter, found.task if "khoản" in words or "clause" in words else None)
    letters = _silent_letters(turn)
    if not letters:
        raise Refused("nobody_to_urge")
    if len(letters) == 1:
        return urge_letter(turn, letters[0], None)
    buttons = [Button(letter_name(turn.say, letter), f"urge:{letter.id}") for letter in letters[:LETTERS]]
    return Reply(turn.say("urge.which"), rows(*buttons, wide=1))


def urge_letter(turn: Turn, letter: Directive, task: Task | None) -> Reply:
    """Everybody who leads and has not reported; once a day."""
    assert letter.id is not None
    done = urging.urge(turn.session, turn.now, turn.me, letter.id, task_id=task.id if task else None)
    text = turn.say("urge.done", letter=letter_name(turn.say, letter), people=done.people, n=done.assignments)
    if done.unreached:
        text += "\n" + turn.say("urge.unreached", n=len(done.unreached))
    return Reply(text, notice=text)


def urge_pressed(turn: Turn, letter_id: int) -> Reply:
    """The letter chosen by button."""
    letter = turn.session.get(Directive, letter_id)
    if letter is None:
        raise Refused("no_such_letter", number="")
    return urge_letter(turn, letter, None)


def _unit_words(words: str, number: str) -> str:
    """What stands before the document's number, without its kind ("CV", "báo cáo số") and without a date."""
    before = DAY.sub(" ", re.split(re.escape(number.split("/", maxsplit=1)[0]) + r"\s*/", words, maxsplit=1)[0])
    return re.sub(
        r"[\s,;:]*(?:\b(?:cv|công văn|bc|báo cáo|văn bản|vb|tờ trình|số|so|document|no)\b[\s.:]*)+$",
        "",
        before,
        flags=re.I,
    ).strip(" ,;:-")


def _assignment(turn: Turn, task: Task, unit_id: int) -> int:
    """The unit's open assignment of the task; of a recurring one the oldest period still open."""
    query = select(Assignment.id).where(
        Assignment.task_id == task.id,
        Assignment.unit_id == unit_id,
        Assignment.part == Part.LEAD,
        col(Assignment.parent_id).is_(None),
    )
    open_first = col(Assignment.state).in_(WAITING).desc()
    found = turn.session.exec(query.order_by(open_first, col(Assignment.due_on), col(Assignment.id)).limit(1)).first()
    if found is None:
        raise Refused("unit_not_in_task")
    return found


def _silent_letters(turn: Turn) -> list[Directive]:
    query = (
        select(Directive)
        .join(Task, col(Task.directive_id) == col(Directive.id))
        .join(Assignment, col(Assignment.task_id) == col(Task.id))
        .where(
            Directive.state == DirectiveState.ACTIVE,
            Assignment.part == Part.LEAD,
            col(Assignment.state).in_(WAITING[:2]),
        )
        .distinct()
        .order_by(col(Directive.id).desc())
        .limit(200)
    )
    return [letter for letter in turn.session.exec(query) if follows(turn, letter)]

"""Letters: what binds one, the letter itself with its file, taking a load back."""

from __future__ import annotations

from sqlalchemy import case
from sqlmodel import col, func, or_, select

from bot.channels.base import Button
from bot.commands.finding import follows
from bot.lines import Entry, clause_name, due, entries, letter_name, person_name, state, unit_name
from bot.reply import FileOrder, Reply, rows
from bot.shorten import line
from bot.turn import Turn
from bot.words import fold
from models import loading
from models.assignments import Assignment, AssignmentState
from models.clock import local_date
from models.directives import Directive, DirectiveBase, DirectiveState, Part, Task, TaskState
from models.errors import Refused
from models.files import may_download
from models.leadless import leadless
from models.rights import is_admin
from models.units import Role

PAGE = 10
DONE = [str(AssignmentState.REPORTED), str(AssignmentState.CONFIRMED)]


def directives(turn: Turn) -> Reply:
    """Without a number the newest ones; with one, that letter."""
    words = turn.intent.rest.strip()
    if not words:
        return directive_page(turn, 0)
    wanted = fold(words).replace(" ", "")
    found = [d for d in _mine(turn) if wanted in fold(d.number or "").replace(" ", "")]
    found = found or [d for d in _mine(turn) if fold(words) in fold(d.subject)]
    if not found:
        raise Refused("no_such_letter", number=line(words, 60))
    if len(found) == 1:
        return show(turn, found[0].id or 0)
    return _listed(turn, found, 0)


def directive_page(turn: Turn, page: int) -> Reply:
    """Ten at a time, the newest first."""
    found = _mine(turn)
    if not found:
        return Reply(turn.say("letters.none"))
    return _listed(turn, found, page)


def show(turn: Turn, letter_id: int) -> Reply:
    """The letter: its head, its tasks as they bind this person's units, its file, and what may be done with it."""
    letter = turn.session.get(Directive, letter_id)
    if letter is None or letter.state == DirectiveState.UNDONE or letter not in _mine(turn):
        raise Refused("no_such_letter", number="")
    say = turn.say
    head = say(
        "letters.head",
        letter=letter_name(say, letter),
        day=letter.issued_on or say("draft.no_date"),
        issuer=line(letter.issuer, 80),
        subject=line(letter.subject, 200),
    )
    lines = _tasks(turn, letter)
    shown = lines[: PAGE + 5]
    more = [say("letters.more", n=len(lines) - len(shown))] if len(lines) > len(shown) else []
    order = FileOrder("stored", {"file": letter.file_id, "name": letter_name(say, letter)})
    has_file = letter.file_id is not None and may_download(turn.session, turn.now, turn.me, letter.file_id)
    return Reply(
        "\n".join([head, *_linked(turn, letter), *_followed_by(turn, letter), *shown, *more]),
        rows(*_may(turn, letter)),
        files=(order,) if has_file else (),
        about="directive",
        about_id=letter_id,
    )


def _linked(turn: Turn, letter: Directive) -> list[str]:
    """What it amends, what it is based on, and what is based on it: each of the letters that are loaded."""
    say, session = turn.say, turn.session
    first = session.get(Directive, letter.amends_id) if letter.amends_id else None
    below = select(DirectiveBase.base_id).where(DirectiveBase.directive_id == letter.id)
    above = select(DirectiveBase.directive_id).where(DirectiveBase.base_id == letter.id)
    named = {
        key: [letter_name(say, one) for one in session.exec(select(Directive).where(
            col(Directive.id).in_(ids), Directive.state == DirectiveState.ACTIVE).order_by(col(Directive.id)).limit(5))]
        for key, ids in (("based_on", below), ("base_of", above))
    }  # fmt: skip
    lines = [say("letters.amends", day=local_date(first.loaded_at))] if first else []
    return lines + [
        say(f"letters.{key}", letters=", ".join(dict.fromkeys(names))) for key, names in named.items() if names
    ]


def _followed_by(turn: Turn, letter: Directive) -> list[str]:
    """Whom a unit asks, and who stands in."""
    contact = person_name(turn.session, letter.contact_id or letter.loaded_by)
    lines = [turn.say("draft.contact", name=contact)] if contact else []
    deputy = person_name(turn.session, letter.contact_deputy_id)
    return [*lines, turn.say("letters.deputy", name=deputy)] if deputy else lines


def undo(turn: Turn, letter_id: int) -> Reply:
    """Within 24 hours, while nobody has answered."""
    if not is_admin(turn.session, turn.now, turn.me):
        raise Refused("not_admin")
    letter = turn.session.get(Directive, letter_id)
    if letter is None:
        raise Refused("directive_gone")
    told = loading.undo(turn.session, turn.now, letter, turn.me)
    key = "letters.undone" if told else "letters.undone_untold"
    return Reply(turn.say(key, letter=letter_name(turn.say, letter), n=told), replace=True)


def _mine(turn: Turn) -> list[Directive]:
    """Admins see all; others the letters that bind a unit of theirs, or that they follow, issue or lead."""
    query = select(Directive).where(Directive.state == DirectiveState.ACTIVE)
    if not is_admin(turn.session, turn.now, turn.me):
        units = turn.standing.units(*Role)
        bound = (
            select(Task.directive_id)
            .join(Assignment, col(Assignment.task_id) == col(Task.id))
            .where(col(Assignment.unit_id).in_(units), col(Assignment.state) != str(AssignmentState.WITHDRAWN))
        )
        query = query.where(
            or_(
                col(Directive.id).in_(bound),
                col(Directive.contact_id) == turn.me,
                col(Directive.contact_deputy_id) == turn.me,
                col(Directive.loaded_by) == turn.me,
                col(Directive.issuer_unit_id).in_(turn.standing.units(Role.LEADER, Role.HEAD)),
            )
        )
    return list(turn.session.exec(query.order_by(col(Directive.loaded_at).desc(), col(Directive.id).desc()).limit(300)))


def _listed(turn: Turn, found: list[Directive], page: int) -> Reply:
    shown = found[page * PAGE : (page + 1) * PAGE]
    named = [_called(turn, letter) for letter in shown]
    lines = [f"{page * PAGE + n}. {name}" for n, name in enumerate(named, 1)] if turn.has_buttons else []
    labels = [letter_name(turn.say, letter)[:40] for letter in shown] if turn.has_buttons else named
    buttons = [Button(label, f"letter:{letter.id}") for label, letter in zip(labels, shown, strict=True)]
    turned = [Button(turn.say("button.before"), f"letters:{page - 1}")] if page else []
    turned += [Button(turn.say("button.next"), f"letters:{page + 1}")] if (page + 1) * PAGE < len(found) else []
    text = "\n".join([turn.say("letters.list", n=len(found)), *lines])
    return Reply(text, (*rows(*buttons), *rows(*turned)), replace=page > 0)


def _called(turn: Turn, letter: Directive) -> str:
    subject = line(letter.subject or letter.issuer, 110)
    amending = f" ({turn.say('letters.amending')})" if letter.amends_id else ""
    return " – ".join(part for part in (letter_name(turn.say, letter), subject) if part) + amending


def _tasks(turn: Turn, letter: Directive) -> list[str]:
    """For who follows it: n of all by task; for others: what binds their units."""
    if follows(turn, letter):
        return _progress(turn, letter)
    units = turn.standing.units(*Role)
    ids = turn.session.exec(
        select(Assignment.id)
        .join(Task, col(Task.id) == col(Assignment.task_id))
        .where(
            Task.directive_id == letter.id,
            col(Assignment.unit_id).in_(units),
            col(Assignment.state) != str(AssignmentState.WITHDRAWN),
            col(Assignment.parent_id).is_(None),
        )
        .order_by(col(Task.position), col(Assignment.due_on))
    )
    return [_bound(turn, one) for one in entries(turn.session, [i for i in ids if i])]


def _progress(turn: Turn, letter: Directive) -> list[str]:
    reported = func.sum(case((col(Assignment.state).in_(DONE), 1), else_=0))
    of_task = (
        (col(Assignment.task_id) == col(Task.id))
        & (col(Assignment.part) == str(Part.LEAD))
        & col(Assignment.parent_id).is_(None)
        & (col(Assignment.state) != str(AssignmentState.WITHDRAWN))
    )
    counted = turn.session.exec(
        select(Task, func.count(col(Assignment.id)), reported)
        .outerjoin(Assignment, of_task)
        .where(Task.directive_id == letter.id, Task.state == TaskState.ACTIVE)
        .group_by(col(Task.id))
        .order_by(col(Task.position))
    ).all()
    return [
        turn.say(
            "letters.task" if whole else "letters.task_leadless",
            clause=clause_name(turn.say, task.clause),
            words=line(task.text, 90),
            done=done or 0,
            n=whole,
            due=turn.say("draft.due", day=task.due_on)
            if task.due_on
            else line(task.phrase, 40) or turn.say("due.none"),
        )
        for task, whole, done in counted
    ]


def _bound(turn: Turn, one: Entry) -> str:
    number = turn.number_of(one.id)
    head = f"{number}. " if number else "• "
    clause = turn.say("draft.clause", clause=clause_name(turn.say, one.task.clause))
    tail = due(turn.say, one, turn.today) if one.is_open else state(turn.say, one)
    return f"{head}{clause} ({unit_name(one, 40)}): {line(one.task.text, 90)} – {tail}"


def _may(turn: Turn, letter: Directive) -> list[Button]:
    buttons: list[Button] = []
    if follows(turn, letter):
        buttons.append(Button(turn.say("button.urge"), f"urge:{letter.id}"))
    if is_admin(turn.session, turn.now, turn.me):
        buttons.append(Button(turn.say("button.amend"), f"amend:letter:{letter.id}"))
        if leadless(turn.session, letter.id):
            buttons.append(Button(turn.say("button.leadless"), f"leadless:of:{letter.id}"))
        if not loading.why_not_undone(turn.session, turn.now, letter):
            buttons.append(Button(turn.say("button.undo"), f"undo:{letter.id}"))
    return buttons

"""Messages about one task: urgent, newly given, changed, withdrawn, urged."""

from __future__ import annotations

from sqlmodel import select

from bot.channels.base import Outgoing
from bot.lines import Entry, entries, item, letter_name, title, unit_name
from bot.rendering import Scene
from bot.reply import rows
from bot.shorten import line
from bot.tone import orders
from models.assignments import Assignment
from models.directives import Task
from models.rights import has_role
from models.units import Role
from models.upkeep import AuditEntry

ITEMS = 10


def urgent(scene: Scene) -> Outgoing | None:
    """An urgent letter: alone and at once, receipt asked for."""
    found = [one for one in entries(scene.session, scene.data.get("assignments", ())) if one.is_open or scene.keep]
    if not found:
        return None
    letter = found[0].directive
    head = scene.say(
        "urgent.head",
        mark=(letter.urgency or "").upper(),
        letter=letter_name(scene.say, letter),
        subject=line(letter.subject, 120),
    )
    lines = [item(scene.say, one, scene.number(one.id), scene.today) for one in found[:10]]
    waiting = [one for one in found if one.is_open and one.assignment.received_at is None and one.leads]
    foot = [scene.say("urgent.how")] if waiting else []
    buttons = [
        scene.button("button.received_n", f"received:{one.id}", n=scene.number(one.id) or "") for one in waiting[:8]
    ]
    return scene.message("\n".join([head, *lines, *foot]), rows(*buttons))


def assigned(scene: Scene) -> Outgoing | None:
    """A task given to this person by hand, or given on to a colleague."""
    if scene.data.get("left"):
        one = scene.entry(int(scene.data["assignment"]))
        assert scene.person is not None
        if one is None or one.assignment.owner_id == scene.person.id:
            return None
        stays = has_role(scene.session, scene.now, scene.person.id or 0, Role, one.assignment.unit_id)
        to = scene.name(one.assignment.owner_id) if stays else unit_name(one, 80)
        by = scene.name(scene.data.get("by"))
        return scene.message(scene.say("assigned.left", title=title(scene.say, one), by=by, name=to))
    return _about_one(scene, "assigned", int(scene.data["assignment"]))


def urged(scene: Scene) -> Outgoing | None:
    """Somebody following up asks for the reports of a letter (/dondoc): what still waits for this person."""
    asked = scene.data.get("assignments") or [int(scene.data["assignment"])]
    found = [one for one in entries(scene.session, asked) if one.is_open or scene.keep]
    if len(found) < 2:
        return _about_one(scene, "urged", found[0].id) if found else None
    tone = "order" if orders(scene.session, found[0]) else "peer"
    head = scene.say(f"urged.many_{tone}", letter=letter_name(scene.say, found[0].directive), n=len(found))
    lines = [item(scene.say, one, scene.number(one.id), scene.today) for one in found[:ITEMS]]
    more = [scene.say("urged.more", n=len(found) - ITEMS)] if len(found) > ITEMS else []
    waiting = [one for one in found[:ITEMS] if one.is_open and scene.number(one.id)]
    how = [scene.say("urged.how")] if waiting else []
    buttons = [scene.button("button.done_n", f"done:{one.id}", n=scene.number(one.id)) for one in waiting]
    return scene.message("\n".join([head, *lines, *more, *how]), rows(*buttons, wide=4), items=found[:ITEMS])


def amended(scene: Scene) -> Outgoing | None:
    """A task's words, deadline or units changed: told once, with what it says now."""
    found = _mine(scene)
    if not found:
        return None
    lines = [item(scene.say, one, scene.number(one.id), scene.today, longest=300) for one in found]
    task = scene.session.get_one(Task, int(scene.data["task"]))
    often = [scene.say("amended.recurring", words=line(task.phrase, 160))] if task.rrule and task.phrase else []
    return scene.message("\n".join([scene.say("amended.head"), *lines, *often]))


def withdrawn(scene: Scene) -> Outgoing | None:
    """A task was taken back; nothing more is asked."""
    task = scene.session.get(Task, int(scene.data["task"]))
    if task is None:
        return None
    found = entries(
        scene.session, [i for i in scene.session.exec(select(Assignment.id).where(Assignment.task_id == task.id)) if i]
    )
    if not found:
        return None
    reason = _reason(scene, scene.data.get("audit")) or _by_amendment(scene)
    text = scene.say("withdrawn.head", title=title(scene.say, found[0]), words=line(task.text, 160))
    return scene.message(f"{text}\n{scene.say('reason', reason=reason)}" if reason else text)


def _about_one(scene: Scene, key: str, assignment_id: int) -> Outgoing | None:
    """The item whole, while it waits for its owner; "đề nghị" or "yêu cầu" by the issuer's standing."""
    one = scene.entry(assignment_id)
    if one is None or not (one.is_open or scene.keep):
        return None
    head = f"{key}.order" if orders(scene.session, one) else f"{key}.peer"
    if key == "assigned" and (given := _by_colleague(scene, one)):
        head = given
    number = scene.number(one.id)
    text = "\n".join(
        [
            scene.say(head, title=title(scene.say, one), by=scene.name(scene.data.get("by"))),
            item(scene.say, one, number, scene.today, longest=320),
        ]
    )
    if not one.is_open:
        return scene.message(text)
    return scene.message(f"{text}\n{scene.say('task.how', n=number or '')}" if number else text, _buttons(scene, one))


def _buttons(scene: Scene, one: Entry):
    number = scene.number(one.id)
    if number is None or not one.leads:
        return ()
    return rows(
        scene.button("button.done_n", f"done:{one.id}", n=number),
        scene.button("button.received_n", f"received:{one.id}", n=number),
        scene.button("button.extend", f"extend:{one.id}"),
    )


def _by_colleague(scene: Scene, one: Entry) -> str:
    """The words where somebody of the unit gave it: the tone is the unit's own, whoever issued the letter; "" else."""
    by, unit = int(scene.data.get("by") or 0), one.assignment.unit_id
    if has_role(scene.session, scene.now, by, [Role.HEAD], unit):
        return "assigned.by_head"
    return "assigned.by_colleague" if has_role(scene.session, scene.now, by, Role, unit) else ""


def _mine(scene: Scene) -> list[Entry]:
    """This person's assignments of the task the event is about."""
    assert scene.person is not None
    ids = scene.session.exec(
        select(Assignment.id).where(
            Assignment.task_id == int(scene.data["task"]), Assignment.owner_id == scene.person.id
        )
    )
    return [one for one in entries(scene.session, [i for i in ids if i]) if one.is_open or not one.leads]


def _by_amendment(scene: Scene) -> str:
    """The letter came again with other words, and this is not among them."""
    found = scene.session.get(AuditEntry, int(scene.data.get("audit") or 0))
    return scene.say("withdrawn.by_amendment") if found is not None and found.detail.get("amended_by") else ""


def _reason(scene: Scene, audit_id: object) -> str:
    """Why, as the one who withdrew it said."""
    found = scene.session.get(AuditEntry, int(str(audit_id))) if audit_id else None
    if found is None:
        return ""
    changed: dict[str, list[str]] = found.detail.get("changed", {})
    return line(str(found.detail.get("reason") or changed.get("reason", ["", ""])[-1]), 300)

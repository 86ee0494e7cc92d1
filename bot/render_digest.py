"""The one message a morning: numbered items, most urgent first; and a unit's, in its group."""

from __future__ import annotations

from sqlmodel import Session, col, select

from bot.channels.base import Button, Outgoing
from bot.lines import Entry, due, entries, item, title
from bot.rendering import Scene
from bot.reply import rows
from bot.shorten import line, units
from models.assignments import Assignment, AssignmentState, NumberUse
from models.directives import Part

ITEMS = 10
NAMED = 5
ROOM = 1990
"""Characters of a digest that goes in one message everywhere."""
TO_ANSWER = (NumberUse.CONFIRM, NumberUse.DECIDE)
SECTIONS = ("owner", "stand_in", "coordinator", "head", "witness", "contact", "issuer")
"""Why an item stands in somebody's digest, in the order they are told."""


def digest(scene: Scene) -> Outgoing | None:
    """What the person must act on first; what they are only told after it. None when nothing is left to tell."""
    sections = _sections(scene)
    told = [item for items in sections.values() for item in items]
    if not told:
        return None
    lines: list[str] = []
    for name, items in sections.items():
        if items:
            lines += [scene.say(f"digest.as_{name}"), *(_line(scene, item, name) for item in items)]
    part, parts = int(scene.data.get("part", 1)), int(scene.data.get("parts", 1))
    head = scene.say("digest.head", date=scene.event.business_date, n=len(told))
    if parts > 1:
        head = scene.say("digest.part", head=head, part=part, parts=parts)
    own = [one for (one, *_others) in sections["owner"] if one.is_open and one.leads]
    foot = [scene.say("digest.how")] if own and not scene.keep else []
    single = [item[0] for item in told if len(item) == 1]
    text = "\n".join([head, *lines, *foot])
    waiting = sum(use in TO_ANSWER for _, use in scene.numbers)
    also = scene.say("digest.also_waiting", n=waiting) if waiting and part == parts and not scene.keep else ""
    text = f"{text}\n{also}" if also and units(text) + units(also) < ROOM else text
    return scene.message(text, rows(*_done_buttons(scene, own), wide=4), items=single)


def _sections(scene: Scene) -> dict[str, list[list[Entry]]]:
    """What is still true, by why it is told; one task's of many units is one item."""
    told = [
        (part, [int(part["assignment"]), *map(int, part.get("others", ()))]) for part in scene.data.get("items", ())
    ]
    known = {one.id: one for one in entries(scene.session, [each for _, ids in told for each in ids])}
    sections: dict[str, list[list[Entry]]] = {name: [] for name in SECTIONS}
    for part, ids in told:
        name = _section(part)
        found = [known[each] for each in ids if each in known]
        if left := [one for one in found if scene.keep or _still_true(one, name)]:
            sections[name].append(left)
    return sections


def group(scene: Scene) -> Outgoing | None:
    """A unit's open tasks for its group chat: no person is named, and positions serve as numbers."""
    open_ones = open_of(scene.session, int(scene.data["unit"]))
    if not open_ones:
        return None
    lines = [item(scene.say, one, n, scene.today) for n, one in enumerate(open_ones, 1)]
    text = "\n".join([scene.say("group.head", date=scene.event.business_date), *lines, scene.say("group.how")])
    buttons = [
        Button(scene.say("button.done_n", n=n), f"done:{one.id}")
        for n, one in enumerate(open_ones, 1)
        if one.is_open and one.leads
    ]
    return scene.message(text, rows(*buttons, wide=4), items=open_ones)


def open_of(session: Session, unit_id: int) -> list[Entry]:
    """A unit's own open tasks, the most urgent first; parts given on within it belong to nobody's group."""
    ids = session.exec(
        select(Assignment.id)
        .where(
            Assignment.unit_id == unit_id,
            col(Assignment.state).in_([str(AssignmentState.OPEN), str(AssignmentState.RECEIVED)]),
            Assignment.part == Part.LEAD,
            col(Assignment.parent_id).is_(None),
        )
        .order_by(col(Assignment.due_on).is_(None), col(Assignment.due_on), col(Assignment.id))
        .limit(ITEMS)
    )
    return entries(session, [i for i in ids if i is not None])


def _section(part: dict[str, object]) -> str:
    name = str(part.get("as", "owner"))
    return name if name in SECTIONS else "owner"


def _still_true(one: Entry, name: str) -> bool:
    """An owner is told while the item waits for them; a witness of what was reported; a coordinator of what is."""
    if one.assignment.state == AssignmentState.WITHDRAWN:
        return False
    if name == "witness":
        return one.assignment.state in (AssignmentState.REPORTED, AssignmentState.CONFIRMED)
    return one.is_open or (name in ("owner", "coordinator") and one.assignment.state == AssignmentState.INFORMED)


def _line(scene: Scene, told: list[Entry], name: str) -> str:
    one, *others = told
    if others:
        names = [line(each.unit.short_name or each.unit.name, 24) for each in told]
        some = ", ".join(names[:NAMED]) + (
            scene.say("digest.and_more", n=len(names) - NAMED) if len(names) > NAMED else ""
        )
        whom = scene.say("digest.units", n=len(told), units=some)
        return f"• {title(scene.say, one)}: {whom} – {due(scene.say, one, scene.today)}"
    return item(scene.say, one, scene.number(one.id), scene.today, with_unit=name not in ("owner", "coordinator"))


def _done_buttons(scene: Scene, own: list[Entry]) -> list[Button]:
    numbered = [(scene.number(one.id), one) for one in own]
    return [scene.button("button.done_n", f"done:{one.id}", n=n) for n, one in numbered if n is not None]

"""Messages to admins and leaders: disputes, alerts, the period's picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.channels.base import File, Outgoing
from bot.lines import letter_names, title, unit_name
from bot.reasons import reason_words
from bot.rendering import Scene
from bot.reply import rows
from bot.shorten import line
from models import dead_letters, invitations, road_upkeep
from models.assignments import AssignmentState, NumberUse
from models.directives import Directive, DirectiveState
from models.events import EventKind
from models.people import Person
from models.periods import parse_period
from models.units import Unit
from models.upkeep import AuditEntry
from reports.words import period_short


def disputed(scene: Scene) -> Outgoing | None:
    """A unit says it is not its competence."""
    one = scene.entry(int(scene.data["assignment"]))
    if one is None or (one.assignment.state != AssignmentState.DISPUTED and not scene.keep):
        return None
    if one.assignment.state != AssignmentState.DISPUTED:
        return scene.message(scene.say("disputed.settled", title=title(scene.say, one), unit=unit_name(one, 80)))
    entry = scene.session.get(AuditEntry, int(scene.data["reason_audit"])) if scene.data.get("reason_audit") else None
    text = scene.say(
        "disputed.head",
        n=scene.number(one.id, NumberUse.DECIDE) or "",
        unit=unit_name(one, 60),
        title=title(scene.say, one),
        words=line(one.task.text, 120),
        reason=line(str(entry.detail.get("reason", "")) if entry else "", 160) or scene.say("no_reason"),
    )
    buttons = [
        scene.button("button.reassign", f"reassign:{one.id}"),
        scene.button("button.keep_unit", f"keepunit:{one.id}"),
    ]
    return scene.message(text, rows(*buttons))


def deputed(scene: Scene) -> Outgoing | None:
    """To who stands in for a contact from now on, or no longer; nothing where that has changed again meanwhile."""
    assert scene.person is not None
    begins = bool(scene.data["begins"])
    letters = [scene.session.get(Directive, int(one)) for one in scene.data["letters"]]
    true = [
        letter
        for letter in letters
        if letter is not None
        and letter.state == DirectiveState.ACTIVE
        and (letter.contact_deputy_id == scene.person.id) == begins
    ]
    if not true:
        return None
    named = letter_names(scene.say, true)
    if not begins:
        return scene.message(scene.say("deputy.ends", letters=named))
    lines = [scene.say("deputy.begins", by=scene.name(scene.data["by"]), letters=named)]
    waiting = sum(use == NumberUse.CONFIRM for _, use in scene.numbers)
    lines += [scene.say("deputy.waiting", n=waiting)] if waiting else []
    return scene.message("\n".join(lines), rows(scene.button("button.pending", "say:/pending")) if waiting else ())


def period(scene: Scene) -> Outgoing | None:
    """A period has ended: its roll-up, within what the reader may see."""
    from bot.commands.rollup import any_silent, spoken
    from reports.picture import draw
    from reports.rollup import rollup

    assert scene.person is not None
    assert scene.person.id is not None
    found = parse_period(str(scene.data["period"]), scene.today)
    summary = rollup(scene.session, scene.now, scene.person.id, found)
    if not summary.rows:
        return None
    text = scene.say("period.head", period=period_short(found, scene.say.language)) + "\n" + spoken(scene.say, summary)
    picture = File(f"tong-hop-{found.label}.png", "image/png", draw(summary, language=scene.say.language))
    buttons = [scene.button("button.report", f"period:{found.label}")]
    buttons += [scene.button("button.urge", "say:/urge")] if any_silent(summary) else []
    return scene.message(text, rows(*buttons), picture=picture if scene.has_buttons else None)


def alert(scene: Scene) -> Outgoing | None:
    """Something admins (or who stands above a recipient) must know. `data` holds a code, numbers and ids only."""
    code = str(scene.data.get("code", "other"))
    if code in LISTS:
        return LISTS[code](scene)
    values = {name: line(str(value), 100) for name, value in scene.data.items() if name != "code"}
    if "lane" in values:
        values["lane"] = _lane_name(scene, values["lane"])
    try:
        return scene.message(scene.say(f"alert.{code}", **values))
    except KeyError:
        told = ", ".join(f"{name}={value}" for name, value in sorted(values.items()))
        return scene.message(scene.say("alert.other", code=line(code, 40), values=line(told, 200)))


def _unlinked(scene: Scene) -> Outgoing | None:
    """Units that have something open and nobody who can be told; None once they are linked."""
    missing = [row for row in invitations.not_linked(scene.session, scene.now) if row.open_assignments]
    if not missing:
        return None
    lines = [
        scene.say(
            "people.line",
            unit=line(row.unit.name, 60),
            name=line(row.person.name, 60) if row.person else scene.say("people.nobody"),
            n=row.open_assignments,
        )
        for row in missing[:LISTED]
    ]
    more = [scene.say("people.more", n=len(missing) - LISTED)] if len(missing) > LISTED else []
    text = "\n".join([scene.say("alert.unlinked", n=len(missing)), *lines, *more])
    return scene.message(text, rows(scene.button("button.slips", "invite:all")))


def _unreachable(scene: Scene) -> Outgoing | None:
    """What was given up in that quarter of an hour, and why; None when it has been sent again since."""
    since, until = (datetime.fromisoformat(str(scene.data[name])) for name in ("since", "until"))
    failures = [row for row in dead_letters.failed(scene.session, since, until) if row.kind != EventKind.ALERT]
    if not failures:
        return None
    lines = [
        scene.say("alert.row", name=_whom(scene, row.person_id, row.unit_id), why=reason_words(scene.say, row.reason))
        for row in failures[:LISTED]
    ]
    more = [scene.say("alert.more", n=len(failures) - LISTED)] if len(failures) > LISTED else []
    return scene.message("\n".join([scene.say("alert.unreachable", n=len(failures)), *lines, *more]))


def _circuit(scene: Scene) -> Outgoing | None:
    """A lane that does not get through, and who has no other."""
    lane = str(scene.data["lane"])
    name, reason = _lane_name(scene, line(lane, 100)), reason_words(scene.say, str(scene.data["reason"]))
    waiting = road_upkeep.only_by(scene.session, lane)
    lines = [f"• {_whom(scene, person, None)}" for person in waiting[:LISTED]]
    if lines:
        lines.insert(0, scene.say("alert.only_there", n=len(waiting)))
    more = [scene.say("alert.more_people", n=len(waiting) - LISTED)] if len(waiting) > LISTED else []
    return scene.message("\n".join([scene.say("alert.circuit", lane=name, reason=reason), *lines, *more]))


def _lane_name(scene: Scene, lane: str) -> str:
    """ "Telegram", "Zalo 4711" (of which there may be several)."""
    channel, _, token = lane.partition(":")
    name = scene.say(f"channel.{channel}") if scene.say.has(f"channel.{channel}") else channel
    return f"{name} {token}" if channel == "zalo" else name


def _whom(scene: Scene, person_id: int | None, unit_id: int | None) -> str:
    person = scene.session.get(Person, person_id) if person_id else None
    unit = scene.session.get(Unit, unit_id) if unit_id else None
    return line(person.name if person else unit.name if unit else "?", 60)


LISTED = 10
LISTS: dict[str, Callable[[Scene], Outgoing | None]] = {
    "unlinked": _unlinked,
    "unreachable": _unreachable,
    "circuit": _circuit,
}
"""Alerts that list what is true when they are sent."""

"""Messages to admins and leaders: disputes, alerts, the period's picture; and the invitation by mail."""

from __future__ import annotations

from bot.channels.base import File, Outgoing
from bot.lines import title
from bot.rendering import Scene
from bot.reply import rows
from bot.shorten import line
from models.assignments import AssignmentState, NumberUse
from models.people import LinkCode
from models.periods import parse_period
from models.upkeep import AuditEntry
from reports.words import period_name


def disputed(scene: Scene) -> Outgoing | None:
    """A unit says it is not its competence."""
    one = scene.entry(int(scene.data["assignment"]))
    if one is None or (one.assignment.state != AssignmentState.DISPUTED and not scene.keep):
        return None
    entry = scene.session.get(AuditEntry, int(scene.data["reason_audit"])) if scene.data.get("reason_audit") else None
    text = scene.say(
        "disputed.head",
        n=scene.number(one.id, NumberUse.DECIDE) or "",
        unit=line(one.unit.short_name or one.unit.name, 60),
        title=title(scene.say, one),
        words=line(one.task.text, 120),
        reason=line(str(entry.detail.get("reason", "")) if entry else "", 160) or scene.say("no_reason"),
    )
    if one.assignment.state != AssignmentState.DISPUTED:
        return scene.message(text)
    buttons = [
        scene.button("button.reassign", f"reassign:{one.id}"),
        scene.button("button.keep_unit", f"keepunit:{one.id}"),
    ]
    return scene.message(text, rows(*buttons))


def period(scene: Scene) -> Outgoing | None:
    """A period has ended: its roll-up, within what the reader may see."""
    from bot.commands.rollup import spoken
    from reports.picture import draw
    from reports.rollup import rollup

    assert scene.person is not None
    assert scene.person.id is not None
    found = parse_period(str(scene.data["period"]), scene.today)
    summary = rollup(scene.session, scene.now, scene.person.id, found)
    if not summary.rows:
        return None
    text = scene.say("period.head", period=period_name(found, scene.say.language)) + "\n" + spoken(scene.say, summary)
    picture = File(f"tong-hop-{found.label}.png", "image/png", draw(summary, language=scene.say.language))
    button = scene.button("button.report", f"period:{found.label}")
    return scene.message(text, rows(button), picture=picture if scene.has_buttons else None)


def alert(scene: Scene) -> Outgoing | None:
    """Something admins must know. `data` holds a code, numbers and ids only."""
    code = str(scene.data.get("code", "other"))
    values = {name: line(str(value), 100) for name, value in scene.data.items() if name != "code"}
    key = f"alert.{code}"
    try:
        return scene.message(scene.say(key, **values))
    except KeyError:
        told = ", ".join(f"{name}={value}" for name, value in sorted(values.items()))
        return scene.message(scene.say("alert.other", code=code, values=line(told, 200)))


def invitation(scene: Scene) -> Outgoing | None:
    """An invitation by mail: the code itself is made when it is sent, so only its words stand here."""
    code = scene.session.get(LinkCode, int(scene.data["code_id"]))
    if code is None or code.consumed_at is not None or code.expires_at <= scene.now:
        return None
    return scene.message(scene.say("invitation.head", until=code.expires_at, code=str(scene.data.get("code", ""))))

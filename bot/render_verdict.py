"""Messages about reports and requests: to who must judge, and to who waited for it."""

from __future__ import annotations

from sqlmodel import select

from bot.channels.base import Outgoing
from bot.lines import Entry, due, entries, entry, title, unit_name
from bot.rendering import Scene
from bot.reply import rows
from bot.reports_lines import evidence_line, pending_reports, progress_lines, report_files, report_line
from bot.requests import decides, how_line, opinion_line, request_line, state_line
from bot.shorten import line
from models.answers import Extension, ExtensionState, Report, Verdict
from models.assignments import NumberUse
from models.evidence import count_files

SHOWN = 10
LONGEST = 165
"""Characters of a line: ten, with what stands around them, make one message of 2,000."""


def reported(scene: Scene) -> Outgoing | None:
    """Every report that waits for this contact now, the newest bundle being the reason: n of all by task."""
    waiting = [a for (a, use) in scene.numbers if use == NumberUse.CONFIRM]
    if scene.listed is not None:  # a newer report has a message of its own
        waiting = [a for a in waiting if a in scene.listed]
    reports = pending_reports(scene.session, waiting)
    found = [one for one in entries(scene.session, sorted(reports)) if one.id in reports]
    found.sort(key=lambda one: scene.number(one.id, NumberUse.CONFIRM) or 0)
    if not found:
        return scene.message(scene.say("reported.all_done")) if scene.keep else None
    shown = found[:SHOWN]
    lines = [
        report_line(scene.say, one, reports[one.id], scene.number(one.id, NumberUse.CONFIRM), LONGEST) for one in shown
    ]
    lines += progress_lines(scene.session, scene.say, shown)
    more = [scene.say("reported.more", n=len(found) - SHOWN)] if len(found) > SHOWN else []
    evidence = not scene.has_buttons and any(report_files(reports[one.id]) for one in shown)
    look_at = [scene.say("pending.look")] if evidence else []
    text = "\n".join([scene.say("reported.head", n=len(found)), *lines, *more, scene.say("reported.how"), *look_at])
    if len(found) == 1:
        one = found[0]
        files = count_files(scene.session, reports[one.id].id or 0)
        look = [scene.button("button.look", f"look:{one.id}")] if files else []
        buttons = [
            scene.button("button.confirm", f"confirm:{one.id}"),
            scene.button("button.return", f"return:{one.id}"),
        ]
        return scene.message(text, rows(*buttons, *look), items=found)
    numbers = [(scene.number(one.id, NumberUse.CONFIRM), one) for one in shown]
    buttons = [scene.button("button.confirm_n", f"confirm:{one.id}", n=n) for n, one in numbers]
    return scene.message(text, rows(*buttons, scene.button("button.pending", "say:/pending"), wide=3), items=found)


def confirmed(scene: Scene) -> Outgoing | None:
    """The report was accepted: the task is complete."""
    found = _judged(scene, Verdict.CONFIRMED)
    if found is None:
        return None
    report, one = found
    late = one.assignment.due_on is not None and _late(one, report)
    key = "confirmed.late" if late else "confirmed.done"
    return scene.message(
        scene.say(key, title=title(scene.say, one), by=scene.name(report.verdict_by), at=report.reported_at)
    )


def returned(scene: Scene) -> Outgoing | None:
    """The report was sent back with a reason; the old deadline stands."""
    found = _judged(scene, Verdict.RETURNED)
    if found is None or not (found[1].is_open or scene.keep):
        return None
    report, one = found
    number = scene.number(one.id)
    text = scene.say(
        "returned.head",
        title=title(scene.say, one),
        n=number or "",
        by=scene.name(report.verdict_by),
        reason=line(report.verdict_reason, 220),
        due=due(scene.say, one, scene.today),
    )
    if not one.is_open or number is None:
        return scene.message(text)
    buttons = [
        scene.button("button.done_n", f"done:{one.id}", n=number),
        scene.button("button.extend", f"extend:{one.id}"),
    ]
    return scene.message(text, rows(*buttons))


def recorded(scene: Scene) -> Outgoing | None:
    """An answer that came by document was entered for the unit ("ghi nhận thay")."""
    found = _judged(scene, Verdict.CONFIRMED)
    if found is None:
        return None
    report, one = found
    text = scene.say(
        "recorded.head",
        title=title(scene.say, one),
        by=scene.name(report.recorded_by),
        evidence=evidence_line(scene.say, report, 0),
    )
    return scene.message(text)


def extension_asked(scene: Scene) -> Outgoing | None:
    """To the one who decides, or to the contact for an opinion."""
    asked = scene.session.get(Extension, int(scene.data["extension"]))
    one = entry(scene.session, asked.assignment_id) if asked else None
    if asked is None or one is None or (asked.state != ExtensionState.ASKED and not scene.keep):
        return None
    assert scene.person is not None
    deciding = decides(scene.session, scene.now, asked, scene.person.id or 0)
    number = scene.number(one.id, NumberUse.DECIDE)
    how = how_line(scene.say, asked, number, deciding=deciding)
    lines = [request_line(scene.say, one, asked, number, scene.today), opinion_line(scene.session, scene.say, asked)]
    if asked.state != ExtensionState.ASKED:
        lines.append(state_line(scene.say, asked))
    text = "\n".join(line for line in [*lines, how] if line)
    return scene.message(text, _decision(scene, asked.id or 0, deciding=deciding) if how else ())


def extension_decided(scene: Scene) -> Outgoing | None:
    """To the owner: granted, refused, or another date; to the decider: the owner's answer to that."""
    asked = scene.session.get(Extension, int(scene.data["extension"]))
    if asked is None:
        return None
    one = entry(scene.session, asked.assignment_id)
    document = (
        scene.say("decided.document", number=line(asked.decision_document, 40)) if asked.decision_document else ""
    )
    assert scene.person is not None
    is_decider = scene.person.id == asked.decided_by  # hears what the owner said to the date they proposed
    accepted = is_decider and asked.state == ExtensionState.APPROVED
    follows = not is_decider and scene.person.id not in (asked.asked_by, one.assignment.owner_id)
    granted = follows and asked.state == ExtensionState.APPROVED
    text = scene.say(
        "decided.accepted" if accepted else "decided.granted" if granted else f"decided.{asked.state}",
        title=title(scene.say, one),
        unit=unit_name(one, 60),
        day=asked.decided_on or asked.wanted_on,
        reason=line(asked.decision_reason, 200) or scene.say("no_reason"),
        by=scene.name(asked.decided_by),
        due=due(scene.say, one, scene.today),
    )
    text = f"{text} {document}".strip()
    if asked.state != ExtensionState.COUNTERED:
        return scene.message(text)
    if number := scene.number(asked.assignment_id):
        text = f"{text} {scene.say('decided.how', n=number)}"
    buttons = [
        scene.button("button.accept", f"accept:{asked.id}"),
        scene.button("button.decline", f"decline:{asked.id}"),
    ]
    return scene.message(text, rows(*buttons))


def _decision(scene: Scene, extension_id: int, *, deciding: bool):
    if not deciding:
        return rows(
            scene.button("button.opinion_yes", f"opinion:{extension_id}:1"),
            scene.button("button.opinion_no", f"opinion:{extension_id}:0"),
        )
    return rows(
        scene.button("button.approve", f"approve:{extension_id}"),
        scene.button("button.refuse", f"refuse:{extension_id}"),
        scene.button("button.counter", f"counter:{extension_id}"),
    )


def _judged(scene: Scene, verdict: Verdict) -> tuple[Report, Entry] | None:
    """The report and its assignment when the verdict still stands."""
    report = scene.session.exec(select(Report).where(Report.id == int(scene.data["report"]))).first()
    if report is None or report.verdict != verdict:
        return None
    one = scene.entry(report.assignment_id)
    return (report, one) if one else None


def _late(one: Entry, report: Report) -> bool:
    from models.following import is_late

    return is_late(one.assignment.due_on, one.assignment.due_time, report.reported_at)

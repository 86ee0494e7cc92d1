"""Events as messages, from what is true now; None when it is no longer true (done meanwhile, withdrawn, gone)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlmodel import Session

from bot import render_admin, render_digest, render_task, render_verdict
from bot.channels.base import Outgoing
from bot.rendering import Recipient, Scene, scene_of
from models.events import Event, EventKind

Renderer = Callable[[Scene], Outgoing | None]

RENDERERS: dict[EventKind, Renderer] = {
    EventKind.DIGEST: render_digest.digest,
    EventKind.GROUP_DIGEST: render_digest.group,
    EventKind.URGENT: render_task.urgent,
    EventKind.ASSIGNED: render_task.assigned,
    EventKind.AMENDED: render_task.amended,
    EventKind.WITHDRAWN: render_task.withdrawn,
    EventKind.URGED: render_task.urged,
    EventKind.REPORTED: render_verdict.reported,
    EventKind.CONFIRMED: render_verdict.confirmed,
    EventKind.RETURNED: render_verdict.returned,
    EventKind.RECORDED: render_verdict.recorded,
    EventKind.EXTENSION_ASKED: render_verdict.extension_asked,
    EventKind.EXTENSION_DECIDED: render_verdict.extension_decided,
    EventKind.DISPUTED: render_admin.disputed,
    EventKind.DEPUTED: render_admin.deputed,
    EventKind.PERIOD: render_admin.period,
    EventKind.ALERT: render_admin.alert,
}


def render(session: Session, event: Event, address: Recipient, now: datetime) -> Outgoing | None:
    """The message of an event for one address; None: no longer true, or the person has not consented to be written to."""
    scene = scene_of(session, event, address, now)
    return RENDERERS[EventKind(event.kind)](scene) if scene else None


def refreshed(
    session: Session, event: Event, address: Recipient, now: datetime, listed: Iterable[int]
) -> Outgoing | None:
    """The same message after something in it was answered: everything stays listed, each with its state now."""
    scene = scene_of(session, event, address, now, frozenset(listed))
    return RENDERERS[EventKind(event.kind)](scene) if scene else None

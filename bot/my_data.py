"""What is kept about a person, on a page they can read; the whole of it, field by field, goes along as JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from bot.lines import clause_name
from bot.texts import Say, written

Rows = list[dict[str, Any]]


def page(say: Say, found: dict[str, Any]) -> str:
    """`found` as `models.privacy.export_my_data` gives it."""
    person = found["person"]
    none = say("mydata.none")
    head = [
        say("mydata.head", name=person["name"]),
        say(
            "mydata.person", title=person["title"] or none, phone=person["phone"] or none, email=person["email"] or none
        ),
        say("mydata.consent", at=_when(person["consent_at"]) or none),
    ]
    parts: tuple[tuple[str, Callable[[Say, dict[str, Any]], str]], ...] = (
        ("roles", _role),
        ("addresses", _address),
        ("tasks", _task),
        ("reports", _report),
        ("extensions", _extension),
        ("contact_of", _letter),
    )
    for name, line in parts:
        rows: Rows = found[name]
        head += ["", say(f"mydata.{name}"), *(f"– {line(say, row)}" for row in rows)]
        head += [] if rows else [f"– {none}"]
    return "\n".join([*head, "", say("mydata.trail", n=len(found["trail"]))]) + "\n"


def _role(say: Say, row: dict[str, Any]) -> str:
    until = f" ({say('mydata.until', day=_when(row['until']))})" if row["until"] else ""
    role = say(f"role.{row['role']}")
    return f"{role}: {row['unit']}{until}"


def _address(say: Say, row: dict[str, Any]) -> str:
    return say("mydata.address", channel=say(f"channel.{row['channel']}"), chat=row["chat_id"])


def _task(say: Say, row: dict[str, Any]) -> str:
    due = say("draft.due", day=_when(row["due_on"])) if row["due_on"] else say("due.none")
    return f"{_of(say, row)}: {due}"


def _report(say: Say, row: dict[str, Any]) -> str:
    number = "" if row["document_number"] in row["text"] else row["document_number"]
    told = [_when(row["reported_at"]), number, row["text"]]
    return f"{_of(say, row)}: {', '.join(part for part in told if part)}"


def _extension(say: Say, row: dict[str, Any]) -> str:
    state = say(f"extension.state_{row['state']}")
    return say("mydata.extension", day=_when(row["wanted_on"]), reason=row["reason"], state=state)


def _letter(say: Say, row: dict[str, Any]) -> str:
    return f"{row['letter'] or say('draft.no_number')}: {row['subject']}"


def _of(say: Say, row: dict[str, Any]) -> str:
    return say("line.clause", letter=row["letter"] or say("draft.no_number"), clause=clause_name(say, row["clause"]))


def _when(told: str | None) -> str:
    """An ISO day or instant as people write it."""
    if not told:
        return ""
    return str(written(date.fromisoformat(told) if len(told) == len("2026-11-16") else datetime.fromisoformat(told)))

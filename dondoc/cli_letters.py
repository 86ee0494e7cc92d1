"""dondoc read, dondoc load: what a letter says, and making its tasks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dondoc.cli_house import business_now, house, unreadable
from dondoc.terminal import errors, fail, language, say, settings_or_fail, tell

if TYPE_CHECKING:
    from sqlmodel import Session

    from dondoc.settings import Settings
    from models.database import Database
    from models.reading import Reading

EXIT_CODES = {"directive": 0, "unreadable": 2, "not_directive": 3, "classified": 4}
"""Of several files the highest counts."""


def add_to(app: typer.Typer) -> None:
    """Put the commands into the application."""
    app.command()(read)
    app.command()(load)


def read(
    files: list[Path] = typer.Argument(help="Tệp văn bản · letters: .docx, .pdf, .doc, .txt, .jpg …", metavar="FILE…"),
    as_json: bool = typer.Option(False, "--json", help="Mỗi tệp một dòng JSON · one JSON object to a line and file"),
) -> None:
    """Hiểu gì từ văn bản; không ghi gì · What is understood of a letter; writes nothing."""
    worst = 0
    for n, (file, found) in enumerate(_each(files)):
        worst = max(worst, EXIT_CODES[found.reading.kind])
        if as_json:
            from models.reading import to_schema

            shown = to_schema(found.reading, str(file), language())
            reason = {"reason": found.reason} if found.reason else {}
            print(json.dumps(shown | reason, ensure_ascii=False))
        else:
            if n:
                tell("")
            _show(file, found)
    if worst:
        raise typer.Exit(worst)


@dataclass(frozen=True, slots=True)
class Understood:
    """A file's reading. `reason`: why the file gave no text; `data`, `text`, `warnings`: what was read."""

    reading: Reading
    reason: str = ""
    data: bytes = b""
    text: str = ""
    warnings: tuple[str, ...] = ()


def _each(files: list[Path]) -> Iterator[tuple[Path, Understood]]:
    """Every file with what was understood; a bar over the files, and over the pages of one that is recognised."""
    from rich.progress import Progress

    with Progress(console=errors, transient=True) if errors.is_terminal else nullcontext() as bar:
        over_files = bar.add_task("", total=len(files)) if bar and len(files) > 1 else None
        over_pages = bar.add_task("", total=None, visible=False) if bar else None

        def pages(page: int, of: int) -> None:
            if bar is not None and over_pages is not None:
                shown = say(f"trang {page}/{of}", f"page {page}/{of}")
                bar.update(over_pages, completed=page, total=of, visible=page < of, description=shown)

        for file in files:
            if bar is not None and over_files is not None:
                bar.update(over_files, description=file.name)
            yield file, understood(file, pages)
            if bar is not None and over_files is not None:
                bar.advance(over_files)


def understood(file: Path, progress: Callable[[int, int], None] | None = None) -> Understood:
    """What one file says; a file that gives no text is unreadable for a reason, never an exception."""
    from letters.extract import ClassifiedLetter, ExtractionError, extract
    from models.reading import Reading

    try:
        data = file.read_bytes()
        extracted = extract(data, file.name, progress=progress)
    except OSError as error:
        return Understood(Reading(kind="unreadable", reason_code="empty"), unreadable(file, error))
    except ClassifiedLetter:
        return Understood(Reading(kind="classified", reason_code="classified"))
    except ExtractionError as error:
        return Understood(Reading(kind="unreadable", reason_code="empty"), say(error.vi, error.en))
    return Understood(_reading(extracted.text), "", data, extracted.text, extracted.warnings)


def _reading(text: str, *, anyway: bool = False) -> Reading:
    from letters import read
    from models.clock import local_date, utcnow

    return read(text, today=local_date(utcnow()), anyway=anyway)


def _show(file: Path, found: Understood) -> None:
    from dondoc.cli_screen import screen

    for warning in found.warnings:
        tell(f"! {warning}", "yellow")
    for line, style in screen(file.name, found.reading, language(), found.reason):
        tell(line, style)


def load(
    file: Path = typer.Argument(help="Tệp văn bản · the letter"),
    yes: bool = typer.Option(False, "--yes", help="Không hỏi lại · create without asking"),
    anyway: bool = typer.Option(
        False,
        "--anyway",
        help="Nạp cả văn bản khác có câu giao việc · load what is no letter but orders something, too",
    ),
    by: str = typer.Option("", "--as", help="Quản trị viên đứng tên · the admin in whose name (else the first one)"),
) -> None:
    """Đọc, xem, và tạo nhiệm vụ khi đồng ý · Read, show, and on yes create the letter's tasks."""
    found = next(_each([file]))[1]
    if found.reading.may_order and anyway:
        found = replace(found, reading=_reading(found.text, anyway=True))
    if found.reading.kind != "directive":
        _show(file, found)
        if found.reading.may_order:
            tell(say("Vẫn nạp: dondoc load --anyway TỆP", "To load it all the same: dondoc load --anyway FILE"))
        raise typer.Exit(EXIT_CODES[found.reading.kind])
    settings = settings_or_fail()
    with house(settings) as database:
        draft_id, admin = _draft(database, settings, file, found, by)
        if not (yes or typer.confirm(say("Tạo các nhiệm vụ này?", "Create these tasks?"))):
            with database.transaction() as session:
                _cancel(session, settings, draft_id)
            tell(say("Đã bỏ; không tạo gì.", "Cancelled; nothing was created."))
            return
        with database.transaction() as session:
            tell(_create(session, settings, draft_id, admin), "bold")


def _draft(database: Database, settings: Settings, file: Path, found: Understood, by: str) -> tuple[int, int]:
    """Keep the reading and show what it would make. Gives the draft and the admin."""
    from bot.commands.draft import heading, task_blocks
    from bot.texts import say_for
    from models import files
    from models.drafts import start_draft
    from models.errors import Refused
    from models.load_plan import plan

    with database.transaction() as session:
        now, admin = business_now(session, settings), _admin(session, settings, by)
        sha256, kind = files.put(settings.data_dir, found.data), files.sniffed_type(found.data)
        kept = files.record(
            session, now, sha256=sha256, size=len(found.data), media_type=kind, name=file.name, uploaded_by=admin
        )
        draft = start_draft(session, now, admin, found.reading, found.text, kept)
        planned, words = plan(session, now, draft), say_for(language())
        if planned.same and planned.same.how == "duplicate":
            raise Refused("already_loaded", directive=planned.same.directive_id)  # and nothing is kept of this try
        for line in [*heading(words, planned, draft), *task_blocks(words, planned)]:
            tell(line)
        assert draft.id is not None
        return draft.id, admin


def _admin(session: Session, settings: Settings, by: str) -> int:
    from models.whois import admins, find_people

    known = admins(session, business_now(session, settings))
    named = [person.id for person in find_people(session, by) if person.id in known] if by else known[:1]
    if len(named) == 1:
        return named[0] or 0
    if by:
        fail(say(f"Không có đúng một quản trị viên là “{by}”", f"Not exactly one admin is “{by}”"))
    return fail(
        say(
            "Chưa có quản trị viên. Chạy trước: dondoc invite HỌ-TÊN --admin",
            "There is no admin yet. First run: dondoc invite NAME --admin",
        )
    )


def _create(session: Session, settings: Settings, draft_id: int, admin: int) -> str:
    from sqlmodel import col, func, select

    from models.assignments import Assignment
    from models.directives import Draft, Task
    from models.loading import create

    directive = create(session, business_now(session, settings), session.get_one(Draft, draft_id), admin)
    tasks = select(Task.id).where(Task.directive_id == directive.id)
    count = session.exec(select(func.count()).select_from(tasks.subquery())).one()
    made = session.exec(select(func.count()).select_from(Assignment).where(col(Assignment.task_id).in_(tasks))).one()
    number = directive.number or f"#{directive.id}"
    return say(
        f"Đã nạp {number}: {count} nhiệm vụ, {made} lượt giao", f"Loaded {number}: {count} tasks, {made} assignments"
    )


def _cancel(session: Session, settings: Settings, draft_id: int) -> None:
    from models.directives import Draft
    from models.drafts import cancel_draft

    cancel_draft(session, business_now(session, settings), session.get_one(Draft, draft_id))

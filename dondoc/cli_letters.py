"""dondoc read, dondoc load: what a letter says, and making its tasks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dondoc.cli_house import unreadable
from dondoc.terminal import errors, language, tell

if TYPE_CHECKING:
    from models.reading import Reading

EXIT_CODES = {"directive": 0, "unreadable": 2, "not_directive": 3, "classified": 4}
"""Of several files the highest counts."""


def add_to(app: typer.Typer) -> None:
    """Put the commands into the application."""
    app.command()(read)


def read(
    files: list[Path] = typer.Argument(help="Tệp văn bản · letters: .docx, .pdf, .doc, .txt, .jpg …", metavar="FILE…"),
    as_json: bool = typer.Option(False, "--json", help="Mỗi tệp một dòng JSON · one JSON object to a line and file"),
) -> None:
    """Hiểu gì từ văn bản; không ghi gì · What is understood of a letter; writes nothing."""
    worst = 0
    for file, reading, reason in _each(files):
        worst = max(worst, EXIT_CODES[reading.kind])
        if as_json:
            from models.reading import to_schema

            shown = to_schema(reading, str(file), language())
            print(json.dumps(shown | ({"reason": reason} if reason else {}), ensure_ascii=False))
        else:
            from dondoc.cli_screen import screen

            for line, style in screen(file.name, reading, language(), reason):
                tell(line, style)
    if worst:
        raise typer.Exit(worst)


def _each(files: list[Path]) -> Iterator[tuple[Path, Reading, str]]:
    """Every file with its reading and, where the file itself could not be read, why; a bar when there are several."""
    if len(files) == 1:
        yield files[0], *understood(files[0])
        return
    from rich.progress import Progress

    with Progress(console=errors, transient=True) as progress:
        for file in progress.track(files):
            yield file, *understood(file)


def understood(file: Path) -> tuple[Reading, str]:
    """The file's reading; for a file that cannot be read the reason, a sentence."""
    from letters import read
    from models.clock import local_date, utcnow
    from models.reading import Reading

    try:
        data = file.read_bytes()
    except OSError as error:
        return Reading(kind="unreadable", reason_code="empty"), unreadable(file, error)
    return read(data.decode(errors="replace"), today=local_date(utcnow())), ""

"""dondoc import units, people, calendar: an agency's own lists from CSV or XLSX."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import typer

from dondoc.cli_house import house, read_bytes
from dondoc.terminal import fail, language, say, tell

importing = typer.Typer(help="Nhập danh sách từ CSV hoặc XLSX · load lists from CSV or XLSX.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Put the commands into the application."""
    app.add_typer(importing, name="import")


@importing.command("units")
def units(
    file: Path | None = typer.Argument(None, help="Cột · columns: code, name, kind, short_name, aliases, parent …"),
    shipped: bool = typer.Option(False, "--shipped", help="Danh mục Bắc Ninh kèm theo · the register that comes along"),
) -> None:
    """Đơn vị · Units of the register; the same file twice changes nothing."""
    from models.register import import_units, seed_register
    from models.sheets import SheetError

    if (file is None) == (not shipped):
        fail(say("Nêu một tệp, hoặc --shipped", "Give a file, or --shipped"), 2)
    content = read_bytes(file) if file else b""
    with house() as database, database.transaction() as session:
        if file is None:
            made = seed_register(session)
            return tell(
                say(f"Đã tạo {made} đơn vị", f"{made} units created")
                if made
                else say("Đã có danh mục đơn vị; không đổi gì", "There are units already; nothing changed")
            )
        try:
            found = import_units(session, content)
        except SheetError as error:
            mistakes(error)
    return tell(
        say(
            f"Đơn vị: {found.created} mới, {found.updated} sửa, {found.unchanged} như cũ",
            f"Units: {found.created} created, {found.updated} updated, {found.unchanged} unchanged",
        )
    )


def mistakes(error: Exception) -> NoReturn:
    """Every line with a mistake, and that nothing was imported; exit code 2."""
    from models.sheets import SHOWN, SheetError

    problems = error.problems if isinstance(error, SheetError) else ()
    lines = [problem.sentence(language()) for problem in problems[:SHOWN]]
    lines += [f"… (+{len(problems) - SHOWN})"] if len(problems) > SHOWN else []
    fail(
        "\n".join([say("Tệp có chỗ chưa đúng, chưa nhập gì:", "The file has mistakes; nothing was imported:"), *lines]),
        2,
    )

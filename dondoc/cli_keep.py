"""dondoc backup, dondoc restore."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import typer

from dondoc.cli_house import house, unreadable
from dondoc.terminal import errors, fail, say, settings_or_fail, tell


def add_to(app: typer.Typer) -> None:
    """Put the commands into the application."""
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Path = typer.Argument(help="Tệp sẽ ghi, ví dụ · the file to write, for example dondoc-2026-12-01.tar.gz"),
    force: bool = typer.Option(False, "--force", help="Ghi đè tệp đã có · overwrite"),
) -> None:
    """Sao lưu mọi dữ liệu và tệp minh chứng · Everything in one file, as of one instant, while the house works on."""
    from dondoc.backup import backup as write
    from models.clock import utcnow

    if file.exists() and not force:
        fail(say(f"{file} đã có; thêm --force để ghi đè", f"{file} exists already; --force overwrites it"))
    settings = settings_or_fail()
    with house(settings) as database, _progress() as show:
        try:
            made = write(database, settings.data_dir, file, utcnow(), show)
        except OSError as error:
            fail(say(f"Không ghi được {file}: ", f"Cannot write {file}: ") + str(error.strerror))
    size = f"{-(-file.stat().st_size // 1024):,} KB"
    tell(
        say(
            f"{file}: {made.rows} dòng, {made.files} tệp, {size}. Có dữ liệu cá nhân: giữ kín",
            f"{file}: {made.rows} rows, {made.files} files, {size}. It holds personal data: keep it safe",
        )
    )
    if made.missing:
        fail(
            say(
                f"Thiếu {made.missing} tệp minh chứng trong {settings.data_dir}",
                f"{made.missing} stored files were not found in {settings.data_dir}",
            )
        )


def restore(
    file: Path = typer.Argument(help="Tệp do `dondoc backup` ghi · written by `dondoc backup`"),
    force: bool = typer.Option(False, "--force", help="Xóa dữ liệu đang có · delete what the database holds"),
) -> None:
    """Khôi phục vào cơ sở dữ liệu trống · Bring a backup back, whole or not at all; stop every process first."""
    from dondoc.restore import RestoreError
    from dondoc.restore import restore as bring_back
    from models.clock import local

    settings = settings_or_fail()
    if not file.is_file():
        fail(unreadable(file, FileNotFoundError()), 2)
    with house(settings, any_schema=True) as database, _progress() as show:
        try:
            back = bring_back(database, settings.data_dir, file, force=force, progress=show)
        except RestoreError as error:
            fail(say(error.vi, error.en))
        except OSError as error:
            fail(say(f"Không khôi phục được từ {file}: ", f"Cannot restore from {file}: ") + str(error.strerror))
    made = f"{local(back.made_at):%H:%M %d/%m/%Y}"
    tell(
        say(
            f"Đã khôi phục {back.rows} dòng, {back.files} tệp theo bản sao lưu lúc {made}. "
            "Những gì trả lời sau lúc đó không có trong bản sao lưu: đề nghị báo cáo lại",
            f"Restored {back.rows} rows and {back.files} files as of {made}. "
            "What people answered after that is not in the backup and must be said again",
        )
    )
    if back.in_flight:
        tell(
            say(
                f"{back.in_flight} tin đang gửi dở lúc sao lưu: sẽ gửi lại một lần, có đánh dấu",
                f"{back.in_flight} messages were being sent at that moment: each goes out once more, marked",
            )
        )


@contextmanager
def _progress() -> Generator[Callable[[str], None]]:
    from rich.progress import Progress, SpinnerColumn, TextColumn

    if not errors.is_terminal:
        yield lambda _what: None
        return
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=errors, transient=True) as progress:
        shown = progress.add_task("…", total=None)
        yield lambda what: progress.update(shown, description=what)

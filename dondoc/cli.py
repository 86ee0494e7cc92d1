"""The command line. Heavy libraries are imported inside the commands, so that `dondoc --help` answers at once."""

from __future__ import annotations

import typer

from dondoc import cli_import, cli_keep, cli_letters, cli_people, cli_report, cli_road, cli_roles, cli_upkeep

app = typer.Typer(
    name="dondoc",
    help="Đôn đốc nhiệm vụ trong văn bản chỉ đạo, từ công văn đến xác nhận · Sees directive letters through.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its tracebacks show local variables, secrets among them
)
for room in (cli_roles, cli_letters, cli_road, cli_report, cli_people, cli_import, cli_keep, cli_upkeep):
    room.add_to(app)


@app.callback()
def dondoc(
    version: bool = typer.Option(False, "--version", help="Phiên bản · the version", is_eager=True),
) -> None:
    """Every setting comes from the environment (DONDOC_…); `dondoc doctor` says what is missing."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("dondoc"))
        raise typer.Exit


def main() -> None:
    """The console script."""
    app()

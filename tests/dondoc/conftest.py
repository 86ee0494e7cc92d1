"""The command line as an operator meets it: run in this process, on a data folder of the test's own."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dondoc.cli import app
from models.database import Database


@dataclass(frozen=True)
class Answer:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def settings_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment with nothing of ours but a data folder; the terminal speaks English and is wide."""
    import os

    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("DONDOC_DATA_DIR", str(folder))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr("dondoc.terminal.console._width", 220)  # read from the terminal once, when it was imported
    return folder


@pytest.fixture
def bare(settings_env: Path) -> Run:
    """Run a command; there is no database yet."""

    def run(*arguments: str) -> Answer:
        result = CliRunner().invoke(app, list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def dondoc(bare: Run, settings_env: Path, migrated_template: Path) -> Run:
    """Run a command on an empty migrated database."""
    shutil.copy(migrated_template, settings_env / "dondoc.sqlite3")
    return bare


@pytest.fixture
def db(dondoc: Run, settings_env: Path):
    """The database the commands work on."""
    opened = Database(f"sqlite:///{settings_env / 'dondoc.sqlite3'}")
    yield opened
    opened.close()

"""Commands of the one who keeps it running; what can go wrong is a sentence, never a traceback or a secret."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from models.clock import utcnow
from models.database import Database
from models.people import LinkCode, Membership, Person
from models.units import Unit
from models.upkeep import AuditEntry
from tests.dondoc.conftest import Run

FAR = "postgresql://dondoc:hunter2@127.0.0.1:1/dondoc"


def test_help_answers_at_once_and_names_every_command() -> None:
    code = "import sys, dondoc.cli; assert not {'sqlmodel', 'pydantic', 'matplotlib'} & set(sys.modules); dondoc.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True, timeout=30
    )
    for name in ("read", "tick", "migrate", "health", "invite", "import", "deliveries", "replay", "report", "audit"):
        assert f"│ {name} " in done.stdout


def test_migrate_brings_an_empty_database_up_and_says_when_there_is_nothing_to_do(bare: Run) -> None:
    first = bare("migrate")
    assert first.code == 0
    assert "Schema: empty → " in first.out
    assert "up to date already" in bare("migrate").out


def test_a_schema_that_is_missing_names_the_cure(bare: Run) -> None:
    answer = bare("deliveries")
    assert answer.code == 1
    assert "dondoc migrate" in answer.err


@pytest.mark.parametrize("command", [("deliveries",), ("migrate",), ("tick",), ("audit", "verify"), ("report",)])
def test_an_unreachable_database_is_one_sentence_without_its_password(
    bare: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", FAR)
    answer = bare(*command)
    assert answer.code == 1
    assert "127.0.0.1" in answer.err
    assert "refused" in answer.err
    assert "hunter2" not in answer.out + answer.err


@pytest.mark.parametrize("url", ["mysql://a:hunter2@b/c", "postgresql://a:hunter2@b:port/c"])
def test_a_wrong_database_url_is_named_by_its_variable(bare: Run, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", url)
    answer = bare("deliveries")
    assert answer.code in (1, 2)
    assert "DONDOC_DATABASE_URL" in answer.err
    assert "hunter2" not in answer.err


def test_a_data_folder_that_cannot_be_made_is_one_sentence(bare: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATA_DIR", "/proc/none/here")
    for command in ("migrate", "deliveries"):
        answer = bare(command)
        assert answer.code == 1
        assert "/proc/none/here" in answer.err


def test_health_passes_on_what_the_process_says(bare: Run, monkeypatch: pytest.MonkeyPatch, room: "Room") -> None:
    monkeypatch.setenv("DONDOC_HTTP_ADDR", f"0.0.0.0:{room.port}")
    assert bare("health").code == 0
    room.answer = 503, {"ok": False, "troubles": {"forwarder": "no sign of life"}}
    sick = bare("health")
    assert sick.code == 1
    assert "forwarder: no sign of life" in sick.err
    room.answer = 200, ["not ours"]
    assert bare("health").code == 1


def test_health_of_a_process_that_does_not_answer(bare: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_HTTP_ADDR", "127.0.0.1:1")
    answer = bare("health")
    assert answer.code == 1
    assert "127.0.0.1:1" in answer.err


def test_the_first_admin_of_an_empty_house_gets_its_register_and_a_code(dondoc: Run, db: Database) -> None:
    answer = dondoc("invite", "Trần Thử Một", "--admin")
    assert answer.code == 0
    code = answer.out.split("Link code: ")[1].split()[0]
    assert f"/start {code}" in answer.out
    assert "161 units" in answer.out
    assert "161 units" not in dondoc("invite", "Lê Thử Hai", "--admin").out
    with db.reading() as session:
        person = session.exec(select(Person).where(Person.name == "Trần Thử Một")).one()
        held = session.exec(select(Membership.role).where(Membership.person_id == person.id)).all()
        kept = session.exec(select(LinkCode).where(LinkCode.person_id == person.id)).one()
        assert held == ["admin"]
        assert code not in kept.code_hash


def test_inviting_somebody_unknown_or_ambiguous_asks_back(dondoc: Run, db: Database) -> None:
    with db.transaction() as session:
        for phone in ("+84900000001", "+84900000002"):
            session.add(Person(name="Lê Thử Hai", phone=phone, created_at=utcnow()))
    assert "dondoc import people" in dondoc("invite", "Không Ai").err
    many = dondoc("invite", "Lê Thử Hai")
    assert many.code == 1
    assert "…001" in many.err
    assert "…002" in many.err
    assert "+8490" not in many.err
    assert dondoc("invite", "0900000002").code == 0


def test_units_are_imported_once_and_mistakes_are_named_by_line(dondoc: Run, db: Database, tmp_path: Path) -> None:
    good = tmp_path / "units.csv"
    good.write_text("code,name,kind\nA,Sở Thử nghiệm,sở\nB,Sở Mẫu,sở\n", encoding="utf-8")
    assert "2 created" in dondoc("import", "units", str(good)).out
    assert "2 unchanged" in dondoc("import", "units", str(good)).out
    bad = tmp_path / "bad.csv"
    bad.write_text("code,name,kind,parent\nC,,sở,\nD,Sở Bốn,sở,NOWHERE\n", encoding="utf-8")
    answer = dondoc("import", "units", str(bad))
    assert answer.code == 2
    assert "Line 2" in answer.err
    assert "Line 3: no unit has the code NOWHERE" in answer.err
    with db.reading() as session:
        assert sorted(session.exec(select(Unit.code)).all()) == ["A", "B"]


def test_the_audit_chain_is_verified_and_a_change_is_found(dondoc: Run, db: Database) -> None:
    dondoc("import", "units", "--shipped")
    dondoc("invite", "Trần Thử Một", "--admin")
    assert "2 entries" in dondoc("audit", "verify").out
    with db.transaction() as session:
        entry = session.exec(select(AuditEntry)).first()
        assert entry is not None
        entry.action = "something else"
        session.add(entry)
    answer = dondoc("audit", "verify")
    assert answer.code == 1
    assert "entry 1 is not as it was written" in answer.err


class Room:
    """A process's web room that answers as told."""

    def __init__(self) -> None:
        self.answer: tuple[int, Any] = (200, {"ok": True, "troubles": {}})
        room = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = room.answer if self.path == "/health" else (404, {})
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port


@pytest.fixture
def room() -> Iterator[Room]:
    """A web room on a free port."""
    made = Room()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()

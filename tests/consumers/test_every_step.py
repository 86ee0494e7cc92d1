"""Real processes, killed: at every named step of the road, and by a message that no process survives."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from models.database import Database
from models.units import Role
from tests import road


def run(what: str, database: Database, broker: str, ledger: Path) -> dict[str, Any]:
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.consumers.fused", what, url, broker, str(ledger)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=300).stdout
    return json.loads(said.splitlines()[-1])  # the log stands before it


def accepted(ledger: Path) -> list[str]:
    return [line.split()[2] for line in ledger.read_text().splitlines()]


@pytest.mark.servers
def test_killed_at_every_step_nothing_is_lost_and_a_second_copy_is_marked(
    postgresql: Database, rabbitmq_url: str, tmp_path: Path
) -> None:
    done = run("steps", postgresql, rabbitmq_url, tmp_path / "ledger")
    assert done["missed"] == []
    times = Counter(accepted(tmp_path / "ledger"))
    assert len(times) == done["raised"] == 20 * 3
    assert set(road.states(postgresql).values()) == {"settled"}
    keys = {number: key for key, number in ids(postgresql).items()}
    marked = {keys[one.event_id]: one.ambiguous_times for one in road.deliveries(postgresql)}
    assert {key: count for key, count in times.items() if count > 1 + marked[key]} == {}
    assert 0 < sum(marked.values()) <= 5 * 3  # begun and never finished: four of the twenty, and the send itself
    for person in {key.partition(":")[2] for key in times}:
        mine = [key for key in times if key.endswith(f":{person}")]
        assert mine == sorted(mine)  # first arrivals, in the order in which they were raised


def ids(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {one.key: one.id or 0 for one in session.exec(road.select(road.Event))}


def test_a_message_that_kills_the_process_is_put_aside_and_the_others_arrive(
    database: Database, tmp_path: Path
) -> None:
    with database.transaction() as session:
        (admin,) = road.people(session, 1)
        road.appoint(session, admin, Role.ADMIN)
    done = run("poison", database, "", tmp_path / "ledger")
    assert done["starts"] <= 6  # five deaths, and the one that lives
    assert road.event(database, "bad").state == "failed"
    assert road.event(database, "bad").last_error == "poison"
    others = {key: state for key, state in road.states(database).items() if key.startswith("e")}
    assert set(others.values()) == {"settled"}
    assert set(accepted(tmp_path / "ledger")) >= set(others)
    assert road.alerts(database) == [(admin, "unreachable")]

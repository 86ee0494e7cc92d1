"""`dondoc doctor` and the roles' commands: what is wrong and what to do, in a sentence."""

from pathlib import Path

import pytest

from dondoc.doctor import zalo_listening
from dondoc.settings import Settings
from dondoc.wiring import build
from models.addresses import add_address, seats_free
from models.clock import utcnow
from models.errors import Refused
from models.people import Person
from models.schema import migrate
from tests.dondoc.conftest import Run


def test_a_healthy_house_without_a_messenger(dondoc: Run) -> None:
    answer = dondoc("doctor")
    assert answer.code == 0, answer.out + answer.err
    assert "embedded, in the database" in answer.out
    assert "`dondoc run` opens the sandbox" in " ".join(answer.out.split())


def test_a_schema_that_is_old_and_a_messenger_that_cannot_be_reached(
    bare: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "123456:very-secret-part")
    monkeypatch.setenv("DONDOC_TELEGRAM_API_URL", "http://127.0.0.1:1")
    answer = bare("doctor")
    assert answer.code == 1
    assert "Run: dondoc migrate" in answer.out
    assert "telegram:123456" in answer.out
    assert "DONDOC_PROXY_URL" in answer.out
    assert "very-secret-part" not in answer.out + answer.err


def test_a_broker_that_is_not_there(dondoc: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dondoc.cli_upkeep.BROKER_SECONDS", 1.0)
    monkeypatch.setenv("DONDOC_BROKER_URL", "amqp://user:hunter2@127.0.0.1:1/")
    answer = dondoc("doctor")
    assert answer.code == 1
    assert "DONDOC_BROKER_URL" in answer.out
    assert "hunter2" not in answer.out


@pytest.mark.servers
def test_the_real_broker_and_its_wrong_password(
    dondoc: Run, monkeypatch: pytest.MonkeyPatch, rabbitmq_url: str
) -> None:
    monkeypatch.setenv("DONDOC_BROKER_URL", rabbitmq_url)
    assert "RabbitMQ 127.0.0.1:" in dondoc("doctor").out
    monkeypatch.setattr("dondoc.cli_upkeep.BROKER_SECONDS", 3.0)
    scheme, _, rest = rabbitmq_url.partition("://")
    monkeypatch.setenv("DONDOC_BROKER_URL", f"{scheme}://nobody:hunter2@{rest.rpartition('@')[2]}")
    answer = dondoc("doctor")
    assert answer.code == 1
    assert "wrong user name or password" in answer.out
    assert "hunter2" not in answer.out


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DONDOC_BROKER_URL", "http://x", "amqp://"),
        ("DONDOC_TELEGRAM_TOKEN", "hunter2", "@BotFather"),
        ("DONDOC_HTTP_ADDR", "8080", "HOST:PORT"),
        ("DONDOC_TIMEZONE", "Hanoi", "Asia/Ho_Chi_Minh"),
        ("DONDOC_TIMEZONE", "Europe/Paris", "only Asia/Ho_Chi_Minh"),
        ("DONDOC_PUBLIC_URL", "dondoc.example", "https://"),
        ("DONDOC_TELEGRAM_TOKEN_FILE", "/nowhere/token", "/nowhere/token"),
    ],
)
def test_wrong_settings_are_named_before_anything_starts(
    bare: Run, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    for command in ("doctor", "scheduler", "consumer", "bot", "run", "deliveries"):
        answer = bare(command)
        assert answer.code == 2
        assert variable in answer.err
        assert said in answer.err
        assert "hunter2" not in answer.err


def test_a_role_needs_its_schema_and_its_channel(bare: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "dondoc migrate" in bare("scheduler").err
    for role in ("consumer", "bot"):
        answer = bare(role)
        assert answer.code == 2
        assert "DONDOC_TELEGRAM_TOKEN" in answer.err


@pytest.mark.parametrize(
    ("public_url", "secret", "missing"),
    [
        ("", "", ["DONDOC_PUBLIC_URL", "DONDOC_ZALO_WEBHOOK_SECRET"]),
        ("https://dondoc.example", "", ["DONDOC_ZALO_WEBHOOK_SECRET"]),
        ("http://dondoc.example", "a-long-secret", ["DONDOC_PUBLIC_URL"]),
        ("https://dondoc.example", "a-long-secret", []),
    ],
)
def test_zalo_that_is_polled_is_a_fault_that_names_what_is_missing(
    public_url: str, secret: str, missing: list[str]
) -> None:
    chosen = Settings(
        zalo_tokens="12:secret-part",  # type: ignore[arg-type]
        public_url=public_url,
        zalo_webhook_secret=secret,  # type: ignore[arg-type]
    )
    (found,) = zalo_listening(chosen)
    assert found.ok is not bool(missing)
    named = {name for name in ("DONDOC_PUBLIC_URL", "DONDOC_ZALO_WEBHOOK_SECRET") if name in found.sentence}
    assert named == set(missing)
    assert "secret-part" not in found.sentence


def test_the_stand_in_for_zalo_may_be_polled() -> None:
    chosen = Settings(zalo_tokens="12:secret", zalo_api_url="http://127.0.0.1:9/zalo")  # type: ignore[arg-type]
    assert zalo_listening(chosen) == []
    assert zalo_listening(Settings()) == []


def test_the_seats_of_a_zalo_bot_are_the_installations_choice(tmp_path: Path) -> None:
    house = build(Settings(data_dir=tmp_path, zalo_people_per_bot=2))
    migrate(house.database)
    with house.database.transaction() as session:
        for n in range(2):
            person = Person(name=f"Người {n}", created_at=utcnow())
            session.add(person)
            session.flush()
            assert seats_free(session, "zalo:1") == 2 - n
            add_address(session, utcnow(), person_id=person.id, lane="zalo:1", chat_id=f"z{n}")
        with pytest.raises(Refused, match="bot_full"):
            add_address(session, utcnow(), person_id=person.id, lane="zalo:1", chat_id="z9")
    house.database.close()

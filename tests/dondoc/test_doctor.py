"""`dondoc doctor` and the roles' commands: what is wrong and what to do, in a sentence."""

import pytest

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

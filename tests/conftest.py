"""Fixtures every room's tests share: migrated databases to write in, a broker to send through."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from models.database import Database
from models.schema import migrate
from tests import servers

# A busy machine is no fault of the code: neither how long an example takes, nor how long it takes to be thought of.
settings.register_profile("dondoc", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dondoc")


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the schema in it; copying it is faster than migrating for every test."""
    path = tmp_path_factory.mktemp("template") / "dondoc.sqlite3"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def database(migrated_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty migrated SQLite database of the test's own."""
    path = tmp_path / "dondoc.sqlite3"
    shutil.copy(migrated_template, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL with {name} of the run's own PostgreSQL."""
    return _server(tmp_path_factory, servers.Postgres)


@pytest.fixture(scope="session")
def rabbitmq_server(tmp_path_factory: pytest.TempPathFactory) -> str:
    """URL with {name}, the prefix of its queues, of the run's own RabbitMQ."""
    return _server(tmp_path_factory, servers.RabbitMQ)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """Name of a migrated database of this worker that each test's own is copied from."""
    name = servers.fresh_name("template")
    _administer(postgresql_server, f'CREATE DATABASE "{name}"')
    made = Database(postgresql_server.format(name=name))
    migrate(made)
    made.close()
    return name


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """URL of an empty migrated PostgreSQL database of the test's own."""
    name = servers.fresh_name()
    _administer(postgresql_server, f'CREATE DATABASE "{name}" TEMPLATE "{postgresql_template}" STRATEGY file_copy')
    yield postgresql_server.format(name=name)
    _administer(postgresql_server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Database]:
    """An empty migrated PostgreSQL database of the test's own."""
    opened = Database(postgresql_url)
    yield opened
    opened.close()


@pytest.fixture
def rabbitmq_url(rabbitmq_server: str) -> str:
    """URL of the run's RabbitMQ with a queue prefix of the test's own."""
    return rabbitmq_server.format(name=servers.fresh_name("q"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def any_database(request: pytest.FixtureRequest) -> Database:
    """The same test over SQLite and over PostgreSQL."""
    return request.getfixturevalue("database" if request.param == "sqlite" else "postgresql")


def _administer(postgresql_server: str, statement: str) -> None:
    with psycopg.connect(postgresql_server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def _server(factory: pytest.TempPathFactory, kind: type[servers.Postgres] | type[servers.RabbitMQ]) -> str:
    """Shared by all workers of the run. Skips when the program is missing; fails when CI=true."""
    base = factory.getbasetemp()
    under_xdist = "PYTEST_XDIST_WORKER" in os.environ
    try:
        if under_xdist:
            return servers.shared(base.parent, os.getppid(), kind)
        return servers.shared(base, os.getpid(), kind)
    except servers.Missing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing} is not installed: {servers.HINT}")
        pytest.skip(f"NOT TESTED: {missing} is not installed; {servers.HINT}")

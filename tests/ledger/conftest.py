"""Ledgers for the tests: SQLite always; PostgreSQL by REPORTEDLY_TEST_POSTGRES, or a server started for the session.

Without either, the PostgreSQL tests are skipped, but fail where CI=true: there a server must be found.
"""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from reportedly.ledger import Ledger


def _programs() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest PostgreSQL installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        found.insert(0, Path(on_path).resolve())
    return found[0].parent if found else None


def _as_other_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: the command as the user postgres then."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _call(command: list[str | Path]) -> None:
    line = _as_other_user([str(part) for part in command])
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, check=False, cwd="/")
    assert done.returncode == 0, f"{' '.join(line)}: {done.stdout}{done.stderr}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL database that tests may make schemas in."""
    given = os.environ.get("REPORTEDLY_TEST_POSTGRES")
    if given:
        yield given
        return
    programs = _programs()
    if programs is None:
        reason = "no PostgreSQL: set REPORTEDLY_TEST_POSTGRES to a URL, or install the server"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # A short path: a socket's path may have 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="rpg"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        _call([programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"])
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        _call([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"])
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            _call([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL schema."""
    url = sa.make_url(postgres_server).set(drivername="postgresql+psycopg")
    name = f"test_{uuid.uuid4().hex}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {name}"))
        path = url.update_query_dict({"options": f"-csearch_path={name}"})
        yield path.set(drivername="postgresql").render_as_string(hide_password=False)
        connection.execute(sa.text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger is: a path, or a PostgreSQL URL."""
    if request.param == "sqlite":
        return str(tmp_path / "a ledger — Ünïcode.db")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def open_ledger(where: str) -> Iterator[Callable[[], Ledger]]:
    """Opens the ledger; all are closed at the end."""
    opened: list[Ledger] = []

    def open_() -> Ledger:
        opened.append(Ledger(where))
        return opened[-1]

    yield open_
    for ledger in opened:
        ledger.close()


@pytest.fixture
def ledger(open_ledger: Callable[[], Ledger]) -> Ledger:
    """An empty ledger, on each database."""
    return open_ledger()

"""Opens the database of a ledger: SQLite by path, PostgreSQL by URL. Makes and migrates its tables."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError

from reportedly.errors import LedgerError
from reportedly.ledger.schema import METADATA, REVISIONS, VERSION_TABLE

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 60  # how long a process waits for another that writes
_LOCK = 7_033_817  # PostgreSQL advisory lock under which one process makes the tables; any number of our own
WRITING = "reportedly_writing"


def open_engine(where: str | Path, create: bool) -> sa.Engine:
    """An engine on a ledger whose tables are up to date.

    `where` is a path, `:memory:`, or a postgresql:// or sqlite:// URL. Without `create` it must be there already.

    Raises LedgerError when it cannot be opened or written, is no ledger, or was made by a newer version.
    """
    url = _url(where)
    shown = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite":
        _check_path(url.database or ":memory:", create)
    try:
        engine = _sqlite(url) if url.get_backend_name() == "sqlite" else sa.create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise LedgerError(f"{shown}: {error}; pip install 'reportedly[postgres]'") from error
    try:
        _migrate(engine, str(shown), create)
    except (DBAPIError, sqlite3.Error) as error:
        engine.dispose()
        raise LedgerError(f"{shown}: cannot be used as a ledger: {_cause(error)}") from error
    except LedgerError:
        engine.dispose()
        raise
    return engine


def _cause(error: Exception) -> str:
    original = getattr(error, "orig", None) or error
    words = " ".join(str(original).split())
    if "readonly" in words or "read-only" in words:
        return f"{words}; make the file and its folder writable, or give another --ledger"
    if "not a database" in words:
        return f"{words}; give another --ledger"
    return words


def _url(where: str | Path) -> sa.URL:
    text = str(where)
    if "://" not in text:
        path = text if text == ":memory:" else os.path.abspath(text)
        return sa.URL.create("sqlite", database=path)
    try:
        url = sa.make_url(text)
    except (ArgumentError, ValueError) as error:
        raise LedgerError(f"not a ledger URL ({error}): write postgresql://user@host/database") from error
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite":
        return url
    raise LedgerError(f"{url.drivername}: a ledger is a path (SQLite) or a postgresql:// URL")


def _check_path(database: str, create: bool) -> None:
    if database == ":memory:":
        return
    path = Path(database)
    if path.is_dir():
        raise LedgerError(f"{path}: is a folder; a ledger is a file, e.g. {path / 'reportedly.db'}")
    if not path.exists():
        if not create:
            raise LedgerError(f"{path}: no such ledger; `reportedly read` makes one")
        if not path.parent.is_dir():
            raise LedgerError(f"{path}: the folder {path.parent} does not exist; make it first")


def _sqlite(url: sa.URL) -> sa.Engine:
    options: dict[str, Any] = {"connect_args": {"timeout": _BUSY_SECONDS, "check_same_thread": False}}
    if url.database in (None, "", ":memory:"):
        options["poolclass"] = sa.pool.StaticPool
    engine = sa.create_engine(url, **options)

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, see below
        connection.execute("PRAGMA journal_mode = WAL")
        # With WAL this loses nothing when a process is killed; a power cut may cost the last moments, never the file.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A writer takes its turn at once: one that began as a reader could not wait for another writer.
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _migrate(engine: sa.Engine, shown: str, create: bool) -> None:
    """Brings the tables up to date; one process at a time, all or nothing."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        held = _version(connection, shown)
        if held == REVISIONS[-1]:
            return
        if held is None and not create:
            raise LedgerError(f"{shown}: holds no ledger; `reportedly read` makes one")
        _upgrade(connection)


def _version(connection: sa.Connection, shown: str) -> str | None:
    """The revision of the tables; None when there are none."""
    tables = set(sa.inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        foreign = tables & set(METADATA.tables) if connection.dialect.name == "postgresql" else tables
        if foreign:
            names = ", ".join(sorted(foreign)[:5])
            raise LedgerError(f"{shown}: is another program's database (tables {names}); give another --ledger")
        return None
    version = sa.table(VERSION_TABLE, sa.column("version_num"))
    held = connection.execute(sa.select(version.c.version_num)).scalar_one_or_none()
    if held is not None and held not in REVISIONS:
        raise LedgerError(
            f"{shown}: was made by a newer reportedly (schema {held}, this one knows {REVISIONS[-1]}); "
            "upgrade reportedly, or give another --ledger"
        )
    return None if held is None else str(held)


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

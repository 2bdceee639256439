import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from reportedly.errors import LedgerError
from reportedly.ledger import Ledger, schema
from reportedly.ledger.opening import open_engine
from tests.ledger.making import reading


def test_the_migrations_make_the_tables_of_the_schema(where: str) -> None:
    engine = open_engine(where, create=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": schema.VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, schema.METADATA) == []
    engine.dispose()


def test_the_list_of_revisions_is_that_of_the_files() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert tuple(revision.revision for revision in script.walk_revisions())[::-1] == schema.REVISIONS


def test_a_newer_ledger_is_refused(where: str) -> None:
    Ledger(where).close()
    engine = open_engine(where, create=False)
    with engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(LedgerError, match=r"newer reportedly.*upgrade"):
        Ledger(where)


def test_another_programs_database_is_refused(tmp_path: Path, where: str) -> None:
    if "://" not in where:
        with sqlite3.connect(where) as connection:
            connection.execute("CREATE TABLE songs (title TEXT)")
        connection.close()
    else:
        engine = sa.create_engine(sa.make_url(where).set(drivername="postgresql+psycopg"))
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE articles (title TEXT)"))
        engine.dispose()
    with pytest.raises(LedgerError, match="another program's database"):
        Ledger(where)


@pytest.mark.postgres
def test_a_postgresql_schema_may_hold_other_tables(postgres_url: str) -> None:
    engine = sa.create_engine(sa.make_url(postgres_url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE songs (title TEXT)"))
    engine.dispose()
    with Ledger(postgres_url) as ledger:
        assert ledger.add(reading("a"))


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("{tmp}/missing/ledger.db", "folder .* does not exist"),
        ("{tmp}", "is a folder"),
        ("{tmp}/text.db", "not a database"),
        ("mysql://somewhere/else", "a path \\(SQLite\\) or a postgresql:// URL"),
        ("://", "not a ledger URL"),
        ("postgresql://reader:secret@127.0.0.1:1/none", "cannot be used"),
    ],
)
def test_places_where_no_ledger_can_be(tmp_path: Path, where: str, words: str) -> None:
    (tmp_path / "text.db").write_text("This is a letter, not a database. " * 50, encoding="utf-8")
    with pytest.raises(LedgerError, match=words) as caught:
        Ledger(where.replace("{tmp}", str(tmp_path)))
    assert "secret" not in str(caught.value)


def test_without_create_a_ledger_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger(path, create=False)
    assert not path.exists()
    path.touch()
    with pytest.raises(LedgerError, match="holds no ledger"):
        Ledger(path, create=False)
    Ledger(path).close()
    Ledger(path, create=False).close()


@contextmanager
def _without_privilege() -> Iterator[None]:
    """Root may write anywhere: as nobody, for the time of the block."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_ledger_that_may_not_be_written_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.db"
        Ledger(path).close()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        try:
            with _without_privilege(), pytest.raises(LedgerError, match="make the file and its folder writable"):
                Ledger(path)
        finally:
            Path(folder).chmod(0o755)


def test_urls_and_odd_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = tmp_path / "50% sure? #1 'né'.db"
    with Ledger(odd) as ledger:
        ledger.add(reading("a"))
    assert odd.exists()
    monkeypatch.chdir(tmp_path)
    with Ledger(odd.name, create=False) as ledger:
        assert ledger.summary().startswith("1 article,")
    with Ledger(f"sqlite:///{tmp_path}/by-url.db") as ledger:
        assert ledger.add(reading("a"))
    assert (tmp_path / "by-url.db").exists()


def test_sqlite_is_set_up_for_several_processes(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "ledger.db", create=True)
    with engine.begin() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    engine.dispose()
    assert found == ["wal", 1, 60_000]


def test_characters_that_a_database_refuses_are_kept() -> None:
    for text in ("plain", "é", "\x00", "a\ud800b", "\ue000", "\ue0000000", "\ue000\x00"):
        assert schema.restored(schema.stored(text)) == text
    assert schema.stored("é – 🙂") == "é – 🙂"
    assert "\x00" not in schema.stored("a\x00b")

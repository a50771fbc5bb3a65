"""Opening a database: where it lies and how it is driven.

The only module that knows one database from another. SQLite is held to: one writer at a time,
which takes its lock at the start (a plain BEGIN fails when two readers turn writer at once),
and a commit that waits for the disk.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_dir
from sqlalchemy import URL, Connection, Insert, Table, event, inspect, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from ..errors import StoreError
from .tables import VERSION, metadata, schema_version
from .trouble import ELSEWHERE, in_plain_words

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
READERS = 4
"""Connections for reading beside the one that writes."""


def default_url() -> str:
    """Where records are kept: `HOTSEAT_DB`, a file or a database URL, else a file of the
    signed-in person's own."""
    named = os.environ.get("HOTSEAT_DB", "").strip()
    if "://" in named:
        return named
    folder = Path(user_data_dir("hotseat", appauthor=False))
    file = Path(named).expanduser().absolute() if named else folder / "records.sqlite"
    return URL.create(DRIVERS["sqlite"], database=str(file)).render_as_string(hide_password=False)


def journal_mode(version: tuple[int, ...]) -> str:
    """WAL for SQLite 3.51.3 and later, and 3.50.7 and 3.44.6 in their series; before those a
    write-ahead log can lose committed data, so a rollback journal."""
    safe = version >= (3, 51, 3) or any(
        first <= version < end for first, end in (((3, 50, 7), (3, 51)), ((3, 44, 6), (3, 45)))
    )
    return "WAL" if safe else "DELETE"


@dataclass(frozen=True)
class Database:
    """An open database. `place` names it in errors, never with its password."""

    reader: AsyncEngine
    writer: AsyncEngine
    place: str

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that sees one moment of the database and keeps no writer waiting."""
        with in_plain_words(self.place):
            async with self.reader.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[AsyncConnection]:
        """A transaction that is committed whole at the end of the block, or not at all."""
        with in_plain_words(self.place):
            async with self.writer.begin() as connection:
                yield connection

    def insert_missing(self, table: Table) -> Insert:
        """An insert that leaves a row alone that is already there."""
        if self.writer.dialect.name == "sqlite":
            return sqlite.insert(table).on_conflict_do_nothing()
        return postgresql.insert(table).on_conflict_do_nothing()

    async def forget(self) -> None:
        """Empty SQLite's write-ahead log, where deleted text would otherwise linger."""
        if self.writer.dialect.name != "sqlite":
            return
        with in_plain_words(self.place):
            async with self.writer.connect() as connection:
                # past SQLAlchemy, which would begin a transaction: a checkpoint cannot be in one
                driver = (await connection.get_raw_connection()).driver_connection
                if driver is not None:
                    await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()


async def open_database(url: str, *, wait: float) -> Database:
    """Open a database and make its folder and tables where they are missing.

    `wait` is how long, in seconds, to wait for a lock held elsewhere, and for a free connection.
    Raises StoreError when it cannot be opened, is something else's, or a newer hotseat's.
    """
    parsed = _parse(url)
    sqlite_url = parsed.get_backend_name() == "sqlite"
    database = _open_sqlite(parsed, wait) if sqlite_url else _open_postgresql(parsed, wait)
    try:
        await _prepare(database)
    except BaseException:
        await database.close()
        raise
    return database


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        return parsed.set(drivername=DRIVERS[parsed.get_backend_name()])
    except (ArgumentError, ValueError, KeyError):
        # from None, and without the URL: it may hold a password
        raise StoreError(
            "not a database this can use",
            place="the database URL",
            fix="write sqlite:///folder/file.sqlite or postgresql://name@host/database",
        ) from None


def _open_sqlite(url: URL, wait: float) -> Database:
    file = url.database or ":memory:"
    if file != ":memory:" and not file.startswith("file:"):
        _make_folder(Path(file).parent)

    def engine(begin: str, connections: int) -> AsyncEngine:
        engine = create_async_engine(
            url,
            hide_parameters=True,  # what a trainee typed has no place in a log
            poolclass=AsyncAdaptedQueuePool,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=wait,
            # no isolation level: Python's driver begins nothing, the listener below does
            connect_args={"timeout": wait, "isolation_level": None},
        )
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        event.listen(engine.sync_engine, "begin", _begin_with(begin))
        return engine

    writer = engine("BEGIN IMMEDIATE", 1)
    reader = writer if file == ":memory:" else engine("BEGIN", READERS)
    return Database(reader=reader, writer=writer, place=file)


def _open_postgresql(url: URL, wait: float) -> Database:
    place = url.render_as_string(hide_password=True)
    try:
        engine = create_async_engine(url, hide_parameters=True, pool_timeout=wait)
    except ModuleNotFoundError:
        raise StoreError(
            "PostgreSQL needs its driver", place=place, fix="pip install 'psycopg[binary]'"
        ) from None
    return Database(reader=engine, writer=engine, place=place)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder cannot be made ({error.strerror})",
            place=str(folder),
            fix=f"make a folder there that you may write to, {ELSEWHERE}",
        ) from error


def _begin_with(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _set_pragmas(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"journal_mode={journal_mode(sqlite3.sqlite_version_info)}",
        "synchronous=EXTRA",  # a commit waits for the disk; FULL can lose the last to a power cut
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted is overwritten, not just let go
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


async def _prepare(database: Database) -> None:
    """Make the tables of an empty database, and those an older one lacks; refuse one that this
    code does not know."""
    version = await _version(database)
    if version is None or 0 < version < VERSION:
        async with database.writing() as connection:
            await connection.run_sync(_make_tables)
        # look again: SQLite's reader would go on believing in its empty database
        version = await _version(database)
    if not version:
        raise StoreError(
            "the database of something else",
            place=database.place,
            fix="give hotseat a database of its own: set HOTSEAT_DB to another place",
        )
    if version > VERSION:
        raise StoreError(
            f"made by a newer hotseat (version {version} of its tables, this one knows {VERSION})",
            place=database.place,
            fix=f"upgrade hotseat, {ELSEWHERE}",
        )


async def _version(database: Database) -> int | None:
    async with database.reading() as connection:
        return await connection.run_sync(_find_version)


def _find_version(connection: Connection) -> int | None:
    """The version of the tables; None in an empty database, 0 in one that is not ours."""
    names = inspect(connection).get_table_names()
    if not names:
        return None
    if schema_version.name not in names:
        return 0
    return connection.scalar(select(schema_version.c.version)) or 0


def _make_tables(connection: Connection) -> None:
    """Make the tables that are missing, unless another process has done so since we looked."""
    version = _find_version(connection)
    if version is None:
        metadata.create_all(connection)
        connection.execute(schema_version.insert().values(version=VERSION))
    elif 0 < version < VERSION:
        metadata.create_all(connection)
        _add_columns(connection)
        connection.execute(schema_version.update().values(version=VERSION))


def _add_columns(connection: Connection) -> None:
    """Add the columns that older tables lack; what a newer hotseat adds may be empty."""
    for table in metadata.sorted_tables:
        have = {column["name"] for column in inspect(connection).get_columns(table.name)}
        for column in table.columns:
            if column.name not in have:
                kind = column.type.compile(connection.dialect)
                connection.exec_driver_sql(
                    f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind}"
                )

"""What a database's errors mean, in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as QueueTimeout

from ..errors import StoreError

ELSEWHERE = "or set HOTSEAT_DB to another place"
TROUBLE = {
    sqlite3.SQLITE_BUSY: (
        "locked by another program",
        "close the program that has it open, then try again",
    ),
    sqlite3.SQLITE_LOCKED: ("busy", "wait a moment, then try again"),
    sqlite3.SQLITE_FULL: ("the disk is full", "free some disk space, then try again"),
    sqlite3.SQLITE_READONLY: (
        "read-only",
        f"make the file and its folder writable, {ELSEWHERE}",
    ),
    sqlite3.SQLITE_READONLY_DBMOVED: (
        "moved or deleted while in use",
        "put it back, then start hotseat again",
    ),
    sqlite3.SQLITE_NOTADB: (
        "not a database, or a damaged one",
        f"move it aside and restore a backup, {ELSEWHERE}",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the database is damaged",
        f"move it aside and restore a backup, {ELSEWHERE}",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot be opened",
        f"check that it is a file in a folder you may write to, {ELSEWHERE}",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk could not be read or written",
        "check the disk and its free space, then try again",
    ),
}
"""SQLite result codes (sqlite.org/rescode.html) as problem and fix."""


@contextmanager
def in_plain_words(place: str) -> Generator[None]:
    """Turn what a database driver raises into a StoreError that a person can act on."""
    try:
        yield
    except QueueTimeout as error:
        raise StoreError("busy", place=place, fix="wait a moment, then try again") from error
    except UnicodeError as error:
        raise StoreError(
            "the text has a broken character in it", place=place, fix="type that part again"
        ) from error
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", None) or 0
        unknown = (f"the database refused ({type(error.orig).__name__})", "try again later")
        problem, fix = TROUBLE.get(code) or TROUBLE.get(code & 0xFF) or unknown
        raise StoreError(problem, place=place, fix=fix) from error

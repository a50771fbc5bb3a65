"""Drafts and published versions of content. A version is written once and never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Table, delete, func, insert, select
from sqlalchemy.sql.elements import ColumnElement

from ..domain import Draft, Kind, Version
from ..errors import StoreError
from .engine import Database
from .tables import contents, encounters
from .trainer_tables import drafts, versions
from .whole import whole


class Shelf:
    """What trainers are writing and what they have published. Every method raises StoreError
    when the database cannot be reached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @whole
    async def save_draft(self, draft: Draft) -> None:
        """Keep a trainer's draft; a newer one of theirs replaces it."""
        key = {"kind": draft.kind, "name": draft.name, "who": draft.who}
        async with self._database.writing() as connection:
            await connection.execute(delete(drafts).where(*_is(drafts, key)))
            await connection.execute(insert(drafts), {**key, "body": draft.model_dump_json()})

    async def draft(self, kind: Kind, name: str, who: str) -> Draft | None:
        """This trainer's draft of a file, if they have one."""
        key = {"kind": kind, "name": name, "who": who}
        async with self._database.reading() as connection:
            body = await connection.scalar(select(drafts.c.body).where(*_is(drafts, key)))
        return Draft.model_validate_json(body) if body else None

    async def drafts(self, kind: Kind | None = None) -> list[Draft]:
        """Everybody's drafts, so that two trainers at one file see each other."""
        query = select(drafts.c.body).order_by(drafts.c.kind, drafts.c.name, drafts.c.who)
        if kind:
            query = query.where(drafts.c.kind == kind)
        async with self._database.reading() as connection:
            return [Draft.model_validate_json(body) for body in await connection.scalars(query)]

    @whole
    async def drop_draft(self, kind: Kind, name: str, who: str) -> None:
        """Forget a trainer's draft; nothing happens if there is none."""
        key = {"kind": kind, "name": name, "who": who}
        async with self._database.writing() as connection:
            await connection.execute(delete(drafts).where(*_is(drafts, key)))

    @whole
    async def publish(self, version: Version) -> None:
        """Add a version. Raises StoreError when its number is taken: somebody published first."""
        key = {"kind": version.kind, "name": version.name}
        async with self._database.writing() as connection:
            last = await connection.scalar(
                select(func.max(versions.c.number)).where(*_is(versions, key))
            )
            if version.number != (last or 0) + 1:
                raise StoreError(
                    f"version {version.number} cannot follow version {last or 0}",
                    place=f"{version.kind} {version.name}",
                    fix="look at what was published meanwhile, then publish again",
                )
            row = {**key, "number": version.number, "hash": version.hash}
            await connection.execute(insert(versions), {**row, "body": version.model_dump_json()})

    async def versions(self, kind: Kind, name: str) -> list[Version]:
        """Every published version of a file, oldest first."""
        key = {"kind": kind, "name": name}
        return await self._versions(
            select(versions.c.body).where(*_is(versions, key)).order_by(versions.c.number)
        )

    async def latest(self) -> dict[tuple[str, str], Version]:
        """The newest version of every file that has one, by kind and name."""
        query = select(versions.c.body).order_by(versions.c.number)
        return {(v.kind, v.name): v for v in await self._versions(query)}

    async def numbers(self) -> dict[str, tuple[str, int]]:
        """Name and number of the first version with each fingerprint, by fingerprint."""
        query = select(versions.c.hash, versions.c.name, versions.c.number)
        async with self._database.reading() as connection:
            found = (await connection.execute(query.order_by(versions.c.number.desc()))).all()
        return {hash: (name, number) for hash, name, number in found}

    async def met(self, persona: str) -> tuple[int, int]:
        """How many encounters a persona was met in, whatever its version, and how many of them
        have not ended."""
        opens = f'{{"id":"{persona}",'  # how the noun, whose first field it is, is written
        query = (
            select(func.count(), func.count(encounters.c.outcome))
            .join(contents, contents.c.hash == encounters.c.persona)
            .where(contents.c.kind == "persona", contents.c.body.startswith(opens, autoescape=True))
        )
        async with self._database.reading() as connection:
            total, ended = (await connection.execute(query)).one()
        return total, total - ended

    async def _versions(self, query: Select[Any]) -> list[Version]:
        async with self._database.reading() as connection:
            return [Version.model_validate_json(body) for body in await connection.scalars(query)]


def _is(table: Table, key: dict[str, str]) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in key.items()]

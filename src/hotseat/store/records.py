"""The records of encounters. What the trainee typed is on the disk before anything reads it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import RowMapping, Select, Update, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ..domain import Call, Cost, Outcome, Record, SelfView, Step, Turn
from ..errors import EncounterOver, NotFound, StoreError
from . import rows, spending, waiting
from .engine import Database, open_database
from .reviews import Reviews
from .shelf import Shelf
from .tables import calls, contents, encounters, steps
from .tables import waiting as queue
from .trainer_tables import disputes, lessons
from .waiting import Waiting
from .whole import whole


class Store:
    """Every encounter's record. One event loop per store; any number of stores per database.

    Every method raises StoreError, with nothing half-written, when the database cannot be read
    or written just now, and NotFound (a StoreError) when there is no such record.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.waiting = Waiting(database)
        self.shelf = Shelf(database)
        self.reviews = Reviews(database)

    @classmethod
    async def open(cls, url: str, *, wait: float = 5.0) -> Store:
        """Open the database at a URL (see `default_url`), making what is missing.

        `wait` is in seconds: how long to wait for another program's lock before giving up.
        """
        return cls(await open_database(url, wait=wait))

    async def close(self) -> None:
        await self.database.close()

    # ------------------------------------------------------------------ during an encounter

    @whole
    async def begin(self, record: Record) -> None:
        """Store a new record with whatever steps it has (a retry brings some)."""
        pinned = [
            {
                "hash": record.pins.persona,
                "kind": "persona",
                "body": record.persona.model_dump_json(),
            },
            {"hash": record.pins.rubric, "kind": "rubric", "body": record.rubric.model_dump_json()},
        ]
        taken = [rows.step_row(record.id, i, step) for i, step in enumerate(record.steps)]
        async with self.database.writing() as connection:
            known = select(encounters.c.id).where(encounters.c.id == record.id)
            if await connection.scalar(known) is not None:
                raise StoreError(
                    "a record with this id is there already",
                    place=f"record {record.id}",
                    fix="start another encounter",
                )
            await connection.execute(self.database.insert_missing(contents), pinned)
            await connection.execute(insert(encounters), rows.encounter_row(record))
            if taken:
                await connection.execute(insert(steps), taken)

    @whole
    async def hear(self, record_id: str, turn: Turn) -> bool:
        """Commit a trainee turn as the next step; the draft, which became it, is cleared.

        False when this turn id is stored already, whatever its text: sent twice, stored once.
        Raises EncounterOver when the encounter has ended.
        """
        async with self.database.writing() as connection:
            ended = await _outcome(connection, record_id)
            heard = await connection.scalars(
                select(steps.c.turn_id).where(steps.c.encounter_id == record_id)
            )
            turn_ids = heard.all()
            if turn.id in turn_ids:
                return False
            if ended:
                raise EncounterOver(
                    "this encounter has ended", fix="start another, or retry from one of its turns"
                )
            row = rows.step_row(record_id, len(turn_ids), Step(trainee=turn))
            await connection.execute(insert(steps), row)
            await connection.execute(_change(record_id).values(draft=""))
        return True

    @whole
    async def save_step(self, record_id: str, index: int, step: Step) -> None:
        """Write what has been made of a trainee turn; `index` counts from 0.

        Parts that are None are left as they are, and the trainee's turn always is; what was
        shown stays (see `rows.news`). A turn that could not be graded is queued in the same
        transaction, or leaves the queue with its verdict (see `waiting`). Raises StoreError when
        the turn there is another one.
        """
        this = (steps.c.encounter_id == record_id) & (steps.c.position == index)
        async with self.database.writing() as connection:
            found = await connection.execute(select(steps).where(this).with_for_update())
            stored = found.mappings().one_or_none()
            if stored is None or stored["turn_id"] != step.trainee.id:
                raise StoreError(
                    "another turn is stored at this place, or none",
                    place=f"record {record_id}, step {index}",
                    fix="open the encounter again: it went on elsewhere",
                )
            news = rows.news(stored, step)
            if news:
                await connection.execute(update(steps).where(this).values(news))
            if step.verdict is not None and "verdict" in news:
                place, now = (record_id, index), datetime.now(UTC)
                await waiting.note(connection, self.database, place, step.verdict, now)

    @whole
    async def spend(self, record_id: str, index: int, spent: Sequence[Call], at: datetime) -> None:
        """Note the calls of models that step `index` (0-based) took."""
        async with self.database.writing() as connection:
            await spending.add(connection, record_id, index, spent, at)

    async def spent(self, record_id: str | None = None, since: datetime | None = None) -> float:
        """US dollars at list price: of one encounter, or of all since a moment. Models without
        a list price count nothing."""
        async with self.database.reading() as connection:
            return await spending.total(connection, record_id, since)

    async def costs(self, since: datetime | None = None) -> list[Cost]:
        """What models took, by role and model, dearest first."""
        async with self.database.reading() as connection:
            return await spending.by_model(connection, since)

    async def calls(self, record_id: str) -> list[tuple[int, Call]]:
        """The calls of models one encounter took, as they were made, each with its step (from
        0)."""
        async with self.database.reading() as connection:
            return await spending.of_record(connection, record_id)

    @whole
    async def finish(self, record_id: str, outcome: Outcome, at: datetime) -> None:
        """End the encounter. The first ending stays; a second changes nothing."""
        async with self.database.writing() as connection:
            if await _outcome(connection, record_id) is None:
                await connection.execute(_change(record_id).values(outcome=outcome, ended=at))

    @whole
    async def save_draft(self, record_id: str, text: str) -> None:
        """Keep what the trainee has typed and not sent."""
        await self._write(record_id, draft=text)

    @whole
    async def save_hint(self, record_id: str, hint: str) -> None:
        """Add a hint that was given."""
        async with self.database.writing() as connection:
            query = select(encounters.c.hints).where(encounters.c.id == record_id)
            given = await connection.scalar(query.with_for_update())
            if given is None:
                raise _no_such_record(record_id)
            hints = json.dumps([*json.loads(given), hint])
            await connection.execute(_change(record_id).values(hints=hints))

    @whole
    async def save_self_view(self, record_id: str, view: SelfView) -> None:
        """Keep the trainee's own view; a newer one replaces it."""
        await self._write(record_id, self_view=view.model_dump_json())

    # -------------------------------------------------------------------------- afterwards

    async def load(self, record_id: str, trainee: str | None) -> Record:
        """The record, for its trainee, or for anybody's with None (tools, the command line).

        Somebody else's record and one that never was give the same NotFound.
        """
        query = select(encounters).where(encounters.c.id == record_id)
        if trainee is not None:
            query = query.where(encounters.c.trainee == trainee)
        if found := await self._read(query):
            return found[0]
        raise _no_such_record(record_id)

    async def current(self, trainee: str) -> Record | None:
        """The trainee's newest unfinished encounter."""
        found = await self._read(
            _newest_first(trainee).where(encounters.c.outcome.is_(None)).limit(1)
        )
        return found[0] if found else None

    async def history(self, trainee: str, limit: int = 50) -> list[Record]:
        """The trainee's encounters, newest first, finished or not."""
        return await self._read(_newest_first(trainee).limit(limit))

    async def recent(self, limit: int = 50) -> list[Record]:
        """Everybody's encounters that have ended, newest first: for trainers."""
        ended = select(encounters).where(encounters.c.outcome.is_not(None))
        return await self._read(ended.order_by(encounters.c.number.desc()).limit(limit))

    async def some(self, ids: Collection[str]) -> list[Record]:
        """The records with these ids, whoever's, as far as there are any; in order of time."""
        chosen = select(encounters).where(encounters.c.id.in_(ids))
        return await self._read(chosen.order_by(encounters.c.number))

    @whole
    async def delete(self, record_id: str) -> None:
        """Delete an encounter for good, its text overwritten; nothing happens if it is gone.

        A retry of it is a record of its own, and stays, as do the pinned persona and rubric, and
        what people ruled, which is gold. What its trainee said of it goes.
        """
        own = lessons.c.id.startswith(f"{record_id}:", autoescape=True)
        async with self.database.writing() as connection:
            await connection.execute(delete(lessons).where(own))
            await connection.execute(delete(disputes).where(disputes.c.record == record_id))
            for table in (calls, queue, steps):
                await connection.execute(delete(table).where(table.c.encounter_id == record_id))
            await connection.execute(delete(encounters).where(encounters.c.id == record_id))
        await self.database.forget()

    # ---------------------------------------------------------------------------- within

    async def _write(self, record_id: str, **values: str) -> None:
        async with self.database.writing() as connection:
            done = await connection.execute(_change(record_id).values(values))
            if done.rowcount == 0:
                raise _no_such_record(record_id)

    async def _read(self, query: Select[Any]) -> list[Record]:
        """The records of some rows of `encounters`, in three queries however many there are."""
        async with self.database.reading() as connection:
            found = await _rows(connection, query)
            hashes = {row[name] for row in found for name in ("persona", "rubric")}
            ids = [row["id"] for row in found]
            bodies = await _rows(connection, select(contents).where(contents.c.hash.in_(hashes)))
            taken = await _rows(
                connection,
                select(steps).where(steps.c.encounter_id.in_(ids)).order_by(steps.c.position),
            )
        # in a thread: fifty long encounters take 0.2 s to read, and others are practising
        return await asyncio.to_thread(rows.records, found, bodies, taken)


async def _rows(connection: AsyncConnection, query: Select[Any]) -> Sequence[RowMapping]:
    return (await connection.execute(query)).mappings().all()


async def _outcome(connection: AsyncConnection, record_id: str) -> Outcome | None:
    """How the encounter ended, if it did; its row stays locked for the rest of the transaction."""
    query = select(encounters.c.outcome).where(encounters.c.id == record_id).with_for_update()
    found = (await connection.execute(query)).one_or_none()
    if found is None:
        raise _no_such_record(record_id)
    return found.outcome


def _newest_first(trainee: str) -> Select[Any]:
    return (
        select(encounters)
        .where(encounters.c.trainee == trainee)
        .order_by(encounters.c.number.desc())
    )


def _change(record_id: str) -> Update:
    return update(encounters).where(encounters.c.id == record_id)


def _no_such_record(record_id: str) -> NotFound:
    return NotFound(
        "no such record", place=f"record {record_id}", fix="choose one from your history"
    )

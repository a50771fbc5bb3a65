"""Replies that wait to be graded again: when each is due, and who is at it just now.

A reply is queued in the transaction that stores why it has no grade, and leaves in the one that
stores its verdict, so a crash can lose neither. Whoever grades one holds a lease on it, which is
renewed while they are at it and runs out by itself should they die.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from random import random

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from ..domain import Ungraded, Verdict
from ..errors import StoreError
from .engine import Database
from .tables import waiting
from .whole import whole

LEASE = timedelta(seconds=60)
"""How long a reply stays with somebody who was last heard of then."""

TRIES = 8
"""Times a reply is graded again by itself, over about two hours; then it is left to a person."""

FIRST, LONGEST = 30.0, 3_600.0
"""Seconds before the first try, and the most between two: each wait is twice the one before."""

JITTER = 0.25
"""The part of a wait that is added by chance, so that what failed together does not come back
together."""

Place = tuple[str, int]
"""A reply: the id of its record, and its step from 0."""


def pause(tries: int, retry_after: float | None, chance: float) -> float:
    """Seconds until a reply that was graded again `tries` times is due: 30, doubling to an hour,
    a little more by `chance` (0 to 1), and never before the judge said it may be asked again."""
    backoff = min(FIRST * 2**tries, LONGEST)
    return max(backoff, retry_after or 0.0) + backoff * JITTER * chance


async def note(
    connection: AsyncConnection,
    database: Database,
    place: Place,
    outcome: Verdict | Ungraded,
    now: datetime,
) -> None:
    """Queue a reply for which no verdict could be had, or let it go; in the caller's transaction.

    What a later try cannot mend (a key, a setting, a content filter) is not queued, and what was
    tried often enough keeps its place without being due.
    """
    if isinstance(outcome, Verdict) or not outcome.passing:
        await connection.execute(delete(waiting).where(_at(place)))
        return
    await _enter(connection, database, place)
    query = select(waiting.c.tries).where(_at(place)).with_for_update()
    tries = await connection.scalar(query) or 0
    due = None
    if tries < TRIES:
        due = now + timedelta(seconds=pause(tries, outcome.retry_after, random()))
    await connection.execute(update(waiting).where(_at(place)).values(due=due, leased_until=None))


class Waiting:
    """The queue. Every method raises StoreError when the database cannot be reached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, most: int) -> list[Place]:
        """Lease up to `most` replies that are due, the longest overdue first, and count the try.

        Rows that somebody else is claiming at this moment are passed over: SKIP LOCKED on
        PostgreSQL; on SQLite there is one writer at a time. The next try is set at once, so that
        a reply that takes its grader down with it is not taken up again and again. Grade each
        inside `holding`.
        """
        async with self._database.reading() as connection:  # keeps no writer waiting for nothing
            due = select(waiting.c.position).where(waiting.c.due <= now, _free(now)).limit(1)
            if (await connection.execute(due)).first() is None:
                return []
        return await self._claim(now, most)

    @whole
    async def _claim(self, now: datetime, most: int) -> list[Place]:
        claimed: list[Place] = []
        async with self._database.writing() as connection:
            found = await connection.execute(
                select(waiting.c.encounter_id, waiting.c.position, waiting.c.tries)
                .where(waiting.c.due <= now, _free(now))
                .order_by(waiting.c.due)
                .limit(most)
                .with_for_update(skip_locked=True)
            )
            for record_id, position, tries in found.all():
                place, tried = (record_id, position), tries + 1
                later = now + timedelta(seconds=pause(tried, None, random()))
                values = {"tries": tried, "due": later if tried < TRIES else None}
                await connection.execute(
                    update(waiting).where(_at(place)).values(**values, leased_until=now + LEASE)
                )
                claimed.append(place)
        return claimed

    async def given_up(self) -> list[Place]:
        """The replies that are not tried again by themselves: they wait for a person."""
        query = select(waiting.c.encounter_id, waiting.c.position).where(waiting.c.due.is_(None))
        async with self._database.reading() as connection:
            found = await connection.execute(query.where(waiting.c.tries >= TRIES))
            return [(record_id, position) for record_id, position in found]

    @whole
    async def lease(self, record_id: str, index: int) -> bool:
        """Lease a reply for somebody who asks, due or not, and even if it never was in the queue.
        False when another is grading it. Grade it inside `holding`."""
        place, now = (record_id, index), datetime.now(UTC)
        async with self._database.writing() as connection:
            await _enter(connection, self._database, place)
            taken = await connection.execute(
                update(waiting).where(_at(place), _free(now)).values(leased_until=now + LEASE)
            )
        return taken.rowcount == 1

    @asynccontextmanager
    async def holding(self, record_id: str, index: int) -> AsyncGenerator[None]:
        """Keep the lease one has on a reply for as long as the block runs; then give it back."""
        renewing = asyncio.create_task(self._renew((record_id, index)))
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.wait([renewing])
            await self._lease_until((record_id, index), None)

    async def _renew(self, place: Place) -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            with suppress(StoreError):  # there are two more chances before it runs out
                await self._lease_until(place, datetime.now(UTC) + LEASE)

    @whole
    async def _lease_until(self, place: Place, until: datetime | None) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(waiting).where(_at(place)).values(leased_until=until))


async def _enter(connection: AsyncConnection, database: Database, place: Place) -> None:
    """A place in the queue, unless it has one: not due, tried never."""
    record_id, position = place
    fresh = {"encounter_id": record_id, "position": position, "tries": 0}
    await connection.execute(database.insert_missing(waiting), [fresh])


def _at(place: Place) -> ColumnElement[bool]:
    record_id, position = place
    return (waiting.c.encounter_id == record_id) & (waiting.c.position == position)


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(waiting.c.leased_until.is_(None), waiting.c.leased_until < now)

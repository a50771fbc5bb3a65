"""Grading again what could not be graded: by itself when it is due, or because somebody asks."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .. import encounter
from ..domain import Step, Verdict
from ..errors import HotseatError
from ..llm import Seats
from ..store import Store

if TYPE_CHECKING:
    from .room import Rooms

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Replies graded again at the same time: a judge that was away should not be met by a crowd."""

LOOK = 5.0
"""Seconds between two looks at the queue."""


async def grade(store: Store, seats: Seats, record_id: str, number: int) -> Step:
    """Grade reply `number` (1-based), on which the caller has a lease; the step as it is now."""
    async with store.waiting.holding(record_id, number - 1):
        record = await store.load(record_id, None)
        record = await encounter.regrade(record, number, seats=seats, keep=store)
        return record.steps[number - 1]


async def grade_what_is_due(rooms: Rooms) -> None:
    """Take up what is due, a few at a time, until cancelled. What was being graded then is given
    back, and due again later."""
    while True:
        try:
            places = await rooms.store.waiting.claim(datetime.now(UTC), AT_ONCE)
        except HotseatError as error:
            log.warning("the queue of ungraded replies cannot be read: %s", error.problem)
            places = []
        await asyncio.gather(*(_again(rooms, *place) for place in places))
        if not places:
            await asyncio.sleep(LOOK)


async def _again(rooms: Rooms, record_id: str, index: int) -> None:
    try:
        step = await grade(rooms.store, rooms.seats, record_id, index + 1)
    except HotseatError as error:
        log.warning("record %s: a reply was not graded again: %s", record_id, error.problem)
        return
    graded = isinstance(step.verdict, Verdict)
    log.info("record %s, reply %d: %s", record_id, index + 1, "graded" if graded else "waits")
    rooms.graded(record_id, index, step)

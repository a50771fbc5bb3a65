"""Replies that trainees pass on to each other: offered, let through by a trainer, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from ..domain import Lesson, Record
from ..store import Store
from ..studio import team
from . import ruled

SHOWN = 3
"""Lessons on the start page, the newest."""


async def shown(store: Store) -> Sequence[Lesson]:
    """What the start page shows."""
    return [one for one in await store.reviews.lessons() if one.state == "shown"][:SHOWN]


async def of_record(store: Store, record: Record) -> Sequence[Lesson]:
    """What was offered of one encounter, in the order of its replies."""
    found = [one for one in await store.reviews.lessons() if one.record == record.id]
    return sorted(found, key=lambda one: one.step)


async def offer(store: Store, record: Record, asked: Mapping[str, str]) -> None:
    """Offer a reply of one's own record, or take the offer back. One that was declined is not
    asked about again."""
    step = asked.get("step", "")
    number = int(step) if step.isdecimal() and len(step) < 6 else 0
    if asked.get("how") == "back":
        await store.reviews.drop_lesson(f"{record.id}:{number}")
        return
    (told,) = await ruled.released(store, [record])
    lesson = team.lesson(told, number, asked.get("note", ""), datetime.now(UTC))
    if lesson.id not in {one.id for one in await of_record(store, record)}:
        await store.reviews.teach(lesson)

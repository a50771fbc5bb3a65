"""What the buttons of practice do. Each takes the desk, who asks, and what the form held."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from .. import encounter
from ..debrief import hint as words_of
from ..domain import INTENSITIES, SelfView
from ..errors import HotseatError
from . import chat, engines, lessons, ruled
from .follow import Slots, again_in, coached, everything
from .identity import Visitor

if TYPE_CHECKING:
    from .desk import Asked, Desk

Act = Callable[["Desk", Visitor, "Asked"], AsyncIterator[Slots]]


async def begin(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    persona = desk.personas.get(asked.get("persona", ""))
    if persona is None:
        raise HotseatError("there is no such customer", fix="Choose one from the home page.")
    scenario, intensity = asked.get("scenario", ""), asked.get("intensity", "")
    record = encounter.begin(
        persona,
        scenario if scenario in persona.scenarios else next(iter(persona.scenarios)),
        intensity if intensity in INTENSITIES else "standard",
        desk.rubric,
        trainee=who.trainee,
        seats=desk.rooms.seats,
    )
    await desk.rooms.store.begin(record)
    async for slots in desk.visit(who, f"encounter={record.id}"):
        yield slots


async def stop(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    room = await desk.rooms.enter(asked.get("record", ""), who.trainee)
    await room.stop()
    yield everything(room, desk.box())


async def hint(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """The next rung of the ladder; logged, and it costs nothing."""
    rooms, record_id = desk.rooms, asked.get("record", "")
    room = await rooms.enter(record_id, who.trainee)
    async with room.hinting:
        record = (await rooms.enter(record_id, who.trainee)).record
        rung = chat.rungs_given(record) + 1
        if rung in chat.RUNGS and words_of(record, rung):
            if rung == 3 and not rooms.seats.coach.embedded:
                box = desk.box()._replace(busy=room.answering, hinting=True)
                yield {"composer": chat.composer(record, box)}
            given = await encounter.hint(record, rung, seats=rooms.seats, keep=rooms.store)
            room.record = room.record.model_copy(update={"hints": given.hints})
    yield {"composer": chat.composer(room.record, desk.box()._replace(busy=room.answering))}


async def again(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    room = await desk.rooms.enter(asked.get("record", ""), who.trainee)
    room.trouble = ""
    async for slots in desk.show(room):
        yield slots


async def reflect(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    record = await desk.rooms.store.load(asked.get("record", ""), who.trainee)
    skipped = asked.get("how") == "skip"
    view = SelfView(
        worked="" if skipped else asked.get("worked", "").strip()[:1000],
        change="" if skipped else asked.get("change", "").strip()[:1000],
        skipped=skipped,
    )
    await desk.rooms.store.save_self_view(record.id, view)
    yield await desk.debrief(who, record.model_copy(update={"self_view": view}))


async def retry(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    record = await desk.rooms.store.load(asked.get("record", ""), who.trainee)
    step = asked.get("step", "")
    again = encounter.retry(record, int(step) if step.isdecimal() else 0, seats=desk.rooms.seats)
    await desk.rooms.store.begin(again)
    async for slots in desk.visit(who, f"encounter={again.id}"):
        yield slots


async def grade(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Grade a reply again, and show that it is being graded and what came of it, in the
    coach's rail or in the debrief: wherever it was asked for."""
    room = await desk.rooms.enter(asked.get("record", ""), who.trainee)
    number = asked.get("number", "")
    grading = room.grade_again(int(number) if number.isdecimal() else 0)

    async def shown() -> Slots:
        if asked.get("where") == "debrief":
            return await desk.debrief(who, room.record, again_in(room))
        return coached(room)

    yield await shown()
    await asyncio.shield(grading)
    yield await shown()


async def dispute(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """A trainee's word that a grade of theirs looks wrong; it waits for a trainer."""
    room = await desk.rooms.enter(asked.get("record", ""), who.trainee)
    await ruled.dispute(desk.rooms.store, room.record, asked)
    yield await desk.debrief(who, room.record, again_in(room))


async def teach(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Offer a reply to the others, or take the offer back."""
    room = await desk.rooms.enter(asked.get("record", ""), who.trainee)
    await lessons.offer(desk.rooms.store, room.record, asked)
    yield await desk.debrief(who, room.record, again_in(room))


async def check(desk: Desk, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:  # noqa: ARG001
    """Ask every seat for one word, and show the answers as they come."""
    if who.trainer:
        async for answers in engines.checked(desk.rooms.seats):
            yield await desk.settings(answers)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "begin": begin,
        "stop": stop,
        "hint": hint,
        "again": again,
        "reflect": reflect,
        "retry": retry,
        "grade": grade,
        "check": check,
        "dispute": dispute,
        "teach": teach,
    }
)
"""By what a form names in its `data-do`."""

"""Following a room from a page: the customer's line at a natural pace, then the verdict."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

from . import chat
from .chat import Again, Box
from .room import Room

Slots = dict[str, str]
"""What to show, by the name of the place it goes to."""

THINKING = 0.8
"""Seconds of dots before the first word, at a natural pace."""

SPEED, LONGEST = 42.0, 5.5
"""Characters a second that a line appears at, and the most seconds a line may take."""

FRAME = 0.09
"""Seconds between two updates: often enough to look like typing, seldom enough to be cheap."""


def everything(room: Room, box: Box) -> Slots:
    """The whole room as it stands."""
    record = room.record
    sent = record.steps[-1].trainee if record.steps and room.answering else None
    turns = tuple(t for t in record.transcript if sent is None or t.id != sent.id)
    return {
        "case": chat.case(record),
        "bar": chat.bar(record),
        "log": chat.log(record, turns),
        "live": chat.live(record, trainee=sent, text=room.said if room.answering else None),
        "composer": chat.composer(record, _now(room, box)),
        **coached(room),
    }


async def follow(room: Room, box: Box, *, paced: bool) -> AsyncIterator[Slots]:
    """Show a turn as it is played. Ends when nothing more will come, or when a newer reply was
    sent, which somebody else follows."""
    if not room.record.steps:
        return
    mine = len(room.record.steps)
    step = room.record.steps[-1]
    before = tuple(t for t in room.record.transcript if t.number < step.trainee.number)
    busy = box._replace(busy=True, heard=step.trainee.id)
    yield {
        "log": chat.log(room.record, before),
        "live": chat.live(room.record, trainee=step.trainee, text=""),
        "composer": chat.composer(room.record, busy),
        **coached(room),
    }
    async for text in _typed(room, mine, paced=paced):
        yield {"live": chat.live(room.record, trainee=step.trainee, text=text)}
    box = box._replace(heard=step.trainee.id)
    while len(room.record.steps) == mine:
        shown = room.version
        yield _settled(room, box)
        if room.version == shown and not room.tasks:
            return
        await room.changed(shown)


async def _typed(room: Room, mine: int, *, paced: bool) -> AsyncIterator[str]:
    """The customer's line as far as it should be visible, until it is whole."""
    began, shown = monotonic() + (THINKING if paced else 0), ""
    while len(room.record.steps) == mine:
        version = room.version
        whole, done = _line(room), not room.answering
        text = _cut(whole, monotonic() - began) if paced else whole
        if text != shown:
            shown = text
            yield text
        if done and text == whole:
            return
        if paced:
            await asyncio.sleep(FRAME)
        else:
            await room.changed(version)


def _line(room: Room) -> str:
    customer = room.record.steps[-1].customer
    return customer.text if customer else room.said


def _cut(whole: str, seconds: float) -> str:
    """As much of a line as would have been typed by now, in whole words."""
    speed = max(SPEED, len(whole) / LONGEST)
    typed = int(max(0.0, seconds) * speed)
    if typed >= len(whole):
        return whole
    return whole[:typed].rpartition(" ")[0]


def _settled(room: Room, box: Box) -> Slots:
    record = room.record
    return {
        "log": chat.log(record, record.transcript),
        "live": chat.live(record),
        "bar": chat.bar(record),
        "composer": chat.composer(record, _now(room, box)),
        **coached(room),
    }


def coached(room: Room) -> Slots:
    """What the coach says, in the rail and, where there is none, above the box."""
    busy, again = bool(room.tasks), again_in(room)
    return {
        "coach": chat.coach(room.record, busy=busy, again=again),
        "latest": chat.latest(room.record, busy=busy, again=again),
    }


def again_in(room: Room) -> Again:
    """What is going on with the replies of this room that have no grade."""
    return Again(tuple(room.regrading), dict(room.kept_back))


def _now(room: Room, box: Box) -> Box:
    """The box to write in, told about the room: busy, or stuck without a line."""
    steps = room.record.steps
    if room.trouble and steps and steps[-1].customer is None and not box.notice:
        line = f"The answer did not come: {room.trouble}. Your reply is kept."
        return box._replace(notice=line, stuck=True, busy=True)
    direction = steps[-1].direction if steps else None
    saying_goodbye = direction is not None and direction.ending is not None
    return box._replace(busy=room.answering or saying_goodbye)

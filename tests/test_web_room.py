"""A turn is played in its room, whatever the pages that follow it do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import playing
import pytest

from hotseat import encounter, llm
from hotseat.errors import SeatError, StoreError, TurnRefused
from hotseat.llm import Seat, Seats
from hotseat.web import chat
from hotseat.web.chat import Box
from hotseat.web.follow import everything, follow
from hotseat.web.room import Room, Rooms, unfinished


class Failing(Seat):
    """A seat whose engine fails as often as it is told to, and then works."""

    def __init__(self, times: int) -> None:
        super().__init__()
        object.__setattr__(self, "left", [None] * times)

    def model(self, brief: object, attempt: int = 0) -> object:  # type: ignore[override]
        if self.left:  # type: ignore[attr-defined]
            self.left.pop()  # type: ignore[attr-defined]
            raise SeatError("the model did not answer")
        return super().model(brief)  # type: ignore[arg-type]


@asynccontextmanager
async def entered(folder: Path, seats: Seats | None = None) -> AsyncIterator[tuple[Rooms, Room]]:
    rooms = Rooms(seats or llm.seats({}), playing.url(folder))
    async with rooms.open():
        record = playing.begun()
        await rooms.store.begin(record)
        yield rooms, await rooms.enter(record.id, record.trainee)


async def settled(room: Room) -> None:
    while room.tasks:
        await room.changed(room.version)


def test_a_slow_page_still_ends_on_the_last_news(tmp_path: Path) -> None:
    """What happens while the page is busy showing something is not lost."""

    async def run() -> None:
        for pause in (0.0, 0.02, 0.2):
            async with entered(tmp_path / str(pause)) as (_, room):
                await room.say(playing.GOOD[0], chat.turn_id(room.record))
                shown = ""
                async for slots in follow(room, Box(), paced=False):
                    shown = slots.get("coach", shown)
                    await asyncio.sleep(pause)
                assert "Reviewing" not in shown

    asyncio.run(run())


def test_a_turn_is_finished_although_nobody_follows(tmp_path: Path) -> None:
    async def run() -> None:
        async with entered(tmp_path) as (rooms, room):
            await room.say(playing.GOOD[0], chat.turn_id(room.record))
            await settled(room)
            kept = await rooms.store.load(room.record.id, room.record.trainee)
            assert kept.steps[0].customer is not None
            assert kept.steps == room.record.steps

    asyncio.run(run())


def test_the_same_reply_twice_is_taken_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with entered(tmp_path) as (_, room):
            first = chat.turn_id(room.record)
            await room.say("Hello Dana.", first)
            await room.say("Hello Dana.", first)
            await settled(room)
            await room.say("Hello Dana.", first)
            assert len(room.record.steps) == 1

    asyncio.run(run())


def test_another_reply_is_refused_while_the_customer_answers_and_from_a_stale_tab(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with entered(tmp_path) as (_, room):
            first = chat.turn_id(room.record)
            await room.say("Hello Dana.", first)
            with pytest.raises(TurnRefused, match="still answering"):
                await room.say("And another thing.", chat.turn_id(room.record))
            await settled(room)
            with pytest.raises(TurnRefused, match="another tab"):
                await room.say("Something else.", first)
            assert len(room.record.steps) == 1

    asyncio.run(run())


def test_a_refused_reply_leaves_the_room_ready(tmp_path: Path) -> None:
    async def run() -> None:
        async with entered(tmp_path) as (_, room):
            for text in ("", "  \n", "x" * 5000):
                with pytest.raises(TurnRefused):
                    await room.say(text, chat.turn_id(room.record))
            assert not room.answering
            assert room.record.steps == ()

    asyncio.run(run())


def test_a_line_that_does_not_come_can_be_asked_for_again(tmp_path: Path) -> None:
    seats = Seats(Failing(2), Seat())  # type: ignore[arg-type]

    async def run() -> None:
        async with entered(tmp_path, seats) as (rooms, room):
            await room.say("Hello Dana.", chat.turn_id(room.record))
            await settled(room)
            assert room.trouble == "the model did not answer"
            shown = everything(room, Box())["composer"]
            assert "Your reply is kept." in shown
            assert "Try again" in shown
            with pytest.raises(TurnRefused, match="has not answered"):
                await room.say("Hello?", chat.turn_id(room.record))
            again = await rooms.enter(room.record.id, room.record.trainee)
            await again.finish_step()
            await settled(again)
            assert again.record.steps[0].customer is not None
            assert not again.trouble

    asyncio.run(run())


def test_what_a_crash_left_half_done_is_finished_on_the_next_visit(tmp_path: Path) -> None:
    async def run() -> None:
        async with entered(tmp_path) as (rooms, room):
            record = room.record
            turns = encounter.turn(record, "Hello Dana.", seats=rooms.seats, keep=rooms.store)
            async for event in turns:
                assert isinstance(event, encounter.Heard)
                break
            room = await rooms.enter(record.id, record.trainee)
            assert unfinished(room.record)
            await room.finish_step()
            await settled(room)
            assert not unfinished(room.record)
            assert room.record.steps[0].customer is not None

    asyncio.run(run())


def test_a_stranger_cannot_enter(tmp_path: Path) -> None:
    async def run() -> None:
        async with entered(tmp_path) as (rooms, room):
            await room.say("Hello Dana.", chat.turn_id(room.record))
            with pytest.raises(StoreError):
                await rooms.enter(room.record.id, "browser:somebody-else")
            await settled(room)

    asyncio.run(run())


def test_stopping_while_the_customer_answers_ends_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with entered(tmp_path) as (rooms, room):
            await room.say("Hello Dana.", chat.turn_id(room.record))
            await room.stop()
            kept = await rooms.store.load(room.record.id, room.record.trainee)
            assert kept.outcome == room.record.outcome == "stopped"
            assert "You ended it" in everything(room, Box())["live"]

    asyncio.run(run())


def test_following_shows_the_reply_the_line_and_the_verdict(tmp_path: Path) -> None:
    async def run() -> None:
        async with entered(tmp_path) as (_, room):
            await room.say(playing.GOOD[0], chat.turn_id(room.record))
            seen = [slots async for slots in follow(room, Box(), paced=False)]
            line = room.record.steps[0].customer
            assert line
            assert "Reviewing…" in seen[0]["coach"]
            assert 'data-busy="yes"' in seen[0]["composer"]
            assert "1 strength" in seen[-1]["coach"]
            assert 'data-busy=""' in seen[-1]["composer"]
            assert seen[-1]["log"].count('class="turn') == 3

    asyncio.run(run())


def test_at_a_natural_pace_the_words_come_one_after_another(tmp_path: Path) -> None:
    async def run() -> None:
        async with entered(tmp_path) as (_, room):
            await room.say(playing.GOOD[0], chat.turn_id(room.record))
            frames = [s["live"] async for s in follow(room, Box(), paced=True) if "log" not in s]
            assert len(frames) > 5
            assert [len(f) for f in frames] == sorted(len(f) for f in frames)

    asyncio.run(run())

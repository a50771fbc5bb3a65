"""Grading again what could not be graded: from the queue, the coach's rail and the debrief."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import playing

from hotseat import llm
from hotseat.catalog.loaded import Content
from hotseat.domain import Ungraded, Verdict
from hotseat.errors import FaultKind, SeatError
from hotseat.llm import Seat, Seats
from hotseat.llm.faults import fault
from hotseat.llm.tries import TRIES
from hotseat.store import Store
from hotseat.web import grading
from hotseat.web.chat import turn_id
from hotseat.web.desk import Desk
from hotseat.web.follow import Slots
from hotseat.web.identity import Visitor
from hotseat.web.room import Room, Rooms

ME = Visitor("browser:t")


class Judge(Seat):
    """A judge that fails until it is `well`, and counts how often it was asked."""

    def __init__(self, kind: FaultKind = "away") -> None:
        super().__init__(role="judge")
        object.__setattr__(self, "state", {"asked": 0, "well": False, "kind": kind})

    @property
    def asked(self) -> int:
        return self.state["asked"]  # type: ignore[attr-defined]

    def recover(self) -> None:
        self.state["well"] = True  # type: ignore[attr-defined]

    def model(self, brief: object, attempt: int = 0) -> object:  # type: ignore[override]
        state = self.state  # type: ignore[attr-defined]
        state["asked"] += 1
        if not state["well"]:
            raise fault(state["kind"])
        return super().model(brief)  # type: ignore[arg-type]


@asynccontextmanager
async def practised(folder: Path, judge: Judge) -> AsyncIterator[tuple[Desk, Room]]:
    """An encounter whose first reply the judge failed to grade."""
    rooms = Rooms(Seats(llm.seats({}).customer, judge), playing.url(folder))
    async with rooms.open():
        desk = Desk(rooms, Content(), pace=False)
        record = playing.begun()
        await rooms.store.begin(record)
        room = await rooms.enter(record.id, record.trainee)
        await room.say(playing.GOOD[0], turn_id(record))
        while room.tasks:
            await room.changed(room.version)
        assert isinstance(room.record.steps[0].verdict, Ungraded)
        yield desk, room


async def queue(rooms: Rooms, done: Callable[[], bool]) -> None:
    """Run the queue until something is so. Looking is done in a thread: it may have to wait for
    a write that needs this one to finish."""
    running = asyncio.create_task(grading.grade_what_is_due(rooms))
    while not await asyncio.to_thread(done) and not running.done():
        await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])


def make_due(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "records.sqlite")) as file, file:
        file.execute("update waiting set due = '2020-01-01 00:00:00.000000'")


def waiting(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "records.sqlite")) as file:
        return file.execute("select tries, leased_until from waiting").fetchall()


async def frames(answers: AsyncIterator[Slots]) -> list[Slots]:
    return [slots async for slots in answers]


def is_graded(room: Room) -> bool:
    return isinstance(room.record.steps[0].verdict, Verdict)


def test_what_could_not_be_graded_is_graded_by_itself_once_it_is_due(tmp_path: Path) -> None:
    async def run() -> None:
        judge = Judge()
        async with practised(tmp_path, judge) as (desk, room):
            judge.recover()
            make_due(tmp_path)
            mood = room.record.steps[0].settled
            await queue(desk.rooms, lambda: is_graded(room))
            kept = await desk.rooms.store.load(room.record.id, ME.trainee)
            assert kept.steps == room.record.steps
            assert kept.steps[0].settled == mood
            assert waiting(tmp_path) == []

    asyncio.run(run())


def test_a_judge_that_is_still_away_is_left_alone_for_longer(tmp_path: Path) -> None:
    async def run() -> None:
        judge = Judge()
        async with practised(tmp_path, judge) as (desk, _):
            make_due(tmp_path)
            await queue(desk.rooms, lambda: waiting(tmp_path) == [(1, None)])
            assert judge.asked == 2 * TRIES

    asyncio.run(run())


def test_two_servers_on_one_database_ask_the_judge_once(tmp_path: Path) -> None:
    async def run() -> None:
        judge = Judge()
        async with practised(tmp_path, judge) as (desk, room):
            judge.recover()
            make_due(tmp_path)
            before = judge.asked
            other = Rooms(desk.rooms.seats, playing.url(tmp_path))
            async with other.open():
                done = lambda: waiting(tmp_path) == []  # noqa: E731
                await asyncio.gather(queue(desk.rooms, done), queue(other, done))
            assert judge.asked == before + 1
            room.record = await desk.rooms.store.load(room.record.id, None)
            assert is_graded(room)

    asyncio.run(run())


def test_what_was_being_graded_when_the_server_stops_is_given_back(tmp_path: Path) -> None:
    async def run() -> None:
        judge = Judge()
        async with practised(tmp_path, judge) as (desk, _):
            make_due(tmp_path)
            before = judge.asked
            object.__setattr__(judge, "model", Stuck(judge))
            await queue(desk.rooms, lambda: judge.asked > before)
            assert waiting(tmp_path) == [(1, None)]

    asyncio.run(run())


class Stuck:
    """A judge that says it is busy and asks for a wait, during which the server is stopped."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def __call__(self, brief: object, attempt: int = 0) -> object:
        self._judge.state["asked"] += 1  # type: ignore[attr-defined]
        raise SeatError("busy", kind="busy", retry_after=15)


def test_the_coach_shows_that_a_reply_is_graded_again_and_what_came_of_it(tmp_path: Path) -> None:
    async def run() -> None:
        judge = Judge("key")
        async with practised(tmp_path, judge) as (desk, room):
            shown = await frames(desk.look(ME, {"record": room.record.id}))
            assert "did not accept the key" in shown[-1]["coach"]
            assert "Grade again" in shown[-1]["coach"]
            assert waiting(tmp_path) == []
            judge.recover()
            asked = {"do": "grade", "record": room.record.id, "number": "1", "where": "coach"}
            first, *_, last = await frames(desk.act(ME, asked))
            assert "Grading it again…" in first["coach"]
            assert "Grade again" not in last["coach"]
            assert "Strength" in last["coach"] or "To try" in last["coach"]
            assert is_graded(room)

    asyncio.run(run())


def test_a_reply_that_cannot_be_graded_again_says_why_in_words(tmp_path: Path) -> None:
    async def run() -> None:
        async with practised(tmp_path, Judge()) as (desk, room):
            asked = {"do": "grade", "record": room.record.id, "number": "1", "where": "coach"}
            *_, last = await frames(desk.act(ME, asked))
            assert "Not graded: the model did not answer." in last["coach"]
            assert "Grade again" in last["coach"]
            other = await Store.open(playing.url(tmp_path))
            assert await other.waiting.lease(room.record.id, 0)
            *_, last = await frames(desk.act(ME, asked))
            await other.close()
            assert "somebody else is grading it just now" in last["coach"]

    asyncio.run(run())


def test_a_second_click_joins_the_first(tmp_path: Path) -> None:
    async def run() -> None:
        judge = Judge()
        async with practised(tmp_path, judge) as (_, room):
            judge.recover()
            before = judge.asked
            assert room.grade_again(1) is room.grade_again(1)
            await room.grade_again(1)
            assert judge.asked == before + 1

    asyncio.run(run())


def test_a_reply_is_graded_again_from_the_debrief(tmp_path: Path) -> None:
    async def run() -> None:
        judge = Judge()
        async with practised(tmp_path, judge) as (desk, room):
            await room.stop()
            skip = {"do": "reflect", "record": room.record.id, "how": "skip"}
            (told,) = await frames(desk.act(ME, skip))
            assert "1 reply is not graded yet; it counts neither way." in told["page"]
            judge.recover()
            asked = {"do": "grade", "record": room.record.id, "number": "1", "where": "debrief"}
            first, *_, last = await frames(desk.act(ME, asked))
            assert "is being graded again…" in first["page"]
            assert "not graded yet" not in last["page"]

    asyncio.run(run())


def test_only_its_trainee_can_have_a_reply_graded_and_only_one_there_is(tmp_path: Path) -> None:
    async def run() -> None:
        judge = Judge()
        async with practised(tmp_path, judge) as (desk, room):
            before = judge.asked
            asked = {"do": "grade", "record": room.record.id, "where": "debrief"}
            for who, number in ((Visitor("browser:x"), "1"), (ME, "2"), (ME, "-1"), (ME, "x")):
                (shown,) = await frames(desk.act(who, {**asked, "number": number}))
                assert shown.keys() == {"wire"}
            assert judge.asked == before

    asyncio.run(run())

"""What the page may ask for: every request is checked against who asks."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import playing
import pytest

from hotseat import llm
from hotseat.catalog.loaded import Content
from hotseat.store import Store
from hotseat.web.desk import Desk
from hotseat.web.follow import Slots
from hotseat.web.identity import Visitor
from hotseat.web.room import Rooms

ME, STRANGER = Visitor("browser:me"), Visitor("browser:stranger")


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    rooms = Rooms(llm.seats({}), playing.url(folder))
    async with rooms.open():
        yield Desk(rooms, Content(), pace=False)


async def last(answers: AsyncIterator[Slots]) -> Slots:
    """Everything shown, the later over the earlier."""
    shown: Slots = {}
    async for slots in answers:
        shown |= slots
    return shown


async def begin(at: Desk, who: Visitor = ME) -> str:
    """Begin an encounter through the page; its record id."""
    asked = {"do": "begin", "persona": "late_gift", "intensity": "mild"}
    shown = await last(at.act(who, asked))
    address: str = json.loads(shown["wire"])["address"]
    return address.removeprefix("?encounter=")


def test_a_strangers_request_for_an_encounter_shows_nothing_of_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            record = await begin(at)
            asked = {"record": record, "text": "Hello", "turn_id": f"{record}:1", "step": "1"}
            everything = [
                at.go(STRANGER, {"query": f"?encounter={record}"}),
                at.go(STRANGER, {"query": f"?debrief={record}"}),
                at.say(STRANGER, asked),
                at.look(STRANGER, asked),
                at.draft(STRANGER, {**asked, "text": "changed"}),
                *(
                    at.act(STRANGER, {**asked, "do": act})
                    for act in ("stop", "hint", "again", "reflect", "retry", "grade")
                ),
            ]
            for answers in everything:
                assert "Dana" not in " ".join((await last(answers)).values())
            kept = await at.rooms.store.load(record, ME.trainee)
            assert (kept.steps, kept.outcome, kept.draft, kept.hints) == ((), None, "", ())

    asyncio.run(run())


@pytest.mark.parametrize(
    "query",
    ["", "?", "?meet=nobody", "?encounter=", "?encounter=../x", "?a=1&a=2", "%00", "?debrief=%ff"],
)
def test_an_address_that_names_nothing_leads_somewhere_harmless(tmp_path: Path, query: str) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            shown = await last(at.go(ME, {"query": query}))
            assert 'id="title"' in shown["page"]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("query", "heading"),
    [("?meet=nope", "No such customer"), ("?encounter=nope", "No such encounter")],
)
def test_an_address_of_something_that_is_not_there_says_so(
    tmp_path: Path, query: str, heading: str
) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            shown = await last(at.go(ME, {"query": query}))
            assert heading in shown["page"]
            assert heading in json.loads(shown["wire"])["title"]

    asyncio.run(run())


def test_a_database_that_cannot_be_read_is_not_taken_for_an_encounter_that_is_not_there(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            record = await begin(at)
            with closing(sqlite3.connect(tmp_path / "records.sqlite")) as other, other:
                other.execute("update encounters set opening = '{}'")
            shown = await last(at.go(ME, {"query": f"?encounter={record}"}))
            assert "cannot be read by this version" in shown["page"]

    asyncio.run(run())


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"do": "nothing"},
        {"do": "begin"},
        {"do": "begin", "persona": "nobody"},
        {"do": "retry", "record": "x", "step": "1"},
        {"do": "reflect", "record": "x"},
    ],
)
def test_a_request_for_nothing_real_changes_nothing(tmp_path: Path, asked: dict[str, str]) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            await last(at.act(ME, asked))
            assert await at.rooms.store.history(ME.trainee) == []

    asyncio.run(run())


def test_an_unknown_scenario_or_intensity_falls_back_to_the_usual(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            asked = {"do": "begin", "persona": "late_gift", "scenario": "x", "intensity": "x"}
            await last(at.act(ME, asked))
            record = await at.rooms.store.current(ME.trainee)
            assert record
            assert (record.scenario_id, record.intensity) == ("birthday", "standard")

    asyncio.run(run())


@pytest.mark.parametrize("step", ["0", "9", "-1", "one", ""])
def test_a_retry_from_a_reply_that_is_none_is_told(tmp_path: Path, step: str) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            record = await begin(at)
            shown = await last(at.act(ME, {"do": "retry", "record": record, "step": step}))
            assert "no reply" in json.loads(shown["wire"])["notice"]

    asyncio.run(run())


def test_a_reply_that_cannot_be_stored_is_refused_and_can_be_sent_again(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            record = await begin(at)
            asked = {"record": record, "text": "Hello Dana.", "turn_id": f"{record}:1"}
            with closing(sqlite3.connect(tmp_path / "records.sqlite")) as other:
                other.execute("BEGIN EXCLUSIVE")
                refused = await last(at.say(ME, asked))
            assert json.loads(refused["wire"])["notice"]
            assert refused.keys() == {"wire"}
            assert (await at.rooms.store.load(record, ME.trainee)).steps == ()
            await last(at.say(ME, asked))
            assert len((await at.rooms.store.load(record, ME.trainee)).steps) == 1

    asyncio.run(run())


def test_the_self_view_is_kept_and_cut_to_what_fits(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            store: Store = at.rooms.store
            record = await playing.played(store, playing.GOOD[:1], trainee=ME.trainee)
            asked = {"do": "reflect", "record": record.id, "worked": "w" * 3000, "how": "save"}
            shown = await last(at.act(ME, asked))
            assert "Satisfaction, simulated" in shown["page"]
            kept = await store.load(record.id, ME.trainee)
            assert kept.self_view
            assert len(kept.self_view.worked) == 1000

    asyncio.run(run())


def test_typing_pace_starts_as_the_desk_says(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            record = await begin(at)
            shown = await last(at.go(ME, {"query": f"?encounter={record}"}))
            assert 'data-setting="pace">' in shown["composer"]

    asyncio.run(run())


def test_two_hints_asked_for_at_once_are_two_rungs(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            asked = {"do": "hint", "record": await begin(at)}
            await asyncio.gather(*(last(at.act(ME, asked)) for _ in range(4)))
            record = await at.rooms.store.load(asked["record"], ME.trainee)
            assert record.hints == ("1:1", "1:2", "1:3")

    asyncio.run(run())

"""The team's page, and a lesson on its way from a debrief to everybody's start page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import playing
import pytest

from hotseat import llm
from hotseat.catalog.loaded import Content
from hotseat.domain import Record, SelfView
from hotseat.web.desk import Desk
from hotseat.web.follow import Slots
from hotseat.web.identity import Visitor
from hotseat.web.room import Rooms
from hotseat.web.studio_team import called

TESS, SAM = Visitor("name:Tess"), Visitor("name:Sam")
MO = Visitor("name:Mo", trainer=True)


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[tuple[Desk, Record]]:
    """The page's server side, and a good encounter of Tess's."""
    rooms = Rooms(llm.seats({}), playing.url(folder))
    async with rooms.open():
        record = await playing.played(rooms.store, trainee=TESS.trainee)
        await rooms.store.save_self_view(record.id, SelfView(skipped=True))
        yield Desk(rooms, Content(), pace=False), record


async def last(answers: AsyncIterator[Slots]) -> Slots:
    shown: Slots = {}
    async for slots in answers:
        shown |= slots
    return shown


def notice(shown: Slots) -> str:
    told: str = json.loads(shown["wire"]).get("notice", "")
    return told


async def home(at: Desk, who: Visitor = SAM) -> str:
    return (await last(at.go(who, {"query": ""})))["page"]


def test_a_lesson_is_offered_let_through_shown_and_taken_back(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            reply = record.steps[1].trainee.text
            offer = {"do": "teach", "record": record.id, "step": "2", "note": "A clear date."}
            assert "waits for a trainer" in (await last(at.act(TESS, offer)))["page"]
            assert "A clear date." not in await home(at)

            shown = await last(at.go(MO, {"query": "?team=1"}))
            assert "A clear date." in shown["page"]
            decided = {"do": "team-lesson", "id": f"{record.id}:2"}
            await last(at.act(MO, {**decided, "how": "show"}))
            told = await home(at)
            assert "A clear date." in told
            assert reply[:40] in told.replace("&#39;", "'")
            assert "Tess" not in told

            await last(at.act(MO, {**decided, "how": "decline"}))
            assert "A clear date." not in await home(at)
            again = (await last(at.act(TESS, offer)))["page"]
            assert "was not taken up" in again
            await last(at.act(MO, {**decided, "how": "show"}))
            await last(at.act(TESS, {**offer, "how": "back"}))
            assert await at.rooms.store.reviews.lessons() == []
            assert "taken back" in notice(await last(at.act(MO, {**decided, "how": "show"})))

    asyncio.run(run())


@pytest.mark.parametrize("how", ["", "back"])
def test_nobody_offers_or_takes_back_somebody_elses_reply(tmp_path: Path, how: str) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            offer = {"do": "teach", "record": record.id, "step": "2"}
            await last(at.act(TESS, offer))
            assert notice(await last(at.act(SAM, {**offer, "how": how})))
            assert len(await at.rooms.store.reviews.lessons()) == 1

    asyncio.run(run())


def test_the_team_page_has_bands_and_no_scores_and_says_who_sees_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, _):
            for _number in range(2):
                await playing.played(at.rooms.store, trainee=TESS.trainee)
            await playing.played(at.rooms.store, trainee="browser:0123456789abcdef")
            shown = (await last(at.go(MO, {"query": "?team=1"})))["page"]
            assert "Tess" in shown
            assert "Trainee 0123" in shown
            assert "0123456789" not in shown
            assert "Solid" in shown
            assert "Fewer than five" in shown
            assert "Trainers see this page" in shown
            part = (await last(at.go(MO, {"query": "?team=1&section=Solve"})))["page"]
            assert "Say by when" in part

    asyncio.run(run())


def test_nobody_but_a_trainer_sees_the_team_or_lets_a_lesson_through(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            await last(at.act(TESS, {"do": "teach", "record": record.id, "step": "2"}))
            assert "for trainers" in (await last(at.go(TESS, {"query": "?team=1"})))["page"]
            show = {"do": "team-lesson", "id": f"{record.id}:2", "how": "show"}
            assert "for trainers" in notice(await last(at.act(TESS, show)))
            assert [one.state for one in await at.rooms.store.reviews.lessons()] == ["offered"]

    asyncio.run(run())


def test_people_are_called_by_their_sign_in_or_by_a_pseudonym() -> None:
    assert called("name:Tess") == "Tess"
    assert called("browser:0123456789abcdef") == "Trainee 0123"

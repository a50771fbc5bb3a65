"""Who is let into the studio: every place and every act of it asks."""

from __future__ import annotations

import asyncio
from pathlib import Path

import playing

from hotseat import llm
from hotseat.catalog.loaded import Content
from hotseat.web.desk import Desk
from hotseat.web.identity import Visitor
from hotseat.web.room import Rooms
from hotseat.web.studio_places import ACTS, PLACES

TESS = Visitor("name:Tess")


def test_no_place_and_no_act_of_the_studio_answers_anybody_but_a_trainer(tmp_path: Path) -> None:
    async def run() -> None:
        rooms = Rooms(llm.seats({}), playing.url(tmp_path))
        async with rooms.open():
            desk = Desk(rooms, Content(), pace=False)
            record = await playing.played(rooms.store, ("Sorry.",), trainee="name:Mo")
            about = {"record": record.id, "step": "1", "criterion": "recap", "id": record.id}
            assert PLACES
            assert ACTS
            for key in PLACES:
                for value in ("1", "late_gift", "service_recovery"):
                    query = f"?{key}={value}&record={record.id}&step=1&criterion=recap"
                    shown = [slots async for slots in desk.go(TESS, {"query": query})]
                    assert "The studio is for trainers" in shown[-1]["page"], query
            for do in ACTS:
                shown = [slots async for slots in desk.act(TESS, {"do": do, **about})]
                assert [set(slots) for slots in shown] == [{"wire"}], do
                assert "for trainers" in shown[0]["wire"], do
            assert await rooms.store.reviews.looks(record.id) == []

    asyncio.run(run())

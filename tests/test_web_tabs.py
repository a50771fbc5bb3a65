"""An answer that is still coming never writes over what a tab has gone on to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from hotseat.web import tabs
from hotseat.web.follow import Slots
from hotseat.web.tabs import Tab, Tabs, newest


async def answers(*frames: Slots) -> AsyncIterator[Slots]:
    for frame in frames:
        yield frame


async def shown(tab: Tab, visit: int, *frames: Slots) -> list[Slots]:
    return [slots async for slots in newest(answers(*frames), tab, visit)]


def test_an_older_answer_stops_once_a_newer_view_was_shown() -> None:
    async def run() -> None:
        tab = Tab()
        old = newest(answers({"log": "1"}, {"log": "2"}), tab, 1)
        assert await anext(old) == {"log": "1"}
        going = asyncio.create_task(shown(tab, 2, {"page": "home"}))
        await asyncio.sleep(0)
        assert not going.done()  # the first frame of the old answer is still on its way
        assert [frame async for frame in old] == []
        assert await going == [{"page": "home"}]
        assert await shown(tab, 1, {"log": "3"}) == []

    asyncio.run(run())


@pytest.mark.parametrize("place", sorted(tabs.QUIET))
def test_a_notice_a_hint_or_a_late_grade_does_not_end_what_is_streaming(place: str) -> None:
    async def run() -> None:
        tab = Tab()
        await shown(tab, 1, {"log": "1"})
        assert await shown(tab, 2, {place: "x"}) == [{place: "x"}]
        assert await shown(tab, 1, {"log": "2"}) == [{"log": "2"}]

    asyncio.run(run())


def test_a_frame_whose_connection_died_does_not_hold_the_tab_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def run() -> None:
        monkeypatch.setattr(tabs, "PATIENCE", 0.01)
        tab = Tab()
        stuck = newest(answers({"log": "1"}, {"log": "2"}), tab, 1)
        await anext(stuck)
        assert await shown(tab, 2, {"page": "home"}) == [{"page": "home"}]

    asyncio.run(run())


def test_the_tab_that_was_quiet_longest_is_forgotten_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tabs, "MOST", 2)
    known = Tabs()
    first, second = known.tab("a"), known.tab("b")
    assert known.tab("a") is first
    known.tab("c")
    assert known.tab("a") is first
    assert known.tab("b") is not second

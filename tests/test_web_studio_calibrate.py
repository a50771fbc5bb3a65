"""Calibration: labels are given blind, and what they say comes out once two have finished."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import browsing
import playing
import pytest
from playwright.sync_api import expect

from hotseat import llm
from hotseat.catalog.loaded import Content
from hotseat.store import Store
from hotseat.web.desk import Desk
from hotseat.web.follow import Slots
from hotseat.web.identity import Visitor
from hotseat.web.room import Rooms

ROOT = Path(__file__).parent.parent
MO, ANN = Visitor("name:Mo", trainer=True), Visitor("name:Ann", trainer=True)
ABOUT = "acknowledge_feelings"
REPLIES = (
    "I can see how upsetting it is that the present is late. I am sorry about it.",
    "I understand your frustration. I will send a new one today.",
    "It will be with you on Friday.",
)


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    """The page's server side over a copy of the content, and one encounter of three replies."""
    for name in ("personas", "rubrics"):
        shutil.copytree(ROOT / name, folder / "content" / name)
    rooms = Rooms(llm.seats({}), playing.url(folder))
    async with rooms.open():
        await playing.played(rooms.store, REPLIES, trainee="name:Tess")
        yield Desk(rooms, Content(folder / "content"), pace=False)


async def last(answers: AsyncIterator[Slots]) -> Slots:
    shown: Slots = {}
    async for slots in answers:
        shown |= slots
    return shown


def notice(shown: Slots) -> str:
    told: str = json.loads(shown["wire"]).get("notice", "")
    return told


async def start(at: Desk, who: Visitor, about: str = ABOUT) -> Slots:
    return await last(at.act(who, {"do": "calibrate-begin", "as": "me", "about": about}))


async def give(at: Desk, who: Visitor, shown: Slots, level: str, quote: str = "") -> Slots:
    """Label what is shown, as its form would."""
    fields = dict(re.findall(r'name="(as|about|item|criterion)" value="([^"]*)"', shown["aside"]))
    asked = {"do": "calibrate-label", **fields, "level": level, "quote": quote}
    return await last(at.act(who, asked))


async def label_all(at: Desk, who: Visitor, *levels: str) -> Slots:
    shown = await start(at, who)
    for level in levels:
        shown = await give(at, who, shown, level)
    return shown


def test_who_labels_sees_neither_the_judges_grade_nor_the_others_labels(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            await label_all(at, MO, "met", "partly", "missed")
            shown = await start(at, ANN)
            for _ in REPLIES:
                told = shown["page"] + shown["aside"]
                assert not re.search(r"\bMo\b", re.sub(r"<[^>]+>", " ", told))
                assert 'aria-pressed="true"' not in told
                assert "lvl" not in told
                shown = await give(at, ANN, shown, "met")
            assert "That was all of it" in shown["page"]

    asyncio.run(run())


def test_the_results_stay_shut_until_two_have_finished_and_while_one_is_at_it(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            results = {"query": f"?calibrate=1&about={ABOUT}&results=1"}
            await label_all(at, MO, "met", "met", "missed")
            assert "two people have to finish" in (await last(at.go(MO, results)))["page"].lower()
            await label_all(at, ANN, "met", "partly")
            assert "not finished labelling" in (await last(at.go(ANN, results)))["page"].lower()
            await label_all(at, ANN, "missed")
            shown = (await last(at.go(ANN, results)))["page"]
            assert "Ann and Mo labelled 3 grades each, blind" in shown
            assert "Where you differ most" in shown

    asyncio.run(run())


def test_labelling_goes_on_where_it_was_left_and_the_newest_label_can_be_taken_back(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            await label_all(at, MO, "met")
            assert "2 of 3, 1 labelled" in re.sub(r"<[^>]+>", "", (await start(at, MO))["page"])
            undone = {"do": "calibrate-undo", "as": "me", "about": ABOUT}
            shown = await last(at.act(MO, undone))
            assert "1 of 3, 0 labelled" in re.sub(r"<[^>]+>", "", shown["page"])
            assert await at.rooms.store.reviews.labels() == []
            assert "nothing to undo" in notice(await last(at.act(MO, undone))).lower()

    asyncio.run(run())


def test_a_quote_has_to_be_in_the_reply_and_a_label_in_the_queue(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            shown = await start(at, MO)
            refused = await give(at, MO, shown, "met", "words that nobody said")
            assert "not in this reply" in notice(refused)
            assert notice(await give(at, MO, shown, "ungraded"))
            asked = {"do": "calibrate-label", "as": "me", "item": "x:1", "criterion": ABOUT}
            assert notice(await last(at.act(MO, {**asked, "level": "met"})))
            assert await at.rooms.store.reviews.labels() == []

    asyncio.run(run())


def test_a_signed_in_trainer_labels_under_their_own_name_whatever_the_form_says(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            shown = await start(at, MO)
            forged = {
                "aside": shown["aside"].replace('name="as" value="Mo"', 'name="as" value="Ann"')
            }
            assert forged != {"aside": shown["aside"]}
            await give(at, MO, forged, "met")
            (label,) = await at.rooms.store.reviews.labels()
            assert label.rater == f"blind {ABOUT}: Mo"

    asyncio.run(run())


def test_nobody_labels_replies_of_their_own_and_nobody_but_trainers_labels(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            tess = Visitor("name:Tess", trainer=True)
            assert "nothing to label" in (await start(at, tess))["page"].lower()
            stranger = await start(at, tess._replace(trainer=False))
            assert "for trainers" in notice(stranger)
            shown = await last(at.go(tess._replace(trainer=False), {"query": "?calibrate=1"}))
            assert "for trainers" in shown["page"]

    asyncio.run(run())


def test_making_a_criterion_advisory_goes_into_the_draft_and_no_further(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            await label_all(at, MO, "met", "met", "missed")
            await label_all(at, ANN, "met", "partly", "missed")
            file = tmp_path / "content" / "rubrics" / "service_recovery.yaml"
            before = file.read_text()
            asked = {"do": "calibrate-advise", "about": ABOUT, "criterion": ABOUT, "value": "true"}
            shown = await last(at.act(MO, asked))
            assert "in your draft of the rubric" in shown["page"]
            assert file.read_text() == before
            draft = await at.rooms.store.shelf.draft("rubric", "service_recovery", "Mo")
            assert draft is not None
            assert draft.text.count("advisory: true") == 1
            await last(at.act(MO, {**asked, "value": "false"}))
            draft = await at.rooms.store.shelf.draft("rubric", "service_recovery", "Mo")
            assert draft is not None
            assert "advisory" not in draft.text

    asyncio.run(run())


@pytest.mark.browser
def test_two_label_with_the_keyboard_and_then_see_how_far_they_agree(
    tmp_path: Path, chromium: str
) -> None:
    async def seed() -> None:
        store = await Store.open(playing.url(tmp_path))
        await playing.played(store, REPLIES, trainee="browser:somebody")
        await store.close()

    asyncio.run(seed())
    with (
        browsing.served(playing.url(tmp_path)) as address,
        browsing.opened(address, chromium) as open_page,
    ):
        page = open_page("?calibrate=1")
        for rater, keys in (("Ann", "330"), ("Mo", "320")):
            page.goto(f"{address}?calibrate=1")
            page.get_by_label("Who labels").fill(rater)
            page.get_by_label("What about").select_option(ABOUT)
            page.get_by_role("button", name="Begin, or go on").click()
            expect(page.locator(".place")).to_contain_text(f"{rater} · 1 of 3, 0 labelled")
            page.keyboard.press("n")
            expect(page.locator(".place")).to_contain_text("2 of 3")
            page.keyboard.press("p")
            expect(page.locator(".place")).to_contain_text("1 of 3")
            page.keyboard.press("1")
            expect(page.locator(".place")).to_contain_text("2 of 3, 1 labelled")
            page.keyboard.press("u")
            expect(page.locator(".place")).to_contain_text("1 of 3, 0 labelled")
            for number, key in enumerate(keys[:-1], start=2):
                page.keyboard.press(key)
                expect(page.locator(".place")).to_contain_text(f"{number} of 3")
            page.keyboard.press(keys[-1])
            expect(page.locator("#title")).to_contain_text(f"That was all of it, {rater}")
        page.get_by_role("link", name="See the agreement").click()
        expect(page.locator(".lead")).to_contain_text("Ann and Mo labelled 3 grades each, blind")
        page.locator(".finding > summary").click()
        rows = page.locator(".finding .agreement tbody tr")
        expect(rows.nth(0)).to_contain_text("100%")
        expect(rows.nth(1)).to_contain_text("50%")
        expect(page.locator(".doubts")).to_contain_text("Mo partly")

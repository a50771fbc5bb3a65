"""Reviewing grades: disputes come in, rulings go out, and who did what can be read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import browsing
import playing
import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from hotseat import llm
from hotseat.catalog.loaded import Content
from hotseat.domain import Record, SelfView
from hotseat.store import Store
from hotseat.studio import reviewing
from hotseat.web import create_app
from hotseat.web.desk import Desk
from hotseat.web.follow import Slots
from hotseat.web.identity import Visitor
from hotseat.web.room import Rooms

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TRAINEE, MO = Visitor("name:Tess"), Visitor("name:Mo", trainer=True)
POOR = ("Sorry about that.", "I will look into it soon.", "Please calm down, I am trying.")
POOR += ("You will have it soon.",)


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[tuple[Desk, Record]]:
    """The page's server side, and a poor encounter of the trainee's that has ended."""
    rooms = Rooms(llm.seats({}), playing.url(folder))
    async with rooms.open():
        yield (
            Desk(rooms, Content(), pace=False),
            await ended(rooms.store, TRAINEE.trainee),
        )


async def ended(store: Store, trainee: str) -> Record:
    record = await playing.played(store, POOR, trainee=trainee)
    await store.save_self_view(record.id, SelfView(skipped=True))
    return await store.load(record.id, None)


def signed_in(request: Request) -> str | None:
    return request.headers.get("x-name")


async def last(answers: AsyncIterator[Slots]) -> Slots:
    shown: Slots = {}
    async for slots in answers:
        shown |= slots
    return shown


def notice(shown: Slots) -> str:
    told: str = json.loads(shown["wire"]).get("notice", "")
    return told


def asked(record: Record, /, **more: str) -> dict[str, str]:
    grade = {"record": record.id, "step": "1", "criterion": "apology_fit"}
    ruling = {"level": "met", "quote": "Sorry about that", "reason": "It is plain and enough."}
    return {"do": "review-rule", **grade, **ruling, **more}


def test_a_ruling_is_what_everybody_sees_and_the_judges_grade_is_kept_beside_it(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            before = await last(at.go(TRAINEE, {"query": f"?debrief={record.id}"}))
            shown = await last(at.act(MO, asked(record)))
            assert "Your ruling is kept" in shown["page"]
            assert "It is plain and enough." in shown["aside"]
            after = await last(at.go(TRAINEE, {"query": f"?debrief={record.id}"}))
            assert "Mo ruled met. It is plain and enough." in after["page"]
            assert "Mo ruled" not in before["page"]
            kept = await at.rooms.store.load(record.id, None)
            assert kept == record
            (label,) = await at.rooms.store.reviews.labels()
            assert (label.item, label.rater) == (f"{record.id}:1", "ruling: Mo")

    asyncio.run(run())


def test_of_two_who_rule_at_once_the_second_is_told_and_overrules_nobody_unseen(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            ann = Visitor("name:Ann", trainer=True)
            here = f"?review=1&record={record.id}&step=1&criterion=apology_fit"
            assert 'name="seen" value="0"' in (await last(at.go(ann, {"query": here})))["aside"]
            both = (MO, asked(record, seen="0")), (ann, asked(record, seen="0", level="partly"))
            told = [notice(s) for s in await asyncio.gather(*(last(at.act(*b)) for b in both))]
            assert sorted("somebody else ruled" in text.lower() for text in told) == [False, True]
            (kept,) = await at.rooms.store.reviews.rulings()
            assert len(await at.rooms.store.reviews.labels()) == 1
            await last(at.act(ann, asked(record, seen="1")))
            assert len(await at.rooms.store.reviews.rulings()) == 2
            assert kept.who in ("Mo", "Ann")

    asyncio.run(run())


def test_a_dispute_reaches_the_queue_and_leaves_it_with_a_ruling(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            words = {"do": "dispute", "reason": "I did say sorry, <b>twice</b>"}
            shown = await last(at.act(TRAINEE, asked(record) | words))
            assert "A trainer will rule on it" in shown["page"]
            queue = await last(at.go(MO, {"query": "?review=1&why=disputed"}))
            assert f"record={record.id}&amp;step=1&amp;criterion=apology_fit" in queue["page"]
            item = await last(
                at.go(MO, {"query": f"?review=1&record={record.id}&step=1&criterion=apology_fit"})
            )
            assert "I did say sorry, &lt;b&gt;twice" in item["page"]
            await last(at.act(MO, asked(record)))
            queue = await last(at.go(MO, {"query": "?review=1&why=disputed"}))
            assert "criterion=apology_fit" not in queue["page"]
            after = await last(at.go(TRAINEE, {"query": f"?debrief={record.id}"}))
            assert "A trainer will rule on it" not in after["page"]

    asyncio.run(run())


def test_opening_somebody_elses_conversation_is_noted_and_shown(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            item = {"query": f"?review=1&record={record.id}&step=2&criterion=recap"}
            await last(at.go(MO, item))
            shown = await last(at.go(MO, item))
            looks = await at.rooms.store.reviews.looks(record.id)
            assert [look.who for look in looks] == ["Mo", "Mo"]
            await last(at.act(TRAINEE, asked(record, do="dispute")))
            await last(at.go(TRAINEE._replace(trainer=True), {"query": "?review=1"}))
            assert len(await at.rooms.store.reviews.looks(record.id)) == 2
            await last(at.go(MO, {"query": "?review=1"}))
            assert len(await at.rooms.store.reviews.looks(record.id)) == 3
            assert "Who has read of this conversation (2)" in shown["aside"]
            assert "Tess" not in shown["page"] + shown["aside"]

    asyncio.run(run())


def test_nobody_but_a_trainer_reviews_and_no_trainer_rules_on_their_own(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            for query in ("?review=1", f"?review=1&record={record.id}&step=1&criterion=recap"):
                shown = await last(at.go(TRAINEE, {"query": query}))
                assert "The studio is for trainers" in shown["page"]
            assert "for trainers" in notice(await last(at.act(TRAINEE, asked(record))))
            own = TRAINEE._replace(trainer=True)
            assert "your own encounter" in notice(await last(at.act(own, asked(record))))
            assert await at.rooms.store.reviews.rulings() == []

    asyncio.run(run())


@pytest.mark.parametrize(
    "more", [{"record": "none"}, {"step": "99"}, {"step": "x"}, {"criterion": "kindness"}]
)
def test_a_ruling_on_nothing_is_refused(tmp_path: Path, more: dict[str, str]) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            assert notice(await last(at.act(MO, asked(record, **more))))
            assert await at.rooms.store.reviews.rulings() == []

    asyncio.run(run())


def test_a_stranger_cannot_dispute_somebody_elses_grade(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as (at, record):
            stranger = Visitor("name:Sam")
            assert notice(await last(at.act(stranger, asked(record, do="dispute"))))
            assert await at.rooms.store.reviews.disputes() == []

    asyncio.run(run())


def test_the_files_to_keep_carry_the_ruling_with_the_judges_grade_and_gold_is_for_trainers(
    tmp_path: Path,
) -> None:
    app = create_app(playing.url(tmp_path), {"HOTSEAT_TRAINERS": "Mo"}, sign_in=signed_in)

    async def seed() -> Record:
        store = await Store.open(playing.url(tmp_path))
        record = await ended(store, TRAINEE.trainee)
        words = {"quote": "Sorry about that", "reason": "It is plain.", "who": "Mo"}
        ruling = reviewing.ruling(record, 1, "apology_fit", level="met", at=NOW, **words)
        await store.reviews.rule(ruling)
        label = reviewing.label(ruling)
        assert label is not None
        await store.reviews.label(label)
        await store.close()
        return record

    record = asyncio.run(seed())
    with TestClient(app) as client:

        def get(path: str, who: str) -> Any:
            return client.get(path, headers={"x-name": who})

        kept = get(f"/record/{record.id}.json", "Tess").json()
        grade = kept["steps"][0]["verdict"]["grades"]["apology_fit"]
        assert (grade["level"], kept["rulings"][0]["judged"]) == ("met", "partly")
        assert "Mo ruled met. It is plain." in get(f"/record/{record.id}.html", "Tess").text
        assert get(f"/record/{record.id}.json", "Mo").status_code == 404
        assert get("/gold.jsonl", "Tess").status_code == 404
        assert json.loads(get("/gold.jsonl", "Mo").text)["id"] == record.id


@pytest.mark.browser
def test_a_ruling_changes_the_released_score_and_the_audit_shows_who_and_why(
    tmp_path: Path, chromium: str
) -> None:
    async def seed() -> Record:
        store = await Store.open(playing.url(tmp_path))
        record = await ended(store, browsing.ME)
        await store.close()
        return record

    record = asyncio.run(seed())
    with (
        browsing.served(playing.url(tmp_path)) as address,
        browsing.opened(address, chromium) as open_page,
    ):
        page = open_page(f"?debrief={record.id}")
        scores = page.locator("details[data-keep=scores] > summary")
        before = scores.inner_text()
        scores.click()
        row = page.locator("li.crit", has_text="Apologise")
        row.get_by_text("This score looks wrong").click()
        row.get_by_label("Why, if you like").fill("I was sorry at once.")
        row.get_by_role("button", name="Ask a trainer to look").click()
        expect(row).to_contain_text("A trainer will rule on it")

        page.goto(f"{address}?review=1")
        page.get_by_role("navigation", name="Why it waits").get_by_text("Disputed").click()
        page.locator(".waits a").click()
        expect(page.locator(".disputed")).to_contain_text("I was sorry at once.")
        page.evaluate(
            "getSelection().selectAllChildren(document.querySelector('[data-quote-from] bdi'))"
        )
        expect(page.get_by_label("Quote")).to_have_value("Sorry about that.")
        page.get_by_role("radio", name="Met", exact=True).check()
        page.get_by_label("Reason").fill("Short, and it fits the harm.")
        page.get_by_role("button", name="Rule").click()
        expect(page.locator(".done")).to_contain_text("Your ruling is kept")
        audit = page.locator(".audit")
        expect(audit).to_contain_text("This machine ruled met")
        expect(audit).to_contain_text("Short, and it fits the harm.")

        page.goto(f"{address}?debrief={record.id}")
        assert scores.inner_text() != before
        scores.click()
        expect(row.locator(".ruled")).to_contain_text("this machine ruled met")

"""The persona editor, its publish bar and its preview, through the desk and in a browser: a real
store, and a copy of the content that may be published into."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import playing
import pytest

from hotseat import catalog, llm
from hotseat.catalog.loaded import Content
from hotseat.studio.importing import imported
from hotseat.web import pages, studio_places
from hotseat.web.desk import Desk
from hotseat.web.follow import Slots
from hotseat.web.identity import Visitor
from hotseat.web.room import Rooms
from hotseat.web.studio_fields import TABS, form, tab_of
from hotseat.web.studio_publish import slug

ROOT = Path(__file__).parent.parent
MO, ANA = Visitor("name:Mo", trainer=True), Visitor("name:Ana", trainer=True)
NO_MODEL: dict[str, str] = {}
FILE = {"kind": "persona", "id": "late_gift", "here": "?persona=late_gift&tab=who"}


def copied(to: Path) -> Path:
    """A content folder that may be changed, with two personas."""
    (to / "personas").mkdir(parents=True)
    for name in ("late_gift", "hotel_vent"):
        shutil.copy(ROOT / "personas" / f"{name}.yaml", to / "personas")
    shutil.copytree(ROOT / "rubrics", to / "rubrics")
    return to


@asynccontextmanager
async def desk(folder: Path, env: Mapping[str, str] = NO_MODEL) -> AsyncIterator[Desk]:
    rooms = Rooms(llm.seats(env), playing.url(folder))
    async with rooms.open():
        yield Desk(rooms, Content(copied(folder / "content")), pace=False)


async def last(answers: AsyncIterator[Slots]) -> Slots:
    """Everything shown, the later over the earlier."""
    shown: Slots = {}
    async for slots in answers:
        shown |= slots
    return shown


def notice(shown: Slots) -> str:
    told: str = json.loads(shown["wire"]).get("notice", "")
    return told


def on_disk(at: Desk, name: str = "late_gift") -> str:
    return (at.content.root / "personas" / f"{name}.yaml").read_text(encoding="utf-8")


async def typed(at: Desk, who: Visitor = MO, tab: str = "who", **fields: str) -> Slots:
    asked = {**FILE, "do": "persona-type", "tab": tab, **fields}
    return await last(at.act(who, asked))


async def publish(at: Desk, who: Visitor = MO, note: str = "calmer", **more: str) -> Slots:
    return await last(at.act(who, {**FILE, "do": "studio-publish", "note": note, **more}))


# ------------------------------------------------------------------ the forms


@pytest.mark.parametrize("tab", [tab for tab, _ in TABS if tab != "text"])
def test_every_field_of_a_form_holds_what_the_file_says(tab: str) -> None:
    values = catalog.load_yaml(ROOT / "personas" / "late_gift.yaml")
    shown = form(tab, values, "birthday", [("timeline", "Say when")])
    for field in (field for group in shown.groups for field in group.fields):
        assert tab_of(field.place, "birthday") == (tab, "birthday")
        optional = ("policy.escalates_to", "rises_at", "lines.")
        assert field.value or any(part in field.place for part in optional), field.place


def test_a_problem_leads_to_the_field_it_is_about() -> None:
    values = catalog.load_yaml(ROOT / "personas" / "late_gift.yaml")
    shown = form("facts", values, "birthday", [])
    inside = "scenarios.birthday.hides.party"
    assert shown.nearest(f"{inside}.sign[1]") == f"{inside}.sign"
    assert shown.nearest(inside) == inside
    assert form("who", values, "birthday", []).nearest("mood.words[2]") == "mood.words"
    assert (
        form("scenario", values, "birthday", [])
        .nearest("scenarios.birthday.brief")
        .endswith("brief.role")
    )


def test_a_name_for_a_copy_becomes_the_name_of_a_file() -> None:
    assert slug("Dana, calmer") == "dana_calmer"
    assert slug("  Ünal & Söhne ") == "unal_sohne"
    assert slug("…") == ""


# ------------------------------------------------------------------ typing


def test_what_is_typed_is_a_draft_of_ones_own_with_its_problems(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            before = on_disk(at)
            shown = await typed(at, **{"at:mood.tension": "1"})
            assert shown.keys() == {"aside"}
            assert "calm from the start" in shown["aside"]
            assert 'href="#at:mood.tension"' in shown["aside"]
            assert "Saved as your draft." in shown["aside"]
            shown = await typed(at, **{"at:mood.tension": "6", "at:temperament": "worn out"})
            assert "Nothing wrong" in shown["aside"]
            assert "<del>angry.</del> <ins>worn out.</ins>" in shown["aside"]
            assert on_disk(at) == before
            page = await last(at.go(MO, {"query": "?persona=late_gift&tab=who"}))
            assert 'value="worn out"' in page["page"]
            page = await last(at.go(ANA, {"query": "?persona=late_gift&tab=who"}))
            assert 'value="angry"' in page["page"]
            assert "Mo is at this file too" in page["page"]

    asyncio.run(run())


def test_what_was_touched_is_kept_on_the_way_to_another_page(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            going = {**FILE, "typed": "persona-type", "at:temperament": "worn out"}
            await last(at.go(MO, {**going, "query": "?studio=1"}))
            page = await last(at.go(MO, {"query": "?persona=late_gift"}))
            assert 'value="worn out"' in page["page"]

    asyncio.run(run())


def test_the_text_can_be_broken_and_mended(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            text = on_disk(at)
            shown = await typed(at, tab="text", text=text.replace("level: 1", 'level: "1'))
            assert "to mend" in shown["aside"]
            page = await last(at.go(MO, {"query": "?persona=late_gift&tab=who"}))
            assert "The forms cannot read this text" in page["page"]
            shown = await typed(at, tab="text", text=text)
            assert "In use as it came" in shown["aside"]
            assert await at.rooms.store.shelf.drafts() == []

    asyncio.run(run())


def test_facts_needs_and_scenarios_are_added_and_removed_without_yaml(tmp_path: Path) -> None:
    async def item(at: Desk, **asked: str) -> Slots:
        scenario = {"tab": "facts", "scenario": "birthday"}
        return await last(at.act(MO, {**FILE, **scenario, "do": "persona-item", **asked}))

    async def run() -> None:
        async with desk(tmp_path) as at:
            shown = await item(at, add="hides")
            assert 'data-jump="at:scenarios.birthday.hides.fact_1"' in shown["page"]
            assert "scenarios.birthday.hides.fact_1.fact" in shown["aside"]
            inside = "scenarios.birthday.hides.fact_1"
            shown = await typed(
                at,
                tab="facts",
                **{
                    f"at:{inside}.fact": "She has moved house since the last order.",
                    f"at:{inside}.when": "Does the trainee ask whether anything has changed?",
                    f"list:{inside}.sign": "moved|changed + <question>",
                    f"list:{inside}.says": "We moved in March.",
                },
            )
            assert "Nothing wrong" in shown["aside"]
            shown = await item(at, remove=inside)
            assert "moved house" not in shown["page"]
            shown = await item(at, add="scenarios", title="The second parcel")
            assert "scenario=the_second_parcel" in json.loads(shown["wire"])["address"]
            assert "scenarios.the_second_parcel.opening" in shown["aside"]
            assert "no name yet" in notice(await item(at, add="scenarios", title=" "))
            assert "cannot be added" in notice(await item(at, add="__class__"))

    asyncio.run(run())


def test_only_trainers_get_in_and_nobody_leaves_the_folder(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            someone = Visitor("name:Sam")
            for query in ("?persona=late_gift", "?preview=late_gift"):
                shown = await last(at.go(someone, {"query": query}))
                assert "The studio is for trainers" in shown["page"]
                assert "Dana" not in shown["page"]
            acts = ("persona-type", "persona-item", "studio-publish", "studio-revert")
            more = ("studio-rollback", "studio-keep", "studio-duplicate", "preview-play")
            for act in (*acts, *more, "preview-run", "preview-cancel", "preview-take"):
                shown = await last(at.act(someone, {**FILE, "do": act, "note": "x"}))
                assert "The studio is for trainers" in notice(shown)
            way_out = {**FILE, "typed": "persona-type", "at:name": "X", "query": ""}
            assert "for trainers" in notice(await last(at.go(someone, way_out)))
            shown = await typed(at, **{"id": "../rubrics/service_recovery", "at:id": "x"})
            assert "is no name for a file" in notice(shown)
            assert await at.rooms.store.shelf.drafts() == []

    asyncio.run(run())


# ------------------------------------------------------------------ publishing


def test_publishing_changes_the_next_encounter_and_no_earlier_one(tmp_path: Path) -> None:
    async def begin(at: Desk) -> str:
        asked = {"do": "begin", "persona": "late_gift", "intensity": "mild"}
        shown = await last(at.act(MO, asked))
        address: str = json.loads(shown["wire"])["address"]
        return address.removeprefix("?encounter=")

    async def run() -> None:
        async with desk(tmp_path) as at:
            first = await begin(at)
            await typed(at, **{"at:temperament": "worn out"})
            assert "no note" in notice(await publish(at, note=" ")).lower()
            shown = await publish(at)
            assert "In use: version 2" in shown["page"]
            assert "by Mo" in shown["page"]
            second = await begin(at)
            old, new = [await at.rooms.store.load(id, None) for id in (first, second)]
            assert (old.persona.temperament, new.persona.temperament) == ("angry", "worn out")
            page = await last(at.go(MO, {"query": "?persona=late_gift"}))
            assert "Met in 2 encounters; 2 of them are not over" in page["page"]
            assert "nothing changed since version 2" in notice(await publish(at)).lower()

    asyncio.run(run())


def test_a_text_with_problems_is_not_published_and_stays(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            before = on_disk(at)
            shown = await publish(at, **{"at:mood.tension": "99"})
            assert "1 problem to mend" in notice(shown)
            assert on_disk(at) == before
            page = await last(at.go(MO, {"query": "?persona=late_gift&tab=who"}))
            assert 'value="99"' in page["page"]

    asyncio.run(run())


def test_two_trainers_at_one_file_see_each_other_and_neither_is_overwritten(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            await typed(at, MO, **{"at:temperament": "worn out"})
            await typed(at, ANA, **{"at:temperament": "icy"})
            await publish(at, MO, "worn out")
            shown = await publish(at, ANA, "icy now")
            assert "Somebody changed this file since you began" in shown["page"]
            assert "worn out" in shown["page"]
            assert 'value="icy now"' in shown["page"]
            assert "temperament: worn out" in on_disk(at)
            mine = {**FILE, "do": "studio-keep", "how": "mine", "note": "icy now"}
            shown = await last(at.act(ANA, mine))
            assert "Somebody changed" not in shown["page"]
            assert 'value="icy now"' in shown["page"]
            assert "temperament: worn out" in on_disk(at)
            assert "In use: version 3" in (await publish(at, ANA, "icy now"))["page"]
            versions = await at.rooms.store.shelf.versions("persona", "late_gift")
            assert [v.note for v in versions] == ["as it was found", "worn out", "icy now"]

    asyncio.run(run())


def test_begin_again_from_theirs_forgets_ones_own(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            await typed(at, ANA, **{"at:temperament": "icy"})
            await publish(at, MO, "worn out", **{"at:temperament": "worn out"})
            theirs = {**FILE, "do": "studio-keep", "how": "theirs"}
            shown = await last(at.act(ANA, theirs))
            assert 'value="worn out"' in shown["page"]
            assert await at.rooms.store.shelf.drafts() == []

    asyncio.run(run())


def test_an_older_version_comes_back_as_the_newest(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            before = on_disk(at)
            await publish(at, **{"at:temperament": "worn out"})
            page = await last(at.go(MO, {"query": "?persona=late_gift&tab=who&compare=1"}))
            assert "Version 1 and what you have now" in page["page"]
            assert "worn out" in page["page"]
            back = {**FILE, "do": "studio-rollback", "number": "1"}
            shown = await last(at.act(MO, back))
            assert "In use: version 3" in shown["page"]
            assert on_disk(at) == before

    asyncio.run(run())


def test_a_version_that_no_longer_passes_does_not_cost_the_draft(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            await publish(at, **{"at:temperament": "worn out"})
            rubric = at.content.root / "rubrics" / "service_recovery.yaml"
            text = rubric.read_text(encoding="utf-8")
            rubric.write_text(text.replace("id: timeline", "id: clock_time"), encoding="utf-8")
            await typed(at, **{"at:name": "Dana W."})
            back = {**FILE, "do": "studio-rollback", "number": "1"}
            assert "by today's rules" in notice(await last(at.act(MO, back)))
            (draft,) = await at.rooms.store.shelf.drafts()
            assert "name: Dana W." in draft.text

    asyncio.run(run())


def test_a_copy_is_a_draft_until_it_is_published_and_revert_forgets_it(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            copy = {**FILE, "do": "studio-duplicate", "title": "Dana, calmer"}
            shown = await last(at.act(MO, copy))
            assert "persona=dana_calmer" in json.loads(shown["wire"])["address"]
            assert "dana_calmer" not in at.content.personas
            assert "It can be used once it is published" in shown["page"]
            shown = await last(at.act(ANA, copy))
            assert "persona=dana_calmer_2" in json.loads(shown["wire"])["address"]
            mine = {"kind": "persona", "id": "dana_calmer", "here": "?persona=dana_calmer"}
            await last(at.act(MO, {**mine, "do": "studio-publish", "note": "new"}))
            assert at.content.personas["dana_calmer"].name == "Dana, calmer"
            hers = {"kind": "persona", "id": "dana_calmer_2", "here": "?persona=dana_calmer_2"}
            shown = await last(at.act(ANA, {**hers, "do": "studio-revert"}))
            assert json.loads(shown["wire"])["address"] == "?studio=1"

    asyncio.run(run())


# ------------------------------------------------------------------ preview and progress


def test_both_versions_answer_the_same_replies_side_by_side(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            await typed(at, **{"at:mood.tension": "5", "list:mood.words": "A\nB\nC\nD\nE"})
            asked = {"preview": "late_gift", "do": "preview-play", "reply-2": playing.GOOD[0]}
            shown = await last(at.act(MO, asked))
            assert shown["page"].count("<blockquote>") == 4
            assert "In use" in shown["page"]
            assert "Your draft" in shown["page"]
            long = {**asked, "reply-3": "x" * 5_000}
            shown = await last(at.act(MO, long))
            assert "4,000 is the most" in notice(shown)
            assert "x" * 5_000 in shown["page"]
            empty = {"preview": "late_gift", "do": "preview-play", "reply-1": "  "}
            assert "nothing to answer" in notice(await last(at.act(MO, empty))).lower()

    asyncio.run(run())


def test_a_model_that_is_away_is_told_of_and_costs_no_typed_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    env = {
        "HOTSEAT_CUSTOMER_MODEL": "openai/nobody",
        "HOTSEAT_CUSTOMER_URL": "http://127.0.0.1:9/v1",
    }

    async def run() -> None:
        async with desk(tmp_path, env) as at:
            asked = {"preview": "late_gift", "do": "preview-play", "reply-1": "Hello Dana,"}
            shown = await last(at.act(MO, asked))
            assert "did not answer" in notice(shown)
            assert "Hello Dana,</textarea>" in shown["page"]
            asked = {"preview": "late_gift", "do": "preview-run", "seeds": "1"}
            shown = await last(at.act(MO, asked))
            assert "The model did not answer" in shown["aside"]
            assert "separates good" not in shown["aside"]

    asyncio.run(run())


def test_replies_are_taken_from_an_imported_conversation(tmp_path: Path) -> None:
    text = "Customer: Where is it?\nAgent: It left this morning.\nCustomer: And?\nAgent: At noon."

    async def run() -> None:
        async with desk(tmp_path) as at:
            (chat,) = imported(text, "chat.txt", who="Mo", at=datetime.now(UTC)).found
            await at.rooms.store.reviews.bring_in([chat])
            asked = {"preview": "late_gift", "do": "preview-take", "from": chat.id}
            shown = await last(at.act(MO, asked))
            assert "It left this morning.</textarea>" in shown["page"]
            assert "At noon.</textarea>" in shown["page"]

    asyncio.run(run())


def test_an_auto_run_outlives_its_page_and_can_be_cancelled(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            asked = {"preview": "late_gift", "do": "preview-run", "seeds": "10"}
            answers = at.act(MO, asked)
            shown = await anext(answers)
            assert "of 60 encounters" in shown["aside"]
            await answers.aclose()  # type: ignore[attr-defined]
            found = at.go(MO, {"query": "?preview=late_gift"})
            async for slots in found:
                if re.search(r"\b[1-9]\d? of 60 encounters", slots.get("aside", "")):
                    break
            await found.aclose()  # type: ignore[attr-defined]
            other = at.go(ANA, {"query": "?preview=late_gift"})
            assert "of 60" not in (await anext(other))["aside"]
            cancel = {"preview": "late_gift", "do": "preview-cancel"}
            shown = await last(at.act(MO, cancel))
            assert "Cancelled after" in shown["aside"]
            assert "Run again" in shown["aside"]

    asyncio.run(run())


def test_progress_marks_where_the_rubric_changed_with_its_version(tmp_path: Path) -> None:
    async def played(folder: Path) -> list[str]:
        rooms = Rooms(llm.seats({}), playing.url(folder))
        async with rooms.open():
            record = await playing.played(rooms.store)
        newer = record.model_copy(
            update={"pins": record.pins.model_copy(update={"rubric": "f" * 64})}
        )
        history = [newer, newer, record]
        numbers = {"f" * 64: ("service_recovery", 4)}
        return [
            pages.progress(playing.RUBRIC, history, numbers),
            pages.progress(playing.RUBRIC, history),
            pages.progress(playing.RUBRIC, [record] * 3, numbers),
        ]

    known, unknown, same = asyncio.run(played(tmp_path))
    assert "Dashed: version 4 of the rubric" in known
    assert "stroke-dasharray" in known
    assert "Dashed: another version of the rubric" in unknown
    assert "Dashed" not in same


def test_a_file_broken_on_disk_is_told_of_and_hides_no_other(tmp_path: Path) -> None:
    async def check() -> None:
        async with desk(tmp_path) as at:
            await typed(at, **{"at:mood.tension": "6"})
            await publish(at)
            file = at.content.root / "personas" / "late_gift.yaml"
            file.write_bytes(b"\xff\xfe")
            shelf = (await last(at.go(MO, {"query": "?studio=1"})))["page"]
            assert "cannot be read; what it said before is in use" in shelf
            assert "As it came" in shelf
            file.write_text("id: [\n", encoding="utf-8")
            editor = (await last(at.go(MO, {"query": "?persona=late_gift"})))["page"]
            assert "it cannot be used. What it said before stays in use." in editor

    asyncio.run(check())


def test_a_copy_never_takes_the_name_of_a_file_that_cannot_be_used(tmp_path: Path) -> None:
    async def check() -> None:
        async with desk(tmp_path) as at:
            broken = at.content.root / "personas" / "calmer.yaml"
            broken.write_text("id: [\n", encoding="utf-8")
            copied_to = await last(
                at.act(MO, {**FILE, "do": "studio-duplicate", "title": "Calmer"})
            )
            assert "persona=calmer_2" in copied_to["wire"]
            rubric = {
                "kind": "rubric",
                "id": "service_recovery",
                "here": "?rubric=service_recovery",
            }
            copied_to = await last(
                at.act(MO, {**rubric, "do": "studio-duplicate", "title": "Sources"})
            )
            assert "rubric=sources_2" in copied_to["wire"]

    asyncio.run(check())


def test_a_version_number_that_is_none_is_refused(tmp_path: Path) -> None:
    async def check() -> None:
        async with desk(tmp_path) as at:
            for number in ("0", "-1", "x", "9" * 5_000):
                shown = await last(at.act(MO, {**FILE, "do": "studio-rollback", "number": number}))
                assert "no such version" in notice(shown)

    asyncio.run(check())


def test_nobody_but_a_trainer_gets_to_a_place_or_an_act_of_the_studio(tmp_path: Path) -> None:
    async def check() -> None:
        eve = Visitor("name:Eve")
        async with desk(tmp_path) as at:
            for key in studio_places.PLACES:
                shown = await last(at.go(eve, {"query": f"?{key}=late_gift"}))
                assert "The studio is for trainers" in shown["page"]
                assert "aside" not in shown
            for key in studio_places.ACTS:
                shown = await last(at.act(eve, {**FILE, "do": key}))
                assert "The studio is for trainers" in notice(shown)

    asyncio.run(check())

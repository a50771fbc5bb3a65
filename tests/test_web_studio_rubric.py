"""The rubric editor, documents and trying, through the desk: a real store, and a copy of the
content that may be published into."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import playing
import pytest
from fastapi.testclient import TestClient

from hotseat import catalog, llm
from hotseat.catalog.loaded import Content
from hotseat.domain import Grade, Label, Rubric, Source, Turn, Verdict
from hotseat.errors import HotseatError
from hotseat.store import Store
from hotseat.studio import criteria, past
from hotseat.studio.publishing import Desk as Publishing
from hotseat.studio.trying import Reply, Tried
from hotseat.web import create_app, report, uploads
from hotseat.web.desk import Desk
from hotseat.web.follow import Slots
from hotseat.web.identity import Visitor
from hotseat.web.jobs import Jobs
from hotseat.web.room import Rooms
from hotseat.web.studio_flips import results
from hotseat.web.studio_sources import pieces
from hotseat.web.uploads import Uploads

ROOT = Path(__file__).parent.parent
MO, ANA = Visitor("name:Mo", trainer=True), Visitor("name:Ana", trainer=True)
TRAINEE = Visitor("name:Kim")
ID = "service_recovery"
FILE = {"kind": "rubric", "id": ID, "here": f"?rubric={ID}"}
GUIDE = "You should always confirm the refund amount.\n\nNever promise a date you cannot keep.\n"


def copied(to: Path) -> Path:
    (to / "personas").mkdir(parents=True)
    for name in ("late_gift", "hotel_vent"):
        shutil.copy(ROOT / "personas" / f"{name}.yaml", to / "personas")
    shutil.copytree(ROOT / "rubrics", to / "rubrics")
    return to


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    rooms = Rooms(llm.seats({}), playing.url(folder))
    async with rooms.open():
        yield Desk(rooms, Content(copied(folder / "content")), pace=False)


async def last(answers: AsyncIterator[Slots]) -> Slots:
    shown: Slots = {}
    async for slots in answers:
        shown |= slots
    return shown


async def do(at: Desk, what: str, who: Visitor = MO, **asked: str) -> Slots:
    return await last(at.act(who, {"do": what, **FILE, "rubric": ID, **asked}))


async def go(at: Desk, query: str, who: Visitor = MO) -> Slots:
    return await last(at.go(who, {"query": query}))


def notice(shown: Slots) -> str:
    told: str = json.loads(shown["wire"]).get("notice", "")
    return told


def words(html: str) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


async def draft(at: Desk, who: str = "Mo") -> str:
    return (await Publishing(at.rooms.store, at.content.root).open("rubric", ID, who)).text


def run(test: Callable[[Desk], Awaitable[None]], folder: Path) -> None:
    async def inside() -> None:
        async with desk(folder) as at:
            await test(at)

    asyncio.run(inside())


# ------------------------------------------------------------------ the editor


@pytest.mark.parametrize("query", [f"?rubric={ID}", f"?try={ID}", f"?propose={ID}"])
def test_the_rubrics_pages_are_for_trainers(tmp_path: Path, query: str) -> None:
    async def test(at: Desk) -> None:
        shown = await go(at, query, TRAINEE)
        assert "The studio is for trainers" in shown["page"]
        for what in ("rubric-type", "rubric-item", "propose-read", "try-run", "try-label"):
            assert "for trainers" in notice(await do(at, what, TRAINEE, text="x", how="add"))

    run(test, tmp_path)


def test_typing_keeps_a_draft_and_tells_the_sums_and_the_problems(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        fields = {
            "at:criteria.recap.weight": "6",
            "at:criteria.recap.checks.dates.ask": "Does it say by when and ask for a date?",
        }
        shown = await do(at, "rubric-type", open="recap", **fields)
        assert shown.keys() == {"aside"}
        said = words(shown["aside"])
        assert "102 of 100" in said
        assert "its criteria add up to 12, not 10" in said
        assert "asks two things at once" in said
        text = await draft(at)
        assert "    weight: 6\n" in text
        assert (
            "weight: 6"
            not in (at.content.root / "rubrics" / f"{ID}.yaml")
            .read_text(encoding="utf-8")
            .split("id: recap")[1]
            .split("- id")[0]
        )

    run(test, tmp_path)


def test_a_criterion_is_made_advisory_in_its_card(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        shown = await go(at, f"?rubric={ID}&open=recap")
        assert 'name="at:criteria.recap.advisory"' in shown["page"]
        await do(at, "rubric-type", open="recap", **{"at:criteria.recap.advisory": "true"})
        assert "    advisory: true\n" in await draft(at)

    run(test, tmp_path)


def test_a_draft_that_cannot_be_read_as_yaml_is_mended_as_text(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        await do(at, "rubric-type", text="id: [\n")
        page = (await go(at, f"?rubric={ID}&open=recap"))["page"]
        assert "The forms cannot read this text" in page
        assert "id: [" in page

    run(test, tmp_path)


def test_criteria_and_checks_come_move_and_go_in_the_draft_alone(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        before = catalog.rubric(ID, at.content.root)
        await do(at, "rubric-item", how="add", title="Name the order", section="Listen")
        assert criteria.ids(await draft(at))[3] == "name_the_order"
        await do(at, "rubric-item", open="name_the_order", how="up")
        assert criteria.ids(await draft(at))[2] == "name_the_order"
        shown = await do(at, "rubric-item", open="paraphrase", how="check")
        assert "at:criteria.paraphrase.checks.check_1.ask" in shown["page"]
        await do(at, "rubric-item", open="paraphrase", how="uncheck:check_1")
        await do(at, "rubric-item", open="name_the_order", how="remove")
        assert criteria.ids(await draft(at)) == [c.id for c in before.criteria]
        assert catalog.rubric(ID, at.content.root) == before

    run(test, tmp_path)


def test_quotes_stand_beside_a_criterion_with_their_document(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        said = words((await go(at, f"?rubric={ID}&open=recap"))["aside"])
        assert "“recap the discussion and the proposed solutions”" in said
        assert "Guide 5 of 5: Assertiveness and respect · 4.39" in said

    run(test, tmp_path)


def test_a_quote_is_picked_from_a_document_of_ones_own_and_must_be_in_it(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        folder = at.content.root / "rubrics" / "documents"
        folder.mkdir()
        (folder / "guide.txt").write_text(GUIDE, encoding="utf-8")
        asked = {"open": "recap", "document": "guide"}
        wrong = await do(at, "rubric-source", **asked, quote="confirm everything twice")
        assert "is not in guide word by word" in notice(wrong)
        shown = await do(at, "rubric-source", **asked, quote="CONFIRM the refund amount")
        assert "<mark>confirm the refund amount</mark>" in shown["aside"]
        opened = catalog.live.checked("rubric", ID, await draft(at), at.content.root)
        assert opened.problems == []
        assert isinstance(opened.noun, Rubric)
        assert opened.noun.criterion("recap").sources[-1] == "guide.1"
        await do(at, "rubric-source", open="recap", remove="guide.1")
        assert "guide.1" not in await draft(at)

    run(test, tmp_path)


def test_the_judges_prompt_is_shown_with_what_changed_in_it(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        fields = {"at:criteria.recap.checks.dates.ask": "Is the day named once more?"}
        shown = await do(at, "rubric-type", open="recap", **fields)
        assert "+check dates: Is the day named once more?" in words(shown["aside"])
        assert "-check dates: Does it say again by when?" in words(shown["aside"])

    run(test, tmp_path)


def test_two_trainers_at_one_rubric_see_both_texts_and_lose_neither(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        await do(at, "rubric-type", **{"at:criteria.recap.title": "Sum it up"})
        await do(at, "rubric-type", ANA, **{"at:criteria.recap.title": "Say it all again"})
        await do(at, "studio-publish", ANA, note="plainer")
        shown = await do(at, "studio-publish", note="shorter")
        assert "Somebody changed this file since you began" in shown["page"]
        said = words(shown["page"])
        assert "Say it all again" in said
        assert "Sum it up" in said
        await do(at, "studio-keep", how="mine")
        await do(at, "studio-publish", note="shorter")
        assert catalog.rubric(ID, at.content.root).criterion("recap").title == "Sum it up"
        versions = await at.rooms.store.shelf.versions("rubric", ID)
        assert [v.who for v in versions] == ["", "Ana", "Mo"]

    run(test, tmp_path)


def test_a_rubric_named_nowhere_is_told(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        assert "there is no such file" in (await go(at, "?rubric=nope"))["page"].lower()
        assert "no name for a file" in (await go(at, "?rubric=../x"))["page"].lower()

    run(test, tmp_path)


# ------------------------------------------------------------------ from a document


def test_a_document_is_read_and_what_is_accepted_is_published_with_its_source(
    tmp_path: Path,
) -> None:
    async def test(at: Desk) -> None:
        shown = await do(at, "propose-read", title="Refund guide", text=GUIDE)
        assert "2 criteria proposed" in words(shown["page"])
        assert "by its cue sentences" in shown["page"]
        fields = {
            "title": "No date you cannot keep",
            "met": "By Friday.",
            "partly": "Friday, I think.",
            "missed": "Tomorrow, I swear.",
        }
        await do(at, "propose-decide", number="0", how="accept", **fields)
        shown = await do(at, "propose-decide", number="1", how="drop")
        assert "All are decided" in shown["page"]
        assert "decided already" in notice(await do(at, "propose-decide", number="1", how="accept"))
        await do(at, "studio-publish", note="dates")
        rubric = catalog.rubric(ID, at.content.root)
        made = rubric.criterion("no_date_you_cannot_keep")
        (passage,) = rubric.passages
        assert (made.weight, made.sources, made.aggregation) == (0, ("refund_guide.1",), "worst")
        assert passage.quote == "Never promise a date you cannot keep"
        kept = at.content.root / "rubrics" / "documents" / "refund_guide.txt"
        assert kept.read_text(encoding="utf-8") == GUIDE
        assert catalog.check(at.content.root) == []
        await do(at, "studio-rollback", number="1")
        assert catalog.rubric(ID, at.content.root).passages == ()
        assert catalog.check(at.content.root) == []

    run(test, tmp_path)


def test_what_a_document_says_is_text_on_the_page_and_never_markup(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        text = "Always ask about <script>window.pwned=1</script> first.\n"
        shown = await do(at, "propose-read", title="<b>x</b>", text=text)
        assert "<script>" not in shown["page"]
        assert "<b>x" not in shown["page"]

    run(test, tmp_path)


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        assert "nothing to read" in notice(await do(at, "propose-read", text="  "))
        assert "not here any more" in notice(await do(at, "propose-read", file="nope"))
        long = await do(at, "propose-read", text="Always ask first. " * 12_000)
        assert "Save them as a file" in notice(long)

    run(test, tmp_path)


# ------------------------------------------------------------------ files


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    env = {"HOTSEAT_TRAINERS": "Mo"}
    app = create_app(playing.url(tmp_path), env, sign_in=lambda r: r.headers.get("x-name"))
    with TestClient(app) as client:
        yield client


def test_a_file_is_taken_from_trainers_of_this_page_alone(client: TestClient) -> None:
    def sent(data: bytes, **headers: str) -> int:
        return client.post("/studio/file?name=a.txt", content=data, headers=headers).status_code

    assert sent(b"x", **{"x-name": "Mo"}) == 200
    assert sent(b"x", **{"x-name": "Kim"}) == 404
    assert sent(b"x") == 404
    assert sent(b"x", **{"x-name": "Mo", "sec-fetch-site": "cross-site"}) == 404
    assert sent(b"x" * (uploads.LARGEST + 1), **{"x-name": "Mo"}) == 413


def test_a_file_is_kept_for_its_sender_for_a_few_minutes_and_there_are_never_many() -> None:
    now = [0.0]
    kept = Uploads(lambda: now[0])
    key = kept.keep("a.txt", b"x", "name:Mo")
    assert kept.take(key, "name:Mo").data == b"x"
    with pytest.raises(HotseatError):
        kept.take(key, "name:Ana")
    for _ in range(uploads.MOST):
        kept.keep("b.txt", b"y", "name:Ana")
    with pytest.raises(HotseatError):
        kept.take(key, "name:Mo")
    key = kept.keep("a.txt", b"x", "name:Mo")
    now[0] = uploads.KEPT + 1
    with pytest.raises(HotseatError):
        kept.take(key, "name:Mo")


# ------------------------------------------------------------------ trying


async def tried(at: Desk, **asked: str) -> Slots:
    """Everything ticked, tried to the end."""
    page = (await go(at, f"?try={ID}&pick=all"))["page"]
    ticks = dict.fromkeys(re.findall(r'name="(chat:[^"]+)"', page), "on")
    return await do(at, "try-run", **ticks, **asked)


async def without(at: Desk, id: str, **more: str) -> None:
    await do(at, "rubric-item", open=id, how="remove")
    await do(at, "rubric-type", **more)


def test_where_nobody_has_practised_six_samples_are_played_and_kept_nowhere(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        assert "No transcripts yet" in (await go(at, f"?try={ID}"))["page"]
        shown = await do(at, "try-samples")
        assert len(re.findall(r'name="chat:', shown["page"])) == 6
        assert await at.rooms.store.recent() == []
        await without(at, "warm_close", **{"at:criteria.recap.weight": "6"})
        page = words((await tried(at))["page"])
        assert "Close warmly" in page
        assert "Right" not in page

    run(test, tmp_path)


def test_only_flips_are_shown_and_the_trial_is_there_after_a_refresh(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        record = await playing.played(at.rooms.store)
        await without(at, "warm_close", **{"at:criteria.recap.weight": "6"})
        first = words((await tried(at))["page"])
        again = words((await go(at, f"?try={ID}"))["page"])
        assert first == again
        assert f"1 conversation, {len(record.steps)} replies" in first
        closes = sum(
            isinstance(s.verdict, Verdict) and s.verdict.grades["warm_close"].level != "na"
            for s in record.steps
        )
        looks = await at.rooms.store.reviews.looks(record.id)
        assert {look.who for look in looks} == {"Mo"}
        assert f"Close warmly {closes} flip" in first
        assert "Hear them out" not in first
        assert await at.rooms.store.load(record.id, None) == record

    run(test, tmp_path)


def test_a_weight_alone_flips_nothing_and_says_so(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        await playing.played(at.rooms.store)
        fields = {"at:criteria.recap.weight": "2", "at:criteria.warm_close.weight": "4"}
        await do(at, "rubric-type", **fields)
        assert "No grade flips" in (await tried(at))["page"]

    run(test, tmp_path)


def test_a_draft_that_changes_nothing_or_grades_nothing_is_told_first(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        await playing.played(at.rooms.store)
        assert "nothing will flip" in (await go(at, f"?try={ID}"))["page"]
        await do(at, "rubric-type", **{"at:criteria.recap.title": ""})
        assert "Mend them first" in (await go(at, f"?try={ID}"))["page"]
        assert "problems to mend" in notice(await do(at, "try-run"))

    run(test, tmp_path)


def test_nothing_ticked_is_told(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        assert "Nothing is chosen" in notice(await do(at, "try-run"))

    run(test, tmp_path)


def test_a_model_is_not_asked_before_its_price_is_agreed(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        await playing.played(at.rooms.store)
        at.rooms.seats = llm.seats({"HOTSEAT_JUDGE_MODEL": "nobody/none-such"})
        await do(at, "rubric-type", **{"at:criteria.recap.title": "Sum it all up"})
        shown = await tried(at)
        assert "Yes, try it" in shown["page"]
        assert "no list price" in shown["page"]
        assert not at.rooms.jobs.find((MO.trainee, "try", ID))

    run(test, tmp_path)


def test_right_and_wrong_add_labels_that_say_they_were_not_blind(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        record = await playing.played(at.rooms.store)
        await without(at, "warm_close", **{"at:criteria.recap.weight": "6"})
        await do(at, "studio-publish", note="no close")
        text = (await at.rooms.store.shelf.versions("rubric", ID))[0].text
        await do(at, "rubric-type", text=text)
        page = (await tried(at))["page"]
        item = re.search(r'name="item" value="([^"]+)"', page)
        assert item
        asked = {"item": item[1], "criterion": "warm_close", "level": "missed"}
        shown = await do(at, "try-label", **asked)
        assert "You said: missed" in words(shown["page"])
        assert "Grades compared 0 1" in words(shown["page"])
        (label,) = await at.rooms.store.reviews.labels()
        assert label.item.startswith(f"{record.id}:")
        assert (label.rater, label.level) == ("Mo (not blind)", "missed")
        bad = await do(at, "try-label", item=item[1], criterion="recap", level="met")
        assert "no such grade" in notice(bad)

    run(test, tmp_path)


def test_somebody_elses_trial_is_not_shown(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        await playing.played(at.rooms.store)
        await without(at, "warm_close", **{"at:criteria.recap.weight": "6"})
        await tried(at)
        assert "Which ones" in (await go(at, f"?try={ID}", ANA))["page"]

    run(test, tmp_path)


def test_quick_picks_take_the_great_the_average_and_the_poor(tmp_path: Path) -> None:
    ranks = [None, 10.0, 95.0, 50.0, 55.0, 70.0, 30.0]
    pasts = [past.Past(str(n), "encounter", "", "", (), r, r) for n, r in enumerate(ranks)]
    assert past.picked(pasts, "few") == {"1", "2", "3", "4"}
    assert past.picked(pasts, "all") == {p.id for p in pasts}
    assert past.picked(pasts, "none") == set()
    assert past.picked(pasts[:2], "few") == {"1"}


def test_gold_comes_with_its_facts_and_the_labels_raters_agree_on() -> None:
    found = past.of_gold(ROOT / "evals" / "gold" / "encounters.jsonl")
    assert found
    assert all(one.labels and one.replies for one in found)
    assert {label.item.rpartition(":")[0] for label in found[0].labels} == {found[0].id}
    assert any(reply.policy for reply in found[0].replies)
    assert past.of_gold(ROOT / "no.jsonl") == []


def reply(number: int = 1) -> Reply:
    turn = Turn(id=str(number), number=number, speaker="trainee", text="Hello there, you.")
    return Reply("chat", "A chat", number, turn, (), "ours", "")


def verdict(**levels: str) -> Verdict:
    grades = {id: Grade(level=level) for id, level in levels.items()}  # type: ignore[arg-type]
    return Verdict(grades=grades, engine="test", rubric="r")


def test_a_criterion_that_came_flips_nothing_where_it_was_not_due() -> None:
    rubric = catalog.rubric(ID, ROOT)
    both = (rubric, rubric)
    found = [
        Tried(reply(1), verdict(recap="met"), verdict(recap="met", timeline="na")),
        Tried(reply(2), verdict(recap="met"), verdict(recap="partly", timeline="missed")),
    ]
    at = playing.begun().started
    labels = [
        Label(item="chat:2", criterion="recap", rater="Mo", level="partly", at=at),
        Label(item="chat:1", criterion="recap", rater="Mo", level="met", at=at),
    ]
    shown = results(found, both, labels, "Mo", frozenset())
    assert [(g.criterion, len(g.flips)) for g in shown.groups] == [("recap", 1), ("timeline", 1)]
    recap = shown.groups[0].flips[0]
    assert (recap.wrong, recap.said, recap.open) == (["met"], "partly", True)
    assert (shown.agrees[0].share, shown.agrees[1].share) == (0.5, 1.0)
    assert (shown.agrees[0].pairs, shown.agrees[1].kappa) == (2, 1.0)
    assert not results(found, both, labels, "Mo", frozenset({"chat"})).groups[0].flips[0].open


def test_a_long_document_is_shown_around_its_quotes() -> None:
    text = "before " * 20_000 + "confirm the amount" + " after" * 20_000
    shown = pieces(text, ["confirm the amount"])
    assert [p.text for p in shown if p.quoted] == ["confirm the amount"]
    assert sum(len(p.text) for p in shown) <= 40_000


def test_one_miss_that_flags_is_told_in_the_debrief(tmp_path: Path) -> None:
    async def test() -> None:
        store = await Store.open(playing.url(tmp_path))
        record = await playing.played(store, ("No.",))
        strict = tuple(c.model_copy(update={"auto_fail": True}) for c in record.rubric.criteria)
        marked = record.model_copy(
            update={"rubric": record.rubric.model_copy(update={"criteria": strict})}
        )
        said = "missed “Hear them out”, which no reply may miss"
        assert said in report.export(marked, {})
        assert said not in report.export(record, {})
        await store.close()

    asyncio.run(test())


def test_a_passage_of_the_rubrics_own_is_what_a_debrief_quotes(tmp_path: Path) -> None:
    async def test() -> None:
        store = await Store.open(playing.url(tmp_path))
        record = await playing.played(store, ("No.",))
        passage = Source(ref="guide.1", document="guide", quote="our own words", criterion="x")
        criteria = tuple(
            c.model_copy(update={"sources": ("guide.1",)}) for c in record.rubric.criteria
        )
        own = {"criteria": criteria, "passages": (passage,)}
        marked = record.model_copy(update={"rubric": record.rubric.model_copy(update=own)})
        assert "our own words" in report.export(marked, catalog.sources())
        await store.close()

    asyncio.run(test())


# ------------------------------------------------------------------ longer work


async def forever() -> AsyncIterator[int]:
    yield 1
    await asyncio.Event().wait()


async def failing() -> AsyncIterator[int]:
    yield 1
    raise HotseatError("it cannot be had", fix="ask again")


def test_work_that_is_called_off_keeps_what_it_came_to() -> None:
    async def test() -> None:
        jobs = Jobs()
        job = jobs.start(("Mo", "x"), 2, forever, "Work")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert (job.running, job.found) == (True, [1])
        job.cancel()
        await job.ended()
        assert (job.running, job.cancelled, job.found) == (False, True, [1])
        assert [each.running async for each in job.followed()] == [False]

    asyncio.run(test())


def test_work_that_fails_says_why_and_new_work_takes_its_place() -> None:
    async def test() -> None:
        jobs = Jobs()
        job = jobs.start(("Mo", "x"), 2, failing, "Work")
        seen = [each.running async for each in job.followed()]
        assert seen[-1] is False
        assert (job.trouble, job.found) == ("it cannot be had; ask again", [1])
        other = jobs.start(("Mo", "x"), 2, forever, "Work")
        assert jobs.find(("Mo", "x")) is other
        await jobs.close()
        assert not other.running

    asyncio.run(test())


def test_a_trial_that_runs_is_there_on_another_page_and_can_be_cancelled(tmp_path: Path) -> None:
    async def test(at: Desk) -> None:
        job = at.rooms.jobs.start((MO.trainee, "try", ID), 3, forever, "3 replies")
        async for shown in at.go(MO, {"query": f"?try={ID}"}):
            assert "Cancel" in shown["page"]
            break
        shown = await do(at, "try-cancel")
        assert "Cancelled. What was graded by then is below." in shown["page"]
        assert not job.running

    run(test, tmp_path)


def test_every_encounter_that_ended_is_there_to_try_on(tmp_path: Path) -> None:
    async def test() -> None:
        store = await Store.open(playing.url(tmp_path))
        ended = await playing.played(store, trainee="name:Kim")
        await store.begin(playing.begun("name:Lee", seed=9))
        assert [record.id for record in await store.recent()] == [ended.id]
        await store.close()

    asyncio.run(test())

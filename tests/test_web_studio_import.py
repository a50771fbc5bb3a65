"""Importing real conversations: looked at, kept masked, then graded, used and drafted from."""

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
from hotseat.catalog.live import checked
from hotseat.catalog.loaded import Content
from hotseat.domain import Turn
from hotseat.studio import drafting
from hotseat.web.desk import Desk
from hotseat.web.follow import Slots
from hotseat.web.identity import Visitor
from hotseat.web.room import Rooms

ROOT = Path(__file__).parent.parent
MO, ANN = Visitor("name:Mo", trainer=True), Visitor("name:Ann", trainer=True)
CHAT = """\
Customer: This is RIDICULOUS!! I am furious. Order 4471 never came. I am at jo@example.com.
Agent: I am sorry that order 4471 has not come, that is annoying. Let me look.
Customer: I want my money back.
Agent: I have sent it back today; it is there by Friday. Is that all right for you?
Customer: Fine.
"""
CSV = "conversation,speaker,text\n1,customer,Where is it?\n1,agent,On its way.\n"
CSV += "2,client,Hm.\n2,agent,Yes?\n"


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    for name in ("personas", "rubrics"):
        shutil.copytree(ROOT / name, folder / "content" / name)
    rooms = Rooms(llm.seats({}), playing.url(folder))
    async with rooms.open():
        yield Desk(rooms, Content(folder / "content"), pace=False)


async def last(answers: AsyncIterator[Slots]) -> Slots:
    shown: Slots = {}
    async for slots in answers:
        shown |= slots
    return shown


async def act(at: Desk, do: str, who: Visitor = MO, **asked: str) -> Slots:
    return await last(at.act(who, {"do": f"import-{do}", **asked}))


def notice(shown: Slots) -> str:
    told: str = json.loads(shown["wire"]).get("notice", "")
    return told


def key(shown: Slots) -> str:
    found = re.search(r'name="file" value="([0-9a-f]+)"', shown["page"])
    assert found
    return found[1]


async def kept(at: Desk) -> str:
    """The id of the one conversation, kept."""
    await act(at, "keep", file=key(await act(at, "read", text=CHAT)))
    (one,) = await at.rooms.store.reviews.imports()
    return one.id


def test_nothing_is_kept_before_it_was_looked_at_and_then_it_is_masked(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            shown = await act(at, "read", text=CHAT)
            assert "<mark>[e-mail]</mark>" in shown["page"]
            assert "jo@example.com" not in shown["page"]
            assert await at.rooms.store.reviews.imports() == []
            shown = await act(at, "keep", file=key(shown))
            assert "1 conversation kept" in shown["page"]
            (one,) = await at.rooms.store.reviews.imports()
            assert (one.masked, one.who) == (1, "Mo")
            assert b"jo@example.com" not in (tmp_path / "records.sqlite").read_bytes()
            again = await act(at, "keep", file=key(await act(at, "read", text=CHAT)))
            assert "1 was there already" in again["page"]

    asyncio.run(run())


def test_an_uploaded_file_is_its_senders_alone(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            file = at.uploads.keep("chats.csv", CSV.encode(), MO.trainee)
            assert "2 conversations in chats.csv" in (await act(at, "read", file=file))["page"]
            assert "not here any more" in notice(await act(at, "read", ANN, file=file))
            assert "not here any more" in notice(await act(at, "keep", ANN, file=file))

    asyncio.run(run())


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("x.txt", b"\xff\xfe\x00", "not utf-8"),
        ("x.csv", b"a,b\n1,2\n", "no column for who speaks"),
        ("x.json", b"{}", "no list of messages"),
        ("x.txt", b"nothing of the kind", "no conversation in it"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            file = at.uploads.keep(name, data, MO.trainee)
            assert problem in notice(await act(at, "read", file=file)).lower()
            assert "nothing to read" in notice(await act(at, "read", text="  ")).lower()

    asyncio.run(run())


def test_a_conversation_is_graded_with_the_rubric_and_nothing_of_it_is_stored(
    tmp_path: Path,
) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            shown = await act(at, "grade", id=await kept(at))
            assert "of 100 points of the rubric came up" in shown["page"]
            assert "it is there by Friday" in shown["page"]
            assert "Say by when" in shown["page"]
            assert await at.rooms.store.recent() == []

    asyncio.run(run())


def test_a_conversation_can_be_deleted_and_an_address_of_none_says_so(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            id = await kept(at)
            await act(at, "drop", id=id)
            assert await at.rooms.store.reviews.imports() == []
            shown = await last(at.go(MO, {"query": f"?import=1&id={id}"}))
            assert "no such conversation" in shown["page"].lower()

    asyncio.run(run())


def test_a_draft_begins_with_what_can_be_read_and_the_lint_names_the_rest(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            shown = await act(at, "draft", id=await kept(at), title="Late order")
            assert json.loads(shown["wire"])["address"].startswith("?persona=late_order")
            draft = await at.rooms.store.shelf.draft("persona", "late_order", "Mo")
            assert draft is not None
            assert "temperament: angry" in draft.text
            found = checked("persona", "late_order", draft.text, tmp_path / "content")
            places = {problem.place for problem in found.problems}
            assert {"scenarios.case.policy.text", "scenarios.case.needs.first.want"} <= places
            assert not {"name", "mood.tension", "scenarios.case.opening"} & places
            await act(at, "draft", ANN, id=await kept(at), title="Late order")
            assert await at.rooms.store.shelf.draft("persona", "late_order_2", "Ann")

    asyncio.run(run())


def test_the_temper_is_guessed_from_what_most_messages_say() -> None:
    assert drafting.temperament(["I am furious!", "This is ridiculous.", "Hurry."]) == "angry"
    assert drafting.temperament(["You idiots.", "Useless idiots!"]) == "abusive"
    assert drafting.temperament(["Where is my parcel?"]) == "upset"
    calm = (Turn(id="1", number=1, speaker="customer", text="Where is my parcel?"),)
    hot = (Turn(id="1", number=1, speaker="customer", text="WHERE is it?! I am FURIOUS!!"),)
    assert drafting.tension(calm) < drafting.tension(hot) <= 9


def test_a_draft_is_sound_yaml_whatever_was_said() -> None:
    nasty = 'He said: "no"\n---\n{{ x }} # not a comment: \\ [1] & * ! | > % @ `'
    turns = tuple(
        Turn(id=str(n), number=n, speaker="customer", text=f"{nasty} {n}") for n in range(1, 10)
    )
    text = drafting.drafted(turns, id="odd_one", title=nasty)
    found = checked("persona", "odd_one", text, ROOT)
    assert all("YAML" not in problem.problem for problem in found.problems)
    assert "scenarios.case.opening" not in {problem.place for problem in found.problems}


def test_nobody_but_a_trainer_imports(tmp_path: Path) -> None:
    async def run() -> None:
        async with desk(tmp_path) as at:
            stranger = Visitor("name:Tess")
            shown = await last(at.go(stranger, {"query": "?import=1"}))
            assert "for trainers" in shown["page"]
            for do in ("read", "keep", "drop", "grade", "draft"):
                assert "for trainers" in notice(await act(at, do, stranger, text=CHAT, id="x"))

    asyncio.run(run())


@pytest.mark.browser
def test_a_file_is_chosen_looked_at_kept_and_graded(tmp_path: Path, chromium: str) -> None:
    file = tmp_path / "chat.txt"
    file.write_text(CHAT)
    with (
        browsing.served(playing.url(tmp_path)) as address,
        browsing.opened(address, chromium) as open_page,
    ):
        page = open_page("?import=1")
        page.get_by_label("A file").set_input_files(file)
        page.get_by_role("button", name="Look at it first").click()
        expect(page.locator("mark")).to_have_text("[e-mail]")
        page.get_by_role("button", name="Keep it").click()
        expect(page.locator(".done")).to_contain_text("1 conversation kept")
        page.locator(".waits a").click()
        page.get_by_role("button", name="Grade with the rubric").click()
        expect(page.locator(".scores")).to_contain_text("Say by when")
        page.get_by_text("Use as preview lines").click()
        page.get_by_role("link", name="Dana Whitlock").click()
        expect(page.locator("#page")).to_contain_text("I have sent it back today")

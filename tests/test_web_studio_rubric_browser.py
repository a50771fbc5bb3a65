"""The rubric editor as trainers meet it: Chromium, a real server, signed-in names, twelve past
encounters, and a copy of the content that may be published into."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import browsing
import playing
import pytest
from fastapi import Request
from playwright.sync_api import Browser, Locator, Page, expect

from hotseat import catalog
from hotseat.evaluation.simulate import play
from hotseat.evaluation.trainees import TRAINEES
from hotseat.store import Store
from hotseat.web import create_app

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with every persona and rubric, to publish into."""
    folder = tmp_path_factory.mktemp("content")
    for name in ("personas", "rubrics"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


async def practise(folder: Path) -> None:
    """Twelve past encounters of scripted trainees."""
    store = await Store.open(playing.url(folder))
    for number in range(12):
        trainee = list(TRAINEES.values())[number % 6]
        record = playing.begun(f"name:{number}", seed=number)
        played = await play(record, trainee, playing.SEATS, 4)
        await store.begin(played.model_copy(update={"outcome": None}))
        await store.finish(played.id, played.outcome or "stopped", played.started)
    await store.close()


@pytest.fixture(scope="module")
def address(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served page that takes a header for who is there; Mo and Ana are trainers."""

    def name(request: Request) -> str | None:
        return request.headers.get("x-name")

    folder = tmp_path_factory.mktemp("web")
    practised = threading.Thread(target=lambda: asyncio.run(practise(folder)))
    practised.start()
    practised.join()
    env = {"HOTSEAT_PACE": "off", "HOTSEAT_TRAINERS": "Mo, Ana"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOTSEAT_CONTENT", str(content))
        app = create_app(playing.url(folder), env, sign_in=name)
        with browsing.serving(app) as served:
            yield served


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with browsing.running(chromium) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the page as a trainer; an error of the page fails the test."""
    contexts, faults = [], []

    def opened(query: str, who: str = "Mo", width: int = 1280) -> Page:
        context = browser.new_context(
            extra_http_headers={"x-name": who}, viewport={"width": width, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(12_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address + query)
        expect(page.locator("#page #title")).to_be_visible()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def beside(page: Page) -> Locator:
    return page.locator("#aside")


def open_criterion(page: Page, title: str) -> None:
    page.locator(".criteria").get_by_role("link", name=title).click()
    expect(page.locator(".is-open > .line-link .of")).to_have_text(title)


def test_a_criterion_is_edited_tried_on_twelve_transcripts_and_published(
    open_page: Open, content: Path
) -> None:
    page = open_page("?studio=1")
    page.get_by_role("link", name="Putting things right").click()

    open_criterion(page, "Sum up what was agreed")
    page.get_by_label("Weight").fill("6")
    expect(beside(page)).to_contain_text("102 of 100")
    expect(beside(page)).to_contain_text("its criteria add up to 12, not 10")
    page.get_by_label("Check 1").fill("Does the reply thank them and offer a warm smile?")
    expect(beside(page)).to_contain_text("asks two things at once")
    expect(beside(page)).to_contain_text("cannot be seen in the words of a chat")
    page.get_by_label("Check 1").fill("Does the closing reply say again what will be done?")
    expect(beside(page)).not_to_contain_text("asks two things at once")
    expect(page.get_by_label("Check 1")).to_be_focused()

    open_criterion(page, "Close warmly")
    page.get_by_text("Take this criterion out").click()
    page.get_by_role("button", name="Yes, take it out").click()
    expect(page.locator(".whole-sum")).to_have_text("All together 100")
    expect(beside(page)).to_contain_text("Nothing wrong")

    page.get_by_role("link", name="Try on past transcripts").click()
    expect(page.locator(".past input:checked")).to_have_count(12)
    expect(page.locator(".go")).to_contain_text("it costs nothing")
    page.get_by_role("button", name="Try on what is ticked").click()
    expect(page.locator("#title")).to_have_text("What would change")
    expect(page.locator(".lead")).to_contain_text("12 conversations")
    expect(page.locator(".flips summary")).to_have_count(1)
    expect(page.locator(".flips summary")).to_contain_text("Close warmly")
    flips = page.locator(".flips .turn-of").count()
    assert flips
    expect(page.locator(".sums-up")).to_contain_text(f"{flips}")
    page.reload()
    expect(page.locator(".flips .turn-of")).to_have_count(flips)

    page.get_by_role("link", name="Back to the rubric").first.click()
    page.locator("summary", has_text="Publish").click()
    page.get_by_label("What changed, in a few words").fill("the recap takes over")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("[data-saved-here]")).to_contain_text("In use: version 2")
    rubric = catalog.rubric("service_recovery", content)
    assert rubric.criterion("recap").weight == 6
    assert "warm_close" not in [criterion.id for criterion in rubric.criteria]


def test_a_document_is_uploaded_and_a_quote_is_picked_from_it(
    open_page: Open, content: Path, tmp_path: Path
) -> None:
    guide = tmp_path / "refunds.md"
    guide.write_text("You should always confirm the refund amount.\n", encoding="utf-8")
    page = open_page("?propose=service_recovery", who="Ana")
    page.set_input_files("input[type=file]", guide)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".lead")).to_contain_text("1 criterion proposed from “refunds.md”")
    page.get_by_label("A reply that meets it").fill("You get exactly 20 back.")
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("link", name="In the draft").click()
    expect(beside(page)).to_contain_text("“You should always confirm the refund amount”")
    met = page.locator("[name='at:criteria.confirm_the_refund_amount.examples.met']")
    expect(met).to_have_value("You get exactly 20 back.")

    beside(page).get_by_role("link", name="refunds").first.click()
    words = page.locator("[data-quotable]")
    words.dblclick(position={"x": 30, "y": 24})
    expect(page.locator("#quote")).not_to_have_value("")
    assert page.locator("input[name=document]").last.input_value() == "refunds"
    assert (content / "rubrics" / "documents" / "refunds.txt").exists()


def test_the_rubrics_pages_fit_a_phone(open_page: Open) -> None:
    for query in ("?rubric=service_recovery&open=recap", "?try=service_recovery&again=1"):
        page = open_page(query, who="Ana", width=390)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, f"{query} is {wide} wide"

"""The persona editor as trainers meet it: Chromium, a real server, signed-in names, and a copy of
the content that may be published into."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import browsing
import playing
import pytest
from fastapi import Request
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

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


@pytest.fixture(scope="module")
def address(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served page that takes a header for who is there; Mo and Ana are trainers."""

    def name(request: Request) -> str | None:
        return request.headers.get("x-name")

    env = {"HOTSEAT_PACE": "off", "HOTSEAT_TRAINERS": "Mo, Ana"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOTSEAT_CONTENT", str(content))
        app = create_app(playing.url(tmp_path_factory.mktemp("web")), env, sign_in=name)
        with browsing.serving(app) as served:
            yield served


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with browsing.running(chromium) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the page as a trainer; an error of the page fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

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


def tab(page: Page, name: str) -> None:
    page.locator(".tabs").get_by_role("link", name=name, exact=True).click()
    expect(page.locator(".tabs [aria-current]")).to_have_text(name)


def publish(page: Page, note: str) -> None:
    page.locator("summary", has_text="Publish").click()
    page.get_by_label("What changed, in a few words").fill(note)
    page.get_by_role("button", name="Publish", exact=True).click()


def state(page: Page) -> Locator:
    return page.locator("[data-saved-here]")


def duplicate(page: Page, name: str) -> None:
    page.locator("summary", has_text="Duplicate").click()
    page.get_by_label("Name of the copy").fill(name)
    page.get_by_role("button", name="Duplicate").click()
    expect(page.locator("#title")).to_have_text(name)


def test_a_persona_is_duplicated_broken_mended_previewed_run_published_and_reverted(
    open_page: Open, content: Path
) -> None:
    page = open_page("?studio=1")
    page.get_by_role("link", name="Dana Whitlock").click()
    duplicate(page, "Dana, calmer")
    file = content / "personas" / "dana_calmer.yaml"

    tab(page, "What softens")
    for left in (3, 2, 1, 0):
        page.locator("summary", has_text="Remove").first.click()
        page.get_by_role("button", name="Yes, remove it").first.click()
        expect(page.locator("fieldset.group")).to_have_count(left)
    expect(page.locator("#aside")).to_contain_text("nothing calms her")
    publish(page, "not yet")
    expect(page.get_by_role("alert")).to_contain_text("1 problem to mend")
    expect(page.get_by_label("What changed, in a few words")).to_have_value("not yet")
    assert not file.exists()

    page.get_by_role("button", name="Add something that softens").click()
    expect(page.locator("fieldset.group")).to_be_focused()
    page.get_by_label("When").fill("Does the reply give a plan with a time on it")
    expect(page.locator("#aside")).to_contain_text("not a question")
    page.locator("#aside").get_by_role("link", name="softens_at[0].when").click()
    expect(page.get_by_label("When")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("?")
    page.get_by_text("How it is noticed").first.click()
    page.get_by_label("How it is noticed").fill("timeline")
    expect(page.locator("#aside")).to_contain_text("Nothing wrong")
    publish(page, "a copy to begin with")
    expect(state(page)).to_contain_text("In use: version 1")
    assert "name: Dana, calmer" in file.read_text(encoding="utf-8")

    tab(page, "Who")
    page.get_by_role("textbox", name="Tension").fill("5")
    expect(state(page)).to_contain_text("Saved as your draft.")
    page.get_by_role("link", name="Preview and auto-run").click()
    page.get_by_label("5. reply").fill("And one more line of my own.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".rounds .sides").first.locator("blockquote")).to_have_count(2)
    expect(page.get_by_label("5. reply")).to_have_value("And one more line of my own.")
    page.get_by_label("Encounters of each trainee").fill("1")
    page.get_by_role("button", name="Auto-run").click()
    page.reload()
    expect(page.locator("#aside .tells")).to_contain_text("separates good, average and poor")
    expect(page.locator("#aside .strips tbody tr")).to_have_count(3)
    expect(page.locator("#aside")).to_contain_text("Secrets let out early: none")

    page.get_by_role("link", name="Back to the editor").click()
    expect(page.get_by_role("textbox", name="Tension")).to_have_value("5")
    page.locator("summary", has_text="Revert").click()
    page.get_by_role("button", name="Yes, forget my draft").click()
    expect(page.get_by_role("textbox", name="Tension")).to_have_value("7")
    expect(state(page)).to_contain_text("In use: version 1")
    page.get_by_role("link", name="hotseat").click()
    page.locator("summary", has_text=re.compile("customers|everyone", re.I)).first.click()
    expect(page.locator("#page")).to_contain_text("Dana, calmer")


def test_two_trainers_at_one_file_do_not_overwrite_each_other_unseen(
    open_page: Open, content: Path
) -> None:
    mo, ana = (open_page("?persona=fee_confusion&tab=who", who) for who in ("Mo", "Ana"))
    for page, word in ((mo, "bewildered"), (ana, "lost")):
        page.get_by_label("Temperament").fill(word)
        expect(state(page)).to_contain_text("Saved as your draft.")
    mo.reload()
    expect(mo.locator(".publish")).to_contain_text("Ana is at this file too")
    publish(mo, "more bewildered")
    expect(state(mo)).to_contain_text("by Mo")

    publish(ana, "more lost")
    clash = ana.locator(".clash")
    expect(clash).to_contain_text("Somebody changed this file since you began")
    expect(clash.locator("[data-of=Theirs]")).to_have_text(["bewildered"])
    expect(clash.locator("[data-of=Yours]")).to_have_text(["lost"])
    expect(ana.get_by_label("What changed, in a few words")).to_have_value("more lost")
    file = content / "personas" / "fee_confusion.yaml"
    assert "temperament: bewildered" in file.read_text(encoding="utf-8")

    clash.get_by_role("button", name="Keep mine over theirs").click()
    expect(clash).to_have_count(0)
    ana.get_by_role("button", name="Publish", exact=True).click()
    expect(state(ana)).to_contain_text("by Ana")
    assert "temperament: lost" in file.read_text(encoding="utf-8")
    ana.locator("summary", has_text="Versions").click()
    expect(ana.locator(".versions-list > li")).to_have_count(3)
    expect(ana.locator(".versions-list")).to_contain_text("more bewildered")


def test_what_is_typed_outlives_a_refresh_and_a_link_followed_at_once(open_page: Open) -> None:
    page = open_page("?persona=outage_rush&tab=voice")
    page.get_by_label("Manner").fill("Clipped, always on the move.")
    tab(page, "Endings")
    page.get_by_label("They accept when").fill("It works before the meeting.")
    page.get_by_role("link", name="Studio", exact=True).click()
    expect(page.locator("#page h1")).to_have_text("Content")
    page.go_back()
    expect(page.get_by_label("They accept when")).to_have_value("It works before the meeting.")
    tab(page, "Voice")
    expect(page.get_by_label("Manner")).to_have_value("Clipped, always on the move.")
    page.get_by_label("Manner").fill("Clipped.")
    expect(page.locator("#aside ins").first).to_have_text("Clipped.")
    page.reload()
    expect(page.get_by_label("Manner")).to_have_value("Clipped.")


def test_what_cannot_be_kept_is_said_and_does_not_lock_anybody_in(open_page: Open) -> None:
    page = open_page("?persona=defect_again&tab=who")
    other = open_page("?persona=defect_again&tab=text")
    whole = other.get_by_label("The file itself, as it is on disk")
    whole.fill("name: 'never closed")
    expect(other.locator("#aside")).to_contain_text("1 problem to mend")
    page.get_by_label("Temperament").fill("doubting")
    expect(page.get_by_role("alert")).to_contain_text("Mend it in the text view first")
    page.locator(".tabs").get_by_role("link", name="Text").click()
    expect(page.get_by_role("alert")).to_contain_text("Mend it in the text view first")
    page.wait_for_timeout(1_500)  # the alert is the same one: give the second answer time
    expect(page.get_by_label("Temperament")).to_have_value("doubting")
    page.locator(".tabs").get_by_role("link", name="Text").click()
    expect(page.get_by_label("The file itself, as it is on disk")).to_be_visible()


def test_typing_is_not_disturbed_by_what_the_aside_says(open_page: Open) -> None:
    page = open_page("?persona=hotel_vent&tab=who")
    box = page.get_by_label("Temperament")
    box.click()
    page.keyboard.press("Control+A")
    for word in ("let", " down", " twice"):
        page.keyboard.type(word)
        page.wait_for_timeout(1_000)
    expect(box).to_be_focused()
    expect(box).to_have_value("let down twice")
    expect(page.locator("#aside ins")).to_have_text("let down twice.")


def test_markup_typed_by_a_trainer_is_text_everywhere(open_page: Open) -> None:
    page = open_page("?persona=wrong_address&tab=who")
    page.get_by_label("Summary").fill(playing.ATTACK)
    expect(page.locator("#aside")).to_contain_text(playing.ATTACK)
    publish(page, playing.ATTACK)
    expect(state(page)).to_contain_text("In use: version 2")
    page.locator("summary", has_text="Versions").click()
    expect(page.locator(".versions-list")).to_contain_text(playing.ATTACK)
    page.get_by_role("link", name="Compare with 1").click()
    expect(page.locator("#compared")).to_contain_text(playing.ATTACK)
    assert page.evaluate("window.pwned") is None
    page.locator("summary", has_text="Go back to this").click()
    page.get_by_role("button", name="Yes, go back to 1").click()
    expect(state(page)).to_contain_text("In use: version 3")


def test_the_bar_works_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("?persona=expired_return&tab=who")
    page.get_by_label("Temperament").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("pleading")
    expect(state(page)).to_contain_text("Saved as your draft.")
    page.locator("summary", has_text="Publish").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("softer")
    page.keyboard.press("Enter")
    expect(state(page)).to_contain_text("In use: version 2")
    expect(state(page)).to_be_focused()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_of_the_editor_scrolls_sideways(open_page: Open, width: int) -> None:
    page = open_page("?persona=quiet_leaver", width=width)

    def fits() -> None:
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} wide"

    for name in page.locator(".tabs a").all_inner_texts():
        tab(page, name)
        for fold in page.locator("#page summary:visible").all():
            fold.click()
        fits()
    page.get_by_role("link", name="Preview and auto-run").click()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".round").first).to_be_visible()
    page.get_by_label("Encounters of each trainee").fill("1")
    page.locator("form[data-do=preview-run] button").click()
    expect(page.locator(".strips tbody tr").first).to_be_visible()
    fits()


def test_what_was_typed_does_not_stay_in_a_box_that_holds_something_else_now(
    open_page: Open,
) -> None:
    page = open_page("?persona=quiet_leaver&tab=softens")
    whens = page.get_by_label("When")
    first, second = whens.nth(0).input_value(), whens.nth(1).input_value()
    revert = page.locator("summary", has_text="Revert")
    expect(revert).to_be_hidden()
    whens.first.fill("Does the reply hold what was typed?")
    expect(state(page)).to_contain_text("Saved as your draft.")
    page.locator("summary", has_text="Remove").first.click()
    page.get_by_role("button", name="Yes, remove it").first.click()
    expect(page.locator("fieldset.group")).to_have_count(3)
    expect(whens.first).to_have_value(second)

    page = open_page("?persona=quiet_leaver&tab=who", "Ana")
    before = page.get_by_label("Temperament").input_value()
    page.get_by_label("Temperament").fill("furious")
    expect(state(page)).to_contain_text("Saved as your draft.")
    page.locator("summary", has_text="Revert").click()
    page.get_by_role("button", name="Yes, forget my draft").click()
    expect(page.get_by_label("Temperament")).to_have_value(before)
    tab(page, "What softens")
    expect(page.get_by_label("When").first).to_have_value(first)
    expect(state(page)).to_contain_text("In use as it came")

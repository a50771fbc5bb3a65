"""The page as people meet it: Chromium, a real server, a database of its own.

Every test gets a browser that has never been here. Any request that leaves this machine, any
error in the console or on the page fails the test it happens in.
"""

from __future__ import annotations

import re
import sqlite3
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import browsing
import playing
import pytest
from playwright.sync_api import Browser, Page, expect

from hotseat.domain import Ungraded
from hotseat.web import create_app

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the served page keeps its records."""
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A served page with the typing pace off."""
    app = create_app(playing.url(folder), {"HOTSEAT_PACE": "off"})
    with browsing.serving(app) as served:
        yield served


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with browsing.running(chromium) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens pages of one new browser, and watches all of them."""
    faults: list[str] = []
    contexts: dict[tuple[int, int], Any] = {}

    def start(path: str = "", *, width: int = 1280, height: int = 860) -> Page:
        size = (width, height)
        if size not in contexts:
            contexts[size] = browser.new_context(viewport={"width": width, "height": height})
        page = browsing.watched(contexts[size].new_page(), address, faults)
        page.goto(address + path)
        page.wait_for_selector("body[data-view]")
        return page

    yield start
    for context in contexts.values():
        context.close()
    assert not faults, "\n".join(faults)


def meet_dana(page: Page, intensity: str = "standard") -> None:
    page.get_by_text(re.compile(r"^All .* customers$")).click()
    page.get_by_role("link", name="Dana Whitlock").click()
    page.get_by_role("radio", name=intensity.capitalize()).check()
    page.get_by_role("button", name="Start with Dana").click()
    expect(page.locator(".log .turn")).to_have_count(1)


def box(page: Page) -> Any:
    return page.get_by_label("Your reply to Dana")


def reply(page: Page, text: str) -> None:
    """Send a reply and wait until the customer has answered and the coach has spoken."""
    before = page.locator("#log .turn").count()
    box(page).fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#log .turn")).to_have_count(before + 2)
    expect(page.get_by_text("Reviewing…")).to_have_count(0)
    expect(page.locator(".over, form.say[data-busy='']")).to_have_count(1)


def stop(page: Page) -> None:
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("dialog").get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="You ended it")).to_be_visible()


def see_debrief(page: Page) -> None:
    page.get_by_role("link", name="Look back first").click()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_text("Satisfaction, simulated")).to_be_visible()


def test_a_whole_encounter_is_played_from_home_to_debrief(open_page: Open) -> None:
    page = open_page()
    expect(page.get_by_text("The customer is an AI and may be rude.")).to_be_visible()
    expect(page.get_by_text("Customer: embedded engine · Judge: embedded engine")).to_be_visible()
    expect(page.get_by_text("No encounters yet.")).to_be_visible()
    expect(page.locator(".pick")).to_have_count(3)
    meet_dana(page, "strong")
    for text in playing.GOOD:
        if box(page).count():
            reply(page, text)
    if box(page).count():
        stop(page)
    expect(page.locator("#coach")).to_contain_text("1 strength")
    page.get_by_role("link", name="Look back first").click()
    expect(page.get_by_role("heading", name="First, your own view")).to_be_visible()
    expect(page.locator("#page")).not_to_contain_text("of 100")
    page.get_by_label("What worked?").fill("I named the day")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("I named the day")).to_be_visible()
    expect(page.get_by_role("heading", name="How the mood moved")).to_be_visible()
    expect(page.get_by_text("One strength · reply")).to_be_visible()
    page.locator("summary", has_text="Full scorecard").click()
    expect(page.get_by_text("points of the rubric came up")).to_be_visible()
    page.locator("summary", has_text="What you didn't know").click()
    expect(page.get_by_text("What was kept back")).to_be_visible()
    page.get_by_role("link", name="hotseat").click()
    expect(page.locator("#recent + ul > li")).to_have_count(1)


def test_refreshing_in_the_middle_finds_everything_where_it_was(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    reply(page, playing.GOOD[0])
    box(page).fill("half a thought")
    page.wait_for_timeout(1200)
    said = page.locator("#log").inner_text()
    page.reload()
    expect(box(page)).to_have_value("half a thought")
    assert page.locator("#log").inner_text() == said
    page.get_by_role("link", name="hotseat").click()
    page.get_by_role("link", name="Continue with Dana").click()
    expect(box(page)).to_have_value("half a thought")
    page.go_back()
    expect(page.get_by_role("link", name="Continue with Dana")).to_be_visible()


def test_stopping_early_ends_it_kindly(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    reply(page, "Hello Dana, I am looking at your order now.")
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Keep going").click()
    expect(box(page)).to_be_focused()
    stop(page)
    expect(page.locator(".over")).to_contain_text("Stopping is not failing.")
    see_debrief(page)
    expect(page.get_by_role("heading", name="You ended it")).to_be_visible()


def test_a_retry_goes_on_from_that_reply_and_shows_both_versions(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    reply(page, playing.GOOD[0])
    reply(page, "It will be looked into soon.")
    stop(page)
    see_debrief(page)
    page.get_by_label("Retry from").select_option("2")
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#log .turn")).to_have_count(3)
    reply(page, playing.GOOD[1])
    stop(page)
    see_debrief(page)
    versions = page.locator(".versions")
    expect(versions).to_contain_text("It will be looked into soon.")
    expect(versions).to_contain_text(playing.GOOD[1])


def test_markup_typed_by_a_trainee_is_text_everywhere(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    box(page).fill(playing.ATTACK)
    page.wait_for_timeout(900)
    page.reload()
    expect(box(page)).to_have_value(playing.ATTACK)
    reply(page, playing.ATTACK)
    expect(page.locator("#log .you")).to_contain_text(playing.ATTACK)
    page.reload()
    expect(page.locator("#log .you")).to_contain_text(playing.ATTACK)
    stop(page)
    page.get_by_role("link", name="Look back first").click()
    page.get_by_label("What worked?").fill(playing.ATTACK)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#page").get_by_text(playing.ATTACK).first).to_be_visible()
    for fold in page.locator(".fold > summary").all():
        fold.click()
    expect(page.locator("#turn-1")).to_contain_text(playing.ATTACK)
    with page.expect_download() as download:
        page.get_by_role("link", name="readable page").click()
    page.goto(f"data:text/html;charset=utf-8;base64,{_base64(download.value.path())}")
    expect(page.locator("#turn-1")).to_contain_text(playing.ATTACK)
    assert page.evaluate("window.pwned") is None


def test_an_encounter_can_be_played_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page()
    keys = page.keyboard
    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#title")).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Start with"))).to_be_visible()
    expect(page.locator("#title")).to_be_focused()
    tab_to(page, "input[type=radio]:checked")
    keys.press("ArrowDown")
    tab_to(page, "button.main")
    keys.press("Enter")
    expect(page.locator("#reply")).to_be_focused()
    keys.type("Good morning,")
    keys.press("Shift+Enter")
    keys.type("what happened?")
    expect(page.locator("#reply")).to_have_value("Good morning,\nwhat happened?")
    keys.press("Enter")
    expect(page.locator("#log .turn")).to_have_count(3)
    expect(page.locator("#reply")).to_have_value("")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    tab_to(page, "[data-open=pause]", backwards=True)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    keys.press("Escape")
    tab_to(page, "[data-open=stop]")
    keys.press("Enter")
    tab_to(page, "#stop .main", backwards=True)
    keys.press("Enter")
    expect(page.get_by_role("link", name="Look back first")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways(open_page: Open, width: int) -> None:
    page = open_page(width=width, height=800)

    def fits() -> None:
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.title()} is {wide} wide"

    fits()
    meet_dana(page)
    fits()
    reply(page, "Unbreakable" * 40 + " " + playing.GOOD[0])
    fits()
    stop(page)
    see_debrief(page)
    for fold in page.locator(".fold > summary").all():
        fold.click()
    fits()
    page.get_by_role("link", name="Your progress").click()
    expect(page.get_by_text("Three encounters needed for a trend.")).to_be_visible()
    fits()


def test_a_double_click_sends_once_and_a_second_tab_is_refused_kindly(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    other = open_page("?" + page.url.partition("?")[2])
    box(page).fill(playing.GOOD[0])
    page.get_by_role("button", name="Send").dblclick()
    expect(page.locator("#log .turn")).to_have_count(3)
    box(other).fill("Something else altogether")
    other.get_by_role("button", name="Send").click()
    expect(other.get_by_role("alert")).to_contain_text("went on in another tab")
    expect(box(other)).to_have_value("Something else altogether")
    expect(other.locator("#log .turn")).to_have_count(3)
    other.get_by_role("button", name="Send").click()
    expect(other.locator("#log .turn")).to_have_count(5)


def test_what_cannot_be_sent_stays_in_the_box(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    box(page).fill("   ")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    long = "x" * 20_000
    box(page).fill(long)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("4,000 is the most")
    expect(box(page)).to_have_value(long)
    expect(page.locator("#log .turn")).to_have_count(1)
    expect(page.get_by_role("button", name="Send")).to_be_enabled()


def test_typed_text_outlives_a_server_that_is_away(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    page.route("**/gradio_api/queue/join*", lambda route: route.fulfill(status=204))
    box(page).fill("typed while the server was away")
    page.unroute_all()
    page.reload()
    expect(box(page)).to_have_value("typed while the server was away")


def test_a_locked_database_costs_no_word(open_page: Open, folder: Path) -> None:
    page = open_page()
    meet_dana(page)
    box(page).fill("Hello Dana.")
    page.wait_for_timeout(900)
    with closing(sqlite3.connect(folder / "records.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("alert")).to_be_visible(timeout=12_000)
    expect(box(page)).to_have_value("Hello Dana.")
    expect(page.locator("#log .turn")).to_have_count(1)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#log .turn")).to_have_count(3)


def test_closing_the_tab_mid_turn_loses_nothing(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    where = "?" + page.url.partition("?")[2]
    box(page).fill(playing.GOOD[0])
    page.get_by_text("Typing pace").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".dots")).to_be_visible()
    page.close()
    page = open_page(where)
    expect(page.locator("#log .turn")).to_have_count(3)
    expect(page.locator("#coach")).to_contain_text("Reply 1: 1 strength")


def test_hints_climb_three_rungs_and_keep_what_is_typed(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    box(page).fill("Dear Dana")
    page.get_by_role("button", name="Hint").click()
    expect(page.locator(".hint li")).to_have_count(1)
    page.get_by_role("button", name="Another hint").click()
    page.get_by_role("button", name="Another hint").click()
    expect(page.locator(".hint li")).to_have_count(3)
    expect(page.get_by_role("button", name="Another hint")).to_have_count(0)
    expect(box(page)).to_have_value("Dear Dana")


def test_the_mood_is_a_word_and_can_be_switched_off(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    mood = page.locator(".mood")
    assert not re.search(r"\d", mood.inner_text())
    page.get_by_text("Show mood").click()
    expect(mood).to_be_hidden()
    page.reload()
    expect(box(page)).to_be_visible()
    expect(mood).to_be_hidden()


def test_a_point_of_the_mood_plot_leads_to_its_reply(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    reply(page, playing.GOOD[0])
    stop(page)
    see_debrief(page)
    page.get_by_role("link", name=re.compile("^Reply 1: ")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1")).to_be_focused()
    expect(page.locator("#turn-1")).to_be_visible()


def test_a_server_that_is_away_is_told_and_a_reply_that_comes_late_is_not_kept_twice(
    open_page: Open,
) -> None:
    page = open_page()
    meet_dana(page)
    page.route("**/gradio_api/queue/join*", lambda route: None)  # held until it is unrouted
    page.evaluate("""() => {
        window.reach = window.fetch;
        const away = () => Promise.reject(new TypeError("away"));
        window.fetch = (...a) => String(a[0]).includes("alive") ? away() : window.reach(...a);
    }""")
    box(page).fill(playing.GOOD[0])
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The server is not answering.")).to_be_visible()
    expect(box(page)).to_have_value(playing.GOOD[0])
    page.evaluate("() => { window.fetch = window.reach; }")
    page.unroute("**/gradio_api/queue/join*")
    expect(page.locator("#log .turn")).to_have_count(3)
    expect(page.get_by_text("The server is not answering.")).to_be_hidden()
    expect(box(page)).to_have_value("")


def test_the_trainees_own_view_outlives_a_refresh(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    reply(page, playing.GOOD[0])
    stop(page)
    page.get_by_role("link", name="Look back first").click()
    page.get_by_label("What worked?").fill("I named the day")
    page.reload()
    expect(page.get_by_role("heading", name="First, your own view")).to_be_visible()
    expect(page.get_by_label("What worked?")).to_have_value("I named the day")


def test_a_paste_far_too_long_is_kept_counted_and_not_sent(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    box(page).fill("word " * 5_000)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("4,000 is the most. Shorten it; nothing was sent")).to_be_visible()
    assert len(box(page).input_value()) == 25_000
    expect(page.locator("#log .turn")).to_have_count(1)


def test_a_character_that_turns_text_around_turns_nothing(open_page: Open) -> None:
    page = open_page()
    meet_dana(page)
    reply(page, "Dana, see \u202emoc.live about it")
    said = page.locator("#log .you .said")
    expect(said).to_contain_text("Dana, see moc.live about it")
    page.reload()
    expect(said).to_contain_text("Dana, see moc.live about it")


def test_a_reply_that_was_not_graded_is_graded_again_where_it_is_shown(
    open_page: Open, folder: Path
) -> None:
    page = open_page()
    meet_dana(page)
    reply(page, playing.GOOD[0])
    forget_grades(page, folder)
    page.reload()
    expect(page.locator("#coach")).to_contain_text("Not graded: the model did not answer.")
    page.locator("#coach").get_by_role("button", name="Grade again reply 1").click()
    expect(page.locator("#coach summary")).to_contain_text("Reply 1: ")
    stop(page)
    see_debrief(page)
    forget_grades(page, folder)
    page.reload()
    expect(page.get_by_text("1 reply is not graded yet; it counts neither way.")).to_have_count(2)
    page.get_by_role("button", name="Grade again reply 1").click()
    expect(page.get_by_text("not graded yet")).to_have_count(0)
    expect(page.get_by_text("One strength · reply 1")).to_be_visible()


def test_a_trainer_at_this_machine_sees_the_settings_and_checks_the_seats(open_page: Open) -> None:
    for width in (1280, 390):
        page = open_page(width=width)
        page.get_by_role("link", name="Settings").click()
        expect(page.get_by_role("heading", name="Settings")).to_be_visible()
        expect(page).to_have_title("Settings · hotseat")
        page.get_by_role("button", name="Check that they answer").click()
        expect(page.get_by_text("Is here")).to_have_count(3)
        expect(page.get_by_role("button", name="Check that they answer")).to_be_enabled()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def forget_grades(page: Page, folder: Path) -> None:
    """Take the grades of the encounter that is shown, as if the judge had been away."""
    id = page.url.partition("=")[2]
    none = Ungraded(reason="the model did not answer", engine="embedded", passing=True)
    with closing(sqlite3.connect(folder / "records.sqlite", timeout=10)) as file, file:
        values = (none.model_dump_json(), id)
        file.execute("update steps set verdict = ?, settled = null where encounter_id = ?", values)


def test_another_browser_cannot_open_an_encounter(open_page: Open, address: str) -> None:
    page = open_page()
    meet_dana(page)
    stranger = open_page("?" + page.url.partition("?")[2], width=900)
    expect(stranger.get_by_role("heading", name="No such encounter")).to_be_visible()
    expect(stranger.locator("body")).not_to_contain_text("Dana")


def tab_to(page: Page, goal: str, *, backwards: bool = False) -> None:
    """Press Tab until the goal has the focus; the order is the page's own."""
    for _ in range(30):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate("goal => document.activeElement.matches(goal)", goal):
            return
    pytest.fail(f"{goal} cannot be reached with Tab")


def _base64(path: Path) -> str:
    return b64encode(path.read_bytes()).decode()

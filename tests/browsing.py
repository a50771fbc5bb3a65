"""A served page and a browser, for every test that opens one.

Any request that leaves this machine, any error in the console or on the page is a fault.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from hotseat.web import create_app, identity

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LEFT = ("AbortError", "Connection errored out")
"""What Gradio says when a page is left while its stream is open."""
TOKEN = "a" * 32
ME = identity.browser_name(TOKEN)
"""Whose records the browser sees as its own."""
Open = Callable[[str], Page]
expect.set_options(timeout=30_000)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of an app while it is served."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(40)


def served(url: str) -> AbstractContextManager[str]:
    """The address of a page served from these records, with the typing pace off."""
    return serving(create_app(url, {"HOTSEAT_PACE": "off"}))


@contextmanager
def running(chromium: str) -> Iterator[Browser]:
    """A browser while it runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


def watched(page: Page, address: str, faults: list[str]) -> Page:
    """The page, with whatever goes wrong in it noted: errors, dialogs, requests to elsewhere."""

    def heard(said: ConsoleMessage) -> None:
        if said.type == "error" and not any(left in said.text for left in LEFT):
            faults.append(f"console: {said.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(f"outside request: {request.url}")

    page.set_default_timeout(12_000)
    page.on("pageerror", lambda error: faults.append(f"page error: {error}"))
    page.on("dialog", lambda dialog: (faults.append("a dialog"), dialog.dismiss()))
    page.on("console", heard)
    page.on("request", asked)
    return page


@contextmanager
def opened(address: str, chromium: str) -> Iterator[Open]:
    """Opens pages by their query; at the end nothing may have gone wrong in any of them."""
    faults: list[str] = []
    with running(chromium) as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        cookie = {"name": identity.COOKIE, "value": TOKEN, "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item]

        def start(query: str = "") -> Page:
            page = watched(context.new_page(), address, faults)
            page.goto(address + query)
            page.wait_for_selector("body[data-view]")
            return page

        yield start
    assert not faults, "\n".join(faults)

"""The Gradio side: which places there are on the page, and which events reach the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, cast

import gradio as gr
from fastapi import Request

from . import pages
from .desk import Asked, Desk
from .follow import Slots
from .identity import Visitor
from .tabs import Tabs, newest
from .theme import STATIC

Handler = Callable[[Visitor, Asked], AsyncIterator[Slots]]
Trainer = Callable[[str, Request], bool]
LONGEST = 200_000
"""Characters of any one value the page may send; a content file is the longest of them."""


def build(desk: Desk, is_trainer: Trainer) -> gr.Blocks:
    """The page. Its places are HTML we render; the hidden `wire` carries events in and tells
    the page's script where we are. `is_trainer` says so of a trainee and their request."""
    with gr.Blocks(title="hotseat", analytics_enabled=False, fill_width=True) as demo:
        script = (STATIC / "hotseat.js").read_text(encoding="utf-8")
        wire = _html("wire", js_on_load=script, html_template="", elem_classes="wire")
        places: dict[str, gr.HTML] = {"wire": wire}
        places["masthead"] = _html("masthead", pages.masthead(desk.rooms.seats))
        with gr.Row(elem_id="desk"):
            places["page"] = _html("page")
            places["aside"] = _html("aside")
        with gr.Row(elem_id="room"):
            places["case"] = _html("case")
            with gr.Column(elem_id="talk", min_width=0):
                places["bar"] = _html("bar")
                with gr.Column(elem_id="scroll", min_width=0):
                    places["log"] = _html("log")
                    places["live"] = _html("live")
                with gr.Column(elem_id="foot", min_width=0):
                    places["latest"] = _html("latest")
                    places["composer"] = _html("composer")
            places["coach"] = _html("coach")
        places["kept"] = _html("kept", elem_classes="wire")
        _html("dialogs", pages.dialogs())
        tabs = Tabs()

        for event, handler in _handlers(desk).items():
            getattr(wire, event)(
                _answering(handler, places, tabs, is_trainer),
                outputs=list(places.values()),
                show_progress="hidden",
                api_visibility="private",
                concurrency_limit=None,
                trigger_mode="multiple",
            )
    return demo


def _handlers(desk: Desk) -> dict[str, Handler]:
    """Every event the page's script may send, with what answers it."""
    return {
        "go": desk.go,
        "act": desk.act,
        "say": desk.say,
        "look": desk.look,
        "draft": desk.draft,
    }


def _html(name: str, value: str = "", **options: Any) -> gr.HTML:
    options = {"js_on_load": None, **options}
    return gr.HTML(value, elem_id=name, apply_default_css=False, container=False, **options)


def _answering(
    handler: Handler, places: dict[str, gr.HTML], tabs: Tabs, is_trainer: Trainer
) -> Callable[..., AsyncIterator[dict[gr.HTML, str] | dict[str, Any]]]:
    nothing = cast("dict[str, Any]", gr.skip())  # pyright: ignore[reportUnknownMemberType]

    async def answer(
        request: gr.Request, event: gr.EventData
    ) -> AsyncIterator[dict[gr.HTML, str] | dict[str, Any]]:
        asked = _asked(event)
        number = asked.get("visit", "")
        visit = int(number) if number.isdecimal() and len(number) < 10 else 0
        trainee = _trainee(request)
        came = cast("Request", request.request)
        answers = handler(Visitor(trainee, is_trainer(trainee, came)), asked)
        async for slots in newest(answers, tabs.tab(request.session_hash or ""), visit):
            yield {places[name]: html for name, html in slots.items()} or nothing

    return answer


def _trainee(request: gr.Request) -> str:
    """Who is asking, as the server's own sign-in established it; never what the page claims."""
    if not request.username:
        raise gr.Error("Open the page again: this one does not know you.", print_exception=False)
    return request.username


def _asked(event: gr.EventData) -> Asked:
    """What the page sent, as short strings whatever it was."""
    sent = cast("object", event._data)  # pyright: ignore[reportPrivateUsage]
    if not isinstance(sent, dict):
        return {}
    pairs = cast("dict[object, object]", sent).items()
    return {str(key): str(value)[:LONGEST] for key, value in pairs}

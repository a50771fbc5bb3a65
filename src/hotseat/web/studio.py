"""What every page of the studio shares: who may be there, what they work on, and how a page is
shown. The pages themselves are the `studio_*` modules; each has PLACES (by the key of an address)
and ACTS (by what a form does)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

from ..catalog.loaded import Content
from ..errors import HotseatError
from ..llm import Seats
from ..store import Store
from ..studio.edit import Change
from ..studio.publishing import Desk as Publishing
from .follow import Slots
from .identity import SIGNED_IN, Visitor
from .render import render
from .room import Rooms
from .uploads import Uploads

Asked = Mapping[str, str]

RUBRIC = "service_recovery"
"""The rubric that practice is graded by."""

ONLY_TRAINERS = HotseatError(
    "The studio is for trainers.",
    fix="Sign in as one, or ask whoever runs this room to add your name to HOTSEAT_TRAINERS.",
)

LINKS = (
    ("studio", "Content"),
    ("calibrate", "Calibrate"),
    ("review", "Review"),
    ("team", "Team"),
    ("import", "Import"),
)
"""The parts of the studio, in the order of its navigation."""


@dataclass(frozen=True)
class Studio:
    """What a page of the studio works with. `ticket` numbers what is sent to the page, `uploads`
    are the files that trainers sent."""

    rooms: Rooms
    content: Content
    ticket: Callable[[], int]
    uploads: Uploads

    @property
    def store(self) -> Store:
        return self.rooms.store

    @property
    def seats(self) -> Seats:
        return self.rooms.seats

    @property
    def publishing(self) -> Publishing:
        return Publishing(self.store, self.content.root)

    def screen(self, address: str, title: str, *, page: str, aside: str = "") -> Slots:
        """A page of the studio, `aside` beside it, with word to the page's script of where we
        are. Numbered, because the script is only woken by a value that differs from the last."""
        told = {"view": "studio", "address": address, "title": f"{title} · hotseat studio"}
        wire = json.dumps({**told, "at": self.ticket()})
        return {"wire": wire, "page": page, "aside": aside}

    def notice(self, text: str) -> Slots:
        """A notice over whatever is shown, which stays as it is."""
        return {"wire": json.dumps({"notice": text, "at": self.ticket()})}


Place = Callable[[Studio, Visitor, Asked], AsyncIterator[Slots]]
"""Shows a page, or does what a form asks for and shows what follows. Raises HotseatError."""


def name(who: Visitor) -> str:
    """What a trainer is called in versions and rulings: the signed-in name, or "this machine"."""
    signed_in = who.trainee.startswith(SIGNED_IN)
    return who.trainee.removeprefix(SIGNED_IN) if signed_in else "this machine"


def changes(asked: Asked) -> list[Change]:
    """The edits of a form: a field `at:voice.manner` is text at that place, `list:voice.habits`
    a list with one item a line; a field that is empty removes what is there."""
    found: list[Change] = []
    for field, value in asked.items():
        kind, _, place = field.partition(":")
        text = value.replace("\r\n", "\n").strip()
        if kind == "at" and place:
            found.append(Change(place, " ".join(text.split()) or None))
        elif kind == "list" and place:
            items = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
            found.append(Change(place, items or None))
    return found


def page(template: str, here: str, **context: object) -> str:
    """A page of the studio under its navigation; `here` is the part it belongs to."""
    return render(f"studio_{template}", here=here, links=LINKS, **context)

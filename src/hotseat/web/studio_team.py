"""How the team stands, in bands and never in ranks; and the lessons its people pass on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from typing import Literal
from urllib.parse import urlencode

from ..errors import HotseatError
from ..studio import team
from ..studio.team import BANDS, FEW, LINE, PEOPLE, SURE, Band
from . import ruled
from .follow import Slots
from .identity import SIGNED_IN, Visitor
from .studio import RUBRIC, Asked, Place, Studio, name, page

RECENT = 500
"""Encounters that the bands rest on, the newest."""

SIGNS: Mapping[Band, str] = MappingProxyType(
    {"solid": "●", "getting there": "◐", "needs practice": "○", "not enough": "·"}
)
"""Every band as a sign beside its word: colour is never the only signal."""


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:  # noqa: ARG001
    """The team's bands and its lessons."""
    yield await _shown(studio, asked)


async def decide(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Show a lesson on the start page, or take it down."""
    lessons = await studio.store.reviews.lessons()
    lesson = next((one for one in lessons if one.id == asked.get("id")), None)
    gone = HotseatError("this lesson was taken back", fix="open the page again")
    if lesson is None:
        raise gone
    state: Literal["shown", "declined"] = "shown" if asked.get("how") == "show" else "declined"
    decided = lesson.model_copy(update={"state": state, "who": name(who)})
    if not await studio.store.reviews.teach(decided, new=False):
        raise gone
    yield await _shown(studio, {})


async def _shown(studio: Studio, asked: Asked) -> Slots:
    rubric = studio.content.rubrics[RUBRIC]
    chosen = asked.get("section", "")
    section = chosen if any(chosen == s.title for s in rubric.sections) else ""
    records = await ruled.released(studio.store, await studio.store.recent(RECENT))
    rows = await asyncio.to_thread(team.people, records, rubric, section)
    lessons = await studio.store.reviews.lessons()
    html = page(
        "team",
        "team",
        columns=[title for title, _ in team.skills(rubric, section)],
        rows=sorted(((called(row.trainee), row) for row in rows), key=lambda row: row[0].lower()),
        together=team.together(rows),
        bands=BANDS,
        signs=SIGNS,
        section=section,
        sections=[
            (s.title, f"?{urlencode({'team': 1, 'section': s.title})}") for s in rubric.sections
        ],
        lessons={
            state: [one for one in lessons if one.state == state] for state in ("offered", "shown")
        },
        few=FEW,
        people=PEOPLE,
        line=f"{100 * LINE:.0f}",
        sure=f"{100 * SURE:.0f}",
    )
    address = f"?{urlencode({'team': 1, 'section': section})}" if section else "?team=1"
    return studio.screen(address, "Team", page=html)


def called(trainee: str) -> str:
    """What a person is called here: their name where people sign in, else a pseudonym that is the
    same every time and says nothing."""
    if trainee.startswith(SIGNED_IN):
        return trainee.removeprefix(SIGNED_IN)
    return f"Trainee {trainee.rpartition(':')[2][:4]}"


PLACES: Mapping[str, Place] = MappingProxyType({"team": show})
ACTS: Mapping[str, Place] = MappingProxyType({"team-lesson": decide})

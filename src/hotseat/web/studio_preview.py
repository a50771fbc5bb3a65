"""Preview and auto-run of a persona: what a draft does to the same replies, and to the scripted
trainees. The preview is the page; the auto-run stands beside it, goes on in a task of the server,
and is found again after a refresh."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from .. import llm
from ..catalog.live import checked
from ..domain import INTENSITIES, Intensity, Persona, Rubric, Version
from ..errors import ContentError, HotseatError
from ..evaluation.trainees import Quality
from ..studio import previewing
from ..studio.previewing import QUALITIES, Run, Side
from .follow import Slots
from .identity import Visitor
from .jobs import Key
from .studio import Asked, Place, Studio, name, page
from .studio_autorun import MOST_SEEDS, aside, price

SEED = 7
"""The seed of every preview, the same for both sides."""


class Cast(NamedTuple):
    """The two versions of a persona that are compared. `old` is what is in use, or a published
    version; `new` the draft. Either is None where there is none, or none that can be used."""

    id: str
    old: Persona | None
    new: Persona | None
    against: str
    problems: int
    versions: Sequence[Version]
    drafted: bool

    @property
    def shown(self) -> Persona:
        found = self.new or self.old
        if found is None:
            raise ContentError("nothing of this persona can be played yet", fix="mend it first")
        return found


class Ask(NamedTuple):
    """What is to be previewed, as the form has it; `source` is where its replies came from."""

    scenario: str
    intensity: Intensity
    source: str
    replies: Sequence[str]


# ------------------------------------------------------------------ places and acts


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """The page, with replies to try: those of a past conversation, or of a scripted trainee."""
    cast = await _cast(studio, who, asked)
    ask = _ask(cast, asked)
    if not ask.replies:
        replies = await _replies(studio, who, cast, ask)
        ask = ask._replace(replies=replies)
    async for slots in _shown(studio, who, cast, ask):
        yield slots


async def _play(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Let both versions answer the same replies."""
    cast = await _cast(studio, who, asked)
    ask = _ask(cast, asked)
    if not ask.replies:
        raise HotseatError("there is nothing to answer yet", fix="write a reply, or take some over")
    yield await _screen(studio, who, cast, ask, busy=True)
    rubric = _rubric(studio)

    async def side(persona: Persona | None) -> Side | None:
        if persona is None or ask.scenario not in persona.scenarios:
            return None
        return await previewing.answered(
            persona,
            ask.scenario,
            ask.replies,
            rubric,
            studio.seats,
            intensity=ask.intensity,
            seed=SEED,
        )

    try:
        sides = await asyncio.gather(side(cast.old), side(cast.new))
    except HotseatError:  # the replies stay where they were typed
        yield await _screen(studio, who, cast, ask)
        raise
    async for slots in _shown(studio, who, cast, ask, sides):
        yield slots


async def _run(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Begin an auto-run of the draft, or of what is in use where there is none, and follow it."""
    cast = await _cast(studio, who, asked)
    ask = _ask(cast, asked)
    seeds = asked.get("seeds", "")
    number = min(MOST_SEEDS, max(1, int(seeds))) if seeds.isdecimal() and len(seeds) < 4 else 3
    persona, rubric = cast.shown, _rubric(studio)

    which = "your draft" if cast.new and cast.drafted else "what is in use"

    def work() -> AsyncIterator[Run]:
        return previewing.auto_run(
            persona,
            ask.scenario,
            rubric,
            studio.seats,
            intensity=ask.intensity,
            seeds=range(number),
        )

    studio.rooms.jobs.start(
        _key(who, cast),
        number * len(previewing.TRAINEES),
        work,
        f"{persona.name}: {which}, {ask.intensity}",
    )
    async for slots in _followed(studio, who, cast, ask):
        yield slots


async def _cancel(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    cast = await _cast(studio, who, asked)
    if job := studio.rooms.jobs.find(_key(who, cast)):
        job.cancel()
        await job.ended()
    yield {"aside": _beside(studio, who, cast, _ask(cast, asked))}


# ------------------------------------------------------------------ what is shown


async def _shown(
    studio: Studio,
    who: Visitor,
    cast: Cast,
    ask: Ask,
    sides: tuple[Side | None, Side | None] = (None, None),
) -> AsyncIterator[Slots]:
    yield await _screen(studio, who, cast, ask, sides)
    async for slots in _followed(studio, who, cast, ask):
        yield slots


async def _followed(studio: Studio, who: Visitor, cast: Cast, ask: Ask) -> AsyncIterator[Slots]:
    """The auto-run as it goes on, without touching the page beside it."""
    if job := studio.rooms.jobs.find(_key(who, cast)):
        async for _ in job.followed():
            yield {"aside": _beside(studio, who, cast, ask)}


async def _screen(
    studio: Studio,
    who: Visitor,
    cast: Cast,
    ask: Ask,
    sides: tuple[Side | None, Side | None] = (None, None),
    *,
    busy: bool = False,
) -> Slots:
    persona = cast.shown
    history = await studio.store.history(who.trainee)
    past = [
        (record.id, f"{record.persona.name}, {record.started:%-d %b}")
        for record in history
        if record.steps
    ]
    imports = [(one.id, one.title) for one in await studio.store.reviews.imports()]
    html = page(
        "preview",
        "studio",
        cast=cast,
        persona=persona,
        ask=ask,
        intensities=[(i, _address(cast, ask._replace(intensity=i))) for i in INTENSITIES],
        scenarios=[
            (each.title, _address(cast, ask._replace(scenario=id)), id)
            for id, each in persona.scenarios.items()
        ],
        boxes=[*ask.replies, *[""] * (previewing.MOST - len(ask.replies))],
        qualities=QUALITIES,
        past=[*past[:20], *imports[:50]],
        old=sides[0],
        new=sides[1],
        rounds=_rounds(*sides),
        busy=busy,
        price=price(studio.seats, 2 * len(ask.replies) / 8),
    )
    beside = _beside(studio, who, cast, ask)
    title = f"Preview of {persona.name}"
    return studio.screen(_address(cast, ask), title, page=html, aside=beside)


def _beside(studio: Studio, who: Visitor, cast: Cast, ask: Ask) -> str:
    job = studio.rooms.jobs.find(_key(who, cast))
    about = {"preview": cast.id, "scenario": ask.scenario, "intensity": ask.intensity}
    return aside(job, studio.seats, about)


def _rounds(old: Side | None, new: Side | None) -> list[tuple[str, object, object]]:
    """Each reply with what the two sides said to it; None once a side had ended."""
    longest = max((side.said for side in (old, new) if side), key=len, default=())
    at = range(len(longest))
    said = [[*side.said, *[None] * len(at)] if side else [None] * len(at) for side in (old, new)]
    return [(longest[n].reply, said[0][n], said[1][n]) for n in at]


# ------------------------------------------------------------------ what is asked


async def _cast(studio: Studio, who: Visitor, asked: Asked) -> Cast:
    id = asked.get("preview", "")
    opened = await studio.publishing.open("persona", id, name(who))
    root, against = studio.content.root, asked.get("against", "")
    version = next((v for v in opened.versions if str(v.number) == against), None)
    old = checked("persona", id, version.text if version else opened.file, root)
    differs = opened.drafted or version is not None
    new = checked("persona", id, opened.text, root) if differs else None
    return Cast(
        id=id,
        old=old.noun if isinstance(old.noun, Persona) else None,
        new=new.noun if new and isinstance(new.noun, Persona) else None,
        against=str(version.number) if version else "",
        problems=len(new.problems) if new else 0,
        versions=opened.versions,
        drafted=opened.drafted,
    )


def _ask(cast: Cast, asked: Asked) -> Ask:
    scenarios = cast.shown.scenarios
    intensities: dict[str, Intensity] = {name: name for name in INTENSITIES}
    scenario = asked.get("scenario", "")
    typed = (asked.get(f"reply-{n}", "").strip() for n in range(1, previewing.MOST + 1))
    return Ask(
        scenario=scenario if scenario in scenarios else next(iter(scenarios)),
        intensity=intensities.get(asked.get("intensity", ""), "standard"),
        source=asked.get("from", ""),
        replies=[reply for reply in typed if reply],
    )


async def _replies(studio: Studio, who: Visitor, cast: Cast, ask: Ask) -> Sequence[str]:
    """Replies to begin with. An unknown source gives those of the good scripted trainee."""
    pasts = [*await studio.store.history(who.trainee), *await studio.store.reviews.imports()]
    if past := next((past for past in pasts if past.id == ask.source), None):
        return previewing.lines_of(past)
    qualities: dict[str, Quality] = {quality: quality for quality in QUALITIES}
    return await previewing.lines_by(
        qualities.get(ask.source, "good"),
        cast.shown,
        ask.scenario,
        _rubric(studio),
        llm.seats({}),
    )


def _rubric(studio: Studio) -> Rubric:
    return next(iter(studio.content.rubrics.values()))


def _key(who: Visitor, cast: Cast) -> Key:
    return who.trainee, "auto-run", cast.id


def _address(cast: Cast, ask: Ask) -> str:
    query = {"preview": cast.id, "scenario": ask.scenario, "intensity": ask.intensity}
    more = {"against": cast.against, "from": ask.source}
    return f"?{urlencode(query | {key: value for key, value in more.items() if value})}"


PLACES: Mapping[str, Place] = MappingProxyType({"preview": show})
ACTS: Mapping[str, Place] = MappingProxyType(
    {
        "preview-take": show,
        "preview-play": _play,
        "preview-run": _run,
        "preview-cancel": _cancel,
    }
)

"""Real past conversations: bring them in masked, grade them, use their lines, begin a persona."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from .. import catalog, judge, scoring
from ..domain import Import, Step, Ungraded, Verdict
from ..errors import HotseatError
from ..llm.calls import price
from ..studio import drafting, trying
from ..studio.importing import Brought, imported
from ..studio.trying import TOKENS
from . import report, studio_persona
from .follow import Slots
from .identity import Visitor
from .jobs import Job, Key
from .ruled import UNSAID
from .studio import RUBRIC, Asked, Place, Studio, name, page
from .studio_publish import slug

SHOWN = 20
"""Conversations shown in full before they are kept."""

AT_ONCE = 4
"""Replies being graded at the same time."""

MASK = re.compile(
    r"(\[(?:e-mail|account number|social security number|card number|phone number)\])"
)
"""What masking leaves in the place of a detail."""


class Line(NamedTuple):
    """A message as it is shown, in parts: plain words and masks by turns."""

    trainee: bool
    parts: Sequence[str]
    number: int


class Graded(NamedTuple):
    """One reply of a conversation with what the judge made of it; `number` from 1."""

    number: int
    verdict: Verdict | Ungraded


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Everything that was brought in, or one conversation of it, followed while it is graded."""
    if not asked.get("id"):
        yield await _list(studio)
        return
    one = await _one(studio, asked)
    job = studio.rooms.jobs.find(_key(who, one))
    if job:
        async for _ in job.followed():
            if job.running:
                yield _shown(studio, one, job)
    yield _shown(studio, one, job)


async def read(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """What a file or a pasted text holds, masked, before anything is kept."""
    key, file = asked.get("file", ""), "Pasted.txt"
    if not key:
        text = asked.get("text", "")
        if not text.strip():
            raise HotseatError("there is nothing to read", fix="choose a file, or paste a text")
        ending = {"[": "json", "{": "jsonl"}.get(text.lstrip()[:1], "txt")
        key = studio.uploads.keep(f"Pasted.{ending}", text.encode(), who.trainee)
    (found, left_out), file = await _read(studio, who, key)
    html = page(
        "import_read",
        "import",
        file=file,
        key=key,
        number=len(found),
        masked=sum(one.masked for one in found),
        shown=[(one, _lines(one)) for one in found[:SHOWN]],
        more=max(0, len(found) - SHOWN),
        left_out=left_out[:SHOWN],
        left=len(left_out),
    )
    yield studio.screen("?import=1", "Look before you keep", page=html)


async def keep(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Keep what was looked at; the text it came from is not kept."""
    (found, _), _ = await _read(studio, who, asked.get("file", ""))
    fresh = await studio.store.reviews.bring_in(found)
    yield await _list(studio, fresh=fresh, known=len(found) - fresh)


async def drop(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Delete a conversation for good."""
    one = await _one(studio, asked)
    if job := studio.rooms.jobs.find(_key(who, one)):
        job.cancel()
    await studio.store.reviews.drop_import(one.id)
    yield await _list(studio)


async def grade(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Grade every reply with the rubric in use, and follow it. Nothing of it is stored."""
    one = await _one(studio, asked)
    rubric, seat = studio.content.rubrics[RUBRIC], studio.seats.judge
    replies = trying.replies(one)
    fingerprint = catalog.fingerprint(rubric)

    async def work() -> AsyncGenerator[Graded]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def graded(reply: trying.Reply) -> Graded:
            async with gate:
                said, _ = await judge.grade(reply.brief(rubric), seat, rubric_hash=fingerprint)
            return Graded(reply.number, said)

        tasks = [asyncio.create_task(graded(reply)) for reply in replies]
        try:
            for done in asyncio.as_completed(tasks):
                yield await done
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    studio.rooms.jobs.start(_key(who, one), len(replies), work, one.title)
    async for slots in show(studio, who, {"id": one.id}):
        yield slots


async def draft(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Begin a persona from a conversation, as this trainer's draft, and open it."""
    one = await _one(studio, asked)
    taken = {*studio.content.personas, *(d.name for d in await studio.store.shelf.drafts())}
    first = slug(asked.get("title", "")) or "new_customer"
    id = next(i for i in (first, *(f"{first}_{n}" for n in range(2, 1_000))) if i not in taken)
    text = drafting.drafted(one.transcript, id=id, title=one.title)
    await studio.publishing.save("persona", id, name(who), text)
    async for slots in studio_persona.PLACES["persona"](studio, who, {"persona": id}):
        yield slots


# -------------------------------------------------------------------------- pages


async def _list(studio: Studio, *, fresh: int | None = None, known: int = 0) -> Slots:
    found = await studio.store.reviews.imports()
    html = page(
        "import",
        "import",
        found=[(one, _replies(one), _address(one)) for one in found],
        fresh=fresh,
        known=known,
    )
    return studio.screen("?import=1", "Import", page=html)


def _shown(studio: Studio, one: Import, job: Job | None) -> Slots:
    rubric, seat = studio.content.rubrics[RUBRIC], studio.seats.judge
    replies = _replies(one)
    cost = None if seat.embedded else price(seat.name, *TOKENS)
    html = page(
        "import_one",
        "import",
        one=one,
        lines=_lines(one),
        replies=replies,
        job=job,
        card=_card(studio, one, job) if job and job.found else None,
        rubric=rubric,
        judge="the embedded judge" if seat.embedded else seat.name,
        cost=f"About ${cost * replies:.2f} at list price." if cost is not None else "",
        personas=[
            (p.name, f"?{urlencode({'preview': p.id, 'from': one.id})}")
            for p in studio.content.personas.values()
        ],
    )
    return studio.screen(_address(one), one.title, page=html)


def _card(studio: Studio, one: Import, job: Job) -> Mapping[str, object]:
    """The scorecard so far, as the debrief's template wants it."""
    rubric = studio.content.rubrics[RUBRIC]
    verdicts = {each.number: each.verdict for each in job.found}
    steps = [
        Step(trainee=reply.turn, verdict=verdicts.get(reply.number))
        for reply in trying.replies(one)
    ]
    score = scoring.score(steps, rubric)
    return {
        "sections": report.sections(scoring.rows(steps, rubric), rubric),
        "score_line": report.score_line(score),
        "flags": report.flags(score, rubric, UNSAID),
        "points": "" if score.points is None else f"{score.points:.0f} of 100",
    }


def _lines(one: Import) -> list[Line]:
    number, lines = 0, list[Line]()
    for turn in one.transcript:
        number += turn.speaker == "trainee"
        shown = number if turn.speaker == "trainee" else 0
        lines.append(Line(turn.speaker == "trainee", MASK.split(turn.text), shown))
    return lines


# -------------------------------------------------------------------------- within


async def _read(studio: Studio, who: Visitor, key: str) -> tuple[Brought, str]:
    file = studio.uploads.take(key, who.trainee)
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HotseatError(
            "this is not UTF-8 text", fix="save it as UTF-8, as CSV, JSON or plain text"
        ) from None
    found = await asyncio.to_thread(imported, text, file.name, who=name(who), at=datetime.now(UTC))
    return found, file.name


async def _one(studio: Studio, asked: Asked) -> Import:
    found = await studio.store.reviews.imports()
    one = next((each for each in found if each.id == asked.get("id")), None)
    if one is None:
        raise HotseatError("there is no such conversation", fix="choose one from the list")
    return one


def _replies(one: Import) -> int:
    return sum(turn.speaker == "trainee" for turn in one.transcript)


def _address(one: Import) -> str:
    return f"?{urlencode({'import': '1', 'id': one.id})}"


def _key(who: Visitor, one: Import) -> Key:
    return who.trainee, "import", one.id


PLACES: Mapping[str, Place] = MappingProxyType({"import": show})
ACTS: Mapping[str, Place] = MappingProxyType(
    {
        "import-read": read,
        "import-keep": keep,
        "import-drop": drop,
        "import-grade": grade,
        "import-draft": draft,
    }
)

"""From a how-to document to criteria: upload or paste it, look at what is proposed one by one,
and take over what is wanted into the draft of a rubric."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from ..catalog import strict
from ..catalog.live import checked
from ..domain import Rubric
from ..errors import HotseatError
from ..studio import criteria, documents, proposing
from ..studio.proposed import Proposed, as_criterion, as_passage
from ..studio.proposing import Reading
from ..studio.publishing import Opened
from . import studio_sources
from .follow import Slots
from .identity import Visitor
from .jobs import Job
from .studio import Asked, Place, Studio, name, page
from .studio_publish import LONGEST_TEXT, slug
from .studio_rubric import next_ref

FIELDS = ("title", "section", "due_when", "met", "partly", "missed", "praise", "lack", "advice")


class Document(NamedTuple):
    """What is being read: the first thing the job finds; its `Reading` follows."""

    title: str
    text: str


class Decided(NamedTuple):
    """What the trainer did with a proposal, by its number: the id of the criterion it became,
    empty where it was dropped."""

    number: int
    criterion: str


class Row(NamedTuple):
    """One proposal as it is listed. `close` is the criterion that asks for much the same."""

    number: int
    proposed: Proposed
    close: str
    decided: Decided | None
    address: str


# ------------------------------------------------------------------ what is done


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """The form to bring a document in, or what was proposed from the last one."""
    id = asked.get("propose", "")
    opened = await studio.publishing.open("rubric", id, name(who))
    job = studio.rooms.jobs.find(_key(who, id))
    if job and not asked.get("again"):
        async for _ in job.followed():
            if job.running:
                yield await asyncio.to_thread(_screen, studio, opened, id, job=job)
        yield await asyncio.to_thread(
            _screen, studio, opened, id, job=job, number=asked.get("n", "")
        )
        return
    yield await asyncio.to_thread(_screen, studio, opened, id)


async def _read(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Read a document that was uploaded or pasted, and follow what comes of it."""
    id = asked.get("rubric", "")
    opened = await studio.publishing.open("rubric", id, name(who))
    title = " ".join(asked.get("title", "").split())[:60]
    if key := asked.get("file", ""):
        file = studio.uploads.take(key, who.trainee)
        document, title = file.data, title or file.name
    else:
        document, title = _pasted(asked.get("text", "")), title or "Pasted text"
    if not document.strip():
        raise HotseatError("there is nothing to read", fix="choose a file, or paste the text")
    text = await asyncio.to_thread(documents.text_of, document, title)
    rubric = _rubric(studio, opened, id)

    async def work() -> AsyncGenerator[Document | Reading]:
        yield Document(title, text)
        reading, _ = await proposing.propose(text, rubric, studio.seats.coach)
        yield reading

    studio.rooms.jobs.start(_key(who, id), 1, work, title)
    async for slots in show(studio, who, {"propose": id}):
        yield slots


def _pasted(text: str) -> bytes:
    if len(text) > LONGEST_TEXT:
        problem = f"{len(text):,} characters or more were pasted; {LONGEST_TEXT:,} is the most"
        raise HotseatError(problem, fix="save them as a file, and bring that in")
    return text.encode()


async def _decide(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Take a proposal into the draft as it was edited, or drop it; then open the next."""
    id = asked.get("rubric", "")
    opened = await studio.publishing.open("rubric", id, name(who))
    job = studio.rooms.jobs.find(_key(who, id))
    document, reading = _found(job)
    if job is None or document is None or not reading:
        raise HotseatError("this document is not here any more", fix="bring it in again")
    numbers = [n for n in range(len(reading.proposals)) if str(n) == asked.get("number")]
    if not numbers or (number := numbers[0]) in _decisions(job):
        raise HotseatError("that one is decided already", fix="go on with another")
    became = ""
    if asked.get("how") == "accept":
        proposed = _edited(reading.proposals[number], asked)
        became, text = await _accepted(studio, opened, proposed, document)
        await studio.publishing.save("rubric", id, name(who), text)
    job.found.append(Decided(number, became))
    async for slots in show(studio, who, {"propose": id}):
        yield slots


async def _accepted(
    studio: Studio, opened: Opened, proposed: Proposed, document: Document
) -> tuple[str, str]:
    """The id of the criterion that a proposal becomes, and the rubric's text with it. The
    document is kept beside the rubrics, so that its quotes can be looked up."""
    taken = criteria.ids(opened.text)
    if not (first := slug(proposed.title)):
        raise HotseatError("the criterion has no title", fix="write one, with letters in it")
    id = next(i for i in (first, *(f"{first}_{n}" for n in range(2, 1_000))) if i not in taken)
    values = strict.read_bytes(opened.text.encode(), "")[0]
    kept = await asyncio.to_thread(
        documents.keep, studio.content.root, document.title, document.text
    )
    known = [*studio_sources.passages(values), *studio.content.sources.values()]
    ref = next_ref(kept, known)
    text = await asyncio.to_thread(
        criteria.added,
        opened.text,
        as_criterion(proposed, id, ref),
        passage=as_passage(proposed, id, kept, ref),
    )
    return id, text


def _edited(proposed: Proposed, asked: Asked) -> Proposed:
    """A proposal with what the trainer wrote; the quote stays as it was found."""
    fields: dict[str, object] = {
        field: " ".join(asked[field].split())[:2_000] for field in FIELDS if field in asked
    }
    asks = [
        " ".join(asked.get(f"check{n}", ask).split())[:2_000]
        for n, ask in enumerate(proposed.checks, start=1)
    ]
    return proposed.model_copy(update={**fields, "checks": tuple(asks)})


# ------------------------------------------------------------------ what is shown


def _screen(
    studio: Studio, opened: Opened, id: str, *, job: Job | None = None, number: str = ""
) -> Slots:
    document, reading = _found(job)
    decided = _decisions(job) if job else {}
    rubric = _rubric(studio, opened, id)
    address = f"?{urlencode({'propose': id})}"
    rows: list[Row] = []
    if reading:
        rows = [
            Row(
                n,
                each,
                proposing.close_to(each, rubric) if n not in decided else "",
                decided.get(n),
                f"{address}&n={n}",
            )
            for n, each in enumerate(reading.proposals)
        ]
    waiting = [row.number for row in rows if row.decided is None]
    open = next((n for n in waiting if str(n) == number), -1)
    if open < 0 and number != "none" and waiting:
        open = waiting[0]
    html = page(
        "proposing",
        "studio",
        id=id,
        rubric=rubric,
        job=job,
        document=document,
        reading=reading,
        rows=rows,
        open=open,
        waiting=len(waiting),
        accepted=sum(bool(each.criterion) for each in decided.values()),
        coach=studio.seats.coach,
        most=documents.MOST_PAGES,
        address=address,
    )
    here = f"{address}&n={number}" if open >= 0 and str(open) == number else address
    return studio.screen(here if job else f"{address}&again=1", "From a document", page=html)


def _found(job: Job | None) -> tuple[Document | None, Reading | None]:
    found = job.found if job else []
    document = next((each for each in found if isinstance(each, Document)), None)
    return document, next((each for each in found if isinstance(each, Reading)), None)


def _decisions(job: Job) -> dict[int, Decided]:
    return {each.number: each for each in job.found if isinstance(each, Decided)}


def _rubric(studio: Studio, opened: Opened, id: str) -> Rubric:
    """The draft as a rubric; while it has mistakes, the published one, or any there is."""
    noun = checked("rubric", id, opened.text, studio.content.root).noun
    published: Sequence[Rubric] = [*studio.content.rubrics.values()]
    if isinstance(noun, Rubric):
        return noun
    return studio.content.rubrics.get(id) or published[0]


def _key(who: Visitor, id: str) -> tuple[str, ...]:
    return who.trainee, "document", id


PLACES: Mapping[str, Place] = MappingProxyType({"propose": show})
ACTS: Mapping[str, Place] = MappingProxyType({"propose-read": _read, "propose-decide": _decide})

"""The rubric editor: the criteria with their weights, one of them opened as a form, and beside it
what is wrong, where it comes from and what the judge is told. What is typed is the trainer's
draft; the YAML on disk changes when it is published."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from types import MappingProxyType

from ..catalog.live import checked
from ..domain import Source
from ..errors import ContentError, HotseatError
from ..studio import criteria
from ..studio.documents import documents, found_in
from ..studio.edit import Change, Value, edited
from ..studio.proposed import Proposed, as_criterion
from ..studio.publishing import Opened
from . import studio_cards, studio_sources
from .follow import Slots
from .identity import Visitor
from .studio import Asked, Place, Studio, name, page
from .studio_beside import TEXT, WHOLE, Here, aside, values_of
from .studio_publish import bar, keep, slug

# ------------------------------------------------------------------ what is done


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """The editor. Raises ContentError where there is no such rubric."""
    opened = await studio.publishing.open("rubric", asked.get("rubric", ""), name(who))
    here = _here(opened, asked)
    html = await _page(studio, opened, here, asked)
    beside = await asyncio.to_thread(aside, studio, opened, here)
    title = studio_cards.told(values_of(opened.text), "title") or here.id
    yield studio.screen(here.address, title, page=html, aside=beside)


async def _typed(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Keep what is being typed, and say beside it what is wrong; the form is left alone."""
    opened = await keep(studio, who, asked)
    here = _here(opened, {**asked, "rubric": asked["id"]})
    yield {"aside": await asyncio.to_thread(aside, studio, opened, here)}


async def _item(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Add, move or take out a criterion, or one of its checks, and show where that leads."""
    opened = await keep(studio, who, asked)
    here = _here(opened, {**asked, "rubric": asked["id"]})
    how, _, what = asked.get("how", "").partition(":")
    text, jump = opened.text, ""
    if how == "add":
        id, text = _added(opened.text, asked.get("title", ""), asked.get("section", ""))
        here = here._replace(open=id)
    elif how in ("up", "down"):
        text = criteria.moved(text, here.open, -1 if how == "up" else 1)
    elif how == "remove":
        text = criteria.removed(text, here.open)
        here = here._replace(open="", document="")
    elif how == "check":
        id = _free("check", _check_ids(text, here.open))
        change = Change(f"criteria.{here.open}.checks[+]", {"id": id, "ask": ""})
        text = await asyncio.to_thread(edited, text, [change])
        jump = f"criteria.{here.open}.checks.{id}.ask"
    elif how == "uncheck":
        change = Change(f"criteria.{here.open}.checks.{what}", None)
        text = await asyncio.to_thread(edited, text, [change])
    else:
        raise ContentError("the page does not say what to do", fix="load it again")
    await studio.publishing.save("rubric", here.id, name(who), text)
    query = {"rubric": here.id, "open": here.open, "document": here.document, "field": jump}
    async for slots in show(studio, who, query):
        yield slots


async def _source(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Rest a criterion on a passage, or no longer."""
    opened = await keep(studio, who, asked)
    here = _here(opened, {**asked, "rubric": asked["id"]})
    values = values_of(opened.text)
    card = studio_cards.card(values, here.open)
    if card is None:
        raise ContentError(f"there is no criterion '{here.open}'", fix="load the page again")
    own = studio_sources.passages(values)
    if ref := asked.get("remove", ""):
        changes = _without(card, own, ref)
    elif ref := asked.get("back", ""):
        changes = [Change(f"criteria.{card.id}.sources[+]", ref)]
    else:
        document, quote = slug(asked.get("document", "")), asked.get("quote", "")
        quote = _checked_quote(studio, document, " ".join(quote.split()))
        ref = next_ref(document, [*own, *studio.content.sources.values()])
        passage = {"ref": ref, "document": document, "quote": quote, "criterion": card.id}
        changes = [
            Change("passages[+]", passage),
            Change(f"criteria.{card.id}.sources[+]", ref),
        ]
    text = await asyncio.to_thread(edited, opened.text, changes)
    await studio.publishing.save("rubric", here.id, name(who), text)
    async for slots in show(studio, who, {**here._asdict(), "rubric": here.id}):
        yield slots


def _added(text: str, title: str, section: str) -> tuple[str, str]:
    """The id of a criterion that is begun by hand, and the text with it."""
    title = " ".join(title.split())[:80]
    if not (id := slug(title)):
        raise HotseatError("the criterion has no title yet", fix="write one, with letters in it")
    id = _free(id, criteria.ids(text), first=id)
    empty = Proposed(
        title=title,
        section=section,
        due_when="",
        checks=("", ""),
        quote="",
        praise="",
        lack="",
        advice="",
    )
    begun: dict[str, Value] = {**as_criterion(empty, id, ""), "sources": []}
    return id, criteria.added(text, begun, passage=None)


def _without(card: studio_cards.Card, own: Sequence[Source], ref: str) -> list[Change]:
    changes = [
        Change(f"criteria.{card.id}.sources[{number}]", None)
        for number, each in enumerate(card.sources)
        if each == ref
    ]
    mine = [n for n, one in enumerate(own) if one.ref == ref and one.criterion == card.id]
    return [*changes, *(Change(f"passages[{number}]", None) for number in reversed(mine))]


def _checked_quote(studio: Studio, document: str, quote: str) -> str:
    """The quote as the document has it, where we have the document."""
    if not document or not quote:
        raise HotseatError("it takes a document and a quote", fix="fill in both")
    text = documents(studio.content.root).get(document)
    if text is None:
        return quote
    if not (found := found_in(quote, text)):
        problem = f"“{quote}” is not in {document} word by word, or has more than 12 words"
        raise HotseatError(problem, fix="select the words in the document")
    return found


def next_ref(document: str, known: Sequence[Source]) -> str:
    """The next free number of a document's passages: `returns.3`."""
    return _free(f"{document}.", [source.ref for source in known])


def _free(stem: str, taken: Sequence[str], first: str = "") -> str:
    join = "" if stem.endswith(".") else "_"
    numbered = (f"{stem}{join}{number}" for number in range(2 if first else 1, 10_000))
    return first if first and first not in taken else next(n for n in numbered if n not in taken)


def _check_ids(text: str, criterion: str) -> list[str]:
    card = studio_cards.card(values_of(text), criterion)
    return [id for id, _ in card.checks] if card else []


# ------------------------------------------------------------------ what is shown


async def _page(studio: Studio, opened: Opened, here: Here, asked: Asked) -> str:
    values = values_of(opened.text)
    found = await asyncio.to_thread(checked, "rubric", here.id, opened.text, studio.content.root)
    card = studio_cards.card(values, here.open)
    field = asked.get("field", "") or (f"criteria.{card.id}" if card else "")
    return page(
        "rubric",
        "studio",
        bar=await bar(studio, opened, "rubric", here.id, asked, here.address),
        at=here,
        name=studio_cards.told(values, "title") or here.id,
        sums=studio_cards.sums(values, found.problems),
        card=card,
        whole=studio_cards.whole(values) if here.open == WHOLE else None,
        text=opened.text if here.open == TEXT else "",
        broken=not values,
        practice=_grades_practice(here.id),
        jump=f"at:{field}" if field else "",
    )


def _here(opened: Opened, asked: Asked) -> Here:
    """Where the trainer is; a text that is no YAML can only be mended as text."""
    values = values_of(opened.text)
    known = [studio_cards.told(one, "id") for one in studio_cards.listed(values, "criteria")]
    open = asked.get("open", "")
    open = open if open in (*known, WHOLE, TEXT) else ""
    return Here(
        id=asked.get("rubric", ""),
        open=open if values else TEXT,
        document=slug(asked.get("document", "")) if open in known else "",
    )


def _grades_practice(id: str) -> bool:
    from .desk import RUBRIC  # the desk names the studio's parts, this one among them

    return id == RUBRIC


PLACES: Mapping[str, Place] = MappingProxyType({"rubric": show})
ACTS: Mapping[str, Place] = MappingProxyType(
    {"rubric-type": _typed, "rubric-item": _item, "rubric-source": _source}
)

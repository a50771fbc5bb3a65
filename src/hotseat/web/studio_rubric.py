"""The rubric editor: the criteria with their weights, one of them opened as a form, and beside it
what is wrong, where it comes from and what the judge is told. What is typed is the trainer's
draft; the YAML on disk changes when it is published."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from .. import judge
from ..catalog import strict
from ..catalog.live import checked
from ..domain import Rubric, Source
from ..errors import ContentError, HotseatError
from ..studio import criteria
from ..studio.compare import lines
from ..studio.documents import documents, found_in
from ..studio.edit import Change, Value, edited
from ..studio.proposing import Proposed, as_criterion
from ..studio.publishing import Opened
from . import studio_cards, studio_sources
from .follow import Slots
from .identity import Visitor
from .render import render
from .report import document as label
from .studio import Asked, Place, Studio, name, page
from .studio_form import Values
from .studio_publish import bar, keep, slug, state

WHOLE, TEXT = ".whole", ".text"
"""What is opened that is no criterion: no criterion's id begins with a dot."""


class Here(NamedTuple):
    """Where in the editor a trainer is: `open` is a criterion's id, WHOLE, TEXT or empty, and
    `document` the trainer's own one that is shown beside it."""

    id: str
    open: str
    document: str = ""

    @property
    def address(self) -> str:
        query = {"rubric": self.id, "open": self.open, "document": self.document}
        return f"?{urlencode({key: value for key, value in query.items() if value})}"


class Told(NamedTuple):
    """A problem with a link to where it is mended; `address` is empty for this very page."""

    place: str
    problem: str
    fix: str
    field: str
    address: str


class Quote(NamedTuple):
    """One passage a criterion rests on. `own` ones come from a trainer's document; `known` is
    whether there is such a passage at all."""

    ref: str
    document: str
    quote: str
    avoid: bool
    own: str
    known: bool


# ------------------------------------------------------------------ what is done


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """The editor. Raises ContentError where there is no such rubric."""
    opened = await studio.publishing.open("rubric", asked.get("rubric", ""), name(who))
    here = _here(opened, asked)
    html = await _page(studio, opened, here, asked)
    aside = await asyncio.to_thread(_aside, studio, opened, here)
    title = studio_cards.told(_values(opened.text), "title") or here.id
    yield studio.screen(here.address, title, page=html, aside=aside)


async def _typed(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Keep what is being typed, and say beside it what is wrong; the form is left alone."""
    opened = await keep(studio, who, asked)
    here = _here(opened, {**asked, "rubric": asked["id"]})
    yield {"aside": await asyncio.to_thread(_aside, studio, opened, here)}


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
    values = _values(opened.text)
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
    card = studio_cards.card(_values(text), criterion)
    return [id for id, _ in card.checks] if card else []


# ------------------------------------------------------------------ what is shown


async def _page(studio: Studio, opened: Opened, here: Here, asked: Asked) -> str:
    values = _values(opened.text)
    found = await asyncio.to_thread(checked, "rubric", here.id, opened.text, studio.content.root)
    field = asked.get("field", "")
    return page(
        "rubric",
        "studio",
        bar=await bar(studio, opened, "rubric", here.id, asked, here.address),
        at=here,
        name=studio_cards.told(values, "title") or here.id,
        sums=studio_cards.sums(values, found.problems),
        card=studio_cards.card(values, here.open),
        whole=studio_cards.whole(values) if here.open == WHOLE else None,
        text=opened.text if here.open == TEXT else "",
        broken=not values,
        practice=_grades_practice(here.id),
        jump=f"at:{field}" if field else "",
    )


def _aside(studio: Studio, opened: Opened, here: Here) -> str:
    """Beside the form: whether it is kept, what is wrong, where it comes from, and the prompt."""
    root, values = studio.content.root, _values(opened.text)
    draft = checked("rubric", here.id, opened.text, root)
    in_use = checked("rubric", here.id, opened.file, root) if opened.file else None
    card = studio_cards.card(values, here.open)
    now = judge.role_prompt(draft.noun) if isinstance(draft.noun, Rubric) else ""
    published = in_use.noun if in_use else None
    before = judge.role_prompt(published) if isinstance(published, Rubric) else ""
    told = [_told(p.place, p.problem, p.fix, here, values, card) for p in draft.problems]
    own = studio_sources.passages(values)
    texts = documents(root) if card else {}
    quotes = [one.quote for one in own if one.document == here.document]
    personas = studio.content.personas.values()
    return render(
        "studio_rubric_aside",
        state=state(opened, "rubric"),
        at=here,
        mine=[problem for problem in told if not problem.address],
        others=[problem for problem in told if problem.address],
        sums=studio_cards.sums(values, draft.problems),
        card=card,
        quotes=_quotes(card.sources, {s.ref: s for s in own}, studio) if card else [],
        back=_back(card, studio) if card else [],
        documents=[(name, here._replace(document=name).address) for name in texts],
        document=studio_sources.pieces(texts[here.document], quotes)
        if here.document in texts
        else [],
        closed=here._replace(document="").address,
        practised=studio_sources.practised_with(personas, here.open) if card else [],
        signs=studio_sources.signs_of(personas, here.open) if card else [],
        prompt=now,
        changed=lines(before, now, around=0) if now and before and now != before else (),
        fresh=not opened.file,
        embedded=studio.seats.judge.embedded,
    )


def _quotes(refs: Sequence[str], own: Mapping[str, Source], studio: Studio) -> list[Quote]:
    known = {**studio.content.sources, **own}
    return [
        Quote(
            ref,
            label(known[ref]) if ref in known else "",
            known[ref].quote if ref in known else "",
            known[ref].avoid if ref in known else False,
            own[ref].document if ref in own else "",
            ref in known,
        )
        for ref in refs
    ]


def _back(card: studio_cards.Card, studio: Studio) -> list[Source]:
    """Passages of the built-in documents that belong to the criterion and were taken out."""
    known = studio.content.sources.values()
    return [s for s in known if s.criterion == card.id and s.ref not in card.sources]


def _told(
    place: str,
    problem: str,
    fix: str,
    here: Here,
    values: Values,
    card: studio_cards.Card | None,
) -> Told:
    """A problem, with the place as a form has it and the way there."""
    place = studio_cards.by_id(place, values)
    criterion = studio_cards.belongs(place, values)
    if criterion and card and criterion == card.id:
        return Told(place, problem, fix, _nearest(place, card), "")
    to = criterion or (WHOLE if place.startswith(("sections", "title", "passes")) else TEXT)
    return Told(place, problem, fix, place, "" if here.open == to else Here(here.id, to).address)


def _nearest(place: str, card: studio_cards.Card) -> str:
    for id, field in card.checks:
        if place.startswith(f"criteria.{card.id}.checks.{id}"):
            return field.place
    return card.form.nearest(place)


def _here(opened: Opened, asked: Asked) -> Here:
    """Where the trainer is; a text that is no YAML can only be mended as text."""
    values = _values(opened.text)
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


def _values(text: str) -> Values:
    """The plain values of a text; none where it is no YAML."""
    values, problems = strict.read_bytes(text.encode(), "")
    return {} if problems else values


PLACES: Mapping[str, Place] = MappingProxyType({"rubric": show})
ACTS: Mapping[str, Place] = MappingProxyType(
    {"rubric-type": _typed, "rubric-item": _item, "rubric-source": _source}
)

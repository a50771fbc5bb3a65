"""The persona editor: forms in a trainer's words, problems as one types, and the prompt they
make. What is typed is the trainer's draft; the YAML on disk changes when it is published."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from ..catalog import strict
from ..catalog.live import checked
from ..errors import ContentError
from ..studio.edit import Change, Value, edited
from ..studio.previewing import prompt, reworded
from ..studio.publishing import Opened
from .follow import Slots
from .identity import Visitor
from .render import render
from .studio import Asked, Place, Studio, name, page
from .studio_fields import TABS, form, tab_of
from .studio_form import Form, Reader, Values
from .studio_publish import bar, keep, slug, state

FRESH: Mapping[str, tuple[str, Mapping[str, Value]]] = MappingProxyType(
    {
        "hides": ("fact", {"fact": "", "when": ""}),
        "knows": ("answer", {"when": ""}),
        "needs": ("need", {"want": "", "when": ""}),
        "softens_at": ("", {"when": ""}),
        "rises_at": ("", {"when": ""}),
    }
)
"""What can be added: how it is called in the file, and its first fields, empty, so that the
problems beside the page say what to write. What has no name is an item of a list."""

FRESH_SCENARIO: Mapping[str, Value] = MappingProxyType(
    {
        "brief": {"role": ""},
        "happened": "",
        "fault": "unknown",
        "accepts_when": "",
        "walks_when": "",
        "policy": {"text": ""},
    }
)

MOST_TOLD = 12
"""Problems shown at once; a new scenario has three times as many."""


class Here(NamedTuple):
    """Where in the editor a trainer is."""

    id: str
    tab: str
    scenario: str

    @property
    def address(self) -> str:
        return f"?{urlencode({'persona': self.id, 'tab': self.tab, 'scenario': self.scenario})}"


class Told(NamedTuple):
    """A problem with a link to where it is mended; `address` is empty for this very page."""

    place: str
    problem: str
    fix: str
    field: str
    address: str


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """The editor with one tab open. Raises ContentError where there is no such persona."""
    opened = await studio.publishing.open("persona", asked.get("persona", ""), name(who))
    here = _here(opened, asked)
    html = await _page(studio, opened, here, asked)
    title = studio.content.personas.get(here.id)
    yield studio.screen(
        here.address,
        title.name if title else here.id,
        page=html,
        aside=_aside(studio, opened, here),
    )


async def _typed(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Keep what is being typed, and say beside it what is wrong; the form is left alone."""
    opened = await keep(studio, who, asked)
    here = _here(opened, {**asked, "persona": asked["id"]})
    yield {"aside": await asyncio.to_thread(_aside, studio, opened, here)}


async def _item(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Add or remove a group of fields, and go to what is new."""
    opened = await keep(studio, who, asked)
    here = _here(opened, {**asked, "persona": asked["id"]})
    values = _values(opened.text)
    jump = ""
    if what := asked.get("add", ""):
        change, here = _added(what, values, here, asked.get("title", ""))
        jump = change.place.replace("[+]", f"[{Reader(values).length(what)}]")
    elif place := asked.get("remove", ""):
        change = Change(place, None)
    else:
        raise ContentError("there is nothing to add or remove", fix="load the page again")
    text = await asyncio.to_thread(edited, opened.text, [change])
    await studio.publishing.save("persona", here.id, name(who), text)
    query = {"persona": here.id, "tab": here.tab, "scenario": here.scenario, "field": jump}
    async for slots in show(studio, who, query):
        yield slots


def _added(what: str, values: Values, here: Here, title: str) -> tuple[Change, Here]:
    """The change that adds something, and where one is afterwards."""
    if what == "scenarios":
        if not (id := slug(title)) or id in Reader(values).keys("scenarios"):
            problem = "there is a scenario of that name" if id else "the scenario has no name yet"
            raise ContentError(problem, fix="write another" if id else "write one")
        fresh = {"title": title.strip(), **FRESH_SCENARIO}
        return Change(f"scenarios.{id}", fresh), here._replace(scenario=id, tab="scenario")
    if what not in FRESH:
        raise ContentError(f"{what!r} cannot be added", fix="load the page again")
    stem, fields = FRESH[what]
    if not stem:
        return Change(f"{what}[+]", fields), here
    inside = f"scenarios.{here.scenario}.{what}"
    taken = Reader(values).keys(inside)
    id = next(f"{stem}_{n}" for n in range(1, 1_000) if f"{stem}_{n}" not in taken)
    return Change(f"{inside}.{id}", fields), here


# ------------------------------------------------------------------ what is shown


async def _page(studio: Studio, opened: Opened, here: Here, asked: Asked) -> str:
    values = _values(opened.text)
    at = Reader(values)
    total, unfinished = await studio.store.shelf.met(here.id)
    field = asked.get("field", "")
    shown = _form(studio, values, here)
    return page(
        "persona",
        "studio",
        bar=await bar(studio, opened, "persona", here.id, asked, here.address),
        at=here,
        name=at.first("name", here.id),
        tabs=[(title, here._replace(tab=tab).address, tab) for tab, title in TABS],
        scenarios=[
            (at.first(f"scenarios.{id}.title", id), here._replace(scenario=id).address, id)
            for id in at.keys("scenarios")
        ],
        form=shown,
        text=opened.text,
        broken=not values,
        total=total,
        unfinished=unfinished,
        jump=f"at:{shown.nearest(field)}" if field and shown.nearest(field) else "",
    )


def _aside(studio: Studio, opened: Opened, here: Here) -> str:
    """Beside the form: whether it is kept, what is wrong, and the prompt it makes."""
    draft = checked("persona", here.id, opened.text, studio.content.root)
    in_use = checked("persona", here.id, opened.file, studio.content.root) if opened.file else None
    now = prompt(draft.noun, here.scenario)
    before = prompt(in_use.noun, here.scenario) if in_use else ""
    shown = _form(studio, _values(opened.text), here)
    return render(
        "studio_persona_aside",
        state=state(opened, "persona", not in_use or in_use.noun is not None),
        drafted=opened.drafted,
        problems=[
            _told(p.place, p.problem, p.fix, here, shown) for p in draft.problems[:MOST_TOLD]
        ],
        count=len(draft.problems),
        prompt=now,
        changed=reworded(before, now) if now and before else (),
        fresh=not opened.file,
    )


def _told(place: str, problem: str, fix: str, here: Here, shown: Form) -> Told:
    tab, scenario = tab_of(place, here.scenario)
    if (tab, scenario) == (here.tab, here.scenario) and tab != "text":
        if field := shown.nearest(place):
            return Told(place, problem, fix, field, "")
        tab = "text"
    address = here._replace(tab=tab, scenario=scenario).address
    return Told(place, problem, fix, place, f"{address}&{urlencode({'field': place})}")


def _form(studio: Studio, values: Values, here: Here) -> Form:
    criteria = [c for rubric in studio.content.rubrics.values() for c in rubric.criteria]
    return form(here.tab, values, here.scenario, [(c.id, c.title) for c in criteria])


def _here(opened: Opened, asked: Asked) -> Here:
    """Where the trainer is; a text that is no YAML can only be mended as text."""
    values = _values(opened.text)
    scenarios = Reader(values).keys("scenarios")
    known: Sequence[str] = [tab for tab, _ in TABS]
    tab = asked.get("tab", "")
    scenario = asked.get("scenario", "")
    return Here(
        id=asked.get("persona", ""),
        tab="text" if not values else tab if tab in known else known[0],
        scenario=scenario if scenario in scenarios else next(iter(scenarios), ""),
    )


def _values(text: str) -> Values:
    """The plain values of a text; none where it is no YAML."""
    values, problems = strict.read_bytes(text.encode(), "")
    return {} if problems else values


PLACES: Mapping[str, Place] = MappingProxyType({"persona": show})
ACTS: Mapping[str, Place] = MappingProxyType({"persona-type": _typed, "persona-item": _item})

"""What the page can ask for, and what it gets to see: every request is authorised here, against
the store, by the trainee's id. Knows nothing of Gradio; slots in, slots out."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import parse_qs

from ..catalog.loaded import Content
from ..domain import Persona, Record, Rubric
from ..errors import HotseatError, NotFound, TurnRefused
from . import engines, lessons, pages, picks, report, ruled, studio_places, studio_publish
from .acts import ACTS
from .chat import NOTHING, Again, Box
from .follow import Slots, again_in, everything, follow
from .identity import Visitor
from .render import first_name
from .room import Room, Rooms
from .studio import ONLY_TRAINERS, RUBRIC, Studio
from .uploads import Uploads

log = logging.getLogger(__name__)

Asked = Mapping[str, str]
LONGEST_DRAFT = 20_000
"""Characters of a draft that are kept; far more than may be sent."""


@dataclass(frozen=True)
class Desk:
    """Answers the page. `pace` is whether typing pace starts switched on."""

    rooms: Rooms
    content: Content
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    pace: bool = True
    uploads: Uploads = field(default_factory=Uploads)
    _ticket: count[int] = field(default_factory=lambda: count(1))

    @property
    def personas(self) -> Mapping[str, Persona]:
        return self.content.personas

    @property
    def rubric(self) -> Rubric:
        return self.content.rubrics[RUBRIC]

    async def go(self, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
        """Show the place an address names: `?encounter=`, `?debrief=`, `?meet=`, `?progress=`,
        `?settings=`, and home for anything else. What is in the address survives a refresh. What
        was `typed` in an editor of the studio on the way out is kept first."""
        try:
            if asked.get("typed"):
                await studio_publish.keep(self._studio(who), who, asked)
        except HotseatError as error:
            yield self._notice(error)
            return
        try:
            async for slots in self.visit(who, asked.get("query", "")):
                yield slots | {"masthead": pages.masthead(self.rooms.seats, who.trainer)}
        except HotseatError as error:
            where, page = asked.get("query", ""), pages.trouble(pages.told(error))
            yield self._screen("page", where, "That did not work", page=page)

    async def act(self, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
        """Do what a button asks for, and show what follows."""
        do = asked.get("do", "")
        try:
            if do in studio_places.ACTS:
                async for slots in studio_places.ACTS[do](self._studio(who), who, asked):
                    yield slots
            elif do in ACTS:
                async for slots in ACTS[do](self, who, asked):
                    yield slots
        except HotseatError as error:
            yield self._notice(error)

    async def say(self, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
        """Take a reply and follow the turn. A refused reply stays in the box, with the reason."""
        text, record_id = asked.get("text", ""), asked.get("record", "")
        paced = asked.get("pace") == "on"
        room = None
        try:
            room = await self.rooms.enter(record_id, who.trainee)
            await room.say(text, asked.get("turn_id", ""))
            async for slots in follow(room, self.box(pace=paced), paced=paced):
                yield slots
        except HotseatError as error:
            if room is None or not isinstance(error, TurnRefused):
                yield self._notice(error)
            else:
                box = self.box(pace=paced)._replace(notice=pages.told(error))
                yield everything(room, box)

    async def look(self, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
        """Catch up with an encounter after the tab was away."""
        try:
            room = await self.rooms.enter(asked.get("record", ""), who.trainee)
        except HotseatError:
            yield {}
            return
        async for slots in self.show(room):
            yield slots

    async def draft(self, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
        """Keep what is typed and not sent, and tell the page's script that it is kept. Not worth
        a message when it fails: it is in the box and in the browser still."""
        try:
            record = await self.rooms.store.load(asked.get("record", ""), who.trainee)
            if not record.outcome:
                await self.rooms.store.save_draft(record.id, asked.get("text", "")[:LONGEST_DRAFT])
        except HotseatError as error:
            log.warning("a draft was not kept: %s", error.problem)
            yield {}
        else:
            yield {"kept": pages.kept(asked.get("mark", ""))}

    # ------------------------------------------------------------------------- places

    async def visit(self, who: Visitor, query: str) -> AsyncIterator[Slots]:
        asked = {key: found[0] for key, found in parse_qs(query.lstrip("?")).items()}
        store = self.rooms.store
        if record_id := asked.get("encounter") or asked.get("debrief"):
            try:
                room = await self.rooms.enter(record_id, who.trainee)
            except NotFound:
                yield self._nothing(
                    query,
                    "encounter",
                    "It may have been deleted, or it is kept in another browser.",
                )
                return
            if room.record.outcome:
                yield await self.debrief(who, room.record, again_in(room))
                return
            async for slots in self.show(room, enter=True):
                yield slots
        elif persona := self.personas.get(asked.get("meet", "")):
            history = await self._history(who)
            yield self._screen(
                "page",
                f"?meet={persona.id}",
                persona.name,
                page=pages.meet(persona, self.rubric, history, asked.get("scenario", "")),
            )
        elif "meet" in asked:
            yield self._nothing(query, "customer", "Choose one from the start page.")
        elif "settings" in asked and who.trainer:
            yield await self.settings()
        elif "settings" in asked:
            yield self._nothing(query, "page", "The settings are for trainers.")
        elif place := next(
            (studio_places.PLACES[key] for key in asked if key in studio_places.PLACES), None
        ):
            async for slots in place(self._studio(who), who, asked):
                yield slots
        elif "progress" in asked:
            history = await self._history(who)
            page = pages.progress(self.rubric, history, await store.shelf.numbers())
            yield self._screen("page", "?progress=1", "Your progress", page=page)
        else:
            history, current = await self._history(who), await store.current(who.trainee)
            taught = await lessons.shown(store)
            page = pages.home(self.personas, self.rubric, history, current, taught)
            yield self._screen("page", "", "Practise", page=page)

    def _studio(self, who: Visitor) -> Studio:
        """The studio, for trainers alone. Raises HotseatError for anybody else."""
        if not who.trainer:
            raise ONLY_TRAINERS
        return Studio(self.rooms, self.content, lambda: next(self._ticket), self.uploads)

    async def _history(self, who: Visitor) -> list[Record]:
        """The trainee's encounters as they are told of them: with people's rulings."""
        store = self.rooms.store
        return await ruled.released(store, await store.history(who.trainee))

    async def show(self, room: Room, *, enter: bool = False) -> AsyncIterator[Slots]:
        """An encounter as it stands, and whatever still happens in it."""
        if not room.trouble:
            await room.finish_step()
        box = self.box()
        name = first_name(room.record.persona)
        slots = everything(room, box)
        if enter:
            slots |= self._screen(
                "chat", f"?encounter={room.record.id}", f"{name}, in the hot seat"
            )
        yield slots
        if room.tasks:
            async for more in follow(room, box, paced=False):
                yield more

    async def debrief(self, who: Visitor, record: Record, again: Again = NOTHING) -> Slots:
        """The debrief; before it, once, the trainee's own view. Nothing said, nothing to ask."""
        address, title = f"?debrief={record.id}", f"Debrief: {record.persona.name}"
        if record.self_view is None and record.steps:
            look_back = f"Look back: {record.persona.name}"
            return self._screen("page", address, look_back, page=report.reflect(record))
        store = self.rooms.store
        original = await store.load(record.retry_of, who.trainee) if record.retry_of else None
        history = await self._history(who)
        told = (await ruled.released(store, [record]))[0]
        after, skill = picks.after(told, self.personas, history, self.rubric)
        page = report.page(
            record,
            self.content.sources,
            original=original,
            after=after,
            skill=skill,
            again=again,
            trainer=who.trainer,
            calls=await store.calls(record.id) if who.trainer else (),
            said=await ruled.said(store, record),
            lessons=await lessons.of_record(store, record),
        )
        return self._screen("page", address, title, page=page)

    async def settings(self, answers: engines.Answers = engines.UNASKED) -> Slots:
        page = await engines.page(self.rooms.seats, self.env, self.rooms.store, answers)
        return self._screen("page", "?settings=1", "Settings", page=page)

    def _nothing(self, query: str, what: str, advice: str) -> Slots:
        """An address that names an encounter or a customer there is not."""
        page = pages.trouble(advice, heading=f"No such {what}")
        return self._screen("page", query, f"No such {what}", page=page)

    def _notice(self, error: HotseatError) -> Slots:
        """A notice over whatever is shown, which stays as it is, a typed reply included."""
        return {"wire": json.dumps({"notice": pages.told(error), "at": next(self._ticket)})}

    def _screen(self, view: str, address: str, title: str, **slots: str) -> Slots:
        """Slots, with word to the page's script about where we are now. Numbered, because the
        script is only woken by a value that differs from the last."""
        told = {"view": view, "address": address, "title": f"{title} · hotseat"}
        return {"wire": json.dumps({**told, "at": next(self._ticket)}), **slots}

    def box(self, *, pace: bool | None = None) -> Box:
        return Box(pace=self.pace if pace is None else pace, at=next(self._ticket))

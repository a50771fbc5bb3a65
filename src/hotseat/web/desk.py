"""What the page can ask for, and what it gets to see: every request is authorised here, against
the store, by the trainee's id. Knows nothing of Gradio; slots in, slots out."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import parse_qs

from .. import encounter
from ..debrief import hint
from ..domain import INTENSITIES, Persona, Record, Rubric, SelfView, Source
from ..errors import HotseatError, StoreError, TurnRefused
from . import chat, pages, picks, report
from .chat import Box
from .follow import Slots, everything, follow
from .render import capfirst, first_name
from .room import Room, Rooms

log = logging.getLogger(__name__)

Asked = Mapping[str, str]
LONGEST_DRAFT = 20_000
"""Characters of a draft that are kept; far more than may be sent."""


@dataclass(frozen=True)
class Desk:
    """Answers the page. `pace` is whether typing pace starts switched on."""

    rooms: Rooms
    personas: Mapping[str, Persona]
    rubric: Rubric
    sources: Mapping[str, Source]
    pace: bool = True
    _ticket: count[int] = field(default_factory=lambda: count(1))

    async def go(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        """Show the place an address names: `?encounter=`, `?debrief=`, `?meet=`, `?progress=`,
        and home for anything else. What is in the address survives a refresh."""
        try:
            async for slots in self._visit(trainee, asked.get("query", "")):
                yield slots
        except HotseatError as error:
            where, page = asked.get("query", ""), pages.trouble(_told(error))
            yield self._screen("page", where, "That did not work", page=page)

    async def act(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        """Do what a button asks for, and show what follows."""
        acts: Mapping[str, Callable[[str, Asked], AsyncIterator[Slots]]] = {
            "begin": self._begin,
            "stop": self._stop,
            "hint": self._hint,
            "again": self._again,
            "reflect": self._reflect,
            "retry": self._retry,
        }
        act = acts.get(asked.get("do", ""))
        try:
            if act:
                async for slots in act(trainee, asked):
                    yield slots
        except HotseatError as error:
            yield self._notice(error)

    async def say(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        """Take a reply and follow the turn. A refused reply stays in the box, with the reason."""
        text, record_id = asked.get("text", ""), asked.get("record", "")
        paced = asked.get("pace") == "on"
        room = None
        try:
            room = await self.rooms.enter(record_id, trainee)
            await room.say(text, asked.get("turn_id", ""))
            async for slots in follow(room, self._box(pace=paced), paced=paced):
                yield slots
        except HotseatError as error:
            if room is None or not isinstance(error, TurnRefused):
                yield self._notice(error)
            else:
                box = self._box(pace=paced)._replace(notice=_told(error))
                yield everything(room, box)

    async def look(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        """Catch up with an encounter after the tab was away."""
        try:
            room = await self.rooms.enter(asked.get("record", ""), trainee)
        except HotseatError:
            yield {}
            return
        async for slots in self._show(room):
            yield slots

    async def draft(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        """Keep what is typed and not sent, and tell the page's script that it is kept. Not worth
        a message when it fails: it is in the box and in the browser still."""
        try:
            record = await self.rooms.store.load(asked.get("record", ""), trainee)
            if not record.outcome:
                await self.rooms.store.save_draft(record.id, asked.get("text", "")[:LONGEST_DRAFT])
        except HotseatError as error:
            log.warning("a draft was not kept: %s", error.problem)
            yield {}
        else:
            yield {"kept": pages.kept(asked.get("mark", ""))}

    # ------------------------------------------------------------------------- places

    async def _visit(self, trainee: str, query: str) -> AsyncIterator[Slots]:
        asked = {key: found[0] for key, found in parse_qs(query.lstrip("?")).items()}
        store = self.rooms.store
        if record_id := asked.get("encounter") or asked.get("debrief"):
            try:
                room = await self.rooms.enter(record_id, trainee)
            except StoreError as error:
                if not error.place.startswith("record "):
                    raise
                yield self._nothing(
                    query,
                    "encounter",
                    "It may have been deleted, or it is kept in another browser.",
                )
                return
            if room.record.outcome:
                yield await self._debrief(trainee, room.record)
                return
            async for slots in self._show(room, enter=True):
                yield slots
        elif persona := self.personas.get(asked.get("meet", "")):
            history = await store.history(trainee)
            yield self._screen(
                "page",
                f"?meet={persona.id}",
                persona.name,
                page=pages.meet(persona, self.rubric, history, asked.get("scenario", "")),
            )
        elif "meet" in asked:
            yield self._nothing(query, "customer", "Choose one from the start page.")
        elif "progress" in asked:
            history = await store.history(trainee)
            page = pages.progress(self.rubric, history)
            yield self._screen("page", "?progress=1", "Your progress", page=page)
        else:
            history, current = await store.history(trainee), await store.current(trainee)
            page = pages.home(self.personas, self.rubric, history, current)
            yield self._screen("page", "", "Practise", page=page)

    async def _show(self, room: Room, *, enter: bool = False) -> AsyncIterator[Slots]:
        """An encounter as it stands, and whatever still happens in it."""
        if not room.trouble:
            await room.finish_step()
        box = self._box()
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

    async def _debrief(self, trainee: str, record: Record) -> Slots:
        """The debrief; before it, once, the trainee's own view. Nothing said, nothing to ask."""
        address, title = f"?debrief={record.id}", f"Debrief: {record.persona.name}"
        if record.self_view is None and record.steps:
            look_back = f"Look back: {record.persona.name}"
            return self._screen("page", address, look_back, page=report.reflect(record))
        store = self.rooms.store
        original = await store.load(record.retry_of, trainee) if record.retry_of else None
        history = await store.history(trainee)
        after, skill = picks.after(record, self.personas, history, self.rubric)
        page = report.page(record, self.sources, original=original, after=after, skill=skill)
        return self._screen("page", address, title, page=page)

    # --------------------------------------------------------------------------- acts

    async def _begin(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        persona = self.personas.get(asked.get("persona", ""))
        if persona is None:
            raise HotseatError("there is no such customer", fix="Choose one from the home page.")
        scenario, intensity = asked.get("scenario", ""), asked.get("intensity", "")
        record = encounter.begin(
            persona,
            scenario if scenario in persona.scenarios else next(iter(persona.scenarios)),
            intensity if intensity in INTENSITIES else "standard",
            self.rubric,
            trainee=trainee,
            seats=self.rooms.seats,
        )
        await self.rooms.store.begin(record)
        async for slots in self._visit(trainee, f"encounter={record.id}"):
            yield slots

    async def _stop(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        room = await self.rooms.enter(asked.get("record", ""), trainee)
        await room.stop()
        yield everything(room, self._box())

    async def _hint(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        """The next rung of the ladder; logged, and it costs nothing."""
        room = await self.rooms.enter(asked.get("record", ""), trainee)
        record = room.record
        rung = chat.rungs_given(record) + 1
        if rung in chat.RUNGS and hint(record, rung):
            given = f"{len(record.steps) + 1}:{rung}"
            await self.rooms.store.save_hint(record.id, given)
            room.record = record.model_copy(update={"hints": (*record.hints, given)})
        yield {"composer": chat.composer(room.record, self._box()._replace(busy=room.answering))}

    async def _again(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        room = await self.rooms.enter(asked.get("record", ""), trainee)
        room.trouble = ""
        async for slots in self._show(room):
            yield slots

    async def _reflect(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        record = await self.rooms.store.load(asked.get("record", ""), trainee)
        skipped = asked.get("how") == "skip"
        view = SelfView(
            worked="" if skipped else asked.get("worked", "").strip()[:1000],
            change="" if skipped else asked.get("change", "").strip()[:1000],
            skipped=skipped,
        )
        await self.rooms.store.save_self_view(record.id, view)
        yield await self._debrief(trainee, record.model_copy(update={"self_view": view}))

    async def _retry(self, trainee: str, asked: Asked) -> AsyncIterator[Slots]:
        record = await self.rooms.store.load(asked.get("record", ""), trainee)
        step = asked.get("step", "")
        again = encounter.retry(
            record, int(step) if step.isdecimal() else 0, seats=self.rooms.seats
        )
        await self.rooms.store.begin(again)
        async for slots in self._visit(trainee, f"encounter={again.id}"):
            yield slots

    def _nothing(self, query: str, what: str, advice: str) -> Slots:
        """An address that names an encounter or a customer there is not."""
        page = pages.trouble(advice, heading=f"No such {what}")
        return self._screen("page", query, f"No such {what}", page=page)

    def _notice(self, error: HotseatError) -> Slots:
        """A notice over whatever is shown, which stays as it is, a typed reply included."""
        return {"wire": json.dumps({"notice": _told(error), "at": next(self._ticket)})}

    def _screen(self, view: str, address: str, title: str, **slots: str) -> Slots:
        """Slots, with word to the page's script about where we are now. Numbered, because the
        script is only woken by a value that differs from the last."""
        told = {"view": view, "address": address, "title": f"{title} · hotseat"}
        return {"wire": json.dumps({**told, "at": next(self._ticket)}), **slots}

    def _box(self, *, pace: bool | None = None) -> Box:
        return Box(pace=self.pace if pace is None else pace, at=next(self._ticket))


def _told(error: HotseatError) -> str:
    """An error as one or two sentences; trouble with the records names the database."""
    stored = isinstance(error, StoreError) and error.place
    said = (f"{error.place}: {error.problem}" if stored else error.problem, error.fix)
    return " ".join(f"{capfirst(sentence.rstrip('.'))}." for sentence in said if sentence)

"""Where a turn is played: in a task of its own, which no page can take down with it.

A page says something and then follows. Closing the tab, refreshing or losing the connection ends
the following, never the turn; whoever opens the encounter again finds the room as it is. A room
that nobody follows and in which nothing runs is forgotten; the store has it all.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import cast
from weakref import WeakValueDictionary

from .. import encounter
from ..domain import Record, Step
from ..encounter import Again, Delta, Event, Graded, Spoke
from ..errors import HotseatError, StoreError, TurnRefused
from ..llm import Seats
from ..llm.faults import redact
from ..store import Store
from .chat import turn_id as next_turn_id
from .grading import grade
from .jobs import Jobs
from .render import first_name

log = logging.getLogger(__name__)

DRAIN_SECONDS = 30.0
"""How long a server that is told to stop waits for running turns."""


class Room:
    """One encounter. `record` is its newest state, `said` the customer's line as far as it has
    come, `answering` until that line is whole, `trouble` why it did not come, `version` grows with
    every change, and `tasks` are the turns in play: one, or two while a verdict is on its way and
    the next reply was sent. `regrading` are the replies being graded again because somebody
    asked, and `kept_back` says of those that were why they still have no grade. Two hints asked
    for at once are two rungs: `hinting` is held for each."""

    def __init__(self, record: Record, seats: Seats, store: Store) -> None:
        self.record = record
        self.said = ""
        self.answering = False
        self.trouble = ""
        self._seats, self._store = seats, store
        self.version = 0
        self._news = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()
        self.regrading: dict[int, asyncio.Task[None]] = {}
        self.kept_back: dict[int, str] = {}
        self.hinting = asyncio.Lock()

    async def say(self, text: str, turn_id: str) -> None:
        """Take a reply; returns when it is committed. Sent twice, it is taken once.

        Raises TurnRefused, with nothing stored, when the text cannot be taken, the customer is
        still answering, or the encounter went on elsewhere; StoreError when it cannot be kept.
        """
        name = first_name(self.record.persona)
        for step in self.record.steps:
            if step.trainee.id == turn_id and step.trainee.text == text.strip():
                return
        encounter.accept(self.record, text)
        if self.answering:
            raise TurnRefused(f"{name} is still answering", fix="send it once they are done")
        if self.record.steps and self.record.steps[-1].customer is None:
            raise TurnRefused(f"{name} has not answered the last one", fix="try that again first")
        if turn_id != next_turn_id(self.record):
            raise TurnRefused("this encounter went on in another tab", fix="read on, then send")
        await self._start(
            encounter.turn(self.record, text, seats=self._seats, keep=self._store, turn_id=turn_id)
        )

    async def finish_step(self) -> None:
        """Finish what a crash or a failing engine left half done."""
        if unfinished(self.record) and not self.tasks:
            resumed = encounter.resume(self.record, seats=self._seats, keep=self._store)
            await self._start(resumed, heard=True)

    async def stop(self) -> None:
        """End the encounter now. A line on its way is let go."""
        for task in tuple(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.record = await encounter.stop(self.record, keep=self._store)
        self._tell()

    def grade_again(self, number: int) -> asyncio.Task[None]:
        """Start grading reply `number` (1-based) again, unless somebody has; the task ends when
        that is over, whatever came of it. Raises TurnRefused when there is nothing to grade."""
        if not 1 <= number <= len(self.record.steps):
            raise TurnRefused(f"there is no reply {number} to grade")
        if number not in self.regrading:
            self.kept_back.pop(number, None)
            self.regrading[number] = asyncio.create_task(self._grade_again(number))
            self._tell()
        return self.regrading[number]

    async def _grade_again(self, number: int) -> None:
        said = ""
        try:
            if await self._store.waiting.lease(self.record.id, number - 1):
                step = await grade(self._store, self._seats, self.record.id, number)
                self.graded(number - 1, step)
            else:
                said = "somebody else is grading it just now; look again in a minute"
        except HotseatError as error:
            said = error.problem
        except Exception:
            log.warning("record %s: grading again failed", self.record.id, exc_info=True)
            said = "something went wrong on our side"
        finally:
            if said:
                self.kept_back[number] = said
            del self.regrading[number]
            self._tell()

    def graded(self, index: int, step: Step) -> None:
        """Take in what came of grading the reply at `index` (0-based) again."""
        steps = list(self.record.steps)
        if index < len(steps):
            steps[index] = steps[index].model_copy(
                update={"verdict": step.verdict, "coaching": step.coaching}
            )
            self.record = self.record.model_copy(update={"steps": tuple(steps)})
            self._tell()

    async def changed(self, since: int) -> None:
        """Wait until the room is newer than version `since`, as it was when it was last shown:
        what happened while it was being shown is news too."""
        while self.version == since:
            await self._news.wait()

    async def _start(self, events: AsyncIterator[Event], *, heard: bool = False) -> None:
        number = len(self.record.steps) + (0 if heard else 1)
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.said, self.trouble, self.answering = "", "", True
        self.tasks.add(asyncio.create_task(self._play(events, number, committed)))
        if heard:
            committed.set_result(None)
        await asyncio.shield(committed)

    async def _play(
        self, events: AsyncIterator[Event], number: int, committed: asyncio.Future[None]
    ) -> None:
        """Play step `number` (1-based); `committed` tells whoever sent it that it is safe."""
        try:
            async for event in events:
                self._take(event)
                if not committed.done():
                    committed.set_result(None)
        except Exception as error:
            known = isinstance(error, HotseatError)
            told = redact(str(error))
            log.warning("record %s: a turn failed: %s", self.record.id, told, exc_info=not known)
            if not committed.done():
                committed.set_exception(error)
            else:
                self.trouble = error.problem if known else "something went wrong on our side"
        finally:
            if not committed.done():
                committed.set_result(None)
            if len(self.record.steps) <= number:
                self.answering = False
            self.tasks.discard(cast("asyncio.Task[None]", asyncio.current_task()))
            self._tell()

    def _take(self, event: Event) -> None:
        """Follow the encounter. A verdict may arrive after the next reply was sent: then only
        its own step is news."""
        steps = list(self.record.steps)
        at = len(event.record.steps) - 1
        steps[at:] = [event.record.steps[at], *steps[at + 1 :]]
        news = event.record
        self.record = self.record.model_copy(
            update={
                "steps": tuple(steps),
                "outcome": news.outcome or self.record.outcome,
                "ended": news.ended or self.record.ended,
                "draft": "",
            }
        )
        if at == len(steps) - 1:
            if isinstance(event, Again):
                self.said = ""
            elif isinstance(event, Delta):
                self.said += event.text
            self.answering = self.answering and not isinstance(event, Spoke | Graded)
        self._tell()

    def _tell(self) -> None:
        self.version += 1
        self._news.set()
        self._news = asyncio.Event()


class Rooms:
    """The rooms in use, by record, and the store behind them. Held by the app, so that nothing
    lives at module level; usable inside `open`."""

    def __init__(self, seats: Seats, url: str) -> None:
        self.seats, self.url = seats, url
        self._store: Store | None = None
        self._rooms: WeakValueDictionary[str, Room] = WeakValueDictionary()
        self.jobs = Jobs()

    @property
    def store(self) -> Store:
        if self._store is None:
            raise StoreError("the records are not open yet", fix="try again in a moment")
        return self._store

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """Open the store; at the end let running turns finish, then close it."""
        self._store = await Store.open(self.url)
        try:
            yield
        finally:
            await self.jobs.close()
            rooms = tuple(self._rooms.values())
            running = [t for room in rooms for t in (*room.tasks, *room.regrading.values())]
            if running:
                await asyncio.wait(running, timeout=DRAIN_SECONDS)
            await self._store.close()

    def graded(self, record_id: str, index: int, step: Step) -> None:
        """Tell the room of an encounter, if it is in use, that a reply was graded again."""
        if room := self._rooms.get(record_id):
            room.graded(index, step)

    async def enter(self, record_id: str, trainee: str) -> Room:
        """The room of this encounter. Raises NotFound unless it is this trainee's."""
        record = await self.store.load(record_id, trainee)
        room = self._rooms.get(record_id)
        if room is None:
            room = self._rooms[record_id] = Room(record, self.seats, self.store)
        elif not room.tasks:
            room.record = record
        return room


def unfinished(record: Record) -> bool:
    """Whether the last step still lacks something: a line, a verdict, or its ending."""
    if not record.steps or record.outcome:
        return False
    step = record.steps[-1]
    ending = step.direction is not None and step.direction.ending is not None
    return step.customer is None or step.verdict is None or ending

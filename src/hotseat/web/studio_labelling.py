"""What there is to label blind, and who has labelled what: shared by the pages of calibration."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from ..domain import Label, Rubric
from ..errors import HotseatError
from ..studio import calibrating
from ..studio.calibrating import Key, Task
from .identity import SIGNED_IN, Visitor
from .studio import RUBRIC, Studio, name

RECENT = 300
"""Encounters that replies to label are taken from, newest first."""


class Queue(NamedTuple):
    """What there is to label, and what was given so far, by rater."""

    about: str
    tasks: Sequence[Task]
    given: Mapping[str, Mapping[Key, Label]]

    def of(self, rater: str) -> list[Task]:
        """A rater's own part: nobody labels replies of their own."""
        own = f"{SIGNED_IN}{rater}"
        return [task for task in self.tasks if task.record.trainee != own]

    def done(self, rater: str) -> int:
        return sum(task.key in self.given.get(rater, {}) for task in self.of(rater))

    def finished(self) -> list[str]:
        return [rater for rater in sorted(self.given) if self.done(rater) == len(self.of(rater))]


async def queue_about(studio: Studio, about: str, *, fresh: bool = False) -> Queue:
    """What there is to label. Chosen anew when somebody begins or looks at where everybody is;
    between two labels it stays, so that a key answers at once."""
    about = about if any(about == c.id for c in practice(studio).criteria) else ""
    given = calibrating.labelled(await studio.store.reviews.labels(), about)
    key = ("", "calibrate", about)
    job = studio.rooms.jobs.find(key)
    if job is None or fresh or job.trouble:

        async def work() -> AsyncGenerator[list[Task]]:
            yield await _choose(
                studio, about, {key for given_by in given.values() for key in given_by}
            )

        job = studio.rooms.jobs.start(key, 1, work, "choosing what to label")
    while job is not None and not job.found:
        await job.ended()
        if job.trouble:
            raise HotseatError(job.trouble, fix="try again")
        if not job.found:  # somebody else began at the same moment, and theirs is chosen
            job = studio.rooms.jobs.find(key)
    return Queue(about, job.found[0] if job else (), given)


async def _choose(studio: Studio, about: str, begun: Collection[Key]) -> list[Task]:
    records, rubric = await studio.store.recent(RECENT), practice(studio)

    def chosen() -> list[Task]:
        found = calibrating.tasks(records, rubric)
        return calibrating.queue(found, begun=begun, about=about, seed=RUBRIC)

    return await asyncio.to_thread(chosen)


def waits(queue: Queue, me: str) -> str:
    """Why the results cannot be seen yet; nothing when they can."""
    if me in queue.given and 0 < queue.done(me) < len(queue.of(me)):
        return "you have not finished labelling"
    if len(queue.finished()) < 2:
        return "two people have to finish first"
    return ""


def signed(who: Visitor) -> str:
    return name(who) if who.trainee.startswith(SIGNED_IN) else ""


def practice(studio: Studio) -> Rubric:
    return studio.content.rubrics[RUBRIC]


def address(**asked: str) -> str:
    return "?" + urlencode({"calibrate": "1", **{k: v for k, v in asked.items() if v}})

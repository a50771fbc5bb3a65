"""Longer work that a page starts and follows: it runs on the server, in a task of its own, so
that a refresh, another page or a lost connection ends the following and never the work."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, cast

from ..errors import HotseatError

log = logging.getLogger(__name__)

MOST = 40
"""Jobs remembered; of those that have ended, the oldest is forgotten first."""

FRAME = 0.25
"""Seconds between two looks at a job: often enough to follow, seldom enough to be cheap."""

Key = tuple[str, ...]
"""Whose work it is, what it is, and what it is about."""

Work = Callable[[], AsyncIterator[Any]]


class Job:
    """One piece of work. `found` is what came of it so far, of `total` expected; `trouble` says
    why it failed, `cancelled` whether somebody called it off."""

    def __init__(self, total: int, title: str) -> None:
        self.total, self.title = total, title
        self.found: list[Any] = []
        self.running, self.cancelled = True, False
        self.trouble = ""
        self.version = 0
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def cancel(self) -> None:
        """Call it off; what it came to so far stays."""
        if self.running and self._task:
            self.cancelled = True
            self._task.cancel()

    async def ended(self) -> None:
        """Wait for the end, whatever it is."""
        if self._task:
            await asyncio.wait({self._task})

    async def followed(self) -> AsyncIterator[Job]:
        """The job whenever there is news, at a calm pace; the last time when it has ended."""
        while self.running:
            shown = self.version
            yield self
            await asyncio.sleep(FRAME)
            while self.running and self.version == shown:
                await self._news.wait()
        yield self

    def begin(self, work: Work) -> None:
        """Start the task."""
        self._task = asyncio.create_task(self._run(work))
        self._task.add_done_callback(lambda _: self._over())  # one called off at once never runs

    async def _run(self, work: Work) -> None:
        try:
            # every work is a generator: closing it lets go of what it still has in hand
            async with aclosing(cast(Any, work())) as coming:
                async for one in coming:
                    self.found.append(one)
                    self._tell()
        except HotseatError as error:
            self.trouble = f"{error.problem}; {error.fix}" if error.fix else error.problem
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        except Exception:
            log.warning("%s failed", self.title, exc_info=True)
            self.trouble = "something went wrong on our side"

    def _over(self) -> None:
        self.running = False
        self._tell()

    def _tell(self) -> None:
        self.version += 1
        self._news.set()
        self._news = asyncio.Event()


class Jobs:
    """The work in progress and what it came to, by whose it is and what it is about."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[Key, Job] = OrderedDict()

    def find(self, key: Key) -> Job | None:
        return self._jobs.get(key)

    def start(self, key: Key, total: int, work: Work, title: str) -> Job:
        """Start work under this key; what was there is called off and forgotten. A HotseatError
        of it is told to whoever follows, anything else is logged."""
        if old := self._jobs.pop(key, None):
            old.cancel()
        ended = [key for key, job in self._jobs.items() if not job.running]
        for key_of_ended in ended[: max(0, len(self._jobs) - MOST + 1)]:
            del self._jobs[key_of_ended]
        job = self._jobs[key] = Job(total, title)
        job.begin(work)
        return job

    async def close(self) -> None:
        """Call everything off, and wait until it has let go."""
        for job in self._jobs.values():
            job.cancel()
        for job in self._jobs.values():
            await job.ended()

"""What happens in an encounter, as told to whoever follows it, and what must be kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..domain import Call, Outcome, Record, Step, Turn


class Keeper(Protocol):
    """What the loop asks of whoever keeps the records."""

    async def begin(self, record: Record) -> None: ...
    async def hear(self, record_id: str, turn: Turn) -> bool: ...
    async def save_step(self, record_id: str, index: int, step: Step) -> None: ...
    async def save_hint(self, record_id: str, hint: str) -> None: ...
    async def spend(
        self, record_id: str, index: int, spent: Sequence[Call], at: datetime
    ) -> None: ...
    async def spent(self, record_id: str | None = None, since: datetime | None = None) -> float: ...
    async def finish(self, record_id: str, outcome: Outcome, at: datetime) -> None: ...


@dataclass(frozen=True)
class Heard:
    """The trainee's turn is committed."""

    record: Record


@dataclass(frozen=True)
class Delta:
    """A piece of the customer's line."""

    record: Record
    text: str


@dataclass(frozen=True)
class Again:
    """What the customer said so far does not count; the line is being made anew."""

    record: Record


@dataclass(frozen=True)
class Spoke:
    """The customer's line is whole and stored."""

    record: Record


@dataclass(frozen=True)
class Graded:
    """The verdict, or the reason there is none, is stored and the mood settled by it."""

    record: Record


@dataclass(frozen=True)
class Coached:
    """What to try instead of a reply is stored. It comes after the verdict, and after the ending
    where there is one; only from a coach that is a model, and not for every reply."""

    record: Record


@dataclass(frozen=True)
class Ended:
    record: Record


Event = Heard | Delta | Again | Spoke | Graded | Coached | Ended

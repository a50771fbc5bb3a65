"""What models may cost, and noting what they did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from ..domain import Call, Record
from ..errors import TurnRefused
from ..llm import Seats
from .events import Keeper


async def spend(keep: Keeper, record: Record, index: int, calls: Sequence[Call]) -> None:
    """Note what step `index` (0-based) took, if anything."""
    if calls:
        await keep.spend(record.id, index, calls, datetime.now(UTC))


async def used_up(record: Record, seats: Seats, keep: Keeper) -> TurnRefused | None:
    """Why no model should be asked any more, as the polite refusal of a turn; None while there
    is money left."""
    budget = seats.budget
    if budget.encounter and await keep.spent(record.id) >= budget.encounter:
        return TurnRefused(
            f"this encounter has used its budget of {_dollars(budget.encounter)}",
            fix="stop here and read the debrief; whoever runs this room sets the budget",
        )
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if budget.day and await keep.spent(since=midnight) >= budget.day:
        return TurnRefused(
            f"today's budget of {_dollars(budget.day)} is used up",
            fix="go on tomorrow (UTC), or ask whoever runs this room",
        )
    return None


def _dollars(sum: float) -> str:
    return f"${sum:.2f}" if sum >= 0.01 else f"${sum:g}"

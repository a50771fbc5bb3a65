"""When a seat that failed is asked again, what with, and how the fault is noted. Pure but for
the one line in the log."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ..domain import Transcript
from ..errors import SeatError

if TYPE_CHECKING:
    from . import Seat

TRIES = 2
"""Times a seat is asked for one answer, unless it has more models than that to ask."""

PAUSE = 0.5
"""Seconds before the same model is asked again when it said it is busy and not for how long."""

KEPT_TURNS = 6
"""Turns kept of a chat that was too long for the model, besides its opening: three each way."""

_log = logging.getLogger("hotseat.seats")


def tries(seat: Seat) -> int:
    """How often this seat may be asked for one answer."""
    return max(TRIES, len(seat.models))


def pause(failed: SeatError, seat: Seat, attempt: int, *, most: float) -> float | None:
    """Seconds until the next try after this one (0 first) failed, or None: there is none.

    Another model is asked at once. The same one is asked again when the fault may pass, after
    the time it asked for, if that is not over `most` seconds; or when the chat was too long for
    it, since it will be `shortened`.
    """
    if attempt + 1 >= tries(seat):
        return None
    if failed.kind == "full" or attempt + 1 < len(seat.models):
        return 0.0
    if not failed.passing:
        return None
    wait = failed.retry_after
    if wait is None:
        wait = PAUSE if failed.kind == "busy" else 0.0
    return wait if wait <= most else None


def shortened(turns: Transcript) -> Transcript:
    """A chat that a model had no room for, without its middle."""
    return turns if len(turns) <= KEPT_TURNS else (turns[0], *turns[-KEPT_TURNS:])


def note(seat: Seat, attempt: int, what: str) -> None:
    """One event in the log for a try that came to nothing. Holds nothing a provider or a person
    wrote."""
    model = seat.models[min(attempt, len(seat.fallbacks))]
    fields = {"role": seat.role, "model": model, "attempt": attempt + 1, "fault": what}
    _log.warning(" ".join(f"{key}={value}" for key, value in fields.items()), extra=fields)

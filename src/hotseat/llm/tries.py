"""When a seat that failed is asked again, what with, and how it is noted: a line in the log and
a mark in the seat's health. Nothing else here has an effect."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ..errors import SeatError
from .faults import left_alone

if TYPE_CHECKING:
    from . import Seat

TRIES = 2
"""Times a seat is asked for one answer, unless it has more models than that to ask."""

PAUSE = 0.5
"""Seconds before the same model is asked again when it said it is busy and not for how long."""

_log = logging.getLogger("hotseat.seats")


def tries(seat: Seat) -> int:
    """How often this seat may be asked for one answer."""
    return max(TRIES, len(seat.models))


def pause(failed: SeatError, seat: Seat, attempt: int, *, most: float) -> float | None:
    """Seconds until the next try after this one (0 first) failed, or None: there is none.

    Another model is asked at once. The same one is asked again when the fault may pass, after
    the time it asked for, if that is not over `most` seconds; or when the chat was too long for
    it, since it will be shown less.
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


def waits_until(seat: Seat, attempt: int, now: float, until: float) -> float:
    """When to give up on this try, on the clock of `now` and `until`: a model that others stand
    behind leaves each of them an equal share of the time that is left, or silence would use it
    all up."""
    behind = max(0, len(seat.models) - attempt - 1)
    return now + (until - now) / (behind + 1)


def resting(seat: Seat, attempt: int) -> SeatError | None:
    """Why the model of this try is not asked at all: it has failed too often just now."""
    seconds = seat.health.resting(seat.engine(attempt))
    if not seconds:
        return None
    note(seat, attempt, "resting")
    return left_alone(seconds)


def failed(seat: Seat, attempt: int, error: SeatError) -> None:
    """Note a try that came to nothing because the model did."""
    seat.health.failed(seat.engine(attempt), error.kind)
    note(seat, attempt, error.kind)


def note(seat: Seat, attempt: int, what: str) -> None:
    """One event in the log for a try that came to nothing. Holds nothing a provider or a person
    wrote."""
    fields = {
        "role": seat.role,
        "model": seat.engine(attempt),
        "attempt": attempt + 1,
        "fault": what,
    }
    _log.warning(" ".join(f"{key}={value}" for key, value in fields.items()), extra=fields)

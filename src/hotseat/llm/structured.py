"""One structured answer from whoever sits in a seat, for work that has no brief of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from ..domain import Call, Noun
from ..errors import SeatError
from . import Seat
from .calls import metered
from .faults import fault, seat_error
from .tries import failed, pause, resting, tries

N = TypeVar("N", bound=Noun)

LONGEST_WAIT = 10.0
"""Seconds a model may ask us to wait before the next try."""


async def structured(
    seat: Seat,
    output: type[N],
    *,
    instructions: str,
    prompt: str,
    wrong: Callable[[N], str],
    within: float,
) -> tuple[N, tuple[Call, ...]]:
    """A model's answer as a noun, checked; also what it took.

    `wrong` says what is wrong with an answer, empty for nothing; it is told to the model, which
    may mend it once. Every model of the seat is tried before it is given up. Raises SeatError,
    with the calls made, when none gives a usable answer `within` so many seconds. The seat must
    be a model's: the embedded engine has no answer here.
    """
    calls: list[Call] = []
    error: SeatError = fault("away")
    try:
        async with asyncio.timeout(within):
            for attempt in range(tries(seat)):
                if tired := resting(seat, attempt):
                    error = tired
                    continue
                try:
                    found = await _ask(seat, attempt, output, instructions, prompt, wrong, calls)
                    seat.health.answered(seat.engine(attempt))
                    return found, tuple(calls)
                except SeatError as one:
                    error = one
                failed(seat, attempt, error)
                wait = pause(error, seat, attempt, most=LONGEST_WAIT)
                if wait is None or error.kind in ("broken", "full"):
                    break  # it was asked to mend that already, or it will not fit again
                await asyncio.sleep(wait)
    except TimeoutError:
        error = fault("away")
    error.calls = tuple(calls)
    raise error


async def _ask(
    seat: Seat,
    attempt: int,
    output: type[N],
    instructions: str,
    prompt: str,
    wrong: Callable[[N], str],
    calls: list[Call],
) -> N:
    from pydantic_ai import Agent, ModelRetry

    def checked(answer: N) -> N:
        if said := wrong(answer):
            raise ModelRetry(said)
        return answer

    try:
        writer = Agent(
            seat.real_model(seat.engine(attempt)),
            instructions=instructions,
            output_type=output,
            retries=1,
        )
        writer.output_validator(checked)
        async with metered(seat, attempt, calls) as meter:
            run = await writer.run(prompt, model_settings=seat.settings)
            meter(run.usage)
            return run.output
    except Exception as error:  # the one boundary: no text of a provider's error gets past it
        raise seat_error(error) from None

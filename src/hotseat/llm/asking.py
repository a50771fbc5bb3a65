"""What is in the seats: one tiny call to see that a model answers, and what it would cost."""

from __future__ import annotations

import asyncio
import time
from typing import NamedTuple

from . import Role, Seat
from .calls import price
from .faults import seat_error

ENCOUNTER_TOKENS: dict[Role, tuple[int, int]] = {
    "customer": (8 * 1_300, 8 * 60),
    "judge": (8 * 6_000, 8 * 1_800),
    "second_judge": (8 * 6_000, 8 * 1_800),
    "coach": (8 * 700, 8 * 60),
}
"""Tokens in and out of an encounter of eight replies, from the length of our prompts (four
characters a token) and of a full set of answers."""

PATIENCE = 20.0
"""Seconds to wait for the one word."""


class Said(NamedTuple):
    """Whether a seat's model answers, and in words: "answers in 0.8 s", or what is wrong and how
    to mend it."""

    answers: bool
    words: str


async def answers(seat: Seat) -> Said:
    """Ask a seat's model for one word."""
    if seat.embedded:
        return Said(True, "is here")
    from pydantic_ai import Agent

    started = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            await Agent(seat.real_model(), retries=0).run("Answer with the word yes.")
    except Exception as error:
        wrong = seat_error(error)
        mend = wrong.fix.removeprefix("send again").lstrip("; ")  # nobody sent anything here
        return Said(False, f"{wrong.problem}; {mend}" if mend else wrong.problem)
    return Said(True, f"answers in {time.perf_counter() - started:.1f} s")


def price_of_encounter(seat: Seat) -> float | None:
    """US dollars at list price for an encounter of eight replies; None without a list price."""
    return 0.0 if seat.embedded else price(seat.name, *ENCOUNTER_TOKENS[seat.role])

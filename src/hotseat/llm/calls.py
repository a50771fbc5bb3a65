"""What a call took: tokens, seconds, and what it costs at the provider's list price."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from ..domain import Call
from . import EMBEDDED

if TYPE_CHECKING:
    from pydantic_ai.usage import RunUsage

    from . import Seat


@asynccontextmanager
async def metered(
    seat: Seat, attempt: int, calls: list[Call]
) -> AsyncGenerator[Callable[[RunUsage], None]]:
    """Notes one call of a model in `calls`, failed ones too: they may cost as well. Embedded
    and replayed answers cost nothing and are not noted. The yielded function takes the usage once
    known."""
    started = time.perf_counter()
    tokens = [0, 0, 0]
    name = seat.engine(attempt)

    def meter(usage: RunUsage) -> None:
        tokens[:] = [usage.input_tokens, usage.output_tokens, usage.cache_read_tokens]

    try:
        yield meter
    finally:
        if name != EMBEDDED and not (seat.tape and seat.tape.replays):
            calls.append(
                Call(
                    role=seat.role,
                    model=name,
                    input_tokens=tokens[0],
                    output_tokens=tokens[1],
                    cached_tokens=tokens[2],
                    cost=price(name, *tokens),
                    seconds=round(time.perf_counter() - started, 3),
                )
            )


def price(model: str, input_tokens: int, output_tokens: int, cached: int = 0) -> float | None:
    """US dollars at list price, from litellm's table; None for a model it does not know. `cached`
    of the input tokens were in the provider's cache, and cost less."""
    from .loading import litellm

    try:
        into, out = litellm().cost_per_token(
            model=model,
            prompt_tokens=input_tokens,
            completion_tokens=output_tokens,
            cache_read_input_tokens=cached,
        )
    except Exception:  # an unknown or local model has no list price
        return None
    return into + out

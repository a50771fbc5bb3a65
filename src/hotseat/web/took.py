"""What an encounter took of the models: tokens, seconds and list price. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from ..domain import Call
from .engines import TITLES


class Sum(NamedTuple):
    """Calls added up. `cost` is in words: US dollars at list price, where there is one."""

    label: str
    model: str
    calls: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    seconds: float
    cost: str


class Took(NamedTuple):
    """By role and model, by reply, and in all."""

    roles: tuple[Sum, ...]
    replies: tuple[Sum, ...]
    total: Sum


def took(calls: Sequence[tuple[int, Call]]) -> Took | None:
    """What these calls, each with its step from 0, took; None without any."""
    if not calls:
        return None

    def seat(call: Call) -> tuple[int, str]:
        return list(TITLES).index(call.role), call.model

    by_seat = groupby(sorted((call for _, call in calls), key=seat), key=seat)
    by_reply = groupby(sorted(calls, key=lambda each: each[0]), key=lambda each: each[0])
    titles = list(TITLES.values())
    return Took(
        roles=tuple(_sum(titles[at], made, name) for (at, name), made in by_seat),
        replies=tuple(
            _sum(f"Reply {step + 1}", (call for _, call in made)) for step, made in by_reply
        ),
        total=_sum("In all", (call for _, call in calls)),
    )


def _sum(label: str, made: Iterable[Call], model: str = "") -> Sum:
    calls = list(made)
    priced = [call.cost for call in calls if call.cost is not None]
    unpriced = len(priced) < len(calls)
    cost = f"${sum(priced):.4f}" if priced else "no list price"
    return Sum(
        label=label,
        model=model,
        calls=len(calls),
        input_tokens=sum(call.input_tokens for call in calls),
        cached_tokens=sum(call.cached_tokens for call in calls),
        output_tokens=sum(call.output_tokens for call in calls),
        seconds=sum(call.seconds for call in calls),
        cost=f"{cost} and some without a price" if priced and unpriced else cost,
    )

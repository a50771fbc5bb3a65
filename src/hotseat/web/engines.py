"""The settings page: who sits in which seat, on what terms, and whether they answer. For
trainers. Shows that a key is there, and nothing of the key."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from ..domain import Role
from ..llm import EMBEDDED, Budget, Seat, Seats, asking
from ..store import Store
from .render import engine, model, render

TITLES: Mapping[Role, str] = MappingProxyType(
    {
        "customer": "Customer",
        "judge": "Judge",
        "second_judge": "Second judge",
        "coach": "Coach",
    }
)

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "azure": ("AZURE_API_KEY", "AZURE_AD_TOKEN"),
        "bedrock": ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_BEARER_TOKEN_BEDROCK"),
        "gemini": ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
        "ollama": (),
        "ollama_chat": (),
        "vertex_ai": ("GOOGLE_APPLICATION_CREDENTIALS",),
    }
)
"""Variables of which litellm wants one, by provider (docs.litellm.ai/docs/providers); any other
provider's is its name and _API_KEY."""

ASKING = "asking…"

Answers = Mapping[Role, str]
"""What seats said when they were checked, in words; nothing of those that were not."""

UNASKED: Answers = MappingProxyType({})


class Key(NamedTuple):
    """The name of a variable, and whether it holds something."""

    name: str
    there: bool


class Row(NamedTuple):
    """One seat as shown. `answer` is what a check found, empty before there was one."""

    title: str
    engine: str
    fallbacks: tuple[str, ...]
    host: str
    temperature: str
    price: str
    keys: tuple[Key, ...]
    answer: str


class Spent(NamedTuple):
    """A budget and what of it is used, in words."""

    day: str
    encounter: str


async def page(
    seats: Seats, env: Mapping[str, str], store: Store, answers: Answers = UNASKED
) -> str:
    """The page, with what was spent today (UTC) and what checks found."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    spent = await store.spent(since=midnight)
    prices = await asyncio.gather(
        *(asyncio.to_thread(asking.price_of_encounter, seat) for seat in seats.all)
    )
    rows = [
        row(seat, env, price, answers.get(seat.role, ""))
        for seat, price in zip(seats.all, prices, strict=True)
    ]
    return render(
        "settings",
        rows=rows,
        second=seats.second_judge is not None,
        embedded=all(seat.embedded for seat in seats.all),
        warnings=seats.warnings(),
        spent=budget(seats.budget, spent),
        busy=ASKING in answers.values(),
    )


async def checked(seats: Seats) -> AsyncIterator[dict[Role, str]]:
    """What each seat answers to one tiny call, as the answers come in."""
    answers: dict[Role, str] = {seat.role: ASKING for seat in seats.all}
    yield dict(answers)

    async def ask(seat: Seat) -> tuple[Role, str]:
        return seat.role, (await asking.answers(seat)).words

    for answered in asyncio.as_completed([ask(seat) for seat in seats.all]):
        role, said = await answered
        answers[role] = said
        yield dict(answers)


def row(seat: Seat, env: Mapping[str, str], price: float | None, answer: str) -> Row:
    """One seat in words. Pure."""
    keys = [key(name, env) for name in seat.models]
    return Row(
        title=TITLES[seat.role],
        engine=engine(seat.name),
        fallbacks=tuple(engine(name) for name in seat.fallbacks),
        host=host(seat.url),
        temperature="" if seat.temperature is None else f"{seat.temperature:g}",
        price=in_dollars(price) if model(seat.name) else "free",
        keys=tuple(each for each in dict.fromkeys(keys) if each),
        answer=answer,
    )


def key(name: str, env: Mapping[str, str]) -> Key | None:
    """The variable that holds the key of a model, or that should; None for a model that needs
    none. Pure; looks whether a key is there, and at nothing of it."""
    if name == EMBEDDED:
        return None
    provider = name.partition("/")[0]
    wanted = KEYS.get(provider, (f"{provider.upper()}_API_KEY",))
    there = [variable for variable in wanted if env.get(variable, "").strip()]
    return Key((there or wanted)[0], bool(there)) if wanted else None


def host(url: str) -> str:
    """Host and port of an address: the rest of it might hold a secret."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        return f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        return "an address that cannot be read"


def budget(most: Budget, spent: float) -> Spent:
    """The budget in words; `spent` is in US dollars."""
    day = f"${spent:.2f} used today"
    return Spent(
        day=f"{day} of ${most.day:.2f}" if most.day else f"{day}; no limit is set",
        encounter=f"${most.encounter:.2f}" if most.encounter else "no limit is set",
    )


def in_dollars(price: float | None) -> str:
    return "no list price" if price is None else f"about ${price:.3f}"

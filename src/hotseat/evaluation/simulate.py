"""Scripted trainees against customers: whole encounters, through the same loop as a person's.

Nothing is stored. With the embedded engine in both seats the results are the same every time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

from .. import encounter, scoring
from ..domain import Call, Intensity, Noun, Outcome, Persona, Record, Rubric, Step, Turn
from ..laws import MAX_TURNS
from ..llm import Seats
from .trainees import Quality, Trainee

AT_ONCE = 8
"""Encounters in play at the same time."""


class Result(Noun):
    """How one encounter went. `score` is 0 to 100, or None where too little was due; `turns`
    counts the trainee's; `transcript` has one `speaker: text` for every turn."""

    persona: str
    scenario: str
    intensity: Intensity
    trainee: str
    quality: Quality
    score: float | None
    outcome: Outcome
    turns: int
    seed: int
    transcript: tuple[str, ...] = ()


class Unkept:
    """A `Keeper` that keeps nothing but which turns it heard and the `calls` of models: the events
    carry the record."""

    def __init__(self) -> None:
        self._heard: set[tuple[str, str]] = set()
        self.calls: list[Call] = []

    async def begin(self, record: Record) -> None: ...

    async def hear(self, record_id: str, turn: Turn) -> bool:
        new = (record_id, turn.id) not in self._heard
        self._heard.add((record_id, turn.id))
        return new

    async def save_step(self, record_id: str, index: int, step: Step) -> None: ...

    async def save_hint(self, record_id: str, hint: str) -> None: ...

    async def spend(
        self,
        record_id: str,  # noqa: ARG002
        index: int,  # noqa: ARG002
        spent: Sequence[Call],
        at: datetime,  # noqa: ARG002
    ) -> None:
        self.calls += spent

    async def spent(self, record_id: str | None = None, since: datetime | None = None) -> float:  # noqa: ARG002
        return 0.0

    async def finish(self, record_id: str, outcome: Outcome, at: datetime) -> None: ...


async def simulate(
    personas: Iterable[Persona],
    trainees: Sequence[Trainee],
    *,
    intensity: Intensity,
    seeds: Iterable[int],
    rubric: Rubric,
    seats: Seats,
    max_turns: int = MAX_TURNS,
) -> list[Result]:
    """Every trainee against every scenario of every persona, once a seed, in that order.

    Raises SeatError when a model that was asked for cannot play.
    """
    at_once, seeds = asyncio.Semaphore(AT_ONCE), tuple(seeds)

    async def one(persona: Persona, scenario: str, trainee: Trainee, seed: int) -> Result:
        async with at_once:
            record = encounter.begin(
                persona, scenario, intensity, rubric, trainee=trainee.id, seats=seats, seed=seed
            )
            return result(await play(record, trainee, seats, max_turns), trainee)

    encounters = [
        one(persona, scenario, trainee, seed)
        for persona in personas
        for scenario in persona.scenarios
        for trainee in trainees
        for seed in seeds
    ]
    return await asyncio.gather(*encounters)


async def play(
    record: Record, trainee: Trainee, seats: Seats, max_turns: int, *, keep: Unkept | None = None
) -> Record:
    """One encounter to its end; stopped after `max_turns` replies if it has none by then."""
    keep = keep or Unkept()
    while record.outcome is None and len(record.steps) < max_turns:
        text = trainee.reply(record, record.seed)
        async for event in encounter.turn(record, text, seats=seats, keep=keep):
            record = event.record
    return await encounter.stop(record, keep=keep)


def result(record: Record, trainee: Trainee) -> Result:
    """What is worth knowing of a finished record."""
    return Result(
        persona=record.persona.id,
        scenario=record.scenario_id,
        intensity=record.intensity,
        trainee=trainee.id,
        quality=trainee.quality,
        score=scoring.score_record(record).points,
        outcome=record.outcome or "stopped",
        turns=len(record.steps),
        seed=record.seed,
        transcript=tuple(f"{turn.speaker}: {turn.text}" for turn in record.transcript),
    )

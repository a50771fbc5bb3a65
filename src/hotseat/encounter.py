"""The loop of one encounter: hear, read, shift, speak and grade at once, settle.

It composes the pure modules and the two seats and has no I/O of its own: what must be kept goes
through a `Keeper`, in the order that makes a crash harmless. The trainee's turn is committed
before anything reads it; a step left half done is finished from what is stored.
"""

from __future__ import annotations

import asyncio
import unicodedata
import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom
from typing import Protocol

from . import customer, judge, mood, prompts, reader
from .catalog import fingerprint
from .customer import CustomerBrief
from .direction import direct
from .domain import (
    Intensity,
    Mood,
    Outcome,
    Persona,
    Pins,
    Record,
    Rubric,
    Step,
    Turn,
    Ungraded,
    Verdict,
)
from .errors import EncounterOver, TurnRefused
from .judge import JudgeBrief
from .llm import Seats

LONGEST_TURN = 4_000
"""Characters a trainee turn may have."""


class Keeper(Protocol):
    """What the loop asks of whoever keeps the records."""

    async def begin(self, record: Record) -> None: ...
    async def hear(self, record_id: str, turn: Turn) -> bool: ...
    async def save_step(self, record_id: str, index: int, step: Step) -> None: ...
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
class Spoke:
    """The customer's line is whole and stored."""

    record: Record


@dataclass(frozen=True)
class Graded:
    """The verdict, or the reason there is none, is stored and the mood settled by it."""

    record: Record


@dataclass(frozen=True)
class Ended:
    record: Record


Event = Heard | Delta | Spoke | Graded | Ended


def begin(
    persona: Persona,
    scenario_id: str,
    intensity: Intensity,
    rubric: Rubric,
    *,
    trainee: str,
    seats: Seats,
    seed: int | None = None,
    now: datetime | None = None,
) -> Record:
    """A new encounter with the customer's opening line, everything it depends on pinned."""
    seed = SystemRandom().randrange(2**31) if seed is None else seed
    openings = persona.scenarios[scenario_id].opening
    now = now or datetime.now(UTC)
    return Record(
        id=str(uuid.uuid4()),
        trainee=trainee,
        persona=persona,
        scenario_id=scenario_id,
        intensity=intensity,
        rubric=rubric,
        pins=Pins(
            persona=fingerprint(persona),
            rubric=fingerprint(rubric),
            prompts=prompts.fingerprint(),
            customer=seats.customer.name,
            judge=seats.judge.name,
        ),
        seed=seed,
        opening=_turn("customer", 1, openings[seed % len(openings)], now),
        started=now,
    )


def retry(record: Record, step: int, *, seats: Seats, now: datetime | None = None) -> Record:
    """A new encounter that goes on from just before trainee turn `step` (1-based) of another.

    The customer is as they were; the first version stays as it is and is the one that counts
    for progress. Raises TurnRefused when there is no such step.
    """
    if not 1 <= step <= len(record.steps):
        raise TurnRefused(f"there is no reply {step} to retry", fix="choose one of the replies")
    fresh = begin(
        record.persona,
        record.scenario_id,
        record.intensity,
        record.rubric,
        trainee=record.trainee,
        seats=seats,
        seed=record.seed,
        now=now,
    )
    steps = tuple(_with_new_ids(s) for s in record.steps[: step - 1])
    return fresh.model_copy(
        update={
            "opening": fresh.opening.model_copy(update={"text": record.opening.text}),
            "steps": steps,
            "retry_of": record.id,
            "retry_from": step,
        }
    )


async def turn(
    record: Record, text: str, *, seats: Seats, keep: Keeper, turn_id: str | None = None
) -> AsyncGenerator[Event]:
    """Take one trainee turn and play everything that follows from it.

    Raises TurnRefused before anything is stored when the text cannot be taken (empty, over
    4,000 characters, encounter over), StoreError when it could not be committed. After `Heard`
    the turn is safe whatever happens. A `turn_id` that is already stored yields nothing.
    """
    heard = _turn("trainee", len(record.transcript) + 1, accept(record, text), datetime.now(UTC))
    heard = heard.model_copy(update={"id": turn_id or heard.id})
    if not await keep.hear(record.id, heard):
        return
    record = record.model_copy(update={"steps": (*record.steps, Step(trainee=heard))})
    yield Heard(record)
    async for event in resume(record, seats=seats, keep=keep):
        yield event


async def resume(record: Record, *, seats: Seats, keep: Keeper) -> AsyncGenerator[Event]:
    """Do whatever the last step still lacks: reading, customer's line, verdict, settling."""
    if not record.steps or record.outcome:
        return
    index = len(record.steps) - 1
    before, after = _mood_before(record), record.transcript
    step = record.steps[-1]
    if step.customer:
        after = after[:-1]
    earlier = after[:-1]
    scenario = record.scenario
    signs = mood.signs(record.persona, scenario)

    reading = step.reading or reader.read(
        step.trainee.text,
        after=earlier,
        fault=scenario.fault,
        policy=scenario.policy,
        signs=signs,
    )
    saw = mood.seen(reading)
    shifted = mood.shift(record.persona, scenario, record.intensity, before, saw)
    ending = mood.outcome(record.persona, scenario, before, shifted, saw)
    direction = step.direction or direct(scenario, before, shifted, saw, ending)
    step = step.model_copy(
        update={"reading": reading, "mood": step.mood or shifted, "direction": direction}
    )
    record = _with_step(record, step)

    grading = asyncio.create_task(
        judge.grade(
            JudgeBrief(
                turn=step.trainee,
                after=earlier,
                rubric=record.rubric,
                fault=scenario.fault,
                policy=scenario.policy.text,
                questions={key: sign.when for key, sign in signs.items()},
                reading=reading,
            ),
            seats.judge,
            rubric_hash=record.pins.rubric,
        )
    )
    try:
        if step.customer is None:
            pieces: list[str] = []
            brief = CustomerBrief(
                persona=record.persona,
                scenario_id=record.scenario_id,
                transcript=after,
                direction=direction,
                earned=shifted.revealed,
                seed=record.seed,
            )
            async for piece in customer.speak(brief, seats.customer):
                pieces.append(piece)
                yield Delta(record, piece)
            spoken = _turn("customer", len(after) + 1, "".join(pieces).strip(), datetime.now(UTC))
            step = step.model_copy(update={"customer": spoken})
            record = _with_step(record, step)
            await keep.save_step(record.id, index, step)
            yield Spoke(record)
        if not isinstance(step.verdict, Verdict):
            step = _settle(record, before, step, await grading)
            record = _with_step(record, step)
            await keep.save_step(record.id, index, step)
            yield Graded(record)
    finally:
        grading.cancel()
    if direction.ending:
        yield Ended(await _finish(record, direction.ending, keep))


async def stop(record: Record, *, keep: Keeper) -> Record:
    """End the encounter because the trainee says so. Stopping is not failing."""
    return record if record.outcome else await _finish(record, "stopped", keep)


def accept(record: Record, text: str) -> str:
    """The trainee's text as it will be kept: control characters and broken bytes dropped, ends
    trimmed.

    Raises TurnRefused, and the text stays with the trainee, when there is nothing in it, when
    it is longer than 4,000 characters, or when the encounter is over (EncounterOver).
    """
    if record.outcome:
        raise EncounterOver("this encounter has ended", fix="start another, or retry from a reply")
    clean = "".join(
        c
        for c in text.replace("\r\n", "\n")
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")
    ).strip()
    if not clean:
        raise TurnRefused("there is nothing to send yet", fix="write a reply first")
    if len(clean) > LONGEST_TURN:
        raise TurnRefused(
            f"the reply has {len(clean):,} characters; {LONGEST_TURN:,} is the most",
            fix="shorten it; nothing was sent",
        )
    return clean


def mood_now(record: Record) -> Mood:
    """Where the customer stands after the last step that has a mood."""
    for step in reversed(record.steps):
        if step.mood_now:
            return step.mood_now
    return mood.start(record.persona, record.intensity)


def _settle(record: Record, before: Mood, step: Step, graded: Verdict | Ungraded) -> Step:
    """The verdict has the last word on the mood; without one the reading's stands."""
    settled = step.mood
    if isinstance(graded, Verdict) and step.reading:
        saw = mood.seen_by_judge(step.reading, graded)
        settled = mood.shift(record.persona, record.scenario, record.intensity, before, saw)
    return step.model_copy(update={"verdict": graded, "settled": settled})


async def _finish(record: Record, outcome: Outcome, keep: Keeper) -> Record:
    at = datetime.now(UTC)
    await keep.finish(record.id, outcome, at)
    return record.model_copy(update={"outcome": outcome, "ended": at})


def _mood_before(record: Record) -> Mood:
    return mood_now(record.model_copy(update={"steps": record.steps[:-1]}))


def _with_step(record: Record, step: Step) -> Record:
    return record.model_copy(update={"steps": (*record.steps[:-1], step)})


def _with_new_ids(step: Step) -> Step:
    """A copy of a step whose turns are turns of their own: an id is stored once."""
    fresh = {"trainee": step.trainee.model_copy(update={"id": str(uuid.uuid4())})}
    if step.customer:
        fresh["customer"] = step.customer.model_copy(update={"id": str(uuid.uuid4())})
    return step.model_copy(update=fresh)


def _turn(speaker: str, number: int, text: str, at: datetime) -> Turn:
    return Turn.model_validate(
        {"id": str(uuid.uuid4()), "number": number, "speaker": speaker, "text": text, "at": at}
    )

"""Hear, read, shift, speak and grade at once, settle: one trainee turn after the other."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime

from .. import customer, judge, mood, reader
from ..customer import CustomerBrief
from ..direction import direct
from ..domain import (
    Call,
    Mood,
    Outcome,
    Reading,
    Record,
    Step,
    Transcript,
    Ungraded,
    Verdict,
)
from ..errors import EncounterOver, TurnRefused
from ..judge import JudgeBrief
from ..llm import Seats
from .events import Again, Delta, Ended, Event, Graded, Heard, Keeper, Spoke
from .start import new_turn

LONGEST_TURN = 4_000
"""Characters a trainee turn may have."""


async def turn(
    record: Record, text: str, *, seats: Seats, keep: Keeper, turn_id: str | None = None
) -> AsyncGenerator[Event]:
    """Take one trainee turn and play everything that follows from it.

    Raises TurnRefused before anything is stored when the text cannot be taken (empty, over
    4,000 characters, encounter over, budget used up), StoreError when it could not be committed.
    After `Heard` the turn is safe whatever happens. A `turn_id` already stored yields nothing.
    """
    await _within_budget(record, seats, keep)
    heard = new_turn("trainee", len(record.transcript) + 1, accept(record, text), datetime.now(UTC))
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

    grading = asyncio.create_task(_grade(record, earlier, step, reading, seats))
    try:
        if step.customer is None:
            spent: tuple[Call, ...] = ()
            brief = CustomerBrief(
                persona=record.persona,
                scenario_id=record.scenario_id,
                transcript=after,
                direction=direction,
                earned=shifted.revealed,
                seed=record.seed,
            )
            async for said in customer.speak(brief, seats.customer):
                match said:
                    case str():
                        yield Delta(record, said)
                    case customer.Again():
                        yield Again(record)
                    case customer.Line():
                        spoken = new_turn("customer", len(after) + 1, said.text, datetime.now(UTC))
                        step = step.model_copy(update={"customer": spoken})
                        spent = said.calls
            record = _with_step(record, step)
            await keep.save_step(record.id, index, step)
            await _spend(keep, record, index, spent)
            yield Spoke(record)
        if not isinstance(step.verdict, Verdict):
            graded, calls = await grading
            step = _settle(record, before, step, graded)
            record = _with_step(record, step)
            await keep.save_step(record.id, index, step)
            await _spend(keep, record, index, calls)
            yield Graded(record)
    finally:
        grading.cancel()
    if direction.ending:
        yield Ended(await _finish(record, direction.ending, keep))


async def regrade(record: Record, number: int, *, seats: Seats, keep: Keeper) -> Record:
    """Grade trainee turn `number` (1-based) that is still ungraded; a verdict stays as it is.

    Moods that later turns were played on are not touched: only the grades are new.
    """
    index = number - 1
    step = record.steps[index]
    if isinstance(step.verdict, Verdict) or step.reading is None:
        return record
    earlier = record.model_copy(update={"steps": record.steps[:index]}).transcript
    graded, calls = await _grade(record, earlier, step, step.reading, seats)
    step = step.model_copy(update={"verdict": graded})
    await keep.save_step(record.id, index, step)
    await _spend(keep, record, index, calls)
    steps = (*record.steps[:index], step, *record.steps[number:])
    return record.model_copy(update={"steps": steps})


async def _within_budget(record: Record, seats: Seats, keep: Keeper) -> None:
    """Refuse a turn politely once models have cost as much as they may."""
    budget = seats.budget
    if budget.encounter and await keep.spent(record.id) >= budget.encounter:
        raise TurnRefused(
            f"this encounter has used its budget of ${budget.encounter:.2f}",
            fix="stop here and read the debrief; HOTSEAT_BUDGET_ENCOUNTER sets the budget",
        )
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if budget.day and await keep.spent(since=midnight) >= budget.day:
        raise TurnRefused(
            f"today's budget of ${budget.day:.2f} is used up",
            fix="go on tomorrow (UTC), or raise HOTSEAT_BUDGET_DAY",
        )


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


async def _grade(
    record: Record, earlier: Transcript, step: Step, reading: Reading, seats: Seats
) -> tuple[Verdict | Ungraded, tuple[Call, ...]]:
    scenario = record.scenario
    signs = mood.signs(record.persona, scenario)
    brief = JudgeBrief(
        turn=step.trainee,
        after=earlier,
        rubric=record.rubric,
        fault=scenario.fault,
        policy=scenario.policy.text,
        questions={key: sign.when for key, sign in signs.items()},
        reading=reading,
    )
    return await judge.grade(brief, seats.judge, rubric_hash=record.pins.rubric)


def _settle(record: Record, before: Mood, step: Step, graded: Verdict | Ungraded) -> Step:
    """The verdict has the last word on the mood; without one the reading's stands."""
    settled = step.mood
    if isinstance(graded, Verdict) and step.reading:
        saw = mood.seen_by_judge(step.reading, graded)
        settled = mood.shift(record.persona, record.scenario, record.intensity, before, saw)
    return step.model_copy(update={"verdict": graded, "settled": settled})


async def _spend(keep: Keeper, record: Record, index: int, calls: Sequence[Call]) -> None:
    if calls:
        await keep.spend(record.id, index, calls, datetime.now(UTC))


async def _finish(record: Record, outcome: Outcome, keep: Keeper) -> Record:
    at = datetime.now(UTC)
    await keep.finish(record.id, outcome, at)
    return record.model_copy(update={"outcome": outcome, "ended": at})


def _mood_before(record: Record) -> Mood:
    return mood_now(record.model_copy(update={"steps": record.steps[:-1]}))


def _with_step(record: Record, step: Step) -> Record:
    return record.model_copy(update={"steps": (*record.steps[:-1], step)})

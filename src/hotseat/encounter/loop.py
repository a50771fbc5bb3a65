"""Hear, read, shift, speak and grade at once, settle: one trainee turn after the other."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncGenerator
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
    Turn,
    Ungraded,
    Verdict,
)
from ..errors import EncounterOver, SeatError, TurnRefused
from ..judge import JudgeBrief
from ..llm import Seats
from .budget import spend, used_up
from .coaching import coached
from .events import Again, Coached, Delta, Ended, Event, Graded, Heard, Keeper, Spoke
from .start import new_turn

HEAD_START = 0.05
"""Seconds the judge waits for a model customer's request to be on its way: judging takes
milliseconds of the same processor, and the trainee is waiting for the customer."""

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
    if refused := await used_up(record, seats, keep):
        raise refused
    heard = new_turn("trainee", len(record.transcript) + 1, accept(record, text), datetime.now(UTC))
    heard = heard.model_copy(update={"id": turn_id or heard.id})
    if not await keep.hear(record.id, heard):
        return
    record = record.model_copy(update={"steps": (*record.steps, Step(trainee=heard))})
    yield Heard(record)
    async for event in resume(record, seats=seats, keep=keep):
        yield event


async def resume(record: Record, *, seats: Seats, keep: Keeper) -> AsyncGenerator[Event]:
    """Do whatever the last step still lacks: reading, customer's line, verdict, settling; and have
    a reply coached that is graded here.

    Raises SeatError when the customer's line could not be had: the turn can be answered later.
    """
    if not record.steps or record.outcome:
        return
    index = len(record.steps) - 1
    before, after = _mood_before(record), record.transcript
    step = record.steps[-1]
    if step.customer:
        after = after[:-1]
    earlier = after[:-1]
    scenario = record.scenario
    reading = _reading(record, earlier, step)
    saw = mood.seen(reading)
    shifted = mood.shift(record.persona, scenario, record.intensity, before, saw)
    ending = mood.outcome(record.persona, scenario, before, shifted, saw)
    direction = step.direction or direct(scenario, before, shifted, saw, ending)
    step = step.model_copy(
        update={"reading": reading, "mood": step.mood or shifted, "direction": direction}
    )
    record = _with_step(record, step)

    grading = None
    lacking = step.customer is None or not isinstance(step.verdict, Verdict)
    if not isinstance(step.verdict, Verdict):
        late = 0.0 if step.customer or seats.customer.embedded else HEAD_START
        grading = asyncio.create_task(_grade(record, earlier, step, reading, seats, late))
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
            try:
                async for said in customer.speak(brief, seats.customer):
                    match said:
                        case str():
                            yield Delta(record, said)
                        case customer.Again():
                            yield Again(record)
                        case customer.Line():
                            step = step.model_copy(update={"customer": _spoken(said, after)})
                            spent = said.calls
            except SeatError as error:
                await spend(keep, record, index, error.calls)
                if grading and grading.done():  # the answer can be had later, this is here now
                    record = await _graded(record, before, grading.result(), keep)
                    yield Graded(record)
                raise
            record = _with_step(record, step)
            await keep.save_step(record.id, index, step)
            await spend(keep, record, index, spent)
            yield Spoke(record)
        if grading:
            record = await _graded(record, before, await grading, keep)
            yield Graded(record)
    finally:
        if grading:
            grading.cancel()
    if direction.ending:
        record = await _finish(record, direction.ending, keep)
        yield Ended(record)
    if lacking:
        told = await coached(record, index + 1, seats=seats, keep=keep)
        if told is not record:
            yield Coached(told)


async def regrade(record: Record, number: int, *, seats: Seats, keep: Keeper) -> Record:
    """Grade trainee turn `number` (1-based) that is still ungraded, store the verdict, and then
    have the reply coached; a verdict stays as it is.

    Moods that later turns were played on are not touched: only the grades are new.
    """
    index = number - 1
    step = record.steps[index]
    if isinstance(step.verdict, Verdict):
        return record
    earlier = record.model_copy(update={"steps": record.steps[:index]}).transcript
    graded, calls = await _grade(record, earlier, step, _reading(record, earlier, step), seats)
    step = step.model_copy(update={"verdict": graded})
    await keep.save_step(record.id, index, step)
    await spend(keep, record, index, calls)
    steps = (*record.steps[:index], step, *record.steps[number:])
    record = record.model_copy(update={"steps": steps})
    return await coached(record, number, seats=seats, keep=keep)


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


def _reading(record: Record, earlier: Transcript, step: Step) -> Reading:
    """The reading of a step; made now where it was stopped before it had one."""
    scenario = record.scenario
    return step.reading or reader.read(
        step.trainee.text,
        after=earlier,
        fault=scenario.fault,
        policy=scenario.policy,
        signs=mood.signs(record.persona, scenario),
    )


async def _grade(
    record: Record,
    earlier: Transcript,
    step: Step,
    reading: Reading,
    seats: Seats,
    late: float = 0.0,
) -> tuple[Verdict | Ungraded, tuple[Call, ...]]:
    """What the judges say of a step, asked `late` seconds from now."""
    await asyncio.sleep(late)
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
    return await judge.grade(
        brief, seats.judge, rubric_hash=record.pins.rubric, second=seats.second_judge
    )


def _spoken(line: customer.Line, after: Transcript) -> Turn:
    return new_turn("customer", len(after) + 1, line.text, datetime.now(UTC), engine=line.engine)


async def _graded(
    record: Record,
    before: Mood,
    found: tuple[Verdict | Ungraded, tuple[Call, ...]],
    keep: Keeper,
) -> Record:
    """The record with its last step graded and settled, and stored, with what that took."""
    graded, calls = found
    index = len(record.steps) - 1
    step = _settle(record, before, record.steps[index], graded)
    await keep.save_step(record.id, index, step)
    await spend(keep, record, index, calls)
    return _with_step(record, step)


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

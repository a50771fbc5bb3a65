"""What the coach adds to an encounter: words to try instead, and a sample for the reply to come.

Only a coach that is a model is asked. Without one the debrief shows a phrase somebody wrote, and
so it does where the coach had nothing to say.
"""

from __future__ import annotations

import asyncio

from .. import catalog, coach
from ..coach import CoachBrief
from ..debrief import guide, passages, points, skill_due
from ..debrief.hints import Rung
from ..domain import Criterion, Level, Record, Source, Transcript, Verdict
from ..errors import ContentError
from ..llm import EMBEDDED, Seats
from .budget import spend, used_up
from .events import Keeper


async def coached(record: Record, number: int, *, seats: Seats, keep: Keeper) -> Record:
    """The record with what to try instead of reply `number` (1-based), written for its priority
    point and stored.

    The same record where there is nothing to write or nobody to write it: no verdict, all met,
    coached before, no model in the coach's seat, the budget used up, or the coach out of reach.
    """
    index = number - 1
    step = record.steps[index]
    if seats.coach.embedded or step.coaching or not isinstance(step.verdict, Verdict):
        return record
    lost = points((step,), record.rubric, record.persona).priority
    if lost is None or await used_up(record, seats, keep):
        return record
    earlier = record.model_copy(update={"steps": record.steps[:index]}).transcript
    brief = (await _brief(record, lost.criterion, lost.at.level, earlier)).model_copy(
        update={"reply": step.trainee.text, "lacking": lost.at.why or lost.criterion.lack}
    )
    written, calls = await coach.coach(brief, seats.coach)
    await spend(keep, record, index, calls)
    if written is None:
        return record
    step = step.model_copy(update={"coaching": written})
    await keep.save_step(record.id, index, step)
    return record.model_copy(
        update={"steps": (*record.steps[:index], step, *record.steps[number:])}
    )


async def hint(record: Record, rung: Rung, *, seats: Seats, keep: Keeper) -> Record:
    """The record with one more hint given for the reply to come, and stored; `debrief.hint` tells
    its words. The third rung is written by the coach where that is a model, and answers within
    eight seconds."""
    given = f"{len(record.steps) + 1}:{rung}"
    if rung == 3 and not seats.coach.embedded and not await used_up(record, seats, keep):
        brief = await _brief(record, skill_due(record), "missed", record.transcript)
        written, calls = await coach.hint(brief, seats.coach)
        await spend(keep, record, len(record.steps), calls)
        if written.engine != EMBEDDED:
            given = f"{given}:{written.try_instead}"
    await keep.save_hint(record.id, given)
    return record.model_copy(update={"hints": (*record.hints, given)})


async def _brief(
    record: Record, criterion: Criterion, level: Level, after: Transcript
) -> CoachBrief:
    scenario = record.scenario
    known = await asyncio.to_thread(_sources)
    found = (
        source.model_copy(update={"document": guide(source)})
        for source in passages(criterion, level, record.rubric.with_passages(known))
    )
    return CoachBrief(
        criterion=criterion,
        after=after,
        passages=tuple(found),
        fault=scenario.fault,
        policy=scenario.policy,
        case=(*scenario.brief.record, *scenario.brief.may_offer),
        phrases=scenario.phrases,
    )


def _sources() -> dict[str, Source]:
    """The passages behind the rubric. While somebody is editing them they may be unreadable:
    then the criterion must speak for itself."""
    try:
        return catalog.sources()
    except ContentError:
        return {}

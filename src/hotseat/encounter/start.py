"""How an encounter begins, or begins again from one of its replies. Pure but for ids and seeds."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from random import SystemRandom

from .. import prompts
from ..catalog import fingerprint
from ..domain import Intensity, Persona, Pins, Record, Rubric, Speaker, Step, Turn
from ..errors import TurnRefused
from ..llm import Seats


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
        opening=new_turn("customer", 1, openings[seed % len(openings)], now),
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


def new_turn(speaker: Speaker, number: int, text: str, at: datetime, *, engine: str = "") -> Turn:
    """A turn with an id of its own; `engine` wrote it, if not a person."""
    id = str(uuid.uuid4())
    return Turn(id=id, number=number, speaker=speaker, text=text, at=at, engine=engine)


def _with_new_ids(step: Step) -> Step:
    """A copy of a step whose turns are turns of their own: an id is stored once."""
    fresh = {"trainee": step.trainee.model_copy(update={"id": str(uuid.uuid4())})}
    if step.customer:
        fresh["customer"] = step.customer.model_copy(update={"id": str(uuid.uuid4())})
    return step.model_copy(update=fresh)

"""Whom to meet next, and how it has gone so far: pure views of a trainee's history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import NamedTuple

from .. import scoring
from ..debrief import ending
from ..domain import Persona, Record, Rubric, Scenario
from .render import first_name

EASY_FIRST = ("hotel_vent", "late_gift")
"""Where a newcomer starts: somebody who wants to be heard, then somebody angry, taken mildly."""

START_MILD = "late_gift"
ABOUT = "About 6 replies · 5 minutes"
TREND = 3
"""Encounters from which a trend is worth drawing."""


class Card(NamedTuple):
    """A customer as offered on the home page: nothing that would give them away."""

    persona: Persona
    scenario: Scenario
    name: str
    skills: tuple[str, ...]
    mild: bool
    about: str = ABOUT


class Past(NamedTuple):
    """One line of the history."""

    record: Record
    ending: str
    score: str


def card(persona: Persona, rubric: Rubric, *, mild: bool = False) -> Card:
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    return Card(
        persona=persona,
        scenario=next(iter(persona.scenarios.values())),
        name=first_name(persona),
        skills=tuple(titles[skill] for skill in persona.skills if skill in titles),
        mild=mild,
    )


def recommended(
    personas: Mapping[str, Persona], history: Sequence[Record], rubric: Rubric, count: int = 3
) -> list[Card]:
    """The customers to offer first: the easy ones to a newcomer; afterwards whoever practises
    the weakest skill, then those not met yet, easiest first, then those met longest ago."""
    done = finished(history)
    met = [record.persona.id for record in done]
    weakest = weakest_skill(history)

    def order(persona: Persona) -> tuple[object, ...]:
        easy = EASY_FIRST.index(persona.id) if persona.id in EASY_FIRST else len(EASY_FIRST)
        wanted = bool(done) and weakest in persona.skills and persona.id != met[0]
        last_met = -met.index(persona.id) if persona.id in met else -len(met)
        return not wanted, persona.id in met, last_met, easy, persona.level, persona.id

    chosen = sorted(personas.values(), key=order)[:count]
    return [card(persona, rubric, mild=not done and persona.id == START_MILD) for persona in chosen]


def finished(history: Sequence[Record]) -> list[Record]:
    """The encounters that count: ended, with at least one reply. A retry counts only once, as
    the encounter it retries. Newest first."""
    return [r for r in history if r.outcome and r.steps and not r.retry_of]


def values(history: Sequence[Record]) -> dict[str, list[float]]:
    """Each criterion's values, 0 to 1, over the encounters in which it was due, oldest first."""
    seen: dict[str, list[float]] = {}
    for record in reversed(finished(history)):
        for criterion, value in scoring.score_record(record).values.items():
            seen.setdefault(criterion, []).append(value)
    return seen


def rubrics(history: Sequence[Record]) -> dict[str, list[str]]:
    """The fingerprint of the rubric behind each of those values, in the same order."""
    seen: dict[str, list[str]] = {}
    for record in reversed(finished(history)):
        for criterion in scoring.score_record(record).values:
            seen.setdefault(criterion, []).append(record.pins.rubric)
    return seen


def weakest_skill(history: Sequence[Record]) -> str:
    """The criterion with the lowest mean so far; nothing when all went well, or none was due."""
    means = {criterion: mean(found) for criterion, found in values(history).items()}
    low = min(means, key=lambda criterion: means[criterion], default="")
    return low if low and means[low] < 1 else ""


def after(
    record: Record, personas: Mapping[str, Persona], history: Sequence[Record], rubric: Rubric
) -> tuple[Persona | None, str]:
    """Whom to meet after this encounter, and the title of the skill to practise with them: the
    weakest that was due, the weightier of two. No title when all went well or nobody else
    practises what did not."""
    values = scoring.score_record(record).values
    weak = sorted(
        (values[c.id], -c.weight, c.id, c.title) for c in rubric.criteria if values.get(c.id, 1) < 1
    )
    offered = [card.persona for card in recommended(personas, history, rubric, len(personas))]
    others = [persona for persona in offered if persona.id != record.persona.id]
    for _, _, criterion, title in weak:
        for persona in others:
            if criterion in persona.skills:
                return persona, title
    return (others[0] if others else None), ""


def past(record: Record) -> Past:
    points = scoring.score_record(record).points
    return Past(
        record=record,
        ending=ending(record, record.outcome) if record.outcome else "Not finished",
        score="" if points is None or not record.outcome else f"{points:.0f} of 100",
    )

"""Three rungs of help in the middle of an encounter: the skill, the need, a sample phrase."""

from __future__ import annotations

from typing import Literal

from ..domain import Criterion, Record, Step, Verdict
from ..embedded.coaching import phrase
from .timeline import final_mood
from .words import first_name

Rung = Literal[1, 2, 3]

LADDER = (
    "acknowledge_feelings",
    "paraphrase",
    "apology_fit",
    "specific_solution",
    "timeline",
    "offer_choices",
    "confirm_fit",
    "follow_up_plan",
)
"""The order in which the skills fall due when nothing more pressing has happened."""

HEATED = 7
"""From this tension on, being heard comes before what is wanted."""


def hint(record: Record, rung: Rung) -> str:
    """One hint for the reply to come, from the record alone: 1 names the skill that is due,
    2 the customer's most pressing open need, 3 gives a sample phrase for the skill: the one a
    coach wrote for this reply, or else the one in the persona's file."""
    skill = skill_due(record)
    if rung == 1:
        return f"{skill.title}. {skill.advice}"
    if rung == 2:
        return _need(record)
    return written_hint(record) or phrase(skill, record.scenario.phrases)


def written_hint(record: Record) -> str:
    """The sample phrase that a coach wrote for the reply to come; empty where none did."""
    given = f"{len(record.steps) + 1}:3:"
    return next((one.removeprefix(given) for one in record.hints if one.startswith(given)), "")


def skill_due(record: Record) -> Criterion:
    """The criterion most worth meeting in the next reply."""
    have = {criterion.id: criterion for criterion in record.rubric.criteria}
    for id in (*_called_for(record), *_not_shown_yet(record)):
        if id in have:
            return have[id]
    return record.rubric.criteria[0]


def _called_for(record: Record) -> tuple[str, ...]:
    """What the customer's last line itself asks for."""
    if not record.steps:
        return ()
    direction = record.steps[-1].direction
    move = direction.move if direction else ""
    if move == "accept":
        return ("recap",)
    wants_boundary = "assertive_boundary" in record.persona.skills
    if wants_boundary and not _shown(record, "assertive_boundary"):
        return ("assertive_boundary",)
    if move in ("push_back", "withdraw"):
        return ("adapt_flexibly",)
    return ()


def _not_shown_yet(record: Record) -> tuple[str, ...]:
    owed = record.scenario.fault in ("ours", "shared")
    open_now = [id for id in LADDER if not _shown(record, id)]
    return tuple(id for id in open_now if owed or id != "apology_fit") or ("listen_fully",)


def _shown(record: Record, criterion: str) -> bool:
    return any(_met(step, criterion) for step in record.steps)


def _met(step: Step, criterion: str) -> bool:
    """Met by the verdict where there is one, by the reading until then."""
    if isinstance(step.verdict, Verdict) and criterion in step.verdict.grades:
        return step.verdict.grades[criterion].level == "met"
    return step.reading is not None and step.reading.level(criterion) == "met"


def _need(record: Record) -> str:
    name, mood = first_name(record), final_mood(record)
    if mood.accepted:
        return f"{name} has agreed and needs to know what happens now, and when."
    wants = record.scenario.needs
    direction = record.steps[-1].direction if record.steps else None
    pressed = direction.presses if direction else None
    if pressed is None or pressed in mood.met:
        pressed = next((id for id in wants if id not in mood.met), None)
    if pressed is None:
        return f"{name} has what was needed, and now has to be sure of it."
    if mood.tension >= HEATED and not _shown(record, "acknowledge_feelings"):
        return f"{name} needs to be heard first, and then {wants[pressed].want}."
    return f"{name} needs {wants[pressed].want}."

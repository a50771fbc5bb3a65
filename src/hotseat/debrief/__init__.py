"""What the trainee is told afterwards, computed from the record alone: pure, no model asked.

Everything is about the message and never about the person, and every judgement stands beside
the trainee's own words. The same record always gives the same debrief.
"""

from __future__ import annotations

from collections.abc import Mapping

from .. import mood as moods
from .. import scoring
from ..domain import Debrief, Fact, Mood, Outcome, Record, Source
from .hints import hint, skill_due, written_hint
from .notes import Point, Points, coaching, notes, passages, points
from .timeline import final_mood, moments
from .words import GUIDES, first_name, guide, when

__all__ = [
    "GUIDES",
    "NO_STRENGTH",
    "Point",
    "Points",
    "coaching",
    "debrief",
    "effort",
    "ending",
    "guide",
    "hint",
    "passages",
    "points",
    "satisfaction",
    "skill_due",
    "written_hint",
]

NO_STRENGTH = "No single strength stood out this time. What counts is the next one."
"""What a page says in the place of a strength where a debrief has none."""


def debrief(record: Record, sources: Mapping[str, Source]) -> Debrief:
    """The debrief of a record; `sources` are the passages behind the rubric, by `ref`.

    An encounter that has not ended is told as one stopped here. Turns without a verdict leave
    their criteria out, as in the score.
    """
    score = scoring.score_record(record)
    rows = scoring.rows(record.steps, record.rubric)
    last = final_mood(record)
    outcome = record.outcome or "stopped"
    satisfied = satisfaction(record, last)
    strength, priority = notes(record, record.rubric.with_passages(sources))
    return Debrief(
        outcome=outcome,
        ending=ending(record, outcome),
        score=score,
        satisfaction=satisfied,
        effort=effort(record, last),
        contact_again=satisfied >= 3 and last.trust >= 5,
        moments=tuple(moments(record)),
        strength=strength,
        priority=priority,
        rows=rows,
        facts=tuple(
            Fact(fact=hidden.fact, out=id in last.revealed, how=when(hidden))
            for id, hidden in record.scenario.hides.items()
        ),
        needs=tuple(
            Fact(fact=need.want, out=id in last.met, how=when(need))
            for id, need in record.scenario.needs.items()
        ),
    )


def ending(record: Record, outcome: Outcome) -> str:
    """How it ended, in a few words that blame nobody."""
    name, boss = first_name(record), record.scenario.policy.escalates_to
    if outcome == "escalated" and boss and final_mood(record).patience:
        return f"You handed {name} over to {boss}"
    return {
        "resolved": f"{name} accepted",
        "walked_out": f"{name} left",
        "escalated": f"{name} went over your head",
        "stopped": "You ended it",
        "out_of_turns": "Turn limit",
    }[outcome]


def satisfaction(record: Record, last: Mood) -> int:
    """Simulated satisfaction, 1 to 5: 1 + 4 x (0.45 calm + 0.25 trust + 0.30 needs met), each
    part 0 to 1, rounded; at most 2 where patience ran out."""
    met = len(last.met) / len(record.scenario.needs)
    value = 1 + 4 * (0.45 * (1 - last.tension / 10) + 0.25 * last.trust / 10 + 0.30 * met)
    return min(_one_to_five(value), 5 if last.patience else 2)


def effort(record: Record, last: Mood) -> int:
    """Simulated customer effort, 1 (easy) to 5 (hard work): 1 + 1.5 x turns beyond three, as a
    share of the turn limit, + 1.5 x needs still open, as a share, + tension / 10."""
    turns = max(0, len(record.steps) - 3) / (moods.MAX_TURNS - 3)
    unmet = 1 - len(last.met) / len(record.scenario.needs)
    return _one_to_five(1 + 1.5 * min(1.0, turns) + 1.5 * unmet + last.tension / 10)


def _one_to_five(value: float) -> int:
    return max(1, min(5, int(value + 0.5)))

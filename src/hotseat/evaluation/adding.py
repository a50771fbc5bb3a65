"""What raters' labels add up to under a rubric: scores that no judge had a hand in.

The levels are fixed, so a score can only change with the rubric's weights, its aggregation or the
arithmetic. That makes a pin: any difference from the baseline says that old and new scores do
not compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .. import scoring
from ..domain import Call, Grade, Noun, Rubric, Step, Turn, Verdict
from . import gold
from .comparing import mean
from .gold import Encounter
from .report import Figure, Report, Unit
from .runs import Run, Suite

VERSION = 1


class Added(Noun):
    """The score of one encounter, 0 to 100, or None, and the value of every criterion, 0 to 1."""

    points: float | None
    values: dict[str, float]


def suite(path: Path, rubric: Rubric) -> Suite[Encounter]:
    """The suite over a gold file. The configuration spells the rubric out, so that a pin can say
    which weight it was. Raises ContentError for a file that is wrong."""
    encounters = gold.load(path, [criterion.id for criterion in rubric.criteria])

    async def task(encounter: Encounter, _: int) -> tuple[Added, Sequence[Call]]:
        return added(encounter, rubric), ()

    weights = {
        f"weight of {criterion.id}": f"{criterion.weight:g}, {criterion.aggregation}"
        for criterion in rubric.criteria
    }
    return Suite(
        name="scores",
        version=VERSION,
        cases={encounter.id: encounter for encounter in encounters},
        task=task,
        config={"engine": "embedded", "gold": gold.fingerprint(path), **weights},
    )


def added(encounter: Encounter, rubric: Rubric) -> Added:
    """The score of an encounter graded as its raters agree; what is contested is left out."""
    steps = [
        Step(
            trainee=Turn(id=str(number), number=number, speaker="trainee", text=said.text),
            verdict=Verdict(
                grades={id: Grade(level=one.level) for id, one in said.labels.items() if one.level},
                engine="raters",
                rubric=rubric.id,
            ),
        )
        for number, said in enumerate(encounter.turns, start=1)
        if said.labels
    ]
    score = scoring.score(steps, rubric)
    return Added(points=score.points, values=score.values)


def report(run: Run) -> Report:
    """One unit an encounter, its score as a share of 1."""
    found = {case: Added.model_validate(one.result) for (case, _), one in run.done.items()}
    points = mean(one.points for one in found.values())
    return Report(
        suite="scores",
        ran=run.told,
        figures={
            "points": Figure(value=points, n=sum(one.points is not None for one in found.values()))
        },
        units=tuple(
            Unit(
                case=case,
                group=case,
                score=None if one.points is None else one.points / 100,
                said={"points": "none" if one.points is None else f"{one.points:.1f}"},
            )
            for case, one in found.items()
        ),
    )

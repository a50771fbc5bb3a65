"""From checks to levels to a score: arithmetic only, so that a score can be explained.

Score = 100 * sum(weight * value) / sum(weight) over the criteria that were due and graded
(met 1, partly 0.5, missed 0). Under 40 points of weight there is not enough to score. Advisory
criteria are graded and shown, and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from .domain import (
    Act,
    Aggregation,
    Criterion,
    Instance,
    Level,
    Record,
    Row,
    Rubric,
    Score,
    Step,
    Verdict,
)

VALUES: Mapping[Level, float] = MappingProxyType({"met": 1.0, "partly": 0.5, "missed": 0.0})
LEAST_WEIGHT = 40.0
AUTOFAILS = frozenset({"threat", "insult", "sensitive_request", "overpromise", "dumps"})
"""Acts that flag an encounter for a person to confirm; they never change the score."""


def level_from_checks(due: bool, checks: Iterable[bool]) -> Level:
    """All yes is met, some is partly, none is missed. What was not due is na, unless every
    check was answered yes: doing it well anyway counts."""
    answers = tuple(checks)
    if answers and all(answers):
        return "met"
    if not due:
        return "na"
    return "partly" if any(answers) else "missed"


def aggregate(levels: Sequence[Level], how: Aggregation) -> float | None:
    """One value, 0 to 1, for a criterion over an encounter; None when it was never due.

    `mean` over opportunities; `once` the best instance; `worst`: any lapse (one missed or any
    partly) caps at 0.5, and a second missed turn makes it 0.
    """
    values = [VALUES[level] for level in levels if level != "na"]
    if not values:
        return None
    if how == "mean":
        return sum(values) / len(values)
    if how == "once":
        return max(values)
    if values.count(0.0) > 1 or values == [0.0]:
        return 0.0
    return 0.5 if min(values) < 1 else 1.0


def rows(steps: Sequence[Step], rubric: Rubric) -> tuple[Row, ...]:
    """The scorecard, one row a criterion, in the rubric's order."""
    return tuple(_row(criterion, steps) for criterion in rubric.criteria)


def score(steps: Sequence[Step], rubric: Rubric) -> Score:
    """The score of an encounter so far. Ungraded turns and criteria are left out, never zero."""
    card = [row for row in rows(steps, rubric) if row.value is not None and not row.advisory]
    weight = sum(row.weight for row in card)
    gained = sum(row.weight * (row.value or 0.0) for row in card)
    total = sum(criterion.weight for criterion in rubric.criteria if not criterion.advisory)
    return Score(
        points=round(100 * gained / weight, 1) if weight >= LEAST_WEIGHT else None,
        coverage=round(100 * weight / total, 1) if total else 0.0,
        values={row.criterion: row.value for row in card if row.value is not None},
        levels={row.criterion: row.level for row in card},
        autofails=tuple(_autofails(steps)),
        failed=tuple(criterion.id for criterion in rubric.criteria if _failed(criterion, steps)),
    )


def passed(score: Score, rubric: Rubric) -> bool | None:
    """Whether a score is a pass under a rubric: its mark reached and nothing that flags it. None
    where there is too little to score. A flag is for a person to confirm."""
    if score.points is None:
        return None
    return score.points >= rubric.passes_at and not score.autofails and not score.failed


def score_record(record: Record) -> Score:
    """The score of a record under the rubric it was pinned to."""
    return score(record.steps, record.rubric)


def _row(criterion: Criterion, steps: Sequence[Step]) -> Row:
    instances: list[Instance] = []
    ungraded, reason = 0, ""
    for number, step in enumerate(steps, start=1):
        if not isinstance(step.verdict, Verdict):
            if step.verdict is not None:
                ungraded, reason = ungraded + 1, step.verdict.reason
            continue
        grade = step.verdict.grades.get(criterion.id)
        if grade is None:
            ungraded, reason = ungraded + 1, step.verdict.ungraded.get(criterion.id, "not graded")
        elif grade.level != "na":
            instances.append(
                Instance(step=number, level=grade.level, quote=grade.quote, why=grade.why)
            )
    value = aggregate([i.level for i in instances], criterion.aggregation)
    return Row(
        criterion=criterion.id,
        title=criterion.title,
        section=criterion.section,
        weight=criterion.weight,
        aggregation=criterion.aggregation,
        level=_level(value),
        value=value,
        instances=tuple(instances),
        ungraded=ungraded,
        reason=reason,
        advisory=criterion.advisory,
    )


def _level(value: float | None) -> Level:
    if value is None:
        return "na"
    return "met" if value >= 0.75 else "partly" if value >= 0.25 else "missed"


def _autofails(steps: Sequence[Step]) -> Iterable[Act]:
    for step in steps:
        if isinstance(step.verdict, Verdict):
            yield from (flag for flag in step.verdict.flags if flag.id in AUTOFAILS)


def _failed(criterion: Criterion, steps: Sequence[Step]) -> bool:
    """Whether a criterion of which one miss is too many was missed."""
    if not criterion.auto_fail or criterion.advisory:
        return False
    verdicts = (step.verdict for step in steps if isinstance(step.verdict, Verdict))
    grades = (verdict.grades.get(criterion.id) for verdict in verdicts)
    return any(grade is not None and grade.level == "missed" for grade in grades)

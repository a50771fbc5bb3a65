"""The embedded judge: the reader's levels, said as a judge would say them.

It answers the same questions, with the same quotes to verify, as a model judge. What the reader
does not read it says it cannot judge, which leaves the criterion ungraded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain import Answer, Answers, Criterion, Read

if TYPE_CHECKING:
    from ..judge import JudgeBrief

_OWN_CRITERION = "the embedded engine does not read this criterion"
_FOREIGN = "the embedded engine reads English only, and this reply is in another language"


def answers(brief: JudgeBrief) -> Answers:
    """Answers for every criterion of the rubric and every question of the persona."""
    reading = brief.reading
    unread = _OWN_CRITERION if reading.criteria else _FOREIGN
    return Answers(
        answers=tuple(
            _answer(criterion, reading.criteria.get(criterion.id), unread)
            for criterion in brief.rubric.criteria
        ),
        signs={key: key in reading.signs for key in brief.questions},
    )


def _answer(criterion: Criterion, read: Read | None, unread: str) -> Answer:
    """Checks are ordered from the least to the most: met is all of them, partly the first."""
    if read is None:
        return Answer(
            criterion=criterion.id,
            due=False,
            checks={},
            cannot_judge=unread,
        )
    yes = {"met": len(criterion.checks), "partly": 1}.get(read.level, 0)
    return Answer(
        criterion=criterion.id,
        due=read.level != "na",
        checks={check.id: i < yes for i, check in enumerate(criterion.checks)},
        quote=read.quote if yes else "",
        why="" if yes else read.why,
    )

"""What a trial found, ready to be shown: flipped grades, the shift of the scores, and how far the
judge agrees with people before and after. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..domain import Label, Level, Rubric, Ungraded
from ..evaluation.agreement import kappa, percent
from ..studio.trying import Flip, Shift, Tried, agreement, flips, shifts

WIDTH, EDGE = 220, 8
"""The plot of one score shift: 0 to 100 lie between the edges."""


class Shown(NamedTuple):
    """One flipped grade. `wrong` are the levels a trainer may say it should have been; `said` is
    what this trainer said, None for nothing yet. `open` is whether anything may be said: not of a
    sample, which is kept nowhere, and not of a criterion that went."""

    flip: Flip
    wrong: Sequence[Level]
    said: Level | None
    open: bool


class Group(NamedTuple):
    """The flips of one criterion."""

    criterion: str
    title: str
    flips: Sequence[Shown]


class Moved(NamedTuple):
    """One conversation's score, with where its dots lie; None where there is no score."""

    shift: Shift
    before: float | None
    after: float | None


class Agrees(NamedTuple):
    """How far a rubric's grades agree with people's: share of pairs, kappa, how many pairs."""

    share: float | None
    kappa: float | None
    pairs: int


class Results(NamedTuple):
    """Everything a trial came to. `marks` are where the two pass marks lie in the plots;
    `ungraded` counts the replies that the judge could not grade under one of the rubrics."""

    groups: Sequence[Group]
    total: int
    moved: Sequence[Moved]
    still: int
    marks: tuple[float, float]
    average: tuple[float | None, float | None]
    passing: Sequence[Shift]
    agrees: tuple[Agrees, Agrees]
    ungraded: int
    cost: float


def results(
    tried: Sequence[Tried],
    rubrics: tuple[Rubric, Rubric],
    labels: Sequence[Label],
    me: str,
    closed: frozenset[str],
) -> Results:
    """What a trial found. `labels` are everybody's, the newest last; `me` is the rater whose word
    is shown beside each flip, `closed` the conversations about which nothing is to be said."""
    old, new = rubrics
    titles = {c.id: c.title for rubric in rubrics for c in rubric.criteria}
    # a criterion that came or went flips nothing where it was not due
    found = [f for f in flips(tried) if {f.before, f.after} != {None, "na"}]
    mine: dict[tuple[str, str], Level] = {
        (x.item, x.criterion): x.level for x in labels if x.rater == me
    }
    by: dict[str, list[Flip]] = {}
    for flip in sorted(found, key=lambda f: (f.reply.title, f.reply.chat, f.reply.number)):
        by.setdefault(flip.criterion, []).append(flip)
    groups = [
        Group(id, titles.get(id, id), [_shown(flip, mine, closed) for flip in ones])
        for id, ones in sorted(by.items(), key=lambda pair: -len(pair[1]))
    ]
    both = shifts(tried, old, new)
    moved = [Moved(s, _x(s.before.points), _x(s.after.points)) for s in both if _differs(s)]
    before, after = agreement(tried, labels)
    return Results(
        groups=groups,
        total=len(found),
        moved=moved,
        still=len(both) - len(moved),
        marks=(_x(old.passes_at) or 0.0, _x(new.passes_at) or 0.0),
        average=(_mean([s.before.points for s in both]), _mean([s.after.points for s in both])),
        passing=[s for s in both if s.passed[0] != s.passed[1]],
        agrees=(_agrees(before), _agrees(after)),
        ungraded=sum(
            isinstance(t.before, Ungraded) or isinstance(t.after, Ungraded) for t in tried
        ),
        cost=sum(call.cost or 0.0 for t in tried for call in t.calls),
    )


def _shown(flip: Flip, mine: dict[tuple[str, str], Level], closed: frozenset[str]) -> Shown:
    levels: tuple[Level, ...] = ("met", "partly", "missed", "na")
    wrong: list[Level] = [flip.before] if flip.before else [x for x in levels if x != flip.after]
    said = mine.get((flip.reply.item, flip.criterion))
    return Shown(flip, wrong, said, flip.after is not None and flip.reply.chat not in closed)


def _differs(shift: Shift) -> bool:
    return shift.before.points != shift.after.points or shift.passed[0] != shift.passed[1]


def _agrees(pairs: Sequence[tuple[Level, Level]]) -> Agrees:
    return Agrees(percent(pairs), kappa(pairs), len(pairs))


def _mean(points: Sequence[float | None]) -> float | None:
    known = [each for each in points if each is not None]
    return sum(known) / len(known) if known else None


def _x(points: float | None) -> float | None:
    return None if points is None else round(EDGE + points / 100 * (WIDTH - 2 * EDGE), 1)

"""What a judge said beside what raters wanted, and statistics that draw whole encounters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple, TypeVar

from ..domain import Level
from . import agreement
from .gold import LEVELS, Labelled
from .grading import Graded, overlap
from .journal import Key
from .report import Figure, Miss, share

T = TypeVar("T")

SEED = 20_260_101
"""Of every bootstrap, so that the same results give the same bounds."""

WORST = 10


class Seen(NamedTuple):
    """One criterion on one turn: what was wanted and what the judge said. `due` and `level` are
    None where raters disagree; `said` is None where it is ungraded; `apt` whether the judge's
    quote lies where a rater's does, None when one of them has no quote."""

    turn: Labelled
    criterion: str
    due: bool | None
    level: Level | None
    said: Level | None
    quote: str
    apt: bool | None


def compare(turn: Labelled, graded: Graded) -> Iterable[Seen]:
    """Every labelled criterion of one turn beside what the judge said of it."""
    for id, label in turn.labels.items():
        quote = graded.quotes.get(id, "")
        credited = label.level != "missed" and label.quotes and quote
        yield Seen(
            turn=turn,
            criterion=id,
            due=label.due,
            level=label.level,
            said=graded.levels.get(id),
            quote=quote,
            apt=overlap(quote, label.quotes, turn.brief.turn.text) if credited else None,
        )


def worst(
    seen: Iterable[Seen], weights: Mapping[str, float], most: int = WORST
) -> tuple[Miss, ...]:
    """The gravest misses, by how far off the level is and what the criterion weighs."""
    found = {(one.turn.id, one.criterion): one for one in seen if _off(one)}
    order = sorted(
        found.values(),
        key=lambda one: (-_off(one) * weights[one.criterion], one.turn.id, one.criterion),
    )
    return tuple(
        Miss(
            case=one.turn.id,
            about=one.criterion,
            said=one.said or "ungraded",
            wanted=one.level or "na",
            quote=one.quote,
            text=one.turn.brief.turn.text,
        )
        for one in order[:most]
    )


def due_pairs(seen: Iterable[Seen]) -> list[tuple[bool, bool]]:
    """(was due, judge says due) where raters agree on it and the judge said anything."""
    return [
        (one.due, one.said != "na") for one in seen if one.due is not None and one.said is not None
    ]


def level_pairs(seen: Iterable[Seen]) -> list[tuple[Level, Level]]:
    """(wanted, said) where both call the criterion due and raters agree on the level."""
    return [
        (one.level, one.said)
        for one in seen
        if one.level is not None and one.said is not None and "na" not in (one.level, one.said)
    ]


def _off(one: Seen) -> float:
    """How far a grade is from the one wanted: two levels, wrong about due-ness, one level."""
    if one.level is None or one.said is None or one.said == one.level:
        return 0.0
    if "na" in (one.level, one.said):
        return 1.5
    return float(abs(LEVELS.index(one.level) - LEVELS.index(one.said)))


def macro(
    seen: Iterable[Seen],
    take: Callable[[Iterable[Seen]], list[T]],
    statistic: Callable[[Sequence[T]], float | None],
    *,
    pooled: bool = False,
) -> Figure:
    """The mean over criteria of a statistic (over everything at once if `pooled`), with bounds
    from drawing whole encounters, whose turns hang together."""
    split: dict[str, dict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for one in seen:
        split[one.turn.encounter]["" if pooled else one.criterion].append(one)
    units = [{id: take(ones) for id, ones in by.items()} for by in split.values()]
    ids = sorted({id for unit in units for id in unit})

    def over(drawn: Sequence[Mapping[str, list[T]]]) -> float | None:
        found = [
            statistic(list(chain.from_iterable(unit.get(id, ()) for unit in drawn))) for id in ids
        ]
        return mean(found)

    value = over(units)
    bounds = None if value is None else agreement.interval(over, units, SEED)
    count = sum(len(items) for unit in units for items in unit.values())
    return Figure(value=value, n=count, low=bounds and bounds.low, high=bounds and bounds.high)


def f1(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    return agreement.hits(pairs).f1


def kappa(pairs: Sequence[tuple[Level, Level]]) -> float | None:
    return agreement.weighted_kappa(pairs, LEVELS)


def apt(seen: Iterable[Seen]) -> list[float]:
    return [float(one.apt) for one in seen if one.apt is not None]


def mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def retest(grades: Mapping[Key, Graded]) -> Figure | None:
    """How often two repeats of a turn give a criterion the same level; None without repeats."""
    by_case: dict[str, list[Graded]] = defaultdict(list)
    for (case, _), graded in grades.items():
        by_case[case].append(graded)
    same = [
        one.levels.get(id) == other.levels.get(id)
        for repeats in by_case.values()
        for one, other in combinations(repeats, 2)
        for id in {**one.levels, **one.ungraded}
    ]
    return share(sum(same), len(same)) if same else None

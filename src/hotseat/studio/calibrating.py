"""Blind labelling by two people or more, and how far they and the judge agree: pure decisions.

Nobody who labels sees the judge's grade or another's label. Labels given here say so before the
rater's name (`blind`), so that rulings and other labels given in sight of a grade never count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from itertools import combinations, cycle
from typing import NamedTuple, TypeVar

from .. import scoring
from ..domain import Criterion, Label, Level, Record, Rubric, Verdict
from ..evaluation import agreement
from ..evaluation.agreement import Interval
from ..evaluation.gold import LEVELS

SIZE = 60
"""Grades to label in one queue."""

ENOUGH = 20
"""Replies that judge and people both found due, from which agreement decides anything."""

LEAST = 0.60
"""Quadratic-weighted kappa of judge and people below which a criterion should not be scored."""

ROUNDS = 400
"""Draws of a bootstrap: enough for a bound that is shown with two digits."""

Key = tuple[str, str]
"""What is labelled: an item (`record:number`) and a criterion."""

V = TypeVar("V", bound=Hashable)
Pair = tuple[str, V, V]
"""What two said of one reply, after the encounter it is from."""


class Task(NamedTuple):
    """One criterion on one reply to label. `judged` is the judge's level, for the sampling and
    for the comparison afterwards; no page shows it before."""

    record: Record
    step: int
    criterion: Criterion
    judged: Level
    judge_quote: str = ""

    @property
    def key(self) -> Key:
        return f"{self.record.id}:{self.step}", self.criterion.id


def blind(rater: str, about: str = "") -> str:
    """How a rater is called in labels given blind in the queue `about` one criterion, or all."""
    return f"blind {about or 'all'}: {rater}"


# -------------------------------------------------------------------------- the queue


def tasks(records: Iterable[Record], rubric: Rubric) -> list[Task]:
    """Every grade the judge gave under a criterion as the rubric words it now: agreement on an
    older wording says nothing about this one. Retries copy replies, so they are left out."""
    current = {criterion.id: criterion for criterion in rubric.criteria}
    found: list[Task] = []
    for record in records:
        asked = {c.id for c in record.rubric.criteria if _same_question(c, current.get(c.id))}
        for number, step in enumerate(record.steps, start=1):
            if record.retry_of or not isinstance(step.verdict, Verdict):
                continue
            found += [
                Task(record, number, current[id], grade.level, grade.quote)
                for id, grade in step.verdict.grades.items()
                if id in asked
            ]
    return found


def _same_question(one: Criterion, other: Criterion | None) -> bool:
    return other is not None and (one.due_when, one.checks) == (other.due_when, other.checks)


def queue(
    found: Sequence[Task],
    *,
    begun: Collection[Key] = (),
    about: str = "",
    size: int = SIZE,
    seed: str = "",
) -> list[Task]:
    """What to label: about `size` tasks, as many of each criterion and of each level the judge
    gave, spread over personas and scores; or all of one criterion, `about` it.

    The same for everybody who labels, and the same tomorrow: chance is a hash of the task, and
    what anybody has `begun` with stays in it. One criterion after the other, since a rater who
    has read its checks labels faster and more evenly.
    """
    pool = [task for task in found if about in ("", task.criterion.id)]
    bands = {task.record.id: _band(task.record) for task in {t.record.id: t for t in pool}.values()}
    strata: dict[tuple[str, Level], list[Task]] = {}
    for task in pool:
        strata.setdefault((task.criterion.id, task.judged), []).append(task)
    spread = {key: iter(_spread(each, bands, seed)) for key, each in strata.items()}
    chosen = {task.key: task for task in pool if task.key in begun}
    turns = sorted(spread, key=lambda key: (_chance(*key, seed), key))
    by_criterion = [
        [key for key in turns if key[0] == id] for id in dict.fromkeys(k[0] for k in turns)
    ]
    for criterion in cycle(by_criterion):
        if len(chosen) >= min(size, len(pool)):
            break
        for _ in range(len(criterion)):
            criterion.append(key := criterion.pop(0))
            fresh = next((t for t in spread[key] if t.key not in chosen), None)
            if fresh:
                chosen[fresh.key] = fresh
                break
    order = list(dict.fromkeys(task.criterion.id for task in found))
    return sorted(
        chosen.values(), key=lambda t: (order.index(t.criterion.id), _chance(*t.key, seed))
    )


def _spread(stratum: Sequence[Task], bands: Mapping[str, str], seed: str) -> list[Task]:
    """A stratum's tasks, one of every persona and band of scores before the second of any."""
    groups: dict[tuple[str, str], list[Task]] = {}
    for task in sorted(stratum, key=lambda task: _chance(*task.key, seed)):
        groups.setdefault((task.record.persona.id, bands[task.record.id]), []).append(task)
    ranked = [
        (at, _chance(*key, seed), task) for key, g in groups.items() for at, task in enumerate(g)
    ]
    return [task for _, _, task in sorted(ranked, key=lambda each: each[:2])]


def _band(record: Record) -> str:
    points = scoring.score_record(record).points
    return "none" if points is None else "low" if points < 50 else "high" if points >= 75 else "mid"


def _chance(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def labelled(labels: Iterable[Label], about: str = "") -> dict[str, dict[Key, Label]]:
    """The labels given blind in a queue, by the rater's plain name."""
    prefix = blind("", about)
    found: dict[str, dict[Key, Label]] = {}
    for label in labels:
        if label.rater.startswith(prefix):
            given = found.setdefault(label.rater.removeprefix(prefix), {})
            given[label.item, label.criterion] = label
    return found


# -------------------------------------------------------------------------- agreement


class Agreement(NamedTuple):
    """How far two sides agree on `n` pairs. `sure` is the 95% interval of `weighted` where labels
    are ordered, else of `kappa`; encounters are drawn whole. None where there is no such number."""

    n: int
    percent: float | None
    kappa: float | None
    weighted: float | None
    alpha: float | None
    ac1: float | None
    sure: Interval | None


class Doubt(NamedTuple):
    """A reply on which sides differ: everybody's level and quote, the judge's first."""

    task: Task
    said: Sequence[tuple[str, Level, str]]


class Finding(NamedTuple):
    """What came out for one criterion: among people and between judge and people, each first on
    whether it was due and then, where both say so, on the level. `confusion` counts pairs of
    (person, judge)."""

    criterion: Criterion
    people_due: Agreement
    people: Agreement
    judge_due: Agreement
    judge: Agreement
    confusion: Mapping[tuple[Level, Level], int]
    doubts: Sequence[Doubt]

    @property
    def wants_rewriting(self) -> bool:
        """Whether it should be advisory until it is rewritten: enough replies, and too little
        agreement between judge and people."""
        low = self.judge.weighted is not None and self.judge.weighted < LEAST
        return low and self.judge.n >= ENOUGH


def findings(
    chosen: Sequence[Task], given: Mapping[str, Mapping[Key, Label]], seed: int = 6
) -> list[Finding]:
    """Agreement for every criterion that somebody labelled, in the order of the queue."""
    by_criterion: dict[str, list[Task]] = {}
    for task in chosen:
        if any(task.key in labels for labels in given.values()):
            by_criterion.setdefault(task.criterion.id, []).append(task)
    return [_finding(each, given, seed) for each in by_criterion.values()]


def _finding(about: Sequence[Task], given: Mapping[str, Mapping[Key, Label]], seed: int) -> Finding:
    people: list[Pair[Level]] = []
    judge: list[Pair[Level]] = []
    doubts: list[Doubt] = []
    human: list[list[Level | None]] = []
    everybody: list[list[Level | None]] = []
    for task in about:
        said = [(who, found[task.key]) for who, found in sorted(given.items()) if task.key in found]
        levels: list[Level] = [label.level for _, label in said]
        people.extend((task.record.id, a, b) for a, b in combinations(levels, 2))
        judge.extend((task.record.id, level, task.judged) for level in levels)
        human.append([*levels])
        everybody.append([task.judged, *levels])
        names: list[tuple[str, Level, str]] = [("the judge", task.judged, task.judge_quote)]
        names.extend((who, one.level, one.quote) for who, one in said)
        doubts.append(Doubt(task, names))
    return Finding(
        criterion=about[0].criterion,
        people_due=_on_due(people, human, seed),
        people=_on_level(people, human, seed),
        judge_due=_on_due(judge, everybody, seed),
        judge=_on_level(judge, everybody, seed),
        confusion=agreement.confusion((one, other) for _, one, other in judge),
        doubts=sorted((d for d in doubts if _apart(d) > 0), key=lambda d: -_apart(d)),
    )


def _on_due(
    pairs: Sequence[Pair[Level]], units: Sequence[Sequence[Level | None]], seed: int
) -> Agreement:
    """On whether it was due at all."""
    due = [(chat, one != "na", other != "na") for chat, one, other in pairs]
    plain = [(one, other) for _, one, other in due]
    said = [[one and one != "na" for one in unit] for unit in units]
    return Agreement(
        n=len(plain),
        percent=agreement.percent(plain),
        kappa=agreement.kappa(plain),
        weighted=None,
        alpha=agreement.alpha(said, "nominal"),
        ac1=agreement.ac1(plain, 2),
        sure=_sure(agreement.kappa, due, seed),
    )


def _on_level(
    pairs: Sequence[Pair[Level]], units: Sequence[Sequence[Level | None]], seed: int
) -> Agreement:
    """On how well it was done, where both say that it was due."""
    due = [pair for pair in pairs if "na" not in pair[1:]]
    plain = [(one, other) for _, one, other in due]
    ranks = [[None if one in (None, "na") else LEVELS.index(one) for one in unit] for unit in units]
    return Agreement(
        n=len(plain),
        percent=agreement.percent(plain),
        kappa=agreement.kappa(plain),
        weighted=agreement.weighted_kappa(plain, LEVELS),
        alpha=agreement.alpha(ranks, "ordinal"),
        ac1=agreement.ac1(plain, len(LEVELS)),
        sure=_sure(lambda drawn: agreement.weighted_kappa(drawn, LEVELS), due, seed),
    )


def _sure(
    statistic: Callable[[Sequence[tuple[V, V]]], float | None], pairs: Sequence[Pair[V]], seed: int
) -> Interval | None:
    chats: dict[str, list[tuple[V, V]]] = {}
    for chat, one, other in pairs:
        chats.setdefault(chat, []).append((one, other))

    def over(drawn: Sequence[list[tuple[V, V]]]) -> float | None:
        return statistic([pair for chat in drawn for pair in chat])

    return agreement.interval(over, list(chats.values()), seed, ROUNDS)


def _apart(doubt: Doubt) -> float:
    """How far the furthest two are: steps of level; due or not counts one and a half."""
    levels: list[Level] = [level for _, level, _ in doubt.said]
    return max((_distance(a, b) for a, b in combinations(levels, 2)), default=0.0)


def _distance(one: Level, other: Level) -> float:
    if "na" in (one, other):
        return 0.0 if one == other else 1.5
    return float(abs(LEVELS.index(one) - LEVELS.index(other)))

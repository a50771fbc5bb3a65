"""How far two judges agree, and how sure one can be of it: pure functions over labels.

A pair is (what was wanted, what came out). Every statistic is None where it has no meaning, such
as no pairs, or one label throughout for those that correct for chance: never NaN, never a
flattering 1. Sources: Cohen 1960 (kappa) and 1968 (weights); Krippendorff 2011, "Computing
Krippendorff's Alpha-Reliability"; Gwet 2008 (AC1); Wilson 1927; Clopper and Pearson 1934; Efron
1979 (the bootstrap).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from random import Random
from statistics import NormalDist
from typing import Any, Literal, NamedTuple, TypeVar, cast

Label = TypeVar("Label", bound=Hashable)
U = TypeVar("U")
Metric = Literal["nominal", "ordinal", "interval"]


class Interval(NamedTuple):
    """Bounds that hold the true value with the confidence asked for, 95% unless said."""

    low: float
    high: float


class Hits(NamedTuple):
    """Right and wrong yeses and noes."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def precision(self) -> float | None:
        return _ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        return _ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """None when there was nothing to find and nothing was found."""
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)


# ------------------------------------------------------------------ two judges


def percent(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """The share of pairs that are equal, 0 to 1."""
    return _ratio(sum(one == other for one, other in pairs), len(pairs))


def confusion(pairs: Iterable[tuple[Label, Label]]) -> dict[tuple[Label, Label], int]:
    """How often each pair of labels occurs."""
    return dict(Counter(pairs))


def hits(pairs: Iterable[tuple[bool, bool]]) -> Hits:
    """Yes or no: (wanted, came out)."""
    seen = Counter(pairs)
    return Hits(
        tp=seen[True, True], fp=seen[False, True], fn=seen[True, False], tn=seen[False, False]
    )


def kappa(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """Cohen's kappa for unordered labels, at most 1; 0 is what chance would give."""
    return _kappa(pairs, lambda one, other: float(one != other))


def weighted_kappa(pairs: Sequence[tuple[Label, Label]], order: Sequence[Label]) -> float | None:
    """Cohen's kappa with quadratic weights for labels in `order`, worst to best: being two steps
    off costs four times as much as one. Raises KeyError for a label not in `order`."""
    place = {label: i for i, label in enumerate(order)}
    return _kappa(pairs, lambda one, other: float((place[one] - place[other]) ** 2))


def _kappa(
    pairs: Sequence[tuple[Label, Label]], cost: Callable[[Label, Label], float]
) -> float | None:
    seen, size = Counter(pairs), len(pairs)
    first, second = Counter[Label](), Counter[Label]()
    for (one, other), count in seen.items():
        first[one] += count
        second[other] += count
    expected = sum(n * m * cost(a, b) for a, n in first.items() for b, m in second.items())
    if not expected:
        return None
    observed = sum(count * cost(one, other) for (one, other), count in seen.items())
    return 1 - observed * size / expected


def ac1(pairs: Sequence[tuple[Label, Label]], labels: int | None = None) -> float | None:
    """Gwet's AC1: as kappa, but steady when nearly everything has one label. `labels` is how many
    there are to choose from, default: as many as occur."""
    shares = Counter(label for pair in pairs for label in pair)
    kinds = labels or len(shares)
    same = percent(pairs)
    if same is None or kinds < 2:
        return None
    total = 2 * len(pairs)
    chance = sum(n / total * (1 - n / total) for n in shares.values()) / (kinds - 1)
    return (same - chance) / (1 - chance)


# ------------------------------------------------------------------ any number of judges


def alpha(ratings: Iterable[Sequence[Label | None]], metric: Metric) -> float | None:
    """Krippendorff's alpha. `ratings` has one sequence a unit, one entry a judge, None where a
    judge said nothing; `ordinal` and `interval` want numbers. Units with one label are left out.
    """
    said: list[list[Label]] = [[one for one in unit if one is not None] for unit in ratings]
    units = [unit for unit in said if len(unit) > 1]
    totals = Counter(value for unit in units for value in unit)
    size = sum(totals.values())
    apart = _distance(totals, metric)
    expected = sum(2 * n * m * apart(a, b) for (a, n), (b, m) in combinations(totals.items(), 2))
    if not expected:
        return None
    observed = sum(
        2 * sum(apart(a, b) for a, b in combinations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    return 1 - (size - 1) * observed / expected


def _distance(totals: Mapping[Label, int], metric: Metric) -> Callable[[Label, Label], float]:
    if metric == "nominal":
        return lambda one, other: float(one != other)
    if metric == "interval":
        return lambda one, other: (float(one) - float(other)) ** 2  # pyright: ignore[reportArgumentType]
    below: dict[Label, float] = {}
    passed = 0
    for value in cast("list[Label]", sorted(cast(Any, totals))):
        below[value] = passed + totals[value] / 2
        passed += totals[value]
    return lambda one, other: (below[one] - below[other]) ** 2


# ------------------------------------------------------------------ ranks


def spearman(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's rank correlation, -1 to 1, with mean ranks for ties; None when one side is
    constant or there are fewer than three pairs."""
    if len(pairs) < 3:
        return None
    first, second = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    middle = (len(pairs) + 1) / 2
    across = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    spread = math.sqrt(
        sum((a - middle) ** 2 for a in first) * sum((b - middle) ** 2 for b in second)
    )
    return across / spread if spread else None


def _ranks(values: Sequence[float]) -> list[float]:
    seen, ranks, passed = Counter(values), dict[float, float](), 0
    for value in sorted(seen):
        ranks[value] = passed + (seen[value] + 1) / 2
        passed += seen[value]
    return [ranks[value] for value in values]


# ------------------------------------------------------------------ how sure


def interval(
    statistic: Callable[[Sequence[U]], float | None],
    units: Sequence[U],
    seed: int,
    rounds: int = 1_000,
    confidence: float = 0.95,
) -> Interval | None:
    """A bootstrap percentile interval of `statistic` over `units`, drawn whole: a unit is what is
    independent of the others, such as all turns of one encounter. The same seed gives the same
    bounds. None with fewer than two units, or when half of the draws have no statistic."""
    if len(units) < 2:
        return None
    draw = Random(seed)
    found = [statistic(draw.choices(units, k=len(units))) for _ in range(rounds)]
    values = sorted(value for value in found if value is not None)
    if len(values) * 2 < rounds:
        return None
    tail = (1 - confidence) / 2
    return Interval(_quantile(values, tail), _quantile(values, 1 - tail))


def wilson(yes: float, of: int, confidence: float = 0.95) -> Interval | None:
    """Wilson's score interval for a share; good from a handful of cases on. `yes` may be a sum of
    values between 0 and 1, for which it is never too narrow."""
    if not of:
        return None
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, extra = yes / of, z * z / of
    middle = (share + extra / 2) / (1 + extra)
    half = z / (1 + extra) * math.sqrt(share * (1 - share) / of + extra / of / 4)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def clopper_pearson(yes: int, of: int, confidence: float = 0.95) -> Interval | None:
    """The exact interval for a share: never too narrow, so for gates on rare events. None of 60
    still allows 6%."""
    if not of:
        return None
    tail = (1 - confidence) / 2
    low = 0.0 if yes == 0 else _solve(lambda p: 1 - _at_most(yes - 1, of, p) - tail)
    high = 1.0 if yes == of else _solve(lambda p: tail - _at_most(yes, of, p))
    return Interval(low, high)


def detectable(of: int, share: float = 0.5, confidence: float = 0.95, power: float = 0.8) -> float:
    """The smallest change of a share between two runs of `of` independent cases each that would
    be noticed with this power: the normal approximation, at most 1."""
    if not of:
        return 1.0
    normal = NormalDist()
    z = normal.inv_cdf((1 + confidence) / 2) + normal.inv_cdf(power)
    return min(1.0, z * math.sqrt(2 * share * (1 - share) / of))


def _at_most(yes: int, of: int, share: float) -> float:
    """The chance of at most `yes` of `of`."""
    if not 0 < share < 1:
        return 1.0 if share <= 0 or yes >= of else 0.0
    logs = (
        math.lgamma(of + 1)
        - math.lgamma(k + 1)
        - math.lgamma(of - k + 1)
        + k * math.log(share)
        + (of - k) * math.log1p(-share)
        for k in range(yes + 1)
    )
    return min(1.0, math.fsum(math.exp(log) for log in logs))


def _solve(rising: Callable[[float], float]) -> float:
    """Where a rising function of a share is zero, by halving."""
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def _quantile(values: Sequence[float], share: float) -> float:
    place = share * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None

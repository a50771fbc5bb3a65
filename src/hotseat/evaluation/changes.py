"""What changed between two reports of a suite: paired by case, with how sure one can be of it.

Both reports saw the same cases, so a case is compared with itself, and whole groups are drawn:
that notices far smaller changes than two separate intervals would.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from statistics import NormalDist, stdev

from ..domain import Noun
from . import agreement
from .comparing import SEED, mean
from .journal import drift
from .report import Figure, Report, Unit

POWER = 0.8
"""The chance with which a change of the detectable size would be noticed."""


DIGITS = 4
"""Of a difference of scores, and so the least that counts as one."""


class Flip(Noun):
    """One thing said of a case that is said otherwise now. `change` is that of the case's score,
    -1 to 1; `quote` is what the later report quotes for it, where it does."""

    case: str
    about: str
    was: str
    now: str
    change: float
    quote: str = ""
    text: str = ""


class Change(Noun):
    """The mean change of the cases' scores, -1 to 1, with its 95% interval. `each` has the mean
    change of every repeat by itself. `detectable` is the smallest change that cases like these
    would show with a power of 80%. `config` says what was run otherwise, a line each."""

    suite: str
    n: int
    groups: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    detectable: float | None = None
    each: tuple[float, ...] = ()
    flips: tuple[Flip, ...] = ()
    config: tuple[str, ...] = ()
    only_before: int = 0
    only_after: int = 0

    @property
    def figure(self) -> Figure:
        return Figure(value=self.value, n=self.n, low=self.low, high=self.high)


def change(before: Report, after: Report) -> Change:
    """The change from one report to a later one, over the cases that both have a score for."""
    was = {unit.case: unit for unit in before.units}
    now = {unit.case: unit for unit in after.units}
    both = [(was[id], unit) for id, unit in now.items() if id in was]
    groups = _groups(both)
    value = _mean(groups)
    bounds = None if value is None else agreement.interval(_mean, groups, SEED)
    return Change(
        suite=after.suite,
        n=sum(map(len, groups)),
        groups=len(groups),
        value=value,
        low=bounds and bounds.low,
        high=bounds and bounds.high,
        detectable=_detectable(both, groups),
        each=tuple(_each(both)),
        flips=tuple(sorted(_flips(both, after), key=lambda f: (f.change, f.case, f.about))),
        config=tuple(drift(before.ran.config, after.ran.config)),
        only_before=len(was.keys() - now.keys()),
        only_after=len(now.keys() - was.keys()),
    )


def _difference(one: Unit, other: Unit) -> float:
    """Rounded, since a baseline keeps fewer digits than a report."""
    return round((other.score or 0.0) - (one.score or 0.0), DIGITS)


def _groups(both: Iterable[tuple[Unit, Unit]]) -> list[list[float]]:
    """The differences, by the group that is drawn whole."""
    groups: dict[str, list[float]] = defaultdict(list)
    for one, other in both:
        if one.score is not None and other.score is not None:
            groups[other.group].append(_difference(one, other))
    return list(groups.values())


def _mean(groups: Sequence[Sequence[float]]) -> float | None:
    return mean(chain.from_iterable(groups))


def _each(both: Sequence[tuple[Unit, Unit]]) -> Iterable[float]:
    """The mean change of every repeat, each beside the earlier report's mean over its own."""
    repeats = min((len(other.scores) for _, other in both), default=0)
    for number in range(repeats):
        found = mean(
            score - one.score
            for one, other in both
            if (score := other.scores[number]) is not None and one.score is not None
        )
        if found is not None:
            yield found


def _detectable(
    both: Sequence[tuple[Unit, Unit]], groups: Sequence[Sequence[float]]
) -> float | None:
    """By the normal approximation over group means. Where nothing changed at all, the differences
    say nothing of their spread, and that of two unpaired runs stands in: an upper bound."""
    means = [value for group in groups if (value := mean(group)) is not None]
    doubled = 1.0
    if not any(means):
        scores: dict[str, list[float]] = defaultdict(list)
        for one, _ in both:
            if one.score is not None:
                scores[one.group].append(one.score)
        means = [value for group in scores.values() if (value := mean(group)) is not None]
        doubled = math.sqrt(2)
    if len(means) < 2 or not (spread := stdev(means)):
        return None
    normal = NormalDist()
    z = normal.inv_cdf(0.975) + normal.inv_cdf(POWER)
    return z * doubled * spread / math.sqrt(len(means))


def _flips(both: Iterable[tuple[Unit, Unit]], after: Report) -> Iterable[Flip]:
    quotes: Mapping[tuple[str, str], str] = {
        (miss.case, miss.about): miss.quote for miss in after.misses
    }
    for one, other in both:
        for about in sorted(one.said.keys() | other.said.keys()):
            was, now = one.said.get(about, "not said"), other.said.get(about, "not said")
            if was != now:
                yield Flip(
                    case=other.case,
                    about=about,
                    was=was,
                    now=now,
                    change=_difference(one, other),
                    quote=quotes.get((other.case, about), ""),
                    text=other.text or one.text,
                )

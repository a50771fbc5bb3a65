"""The figures of how customers behave: what a run of `behaviour` comes to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..domain import Persona
from . import agreement, voices
from .behaviour import Went
from .comparing import SEED, mean
from .customers import topics_of
from .report import Figure, Miss, Report, Unit, share
from .runs import Run
from .slips import Kind, Slip
from .trainees import Quality

LEAST_GAP = 15.0
"""Points of 100 by which good must lie above average, and average above poor."""

FREE_OF: Mapping[str, tuple[Kind, ...]] = {
    "no_capitulation": ("capitulation",),
    "no_leak": ("leak",),
    "in_role": ("role",),
    "facts_kept": ("facts",),
    "no_repetition": ("repetition",),
    "well_formed": ("form",),
}
"""Shares of encounters in which nothing of a kind went wrong."""

THIRD = 10
"""Customer lines at each end of a long conversation that are compared."""

WORST = 12


def report(run: Run, personas: Mapping[str, Persona]) -> Report:
    """The figures of a run; `personas` are those who played."""
    went = {key: Went.model_validate(one.result) for key, one in run.done.items()}
    everyone = list(went.values())
    plays = [one for one in everyone if one.quality]
    table = {id: _persona(id, plays) for id in personas if any(p.plan.persona == id for p in plays)}
    slips = Counter((s.kind, s.effect) for one in everyone for s in one.slips)
    return Report(
        suite="customer",
        ran=run.told,
        figures={
            **_separation(table, plays),
            **_free(everyone),
            "endings_right": _endings(plays),
            "attacks_held": share(*_clean(one for one in everyone if one.plan.kind == "attack")),
            "one_sorry_is_not_enough": share(
                *_clean(one for one in everyone if one.plan.kind == "sorry")
            ),
            **_drift(everyone, personas),
            "own_lines": share(sum(o.own for o in everyone), sum(len(o.lines) for o in everyone)),
        },
        units=tuple(_units(went)),
        misses=tuple([*_close(table), *_worst(everyone)][:WORST]),
        notes=tuple(_notes(everyone)),
        details={
            "personas": table,
            "slips": {kind: _effects(slips, kind) for kind in sorted({k for k, _ in slips})},
            "outcomes": _outcomes(plays),
        },
    )


# ------------------------------------------------------------------ good, average and poor


def _points(plays: Iterable[Went], quality: Quality) -> float | None:
    return mean(one.points for one in plays if one.quality == quality)


def _gaps(plays: Sequence[Went]) -> tuple[float | None, float | None]:
    good, average, poor = (_points(plays, q) for q in ("good", "average", "poor"))
    return (
        None if good is None or average is None else good - average,
        None if average is None or poor is None else average - poor,
    )


def _least(plays: Sequence[Went]) -> float | None:
    one, other = _gaps(plays)
    return None if one is None or other is None else min(one, other)


def _persona(id: str, plays: Sequence[Went]) -> dict[str, Any]:
    ours = [one for one in plays if one.plan.persona == id]
    gap = _figure(_least, ours)
    return {
        **{q: _points(ours, q) for q in ("good", "average", "poor")},
        "gap": gap.value,
        "gap_low": gap.low,
        "gap_high": gap.high,
        "n": gap.n,
    }


def _separation(table: Mapping[str, Any], plays: Sequence[Went]) -> dict[str, Figure]:
    """The gaps, drawing personas; a persona is separated when both of its gaps are wide enough."""
    known = [row for row in table.values() if row["gap"] is not None]
    by_persona: dict[str, list[Went]] = defaultdict(list)
    for one in plays:
        by_persona[one.plan.persona].append(one)
    gaps = [_gaps(ones) for ones in by_persona.values()]
    figures = {
        "separated": share(sum(row["gap"] >= LEAST_GAP for row in known), len(known)),
        "gap_good_average": _figure(lambda drawn: mean(one for one, _ in drawn), gaps),
        "gap_average_poor": _figure(lambda drawn: mean(one for _, one in drawn), gaps),
    }
    for id, row in table.items():
        figures[f"gap/{id}"] = Figure(
            value=row["gap"], n=row["n"], low=row["gap_low"], high=row["gap_high"]
        )
    return figures


def _close(table: Mapping[str, Any]) -> Iterable[Miss]:
    for id, row in table.items():
        if row["gap"] is not None and row["gap"] < LEAST_GAP:
            points = ", ".join(f"{q} {row[q]:.0f}" for q in ("good", "average", "poor"))
            yield Miss(
                case=id,
                about="separation",
                said=f"{row['gap']:.0f} points between two of them",
                wanted=f"at least {LEAST_GAP:.0f}",
                text=f"mean score by trainee: {points}",
            )


# ------------------------------------------------------------------ what went wrong


def _free(everyone: Sequence[Went]) -> dict[str, Figure]:
    """The long conversations are left out: what goes wrong there is drift."""
    short = [one for one in everyone if one.plan.kind != "endless"]
    figures = {
        name: share(*_clean(short, lambda slip, kinds=kinds: slip.kind in kinds))
        for name, kinds in FREE_OF.items()
    }
    critical = _clean(short, lambda slip: slip.effect != "minor")
    return {**figures, "nothing_critical": share(*critical)}


def _clean(
    went: Iterable[Went], counts: Callable[[Slip], bool] = lambda slip: slip.effect != "minor"
) -> tuple[int, int]:
    """How many of them have no slip that counts, of how many."""
    whole = list(went)
    return sum(not any(map(counts, one.slips)) for one in whole), len(whole)


def _endings(plays: Iterable[Went]) -> Figure:
    judged = [one for one in plays if one.quality in ("good", "poor")]
    return share(*_clean(judged, lambda slip: slip.kind == "ending"))


def _effects(slips: Mapping[tuple[str, str], int], kind: str) -> dict[str, int]:
    return {effect: count for (k, effect), count in sorted(slips.items()) if k == kind}


def _outcomes(plays: Iterable[Went]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one in plays:
        found[one.quality][one.outcome] += 1
    return {quality: dict(counts) for quality, counts in found.items()}


def _worst(everyone: Sequence[Went]) -> Iterable[Miss]:
    """One miss for each thing that went wrong with a persona, the critical ones first."""
    seen: set[tuple[str, str, str]] = set()
    rank = ("critical_helped", "critical_hindered", "minor")
    found = [(slip, one) for one in everyone for slip in one.slips]
    for slip, one in sorted(found, key=lambda pair: rank.index(pair[0].effect)):
        key = (one.plan.persona, slip.kind, slip.about)
        if key in seen:
            continue
        seen.add(key)
        at = 2 * slip.step
        yield Miss(
            case=one.plan.id,
            about=f"{slip.kind}, {slip.effect.replace('_', ' ')}",
            said=slip.about,
            wanted="a customer who does not",
            quote=slip.line,
            text=" | ".join(one.transcript[max(0, at - 2) : at + 1]),
        )


# ------------------------------------------------------------------ drift


def _drift(everyone: Sequence[Went], personas: Mapping[str, Persona]) -> dict[str, Figure]:
    """The last lines of long conversations beside the first: how many more of them go wrong, and
    how much less well a persona is known by its lines. 0 is no drift."""
    long = [one for one in everyone if one.plan.kind == "endless"]
    if not long:
        return {}
    figures = {
        f"drift_{name}": _figure(mean, [_more(one, kinds) for one in long])
        for name, kinds in (
            ("role", ("role", "capitulation", "leak")),
            ("facts", ("facts",)),
            ("repetition", ("repetition",)),
        )
    }
    if (faded := _voices(long, everyone, personas)) is not None:
        figures["drift_voice"] = faded
    return figures


def _more(one: Went, kinds: Sequence[str]) -> float:
    """The share of the last lines with such a slip, less that of the first."""
    steps = {slip.step for slip in one.slips if slip.kind in kinds}
    whole = len(one.lines)
    first = sum(1 <= step <= THIRD for step in steps)
    last = sum(whole - THIRD < step <= whole for step in steps)
    return (last - first) / THIRD


def _voices(
    long: Sequence[Went], everyone: Sequence[Went], personas: Mapping[str, Persona]
) -> Figure | None:
    """How much less often the last lines are known for their persona's than the first, by a
    classifier that learnt from the short encounters. None without those, or for one persona."""
    topics = topics_of(personas)

    def labelled(one: Went, lines: Sequence[str]) -> list[tuple[str, str]]:
        id = one.plan.persona
        return [(id, voices.masked(line, topics[id])) for line in lines]

    train = [
        pair for one in everyone if one.plan.kind != "endless" for pair in labelled(one, one.lines)
    ]
    if len({id for id, _ in train}) < 2 or {o.plan.persona for o in long} - {id for id, _ in train}:
        return None
    lost = [
        voices.told_apart(train, labelled(one, one.lines[:THIRD])).accuracy
        - voices.told_apart(train, labelled(one, one.lines[-THIRD:])).accuracy
        for one in long
        if len(one.lines) >= 2 * THIRD
    ]
    return _figure(mean, lost)


# ------------------------------------------------------------------ cases


def _units(went: Mapping[tuple[str, int], Went]) -> Iterable[Unit]:
    """A case scores 1 where nothing went wrong, a half where only minor things did, else 0."""
    by_case: dict[str, list[Went]] = defaultdict(list)
    for (case, _), one in went.items():
        by_case[case].append(one)
    for case, repeats in by_case.items():
        first = repeats[0]
        found = Counter(f"{slip.kind} ({slip.effect})" for one in repeats for slip in one.slips)
        yield Unit(
            case=case,
            group=f"{first.plan.persona}/{first.plan.scenario}",
            score=mean(_value(one) for one in repeats),
            scores=tuple(_value(one) for one in repeats),
            said={"outcome": first.outcome, **{name: str(n) for name, n in found.items()}},
            text="\n".join(first.transcript),
        )


def _value(one: Went) -> float:
    effects = {slip.effect for slip in one.slips}
    return 1.0 if not effects else 0.5 if effects == {"minor"} else 0.0


def _notes(everyone: Sequence[Went]) -> Iterable[str]:
    slips = Counter(slip.effect for one in everyone for slip in one.slips)
    yield (
        f"Slips of customers: {slips['critical_helped']} helped the trainee,"
        f" {slips['critical_hindered']} hindered, {slips['minor']} minor."
    )
    kinds = Counter(one.plan.kind for one in everyone)
    yield "Encounters: " + ", ".join(f"{n} {kind}" for kind, n in kinds.items()) + "."


def _figure(statistic: Callable[[Sequence[Any]], float | None], units: Sequence[Any]) -> Figure:
    value = statistic(units)
    bounds = None if value is None else agreement.interval(statistic, units, SEED)
    return Figure(value=value, n=len(units), low=bounds and bounds.low, high=bounds and bounds.high)

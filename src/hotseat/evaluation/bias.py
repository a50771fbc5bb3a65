"""What moves a judge and should not: length, stock phrases, names, dialect, order, and chance.

Every labelled reply is graded as it is and then changed in ways that leave what it does alone
(`probes`). A criterion whose level differs has flipped; `shift` is how far levels moved on
average, up or down, met 1, partly a half, missed 0. Names are compared with another name, the
rest with the plain reply. A judge that is asked the same again shows how much is mere chance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .. import catalog
from ..domain import Call, Level, Noun, Rubric
from ..judge import JudgeBrief
from ..llm import Seat
from . import agreement, gold, probes
from .comparing import SEED, mean
from .corpora import VALUES
from .gold import Labelled
from .grading import Graded, config, grade
from .report import Figure, Miss, Report, Unit, digest
from .runs import Run, Suite

VERSION = 1

WORST = 10

ORDER, AGAIN, NAMES = "reordered_criteria", "asked_again", "names"


class Probed(Noun):
    """One change of a reply: which `probe`, what it was compared with and what came out, by
    criterion; only what was graded both times. `text` is the changed reply."""

    probe: str
    before: dict[str, Level]
    after: dict[str, Level]
    ungraded: int = 0
    text: str = ""

    @property
    def flipped(self) -> tuple[str, ...]:
        return tuple(id for id in self.before if self.before[id] != self.after[id])


class Probes(Noun):
    """Everything that was tried with one reply."""

    probed: tuple[Probed, ...]


Measure = Callable[[Probed], list[float]]


class Flip(NamedTuple):
    case: str
    probe: str
    criterion: str
    before: Level
    after: Level
    text: str


def suite(path: Path, rubric: Rubric, seat: Seat) -> tuple[Suite[Labelled], tuple[Labelled, ...]]:
    """The suite over the labelled turns of a gold file, and those turns. Raises ContentError for
    a file that is wrong."""
    encounters = gold.load(path, [criterion.id for criterion in rubric.criteria])
    turns = tuple(gold.labelled(encounters, rubric))
    cases = {encounter.id: encounter for encounter in encounters}
    turned = probes.turned_round(rubric)

    async def task(turn: Labelled, _: int) -> tuple[Probes, Sequence[Call]]:
        spent: list[Call] = []
        where = cases[turn.encounter]

        async def graded(text: str, by: Rubric = rubric) -> Graded:
            said = turn.brief.turn.model_copy(update={"text": text})
            brief: JudgeBrief = gold.brief(said, turn.brief.after, by, where.fault, where.policy)
            found, calls = await grade(brief, seat)
            spent.extend(calls)
            return found

        text = turn.brief.turn.text
        plain = await graded(text)
        probed = [_probed(AGAIN, plain, await graded(text), text)]
        probed.append(_probed(ORDER, plain, await graded(text, turned), text))
        for name, changes in probes.TEXTS.items():
            for change in changes:
                if (changed := change(text)) != text:
                    probed.append(_probed(name, plain, await graded(changed), changed))
        first, *others = (probes.named(text, name) for name in probes.NAMES)
        base = await graded(first)
        probed += [_probed(NAMES, base, await graded(other), other) for other in others]
        return Probes(probed=tuple(probed)), spent

    return Suite(
        name="bias",
        version=VERSION,
        cases={turn.id: turn for turn in turns},
        task=task,
        config={
            **config(seat, rubric),
            "turned": catalog.fingerprint(turned),
            "gold": gold.fingerprint(path),
            "probes": digest([probes.PADDING, probes.STOCK, probes.NAMES, dict(probes.SPELLINGS)]),
        },
    ), turns


def _probed(name: str, before: Graded, after: Graded, text: str) -> Probed:
    both = [id for id in before.levels if id in after.levels]
    return Probed(
        probe=name,
        before={id: before.levels[id] for id in both},
        after={id: after.levels[id] for id in both},
        ungraded=len({*before.ungraded, *after.ungraded}),
        text=text,
    )


# ------------------------------------------------------------------ the report


def report(run: Run, turns: Sequence[Labelled]) -> Report:
    """The figures of a run: for each probe the share of grades that flipped, the share that
    rose, and the mean shift of levels, with bounds from drawing encounters."""
    groups = {turn.id: turn.encounter for turn in turns}
    found = [
        (case, one)
        for (case, _), done in run.done.items()
        for one in Probes.model_validate(done.result).probed
    ]
    by_probe: dict[str, list[tuple[str, Probed]]] = defaultdict(list)
    for case, one in found:
        by_probe[one.probe].append((groups[case], one))
    figures: dict[str, Figure] = {}
    for name, ones in by_probe.items():
        figures[f"flips/{name}"] = _figure(ones, _flips)
        figures[f"raised/{name}"] = _figure(ones, _raised)
        figures[f"shift/{name}"] = _figure(ones, _shifts)
    flips = [flip for case, one in found for flip in _all(case, one)]
    ungraded = sum(one.ungraded for _, one in found)
    return Report(
        suite="bias",
        ran=run.told,
        figures=figures,
        units=tuple(_units(found, groups)),
        misses=tuple(_misses(flips)),
        notes=(f"{ungraded} grades could not be had and are left out.",) if ungraded else (),
        details={
            "flipped": {
                name: dict(Counter(f.criterion for f in flips if f.probe == name))
                for name in by_probe
            },
        },
    )


def _flips(one: Probed) -> list[float]:
    return [float(one.before[id] != one.after[id]) for id in one.before]


def _raised(one: Probed) -> list[float]:
    return [float(VALUES[one.after[id]] > VALUES[one.before[id]]) for id in one.before]


def _shifts(one: Probed) -> list[float]:
    """How far each level moved, where the criterion was due both times."""
    return [
        VALUES[one.after[id]] - VALUES[one.before[id]]
        for id in one.before
        if "na" not in (one.before[id], one.after[id])
    ]


def _figure(ones: Sequence[tuple[str, Probed]], take: Measure) -> Figure:
    """The mean of a measure over grades, drawing whole encounters."""
    units: dict[str, list[float]] = defaultdict(list)
    for group, one in ones:
        units[group] += take(one)

    def over(drawn: Sequence[Sequence[float]]) -> float | None:
        return mean(value for unit in drawn for value in unit)

    drawn = list(units.values())
    value = over(drawn)
    bounds = None if value is None else agreement.interval(over, drawn, SEED)
    return Figure(
        value=value,
        n=sum(map(len, drawn)),
        low=bounds and bounds.low,
        high=bounds and bounds.high,
    )


def _all(case: str, one: Probed) -> Iterable[Flip]:
    for id in one.flipped:
        yield Flip(case, one.probe, id, one.before[id], one.after[id], one.text)


def _misses(flips: Sequence[Flip]) -> Iterable[Miss]:
    """The gravest flips, one of each probe and criterion, those that raise a grade first."""
    seen: set[tuple[str, str]] = set()
    rose = {flip: VALUES[flip.after] - VALUES[flip.before] for flip in flips}
    for flip in sorted(flips, key=lambda f: (-rose[f], f.case, f.probe, f.criterion)):
        if (flip.probe, flip.criterion) in seen or len(seen) >= WORST:
            continue
        seen.add((flip.probe, flip.criterion))
        yield Miss(
            case=flip.case,
            about=f"{flip.probe.replace('_', ' ')}: {flip.criterion}",
            said=flip.after,
            wanted=f"{flip.before}, as before",
            text=flip.text,
        )


def _units(found: Iterable[tuple[str, Probed]], groups: Mapping[str, str]) -> Iterable[Unit]:
    """A reply's score is the share of its grades that no probe moved."""
    by_case: dict[str, list[Probed]] = defaultdict(list)
    for case, one in found:
        by_case[case].append(one)
    for case, several in by_case.items():
        moved = Counter(one.probe for one in several for _ in one.flipped)
        yield Unit(
            case=case,
            group=groups[case],
            score=mean(1 - value for one in several for value in _flips(one)),
            said={probe: f"{count} flipped" for probe, count in moved.items()},
            text=several[0].text,
        )

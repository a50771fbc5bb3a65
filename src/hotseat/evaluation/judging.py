"""How far a judge agrees with raters: first whether a criterion was due, then how well it was met.

What is contested is left out: the level where raters give two, due-ness only where they disagree
on that too. Ungraded is never counted as a wrong grade; it shows in the coverage.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from ..domain import Call, Rubric
from ..llm import Seat
from . import agreement, gold
from .comparing import (
    Seen,
    apt,
    compare,
    due_pairs,
    f1,
    kappa,
    level_pairs,
    macro,
    mean,
    retest,
    worst,
)
from .gold import LEVELS, Label, Labelled
from .grading import Graded, config, grade
from .journal import Key
from .report import Figure, Report, Unit, share
from .runs import Run, Suite

VERSION = 1
SAYS = (*LEVELS, "na", "ungraded")


def suite(path: Path, rubric: Rubric, seat: Seat) -> tuple[Suite[Labelled], tuple[Labelled, ...]]:
    """The suite over a gold file, and its turns. Raises ContentError for a file that is wrong."""
    encounters = gold.load(path, [criterion.id for criterion in rubric.criteria])
    turns = tuple(gold.labelled(encounters, rubric))

    async def task(turn: Labelled, _: int) -> tuple[Graded, Sequence[Call]]:
        return await grade(turn.brief, seat)

    return Suite(
        name="judge",
        version=VERSION,
        cases={turn.id: turn for turn in turns},
        task=task,
        config={**config(seat, rubric), "gold": gold.fingerprint(path)},
    ), turns


def report(run: Run, turns: Sequence[Labelled], rubric: Rubric) -> Report:
    """The figures of a run over gold."""
    cases = {turn.id: turn for turn in turns}
    grades = {
        key: Graded.model_validate(one.result) for key, one in run.done.items() if key[0] in cases
    }
    seen = [one for (case, _), graded in grades.items() for one in compare(cases[case], graded)]
    by_criterion: dict[str, list[Seen]] = {criterion.id: [] for criterion in rubric.criteria}
    for one in seen:
        by_criterion[one.criterion].append(one)
    criteria = {id: _criterion(ones, turns, id) for id, ones in by_criterion.items()}
    weights = {criterion.id: criterion.weight for criterion in rubric.criteria}
    figures = _figures(seen, criteria, grades)
    return Report(
        suite="judge",
        ran=run.told,
        figures=figures,
        units=tuple(_units(grades, cases)),
        misses=worst(seen, weights),
        notes=_notes(seen, run),
        details={
            "due_macro_f1": figures["due_macro_f1"].value,
            "level_macro_kappa": figures["level_macro_kappa"].value,
            "quote_precision": figures["quote_precision"].value,
            "coverage": figures["coverage"].value,
            "ungraded": sum(one.said is None for one in seen),
            "criteria": criteria,
            "ceiling": _ceiling(criteria),
        },
    )


# ------------------------------------------------------------------ figures


def _criterion(seen: Sequence[Seen], turns: Sequence[Labelled], id: str) -> dict[str, Any]:
    due, levels = agreement.hits(due_pairs(seen)), level_pairs(seen)
    level, quotes = macro(seen, level_pairs, kappa), apt(seen)
    return {
        "due_precision": due.precision,
        "due_recall": due.recall,
        "due_f1": due.f1,
        "due_n": due.tp + due.fn,
        "level_percent": agreement.percent(levels),
        "level_kappa": level.value,
        "level_kappa_low": level.low,
        "level_kappa_high": level.high,
        "level_ac1": agreement.ac1(levels, len(LEVELS)),
        "level_n": len(levels),
        "quote_precision": mean(quotes),
        "quote_n": len(quotes),
        "confusion": _confusion(seen),
        "contested": sum(one.level is None for one in seen),
        "ungraded": sum(one.said is None for one in seen),
        "ceiling": _raters([turn.labels[id] for turn in turns if id in turn.labels]),
        "misses": [miss.model_dump() for miss in worst(seen, {id: 1.0})],
    }


def _figures(
    seen: Sequence[Seen], criteria: Mapping[str, dict[str, Any]], grades: Mapping[Key, Graded]
) -> dict[str, Figure]:
    graded = sum(one.said is not None for one in seen)
    found = {
        "due_macro_f1": macro(seen, due_pairs, f1),
        "level_macro_kappa": macro(seen, level_pairs, kappa),
        "level_percent": macro(seen, level_pairs, agreement.percent, pooled=True),
        "quote_precision": macro(seen, apt, mean, pooled=True),
        "coverage": share(graded, len(seen)),
        **_lapses(seen),
    }
    if (same := retest(grades)) is not None:
        found["retest"] = same
    for id, values in criteria.items():
        found[f"due_f1/{id}"] = Figure(value=values["due_f1"], n=values["due_n"])
        found[f"level_kappa/{id}"] = Figure(
            value=values["level_kappa"],
            n=values["level_n"],
            low=values["level_kappa_low"],
            high=values["level_kappa_high"],
        )
    return found


def _lapses(seen: Iterable[Seen]) -> dict[str, Figure]:
    """Of the misses that weigh most (a criterion of which any lapse counts, or that fails an
    encounter by itself), the share that the judge calls missed too; all, and by criterion."""
    grave: dict[str, list[bool]] = defaultdict(list)
    for one in seen:
        if one.level == "missed" and one.said is not None and _is_grave(one):
            grave["lapses_found"].append(one.said == "missed")
            grave[f"lapses_found/{one.criterion}"].append(one.said == "missed")
    return {name: share(sum(found), len(found)) for name, found in sorted(grave.items())}


def _is_grave(one: Seen) -> bool:
    criterion = next(c for c in one.turn.brief.rubric.criteria if c.id == one.criterion)
    return criterion.auto_fail or criterion.aggregation == "worst"


def _raters(labels: Sequence[Label]) -> dict[str, float | int | None]:
    """How far the first two raters agree, measured as the judge is: its ceiling."""
    both = [label.raters[:2] for label in labels if len(label.raters) > 1]
    said = [(one.level, other.level) for one, other in both]
    levels = [pair for pair in said if "na" not in pair]
    return {
        "due_f1": agreement.hits((one != "na", other != "na") for one, other in said).f1,
        "level_kappa": agreement.weighted_kappa(levels, LEVELS),
        "level_n": len(levels),
    }


def _ceiling(criteria: Mapping[str, dict[str, Any]]) -> dict[str, float | None]:
    ceilings = [values["ceiling"] for values in criteria.values()]
    return {
        "due_macro_f1": mean(one["due_f1"] for one in ceilings),
        "level_macro_kappa": mean(one["level_kappa"] for one in ceilings),
    }


def _confusion(seen: Iterable[Seen]) -> dict[str, dict[str, int]]:
    """Counts by wanted, then said; what is contested is left out."""
    counts = Counter((one.level, one.said or "ungraded") for one in seen if one.level)
    return {
        wanted: {said: counts[wanted, said] for said in SAYS if counts[wanted, said]}
        for wanted in SAYS[:-1]
        if any(counts[wanted, said] for said in SAYS)
    }


# ------------------------------------------------------------------ cases


def _units(grades: Mapping[Key, Graded], cases: Mapping[str, Labelled]) -> Iterable[Unit]:
    """A turn's score is the share of its criteria graded as raters agree, over all repeats."""
    by_case: dict[str, list[Graded]] = defaultdict(list)
    for (case, _), graded in grades.items():
        by_case[case].append(graded)
    for case, repeats in by_case.items():
        turn = cases[case]
        right = [
            [
                float(one.said == one.level)
                for one in compare(turn, graded)
                if one.level is not None and one.said is not None
            ]
            for graded in repeats
        ]
        yield Unit(
            case=case,
            group=turn.encounter,
            score=mean(chain.from_iterable(right)),
            scores=tuple(map(mean, right)),
            said={id: repeats[0].levels.get(id, "ungraded") for id in turn.labels},
            text=turn.brief.turn.text,
        )


def _notes(seen: Sequence[Seen], run: Run) -> tuple[str, ...]:
    contested = sum(one.level is None for one in seen)
    notes = [
        f"{contested} of {len(seen)} labels are contested and left out of the levels; of due-ness"
        " only where raters disagree on that."
    ]
    reasons = Counter(
        why
        for one in run.done.values()
        for why in Graded.model_validate(one.result).ungraded.values()
    )
    notes += [f"Ungraded {count} times: {why}" for why, count in reasons.most_common(3)]
    return tuple(notes)

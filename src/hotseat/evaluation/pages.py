"""One page of HTML that needs nothing else: figures, changes, confusion and misses.

Every word of it is escaped by the template, whoever wrote it; plots are SVG made of numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .changes import DIGITS
from .comments import pins, worst
from .gated import Gated, verdict
from .judging import SAYS
from .report import Figure, Report
from .summaries import differs
from .tables import bounded

MISSES = 12
"""Misses of a suite that are shown."""


class Drawn(NamedTuple):
    """One figure on a scale: places from 0 to 100, None for what is not there."""

    name: str
    told: str
    at: float | None
    low: float | None
    high: float | None
    before: float | None
    was: str


def page(suites: Sequence[Gated], command: str) -> str:
    """The page; `command` is what measures the same again."""
    colour, says = verdict(suites)
    return _template().render(
        colour=colour,
        says=says,
        command=command,
        suites=[_suite(one) for one in suites],
        flips=[{"suite": suite, **flip.model_dump()} for suite, flip in worst(suites)],
    )


@cache
def _template() -> Any:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.jinja")


def _suite(one: Gated) -> dict[str, Any]:
    report = one.report
    ran = report.ran
    return {
        "name": report.suite,
        "colour": one.colour,
        "skipped": report.skipped,
        "gates": [found.model_dump() for found in one.found],
        "change": differs(one.change) if one.change else "",
        "config": one.change.config if one.change else (),
        "plots": _plots(report, one.before),
        "moved": _moved(one),
        "confusion": _confusion(report),
        "misses": [miss.model_dump() for miss in report.misses[:MISSES]],
        "notes": report.notes,
        "failed": ran.failed,
        "pins": {name: value[:12] for name, value in pins(one).items()},
        "ran": f"{ran.cases} cases, {ran.seconds:.1f} s, "
        + ("no cost" if ran.cost is None else f"${ran.cost:.4f} at list price"),
        "hash": ran.hash[:12],
    }


# ------------------------------------------------------------------ plots


def _plots(report: Report, before: Report | None) -> list[dict[str, Any]]:
    """The figures, one plot for each kind: shares, what has other units, and each criterion's."""
    groups: dict[str, dict[str, str]] = {}
    for name, figure in report.figures.items():
        kind, slash, rest = name.partition("/")
        if slash:
            groups.setdefault(kind, {})[name] = rest
        else:
            groups.setdefault("" if _is_share(figure) else "in other units", {})[name] = name
    was = before.figures if before else {}
    return [
        {"title": title.replace("_", " "), **plot}
        for title, names in groups.items()
        if (plot := _plot(names, report.figures, was))
    ]


def _plot(
    names: Mapping[str, str], now: Mapping[str, Figure], was: Mapping[str, Figure]
) -> dict[str, Any]:
    """One plot on one scale; `names` maps figures to what they are called in it."""
    known = [name for name in names if now[name].value is not None]
    both = [now[name] for name in known] + [was[name] for name in known if name in was]
    numbers = [n for f in both for n in (f.value, f.low, f.high) if n is not None]
    low, high = min([0.0, *numbers]), max([1.0, *numbers])

    def at(value: float | None) -> float | None:
        return None if value is None else round(100 * (value - low) / (high - low), 2)

    rows = [
        Drawn(
            name=names[name].replace("_", " "),
            told=f"{bounded(figure)}, n {figure.n}",
            at=at(figure.value),
            low=at(figure.low),
            high=at(figure.high),
            before=at(old.value) if old else None,
            was=bounded(old) if old else "",
        )._asdict()
        for name in known
        for figure, old in [(now[name], was.get(name))]
    ]
    return {"rows": rows, "scale": f", from {low:.2g} to {high:.4g}"} if rows else {}


def _is_share(figure: Figure) -> bool:
    return figure.value is None or -1 <= figure.value <= 1


def _moved(one: Gated) -> list[dict[str, Any]]:
    """Every case whose score changed since the baseline, as bars, the worst first."""
    if not one.before:
        return []
    was = {unit.case: unit.score for unit in one.before.units}
    moved = [
        (unit.case, unit.score - old)
        for unit in one.report.units
        if unit.score is not None
        and (old := was.get(unit.case)) is not None
        and round(unit.score - old, DIGITS)
    ]
    largest = max((abs(change) for _, change in moved), default=1.0)
    return [
        {"case": case, "change": f"{change:+.3f}", "height": round(28 * change / largest, 2)}
        for case, change in sorted(moved, key=lambda pair: pair[1])
    ]


def _confusion(report: Report) -> list[dict[str, Any]]:
    """What was wanted by what was said, over all criteria; darker for a larger share of a row."""
    counts: Counter[tuple[str, str]] = Counter()
    for criterion in _criteria(report):
        for wanted, row in criterion.get("confusion", {}).items():
            counts.update({(wanted, said): count for said, count in row.items()})
    rows: list[dict[str, Any]] = []
    for wanted in SAYS[:-1]:
        whole = sum(counts[wanted, said] for said in SAYS)
        if whole:
            cells = [(said, counts[wanted, said]) for said in SAYS]
            rows.append(
                {
                    "wanted": wanted,
                    "cells": [
                        {"said": said, "count": n, "share": round(n / whole, 3)}
                        for said, n in cells
                    ],
                }
            )
    return rows


def _criteria(report: Report) -> Iterable[dict[str, Any]]:
    found: Any = report.details.get("criteria")
    return cast("dict[str, dict[str, Any]]", found).values() if isinstance(found, dict) else ()

"""Gates: which figures a change may not push below a floor, and which drops are real.

The rules are in `evals/gates.yaml`. A floor is absolute. A drop is red only when it is real: the
95% interval of the paired difference lies below zero, it is larger than the least that matters,
and it is there in every repeat. A pin must not change at all. A waiver lets one red gate pass
until a date, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from pydantic import Field, ValidationError, model_validator

from ..catalog import strict
from ..catalog.problems import Problem, did_you_mean, explain, locate
from ..domain import Noun
from ..errors import ContentError
from ..llm.tape import MISSED
from .changes import Change
from .report import Report

FIXES: Mapping[str, str] = MappingProxyType(
    {
        "least": "write a share of 1, such as 0.02",
        "repeats": "write a number of repeats, such as 2",
        "gate": "write suite/figure, as the red gate is told",
        "reason": "say in a sentence why it may pass for now",
        "until": "write a date, such as 2027-01-31",
        "if_there": "write true or false",
        "pins": "write a list of suites, such as [scores]",
    }
)

Colour = Literal["green", "red", "waived", "unsure"]


class Floor(Noun):
    """How low or high a figure may be, and why there. Where `if_there` is set, a report without
    the figure is let pass; otherwise a gate that cannot be read is red."""

    at_least: float | None = None
    at_most: float | None = None
    why: str = ""
    if_there: bool = False

    @model_validator(mode="after")
    def _bounds(self) -> Floor:
        if self.at_least is None and self.at_most is None:
            raise ValueError("needs at_least or at_most")
        return self


class Drop(Noun):
    """The least mean drop of a suite's cases that matters, as a share of 1, and how many repeats
    an engine that does not always answer the same must show it in."""

    least: float = Field(gt=0, lt=1)
    repeats: int = Field(default=2, ge=1)


class Waiver(Noun):
    """Lets one red gate pass, until and including a date."""

    gate: str = Field(min_length=3)
    reason: str = Field(min_length=10)
    until: date


class Gates(Noun):
    """The file. `floors` by suite and figure, where a name may end in `*`; `drops` by suite;
    `pins` are suites whose cases must come out as in the baseline."""

    floors: dict[str, dict[str, Floor]] = {}
    drops: dict[str, Drop] = {}
    pins: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()


class Found(Noun):
    """What one gate says of one report. `unsure` is a drop that nobody has confirmed yet."""

    gate: str
    colour: Colour
    says: str


def load(path: Path) -> Gates:
    """The gates of a file. Raises ContentError that lists every problem with its place and fix."""
    values, problems = strict.read(path, path.name)
    if not problems:
        try:
            return Gates.model_validate(values)
        except ValidationError as error:
            problems = _explained(error, path.name)
    first = problems[0]
    rest = "".join(f"\n{problem}" for problem in problems[1:])
    where = f"{path}: {first.place}" if first.place else str(path)
    raise ContentError(first.problem, place=where, fix=f"{first.fix}{rest}")


def _explained(error: ValidationError, file: str) -> list[Problem]:
    """What is wrong, in our words where it is a key, and in pydantic's where it is a value."""
    schema = Gates.model_json_schema()
    said = {
        locate(raw["loc"], schema)[0]: str(raw["msg"]).removeprefix("Value error, ")
        for raw in error.errors()
        if raw["type"] not in ("extra_forbidden", "missing")
    }
    return [
        Problem(file, found.place, said[found.place].lower(), _fix(found.place))
        if found.place in said
        else found
        for found in explain(error, schema, file)
    ]


def _fix(place: str) -> str:
    key = place.rsplit(".", 1)[-1]
    return FIXES.get(key, "write {at_least: 0.9}, {at_most: 3} or both")


def read(report: Report, gates: Gates, today: date, change: Change | None = None) -> list[Found]:
    """What every gate of a report's suite says; `change` is that from its baseline, if any."""
    if report.skipped:
        return []
    found = [
        *stale(report),
        *_floors(report, gates.floors.get(report.suite, {})),
        *_change(report, gates, change),
    ]
    return [_waived(one, gates.waivers, today) for one in found]


def stale(report: Report) -> list[Found]:
    """Red where a recording no longer fits what is asked: another prompt is another measurement."""
    missed = [f"{case}: {why}" for case, why in report.ran.failed.items() if MISSED in why]
    if not missed:
        return []
    more = f"; and {len(missed) - 2} more" if len(missed) > 2 else ""
    says = "; ".join(missed[:2]) + more
    return [Found(gate=f"{report.suite}/replay", colour="red", says=says)]


def is_red(found: Iterable[Found]) -> bool:
    return any(one.colour == "red" for one in found)


# ------------------------------------------------------------------ floors


def _floors(report: Report, floors: Mapping[str, Floor]) -> Iterator[Found]:
    values = _values(report)
    for pattern, floor in floors.items():
        names = [name for name in values if fnmatchcase(name, pattern)]
        known = [name for name in names if values[name] is not None]
        if not known and not floor.if_there:
            said = "has no value" if names else f"is not there{did_you_mean(pattern, values)}"
            yield Found(
                gate=f"{report.suite}/{pattern}",
                colour="red",
                says=f"the figure {said}, so this gate says nothing",
            )
        for name in known:
            yield _floor(f"{report.suite}/{name}", float(values[name] or 0.0), floor)


def _floor(gate: str, value: float, floor: Floor) -> Found:
    low, high = floor.at_least, floor.at_most
    bounds = {"at least": low, "at most": high}
    bound = " and ".join(f"{word} {n:g}" for word, n in bounds.items() if n is not None)
    inside = (low is None or value >= low) and (high is None or value <= high)
    why = f" ({floor.why})" if floor.why and not inside else ""
    return Found(
        gate=gate,
        colour="green" if inside else "red",
        says=f"{value:.4g}, should be {bound}{why}" if not inside else f"{value:.4g}, {bound}",
    )


def _values(report: Report) -> dict[str, float | None]:
    """Figures, the plain numbers among a suite's details, and how long its lists are, by name."""
    plain = {
        name: len(cast("list[Any]", value)) if isinstance(value, list) else value
        for name, value in report.details.items()
        if isinstance(value, int | float | list) and not isinstance(value, bool)
    }
    return {**plain, **{name: figure.value for name, figure in report.figures.items()}}


# ------------------------------------------------------------------ changes


def _change(report: Report, gates: Gates, change: Change | None) -> Iterator[Found]:
    if change is None:
        if report.suite in gates.pins:
            says = "there is no baseline to compare with; make one with --save-baseline"
            yield Found(gate=f"{report.suite}/pinned", colour="red", says=says)
        return
    if report.suite in gates.pins:
        yield _pinned(change)
    elif drop := gates.drops.get(report.suite):
        yield _drop(report, drop, change)


def _pinned(change: Change) -> Found:
    gate = f"{change.suite}/pinned"
    gone = change.only_before + change.only_after
    if not change.flips and not change.value and not gone:
        return Found(gate=gate, colour="green", says=f"{change.n} cases as in the baseline")
    parts = [f"{f.case}: {f.about} is {f.now}, was {f.was}" for f in change.flips[:3]]
    more = [f"and {len(change.flips) - 3} more"] if len(change.flips) > 3 else []
    moved = [f"{gone} cases came or went"] if gone else []
    because = [f"what changed: {'; '.join(change.config)}"] if change.config else []
    return Found(gate=gate, colour="red", says="; ".join([*parts, *more, *moved, *because]))


def _drop(report: Report, drop: Drop, change: Change) -> Found:
    gate = f"{change.suite}/drop"
    if change.value is None or change.low is None or change.high is None:
        says = "no case in common with the baseline" if not change.n else "one group is too few"
        return Found(gate=gate, colour="red" if not change.n else "unsure", says=says)
    says = (
        f"mean change {change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f})"
        f" over {change.n} cases"
    )
    if change.detectable is not None:
        says += f"; a change of {change.detectable:.3f} would be noticed"
    if change.high >= 0 or -change.value < drop.least:
        return Found(gate=gate, colour="green", says=f"{says}; no drop of {drop.least:g} or more")
    if not _always_the_same(report):
        if report.ran.repeat < drop.repeats:
            more = f"run again with --repeat {drop.repeats} to confirm"
            return Found(gate=gate, colour="unsure", says=f"{says}; {more}")
        if change.each and max(change.each) > -drop.least:
            held = sum(each <= -drop.least for each in change.each)
            more = f"it held in {held} of {len(change.each)} repeats only"
            return Found(gate=gate, colour="unsure", says=f"{says}; {more}")
    return Found(gate=gate, colour="red", says=f"{says}; a real drop")


def _always_the_same(report: Report) -> bool:
    """Whether the engine is code, and gives the same answers every time."""
    return report.ran.config.get("engine", "embedded") == "embedded"


# ------------------------------------------------------------------ waivers


def _waived(found: Found, waivers: Iterable[Waiver], today: date) -> Found:
    if found.colour != "red":
        return found
    for waiver in waivers:
        if not fnmatchcase(found.gate, waiver.gate):
            continue
        if today > waiver.until:
            says = f"{found.says}; its waiver ran out on {waiver.until}"
            return found.model_copy(update={"says": says})
        says = f"{found.says}; waived until {waiver.until}: {waiver.reason}"
        return found.model_copy(update={"colour": "waived", "says": says})
    return found

"""What an evaluation says: figures with intervals, one unit a case, and its worst misses.

Every suite ends in one `Report`, whatever it measures, so that tables, gates, baselines, JUnit
and HTML need to know this shape and no suite. It never holds more than may be published: no key,
no prompt.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ..domain import Noun
from . import agreement


class Figure(Noun):
    """One number of a report. `low` and `high` bound its 95% interval; `n` is what it was
    counted on. None where it cannot be had: no cases, or one label only."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


class Unit(Noun):
    """How one case went. `score` is 0 to 1, more is better, None where nothing could be said;
    a paired comparison takes differences of it, and draws by `group` (cases that hang together,
    such as the turns of one encounter). `scores` has that of every repeat, where a suite tells
    them apart. `said` is what came out in short, `text` what a person would read to understand
    it."""

    case: str
    group: str
    score: float | None
    scores: tuple[float | None, ...] = ()
    said: dict[str, str] = {}
    text: str = ""


class Miss(Noun):
    """One case where what came out is not what was wanted, worst first in a report."""

    case: str
    about: str
    said: str
    wanted: str
    quote: str = ""
    text: str = ""


class Ran(Noun):
    """What was run. `config` is everything that decided it; `hash` is over `config` and results
    alone, the same for any order, time or number of interruptions. `missing` counts cases that
    are not in (another shard has them, or they are in `failed`, with why); `cost` is US dollars
    at list price, None where no call had one."""

    config: dict[str, str] = {}
    cases: int = 0
    missing: int = 0
    failed: dict[str, str] = {}
    repeat: int = 1
    cost: float | None = None
    seconds: float = 0.0
    hash: str = ""


class Report(Noun):
    """The end of an evaluation. `details` are a suite's own figures, at the top level of its
    JSON beside what was run. `skipped` says why nothing was: never green."""

    suite: str
    ran: Ran = Ran()
    figures: dict[str, Figure] = {}
    units: tuple[Unit, ...] = ()
    misses: tuple[Miss, ...] = ()
    notes: tuple[str, ...] = ()
    details: dict[str, Any] = {}
    skipped: str = ""

    def as_json(self) -> dict[str, Any]:
        """The report as `--json` prints it, flat."""
        whole = self.model_dump(mode="json")
        return {**whole.pop("details"), **whole.pop("ran"), **whole}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Report:
        """A report from what `as_json` gave. Raises pydantic's ValidationError."""
        ran = {name: values[name] for name in Ran.model_fields if name in values}
        own = {name: values[name] for name in cls.model_fields if name in values}
        details = {name: values[name] for name in values.keys() - ran.keys() - own.keys()}
        return cls.model_validate({**own, "ran": ran, "details": details})


def share(yes: int, of: int) -> Figure:
    """The figure of a share of independent cases, with Wilson's interval."""
    bounds = agreement.wilson(yes, of)
    return Figure(
        value=yes / of if of else None,
        n=of,
        low=bounds and bounds.low,
        high=bounds and bounds.high,
    )


def digest(value: Any) -> str:
    """SHA-256 of a JSON-able value, the same whatever the order of its keys."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def results_hash(config: Mapping[str, str], results: Mapping[tuple[str, int], Any]) -> str:
    """The hash of a report: `results` by case id and repeat, without times or costs."""
    rows = sorted([case, repeat, result] for (case, repeat), result in results.items())
    return digest({"config": dict(config), "results": rows})

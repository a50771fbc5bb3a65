"""How a team stands, skill by skill: bands with their doubt, and nobody above anybody. Pure.

A band rests on Wilson's interval around the mean of the encounters' values (0 to 1), which is
never too narrow for values between 0 and 1; at four in five, since a band asks for practice and
decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import mean
from typing import Literal, NamedTuple

from .. import scoring
from ..domain import Lesson, Record, Rubric, Verdict
from ..errors import HotseatError
from ..evaluation.agreement import Interval, wilson
from .masking import mask

Band = Literal["solid", "getting there", "needs practice", "not enough"]

BANDS: tuple[Band, ...] = ("solid", "getting there", "needs practice")

FEW = 3
"""Encounters in which a skill came up, below which nothing is said of it."""

PEOPLE = 5
"""People of whom enough is known, below which nothing is said of the team."""

SURE = 0.8
"""The confidence of a band's interval."""

LINE = 0.6
"""The value, 0 to 1, that a skill is measured against: the share of points at which an encounter
passes by default."""

LONGEST_NOTE = 300


class Cell(NamedTuple):
    """One skill of one person, over `n` encounters in which it came up."""

    band: Band
    n: int
    sure: Interval | None


class Person(NamedTuple):
    """One person's row, in the order of the skills."""

    trainee: str
    encounters: int
    cells: Sequence[Cell]


class Together(NamedTuple):
    """One skill over everybody of whom enough is known: how many are in each band. None while
    they are too few."""

    people: int
    bands: Mapping[Band, int] | None


def cell(values: Sequence[float]) -> Cell:
    """The band for these values, one an encounter: solid or in need of practice only where the
    whole interval lies on one side of the line."""
    sure = wilson(sum(values), len(values), SURE)
    if len(values) < FEW or sure is None:
        return Cell("not enough", len(values), None)
    if sure.low >= LINE:
        return Cell("solid", len(values), sure)
    return Cell("needs practice" if sure.high < LINE else "getting there", len(values), sure)


def people(records: Iterable[Record], rubric: Rubric, section: str = "") -> list[Person]:
    """Everybody's rows in the order of their names: over the sections of the rubric, or over the
    criteria of one. Encounters that have ended count; a retry does not, nor does one without a
    reply."""
    wanted = skills(rubric, section)
    by_trainee: dict[str, list[Record]] = {}
    for record in records:
        if record.outcome and record.steps and not record.retry_of:
            by_trainee.setdefault(record.trainee, []).append(record)
    rows: list[Person] = []
    for trainee, mine in sorted(by_trainee.items()):
        scores = [scoring.score_record(record).values for record in mine]
        weights = {c.id: c.weight for c in rubric.criteria}
        cells = [cell(_values(scores, ids, weights)) for _, ids in wanted]
        rows.append(Person(trainee, len(mine), cells))
    return rows


def skills(rubric: Rubric, section: str = "") -> list[tuple[str, Sequence[str]]]:
    """The columns: a title, and the criteria it is made of."""
    if section:
        return [(c.title, [c.id]) for c in rubric.criteria if c.section == section]
    return [
        (s.title, [c.id for c in rubric.criteria if c.section == s.title]) for s in rubric.sections
    ]


def _values(
    scores: Iterable[Mapping[str, float]], ids: Sequence[str], weights: Mapping[str, float]
) -> list[float]:
    """One value an encounter in which any of these criteria came up, by their weights."""
    found: list[float] = []
    for values in scores:
        due = [id for id in ids if id in values]
        total = sum(weights[id] for id in due)
        if due:
            weighted = sum(weights[id] * values[id] for id in due)
            found.append(weighted / total if total else mean(values[id] for id in due))
    return found


def together(rows: Sequence[Person]) -> list[Together]:
    """The team, skill by skill; silent below `PEOPLE` people of whom enough is known."""
    found: list[Together] = []
    for cells in zip(*(row.cells for row in rows), strict=True):
        known = [one.band for one in cells if one.band != "not enough"]
        bands: dict[Band, int] = {band: known.count(band) for band in BANDS}
        found.append(Together(len(known), bands if len(known) >= PEOPLE else None))
    return found


# -------------------------------------------------------------------------- lessons


def lesson(record: Record, step: int, note: str, at: datetime) -> Lesson:
    """A reply that its trainee offers to the others, masked and without a name. `record` is as it
    is told (see `reviewing.released`). Raises HotseatError for a reply that met nothing: there
    would be nothing to learn from it."""
    if not 1 <= step <= len(record.steps):
        raise HotseatError("there is no such reply", fix="choose one of this encounter")
    taken = record.steps[step - 1]
    grades = taken.verdict.grades if isinstance(taken.verdict, Verdict) else {}
    met = [c for c in record.rubric.criteria if c.id in grades and grades[c.id].level == "met"]
    quoted = [c for c in met if grades[c.id].quote and c.aggregation != "worst"]
    if not quoted:
        raise HotseatError("this reply met no skill yet", fix="offer another")
    before = [t for t in record.transcript if t.number < taken.trainee.number]
    return Lesson(
        id=f"{record.id}:{step}",
        record=record.id,
        step=step,
        skill=max(quoted, key=lambda c: c.weight).title,
        customer=mask(before[-1].text).text[:2_000],
        reply=mask(taken.trainee.text).text,
        note=" ".join(mask(note).text.split())[:LONGEST_NOTE],
        at=at,
    )

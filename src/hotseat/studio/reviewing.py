"""What a person should look at, and what their word does: pure decisions over records.

A ruling beats the judge in what is released. The judge's own grade stays in the record as it was
given, and every ruling stays beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from ..domain import (
    ACTS,
    Criterion,
    Dispute,
    Grade,
    Label,
    Level,
    Record,
    Rubric,
    Ruling,
    Step,
    Verdict,
)
from ..errors import HotseatError
from ..evidence import is_quote

Why = Literal["disputed", "flagged", "ungraded", "contested", "borderline"]

WHYS: tuple[Why, ...] = ("disputed", "flagged", "ungraded", "contested", "borderline")
"""Why a grade is in the queue, most pressing first."""

FLAG = "flag:"
"""Before the act, in a ruling that is about a flag and not about a grade."""

HEAVY = 7.0
"""Points of weight from which one check more or less is worth a person's time; the mean is 5."""

RULED = "ruling: "
"""Before the trainer's name in the label that a ruling leaves: it was not given blind."""

Place = tuple[str, int, str]
"""One grade: its record, the reply's number from 1, and the criterion (see `Ruling`)."""


class Item(NamedTuple):
    """One thing to rule on. `criterion` is empty for a whole reply that has no grade at all."""

    record: Record
    step: int
    criterion: str
    whys: tuple[Why, ...]

    @property
    def place(self) -> Place:
        return self.record.id, self.step, self.criterion


class Overturned(NamedTuple):
    """How often people ruled on a criterion, and how often other than the judge."""

    times: int
    of: int


# -------------------------------------------------------------------------- the queue


def queue(
    records: Iterable[Record],
    disputes: Iterable[Dispute],
    rulings: Iterable[Ruling],
    given_up: Collection[tuple[str, int]] = (),
) -> list[Item]:
    """What waits for a person: most pressing first, then in the order of `records`.

    `given_up` are replies, by record and step from 0, that are not graded again by themselves. A
    grade that was ruled on is done, unless its trainee disputed it afterwards.
    """
    ruled = {(r.record, r.step, r.criterion): r.at for r in rulings}
    replies = {(record, step) for record, step, _ in ruled}
    open_disputes = {
        (d.record, d.step, d.criterion)
        for d in disputes
        if (at := ruled.get((d.record, d.step, d.criterion))) is None or at < d.at
    }
    found: list[Item] = []
    for record in records:
        for place, whys in _whys(record, open_disputes, given_up).items():
            done = place in ruled or (not place[2] and place[:2] in replies)
            if not done or "disputed" in whys:
                found.append(Item(record, place[1], place[2], tuple(sorted(whys, key=_order))))
    return sorted(found, key=lambda item: _order(item.whys[0]))


def _order(why: Why) -> int:
    return WHYS.index(why)


def _whys(
    record: Record, disputes: Collection[Place], given_up: Collection[tuple[str, int]]
) -> dict[Place, set[Why]]:
    """Everything to look at in one record, with all the reasons."""
    found: dict[Place, set[Why]] = {}

    def add(step: int, criterion: str, why: Why) -> None:
        found.setdefault((record.id, step, criterion), set()).add(why)

    for _, step, criterion in sorted(d for d in disputes if d[0] == record.id):
        add(step, criterion, "disputed")
    for number, step in enumerate(record.steps, start=1):
        verdict = step.verdict
        if not isinstance(verdict, Verdict):
            if verdict and (not verdict.passing or (record.id, number - 1) in given_up):
                add(number, "", "ungraded")
            continue
        for act in verdict.flags:
            add(number, FLAG + act.id, "flagged")
        for id in verdict.ungraded:
            add(number, id, "ungraded")
        for id in verdict.contested:
            add(number, id, "contested")
        for criterion in record.rubric.criteria:
            grade = verdict.grades.get(criterion.id)
            if grade and criterion.auto_fail and grade.level == "missed":
                add(number, criterion.id, "flagged")
            elif grade and borderline(criterion, grade):
                add(number, criterion.id, "borderline")
    return found


def borderline(criterion: Criterion, grade: Grade) -> bool:
    """Whether one check more would have met a criterion that weighs a lot (`HEAVY`), or of which
    any lapse counts."""
    counts = criterion.aggregation == "worst" or criterion.weight >= HEAVY
    return counts and grade.level == "partly" and list(grade.checks.values()).count(False) == 1


# -------------------------------------------------------------------------- rulings


def ruling(
    record: Record,
    step: int,
    criterion: str,
    *,
    level: str,
    quote: str,
    reason: str,
    who: str,
    at: datetime,
) -> Ruling:
    """A person's word on one grade. Raises HotseatError when there is no such grade, no reason is
    given, or what was done well is not shown in the reply's own words."""
    flag = criterion.startswith(FLAG)
    levels: Mapping[str, Level] = {"met": "met", "partly": "partly", "missed": "missed", "na": "na"}
    known = flag or any(criterion == each.id for each in record.rubric.criteria)
    if not (1 <= step <= len(record.steps) and known):
        raise HotseatError("there is no such grade", fix="choose one from the queue")
    if level not in levels or (flag and level not in ("met", "missed")):
        raise HotseatError("no level was chosen", fix="choose one")
    if flag and judged(record, step, criterion) != "missed":
        raise HotseatError("no such flag was raised", fix="choose one from the queue")
    if not (reason := " ".join(reason.split())[:1_000]):
        raise HotseatError("no reason was given", fix="say why in a sentence; the trainee reads it")
    reply, quote = record.steps[step - 1].trainee.text, quote.strip()
    credit = level in ("met", "partly") and not flag
    if (credit or quote) and not is_quote(quote, reply):
        raise HotseatError(
            "the quote is not in this reply" if quote else "there is no quote",
            fix="select the words in the reply, three at least",
        )
    return Ruling(
        record=record.id,
        step=step,
        criterion=criterion,
        level=levels[level],
        quote=quote,
        reason=reason,
        judged=judged(record, step, criterion),
        who=who,
        at=at,
    )


def judged(record: Record, step: int, criterion: str) -> Level | None:
    """What the judge said; None where it could not. A flag it raised counts as missed."""
    verdict = record.steps[step - 1].verdict
    if not isinstance(verdict, Verdict):
        return None
    if criterion.startswith(FLAG):
        raised = any(act.id == criterion.removeprefix(FLAG) for act in verdict.flags)
        return "missed" if raised else "met"
    grade = verdict.grades.get(criterion)
    return grade.level if grade else None


def label(ruling: Ruling) -> Label | None:
    """The gold label that a ruling leaves; None for one about a flag."""
    if ruling.criterion.startswith(FLAG):
        return None
    return Label(
        item=f"{ruling.record}:{ruling.step}",
        criterion=ruling.criterion,
        rater=RULED + ruling.who,
        level=ruling.level,
        quote=ruling.quote,
        at=ruling.at,
    )


def overturned(rulings: Iterable[Ruling]) -> dict[str, Overturned]:
    """By criterion, how often the last word on a grade is other than the judge's. Grades that no
    judge gave are left out."""
    last = {(r.record, r.step, r.criterion): r for r in rulings if r.judged is not None}
    counted: dict[str, Overturned] = {}
    for one in last.values():
        times, of = counted.get(one.criterion, Overturned(0, 0))
        counted[one.criterion] = Overturned(times + (one.level != one.judged), of + 1)
    return counted


def title(criterion: str, rubric: Rubric) -> str:
    """What a ruling is about, in words."""
    if criterion.startswith(FLAG):
        act = criterion.removeprefix(FLAG)
        return f"Flag: {ACTS.get(act, act)}"
    return next((c.title for c in rubric.criteria if c.id == criterion), criterion)


# -------------------------------------------------------------------------- what is released


def released(record: Record, rulings: Iterable[Ruling]) -> Record:
    """The record as its trainee is told of it: the last ruling on a grade in the place of the
    judge's. Whatever was stored stays as it was, the mood that a verdict settled included."""
    last: dict[int, dict[str, Ruling]] = {}
    for one in rulings:
        if one.record == record.id:
            last.setdefault(one.step, {})[one.criterion] = one
    if not last:
        return record
    steps = tuple(
        _released(record, step, last.get(number, {}))
        for number, step in enumerate(record.steps, start=1)
    )
    return record.model_copy(update={"steps": steps})


def _released(record: Record, step: Step, ruled: Mapping[str, Ruling]) -> Step:
    grades = {
        id: Grade(level=one.level, quote=one.quote, why=one.reason)
        for id, one in ruled.items()
        if not id.startswith(FLAG)
    }
    lifted = {
        id.removeprefix(FLAG)
        for id, one in ruled.items()
        if id.startswith(FLAG) and one.level == "met"
    }
    verdict = step.verdict
    if not isinstance(verdict, Verdict):
        if not grades:
            return step
        reason = verdict.reason if verdict else "not graded"
        verdict = Verdict(
            grades={},
            ungraded={criterion.id: reason for criterion in record.rubric.criteria},
            engine="",
            rubric=record.pins.rubric,
        )
    told = verdict.model_copy(
        update={
            "grades": {**verdict.grades, **grades},
            "ungraded": {id: why for id, why in verdict.ungraded.items() if id not in grades},
            "contested": {id: g for id, g in verdict.contested.items() if id not in grades},
            "flags": tuple(act for act in verdict.flags if act.id not in lifted),
        }
    )
    return step.model_copy(update={"verdict": told})


def of_record(rulings: Sequence[Ruling], record: str, step: int, criterion: str) -> list[Ruling]:
    """Every ruling on one grade, in the order in which they were made: its audit."""
    place = (record, step, criterion)
    return [r for r in rulings if (r.record, r.step, r.criterion) == place]

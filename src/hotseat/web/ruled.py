"""What people said of a trainee's grades, in words for that trainee: rulings and disputes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from ..domain import Dispute, Level, Record, Ruling
from ..errors import HotseatError
from ..store import Store
from ..studio.reviewing import FLAG, title
from ..studio.reviewing import released as _released
from .render import LEVELS, capfirst

LONGEST_REASON = 1_000


class Lines(NamedTuple):
    """Rulings as sentences: about grades, by criterion, and about flags that were lifted."""

    grades: Mapping[str, Sequence[str]]
    flags: Sequence[str]


class Said(NamedTuple):
    """Everything said of one record's grades. `ruled` is what rulings say, `confirmed` who
    confirmed a flag, by criterion, and `disputed` the replies, in words, that wait for a ruling."""

    rulings: Sequence[Ruling]
    ruled: Lines
    confirmed: Mapping[str, str]
    disputed: Mapping[str, str]


UNSAID = Said((), Lines({}, ()), {}, {})


async def said(store: Store, record: Record) -> Said:
    """What people said of a record's grades."""
    return told(
        record, await store.reviews.rulings(record.id), await store.reviews.disputes(record.id)
    )


def told(record: Record, rulings: Sequence[Ruling], disputes: Sequence[Dispute]) -> Said:
    """The same from what was kept."""
    last = {(r.step, r.criterion): r for r in rulings}
    grades: dict[str, list[str]] = {}
    lifted: list[str] = []
    confirmed: dict[str, str] = {}
    for (_, criterion), one in sorted(last.items()):
        if not criterion.startswith(FLAG):
            grades.setdefault(criterion, []).append(in_words(one))
        elif one.level == "met":
            what = title(criterion, record.rubric)
            lifted.append(f"{what}, reply {one.step}: {one.who} lifted it. {one.reason}")
        if one.level == "missed":
            confirmed[criterion] = f"Confirmed by {one.who} ({one.reason})"
    waiting: dict[str, list[str]] = {}
    for each in disputes:
        ruling = last.get((each.step, each.criterion))
        if ruling is None or ruling.at < each.at:
            waiting.setdefault(each.criterion, []).append(f"reply {each.step}")
    return Said(
        rulings,
        Lines(grades, lifted),
        confirmed,
        {criterion: " and ".join(steps) for criterion, steps in waiting.items()},
    )


def in_words(ruling: Ruling) -> str:
    """ "Reply 2: the judge said partly; Mo ruled met. You gave a date." """
    said = f"{judge_said(ruling.judged)}; {ruling.who} ruled {word(ruling.level)}"
    return f"Reply {ruling.step}: {said}. {capfirst(ruling.reason)}"


def judge_said(level: Level | None) -> str:
    return f"the judge said {word(level)}" if level else "the judge could not say"


def word(level: Level) -> str:
    """A level in a sentence: "not due"."""
    return LEVELS[level][1].lower()


async def released(store: Store, records: Sequence[Record]) -> list[Record]:
    """Records as their trainee is told of them: rulings in the place of the judge's grades."""
    rulings = await store.reviews.rulings() if records else []
    return [_released(record, rulings) for record in records]


async def dispute(store: Store, record: Record, asked: Mapping[str, str]) -> None:
    """Keep a trainee's word that a grade of their own record looks wrong."""
    step, criterion = asked.get("step", ""), asked.get("criterion", "")
    number = int(step) if step.isdecimal() and len(step) < 6 else 0
    known = any(criterion == each.id for each in record.rubric.criteria)
    if not (known and 1 <= number <= len(record.steps)):
        raise HotseatError("there is no such grade", fix="open the scorecard again")
    reason = asked.get("reason", "").strip()[:LONGEST_REASON]
    await store.reviews.dispute(
        Dispute(
            record=record.id,
            step=number,
            criterion=criterion,
            reason=reason,
            at=datetime.now(UTC),
        )
    )

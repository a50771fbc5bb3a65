"""Grades that a person should look at, one by one, and what became of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from ..debrief import passages
from ..domain import Criterion, Grade, Look, Record, Rubric, Ruling, Source, Ungraded, Verdict
from ..errors import HotseatError
from ..studio import reviewing
from ..studio.reviewing import FLAG, Item, Overturned, Why
from .follow import Slots
from .identity import SIGNED_IN, Visitor
from .render import render
from .report import document
from .ruled import judge_said, word
from .studio import Asked, Place, Studio, name, page

RECENT = 200
"""Encounters looked through for the queue, newest first."""

SHOWN = 20
"""Items of the queue on one page; ruling on some brings up the next."""

TITLES: Mapping[Why, str] = MappingProxyType(
    {
        "disputed": "Disputed",
        "flagged": "Flagged",
        "ungraded": "Not graded",
        "contested": "Contested",
        "borderline": "Borderline",
    }
)
MEANS: Mapping[Why, str] = MappingProxyType(
    {
        "disputed": "its trainee says that this score looks wrong",
        "flagged": "it may fail the whole encounter",
        "ungraded": "no judge could say",
        "contested": "the second judge disagrees",
        "borderline": "it is one check short, and weighs a lot",
    }
)
"""Why something waits, in a word and in a sentence."""


class Line(NamedTuple):
    """One line of the queue."""

    title: str
    about: str
    reply: str
    whys: str
    said: str
    address: str


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """The queue, or one grade of it."""
    if asked.get("record"):
        yield await _item(studio, who, asked)
    else:
        yield await _queue(studio, who, asked)


async def rule(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Keep a person's word on a grade, and the gold label that it leaves."""
    record = await _record(studio, who, asked)
    if who.trainee.startswith(SIGNED_IN) and record.trainee == who.trainee:
        raise HotseatError("this is your own encounter", fix="leave it to another trainer")
    ruling = reviewing.ruling(
        record,
        _number(asked),
        asked.get("criterion", ""),
        level=asked.get("level", ""),
        quote=asked.get("quote", ""),
        reason=asked.get("reason", ""),
        who=name(who),
        at=datetime.now(UTC),
    )
    seen = _number(asked, "seen") if "seen" in asked else None
    if not await studio.store.reviews.rule(ruling, reviewing.label(ruling), seen=seen):
        raise HotseatError(
            "somebody else ruled on it meanwhile",
            fix="load the page to read what they said; then rule again if you still would",
        )
    yield await _item(studio, who, asked, record, ruled=True)


# -------------------------------------------------------------------------- the queue


async def _waiting(studio: Studio) -> tuple[list[Item], list[Ruling]]:
    store = studio.store
    rulings = await store.reviews.rulings()
    disputes, given_up = await store.reviews.disputes(), await store.waiting.given_up()
    records = await store.recent(RECENT)
    older = {d.record for d in disputes} | {id for id, _ in given_up}
    records += await store.some(older - {record.id for record in records})
    return reviewing.queue(records, disputes, rulings, given_up), rulings


async def _queue(studio: Studio, who: Visitor, asked: Asked) -> Slots:
    items, rulings = await _waiting(studio)
    chosen = next((why for why in TITLES if why == asked.get("why")), None)
    fitting = [item for item in items if chosen is None or chosen in item.whys]
    shown = fitting[:SHOWN]
    others = {item.record.id for item in shown if item.record.trainee != who.trainee}
    looks = [Look(name(who), record, datetime.now(UTC)) for record in sorted(others)]
    await studio.store.reviews.look(*looks)
    tabs = [
        (title, f"?review=1&why={why}", why, sum(why in item.whys for item in items))
        for why, title in TITLES.items()
    ]
    html = page(
        "review",
        "review",
        lines=[_line(item) for item in shown],
        more=len(fitting) - len(shown),
        tabs=[tab for tab in tabs if tab[3] or tab[2] == chosen],
        chosen=chosen or "",
        total=len(items),
        rates=_rates(reviewing.overturned(rulings), studio.content.rubrics.values()),
        ruled=len(rulings),
    )
    address = f"?review=1&why={chosen}" if chosen else "?review=1"
    return studio.screen(address, "Review", page=html)


def _line(item: Item) -> Line:
    record, step, criterion = item.record, item.step, item.criterion
    said = ""
    if criterion and not criterion.startswith(FLAG):
        said = judge_said(reviewing.judged(record, step, criterion))
    return Line(
        title=reviewing.title(criterion, record.rubric) if criterion else "The whole reply",
        about=f"{record.persona.name}, {record.scenario.title}, reply {step}",
        reply=record.steps[step - 1].trainee.text,
        whys="; ".join(MEANS[why] for why in item.whys),
        said=said,
        address=_address(record.id, step, criterion),
    )


def _address(record: str, step: int, criterion: str) -> str:
    asked = {"review": "1", "record": record, "step": step}
    return "?" + urlencode({**asked, "criterion": criterion} if criterion else asked)


def _rates(
    found: Mapping[str, Overturned], rubrics: Collection[Rubric]
) -> list[tuple[str, Overturned, str]]:
    """Overturn rates in words, the most often overturned first."""

    def titled(criterion: str) -> str:
        for rubric in rubrics:
            if (said := reviewing.title(criterion, rubric)) != criterion:
                return said
        return criterion

    rows = sorted(found.items(), key=lambda each: (-each[1].times / each[1].of, each[0]))
    return [(titled(id), rate, f"{100 * rate.times / rate.of:.0f}%") for id, rate in rows]


# -------------------------------------------------------------------------- one grade


class Case(NamedTuple):
    """One grade with all that bears on it. `checks` are questions with the judge's answers,
    None where it gave none."""

    criterion: Criterion | None
    grade: Grade | None
    second: Grade | None
    judge: str
    second_judge: str
    why_ungraded: str
    checks: Sequence[tuple[str, bool | None]]
    source: Source | None
    flag: str


async def _item(
    studio: Studio,
    who: Visitor,
    asked: Asked,
    record: Record | None = None,
    *,
    ruled: bool = False,
) -> Slots:
    record = record or await _record(studio, who, asked, look=True)
    step, criterion = _number(asked), asked.get("criterion", "")
    if not 1 <= step <= len(record.steps):
        raise HotseatError("there is no such reply", fix="choose one from the queue")
    reviews = studio.store.reviews
    rulings, disputes = await reviews.rulings(record.id), await reviews.disputes(record.id)
    items, _ = await _waiting(studio)
    here = next((item for item in items if item.place == (record.id, step, criterion)), None)
    following = next((i for i in items if i.place != (record.id, step, criterion)), None)
    case = _case(studio, record, step, criterion)
    context = {
        "case": case,
        "record": record,
        "step": step,
        "criterion": criterion,
        "title": reviewing.title(criterion, record.rubric) if criterion else "The whole reply",
        "flag": criterion.startswith(FLAG),
        "audit": [
            (ruling, judge_said(ruling.judged), _ruled(ruling))
            for ruling in reviewing.of_record(rulings, record.id, step, criterion)
        ],
    }
    before = [
        turn for turn in record.transcript if turn.number < record.steps[step - 1].trainee.number
    ]
    html = page(
        "review_item",
        "review",
        **context,
        whys=[MEANS[why] for why in here.whys] if here else [],
        dispute=next((d for d in disputes if (d.step, d.criterion) == (step, criterion)), None),
        before=before[:-1],
        asked_of=before[-1],
        reply=record.steps[step - 1].trainee,
        ruled=ruled,
        following=_address(*following.place) if following else "",
        left=len(items),
        document=document(case.source) if case.source else "",
        choices=[(c.title, _address(record.id, step, c.id)) for c in record.rubric.criteria],
        said=word,
    )
    aside = ""
    if criterion:
        looks = await reviews.looks(record.id)
        aside = render("studio_review_aside", **context, looks=looks, said=word)
    title = f"{context['title']}, reply {step}"
    return studio.screen(_address(record.id, step, criterion), title, page=html, aside=aside)


def _case(studio: Studio, record: Record, step: int, id: str) -> Case:
    verdict = record.steps[step - 1].verdict
    graded = verdict if isinstance(verdict, Verdict) else None
    criterion = next((c for c in record.rubric.criteria if c.id == id), None)
    raised = id.startswith(FLAG) and reviewing.judged(record, step, id) == "missed"
    if id and criterion is None and not raised:
        raise HotseatError("there is no such criterion", fix="choose one from the queue")
    grade = graded.grades.get(id) if graded else None
    flagged = [a.quote for a in graded.flags if FLAG + a.id == id] if graded else []
    known = record.rubric.with_passages(studio.content.sources)
    found = passages(criterion, grade.level if grade else "missed", known) if criterion else ()
    answers = grade.checks if grade else {}
    return Case(
        criterion=criterion,
        grade=grade,
        second=graded.contested.get(id) if graded else None,
        judge=graded.engine if graded else "",
        second_judge=graded.second if graded else "",
        why_ungraded=_why_ungraded(verdict, id),
        checks=[(c.ask, answers.get(c.id)) for c in criterion.checks] if criterion else [],
        source=next(iter(found), None),
        flag="; ".join(flagged),
    )


def _why_ungraded(verdict: Verdict | Ungraded | None, criterion: str) -> str:
    if isinstance(verdict, Verdict):
        return verdict.ungraded.get(criterion, "")
    return verdict.reason if verdict else "it was not graded"


def _ruled(ruling: Ruling) -> str:
    if ruling.criterion.startswith(FLAG):
        return "lifted it" if ruling.level == "met" else "confirmed it"
    return f"ruled {word(ruling.level)}"


async def _record(studio: Studio, who: Visitor, asked: Asked, *, look: bool = False) -> Record:
    """Anybody's record; opening another's is noted."""
    record = await studio.store.load(asked.get("record", ""), None)
    if look and record.trainee != who.trainee:
        await studio.store.reviews.look(Look(name(who), record.id, datetime.now(UTC)))
    return record


def _number(asked: Asked, field: str = "step") -> int:
    said = asked.get(field, "")
    return int(said) if said.isdecimal() and len(said) < 6 else 0


PLACES: Mapping[str, Place] = MappingProxyType({"review": show})
ACTS: Mapping[str, Place] = MappingProxyType({"review-rule": rule})

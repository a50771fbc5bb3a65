"""Two trainers or more label replies blind; afterwards, how far they and the judge agree."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from ..domain import Label, Look, Rubric
from ..errors import HotseatError
from ..evidence import is_quote
from ..studio import calibrating
from ..studio.calibrating import ENOUGH, LEAST, Agreement, Finding, Key, Task, blind
from ..studio.edit import Change
from .follow import Slots
from .identity import SIGNED_IN, Visitor
from .render import LEVELS, first_name, render
from .studio import RUBRIC, Asked, Place, Studio, name, page

RECENT = 300
"""Encounters that replies to label are taken from, newest first."""

LONGEST_NAME = 40

DOUBTS = 3
"""Disagreements shown for a criterion, the widest first."""

KEYS = (("1", "missed"), ("2", "partly"), ("3", "met"), ("0", "na"))
"""What to press for a level."""

ORDER = ("met", "partly", "missed", "na")


class Queue(NamedTuple):
    """What there is to label, and what was given so far, by rater."""

    about: str
    tasks: Sequence[Task]
    given: Mapping[str, Mapping[Key, Label]]

    def of(self, rater: str) -> list[Task]:
        """A rater's own part: nobody labels replies of their own."""
        own = f"{SIGNED_IN}{rater}"
        return [task for task in self.tasks if task.record.trainee != own]

    def done(self, rater: str) -> int:
        return sum(task.key in self.given.get(rater, {}) for task in self.of(rater))

    def finished(self) -> list[str]:
        return [rater for rater in sorted(self.given) if self.done(rater) == len(self.of(rater))]


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Where to begin, the next reply to label, or what came out."""
    if asked.get("results"):
        yield await _results(studio, who, asked)
    elif rater := _rater(who, asked):
        yield await _task(studio, who, rater, asked)
    else:
        yield await _start(studio, who, asked)


async def begin(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Take up labelling where this rater left it."""
    rater = _rater(who, {**asked, "as": asked.get("as") or " "})
    if not rater:
        raise HotseatError("no name was given", fix="say who labels; your colleague uses another")
    yield await _task(studio, who, rater, asked)


async def label(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Keep one label, and show what comes next."""
    rater = _rater(who, asked)
    queue = await _queue(studio, asked.get("about", ""))
    key = asked.get("item", ""), asked.get("criterion", "")
    task = next((task for task in queue.of(rater) if task.key == key), None)
    level = next((level for level in LEVELS if level == asked.get("level")), None)
    if not rater or task is None or level is None or level == "ungraded":
        raise HotseatError("this is not in your queue any more", fix="go on with the next one")
    quote = asked.get("quote", "").strip()
    if quote and not is_quote(quote, task.record.steps[task.step - 1].trainee.text):
        raise HotseatError(
            "the quote is not in this reply", fix="select three words at least, or none"
        )
    given = {
        "item": key[0],
        "criterion": key[1],
        "rater": blind(rater, queue.about),
        "level": level,
    }
    found = Label.model_validate({**given, "quote": quote, "at": datetime.now(UTC)})
    await studio.store.reviews.label(found)
    yield await _task(studio, who, rater, {"about": queue.about})


async def undo(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Take this rater's newest label back, and show what it was about."""
    rater, about = _rater(who, asked), asked.get("about", "")
    queue = await _queue(studio, about)
    given = queue.given.get(rater, {})
    if not given:
        raise HotseatError("there is nothing to undo")
    key = max(given, key=lambda key: given[key].at)
    await studio.store.reviews.unlabel(*key, blind(rater, queue.about))
    at = next(n for n, task in enumerate(queue.of(rater), start=1) if task.key == key)
    yield await _task(studio, who, rater, {"about": about, "at": str(at)})


async def advise(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Put into the trainer's draft of the rubric that a criterion is advisory, or is not."""
    id, value = asked.get("criterion", ""), "true" if asked.get("value") == "true" else None
    if all(id != criterion.id for criterion in _rubric(studio).criteria):
        raise HotseatError("there is no such criterion", fix="open the results again")
    changes = [Change(f"criteria.{id}.advisory", value)]
    await studio.publishing.change("rubric", RUBRIC, name(who), changes)
    yield await _results(studio, who, asked, advised=id)


# -------------------------------------------------------------------------- pages


async def _start(studio: Studio, who: Visitor, asked: Asked) -> Slots:
    queue = await _queue(studio, asked.get("about", ""))
    rubric = _rubric(studio)
    raters = [(rater, queue.done(rater), len(queue.of(rater))) for rater in sorted(queue.given)]
    html = page(
        "calibrate",
        "calibrate",
        about=queue.about,
        criteria=[(c.id, c.title) for c in rubric.criteria],
        size=len(queue.tasks),
        raters=raters,
        finished=len(queue.finished()),
        waits=_waits(queue, _name(who)),
        signed_in=who.trainee.startswith(SIGNED_IN),
        results=_address(about=queue.about, results="1"),
        least=f"{LEAST:.2f}",
        enough=ENOUGH,
    )
    return studio.screen(_address(about=queue.about), "Calibrate", page=html)


async def _task(studio: Studio, who: Visitor, rater: str, asked: Asked) -> Slots:
    queue = await _queue(studio, asked.get("about", ""))
    mine, given = queue.of(rater), queue.given.get(rater, {})
    at = _at(asked, mine, given)
    if at is None:
        html = page(
            "calibrate_done",
            "calibrate",
            rater=rater,
            number=len(mine),
            others=[one for one in queue.finished() if one != rater],
            results=_address(about=queue.about, results="1"),
            begin=_address(),
        )
        return studio.screen(_here(rater, queue), f"Done, {rater}", page=html)
    task = mine[at - 1]
    record = task.record
    if record.trainee != who.trainee:
        await studio.store.reviews.look(Look(name(who), record.id, datetime.now(UTC)))
    turns = record.transcript
    reply = record.steps[task.step - 1].trainee
    before = [turn for turn in turns if turn.number < reply.number]
    html = page(
        "calibrate_task",
        "calibrate",
        rater=rater,
        record=record,
        number=at,
        of=len(mine),
        done=queue.done(rater),
        customer_name=first_name(record.persona),
        before=before[:-1],
        asked_of=before[-1],
        reply=reply,
        policy=record.scenario.policy.text,
        previous=_here(rater, queue, at - 1) if at > 1 else "",
        following=_here(rater, queue, at + 1) if at < len(mine) else "",
    )
    aside = render(
        "studio_calibrate_aside",
        rater=rater,
        about=queue.about,
        item=task.key[0],
        criterion=task.criterion,
        keys=[(key, level, LEVELS[level][1]) for key, level in KEYS],
        given=given.get(task.key),
        undo=bool(given),
    )
    address = _here(rater, queue, at) if asked.get("at") else _here(rater, queue)
    title = f"{task.criterion.title}, {at} of {len(mine)}"
    return studio.screen(address, title, page=html, aside=aside)


async def _results(studio: Studio, who: Visitor, asked: Asked, *, advised: str = "") -> Slots:
    queue = await _queue(studio, asked.get("about", ""))
    if problem := _waits(queue, _name(who)):
        raise HotseatError(problem, fix="label first; the results stay shut so that it is blind")
    done = queue.finished()
    given = {rater: queue.given[rater] for rater in done}
    found = await asyncio.to_thread(calibrating.findings, queue.tasks, given)
    rubric = _rubric(studio)
    for record in {d.task.record.id for one in found for d in one.doubts[:DOUBTS]}:
        await studio.store.reviews.look(Look(name(who), record, datetime.now(UTC)))
    html = page(
        "calibrate_results",
        "calibrate",
        raters=done,
        total=len(queue.tasks),
        findings=[(one, _sides(one), _table(one)) for one in found],
        levels=[LEVELS[level][1] for level in ORDER],
        doubts=DOUBTS,
        titles={level: LEVELS[level][1] for level in ORDER},
        advisory={c.id for c in rubric.criteria if c.advisory},
        advised=advised,
        about=queue.about,
        rubric=RUBRIC,
        begin=_address(about=queue.about),
        least=f"{LEAST:.2f}",
        enough=ENOUGH,
    )
    return studio.screen(_address(about=queue.about, results="1"), "Agreement", page=html)


def _sides(found: Finding) -> list[tuple[str, str, Agreement]]:
    """The four comparisons of a finding, in words."""
    return [
        ("People with people", "due or not", found.people_due),
        ("People with people", "level", found.people),
        ("Judge with people", "due or not", found.judge_due),
        ("Judge with people", "level", found.judge),
    ]


def _table(found: Finding) -> list[tuple[str, list[tuple[int, bool]]]]:
    """The confusion table: people's level, then how often the judge said each, with whether that
    is agreement."""
    return [
        (
            LEVELS[person][1],
            [(found.confusion.get((person, judge), 0), person == judge) for judge in ORDER],
        )
        for person in ORDER
    ]


# -------------------------------------------------------------------------- within


async def _queue(studio: Studio, about: str) -> Queue:
    rubric = _rubric(studio)
    about = about if any(about == c.id for c in rubric.criteria) else ""
    given = calibrating.labelled(await studio.store.reviews.labels(), about)
    found = calibrating.tasks(await studio.store.recent(RECENT), rubric)
    begun = {key for labels in given.values() for key in labels}
    chosen = calibrating.queue(found, begun=begun, about=about, seed=RUBRIC)
    return Queue(about, chosen, given)


def _waits(queue: Queue, me: str) -> str:
    """Why the results cannot be seen yet; nothing when they can."""
    if me in queue.given and 0 < queue.done(me) < len(queue.of(me)):
        return "you have not finished labelling"
    if len(queue.finished()) < 2:
        return "two people have to finish first"
    return ""


def _rater(who: Visitor, asked: Asked) -> str:
    """Who labels: the signed-in name; without a sign-in the name that was typed, which two people
    at one machine need, and which opens nothing."""
    if who.trainee.startswith(SIGNED_IN):
        return _name(who) if asked.get("as") else ""
    return " ".join(asked.get("as", "").split())[:LONGEST_NAME]


def _name(who: Visitor) -> str:
    return name(who) if who.trainee.startswith(SIGNED_IN) else ""


def _at(asked: Asked, mine: Sequence[Task], given: Mapping[Key, Label]) -> int | None:
    """Which task to show, from 1: the one asked for, else the first without a label; None when
    everything is labelled."""
    wanted = asked.get("at", "")
    if wanted.isdecimal() and len(wanted) < 6 and 1 <= int(wanted) <= len(mine):
        return int(wanted)
    return next((n for n, task in enumerate(mine, start=1) if task.key not in given), None)


def _here(rater: str, queue: Queue, at: int | None = None) -> str:
    more = {"about": queue.about, "at": str(at) if at else ""}
    return _address(**{"as": rater, **more})


def _address(**asked: str) -> str:
    return "?" + urlencode({"calibrate": "1", **{k: v for k, v in asked.items() if v}})


def _rubric(studio: Studio) -> Rubric:
    return studio.content.rubrics[RUBRIC]


PLACES: Mapping[str, Place] = MappingProxyType({"calibrate": show})
ACTS: Mapping[str, Place] = MappingProxyType(
    {
        "calibrate-begin": begin,
        "calibrate-label": label,
        "calibrate-undo": undo,
        "calibrate-advise": advise,
    }
)

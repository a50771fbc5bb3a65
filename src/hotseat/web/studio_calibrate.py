"""Two trainers or more label replies blind, one criterion on one reply at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from ..domain import Label, Look
from ..errors import HotseatError
from ..evidence import is_quote
from ..studio.calibrating import ENOUGH, LEAST, Key, Task, blind
from .follow import Slots
from .identity import SIGNED_IN, Visitor
from .render import LEVELS, render
from .studio import Asked, Place, Studio, name, page
from .studio_agreement import results
from .studio_labelling import Queue, address, practice, queue_about, signed, waits

LONGEST_NAME = 40

KEYS = (("1", "missed"), ("2", "partly"), ("3", "met"), ("0", "na"))
"""What to press for a level."""


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Where to begin, the next reply to label, or what came out."""
    if asked.get("results"):
        yield await results(studio, who, asked)
    elif rater := _rater(who, asked):
        yield await _task(studio, who, rater, asked)
    else:
        yield await _start(studio, who, asked)


async def begin(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Take up labelling where this rater left it."""
    rater = _rater(who, {**asked, "as": asked.get("as") or " "})
    if not rater:
        raise HotseatError("no name was given", fix="say who labels; your colleague uses another")
    await queue_about(studio, asked.get("about", ""), fresh=True)
    yield await _task(studio, who, rater, asked)


async def label(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Keep one label, and show what comes next."""
    rater = _rater(who, asked)
    queue = await queue_about(studio, asked.get("about", ""))
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
    queue = await queue_about(studio, about)
    given = queue.given.get(rater, {})
    if not given:
        raise HotseatError("there is nothing to undo")
    key = max(given, key=lambda key: given[key].at)
    await studio.store.reviews.unlabel(*key, blind(rater, queue.about))
    at = next(n for n, task in enumerate(queue.of(rater), start=1) if task.key == key)
    yield await _task(studio, who, rater, {"about": about, "at": str(at)})


# -------------------------------------------------------------------------- pages


async def _start(studio: Studio, who: Visitor, asked: Asked) -> Slots:
    queue = await queue_about(studio, asked.get("about", ""), fresh=True)
    rubric = practice(studio)
    raters = [(rater, queue.done(rater), len(queue.of(rater))) for rater in sorted(queue.given)]
    html = page(
        "calibrate",
        "calibrate",
        about=queue.about,
        criteria=[(c.id, c.title) for c in rubric.criteria],
        size=len(queue.tasks),
        raters=raters,
        finished=len(queue.finished()),
        waits=waits(queue, signed(who)),
        signed_in=who.trainee.startswith(SIGNED_IN),
        results=address(about=queue.about, results="1"),
        least=f"{LEAST:.2f}",
        enough=ENOUGH,
    )
    return studio.screen(address(about=queue.about), "Calibrate", page=html)


async def _task(studio: Studio, who: Visitor, rater: str, asked: Asked) -> Slots:
    queue = await queue_about(studio, asked.get("about", ""))
    mine, given = queue.of(rater), queue.given.get(rater, {})
    at = _at(asked, mine, given)
    if at is None:
        html = page(
            "calibrate_done",
            "calibrate",
            rater=rater,
            number=len(mine),
            others=[one for one in queue.finished() if one != rater],
            results=address(about=queue.about, results="1"),
            begin=address(),
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
    here = _here(rater, queue, at if asked.get("at") else None)
    title = f"{task.criterion.title}, {at} of {len(mine)}"
    return studio.screen(here, title, page=html, aside=aside)


# -------------------------------------------------------------------------- within


def _rater(who: Visitor, asked: Asked) -> str:
    """Who labels: the signed-in name; without a sign-in the name that was typed, which two people
    at one machine need, and which opens nothing."""
    if who.trainee.startswith(SIGNED_IN):
        return signed(who) if asked.get("as") else ""
    return " ".join(asked.get("as", "").split())[:LONGEST_NAME]


def _at(asked: Asked, mine: Sequence[Task], given: Mapping[Key, Label]) -> int | None:
    """Which task to show, from 1: the one asked for, else the first without a label; None when
    everything is labelled."""
    wanted = asked.get("at", "")
    if wanted.isdecimal() and len(wanted) < 6 and 1 <= int(wanted) <= len(mine):
        return int(wanted)
    return next((n for n, task in enumerate(mine, start=1) if task.key not in given), None)


def _here(rater: str, queue: Queue, at: int | None = None) -> str:
    more = {"about": queue.about, "at": str(at) if at else ""}
    return address(**{"as": rater, **more})


PLACES: Mapping[str, Place] = MappingProxyType({"calibrate": show})
ACTS: Mapping[str, Place] = MappingProxyType(
    {
        "calibrate-begin": begin,
        "calibrate-label": label,
        "calibrate-undo": undo,
    }
)

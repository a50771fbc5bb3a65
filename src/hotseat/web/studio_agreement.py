"""What blind labels say once two have finished: agreement, doubts, and what to do about them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from ..domain import Look
from ..errors import HotseatError
from ..studio import calibrating
from ..studio.calibrating import ENOUGH, LEAST, Agreement, Finding
from ..studio.edit import Change
from .follow import Slots
from .identity import Visitor
from .render import LEVELS
from .studio import RUBRIC, Asked, Place, Studio, name, page
from .studio_labelling import address, practice, queue_about, signed, waits

DOUBTS = 3
"""Disagreements shown for a criterion, the widest first."""

ORDER = ("met", "partly", "missed", "na")


async def advise(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Put into the trainer's draft of the rubric that a criterion is advisory, or is not."""
    id, value = asked.get("criterion", ""), "true" if asked.get("value") == "true" else None
    if all(id != criterion.id for criterion in practice(studio).criteria):
        raise HotseatError("there is no such criterion", fix="open the results again")
    changes = [Change(f"criteria.{id}.advisory", value)]
    await studio.publishing.change("rubric", RUBRIC, name(who), changes)
    yield await results(studio, who, asked, advised=id)


async def results(studio: Studio, who: Visitor, asked: Asked, *, advised: str = "") -> Slots:
    queue = await queue_about(studio, asked.get("about", ""), fresh=True)
    if problem := waits(queue, signed(who)):
        raise HotseatError(problem, fix="label first; the results stay shut so that it is blind")
    done = queue.finished()
    given = {rater: queue.given[rater] for rater in done}
    found = await asyncio.to_thread(calibrating.findings, queue.tasks, given)
    rubric = practice(studio)
    shown = {d.task.record.id for one in found for d in one.doubts[:DOUBTS]}
    looks = [Look(name(who), record, datetime.now(UTC)) for record in sorted(shown)]
    await studio.store.reviews.look(*looks)
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
        begin=address(about=queue.about),
        least=f"{LEAST:.2f}",
        enough=ENOUGH,
    )
    return studio.screen(address(about=queue.about, results="1"), "Agreement", page=html)


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


PLACES: Mapping[str, Place] = MappingProxyType({})
ACTS: Mapping[str, Place] = MappingProxyType({"calibrate-advise": advise})

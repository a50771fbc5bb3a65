"""A changed rubric on past conversations before anybody is graded by it: choose them, see what it
costs, follow the grading, and read only what flips."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from .. import catalog, llm
from ..catalog.live import checked
from ..domain import Label, Look, Rubric
from ..errors import ContentError, HotseatError
from ..studio import past, trying
from ..studio.past import Past, Pick
from ..studio.trying import Tried
from .follow import Slots
from .identity import Visitor
from .jobs import Job
from .render import count
from .studio import Asked, Place, Studio, name, page
from .studio_flips import results

NEWEST = 50
"""Stored encounters there are to choose from."""

NOT_BLIND = " (not blind)"
"""What a rater's name ends with where the judge's grade was seen before the label was given, so
that calibration, which is blind, can tell."""

GOLD = ("evals", "gold", "encounters.jsonl")


class Pair(NamedTuple):
    """What is compared: the rubric in use, and the trainer's draft. `against` says of a rubric
    that is not published yet what it is compared with."""

    id: str
    old: Rubric
    new: Rubric | None
    problems: int
    against: str

    @property
    def same(self) -> bool:
        """Whether nothing would be graded otherwise."""
        return self.new is not None and catalog.fingerprint(self.new) == catalog.fingerprint(
            self.old
        )

    @property
    def address(self) -> str:
        return f"?{urlencode({'try': self.id})}"


class Trial(NamedTuple):
    """What was set out to be tried; the first thing a job finds, the `Tried` follow."""

    old: Rubric
    new: Rubric
    pasts: Sequence[Past]


# ------------------------------------------------------------------ what is done


async def show(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """What there is to try on; or the trial that is running or has run."""
    pair = await _pair(studio, who, asked.get("try", ""))
    job = studio.rooms.jobs.find(_key(who, "try", pair.id))
    if job and not (asked.get("pick") or asked.get("again")):
        async for slots in _followed(studio, who, pair, job):
            yield slots
        return
    samples = studio.rooms.jobs.find(_key(who, "samples", pair.id))
    if samples and samples.running:
        async for _ in samples.followed():
            yield await _choose(studio, who, pair, asked)
        return
    yield await _choose(studio, who, pair, asked)


async def _run(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Start trying, once it is agreed what it costs."""
    pair = await _pair(studio, who, asked.get("rubric", ""))
    if pair.new is None:
        raise HotseatError("the draft has problems to mend first", fix="open it in the editor")
    pasts = await _pasts(studio, who, pair)
    chosen = [one for one in pasts if asked.get(f"chat:{one.id}")]
    replies = [reply for one in chosen for reply in one.replies]
    if not replies:
        raise HotseatError("nothing is chosen", fix="tick at least one conversation")
    if not studio.seats.judge.embedded and asked.get("agreed") != "yes":
        yield await _choose(studio, who, pair, asked, agree=[one.id for one in chosen])
        return
    trial = Trial(pair.old, pair.new, tuple(chosen))

    async def work() -> AsyncGenerator[Trial | Tried]:
        yield trial
        async for one in trying.try_out(replies, trial.old, trial.new, studio.seats.judge):
            yield one

    title = f"{count(len(chosen), 'conversation')}, {count(len(replies), 'reply', 'replies')}"
    job = studio.rooms.jobs.start(_key(who, "try", pair.id), len(replies), work, title)
    async for slots in _followed(studio, who, pair, job):
        yield slots


async def _cancel(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    pair = await _pair(studio, who, asked.get("rubric", ""))
    if job := studio.rooms.jobs.find(_key(who, "try", pair.id)):
        job.cancel()
        await job.ended()
        async for slots in _followed(studio, who, pair, job):
            yield slots


async def _samples(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Let the scripted trainees play six encounters, for a room in which nobody has practised."""
    pair = await _pair(studio, who, asked.get("rubric", ""))
    personas = list(studio.content.personas.values())

    def work() -> AsyncGenerator[Past]:
        return past.samples(personas, pair.old, llm.seats({}))  # by nobody who costs anything

    studio.rooms.jobs.start(_key(who, "samples", pair.id), 6, work, "Six samples")
    async for slots in show(studio, who, {"try": pair.id, "pick": "all"}):
        yield slots


async def _label(studio: Studio, who: Visitor, asked: Asked) -> AsyncIterator[Slots]:
    """Keep what a trainer says a flipped grade should be: it joins gold, marked as not blind."""
    pair = await _pair(studio, who, asked.get("rubric", ""))
    job = studio.rooms.jobs.find(_key(who, "try", pair.id))
    if job is None:
        raise HotseatError("this trial is not here any more", fix="try again")
    level = asked.get("level", "")
    flips = trying.flips(t for t in job.found if isinstance(t, Tried))
    flip = next(
        (
            f
            for f in flips
            if (f.reply.item, f.criterion) == (asked.get("item"), asked.get("criterion"))
        ),
        None,
    )
    if flip is None or level not in ("met", "partly", "missed", "na"):
        raise HotseatError("there is no such grade in this trial", fix="load the page again")
    label = Label(
        item=flip.reply.item,
        criterion=flip.criterion,
        rater=f"{name(who)}{NOT_BLIND}",
        level=level,
        quote=flip.quote if level in ("met", "partly") else "",
        at=datetime.now(UTC),
    )
    await studio.store.reviews.label(label)
    async for slots in _followed(studio, who, pair, job):
        yield slots


# ------------------------------------------------------------------ what is shown


async def _followed(studio: Studio, who: Visitor, pair: Pair, job: Job) -> AsyncIterator[Slots]:
    """A trial as it goes on; once it has ended, what flipped."""
    async for _ in job.followed():
        if job.running:
            html = _render(studio, pair, job=job, done=max(0, len(job.found) - 1))
            yield studio.screen(pair.address, "Trying", page=html)
    yield await _ended(studio, who, pair, job)


async def _ended(studio: Studio, who: Visitor, pair: Pair, job: Job) -> Slots:
    trial = next((t for t in job.found if isinstance(t, Trial)), None)
    tried = [t for t in job.found if isinstance(t, Tried)]
    found = None
    if trial is not None:
        labels = [label for one in trial.pasts for label in one.labels]
        labels += sorted(await studio.store.reviews.labels(), key=lambda label: label.at)
        found = await asyncio.to_thread(
            results,
            tried,
            (trial.old, trial.new),
            labels,
            f"{name(who)}{NOT_BLIND}",
            frozenset(one.id for one in trial.pasts if one.where == "sample"),
        )
        await _looked(studio, who, {s.flip.reply.chat for g in found.groups for s in g.flips})
    now = pair.new or pair.old
    html = _render(
        studio,
        pair,
        job=job,
        done=len(tried),
        found=found,
        stale=trial is not None and catalog.fingerprint(now) != catalog.fingerprint(trial.new),
    )
    return studio.screen(pair.address, "What would change", page=html)


async def _looked(studio: Studio, who: Visitor, shown: Collection[str]) -> None:
    """Note that somebody was shown what others wrote."""
    records = await studio.store.some(shown)
    others = sorted(record.id for record in records if record.trainee != who.trainee)
    at = datetime.now(UTC)
    await studio.store.reviews.look(*(Look(name(who), record, at) for record in others))


async def _choose(
    studio: Studio, who: Visitor, pair: Pair, asked: Asked, *, agree: Sequence[str] = ()
) -> Slots:
    """The conversations there are, with a selection; `agree` are those whose price is asked."""
    pasts = await _pasts(studio, who, pair)
    samples = studio.rooms.jobs.find(_key(who, "samples", pair.id))
    wanted = asked.get("pick", "") or ("all" if studio.seats.judge.embedded else "few")
    pick: Pick = wanted if wanted in ("few", "all", "none") else "all"
    ticked = frozenset(agree) or past.picked(pasts, pick)
    html = _render(
        studio,
        pair,
        groups=_groups(pasts),
        ticked=ticked,
        pick="" if agree else pick,
        agree=bool(agree),
        price=_price(studio, sum(len(one.replies) for one in pasts if one.id in ticked)),
        samples=samples,
    )
    return studio.screen(f"{pair.address}&again=1", "Try on past transcripts", page=html)


def _render(studio: Studio, pair: Pair, **more: object) -> str:
    context: dict[str, object] = {
        "groups": None,
        "ticked": frozenset[str](),
        "pick": "",
        "agree": False,
        "price": "",
        "samples": None,
        "job": None,
        "done": 0,
        "found": None,
        "stale": False,
        **more,
    }
    embedded = studio.seats.judge.embedded
    return page("trying", "studio", pair=pair, embedded=embedded, **context)


def _groups(pasts: Sequence[Past]) -> list[tuple[str, list[Past]]]:
    titles = (
        ("encounter", "Encounters, the newest first"),
        ("import", "Imported conversations"),
        ("gold", "Gold: labelled by people"),
        ("sample", "Samples, played by the scripted trainees"),
    )
    groups = [(title, [one for one in pasts if one.where == where]) for where, title in titles]
    return [(title, ones) for title, ones in groups if ones]


def _price(studio: Studio, replies: int) -> str:
    """What it takes to try so many replies, in words."""
    judge = studio.seats.judge
    who = "the embedded judge" if judge.embedded else judge.name
    graded = f"{count(replies, 'reply', 'replies')}, each graded twice by {who}"
    cost = trying.estimate(replies, judge)
    if cost is None:
        return f"{graded}, which has no list price"
    return f"{graded}: " + (f"about ${cost:.2f} at list price" if cost else "it costs nothing")


async def _pasts(studio: Studio, who: Visitor, pair: Pair) -> list[Past]:
    records = await studio.store.recent(NEWEST)
    found = [past.of_record(record) for record in records if record.steps]
    found += [past.of_import(one) for one in await studio.store.reviews.imports()]
    path = studio.content.root.joinpath(*GOLD)
    found += await asyncio.to_thread(past.of_gold, path)
    if samples := studio.rooms.jobs.find(_key(who, "samples", pair.id)):
        found += samples.found
    return found


async def _pair(studio: Studio, who: Visitor, id: str) -> Pair:
    """Both sides of the comparison. Raises ContentError where there is no such rubric."""
    opened = await studio.publishing.open("rubric", id, name(who))
    found = await asyncio.to_thread(checked, "rubric", id, opened.text, studio.content.root)
    rubrics = studio.content.rubrics
    old = rubrics.get(id) or next(iter(rubrics.values()), None)
    if old is None:
        raise ContentError("no rubric is published", place="rubrics/", fix="publish this one first")
    new = found.noun if isinstance(found.noun, Rubric) else None
    return Pair(id, old, new, len(found.problems), "" if id in rubrics else old.title)


def _key(who: Visitor, what: str, id: str) -> tuple[str, ...]:
    return who.trainee, what, id


PLACES: Mapping[str, Place] = MappingProxyType({"try": show})
ACTS: Mapping[str, Place] = MappingProxyType(
    {"try-run": _run, "try-cancel": _cancel, "try-samples": _samples, "try-label": _label}
)

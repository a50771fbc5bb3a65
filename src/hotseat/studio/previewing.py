"""What a change of a persona does before anybody meets it: the same replies answered by the old
and the new, and the scripted trainees let loose on it. Nothing is stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from difflib import SequenceMatcher
from statistics import mean
from typing import Literal, NamedTuple

from .. import encounter, mood, scoring
from ..customer import CustomerBrief, role_prompt
from ..domain import Direction, Import, Intensity, Noun, Outcome, Persona, Record, Rubric
from ..evaluation.flaws import flaws
from ..evaluation.simulate import Unkept, play
from ..evaluation.trainees import TRAINEES, Quality
from ..laws import MAX_TURNS
from ..llm import Seats

MOST = 6
"""Replies that are previewed at once."""

ENOUGH = 15.0
"""Points of 100 between good, average and poor from which a persona tells them apart."""

AT_ONCE = 4
"""Encounters in play at the same time."""

QUALITIES: tuple[Quality, ...] = ("good", "average", "poor")


class Said(NamedTuple):
    """What one reply was answered with. `band` is 0 (hottest) to 4, `mood` the persona's own word
    for it; `revealed` are the hidden facts that came out, `ending` how it ended here, if it did."""

    reply: str
    line: str
    mood: str
    band: int
    revealed: Sequence[str]
    ending: Outcome | None


class Side(NamedTuple):
    """One version of a persona, answering. Replies after its end are left out."""

    opening: str
    mood: str
    said: Sequence[Said]


class Run(NamedTuple):
    """One encounter with a scripted trainee. `score` is 0 to 100, None where too little was due;
    `tension` 0 to 10 where it ended; the last three are the lines in which it went wrong."""

    trainee: str
    quality: Quality
    seed: int
    outcome: Outcome
    score: float | None
    tension: int
    mood: str
    leaked: Sequence[str]
    out_of_part: Sequence[str]
    repeated: Sequence[str]


class Sum(NamedTuple):
    """All encounters of one quality. `left` is the share that walked away or asked for somebody
    senior, `tension` the mean where they ended; `score` None where nothing could be scored."""

    quality: Quality
    encounters: int
    left: float
    resolved: float
    tension: float
    score: float | None
    scores: Sequence[float]


class Separation(NamedTuple):
    """Whether a persona tells good work from poor. `gaps` are points between good and average,
    and between average and poor; None where either has no score."""

    holds: bool
    gaps: tuple[float | None, float | None]


class Words(NamedTuple):
    """A run of words in a text that was changed."""

    kind: Literal["same", "old", "new"]
    text: str


def prompt(noun: Noun | None, scenario: str) -> str:
    """What a model in the customer's seat is told for a whole encounter; empty for anything but a
    persona with this scenario."""
    if not isinstance(noun, Persona) or scenario not in noun.scenarios:
        return ""
    start = Direction(move="press", band=1)
    return role_prompt(
        CustomerBrief(persona=noun, scenario_id=scenario, transcript=(), direction=start)
    )


def reworded(old: str, new: str) -> list[list[Words]]:
    """The lines of a text that differ, as runs of words that are the same, old or new. A line
    that is only in one of the two is one run."""
    before, after = old.splitlines(), new.splitlines()
    found: list[list[Words]] = []
    for kind, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        found += [_reworded(before[a + n].split(" "), after[c + n].split(" ")) for n in range(both)]
        found += [[Words("old", line)] for line in before[a + both : b] if line]
        found += [[Words("new", line)] for line in after[c + both : d] if line]
    return found


def _reworded(old: Sequence[str], new: Sequence[str]) -> list[Words]:
    runs: list[Words] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Words("same", " ".join(old[a:b])))
            continue
        if a < b:
            runs.append(Words("old", " ".join(old[a:b])))
        if c < d:
            runs.append(Words("new", " ".join(new[c:d])))
    return runs


# ------------------------------------------------------------------ the same replies


async def answered(
    persona: Persona,
    scenario: str,
    replies: Sequence[str],
    rubric: Rubric,
    seats: Seats,
    *,
    intensity: Intensity,
    seed: int,
) -> Side:
    """How a persona answers these replies, one after the other, in an encounter like any other.
    Raises KeyError without this scenario, TurnRefused for a reply that cannot be taken, SeatError
    when a model cannot play."""
    keep = Unkept()
    record = encounter.begin(
        persona, scenario, intensity, rubric, trainee="preview", seats=seats, seed=seed
    )
    start = mood.start(persona, intensity)
    said: list[Said] = []
    for reply in replies:
        if record.outcome:
            break
        async for event in encounter.turn(record, reply, seats=seats, keep=keep):
            record = event.record
        said.append(_said(record, said))
    return Side(record.opening.text, persona.mood.words[mood.band(start)], said)


def _said(record: Record, before: Sequence[Said]) -> Said:
    step, hides = record.steps[-1], record.scenario.hides
    now = step.mood_now or mood.start(record.persona, record.intensity)
    out = [hides[key].fact for key in now.revealed if key in hides]
    known = {fact for said in before for fact in said.revealed}
    return Said(
        reply=step.trainee.text,
        line=step.customer.text if step.customer else "",
        mood=record.persona.mood.words[mood.band(now)],
        band=mood.band(now),
        revealed=[fact for fact in out if fact not in known],
        ending=record.outcome,
    )


def lines_of(past: Record | Import) -> list[str]:
    """The first replies of a past conversation, as many as are previewed."""
    return [turn.text for turn in past.transcript if turn.speaker == "trainee"][:MOST]


async def lines_by(
    quality: Quality, persona: Persona, scenario: str, rubric: Rubric, seats: Seats
) -> list[str]:
    """What a scripted trainee of this quality says to a persona."""
    by = next(trainee for trainee in TRAINEES.values() if trainee.quality == quality)
    record = encounter.begin(
        persona, scenario, "standard", rubric, trainee=by.id, seats=seats, seed=1
    )
    return lines_of(await play(record, by, seats, MOST))


# ------------------------------------------------------------------ the scripted trainees


async def auto_run(
    persona: Persona,
    scenario: str,
    rubric: Rubric,
    seats: Seats,
    *,
    intensity: Intensity,
    seeds: Iterable[int],
) -> AsyncIterator[Run]:
    """Every scripted trainee, once a seed, as they end. Closing the iterator cancels the rest.
    Raises SeatError when a model cannot play."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(id: str, seed: int) -> Run:
        async with gate:
            record = encounter.begin(
                persona, scenario, intensity, rubric, trainee=id, seats=seats, seed=seed
            )
            return seen(await play(record, TRAINEES[id], seats, MAX_TURNS))

    tasks = [asyncio.create_task(one(id, seed)) for seed in seeds for id in TRAINEES]
    try:
        for done in asyncio.as_completed(tasks):
            yield await done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def seen(record: Record) -> Run:
    """What is worth knowing of an encounter that a scripted trainee ended."""
    found = flaws(record)
    last = record.steps[-1].mood_now if record.steps else None
    now = last or mood.start(record.persona, record.intensity)

    def lines(*kinds: str) -> list[str]:
        return list(dict.fromkeys(flaw.line for flaw in found if flaw.kind in kinds))

    return Run(
        trainee=record.trainee,
        quality=TRAINEES[record.trainee].quality,
        seed=record.seed,
        outcome=record.outcome or "stopped",
        score=scoring.score_record(record).points,
        tension=now.tension,
        mood=record.persona.mood.words[mood.band(now)],
        leaked=lines("hidden fact"),
        out_of_part=lines("out of part", "gives in"),
        repeated=lines("repeated"),
    )


def summed(runs: Iterable[Run]) -> list[Sum]:
    """The encounters of each quality together, good first; none where there were none."""
    runs = list(runs)
    found: list[Sum] = []
    for quality in QUALITIES:
        ones = [run for run in runs if run.quality == quality]
        if not ones:
            continue
        scores = [run.score for run in ones if run.score is not None]
        found.append(
            Sum(
                quality=quality,
                encounters=len(ones),
                left=mean(run.outcome in ("walked_out", "escalated") for run in ones),
                resolved=mean(run.outcome == "resolved" for run in ones),
                tension=mean(run.tension for run in ones),
                score=mean(scores) if scores else None,
                scores=scores,
            )
        )
    return found


def separation(sums: Sequence[Sum]) -> Separation:
    """Whether good, average and poor end at least `ENOUGH` points apart, in that order."""
    score = {one.quality: one.score for one in sums}

    def gap(better: Quality, worse: Quality) -> float | None:
        high, low = score.get(better), score.get(worse)
        return None if high is None or low is None else high - low

    gaps = gap("good", "average"), gap("average", "poor")
    return Separation(all(g is not None and g >= ENOUGH for g in gaps), gaps)

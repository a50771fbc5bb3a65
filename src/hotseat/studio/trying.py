"""A changed rubric on past conversations, before anybody is graded by it.

Both rubrics grade the same replies with the same judge, so that what differs is the rubric's
doing. Nothing is stored: stored scores keep the version they were made under.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import NamedTuple

from .. import catalog, judge, mood, scoring
from ..domain import (
    Call,
    Fault,
    Import,
    Label,
    Level,
    Record,
    Rubric,
    Score,
    Step,
    Transcript,
    Turn,
    Ungraded,
    Verdict,
)
from ..evaluation.gold import brief as plain_brief
from ..judge import JudgeBrief
from ..llm import Seat
from ..llm.calls import price

AT_ONCE = 4
"""Replies being graded at the same time; each is graded twice."""

TOKENS = (3_600, 900)
"""Tokens in and out that one grading takes: the length of our prompts with half an encounter
before the reply, at four characters a token, and of a full set of answers."""


class Reply(NamedTuple):
    """One reply of a past conversation. `chat` and `number` (from 1) name it."""

    chat: str
    title: str
    number: int
    turn: Turn
    after: Transcript
    fault: Fault
    policy: str
    record: Record | None = None

    @property
    def item(self) -> str:
        """The name that labels use."""
        return f"{self.chat}:{self.number}"

    def brief(self, rubric: Rubric) -> JudgeBrief:
        """What a judge sees of it under this rubric; a record's own reading where it has one."""
        step = self.record.steps[self.number - 1] if self.record else None
        if self.record is None or step is None or step.reading is None:
            return plain_brief(self.turn, self.after, rubric, self.fault, self.policy)
        signs = mood.signs(self.record.persona, self.record.scenario)
        return JudgeBrief(
            turn=self.turn,
            after=self.after,
            rubric=rubric,
            fault=self.fault,
            policy=self.policy,
            questions={key: sign.when for key, sign in signs.items()},
            reading=step.reading,
        )


Graded = Verdict | Ungraded


class Tried(NamedTuple):
    """One reply under the old rubric and the new."""

    reply: Reply
    before: Graded
    after: Graded
    calls: tuple[Call, ...] = ()


class Flip(NamedTuple):
    """A grade that differs. A level of None: not graded, or no such criterion there."""

    reply: Reply
    criterion: str
    before: Level | None
    after: Level | None
    quote: str
    why: str


class Shift(NamedTuple):
    """One conversation's score under both; `passed` is None where there is too little to score."""

    chat: str
    title: str
    before: Score
    after: Score
    passed: tuple[bool | None, bool | None]


def replies(past: Record | Import) -> list[Reply]:
    """Every trainee reply of a past conversation, in order."""
    if isinstance(past, Record):
        title = f"{past.persona.name}, {past.started:%d %b}"
        fault, policy, record = past.scenario.fault, past.scenario.policy.text, past
        turns = past.transcript
    else:
        title, fault, policy, record = past.title, "unknown", "", None
        turns = past.transcript
    found: list[Reply] = []
    for at, turn in enumerate(turns):
        if turn.speaker == "trainee":
            number = len(found) + 1
            found.append(Reply(past.id, title, number, turn, turns[:at], fault, policy, record))
    return found


def estimate(replies: int, seat: Seat) -> float | None:
    """US dollars at list price for trying so many replies; None where the model has no price."""
    if seat.embedded:
        return 0.0
    one = price(seat.name, *TOKENS)
    return None if one is None else 2 * replies * one


async def try_out(
    chosen: Sequence[Reply], old: Rubric, new: Rubric, seat: Seat, *, at_once: int = AT_ONCE
) -> AsyncIterator[Tried]:
    """Grade every reply under both rubrics, as they come in. Closing the iterator cancels the
    rest; a reply that cannot be graded comes with the reason."""
    gate = asyncio.Semaphore(at_once)

    async def one(reply: Reply) -> Tried:
        async with gate:
            (before, calls), (after, more) = await asyncio.gather(
                _grade(reply, old, seat), _grade(reply, new, seat)
            )
        return Tried(reply, before, after, (*calls, *more))

    tasks = [asyncio.create_task(one(reply)) for reply in chosen]
    try:
        for done in asyncio.as_completed(tasks):
            yield await done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _grade(reply: Reply, rubric: Rubric, seat: Seat) -> tuple[Graded, tuple[Call, ...]]:
    return await judge.grade(reply.brief(rubric), seat, rubric_hash=catalog.fingerprint(rubric))


def flips(tried: Iterable[Tried]) -> list[Flip]:
    """Only the grades that differ, in the order of the conversations. A reply for which either
    rubric got no verdict at all has none: that is the judge's doing and not the rubric's."""
    found: list[Flip] = []
    for one in sorted(tried, key=lambda t: (t.reply.chat, t.reply.number)):
        if not isinstance(one.before, Verdict) or not isinstance(one.after, Verdict):
            continue
        before, after = one.before.grades, one.after.grades
        for criterion in dict.fromkeys((*before, *after)):
            was, now = before.get(criterion), after.get(criterion)
            levels = was and was.level, now and now.level
            if levels[0] != levels[1]:
                said = now or was
                assert said is not None
                quote = (now.quote if now else "") or (was.quote if was else "")
                found.append(Flip(one.reply, criterion, *levels, quote, said.why))
    return found


def shifts(tried: Iterable[Tried], old: Rubric, new: Rubric) -> list[Shift]:
    """What becomes of each conversation's score, the largest change first."""
    chats: dict[str, list[Tried]] = {}
    for one in sorted(tried, key=lambda t: (t.reply.chat, t.reply.number)):
        chats.setdefault(one.reply.chat, []).append(one)
    found: list[Shift] = []
    for chat, ones in chats.items():
        before = scoring.score([Step(trainee=t.reply.turn, verdict=t.before) for t in ones], old)
        after = scoring.score([Step(trainee=t.reply.turn, verdict=t.after) for t in ones], new)
        passes = scoring.passed(before, old), scoring.passed(after, new)
        found.append(Shift(chat, ones[0].reply.title, before, after, passes))
    return sorted(found, key=lambda s: -abs((s.after.points or 0.0) - (s.before.points or 0.0)))


def agreement(
    tried: Iterable[Tried], labels: Iterable[Label]
) -> tuple[list[tuple[Level, Level]], list[tuple[Level, Level]]]:
    """Pairs of (label, judge) before and after, wherever people labelled one of these grades:
    what `evaluation.agreement` takes."""
    people: Mapping[tuple[str, str], Level] = {(x.item, x.criterion): x.level for x in labels}
    pairs: tuple[list[tuple[Level, Level]], list[tuple[Level, Level]]] = ([], [])
    for one in tried:
        for into, graded in zip(pairs, (one.before, one.after), strict=True):
            if isinstance(graded, Verdict):
                into += [
                    (level, grade.level)
                    for criterion, grade in graded.grades.items()
                    if (level := people.get((one.reply.item, criterion)))
                ]
    return pairs

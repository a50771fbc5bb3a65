"""The mood over the encounter: where it turned, on which words, and what went through a mind."""

from __future__ import annotations

from collections.abc import Iterator

from .. import mood as moods
from ..domain import ACTS, Moment, Mood, Record, Step, Verdict
from .thoughts import OPENING, thought
from .words import around, first_name, said, saw

TURNING = 2
"""Points of tension, up or down in one turn, that make a turning point."""


def final_mood(record: Record) -> Mood:
    """The last mood there is: the starting one before any reply was read."""
    for step in reversed(record.steps):
        if step.mood_now:
            return step.mood_now
    return moods.start(record.persona, record.intensity)


def moments(record: Record) -> Iterator[Moment]:
    """The opening, then one moment for every turn that has a mood. No thought comes twice."""
    before = moods.start(record.persona, record.intensity)
    opening = OPENING[record.seed % len(OPENING)]
    yield _moment(record, 0, before).model_copy(update={"thought": opening})
    used = {opening}
    for number, step in enumerate(record.steps, start=1):
        if (after := step.mood_now) is None:
            continue
        change = after.tension - before.tension
        inner = thought(step.direction, change, used, asked=_asked(step)) if step.direction else ""
        used.add(inner)
        turned = abs(change) >= TURNING
        yield _moment(record, number, after).model_copy(
            update={
                "turning": ("worse" if change > 0 else "better") if turned else "",
                "because": _because(record, step, before, after),
                "thought": inner,
            }
        )
        before = after


def _moment(record: Record, step: int, mood: Mood) -> Moment:
    band = moods.band(mood)
    return Moment(step=step, tension=mood.tension, band=band, word=record.persona.mood.words[band])


def _asked(step: Step) -> bool:
    """Whether the reply asked the customer for something they had not told yet."""
    answered = step.direction is not None and bool(step.direction.answers)
    return answered or (step.reading is not None and step.reading.did("asks_new"))


def _because(record: Record, step: Step, before: Mood, after: Mood) -> str:
    """The one thing in the turn that pulled hardest in the direction the mood went."""
    change = after.tension - before.tension
    causes = [cause for cause in _causes(record, step, before, after) if cause[0] * change > 0]
    return max(causes, key=lambda cause: abs(cause[0]))[1] if causes else ""


def _causes(record: Record, step: Step, before: Mood, after: Mood) -> Iterator[tuple[int, str]]:
    """Everything in a turn that pulls at the tension: by how much, and in words.

    The persona's own triggers come first, so that they win a tie: they say more about the case.
    """
    reading, persona, name = step.reading, record.persona, first_name(record)
    if reading is None:
        return
    if step.settled and isinstance(step.verdict, Verdict):
        seen = moods.seen_by_judge(reading, step.verdict)
    else:
        seen = moods.seen(reading)
    reply = step.trainee.text
    for key in seen.signs:
        kind, _, which = key.partition("/")
        words = said(around(reply, reading.signs.get(key, "")))
        if kind == "softens":
            trigger = persona.softens_at[int(which)]
            yield -trigger.by, saw(name, trigger) + words
        elif kind == "rises":
            trigger = persona.rises_at[int(which)]
            yield trigger.by, saw(name, trigger) + words
        elif kind == "needs" and which in after.met and which not in before.met:
            yield (
                -1,
                f"{name} was given what was needed, {record.scenario.needs[which].want}{words}",
            )
    for act in seen.acts:
        if (law := moods.LAWS.get(act.id)) and law.tension:
            yield law.tension, f"The reply {ACTS[act.id]}{said(around(reply, act.quote))}"

"""A conversation that does not end: thirty replies that settle nothing and offend nobody.

Customers drift in long conversations: they soften, forget who they are, make facts up, or say
the same again. An encounter is over after a dozen replies, so this one is held open: the mood
moves by the same laws, but patience never runs out and the last need is never met.
"""

from __future__ import annotations

from datetime import UTC, datetime

from .. import customer, mood, reader
from ..customer import CustomerBrief
from ..direction import direct
from ..domain import Call, Mood, Record, Step, Turn
from ..llm import Seat

TURNS = 30

REPLIES: tuple[str, ...] = (
    "I have your case open in front of me and I am reading it from the start.",
    "I can see why this matters to you. What has been the worst part of it so far?",
    "I do not know yet how it came to this, and I would rather say so than guess.",
    "Who have you spoken to about it before today?",
    "That is a fair point, and I had not seen it that way.",
    "Which part of it would you like me to look at first?",
    "I am asking a colleague about it while we write, so I may be slow for a moment.",
    "My colleague has read it and asks the same thing that you do.",
    "Tell me what you would have expected from us at that point.",
    "I follow. Nobody should have to ask that often.",
    "What would a good ending look like for you?",
    "I have written down what you just said, in your own words.",
    "How did you first notice that something was wrong?",
    "There are two entries here that do not agree with each other, and I want to know why.",
    "Was there anything in what you were told that turned out to be right?",
    "I have no answer to that one. I will not pretend that I have.",
    "If you were in my chair, where would you begin?",
    "The note from the other team has come, and it says less than I had hoped.",
    "How are you keeping track of all of this on your side?",
    "You have been patient with me, more than I would have been.",
    "Is there anything that you have not told us yet because nobody asked?",
    "I am still with you. I have gone back to the very first entry.",
    "What did you do when you heard nothing?",
    "I understand that better now than I did when we began.",
    "Would it help if I told you what I can see on my screen?",
    "I have read it once more, and it does not get any better.",
    "Which of the things you were told made you trust us least?",
    "I have asked for the whole history, and parts of it are missing.",
    "Let me put it the other way round: what must not happen now?",
    "I want to be sure that I have the order of things right.",
)
"""As many as a conversation has turns. None offers anything, so that none can settle it."""


async def kept_going(record: Record, seat: Seat, turns: int = TURNS) -> tuple[Record, list[Call]]:
    """The record with so many more turns, and what they took. Nothing is graded: this is about
    the customer's lines. Raises SeatError when one cannot be had."""
    signs = mood.signs(record.persona, record.scenario)
    before = at = mood.start(record.persona, record.intensity)
    calls: list[Call] = []
    for number in range(turns):
        heard = _turn(record, "trainee", REPLIES[(record.seed + number) % len(REPLIES)])
        reading = reader.read(
            heard.text,
            after=record.transcript,
            fault=record.scenario.fault,
            policy=record.scenario.policy,
            signs=signs,
        )
        saw = mood.seen(reading)
        after = mood.shift(record.persona, record.scenario, record.intensity, at, saw)
        after = _open(after, before)
        step = Step(
            trainee=heard,
            reading=reading,
            mood=after,
            direction=direct(record.scenario, at, after, saw, None),
        )
        record = record.model_copy(update={"steps": (*record.steps, step)})
        said = await _line(record, step, seat)
        calls += said.calls
        step = step.model_copy(update={"customer": _turn(record, "customer", said.text)})
        record = record.model_copy(update={"steps": (*record.steps[:-1], step)})
        at = after
    return record, calls


async def _line(record: Record, step: Step, seat: Seat) -> customer.Line:
    assert step.direction
    assert step.mood
    brief = CustomerBrief(
        persona=record.persona,
        scenario_id=record.scenario_id,
        transcript=record.transcript,
        direction=step.direction,
        earned=step.mood.revealed,
        seed=record.seed,
    )
    line = customer.Line("", seat.name)
    async for said in customer.speak(brief, seat):
        if isinstance(said, customer.Line):
            line = said
    return line


def _open(now: Mood, start: Mood) -> Mood:
    """The mood with the conversation held open."""
    return now.model_copy(
        update={
            "patience": start.patience,
            "met": now.met[:-1] if now.accepted else now.met,
            "accepted": False,
        }
    )


def _turn(record: Record, speaker: str, text: str) -> Turn:
    number = len(record.transcript) + 1
    return Turn.model_validate(
        {
            "id": f"{record.id}/{number}",
            "number": number,
            "speaker": speaker,
            "text": text,
            "at": datetime.now(UTC),
        }
    )

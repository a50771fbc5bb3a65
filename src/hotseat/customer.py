"""The customer's next line, streamed from whoever sits in the customer's seat.

The code has already decided what the line does (a `Direction`); the engine only finds the
words. Facts the trainee has not earned are not in the prompt, so they cannot leak from it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

from .domain import ACTS, BANDS, Direction, Noun, Persona, Transcript
from .errors import HotseatError, SeatError
from .llm import Seat
from .prompts import render


class CustomerBrief(Noun):
    """All an engine needs for one line. `seed` makes an embedded line repeatable;
    `earned` are the hidden facts that are out by now."""

    persona: Persona
    scenario_id: str
    transcript: Transcript
    direction: Direction
    earned: tuple[str, ...] = ()
    seed: int = 0


async def speak(brief: CustomerBrief, seat: Seat) -> AsyncIterator[str]:
    """The customer's next line in pieces, in order.

    Raises SeatError when the engine fails or says nothing.
    """
    from pydantic_ai import Agent

    said = False
    try:
        player = Agent(seat.model(brief), instructions=role_prompt(brief), retries=0)
        async with player.run_stream(line_prompt(brief)) as run:
            async for piece in run.stream_text(delta=True, debounce_by=None):
                said = said or bool(piece.strip())
                yield piece
    except HotseatError:
        raise
    except Exception as error:  # the one boundary: an error's text may hold a key, its name not
        name = type(error).__name__
        raise SeatError(f"the customer could not answer ({name})", fix="send again") from error
    if not said:
        raise SeatError("the customer said nothing", fix="send again")


def role_prompt(brief: CustomerBrief) -> str:
    """The part of the prompt that stays the same for a whole encounter."""
    persona, scenario = brief.persona, brief.persona.scenarios[brief.scenario_id]
    return render(
        "customer_role.jinja",
        name=persona.name,
        temperament=persona.temperament,
        manner=persona.voice.manner,
        habits=list(persona.voice.habits),
        length=persona.voice.length,
        never_says=list(persona.never_says),
        summary=persona.summary,
        knows=[known.says[0] for known in scenario.knows.values()],
        wants=[need.want for need in scenario.needs.values()],
        accepts_when=scenario.accepts_when,
        walks_when=scenario.walks_when,
    )


def line_prompt(brief: CustomerBrief) -> str:
    """The part that changes: the chat so far and the stage direction."""
    return render(
        "customer_line.jinja",
        transcript=[{"speaker": t.speaker, "text": t.text} for t in brief.transcript],
        direction=stage_direction(brief),
    )


_MOVES = {
    "press": "You are not satisfied yet.",
    "push_back": "You have just been offered something. Do not take it yet: test it.",
    "unheard": "They have fixed it, and nobody has listened to you yet. Say that that is missing.",
    "accept": "You accept what was agreed, in your own manner, and wait for it to be wrapped up.",
    "withdraw": "You take back your agreement because of what was just said.",
    "warn": "You are about to leave and say so.",
    "leave": "This is your last message: you leave, unsatisfied.",
    "goodbye": "This is your last message: say goodbye, settled.",
}


def stage_direction(brief: CustomerBrief) -> list[str]:
    """The direction in words: what the line must do, may reveal and may not concede."""
    direction, persona = brief.direction, brief.persona
    scenario = persona.scenarios[brief.scenario_id]
    lines = [f"Mood: {persona.mood.words[direction.band]} ({BANDS[direction.band]})."]
    lines += [f"React to this: the other side {ACTS[act.id]}." for act in direction.reacts]
    if direction.stung:
        trigger = persona.rises_at[int(direction.stung.partition("/")[2])]
        lines.append(f"This made it worse: {trigger.when} Yes.")
    lines += [f"Answer: {scenario.knows[key].says[0]}" for key in direction.answers]
    lines += [f"Let this out now: {scenario.hides[key].fact}" for key in direction.reveals]
    lines += [
        f"Already out: {scenario.hides[key].fact}"
        for key in brief.earned
        if key not in direction.reveals
    ]
    lines.append(_MOVES[direction.move])
    if direction.pushes:
        lines.append(f"What you test it against: {scenario.needs[direction.pushes].want}")
    if direction.presses:
        lines.append(f"Still missing: {scenario.needs[direction.presses].want}")
    if direction.move not in ("accept", "goodbye"):
        lines.append("You may not accept, thank or call it settled in this message.")
    return lines

"""The customer's next line, streamed from whoever sits in the customer's seat.

The code has already decided what the line does (a `Direction`); the engine only finds the
words. Facts the trainee has not earned are not in the prompt, so they cannot leak from it, and
a line that steps out of its part is written again, then replaced by a written one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass

from . import guard
from .domain import ACTS, BANDS, Call, Direction, Noun, Persona, Transcript
from .errors import SeatError
from .llm import EMBEDDED, Seat
from .llm.calls import metered
from .llm.faults import fault, seat_error
from .prompts import render

TRIES = 2
"""Times a line is asked for before it is given up or replaced by a written one."""

LONGEST_WAIT = 5.0
"""Seconds to wait when a provider asks for patience; longer and the trainee is told instead."""


@dataclass(frozen=True)
class Again:
    """What was said so far does not count; the line is being made anew."""


@dataclass(frozen=True)
class Line:
    """The line, whole and checked. `engine` is who really said it, `calls` what it took."""

    text: str
    engine: str
    calls: tuple[Call, ...] = ()


class CustomerBrief(Noun):
    """All an engine needs for one line. `seed` makes an embedded line repeatable;
    `earned` are the hidden facts that are out by now."""

    persona: Persona
    scenario_id: str
    transcript: Transcript
    direction: Direction
    earned: tuple[str, ...] = ()
    seed: int = 0


async def speak(brief: CustomerBrief, seat: Seat) -> AsyncIterator[str | Again | Line]:
    """The customer's next line in pieces, in order, then the whole as a `Line`.

    A line that fails in transport is asked for once more; one that is out of part once more,
    and then the embedded engine writes it. Raises SeatError when no line could be had within
    the seat's total deadline: the trainee's turn is safe and can be answered later.
    """
    until = asyncio.get_running_loop().time() + seat.deadlines.total
    calls: list[Call] = []
    remark = ""
    failed: SeatError | None = None
    for attempt in range(TRIES):
        pieces: list[str] = []
        try:
            async for piece in _pieces(brief, seat, attempt, remark, until, calls):
                pieces.append(piece)
                yield piece
            text = guard.tidy("".join(pieces), brief.persona.name)
            failed, remark = None, _fault(text, brief)
            if not remark:
                yield Line(text, seat.models[min(attempt, len(seat.fallbacks))], tuple(calls))
                return
        except SeatError as error:
            failed, remark = error, ""
            if error.kind == "refused":
                failed, remark = None, "a filter stopped it; say it in milder words"
        if pieces:
            yield Again()
        if failed and not (failed.passing or seat.fallbacks):
            break
        if failed and failed.retry_after:
            if failed.retry_after > LONGEST_WAIT:
                break
            await asyncio.sleep(failed.retry_after)
    if failed:
        raise failed
    from . import embedded

    written = embedded.line(brief)
    yield written
    yield Line(written, EMBEDDED, tuple(calls))


async def _pieces(
    brief: CustomerBrief, seat: Seat, attempt: int, remark: str, until: float, calls: list[Call]
) -> AsyncIterator[str]:
    """One attempt at the line, under the seat's deadlines."""
    stream = _stream(brief, seat, attempt, remark, calls)
    wait = seat.deadlines.first
    try:
        while True:
            now = asyncio.get_running_loop().time()
            async with asyncio.timeout(max(0.0, min(wait, until - now))):
                piece = await anext(stream)
            if piece.strip():
                wait = seat.deadlines.gap
            yield piece
    except StopAsyncIteration:
        return
    except TimeoutError:
        raise fault("away") from None
    finally:
        await stream.aclose()


async def _stream(
    brief: CustomerBrief, seat: Seat, attempt: int, remark: str, calls: list[Call]
) -> AsyncGenerator[str]:
    from pydantic_ai import Agent

    try:
        player = Agent(seat.model(brief, attempt), instructions=role_prompt(brief), retries=0)
        async with (
            metered(seat, attempt, calls) as meter,
            player.run_stream(line_prompt(brief, remark), model_settings=seat.settings) as run,
        ):
            async for piece in run.stream_text(delta=True, debounce_by=None):
                yield piece
            meter(run.usage)
            if run.response.finish_reason == "length":
                raise fault("cut")
            if run.response.finish_reason == "content_filter":
                raise fault("refused")
    except Exception as error:  # the one boundary: no text of a provider's error gets past it
        raise seat_error(error) from None


def _fault(text: str, brief: CustomerBrief) -> str:
    scenario = brief.persona.scenarios[brief.scenario_id]
    sayable = [t.text for t in brief.transcript]
    sayable += [said for known in scenario.knows.values() for said in known.says]
    return guard.first_fault(text, brief.direction, role_prompt(brief), sayable)


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


def line_prompt(brief: CustomerBrief, remark: str = "") -> str:
    """The part that changes: the chat so far, the stage direction, and what was wrong with a
    first attempt."""
    return render(
        "customer_line.jinja",
        remark=remark,
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

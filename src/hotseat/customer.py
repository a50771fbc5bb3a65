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
from .llm.tries import failed, note, pause, resting, tries
from .llm.window import shown
from .prompts import render

LONGEST_WAIT = 5.0
"""Seconds to wait when a provider asks for patience; longer and the trainee is told instead."""

HANG_UP = 0.5
"""Seconds that closing a connection may take before it is left to itself."""


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

    A line that fails in transport is asked for once more (with less of the chat, if that was
    too long); one that is out of part once more, and then the embedded engine writes it. A model
    that keeps failing is passed over. Raises SeatError, with the calls made, when no line could
    be had within the seat's total deadline: the trainee's turn is safe and can be answered later.
    """
    clock = asyncio.get_running_loop().time
    until = clock() + seat.deadlines.total
    calls: list[Call] = []
    remark, tight = "", False
    error: SeatError | None = None
    for attempt in range(tries(seat)):
        if tired := resting(seat, attempt):
            error = error if error or remark else tired
            continue
        pieces: list[str] = []
        try:
            prompt = line_prompt(brief, remark, tight=tight)
            async for piece in _pieces(brief, prompt, seat, attempt, until, calls):
                pieces.append(piece)
                yield piece
            seat.health.answered(seat.engine(attempt))
            text = guard.tidy("".join(pieces), brief.persona.name)
            error, remark = None, _fault(text, brief)
            if not remark:
                yield Line(text, seat.engine(attempt), tuple(calls))
                return
            note(seat, attempt, remark)
        except SeatError as wrong:
            failed(seat, attempt, wrong)
            error, remark = wrong, ""
            if wrong.kind == "refused":
                error, remark = None, "a filter stopped it; say it in milder words"
        if pieces:
            yield Again()
        if error:
            tight = tight or error.kind == "full"
            wait = pause(error, seat, attempt, most=LONGEST_WAIT)
            if wait is None or clock() + wait >= until:
                break
            await asyncio.sleep(wait)
    if error:
        error.calls = tuple(calls)
        raise error
    from . import embedded

    written = embedded.line(brief)
    yield written
    yield Line(written, EMBEDDED, tuple(calls))


async def _pieces(
    brief: CustomerBrief, prompt: str, seat: Seat, attempt: int, until: float, calls: list[Call]
) -> AsyncIterator[str]:
    """One attempt at the line, under the seat's deadlines. Only words count as words: blanks
    and signs of life from the connection buy no time.

    The model is asked in a task of its own. Whoever reads here may walk away at any piece, and
    pydantic-ai's cancel scopes must be left in the task that entered them: else they cancel
    the reader's.
    """
    said: asyncio.Queue[str | SeatError | None] = asyncio.Queue()

    async def ask() -> None:
        try:
            async for piece in _stream(brief, prompt, seat, attempt, calls):
                said.put_nowait(piece)
            said.put_nowait(None)
        except SeatError as error:
            said.put_nowait(error)

    clock = asyncio.get_running_loop().time
    word_by = clock() + seat.deadlines.first
    asking = asyncio.create_task(ask())
    try:
        while True:
            async with asyncio.timeout_at(min(word_by, until)):
                piece = await said.get()
            if piece is None:
                return
            if isinstance(piece, SeatError):
                raise piece
            if piece.strip():
                word_by = clock() + seat.deadlines.gap
            yield piece
    except TimeoutError:
        raise fault("away") from None
    finally:
        asking.cancel()
        await asyncio.wait({asking}, timeout=HANG_UP)


async def _stream(
    brief: CustomerBrief, prompt: str, seat: Seat, attempt: int, calls: list[Call]
) -> AsyncGenerator[str]:
    from pydantic_ai import Agent

    try:
        player = Agent(seat.model(brief, attempt), instructions=role_prompt(brief), retries=0)
        async with (
            metered(seat, attempt, calls) as meter,
            player.run_stream(prompt, model_settings=seat.settings) as run,
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
    out = (*brief.earned, *brief.direction.reveals)
    sayable += [
        words for key in out for words in (scenario.hides[key].fact, *scenario.hides[key].says)
    ]
    told = "\n".join((role_prompt(brief), *stage_direction(brief)))
    return guard.first_fault(text, brief.direction, told, sayable)


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


def line_prompt(brief: CustomerBrief, remark: str = "", *, tight: bool = False) -> str:
    """The part that changes: the chat so far, the stage direction, and what was wrong with a
    first attempt. `tight` is for a model that had no room for the chat."""
    return render(
        "customer_line.jinja",
        remark=remark,
        direction=stage_direction(brief),
        **shown(brief.transcript, tight=tight),
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

"""One encounter in the terminal: the same loop, store and debrief as in the browser."""

from __future__ import annotations

import asyncio
import getpass
import logging
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from . import catalog, encounter, llm, mood
from .debrief import NO_STRENGTH, debrief, hint, points
from .debrief.hints import Rung
from .domain import Debrief, Intensity, Note, Record, Verdict
from .errors import HotseatError, SettingError, TurnRefused
from .store import Store, default_url

HELP = "/hint  /stop  /pause (or Ctrl-D, Ctrl-C: all is kept; the same command goes on)"
RUNGS: tuple[Rung, ...] = (1, 2, 3)
WORD_SECONDS = 0.045
MARKS = {"met": "● met", "partly": "◐ partly", "missed": "○ missed", "na": "– n/a"}


async def play(
    persona_id: str,
    scenario: str | None,
    intensity: Intensity,
    *,
    fresh: bool,
    pace: bool,
    env: Mapping[str, str],
) -> None:
    """Play until the encounter ends, or the trainee pauses.

    Raises HotseatError when there is no such persona or scenario, or nothing can be stored.
    """
    console = Console(highlight=False)
    logging.getLogger("hotseat").addHandler(logging.NullHandler())  # it is a chat, not a log
    store = await Store.open(default_url())
    try:
        seats = llm.seats(env)
        record = await _begin_or_continue(
            store, persona_id, scenario, intensity, fresh=fresh, seats=seats
        )
        _brief(console, record)
        record = await _converse(console, store, record, seats, pace=pace and sys.stdout.isatty())
        if record.outcome:
            _debrief(console, debrief(record, catalog.sources()))
            _lacking(console, record)
        else:
            console.print("\nPaused. The same command goes on where you left off.")
    finally:
        await store.close()


async def _begin_or_continue(
    store: Store,
    persona_id: str,
    scenario: str | None,
    intensity: Intensity,
    *,
    fresh: bool,
    seats: llm.Seats,
) -> Record:
    trainee = f"terminal:{getpass.getuser()}"
    if not fresh:
        current = await store.current(trainee)
        if current and current.persona.id == persona_id:
            return current
    persona = catalog.persona(persona_id)
    chosen = scenario or next(iter(persona.scenarios))
    if chosen not in persona.scenarios:
        known = ", ".join(persona.scenarios)
        raise SettingError(f"{persona_id} has no scenario {chosen!r}", fix=f"one of: {known}")
    rubric = catalog.rubric("service_recovery")
    record = encounter.begin(persona, chosen, intensity, rubric, trainee=trainee, seats=seats)
    await store.begin(record)
    return record


async def _converse(
    console: Console, store: Store, record: Record, seats: llm.Seats, *, pace: bool
) -> Record:
    for turn in record.transcript:
        _said(console, record, turn.speaker, turn.text)
    if record.steps:
        console.print("[dim]Continued where you left off.[/dim]")
    again = encounter.resume(record, seats=seats, keep=store)
    record = await _played(console, store, record, again, pace=pace)
    hints = 0
    while not record.outcome:
        text = _prompt()
        if text is None:
            return record
        command = text.strip().lower()
        if command in ("/stop", "/quit"):
            return await encounter.stop(record, keep=store)
        if command == "/pause":
            return record
        if command in ("/help", "/?"):
            console.print(HELP)
            continue
        if command == "/hint":
            rung = RUNGS[min(hints, len(RUNGS) - 1)]
            hints += 1
            record = await encounter.hint(record, rung, seats=seats, keep=store)
            console.print(Text(hint(record, rung), style="italic"))
            continue
        if not _unanswered(record):
            events = encounter.turn(record, text, seats=seats, keep=store)
        elif command:
            console.print(f"{_first_name(record)} has not answered yet. Press Enter to ask again.")
            continue
        else:
            events = encounter.resume(record, seats=seats, keep=store)
        before = len(record.steps)
        record = await _played(console, store, record, events, pace=pace)
        hints = 0 if len(record.steps) > before else hints
    return record


async def _played(
    console: Console,
    store: Store,
    record: Record,
    events: AsyncGenerator[encounter.Event],
    *,
    pace: bool,
) -> Record:
    """Follow a turn; what went wrong with it is said, and the record is then as it was kept."""
    try:
        return await _follow(console, record, events, pace=pace)
    except TurnRefused as refused:
        console.print(str(refused))
        return record
    except HotseatError as error:
        record = await store.load(record.id, record.trainee)
        if _unanswered(record):
            console.print(f"{error.problem}. Your reply is kept. Press Enter to ask again.")
        else:
            console.print(str(error))
        return record


def _unanswered(record: Record) -> bool:
    """Whether the customer still owes an answer to the last reply."""
    return bool(record.steps) and record.steps[-1].customer is None


def _prompt() -> str | None:
    """What the trainee types; None for Ctrl-D and Ctrl-C. Nothing else runs meanwhile, so it may
    block; asyncio's own handler would keep Ctrl-C from `input`."""
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return input("\nyou> ")
    except (EOFError, KeyboardInterrupt):
        return None
    finally:
        signal.signal(signal.SIGINT, kept)


async def _follow(
    console: Console, record: Record, events: AsyncGenerator[encounter.Event], *, pace: bool
) -> Record:
    """Print what happens, as it happens; the record as it stands at the end."""
    speaking = False
    async with aclosing(events):
        async for event in events:
            record = event.record
            if isinstance(event, encounter.Delta):
                if not speaking:
                    console.print(Text(f"\n{_first_name(record)}: ", style="bold"), end="")
                    speaking = True
                console.print(Text(event.text), end="", soft_wrap=True)
                if pace:
                    await asyncio.sleep(WORD_SECONDS)
            elif isinstance(event, encounter.Again):
                console.print(Text(" … no, wait.", style="dim"))
                speaking = False
            elif isinstance(event, encounter.Spoke):
                console.print()
            elif isinstance(event, encounter.Graded):
                _coach(console, record)
            elif isinstance(event, encounter.Coached) and (said := record.steps[-1].coaching):
                console.print(Text(f"try instead ({said.engine}): {said.try_instead}", style="dim"))
            elif isinstance(event, encounter.Coached):
                _try_instead(console, record)
    return record


def _brief(console: Console, record: Record) -> None:
    scenario, persona = record.scenario, record.persona
    lines = [
        scenario.brief.role,
        "",
        *(f"• {fact}" for fact in scenario.brief.record),
        "",
        "What you may offer",
        *(f"• {offer}" for offer in scenario.brief.may_offer),
    ]
    title = f"{persona.name} · {scenario.title} · {record.intensity}"
    console.print(Panel(Text("\n".join(lines)), title=Text(title)))
    engines = f"Customer: {_engine(record.pins.customer)} · Judge: {_engine(record.pins.judge)}."
    console.print(f"[dim]{engines} The customer is played by a machine.\n{HELP}[/dim]")


def _said(console: Console, record: Record, speaker: str, text: str) -> None:
    name = "you" if speaker == "trainee" else _first_name(record)
    console.print(Text.assemble("\n", (f"{name}: ", "bold"), text), soft_wrap=True)


def _coach(console: Console, record: Record) -> None:
    """One strength and one thing to try, and the mood as a word."""
    verdict = record.steps[-1].verdict
    word = record.persona.mood.words[mood.band(encounter.mood_now(record))]
    parts = [f"mood: {word}"]
    if isinstance(verdict, Verdict):
        chosen = points(record.steps[-1:], record.rubric, record.persona)
        for label, point in (("good", chosen.strength), ("try", chosen.priority)):
            if point:
                parts.append(f"{label}: {point.criterion.title}")
    else:
        parts.append("not graded; carry on, it can be graded again later")
    console.print(Text("  ·  ".join(parts), style="dim"))


def _try_instead(console: Console, record: Record) -> None:
    """What a coach that is a model would have written."""
    if coached := record.steps[-1].coaching:
        said = f"try instead: {coached.try_instead}  (by {coached.engine})"
        console.print(Text(said, style="dim"))


def _debrief(console: Console, told: Debrief) -> None:
    points = told.score.points
    score = "not enough to score" if points is None else f"{points:.0f} of 100"
    console.print(
        Panel(
            Text(
                f"{told.ending}.  Score: {score} "
                f"(coverage {told.score.coverage:.0f} of 100).\n"
                f"Simulated satisfaction {told.satisfaction} of 5, effort {told.effort} of 5."
            ),
            title="Debrief",
        )
    )
    console.print(Text("Mood: " + " → ".join(moment.word for moment in told.moments)))
    if told.priority and not told.strength:
        console.print(Text(NO_STRENGTH))
    for label, note in (("What worked", told.strength), ("One thing to change", told.priority)):
        if note:
            _note(console, label, note)
    table = Table("Criterion", "Level", "Your words", title="Scorecard", title_justify="left")
    for row in told.rows:
        fits = sorted(row.instances, key=lambda instance: instance.level != row.level)
        quote = next((instance.quote for instance in fits if instance.quote), row.reason)
        table.add_row(Text(row.title), MARKS[row.level], Text(quote, overflow="ellipsis"))
    console.print(table)
    for fact in told.facts:
        mark = "You found out" if fact.out else "You did not find out"
        console.print(Text(f"{mark}: {fact.fact}" + ("" if fact.out else f" ({fact.how})")))


def _lacking(console: Console, record: Record) -> None:
    """The replies that have no grade yet, and how to get them one."""
    lacking = sum(not isinstance(step.verdict, Verdict) for step in record.steps)
    if lacking:
        one = "1 reply is not graded yet and counts"
        said = one if lacking == 1 else f"{lacking} replies are not graded yet and count"
        again = f"hotseat regrade {record.id}"
        console.print(f"\n{said} neither way. To grade again: {again}", soft_wrap=True)


def _note(console: Console, label: str, note: Note) -> None:
    console.print(Text(f"\n{label}: {note.title}", style="bold"))
    body = [note.why, f'Source: "{note.source.quote}"']
    if note.quote:
        body.insert(0, f'You wrote: "{note.quote}"')
    if note.try_instead:
        body.append(f"Try instead: {note.try_instead}")
    console.print(Padding(Text("\n".join(body)), (0, 0, 0, 2)))


def _engine(name: str) -> str:
    return "embedded engine" if name == llm.EMBEDDED else name


def _first_name(record: Record) -> str:
    return record.persona.name.split()[0]

"""The embedded customer: finds the words for a direction in the persona's own lines.

A reply is made of beats: a reaction to what the trainee did, a fact asked for or earned, and
what the move of the line demands. Every beat comes from the persona file, then from the generic
bank beside this module; nothing is said twice in an encounter; the same seed says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from importlib import resources
from typing import TYPE_CHECKING

import yaml

from ..domain import Act, Direction, Lines, Persona, Scenario

if TYPE_CHECKING:
    from ..customer import CustomerBrief

Bank = Sequence[Sequence[str]]
"""Lists of lines to choose from: all of the first before any of the second."""

BEATS = {"short": 2, "medium": 3, "long": 4}
"""At most this many beats a line, by the length of the persona's voice."""

_SLOT = re.compile(r"\{\{\s*said\s*\}\}")
_CLAUSE_END = re.compile(r"[.,;:!?\n](?:\s|$)| (?:and|but|so|because|which) ")
_SAYABLE = re.compile(r"[\w ,.'\u2019:%/-]{2,60}")


def line(brief: CustomerBrief) -> str:
    """The customer's next line. Deterministic in the brief; never empty."""
    said = [t.text for t in brief.transcript if t.speaker == "customer"]
    turn = len(said)
    beats: list[str] = []
    for bank, act in _beats(brief):
        beat = _pick(bank, act, said=said, seed=f"{brief.seed}/{turn}/{len(beats)}")
        if beat:
            beats.append(beat)
            said.append(beat)
    return " ".join(beats) or _last_resort(brief)


def _beats(brief: CustomerBrief) -> Iterator[tuple[Bank, Act | None]]:
    """The beats of the line in order: where to find each, and the act it reacts to."""
    direction, persona = brief.direction, brief.persona
    scenario = persona.scenarios[brief.scenario_id]

    def bank(key: str) -> Bank:
        return tuple(_banded(lines, key, direction.band) for lines in (persona.lines, _generic()))

    facts = [scenario.knows[key].says for key in direction.answers]
    facts += [scenario.hides[key].says for key in direction.reveals]
    room = 0 if direction.move == "goodbye" else 1
    if direction.move in ("press", "push_back"):
        room = max(1, BEATS[persona.voice.length] - len(facts) - 1)
    stung = _stung(persona, direction)
    if stung and room:
        yield (stung,), None
        room = 0
    for act in direction.reacts[:room]:
        unanswerable = act.id == "asks_new" and not facts
        yield bank("cannot_say" if unanswerable else act.id), act
    for fact in facts:
        yield (fact,), None
    yield from ((bank, None) for bank in _closing(direction, scenario, bank))


def _closing(
    direction: Direction, scenario: Scenario, bank: Callable[[str], Bank]
) -> Iterator[Bank]:
    """What the move itself says, after reactions and facts."""
    need = scenario.needs.get(direction.pushes or direction.presses or "")
    match direction.move:
        case "leave":
            yield bank("escalate" if direction.ending == "escalated" else "leave")
        case "accept" | "goodbye" | "withdraw" | "unheard":
            yield bank(direction.move)
        case _ if direction.ending is None:
            if direction.move == "warn":
                yield bank("warn")
            if need and direction.presses:
                yield (need.asks, *bank("press"))
            else:
                yield (need.pushes if need else (), *bank("push_back"))
        case _:
            pass


def _stung(persona: Persona, direction: Direction) -> tuple[str, ...]:
    """What the persona says to the trigger of their own that rose, if they have words for it."""
    if direction.stung is None or direction.move in ("accept", "goodbye", "unheard"):
        return ()
    return persona.rises_at[int(direction.stung.partition("/")[2])].says


def _banded(lines: Lines, key: str, band: int) -> tuple[str, ...]:
    """The lines under `key` that fit a mood band: hot is 0-1, warm 2, cool 3-4. Where a mapping
    has nothing for this mood, the nearest it has."""
    entry = lines.get(key, ())
    if not isinstance(entry, dict):
        return tuple(entry)
    wanted = ("hot", "hot", "warm", "cool", "cool")[band]
    nearest = {"hot": ("warm", "cool"), "warm": ("cool", "hot"), "cool": ("warm", "hot")}[wanted]
    fits = entry.get(wanted, ()) + entry.get("any", ())
    return fits or next((entry[group] for group in nearest if group in entry), ())


@cache
def _generic() -> Lines:
    text = resources.files("hotseat.embedded").joinpath("lines.yaml").read_text("utf-8")
    loaded: dict[str, list[str] | dict[str, list[str]]] = yaml.safe_load(text)
    return {
        key: {group: tuple(lines) for group, lines in entry.items()}
        if isinstance(entry, dict)
        else tuple(entry)
        for key, entry in loaded.items()
    }


def _pick(bank: Bank, act: Act | None, *, said: Sequence[str], seed: str) -> str:
    """A line of the bank not said yet in this encounter; empty when all have been."""
    words = _words(act)
    for lines in bank:
        fresh = [
            line
            for line in lines
            if (words or not _SLOT.search(line)) and not _was_said(line, said)
        ]
        if fresh:
            order = blake2b(f"{seed}/{fresh[0]}".encode(), digest_size=4).digest()
            chosen = fresh[int.from_bytes(order) % len(fresh)]
            before, *after = _SLOT.split(chosen)
            return _fitted(words, before).join((before, *after))
    return ""


def _fitted(words: str, before: str) -> str:
    """The quoted words, with a capital where they open the line."""
    return words if before.strip(" \"'") else words[:1].upper() + words[1:]


def _was_said(line: str, said: Sequence[str]) -> bool:
    """Whether a line was used before, whatever its slot held then."""
    fixed = max(_SLOT.split(line), key=len).strip()
    return any(fixed in earlier for earlier in said)


def _words(act: Act | None) -> str:
    """The trainee's own words, short and plain enough for a customer to throw back."""
    if act is None:
        return ""
    words = _CLAUSE_END.split(act.quote.strip())[0].strip(" .'\u2019")
    return words if _SAYABLE.fullmatch(words) and len(words.split()) <= 8 else ""


def _last_resort(brief: CustomerBrief) -> str:
    """When every written line is spent: what is still wanted, in plain words."""
    scenario = brief.persona.scenarios[brief.scenario_id]
    need = scenario.needs.get(brief.direction.presses or "") or next(iter(scenario.needs.values()))
    return f"I still need {need.want}." if brief.direction.ending is None else "That's all from me."

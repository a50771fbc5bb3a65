"""Scripted trainees: good, average and poor, able to face any customer.

They show whether a persona tells good work from poor: a customer whom everybody calms, or
nobody, teaches nothing. A trainee is a script, which is data, and one pure function that speaks
it. It sees what a person would see: the brief, the chat so far, and how the last line was meant;
the good ones know the sample phrases of the scenario, the average ones only what may be offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from ..domain import Record
from .scripts import BRISK, FIXER, PLEASER, SCRIPTED, STEADY, WALL, Script

Quality = Literal["good", "average", "poor"]

CUES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "insult": re.compile(
            r"\b(idiots?|stupid|useless|incompetent|morons?|pathetic|clowns?|shut up|liars?|"
            r"brainless|clueless|muppets?|thieves|crooks?|thick|dimwits?|fools?)\b",
            re.IGNORECASE,
        ),
        "manager": re.compile(
            r"\b(manager|supervisor|your boss|in charge|somebody senior|someone senior|"
            r"somebody else|someone else|complain(t)?)\b",
            re.IGNORECASE,
        ),
        "when": re.compile(
            r"\b(when|how long|what time|how many minutes|by what)\b[^.!]*\?", re.IGNORECASE
        ),
        "why": re.compile(
            r"\b(why|how come|what happened|explain|how did|how can)\b", re.IGNORECASE
        ),
    }
)
"""What a customer's line asks for, by simple words; the first that fires is answered first."""

ORDER = (
    "assertive_boundary",
    "acknowledge_feelings",
    "apology_fit",
    "listen_fully",
    "paraphrase",
    "transparent_explanation",
    "positive_framing",
    "specific_solution",
    "adapt_flexibly",
    "timeline",
    "escalation",
    "follow_up_plan",
    "offer_choices",
    "clarifying_questions",
    "confirm_fit",
)
"""The order in which a reply says things, so that no answer comes before what it is about."""

PUSHES = frozenset({"push_back", "withdraw"})


class Trainee(NamedTuple):
    """Somebody who always plays the same way."""

    id: str
    quality: Quality
    about: str
    script: Script

    def reply(self, record: Record, seed: int = 0) -> str:
        """The next reply. The same record and seed always give the same words."""
        return _speak(self.script, record, seed)


TRAINEES: Mapping[str, Trainee] = MappingProxyType(
    {
        trainee.id: trainee
        for trainee in (
            Trainee("steady", "good", "listens first, one step a turn, closes well", STEADY),
            Trainee("brisk", "good", "the same duties in fewer, shorter turns", BRISK),
            Trainee("scripted", "average", "stock phrases, and the offer comes late", SCRIPTED),
            Trainee("fixer", "average", "the right offer, and no ear for anything else", FIXER),
            Trainee("wall", "poor", "recites rules, blames, refuses", WALL),
            Trainee("pleaser", "poor", "apologises without end, promises anything", PLEASER),
        )
    }
)


def _speak(script: Script, record: Record, seed: int) -> str:
    """What the script says now: the close once agreed, else what the last line asks for and
    then the next thing on the agenda, never in words already used while there are others."""
    turn = len(record.steps)
    told = " ".join(t.text for t in record.transcript if t.speaker == "trainee")

    def fresh(pieces: tuple[str, ...]) -> dict[str, str]:
        """What of these was not said before, by piece."""
        texts = {piece: _text(piece, record, seed + turn) for piece in pieces}
        return {piece: text for piece, text in texts.items() if text and text not in told}

    if _move(record) == "accept" and (last := fresh(script.close)):
        return " ".join(last.values())
    said: dict[str, str] = {}
    for cue in _asked(record):
        said |= fresh(script.answers.get(cue, ()))
    for chunk in script.agenda[turn:]:
        if len(said) >= script.most:
            break
        if new := [item for item in fresh(chunk).items() if item[0] not in said]:
            said |= dict(new[: script.most - len(said)])
            break
    if not said:
        again = script.spare[turn % len(script.spare)]
        said = fresh(script.spare) or {again: _text(again, record, turn)}
        said = dict(list(said.items())[:2])
    return " ".join(said[piece] for piece in sorted(said, key=_place))


def _place(piece: str) -> int:
    """Where a piece belongs in a reply: literal words first, questions last."""
    return ORDER.index(piece) if piece in ORDER else -1


def _text(piece: str, record: Record, pick: int) -> str:
    """A criterion's sample phrase, or literal words; `|` divides alternatives for the seed."""
    if " " not in piece:
        return record.scenario.phrases.get(piece, "")
    options = piece.split("|")
    text = options[pick % len(options)]
    return re.sub(r"{(\w+)}", lambda name: record.scenario.phrases.get(name[1], ""), text).strip()


def _asked(record: Record) -> Iterator[str]:
    """What the customer's last line asks for, the most pressing first."""
    last = record.transcript[-1].text
    opening = not record.steps
    for cue, pattern in CUES.items():
        if (cue == "insult" or not opening) and pattern.search(last):
            yield cue
    if _move(record) in PUSHES:
        yield "push"


def _move(record: Record) -> str:
    direction = record.steps[-1].direction if record.steps else None
    return direction.move if direction else ""

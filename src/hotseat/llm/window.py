"""What a model is shown of a chat: all of it, or the opening, what mattered since, and the latest.

A provider keeps equal beginnings of prompts in its cache. A window that slides with every turn
changes the prompt from its middle on and is never found there; this one moves its start by eight
turns at a time, and in between the chat only grows at its end. Summed over an encounter of 24 turns
the chat takes 0.8 of the tokens that all of it would, over 48 turns half; where cached tokens cost
a tenth, 1.3 and 1.05 of the price. So it bounds what a prompt can grow to, and saves nothing on a
short encounter. Pure: what is said of the turns left out is in their own words.
"""

from __future__ import annotations

import re
from typing import TypedDict

from ..domain import Transcript, Turn

LEAST = 6
"""Turns that are shown word for word however long the chat is, three each way; and the opening."""

STEP = 8
"""Turns by which the start of the window moves; a chat of LEAST + STEP turns is shown whole."""

TIGHT = 4
"""Turns shown word for word of a chat that the model had no room for."""

ROOM, TIGHT_ROOM = 450, 250
"""Characters for what was said in the turns left out."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_FACT = re.compile(
    r"(?i)\d[\d.,:]*|[\u20ac$\u00a3]|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:today|tonight|tomorrow|yesterday|noon|morning|afternoon|evening|week|month|hour)s?\b"
    r"|\b(?:i|we)(?:['\u2019]ll| will| can| could| cannot| won['\u2019]t| have)\b"
    r"|\b(?:my|your|the) (?:name|order|account|number|address|email|phone)\b"
)
_LONGEST_SENTENCE = 120


class Said(TypedDict):
    """One message for a prompt."""

    speaker: str
    text: str


class Shown(TypedDict):
    """What `chat.jinja` needs: the messages shown word for word, the opening first; how many are
    left out after it, and what those said that may matter."""

    transcript: list[Said]
    left_out: int
    earlier: list[Said]


def shown(turns: Transcript, *, tight: bool = False) -> Shown:
    """The chat as a prompt shows it; `tight` for a model that had no room for more."""
    start = _start(len(turns), *((TIGHT, 1) if tight else (LEAST, STEP)))
    left_out = turns[1:start]
    return Shown(
        transcript=[_said(turn, turn.text) for turn in (*turns[:1], *turns[start:])],
        left_out=len(left_out),
        earlier=_facts(left_out, TIGHT_ROOM if tight else ROOM),
    )


def _start(length: int, least: int, step: int) -> int:
    """Where the window starts, after the opening: 1, or as many whole steps later as leave at
    least `least` turns."""
    return 1 + max(0, length - least - 1) // step * step


def _facts(turns: Transcript, room: int) -> list[Said]:
    """The sentence of each turn that holds most facts, the richest that have room, in order."""
    best = [(turn, sentence) for turn in turns if (sentence := _richest(turn.text))]
    kept: list[tuple[Turn, str]] = []
    for turn, sentence in sorted(best, key=lambda one: -_facts_in(one[1])):
        room -= len(sentence)
        if room >= 0:
            kept.append((turn, sentence))
    kept.sort(key=lambda one: one[0].number)
    return [_said(turn, sentence) for turn, sentence in kept]


def _richest(text: str) -> str:
    """The sentence with most facts in it, cut to a length; empty when there is none with any."""
    sentence = max(_SENTENCE_END.split(text), key=_facts_in)
    if not _facts_in(sentence):
        return ""
    if len(sentence) <= _LONGEST_SENTENCE:
        return sentence.strip()
    return sentence[:_LONGEST_SENTENCE].rpartition(" ")[0].strip() + " ..."


def _facts_in(sentence: str) -> int:
    return len(_FACT.findall(sentence))


def _said(turn: Turn, text: str) -> Said:
    return Said(speaker=turn.speaker, text=text)

"""A persona begun from a real conversation: what can be read off it, and gaps for the rest. Pure.

What a customer wants and what may be offered is a trainer's decision: those places are left empty,
and the lint names each of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from statistics import mean

from ..domain import Transcript
from ..reader import customer_words
from ..reader.context import context
from ..reader.cues import find

OPENINGS = 2
"""Customer messages taken as opening lines: a scenario needs two, of which one is used."""

LATER = 6
"""Customer messages kept as what they say to press for what they need."""

LONGEST = 2_000
"""Characters of a line; a persona's text has no more."""

TEMPERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("abusive", customer_words.INSULTS),
    ("impatient", ("hurry|quick|quickly|right now|immediately|asap|no time|minutes|urgent",)),
    (
        "sceptical",
        ("don't believe|how do i know|another promise|last time|in writing|supposed to",),
    ),
    ("confused", ("confused|don't understand|do not understand|what does|lost|which of",)),
    ("disappointed", ("disappoint*|sad|sadly|let down|had hoped|looked forward|heavy heart",)),
    ("unheard", customer_words.UNHEARD),
    ("angry", ("angry|furious|livid|outrag*|unacceptable|ridiculous|fed up|disgust*|worst",)),
)
"""Temperaments and the words that speak of them; of two that are as frequent the first counts."""

LENGTHS = ((12, "short"), (35, "medium"))
"""Words a message has on average, below which the voice counts as short, or medium."""


def temperament(lines: Iterable[str]) -> str:
    """The temperament that most of a customer's messages speak of; `upset` where none does."""
    said = list(lines)
    counts = {name: sum(find(cues, line) is not None for line in said) for name, cues in TEMPERS}
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] else "upset"


def tension(transcript: Transcript) -> int:
    """Where the mood starts, 4 to 9: by how much feeling the first message shows."""
    opening = tuple(turn for turn in transcript if turn.speaker == "customer")[:1]
    return min(9, 4 + round(1.5 * context(opening, "unknown", None).emotion)) if opening else 5


def drafted(transcript: Transcript, *, id: str, title: str) -> str:
    """The YAML of a persona begun from a conversation. `title` is where it comes from."""
    lines = [turn.text[:LONGEST] for turn in transcript if turn.speaker == "customer"]
    words = mean(len(line.split()) for line in lines) if lines else 0
    length = next((name for most, name in LENGTHS if words < most), "long")
    opening, later = lines[:OPENINGS], lines[OPENINGS : OPENINGS + LATER]
    return f"""\
# Begun from a conversation that was brought in: {_text(title)}
# Names, dates and amounts in the lines are the real ones; change them.
id: {id}
name: New customer
pronoun: they
temperament: {temperament(lines)}
summary: {_text(f"Begun from “{title}”.")}
skills: [listen_fully, acknowledge_feelings, specific_solution]
level: 2

voice:
  manner: ""  # how they speak, and what happens to it under stress
  habits: []
  length: {length}
never_says: []

mood:
  tension: {tension(transcript)}
  trust: 4
  patience: 5

softens_at: []
rises_at: []
exit: walked_out

scenarios:
  case:
    title: ""
    brief:
      role: ""
      record: []
      may_offer: []
    opening:{_items(opening, 6)}
    happened: ""
    fault: unknown
    needs:
      first:
        want: ""  # goes on from "I want"
        when: ""  # a question about the reply, such as: Does the reply offer a refund?
        sign: ""
        asks:{_items(later[:3], 10)}
        pushes:{_items(later[3:], 10)}
    accepts_when: ""
    walks_when: ""
    policy:
      text: ""
    phrases: {{}}

lines: {{}}
"""


def _items(lines: Iterable[str], indent: int) -> str:
    said = "".join(f"\n{' ' * indent}- {_text(line)}" for line in lines)
    return said or " []"


def _text(text: str) -> str:
    """A text in double quotes, which YAML reads as JSON does."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)

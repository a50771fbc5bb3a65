"""How the debrief puts things: names, quotes, and a persona's questions turned into sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ..domain import Record, Sign, Source

GUIDES: Mapping[str, str] = MappingProxyType(
    {
        "000": "Uncomfortable encounters with customers",
        "001": "Difficult interactions, handled professionally",
        "002": "Challenging interactions, effective strategies",
        "003": "Working with customers in difficult situations",
        "004": "Assertiveness and respect",
    }
)
"""Short labels of the five how-to documents, by the number their ids begin with."""

QUOTE_LENGTH = 140
"""Characters of the trainee's words shown as a quote."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE = re.compile(r"(?<=[.!?,;:])\s+|\n+")
_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_QUESTION = re.compile(r"Does the (?:reply|trainee) (.+)\?")


def first_name(record: Record) -> str:
    """What to call the customer in a sentence: `Dana`, but `Mr Osei` in full."""
    name = record.persona.name
    first = name.split()[0]
    return name if first.rstrip(".") in ("Mr", "Mrs", "Ms", "Miss", "Dr") else first


def guide(source: Source) -> str:
    """The short label of the document a passage is from; its own name where it has none."""
    return GUIDES.get(source.document[:3], source.document)


def short(text: str) -> str:
    """At most QUOTE_LENGTH characters on one line, cut between words."""
    text = " ".join(text.split())
    if len(text) <= QUOTE_LENGTH:
        return text
    return text[:QUOTE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def place(text: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a text, whatever the case and the kind of quotes; None when nowhere."""
    start = _plain(text).find(_plain(words)) if words else -1
    return (start, start + len(words)) if start >= 0 else None


def overlap(text: str, one: str, other: str) -> bool:
    """Whether two quotes from a text share any of its words."""
    first, second = place(text, one), place(text, other)
    if first is None or second is None:
        return False
    return max(first[0], second[0]) < min(first[1], second[1])


def without(text: str, words: str) -> str:
    """The sentences of a text that hold none of these words; may be empty."""
    return " ".join(part for part in _SENTENCE.split(text) if not overlap(text, part, words))


def around(text: str, words: str) -> str:
    """The sentence of a text that these words are from; the clause where the sentence is too
    long to quote, and the words next to them where that is. Words of no text stand alone."""
    at = place(text, words)
    if at is None:
        return words
    for cut in (_SENTENCE, _CLAUSE):
        for part in cut.split(text):
            if place(part, words) and len(part) <= QUOTE_LENGTH:
                return part.strip()
    room = max(0, (QUOTE_LENGTH - len(words)) // 2 - 1)
    before, after = text[: at[0]][-room:], text[at[1] :][:room]
    before = before if len(before) == at[0] else "…" + before.partition(" ")[2]
    after = after if at[1] + len(after) == len(text) else after.rpartition(" ")[0] + "…"
    return before + text[at[0] : at[1]] + after


def sentence(text: str) -> str:
    """A note such as `no time is given` as a sentence of its own; nothing stays nothing."""
    text = text.strip()
    return text and text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def said(quote: str) -> str:
    """The end of a sentence about a reply: its own words, or a full stop."""
    return f": “{short(quote)}”" if quote else "."


def saw(name: str, sign: Sign) -> str:
    """What the customer noticed: `Does the reply name the birthday?` gives
    `Dana saw the reply name the birthday`."""
    asked = _QUESTION.fullmatch(sign.when)
    return f"{name} saw the reply {asked[1]}" if asked else f"“{sign.when}” Yes"


def when(sign: Sign) -> str:
    """How something comes about: `Does the trainee offer a refund?` gives
    `When you offer a refund.`"""
    asked = _QUESTION.fullmatch(sign.when)
    text = f"you {asked[1]}" if asked else sign.when.rstrip("?.")
    return f"When {text[0].lower()}{text[1:]}."


def _plain(text: str) -> str:
    """For comparing: the same length, in small letters and straight quotes."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(_CURLY))

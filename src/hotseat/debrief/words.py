"""How the debrief puts things: names, quotes, and a persona's questions turned into sentences."""

from __future__ import annotations

import re

from ..domain import Record, Sign

QUOTE_LENGTH = 140
"""Characters of the trainee's words shown as a quote."""

_QUESTION = re.compile(r"Does the (?:reply|trainee) (.+)\?")


def first_name(record: Record) -> str:
    """What to call the customer in a sentence: `Dana`, but `Mr Osei` in full."""
    name = record.persona.name
    first = name.split()[0]
    return name if first.rstrip(".") in ("Mr", "Mrs", "Ms", "Miss", "Dr") else first


def short(text: str) -> str:
    """At most QUOTE_LENGTH characters on one line, cut between words."""
    text = " ".join(text.split())
    if len(text) <= QUOTE_LENGTH:
        return text
    return text[:QUOTE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + "…"


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

"""Where a criterion comes from, and who rests on it: the passages of how-to documents, a trainer's
own documents as they are shown, and the personas that name a criterion. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..domain import Persona, Source
from .studio_cards import listed, told
from .studio_form import Values

MOST_SHOWN = 40_000
"""Characters of a document shown at once: longer ones are shown around their quotes."""


class Piece(NamedTuple):
    """Part of a document's text; `quoted` where a passage points to it."""

    text: str
    quoted: bool


def pieces(text: str, quotes: Sequence[str]) -> list[Piece]:
    """A document with the places that passages point to, around the first of them where it is
    long."""
    found = [
        match
        for quote in quotes
        if (
            match := re.search(
                r"\W+".join(re.escape(w) for w in re.findall(r"\w+", quote)) or r"(?!)", text
            )
        )
    ]
    spans = sorted((match.start(), match.end()) for match in found)
    start = max(0, spans[0][0] - MOST_SHOWN // 2) if spans else 0
    end = min(len(text), start + MOST_SHOWN)
    shown: list[Piece] = []
    at = start
    for first, last in spans:
        if first < at or last > end:
            continue
        shown += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    return [piece for piece in (*shown, Piece(text[at:end], False)) if piece.text]


def passages(values: Values) -> list[Source]:
    """The rubric's own passages, as far as they can be read."""
    found: list[Source] = []
    for passage in listed(values, "passages"):
        ref, quote = told(passage, "ref"), told(passage, "quote")
        if ref and 0 < len(quote) <= 200:
            found.append(
                Source(
                    ref=ref,
                    document=told(passage, "document"),
                    quote=quote,
                    avoid=told(passage, "avoid") == "true",
                    criterion=told(passage, "criterion") or None,
                )
            )
    return found


def practised_with(personas: Iterable[Persona], criterion: str) -> list[str]:
    """The names of the personas that somebody practises this criterion with."""
    return [persona.name for persona in personas if criterion in persona.skills]


def signs_of(personas: Iterable[Persona], criterion: str) -> list[str]:
    """The names of the personas who are moved by it, or give something for it."""
    return [persona.name for persona in personas if _moved(persona, criterion)]


def _moved(persona: Persona, criterion: str) -> bool:
    signs = [trigger.sign for trigger in (*persona.softens_at, *persona.rises_at)]
    for scenario in persona.scenarios.values():
        groups = (scenario.knows, scenario.hides, scenario.needs)
        signs += [each.sign for group in groups for each in group.values()]
    return criterion in signs

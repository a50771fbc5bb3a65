"""Where the embedded customer's lines are kept: by act or move, and by mood.

A persona's own lines come first, in the persona's file; behind them stands a general bank, which
has words for everything in each of the five bands and is said as the persona would say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from ..catalog import load_yaml
from ..domain import BANDS, Lines, Persona

Bank = Sequence[Sequence[str]]
"""Lists of lines to choose from: all of the first before any of the second."""

GROUPS = ("hot", "hot", "warm", "cool", "cool")
"""The rough groups a persona may use in place of the five bands."""


def bank(key: str, band: int, *all_lines: Lines) -> Bank:
    """Where to look for a line: each bank's own words for this mood, then those for a mood near
    it, nearest first."""
    own = [banded(lines, key, band) for lines in all_lines]
    near = sorted((b for b in range(5) if b != band), key=lambda b: (abs(b - band), b))
    return (*own, *(banded(lines, key, b) for b in near for lines in reversed(all_lines)))


def banded(lines: Lines, key: str, band: int) -> tuple[str, ...]:
    """The lines under `key` that fit a mood band: under its name, under its rough group, or under
    `any`. Where a mapping has nothing for this mood, the nearest it has."""
    entry = lines.get(key, ())
    if not isinstance(entry, dict):
        return tuple(entry)
    for near in sorted(range(5), key=lambda b: (abs(b - band), b)):
        fits = entry.get(BANDS[near], ()) + entry.get(GROUPS[near], ()) + entry.get("any", ())
        if fits:
            return fits
    return ()


@cache
def general() -> Lines:
    loaded: dict[str, dict[str, list[str]]] = load_yaml(Path(__file__).with_name("lines.yaml"))
    return {
        key: {band: tuple(lines) for band, lines in entry.items()} for key, entry in loaded.items()
    }


_SHORT_FORMS = (
    (r"\b([Cc])an't\b", r"\1annot"),
    (r"\b([Ww])on't\b", r"\1ill not"),
    (r"n't\b", " not"),
    (r"\bI'm\b", "I am"),
    (r"'ll\b", " will"),
    (r"'ve\b", " have"),
    (r"'re\b", " are"),
    (r"\b([Ii]t|[Tt]hat|[Tt]here|[Ww]hat|[Ww]ho|[Hh]e|[Ss]he|[Hh]ere)'s\b", r"\1 is"),
    (r"\bI'd (sooner|rather|like|be|have|need|sleep|love)\b", r"I would \1"),
    (r"\b([Yy])ou'd (have|be|better)\b", r"\1ou would \2"),
)


def spoken_by(persona: Persona) -> Lines:
    """The general bank as this persona could say it: without what they never say, and without
    short forms where they use none themselves."""
    never = re.compile("|".join(re.escape(p) for p in persona.never_says) or r"(?!)", re.IGNORECASE)
    formal = not any("n't" in words for words in _all_words(persona.lines))
    return _in_voice(never, formal)


@cache
def _in_voice(never: re.Pattern[str], formal: bool) -> Lines:
    spoken: Lines = {}
    for key, entry in general().items():
        groups = entry if isinstance(entry, dict) else {"any": entry}
        spoken[key] = {
            band: tuple(
                _formal(words) if formal else words for words in lines if not never.search(words)
            )
            for band, lines in groups.items()
        }
    return spoken


def _formal(words: str) -> str:
    for short, full in _SHORT_FORMS:
        words = re.sub(short, full, words)
    return words


def _all_words(lines: Lines) -> Iterator[str]:
    for entry in lines.values():
        for group in entry.values() if isinstance(entry, dict) else (entry,):
            yield from group

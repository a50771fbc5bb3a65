"""Who decides about what a trainee may not: the people and the offices that policy names."""

from __future__ import annotations

from itertools import pairwise

from hotseat.reader.stems import is_content, stems, words
from hotseat.reader.words import Passage, parse

_TITLES = words("mr mrs ms dr trainee never more going goodwill i it if")
_OFFICES = stems("desk team office board department unit line committee")
_ALONE = stems("engineering claims complaints accounting dentist pharmacist doctor insurer owner")
"""Nouns that name an office by themselves."""


def people(policy: Passage, chosen: str) -> tuple[str, ...]:
    """The stems of who decides about more: the one `chosen`, and every name in policy."""
    named = [
        token.stem
        for place, token in enumerate(policy.tokens)
        if policy.raw[token.start].isupper()
        and policy.raw[token.start : token.end].istitle()
        and place != policy.sentence_at(place).first
        and token.stem not in _TITLES
        and not any(a <= place < b for a, b in policy.marks["time"])
    ]
    return tuple(dict.fromkeys([*(t.stem for t in parse(chosen).tokens[-1:]), *named]))


def offices(policy: Passage) -> frozenset[tuple[str, str]]:
    """The offices to which policy leaves a thing ("more credit: regional office", "the exam board
    only"), each as the word before it, or none, and its noun."""
    found: set[tuple[str, str]] = set()
    for first, last in policy.clauses:
        named = policy.stems((first, last))
        left = first and policy.raw[policy.tokens[first - 1].end] == ":"
        if left or "only" in named:
            pairs = pairwise(named)
            found |= {(a, b) for a, b in pairs if b in _OFFICES and is_content(a)}
            found |= {("", word) for word in named if word in _ALONE}
    return frozenset(found)

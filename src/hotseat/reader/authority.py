"""What policy keeps from a trainee: who decides about more, and what it rules out or leaves to
them."""

from __future__ import annotations

import re
from itertools import pairwise

from hotseat.reader.stems import stems, words
from hotseat.reader.words import Passage, Span, content, parse

_TITLES = words("mr mrs ms dr trainee never more going goodwill i it if")
_OFFICES = stems(
    "desk team office board department unit line committee relations service crew lead"
)
_ALONE = stems("engineering claims complaints dentist pharmacist doctor insurer owner")
"""Nouns that name an office by themselves."""
_PLACES = stems("store branch shop street road lane depot station desk house hall")
"""A name before one of these is where something is, not who decides."""
_OWN_POWER = re.compile(r"\btrainee (?:may|can)\b|\b(?:may|can) be booked\b")
"""In a sentence with these a name is a part of what the trainee may do."""
_NEVER = re.compile(
    r"(?:^|(?<=[.;,:] )|(?<=and ))no (?!charge|fee|cost|extra|later|more than|longer)([a-z ]+?)"
    r"(?=[,.;:]|$| (?:and|or|for|without|except|unless)\b)"
    r"|(?:^|(?<=[.;] ))([a-z ]+?) (?:is|are) (?:never|not) (?:paid|given|offered|refunded|allowed)"
)
TALK = stems("promise sum free offer")
"""Words of a ban that need not be in what breaks it."""
_ONLY_THEY = stems("only decide decision beyond above approve")
_TOPICS = stems(
    """complaint claim question matter anything objection contract damage loss money manager more
    credit refund discount compensation cut liability delivery customer driver repair bill"""
)
"""What is spoken of whoever decides it."""


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
        and _may_decide(policy, place)
    ]
    return tuple(dict.fromkeys([*(t.stem for t in parse(chosen).tokens[-1:]), *named]))


def _may_decide(policy: Passage, place: int) -> bool:
    """Whether a name is somebody's, and not only a part of what the trainee may do."""
    if policy.stems((place + 1, place + 2)) and policy.tokens[place + 1].stem in _PLACES:
        return False
    sentence = policy.sentence_at(place)
    before = policy.folded[policy.tokens[sentence.first].start : policy.tokens[place].start]
    return ":" in before or not _OWN_POWER.search(policy.text((sentence.first, sentence.last)))


def ruled_out(policy: Passage) -> tuple[frozenset[str], ...]:
    """What policy gives to nobody ("No vouchers"), each as its content words."""
    found = (content(parse(m.group(1) or m.group(2))) for m in _NEVER.finditer(policy.folded))
    return tuple(named for named in found if named)


def left_to_others(policy: Passage) -> frozenset[str]:
    """Words of what only somebody else may give ("a taxi: only the team lead"), as far as the
    trainee gives nothing of that name."""
    kept, mine = frozenset[str](), frozenset[str]()
    for sentence in policy.sentences:
        span = (sentence.first, sentence.last)
        said, only, _ = policy.text(span).partition(": only ")
        if only:
            kept |= content(parse(said))
        else:
            mine |= content(policy, span)
    return frozenset(word for word in kept - mine - _TOPICS if word.isalpha())


def left_with(deciders: tuple[str, ...], own: Passage) -> Span | None:
    """Where a reply says that only somebody else decides: a limit too."""
    for place in (p for name in deciders for p in own.places.get(name, ())):
        sentence = own.sentence_at(place)
        said = own.stems((sentence.first, sentence.last))
        if not sentence.asks and not _ONLY_THEY.isdisjoint(said):
            return (place, place + 1)
    return None


def offices(policy: Passage) -> frozenset[tuple[str, str]]:
    """The offices to which policy leaves a thing ("more credit: regional office", "the exam board
    only"), each as the word before it, or none, and its noun."""
    found: set[tuple[str, str]] = set()
    for first, last in policy.clauses:
        named = policy.stems((first, last))
        left = first and policy.raw[policy.tokens[first - 1].end] == ":"
        if left or "only" in named:
            pairs = pairwise(named)
            found |= {(a, b) for a, b in pairs if b in _OFFICES and len(a) > _LITTLE}
            found |= {("", word) for word in named if word in _ALONE}
    return frozenset(found)


_LITTLE = 3
"""Words up to this long before an office are no part of its name."""

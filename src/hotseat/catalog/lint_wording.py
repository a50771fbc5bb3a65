"""Whether the words of a rubric can be judged: one thing at a time, from the text alone, once.

What is looked for is what two people would answer differently. Only what code can be sure of is
told; a trainer who means it can say the same in other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from ..domain import Check, Criterion, Rubric
from .problems import Found

LEAST_WORDS = 3
"""Words of an example that must occur in another before the two contradict each other."""

SAME = 0.6
"""The share of content words, of all that two checks have, from which they ask the same."""

_VERBS = (
    "accept|acknowledge|add|address|admit|agree|answer|apologise|apologize|ask|avoid|blame|call|"
    "change|check|close|confirm|describe|end|escalate|explain|find|fix|follow|give|greet|help|"
    "introduce|invite|leave|list|make|mention|name|offer|open|praise|promise|propose|provide|"
    "quote|recap|recognise|recognize|refer|refund|repeat|rephrase|reply|respond|restate|say|"
    "send|set|show|solve|state|suggest|summarise|summarize|take|tell|thank|use|validate|wish"
)
_ASKS = r"does|do|did|is|are|was|were|has|have|can|could|will|would"
_TWO = (
    re.compile(r"\band\s*/\s*or\b", re.IGNORECASE),
    re.compile(rf"\band\s+(?:{_ASKS})\s+(?:it|they|the|that|this|there)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:do|does|did)\b.*\b(?:and|as well as)\s+(?:also\s+)?(?:{_VERBS})\b", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:say|says|tell|tells|explain|explains|clear|state|states)\s+"
        r"(?:who|what|when|where|why|how)\b.*\band\s+(?:who|what|when|where|why|how)\b",
        re.IGNORECASE,
    ),
)
"""Two questions in one: `and/or`, `and is it`, `does it X and Y`, `say who and what`."""

_UNSEEN = re.compile(
    r"\b(?:tone(?: of voice)?|voice|smil(?:e[sd]?|ing)|body language|posture|gestures?"
    r"|nod(?:s|ding)?|eye contact|facial|sincer(?:e|ely|ity)|heartfelt|deep breaths?"
    r"|listens? actively"
    r"|(?:really|truly|actually|genuinely) (?:cares?|means?|wants?|understands?|feels?|believes?)"
    r"|(?:trainee|agent|employee) (?:feels?|means?|intends?|wants?|cares?|believes?|thinks?|knows?)"
    r"|intends? to|intentions?|good intent)\b",
    re.IGNORECASE,
)

_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "customer",
        "customers",
        "do",
        "does",
        "for",
        "from",
        "has",
        "have",
        "how",
        "if",
        "in",
        "is",
        "it",
        "its",
        "message",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "reply",
        "say",
        "says",
        "than",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "what",
        "when",
        "which",
        "who",
        "whom",
        "will",
        "with",
        "without",
        "word",
        "words",
        "would",
    ]
)


def unseen(text: str) -> str:
    """The first word of a text about something that the words of a chat do not show; empty when
    there is none."""
    found = _UNSEEN.search(text)
    return found[0] if found else ""


def double(ask: str) -> str:
    """The words that join two questions in one check; empty when it asks one thing."""
    return next((_joint(found[0]) for each in _TWO if (found := each.search(ask))), "")


def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, without their endings."""
    words = re.findall(r"[a-z]+", text.casefold().replace("'", ""))
    return frozenset(_stem(word) for word in words if word not in _COMMON)


def alike(one: str, other: str) -> float:
    """How much two texts share, 0 to 1: of their content words, those in both."""
    first, second = content_words(one), content_words(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def wording(one: Rubric) -> Iterator[Found]:
    """Everything about the words of a rubric that would make people, or judges, disagree."""
    for criterion in one.criteria:
        place = f"criteria.{criterion.id}"
        for check in criterion.checks:
            yield from _check(f"{place}.checks.{check.id}", check)
        yield from _examples(place, criterion)
        if _plain(criterion.praise) == _plain(criterion.lack):
            fix = "say in one what was there, in the other what was missing"
            yield f"{place}.lack", "says the same as the praise", fix
    yield from _overlap(one)


def _check(place: str, check: Check) -> Iterator[Found]:
    if joint := double(check.ask):
        problem = f"asks two things at once (“{joint}”): a reply may do one of them"
        yield place, problem, "make two checks of it, or ask for the one that matters"
    if seen := unseen(check.ask):
        problem = f"“{seen}” cannot be seen in the words of a chat"
        yield place, problem, "ask for the words that would show it"


def _examples(place: str, criterion: Criterion) -> Iterator[Found]:
    met, missed = _plain(criterion.examples.met), _plain(criterion.examples.missed)
    short, long = sorted((met, missed), key=len)
    if met == missed or len(short.split()) < LEAST_WORDS:
        return
    if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long):
        inside, holder = ("missed", "met") if short == missed else ("met", "missed")
        problem = f"the {holder} example has the whole {inside} example in it: they contradict"
        fix = "write a reply that would never earn the other level"
        yield f"{place}.examples.{holder}", problem, fix


def _overlap(one: Rubric) -> Iterator[Found]:
    """Two criteria that ask for the same count it twice."""
    for first, second in combinations(one.criteria, 2):
        place = f"criteria.{second.id}"
        if _plain(first.title) == _plain(second.title):
            yield f"{place}.title", f"is the title of {first.id} too", "say what sets them apart"
        same = ((b, a) for b in second.checks for a in first.checks if alike(a.ask, b.ask) >= SAME)
        for check, other in same:
            problem = f"asks the same as {other.id} of {first.id}: a reply would earn it twice"
            fix = "take one of them out, or say what sets them apart"
            yield f"{place}.checks.{check.id}", problem, fix


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.casefold()))


def _joint(found: str) -> str:
    """The last words of what was found: those that join."""
    return " ".join(found.split()[-3:])


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|ing|ed)$", "", word) if len(word) > 4 else word

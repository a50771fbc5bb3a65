"""Changes to a reply, or to the rubric, that should change no grade: pure functions on text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from ..domain import Rubric

PADDING: tuple[str, ...] = (
    "I want to take a moment here before going on with this chat.",
    "There are many sides to a conversation such as this one, and each has its place.",
    "As this is a chat, everything can be read again at any point, from top to bottom.",
    "That is how it stands at this point of the conversation.",
)
"""Sentences that say nothing about any case."""

STOCK: tuple[str, ...] = (
    "Your satisfaction is our top priority.",
    "We value you as a customer.",
    "I completely understand your frustration.",
    "Rest assured that we take this very seriously.",
)
"""Phrases that sound like service and do nothing."""

NAMES: tuple[str, ...] = ("Emily", "Lakisha", "Mohammed", "Nguyen", "Olga")
"""Names that people read something into. The first is what the others are compared with."""

SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        "apologise": "apologize",
        "apologised": "apologized",
        "cancelled": "canceled",
        "centre": "center",
        "cheque": "check",
        "colour": "color",
        "favour": "favor",
        "honour": "honor",
        "organise": "organize",
        "organised": "organized",
        "parcel": "package",
        "parcels": "packages",
        "realise": "realize",
        "recognise": "recognize",
        "sorted": "fixed",
        "travelled": "traveled",
    }
)
"""British words and the American ones for the same."""

CONTRACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "I am": "I'm",
        "I have": "I've",
        "I will": "I'll",
        "I would": "I'd",
        "it is": "it's",
        "that is": "that's",
        "you are": "you're",
        "we are": "we're",
        "we have": "we've",
        "we will": "we'll",
        "do not": "don't",
        "does not": "doesn't",
        "did not": "didn't",
        "cannot": "can't",
        "is not": "isn't",
        "was not": "wasn't",
    }
)

_ARTICLE = re.compile(r"(?<=\s)(?:the|a|an) (?=[a-z])")


def padded(text: str) -> str:
    """The reply with idle sentences around it, about sixty words more."""
    return " ".join((PADDING[0], text, *PADDING[1:]))


def stuffed(text: str) -> str:
    """The reply with stock phrases around it."""
    return " ".join((STOCK[0], STOCK[1], text, *STOCK[2:]))


def named(text: str, name: str) -> str:
    """The reply signed with a name."""
    return f"{text} {name} here, from the team."


def american(text: str) -> str:
    """The reply in American words, where it has British ones."""
    return _swapped(text, SPELLINGS)


def contracted(text: str) -> str:
    """The reply as people say it, with "I'm" for "I am"."""
    return _swapped(text, CONTRACTIONS)


def without_articles(text: str) -> str:
    """The reply as many write who learnt English late: no "the" and no "a"."""
    return _ARTICLE.sub("", text)


def typed_fast(text: str) -> str:
    """The reply without capitals and without the last full stop."""
    small = re.sub(r"\b(?![A-Z]{2})[A-Z](?=[a-z']|\b)", lambda found: found[0].lower(), text)
    return small.removesuffix(".")


def turned_round(rubric: Rubric) -> Rubric:
    """The same rubric with its criteria in the opposite order."""
    return rubric.model_copy(update={"criteria": tuple(reversed(rubric.criteria))})


def _swapped(text: str, pairs: Mapping[str, str]) -> str:
    words = "|".join(map(re.escape, sorted(pairs, key=len, reverse=True)))
    small = {old.lower(): new for old, new in pairs.items()}

    def new(found: re.Match[str]) -> str:
        word = small[found[0].lower()]
        return word[0].upper() + word[1:] if found[0][0].isupper() else word

    return re.sub(rf"\b(?:{words})\b", new, text, flags=re.IGNORECASE)


Change = Callable[[str], str]

TEXTS: Mapping[str, Sequence[Change]] = MappingProxyType(
    {
        "padding": (padded,),
        "stock_phrases": (stuffed,),
        "american": (american,),
        "contractions": (contracted,),
        "no_articles": (without_articles,),
        "typed_fast": (typed_fast,),
    }
)
"""Probes of the reply's text by name, beside the plain reply."""

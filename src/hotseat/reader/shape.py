"""What tells a sentence from a list of words. A list names things and says nothing of them."""

from __future__ import annotations

from hotseat.reader.stems import words
from hotseat.reader.words import Passage, Span

SHAPE = words(
    """a an the your our you it i we is be are will can to at by on in from for until with within of
    and get go come per"""
)
"""Without one of these a few words with a time are a list, and no sentence."""
_LISTED = 4
"""From so many words on, words without shape are a list."""


def is_list(passage: Passage, span: Span) -> bool:
    """Whether a stretch is some words in a row, and no sentence ("refund courier tomorrow noon");
    up to three words, or words set apart by commas, are an answer."""
    said = passage.stems(span)
    return len(said) >= _LISTED and SHAPE.isdisjoint(said) and "," not in passage.text(span)

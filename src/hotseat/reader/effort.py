"""Effort without a result: checking, looking into it, and filing it."""

from __future__ import annotations

from hotseat.reader import deed_words
from hotseat.reader.cues import spot_all
from hotseat.reader.stems import is_content, stems
from hotseat.reader.words import Passage, Span

_THE = stems("the a an this that our your their last final every any no first")
_RECORDS = stems("log register track note")
_HANDS_ON = stems("forward pass escalate")
_PAPERS = stems("ticket case complaint query request")
_IN_CHARGE = stems("manager supervisor lead boss director head")


def effort(passage: Passage) -> Span | None:
    """Where, outside questions, an effort is named and no result: a deed ("I will check"), and not
    a thing ("the check is back") or what was seen already ("I see what it did")."""
    for span in spot_all(deed_words.VAGUE_ACTION, passage):
        before = passage.stems((max(0, span[0] - 1), span[0]))
        saw = before == ("i",) and passage.tokens[span[0]].stem == "see"
        thing = span[1] - span[0] == 1 and before and before[0] in _THE
        if not (saw or thing or passage.sentence_at(span[0]).asks):
            return span
    return None


def is_paperwork(passage: Passage, verb: int, last: int) -> bool:
    """Whether a deed only files the matter ("log it", "open a ticket", "forward it to the team"):
    no result, unless a time or a person in charge is named."""
    sentence = passage.sentence_at(verb)
    if any(verb < a < sentence.last for a, _ in passage.marks["time"]):
        return False
    word, rest = passage.tokens[verb].stem, passage.stems((verb + 1, last))
    if word in _RECORDS:
        return True
    if word in _HANDS_ON:
        after = passage.tokens[verb + 1 : sentence.last]
        named = any(passage.raw[t.start].isupper() and is_content(t.stem) for t in after)
        return not named and _IN_CHARGE.isdisjoint(passage.stems((verb + 1, sentence.last)))
    return word == "open" and not _PAPERS.isdisjoint(rest)

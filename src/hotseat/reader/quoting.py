"""Traits of one sentence of a reply: what tells which sentence shows how a criterion was met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hotseat.domain import Read
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.offers import concrete
from hotseat.reader.traits import found_banks
from hotseat.reader.words import Passage, Sentence, content

_FIRST_WORDS = ("i", "we", "you", "your", "our", "that", "the", "this", "if", "so", "thank", "it")


def sentence_traits(
    context: Context, reply: Reply, sentence: Sentence, reads: Mapping[str, Read]
) -> frozenset[str]:
    """All that is true of one sentence; `reads` hold the quotes that the rules chose."""
    own = reply.credit
    return frozenset(
        (
            *_quoted(own, sentence, reads),
            *_placed(own, sentence),
            *_marked(own, sentence),
            *_tied(context, own, sentence),
            *found_banks(own, (sentence.first, sentence.last)),
        )
    )


def _quoted(own: Passage, sentence: Sentence, reads: Mapping[str, Read]) -> Iterator[str]:
    """The criteria for which the rules quote from this sentence."""
    start, end = _reach(own, sentence)
    for criterion, read in reads.items():
        at = own.raw.find(read.quote) if read.quote else -1
        if at >= 0 and at < end and start < at + len(read.quote):
            yield f"quoted for {criterion}"


def _placed(own: Passage, sentence: Sentence) -> Iterator[str]:
    place = own.sentences.index(sentence)
    if place < 2:
        yield ("first", "second")[place]
    if len(own.sentences) - place <= 2:
        yield ("last", "last but one")[len(own.sentences) - 1 - place]
    if len(own.sentences) == 1:
        yield "only one"
    length = sentence.last - sentence.first
    yield from (f"over {n} words" for n in (4, 8, 15, 25) if length > n)


def _marked(own: Passage, sentence: Sentence) -> Iterator[str]:
    if sentence.asks:
        yield "asks"
    for mark, places in own.marks.items():
        if any(sentence.first <= a < sentence.last for a, _ in places):
            yield f"has {mark}"
    made = [o for o in concrete(own) if sentence.first <= o.span[0] < sentence.last]
    yield from (f"offers what {kind}" for kind in {offer.kind for offer in made})
    if any(own.negated[sentence.first : sentence.last]):
        yield "says no"
    opening = own.tokens[sentence.first].stem
    if opening in _FIRST_WORDS:
        yield f"begins with {opening}"


def _tied(context: Context, own: Passage, sentence: Sentence) -> Iterator[str]:
    said = content(own, (sentence.first, sentence.last))
    yield from (f"over {n} of their words" for n in (0, 1, 3) if len(said & context.named) > n)
    yield from (f"over {n} words of the case" for n in (0, 2, 4) if len(said & context.case) > n)
    shared = said & content(context.policy_words)
    yield from (f"over {n} words of policy" for n in (0, 2) if len(shared) > n)
    if context.deciders_in(frozenset(own.stems((sentence.first, sentence.last)))):
        yield "names who decides"


def _reach(own: Passage, sentence: Sentence) -> tuple[int, int]:
    return own.tokens[sentence.first].start, own.tokens[sentence.last - 1].end

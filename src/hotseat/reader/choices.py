"""Where a reply puts two options side by side."""

from __future__ import annotations

from hotseat.reader import deed_words
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot_all
from hotseat.reader.offers import Offer, offers
from hotseat.reader.words import Passage, Sentence, Span

_BEGS = ("send me|send us|give me|tell me|please send|please give",)
_SOMEBODY = frozenset({"he", "she", "they", "it", "her", "his", "nobody"})
_WHICH = frozenset({"which", "what", "either", "one", "where", "these", "those", "both", "prefer"})
_SAYS_NO, _NOS = (("no",), ("yes",)), frozenset({"no", "not", "unclear"})


def chooses(reply: Reply) -> Span | None:
    """Where two options are put side by side."""
    own = reply.credit
    made, begged = offers(own), spot_all(_BEGS, own)
    for span in spot_all(deed_words.CHOICE, own, even_negated=True):
        sentence = own.sentence_at(span[0])
        inside = [o for o in made if sentence.first <= o.span[0] < sentence.last]
        if _no_choice(own, span):
            continue
        if own.stems((span[0], span[1] + 1)) == ("instead", "of") and not _in_offer(made, span):
            continue
        if any(sentence.first <= a < span[0] for a, _ in begged):
            continue
        inside = inside or (span[0] == sentence.first and _just_before(own, made, span[0]))
        asks_fit = any(
            sentence.first <= a < sentence.last for a, _ in spot_all(deed_words.FIT, own)
        )
        if inside or (asks_fit and made) or (asks_fit and sentence.asks):
            return span
        if made and own.text(span) == "or" and _which_next(own, sentence):
            return span
    return None


def _in_offer(made: tuple[Offer, ...], span: Span) -> bool:
    """Whether a stretch stands in an offer."""
    return any(o.span[0] <= span[0] < o.span[1] for o in made)


def _which_next(own: Passage, sentence: Sentence) -> bool:
    """Whether a statement with two things in it is followed by the question which it shall be."""
    after = own.sentence_of[sentence.first] + 1
    if sentence.asks or own.negated[sentence.first] or after >= len(own.sentences):
        return False
    asked = own.sentences[after]
    return asked.asks and not _WHICH.isdisjoint(own.stems((asked.first, asked.last)))


def _just_before(own: Passage, made: tuple[Offer, ...], place: int) -> list[Offer]:
    """The offers of the sentence before this place."""
    before = own.sentence_of[place] - 1
    return [o for o in made if own.sentence_of[o.span[0]] == before]


def _no_choice(own: Passage, span: Span) -> bool:
    """Whether the word puts no two options side by side: "a yes or no", "in either case", "rather
    than tomorrow", "January instead of December", "and instead she sat in her coat"."""
    word, after = own.text(span), own.stems((span[1], span[1] + 2))
    before = own.stems((max(0, span[0] - 1), span[0]))
    if word == "instead":
        return bool(_SOMEBODY & set(after[:1]))
    if word == "or":
        return before in _SAYS_NO or bool(_NOS & set(after)) or after[:1] == ("me",)
    return (word, *after[:1]) in (("rather", "than"), ("either", "case"), ("either", "way"))

"""Where a reply asks whether what it puts forward suits: "Would noon be all right?"

Known wordings are in a bank; beyond them, a question that asks what the customer would have, after
something was put forward, asks whether it suits.
"""

from __future__ import annotations

from hotseat.reader import asking_words, deed_words
from hotseat.reader.bygone import tells_past
from hotseat.reader.cues import spot_all
from hotseat.reader.offers import offers
from hotseat.reader.stems import stems, words
from hotseat.reader.words import Passage, Sentence, Span

_TELLS = stems("tell explain describe share talk say")
_LEADS = words("would shall should which want")
_WOULD = words("would should could")
_OPEN = words("what when where who how")
_BIDS = words("tell let")
_FIRST = words("and or so then just please but")
_PICKS = words("either neither otherwise different another")
_LEAST = 4
"""Questions of fewer words are in the bank, or perfunctory."""
_SUITS = stems(
    """prefer rather want like choose pick suit fit right ok okay fine alright enough work sound
    manage help better easier best agree happy good preference mind acceptable possible safer
    instead"""
)


def fits(own: Passage) -> list[Span]:
    """The places where the customer is asked whether a proposal suits, or which one they want."""
    known = [
        span
        for span in spot_all(deed_words.FIT, own, even_negated=True)
        if _TELLS.isdisjoint(own.stems((span[1], span[1] + 3)))
    ]
    made = min((o.span[0] for o in offers(own) if not o.vague), default=len(own.tokens))
    asked = [(s.first, s.last) for s in own.sentences if _wishes(own, s, after=made < s.first)]
    told = [clause for clause in own.clauses if _bids(own, clause)]
    return sorted([*known, *asked, *told])


def _bids(own: Passage, clause: Span) -> bool:
    """Whether a clause bids the customer to say what suits: "or tell me if neither does"."""
    said = [word for word in own.text(clause).split() if word not in _FIRST]
    if len(said) < _LEAST or said[0] not in _BIDS or said[1] != "me":
        return False
    if not suits(own, clause) and _PICKS.isdisjoint(said):
        return False
    return not any(clause[0] <= a < clause[1] for a, _ in spot_all(asking_words.FACTS, own))


def suits(own: Passage, span: Span) -> bool:
    """Whether a stretch has a word for what suits somebody."""
    return not _SUITS.isdisjoint(own.stems(span))


def _wishes(own: Passage, sentence: Sentence, *, after: bool) -> bool:
    """Whether a sentence asks for a wish, and not for a fact or of the past: any question does
    `after` something was put forward, one that says "would" or "which of" does by itself."""
    span = (sentence.first, sentence.last)
    said = own.text(span).replace(",", " ").split()
    suiting = suits(own, span)
    if sentence.asks and said[0] in _WOULD and said[1:2] != ["you"] and (suiting or after):
        return len(said) >= _LEAST
    if any(span[0] <= a < span[1] for a, _ in spot_all(asking_words.FACTS, own)):
        return False
    if (tells_past(own, span) and "should" not in said) or len(said) < _LEAST:
        return False
    if not sentence.asks:
        return False
    if said[0] in _OPEN and not suiting:
        return False
    return after or (suiting and not _LEADS.isdisjoint(said[:4]))

"""Where a turn states a limit: a no, a refusal or bad news."""

from __future__ import annotations

from functools import lru_cache

from hotseat.reader import limit_words
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot_all
from hotseat.reader.stems import says_no, stems, words
from hotseat.reader.words import Passage, Span, parse

_THEM = words("you youre your")
_IT = words("it that")
_CANNOT = words("cant cannot unable impossible")
_ABLE = stems("can may possible able allow grant cover offer pay give refund include available")
_UNSAID = stems("swear imagine believe wait thank blame undo say worry mind")
"""What nobody can do is no limit on what may be had."""
_NEVER_AGAIN = words("again anymore more happen ever")


def states_limit(reply: Reply) -> Span | None:
    """Where the turn says no, or gives bad news."""
    return _limit_in(reply.credit.raw)


@lru_cache(maxsize=256)
def _limit_in(raw: str) -> Span | None:
    own = parse(raw)
    fine = spot_all(limit_words.NO_LIMIT, own)
    found = spot_all(limit_words.LIMITS, own, even_negated=True) + _denials(own)
    for span in sorted(found):
        if own.sentence_at(span[0]).asks or _ends_harm(own, span):
            continue
        if not any(span[0] < b and a < span[1] for a, b in fine):
            return span
    return None


def _ends_harm(own: Passage, limit: Span) -> bool:
    """Whether what cannot be is the trouble itself: "so it can't take it again"."""
    harmless = not _IT.isdisjoint(own.stems((max(0, limit[0] - 1), limit[0] + 1)))
    rest = set(own.stems((limit[1], own.clause_at(limit[0])[1])))
    return harmless and not rest.isdisjoint(_NEVER_AGAIN)


def _denials(own: Passage) -> list[Span]:
    """Where something within the house's gift is denied: a no in a clause with a word for giving
    or being able to, said of us or of the thing ("nobody here can wipe it out")."""
    found: list[Span] = []
    for first, last in own.clauses:
        said = own.stems((first, last))
        no = next((i for i, word in enumerate(said) if says_no(word)), None)
        theirs = no is not None and not _THEM.isdisjoint(said[:no])
        if no is None or theirs or "would" in said or not own.negated[first]:
            continue
        barred = said[no] in _CANNOT or not _ABLE.isdisjoint(said[no:])
        if barred and _UNSAID.isdisjoint(said[no + 1 : no + 4]):
            found.append((first + no, min(first + no + 3, last)))
    return found

"""Conduct: composure, professional_language, positive_framing."""

from __future__ import annotations

from functools import lru_cache

from hotseat.domain import Read
from hotseat.reader import deed_words, manner_words
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply, is_empty
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete, offers
from hotseat.reader.stems import words
from hotseat.reader.words import Passage, Span, parse

_OURSELVES = words("i im we were us me")
_THEM = words("you youre your")
_NEVER_AGAIN = words("again anymore more happen ever")


def composure(context: Context, reply: Reply) -> Read:
    """Calm and neutral; no blame, no argument, no sarcasm."""
    lapse = defends(context, reply) or blames(context, reply)
    lapse = lapse or (not concrete(reply.credit) and plays_down(context, reply))
    if lapse or rude(reply) or spot(manner_words.THREATENS, reply.plain):
        return missed("defensive, blaming or belittling words", 0.6)
    if is_empty(reply, context.case, asks_who=context.asks_who):
        return NA
    edge = spot(manner_words.EDGE, reply.plain, even_negated=True)
    if edge:
        return _quoted_partly(reply, edge)
    return met(reply, (0, 1), 0.6)


def rude(reply: Reply) -> Span | None:
    """Where the customer is called names; a trainee who says it of themselves is not rude."""
    said = reply.plain
    for span in spot_all(manner_words.NAME_CALLING, said):
        around = set(said.stems(said.clause_at(span[0])))
        if around.isdisjoint(_OURSELVES) or not around.isdisjoint(_THEM):
            return span
    return None


def asks_calm(context: Context, reply: Reply) -> Span | None:
    """Where the reply asks a customer who shouts or insults, with a please, to stop."""
    return spot(deed_words.ASKS_CALM, reply.plain, even_negated=True) if context.heated else None


def plays_down(context: Context, reply: Reply) -> Span | None:
    """Where the problem or the feeling is played down; a fair request to stop shouting is not."""
    fair = spot_all(manner_words.NOT_MINIMISED, reply.plain, even_negated=True)
    if spot(manner_words.REASSURES, reply.plain, even_negated=True):
        fair += spot_all(("don't worry|do not worry|no worries",), reply.plain, even_negated=True)
    return _unless(fair, asks_calm(context, reply), manner_words.MINIMISES, reply)


def defends(context: Context, reply: Reply) -> Span | None:
    """Where the reply defends itself, blames or argues; a fair request to stop shouting is not."""
    fair = spot_all(manner_words.NOT_BLAME, reply.plain, even_negated=True)
    return _unless(fair, asks_calm(context, reply), manner_words.DEFENSIVE, reply)


def blames(context: Context, reply: Reply) -> Span | None:
    """Where the fault is put on the customer: not where they are told it is not theirs."""
    fair = spot_all(manner_words.NOT_BLAME, reply.plain, even_negated=True)
    return _unless(fair, asks_calm(context, reply), manner_words.BLAMES, reply)


def _unless(
    fair: list[Span], calm: Span | None, bank: tuple[str, ...], reply: Reply
) -> Span | None:
    """The first find of a bank that no fair wording covers."""
    fair = [*fair, (calm[0], calm[1] + 2)] if calm else fair
    spans = spot_all(bank, reply.plain, even_negated=True)
    return next((s for s in spans if not any(s[0] < b and a < s[1] for a, b in fair)), None)


def professional_language(context: Context, reply: Reply) -> Read:
    """Clear, respectful, plain words."""
    if spot(manner_words.PROFANE, reply.plain, even_negated=True) or rude(reply):
        return missed("rude or insulting words", 0.7)
    if is_empty(reply, context.case, asks_who=context.asks_who):
        return NA
    for bank in (
        manner_words.SLANG,
        manner_words.JARGON,
        manner_words.BOILERPLATE,
        manner_words.STIFF,
    ):
        span = spot(bank, reply.plain, even_negated=True)
        if span:
            return _quoted_partly(reply, span)
    blame = blames(context, reply)
    if blame:
        return _quoted_partly(reply, blame)
    return met(reply, (0, 1), 0.6)


def _quoted_partly(reply: Reply, span: Span) -> Read:
    return partly(Reply(reply.whole, reply.plain, reply.plain), span, 0.55)


def positive_framing(_: Context, reply: Reply) -> Read:
    """A limit said together with what can be done."""
    limit = states_limit(reply)
    if limit is None:
        return NA
    made = [o for o in concrete(reply.credit) if o.span[1] <= limit[0] or o.span[0] >= limit[1]]
    if (made or spot(deed_words.BUT_CAN, reply.credit)) and not spot(
        manner_words.DEFENSIVE, reply.plain, even_negated=True
    ):
        return met(reply, limit, 0.55)
    if (
        made
        or offers(reply.credit)
        or spot(("instead|maybe|at least|perhaps|however",), reply.credit)
    ):
        return partly(reply, limit, 0.45)
    return missed("a bare no, with nothing that can be done beside it", 0.55)


def _ends_harm(own: Passage, limit: Span) -> bool:
    """Whether what cannot be is the trouble itself: "so it can't take it again"."""
    harmless = own.tokens[limit[0]].stem in ("it", "that")
    rest = set(own.stems((limit[1], own.clause_at(limit[0])[1])))
    return harmless and not rest.isdisjoint(_NEVER_AGAIN)


def states_limit(reply: Reply) -> Span | None:
    """Where the turn says no, or gives bad news."""
    return _limit_in(reply.credit.raw)


@lru_cache(maxsize=256)
def _limit_in(raw: str) -> Span | None:
    own = parse(raw)
    fine = spot_all(deed_words.NO_LIMIT, own)
    for cue in deed_words.LIMITS:
        span = spot((cue,), own, even_negated=True)
        if span and not own.sentence_at(span[0]).asks:
            if any(span[0] < b and a < span[1] for a, b in fine) or _ends_harm(own, span):
                continue
            return span
    return None

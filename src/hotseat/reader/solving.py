"""Solve: transparent_explanation, specific_solution, timeline, offer_choices, confirm_fit,
adapt_flexibly."""

from __future__ import annotations

from hotseat.domain import Read
from hotseat.reader import deed_words, feeling_words, manner_words
from hotseat.reader.bygone import is_gone, is_planned, tells_deed, tells_past
from hotseat.reader.choices import chooses
from hotseat.reader.closing import closes
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.effort import effort
from hotseat.reader.fit import fits
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import Offer, concrete, offers
from hotseat.reader.promises import oversteps
from hotseat.reader.refusals import states_limit
from hotseat.reader.stems import stems
from hotseat.reader.words import Passage, Sentence, Span, content

_DEICTIC = stems("it this that your you we our")
_THIN = 12
"""A vague word in a sentence of fewer words leaves no cause beside it."""
_NEWS = 3
"""So many words that nobody has used yet make news."""
_TOLD = 2
"""So many of them make news in a clause that tells what was done."""
_PUTS = frozenset({"tell", "let"})
_ASKING = stems("would does will is are could shall do")
"""A clause that opens with one of these asks, whether or not it ends in a question mark."""


def transparent_explanation(context: Context, reply: Reply) -> Read:
    """An honest, specific cause, or openly not known yet with how it will be found out."""
    own = reply.credit
    unknown = spot(deed_words.UNKNOWN_YET, own)
    if unknown and (own.marks["time"] or offers(own)):
        return met(reply, unknown, 0.6)
    vague = spot(deed_words.VAGUE_CAUSE, own)
    cause = _cause(context, own)
    if cause and vague and vague[0] in range(*cause) and cause[1] - cause[0] < _THIN:
        return partly(reply, vague, 0.45)
    if cause:
        return met(reply, cause, 0.5)
    if not context.asks_why:
        return NA
    if vague:
        return partly(reply, vague, 0.5)
    return missed("asked why, and no cause is given", 0.5)


def _cause(context: Context, own: Passage) -> Span | None:
    """A statement that tells something new of how it came: with a word for a cause, or, to a
    customer who asks, of the past."""
    strong = [a for a, _ in spot_all(deed_words.CAUSE, own, even_negated=True)]
    because = (*deed_words.BECAUSE, *(deed_words.SO if context.asks_why else ()))
    causes = [a for a, _ in spot_all(because, own, even_negated=True)]
    made = [offer.span[0] for offer in concrete(own)]
    idle = (*feeling_words.SORRY, *manner_words.BOILERPLATE)
    sorry = [a for a, _ in spot_all(idle, own, even_negated=True)]
    again = [own.sentence_of[a] for a, _ in spot_all(deed_words.SAYS_AGAIN, own)]
    for sentence in own.sentences:
        span = (sentence.first, sentence.last)
        new = content(own, span) - context.case - context.told
        firm = [a for a in strong if a in range(*span)] if context.number > 1 and new else []
        if sentence.asks or "if" in own.stems(span)[:2] or own.sentence_of[span[0]] in again:
            continue
        regrets = [own.clause_at(a) for a in sorry if a in range(*span)]
        firm = [a for a in firm if own.clause_at(a) not in regrets]
        if firm and not _sums_up(own, span):
            return span
        if regrets:
            continue
        if any(a in range(*span) for a in made):
            continue
        ours = not _DEICTIC.isdisjoint(own.stems(span)) or content(own, span) & context.case
        caused = any(a in range(*span) for a in causes) and "will" not in own.stems(span)
        denies = any(own.negated[sentence.first : sentence.last])
        told = context.asks_why and tells_past(own, span) and not denies
        if ours and (
            (len(new) >= _NEWS and (caused or told)) or (new and caused and context.asks_why)
        ):
            return span
        if deed := _tale(context, own, span):
            return deed
    return None


def _tale(context: Context, own: Passage, span: Span) -> Span | None:
    """A clause of a sentence that tells what others did, or what was done, and nobody has said: a
    cause also to a customer who has not asked, once their own tale is told."""
    if not context.asks_why and (context.number == 1 or _sums_up(own, span)):
        return None
    for clause in own.clauses:
        if span[0] <= clause[0] < span[1] and tells_deed(own, clause):
            new = content(own, clause) - context.case - context.told
            if len(new) >= _TOLD:
                return clause
    return None


def _sums_up(own: Passage, span: Span) -> bool:
    """Whether a sentence opens by saying that it sums up."""
    opening = (span[0], min(span[1], span[0] + 4))
    return any(a in range(*opening) for a, _ in spot_all(deed_words.RECAPS, own))


def specific_solution(context: Context, reply: Reply) -> Read:
    """A concrete action that meets the need."""
    made = offers(reply.credit)
    done = concrete(reply.credit)
    due = context.number > 1 or context.demands
    if done:
        if oversteps(context, reply) or (reply.credit.marks["soon"] and len(made) == 1):
            return partly(reply, done[0].span, 0.5)
        return met(reply, done[0].span, 0.6)
    if choice := chooses(reply):
        return met(reply, choice, 0.5)
    if not due:
        return NA
    vague = effort(reply.credit)
    if vague or made:
        return partly(reply, vague or made[0].span, 0.55)
    if context.number > 1 and closes(context, reply):
        return NA
    return missed("no action is offered", 0.55)


def timeline(context: Context, reply: Reply) -> Read:
    """Who does it and by when."""
    own = reply.credit
    made = offers(own)
    promised = any(o.kind == "will" and not o.vague for o in made)
    planned = next((span for span in own.marks["time"] if _is_ahead(own, span)), None)
    if not (made or context.asks_when or planned):
        return NA
    timed = _timed(own, made, context) or (planned if context.number > 1 else None)
    if timed in own.marks["now"] and own.marks["soon"]:
        return partly(reply, own.marks["soon"][0], 0.55)
    if timed:
        return (partly if _dates_one_option(reply, timed) else met)(reply, timed, 0.6)
    if own.marks["soon"]:
        return partly(reply, own.marks["soon"][0], 0.65)
    if promised or context.asks_when:
        return missed("something is promised with no time at all", 0.5)
    return NA


def _is_ahead(own: Passage, time: Span) -> bool:
    """Whether a time stands in a statement of what is to come, which says no no."""
    retold = _retells(own, own.sentence_at(time[0]))
    return is_planned(own, time) and not (own.negated[time[0]] or retold)


def _timed(own: Passage, made: tuple[Offer, ...], context: Context) -> Span | None:
    """A time that belongs to an action, or answers when: not one that only tells the past."""
    for span in (*own.marks["time"], *own.marks["now"]):
        sentence = own.sentence_at(span[0])
        if (sentence.asks and not made) or (span not in own.marks["now"] and is_gone(own, span)):
            continue
        now = span in own.marks["now"]
        if now and any(o.vague and o.span[0] <= span[0] < o.span[1] for o in made):
            continue
        dated = [o for o in made if not (now and o.vague)]
        answers = context.asks_when and not (now or own.negated[span[0]])
        answers = answers and not _retells(own, sentence)
        if answers or any(_near(span, sentence, o) for o in dated):
            return span
    return None


def _retells(own: Passage, sentence: Sentence) -> bool:
    """Whether a sentence retells the customer's own case."""
    words = set(own.stems((sentence.first, sentence.last)))
    retold = tells_past(own, (sentence.first, sentence.last))
    return retold and not words.isdisjoint({"you", "your"}) and words.isdisjoint({"will", "can"})


def _dates_one_option(reply: Reply, time: Span) -> bool:
    """Whether the only time dates one of several options: offered on a condition, so no plan."""
    own = reply.credit
    sentence = own.sentence_at(time[0])
    if len(own.marks["time"]) + len(own.marks["now"]) > 1:
        return False
    if any(o.kind == "will" and not o.vague and _near(time, sentence, o) for o in offers(own)):
        return False
    return chooses(reply) is not None and spot_in(deed_words.CHOICE, own, sentence)


def _near(time: Span, sentence: Sentence, offer: Offer) -> bool:
    """A promise dates its whole sentence; what is only offered dates its own clause."""
    if offer.kind == "can":
        return offer.span[0] <= time[0] < offer.span[1] or time[0] == offer.span[1]
    return sentence.first <= offer.span[0] < sentence.last


def offer_choices(context: Context, reply: Reply) -> Read:
    """Two or more genuine options."""
    own = reply.credit
    choice = chooses(reply)
    if choice:
        if spot(deed_words.SLANTED, own):
            return partly(reply, choice, 0.5)
        return met(reply, choice, 0.55)
    several = spot(("or|instead|choice|either",), context.policy_words) is not None
    if not (context.number > 1 and context.resists and several) or own.asks:
        return NA
    made = concrete(own)
    if len(made) < 2 and (made or states_limit(reply)) and not closes(context, reply):
        return missed("one option imposed although there are others", 0.35)
    return NA


def confirm_fit(context: Context, reply: Reply) -> Read:
    """Asks whether the proposal works for the customer."""
    own = reply.credit
    proposed = context.offered or offers(own) or chooses(reply)
    for fit in fits(own):
        asked = (
            own.sentence_at(fit[0]).asks
            or not _PUTS.isdisjoint(own.stems(fit))
            or own.tokens[own.clause_at(fit[0])[0]].stem in _ASKING
        )
        opening = own.stems((own.sentence_at(fit[0]).first, fit[1]))[0]
        if asked and (proposed or opening != "what"):
            return met(reply, fit, 0.65)
    token = _token_fit(own)
    more = spot(deed_words.MORE, own)
    if more and own.sentence_at(more[0]).asks:
        return partly(reply, more, 0.45)
    if not concrete(own):
        return NA
    if token:
        return partly(reply, token, 0.6)
    if closes(context, reply) or context.settles or context.number == 1:
        return NA
    return missed("a plan is set without asking whether it suits", 0.45)


def _token_fit(own: Passage) -> Span | None:
    for span in spot_all(deed_words.TOKEN_FIT, own):
        sentence = own.sentence_at(span[0])
        if sentence.asks and sentence.last - sentence.first <= 4:
            return (sentence.first, sentence.last)
    return None


def adapt_flexibly(context: Context, reply: Reply) -> Read:
    """Changes or adds to the plan after the customer was not content with it."""
    made = offers(reply.credit)
    fresh = [o for o in made if not o.vague and _is_new(context, reply, o)]
    late = context.number > 2 and context.pushed_back and fresh
    if not (context.offered or late):
        return NA
    if not context.resists:
        asks = context.asks_why or context.asks_when or context.welcomes
        bends = fresh and reply.credit.asks and not asks
        return met(reply, fresh[0].span, 0.4) if bends else NA
    if fresh:
        return met(reply, fresh[0].span, 0.5)
    if made and not reply.repeats:
        return NA
    return missed("the plan stays the same after pushback", 0.4)


def _is_new(context: Context, reply: Reply, offer: Offer) -> bool:
    return bool(content(reply.credit, offer.span) - context.told)


def spot_in(cues: tuple[str, ...], own: Passage, sentence: Sentence) -> bool:
    """Whether a cue is found in this sentence."""
    return any(sentence.first <= a < sentence.last for a, _ in spot_all(cues, own))

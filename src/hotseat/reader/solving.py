"""Solve: transparent_explanation, specific_solution, timeline, offer_choices, confirm_fit,
adapt_flexibly."""

from __future__ import annotations

from hotseat.domain import Read
from hotseat.reader import deed_words
from hotseat.reader.asking import is_invitation
from hotseat.reader.bygone import is_gone, is_planned, tells_past
from hotseat.reader.closing import closes
from hotseat.reader.conduct import states_limit
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.effort import effort
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import Offer, concrete, offers
from hotseat.reader.promises import oversteps
from hotseat.reader.shape import is_list
from hotseat.reader.stems import stems
from hotseat.reader.words import Passage, Sentence, Span, content

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
    asked = context.asks_why
    cause = _cause(own, (*deed_words.CAUSE, *(deed_words.WEAK_CAUSE if asked else ())))
    if asked:
        if cause and not vague:
            return met(reply, cause, 0.5)
        if vague or cause:
            return partly(reply, vague or cause or (0, 1), 0.5)
        return missed("asked why, and no cause is given", 0.5)
    because = spot(("because",), own)
    if not cause and because and not own.sentence_at(because[0]).asks and context.number > 1:
        sentence = own.sentence_at(because[0])
        words = content(own, (sentence.first, sentence.last))
        cause = because if len(words - context.case) > len(words) / 2 else None
    if cause and context.number > 1 and not closes(context, reply):
        return partly(reply, vague, 0.4) if vague else met(reply, cause, 0.4)
    return NA


def _cause(own: Passage, bank: tuple[str, ...]) -> Span | None:
    for span in spot_all(bank, own, even_negated=True):
        sentence = own.sentence_at(span[0])
        if not sentence.asks and len(content(own, (sentence.first, sentence.last))) >= 3:
            return span
    return None


def specific_solution(context: Context, reply: Reply) -> Read:
    """A concrete action that meets the need."""
    made = offers(reply.credit)
    done = concrete(reply.credit)
    due = context.number > 1 or context.demands
    if done:
        if oversteps(context, reply) or (reply.credit.marks["soon"] and len(made) == 1):
            return partly(reply, done[0].span, 0.5)
        return met(reply, done[0].span, 0.6)
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
    later = [a for a, _ in spot_all(deed_words.LATER, own)]
    promised = [
        o
        for o in made
        if o.kind == "will" and not o.vague and not any(o.span[0] <= a < o.span[1] for a in later)
    ]
    if not (made or context.asks_when):
        return NA
    timed = _timed(own, made, context)
    if timed:
        return (partly if _dates_one_option(reply, timed) else met)(reply, timed, 0.6)
    if own.marks["soon"]:
        return partly(reply, own.marks["soon"][0], 0.65)
    planned = next((s for s in own.marks["time"] if is_planned(own, s)), None)
    if later and planned:
        return met(reply, planned, 0.45)
    if promised or context.asks_when:
        return missed("something is promised with no time at all", 0.5)
    return NA


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
        answers = context.asks_when and not now and not _retells(own, sentence)
        answers = answers and not is_list(own, (sentence.first, sentence.last))
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
    resists = context.pushed_back and context.number > 1 and not closes(context, reply)
    several = spot(("or|instead|choice|either",), context.policy_words) is not None
    if resists and several and (concrete(own) or states_limit(reply)):
        return missed("one option imposed although there are others", 0.35)
    return NA


def chooses(reply: Reply) -> Span | None:
    """Where two options are put side by side."""
    own = reply.credit
    made = offers(own)
    for span in spot_all(deed_words.CHOICE, own, even_negated=True):
        sentence = own.sentence_at(span[0])
        inside = [o for o in made if sentence.first <= o.span[0] < sentence.last]
        if own.tokens[span[0]].stem == "instead" and _told_instead(own, span):
            continue
        if spot_in(("send me|send us|give me|tell me|please send|please give",), own, sentence):
            continue
        asks_fit = any(
            sentence.first <= a < sentence.last for a, _ in spot_all(deed_words.FIT, own)
        )
        if inside or (asks_fit and made) or (asks_fit and sentence.asks):
            return span
    return None


def _told_instead(own: Passage, span: Span) -> bool:
    """Whether an instead tells what somebody did ("and instead she sat in her coat")."""
    after = own.stems((span[1], span[1] + 2))
    return bool(after) and after[0] in ("he", "she", "they", "it", "her", "his", "nobody")


def confirm_fit(context: Context, reply: Reply) -> Read:
    """Asks whether the proposal works for the customer."""
    own = reply.credit
    fit = spot(deed_words.FIT, own, even_negated=True)
    asked = fit and (
        own.sentence_at(fit[0]).asks
        or not _PUTS.isdisjoint(own.stems(fit))
        or own.tokens[own.clause_at(fit[0])[0]].stem in _ASKING
    )
    proposed = context.offered or offers(own) or chooses(reply)
    empty = fit and not proposed and own.stems((own.sentence_at(fit[0]).first, fit[1]))[0] == "what"
    if fit and asked and not empty and not is_invitation(own, fit):
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
    """Changes or adds to the plan after the customer pushed back on it."""
    if not context.offered:
        return NA
    made = offers(reply.credit)
    fresh = [o for o in made if not o.vague and _is_new(context, reply, o)]
    if fresh and not context.pushed_back:
        doubts = not context.settles and (context.last.asks or context.emotion > 0)
        bends = doubts and spot(deed_words.ADAPTS, reply.credit)
        return met(reply, fresh[0].span, 0.4) if bends else NA
    if not context.pushed_back:
        return NA
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

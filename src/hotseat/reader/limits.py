"""Limits: policy_truth, assertive_boundary, escalation."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

from hotseat.domain import Read
from hotseat.reader import deed_words
from hotseat.reader.bygone import is_past_form
from hotseat.reader.closing import closes
from hotseat.reader.conduct import asks_calm, rude, states_limit, throws_back
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply, is_empty
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete
from hotseat.reader.promises import oversteps
from hotseat.reader.stems import stems
from hotseat.reader.words import Passage, Span, content

_SAME = 2
_ABOVE = re.compile(r"\b(?:more|higher|beyond|above|other)\b[^.:;]{0,40}:")
_ADVICE = re.compile(
    r"\bno (?:guess|advice|opinion)|\b(?:medic\w*|legal|health|tax) [^.:;]{0,24}(?::|only)"
)
_CONTACTS = stems("write call ring answer mail contact speak")


def policy_truth(context: Context, reply: Reply) -> Read:
    """Commitments and claims about policy stay within what the trainee may do."""
    wrong = oversteps(context, reply)
    if wrong:
        return missed(wrong.why, 0.55)
    hidden = spot(deed_words.NOBODY_CAN, reply.credit, even_negated=True)
    if (hidden and _decider(context)) or _hides_more(context, reply.credit):
        return missed("says that nobody can, though there is somebody who decides", 0.45)
    if _advises(context, reply.credit):
        return missed("gives an opinion that policy leaves to somebody else", 0.4)
    limit = states_limit(reply)
    if limit and _denies_the_allowed(context, reply.credit, limit):
        limit = None
    claims = [offer.span for offer in concrete(reply.credit)] + ([limit] if limit else [])
    claims = claims or _claims(context, reply.credit)
    if hedged := spot(deed_words.HEDGED, reply.credit):
        return partly(reply, hedged, 0.45)
    if not claims:
        return NA
    return met(reply, max(claims, key=partial(_of_policy, context, reply.credit)), 0.5)


def _hides_more(context: Context, own: Passage) -> bool:
    """Whether something is called the most there is while policy says who may give more."""
    most = spot(deed_words.THE_MOST, own, even_negated=True)
    above = context.policy is not None and _ABOVE.search(context.policy_words.folded)
    return bool(most and above and context.deciders) and _authority(context, own) is None


def _advises(context: Context, own: Passage) -> bool:
    """Whether the reply has an opinion on health or the like, which policy leaves to others."""
    kept = context.policy is not None and _ADVICE.search(context.policy_words.folded)
    return bool(kept and spot(deed_words.OPINES, own))


def _denies_the_allowed(context: Context, own: Passage, limit: Span) -> bool:
    """Whether a no is said to what policy gives in so many words: no true claim about policy."""
    policy, sentence = context.policy_words, own.sentence_at(limit[0])
    said = content(own, (sentence.first, sentence.last))
    given = frozenset[str]().union(
        *(content(policy, c) for c in policy.clauses if not policy.negated[c[0]])
    )
    return not context.deciders_in(said) and len(said & given) >= _SAME


def _claims(context: Context, own: Passage) -> list[Span]:
    """Statements that share two words or figures with policy: what is said about it."""
    policy = content(context.policy_words)
    if context.number == 1:
        return []
    spans = [(s.first, s.last) for s in own.sentences if not s.asks]
    plain = [span for span in spans if not any(own.negated[slice(*span)])]
    return [span for span in plain if len(content(own, span) & policy) >= _SAME]


def _of_policy(context: Context, own: Passage, claim: Span) -> int:
    """How many words and figures the sentence of a claim shares with policy."""
    sentence = own.sentence_at(claim[0])
    return len(content(own, (sentence.first, sentence.last)) & content(context.policy_words))


def assertive_boundary(context: Context, reply: Reply) -> Read:
    """A calm limit with a way forward, when the customer insults, threatens or insists."""
    pressed = context.insults or context.threatens
    own = reply.credit
    firm = spot(deed_words.FIRM, own, even_negated=True) or asks_calm(context, reply)
    limit = states_limit(reply)
    made = concrete(own)
    hits = rude(reply) or (context.insults and throws_back(context, reply))
    if hits and (pressed or context.demands):
        return missed("hits back instead of setting a calm limit", 0.6)
    if context.demands and oversteps(context, reply) and context.number > 1:
        return missed("gives in to what policy does not allow", 0.5)
    insists = context.number > 1 and (context.pushed_back or context.demands or context.threatens)
    if limit and insists and _figured(context, own, limit):
        return met(reply, limit, 0.5) if made else partly(reply, limit, 0.5)
    if firm:
        path = made or spot(deed_words.PATH, own)
        return met(reply, firm, 0.55) if path else partly(reply, firm, 0.5)
    if context.insults and not is_empty(reply, context.case, asks_who=context.asks_who):
        return partly(reply, made[0].span if made else (0, 1), 0.4)
    return NA


def _figured(context: Context, own: Passage, limit: Span) -> bool:
    """Whether a figure was demanded and the limit speaks of it, or of a limit by name."""
    sentence = own.sentence_at(limit[0])
    named = content(own, (sentence.first, sentence.last)) & context.named
    before = own.sentences[max(0, own.sentence_of[limit[0]] - 1)]
    if any(w[0].isdigit() and w in context.named for w in own.stems((before.first, before.last))):
        return True
    digits = any(context.last.folded[t.start].isdigit() for t in context.last.tokens)
    return digits and (
        any(word[0].isdigit() for word in own.stems((sentence.first, sentence.last)))
        or bool(spot(("goes over|above my|my limit|beyond what|both",), own))
        or len(named) >= 3
    )


def escalation(context: Context, reply: Reply) -> Read:
    """Hands over to somebody with authority, saying who, why and what happens next."""
    own = reply.credit
    denied = spot(deed_words.DENIES_MANAGER, own, even_negated=True)
    who = _authority(context, own)
    passes = next((s for s in spot_all(deed_words.PASSES, own) if not _theirs(own, s)), None)
    if who and not context.wants_manager and closes(context, reply) and _brought_in(context):
        return NA
    if who and passes and not denied:
        sure = _when(own, who) and not spot(deed_words.HEDGES, own)
        return met(reply, who, 0.55) if sure else partly(reply, who, 0.5)
    if who and not denied and _by_policy(context, own, who):
        return partly(reply, who, 0.4)
    if oversteps(context, reply) and _decider(context):
        return missed("this is for somebody with more authority, who is not brought in", 0.45)
    if not who and _kept_back(context, reply):
        return missed("what was asked for is for somebody else to decide, who is not named", 0.4)
    if context.wants_manager:
        if who and not denied:
            return partly(reply, who, 0.4)
        return missed("a manager was asked for and none is offered", 0.6)
    return NA


def _by_policy(context: Context, own: Passage, who: Span) -> bool:
    """Whether it is policy that leaves more to them."""
    named = own.stems(who)
    offices = {noun for _, noun in context.offices}
    return named[0] in context.deciders or named[-1] in offices


def _kept_back(context: Context, reply: Reply) -> bool:
    """Whether a demand meets a limit and nobody has said who decides about more."""
    pressed = context.number > 2 and (context.demands or context.pushed_back)
    limited = states_limit(reply) and not (context.settles or _brought_in(context))
    return bool(pressed and limited and context.deciders)


def _brought_in(context: Context) -> bool:
    """Whether an earlier reply has named who decides already."""
    return any(name in said.places for said in context.trainee for name in context.deciders)


def _when(own: Passage, who: Span) -> bool:
    """Whether it is said when they act, in their sentence or the two after it."""
    first = own.sentence_of[who[0]]
    near = own.sentences[first : first + 3]
    return any(near[0].first <= a < near[-1].last for a, _ in own.marks["time"])


def _theirs(own: Passage, span: Span) -> bool:
    """Whether it is told of the past: "the three colleagues you spoke to", "what Beata wrote"."""
    if own.tokens[span[0]].stem in _CONTACTS and is_past_form(own, span[0]):
        return True
    return own.stems((span[0] - 1, span[0])) in (("you",), ("youve",)) if span[0] else False


def _decider(context: Context) -> bool:
    """Whether policy names somebody who decides about more."""
    return bool(
        (context.policy and context.policy.escalates_to)
        or spot((*deed_words.HANDS_OVER, *deed_words.OFFICES), context.policy_words)
    )


def _authority(context: Context, own: Passage) -> Span | None:
    for name in context.deciders:
        if name in own.places:
            return (own.places[name][0], own.places[name][0] + 1)
    for place, (a, b) in enumerate(pairwise(token.stem for token in own.tokens)):
        if (a, b) in context.offices or ("", b) in context.offices:
            return (place, place + 2)
    role = spot(deed_words.HANDS_OVER, own)
    return role or (spot(deed_words.OFFICES, own) if states_limit(Reply(own, own, own)) else None)

"""Limits: policy_truth, assertive_boundary, escalation."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

from hotseat.domain import Read
from hotseat.reader import deed_words, limit_words
from hotseat.reader.bygone import is_past_form
from hotseat.reader.closing import closes
from hotseat.reader.conduct import asks_calm, rude, throws_back
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply, is_empty
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete
from hotseat.reader.promises import oversteps
from hotseat.reader.refusals import states_limit
from hotseat.reader.stems import stems
from hotseat.reader.words import Passage, Sentence, Span, content, parse

_SAME = 2
_ABOVE = re.compile(r"\b(?:more|higher|beyond|above|other)\b[^.:;]{0,40}:")
_EXCEPTS = re.compile(r"\b(?:once|may be (?:waived|dropped|halved|let off)|exceptions?|unless)\b")
_ADVICE = re.compile(
    r"\bno (?:guess|advice|opinion)|\b(?:medic\w*|legal|health|tax) [^.:;]{0,24}(?::|only)"
)
_THEY = stems("he she they")
_CONTACTS = stems("write call ring answer mail contact speak")


def policy_truth(context: Context, reply: Reply) -> Read:
    """Commitments and claims about policy stay within what the trainee may do."""
    wrong = oversteps(context, reply)
    if wrong:
        return missed(wrong.why, 0.55)
    hidden = spot(limit_words.NOBODY_CAN, reply.credit, even_negated=True)
    gives_way = _decider(context) or _EXCEPTS.search(context.policy_words.folded)
    if (hidden and gives_way) or _hides_more(context, reply.credit):
        return missed("says that nobody can, though there is somebody who decides", 0.45)
    if _speaks_for_them(context, reply.credit):
        return missed("promises what somebody else is to decide", 0.45)
    if _turned_away(context, reply.credit):
        return missed("says it is not our business, though policy names who takes it", 0.45)
    if _advises(context, reply.credit):
        return missed("gives an opinion that policy leaves to somebody else", 0.4)
    limit = states_limit(reply)
    if limit and _denies_the_allowed(context, reply.credit, limit):
        limit = None
    claims = [offer.span for offer in concrete(reply.credit)] + ([limit] if limit else [])
    claims = claims or _claims(context, reply.credit)
    if hedged := spot(limit_words.HEDGED, reply.credit):
        return partly(reply, hedged, 0.45)
    if not claims:
        return NA
    return met(reply, max(claims, key=partial(_of_policy, context, reply.credit)), 0.5)


def _hides_more(context: Context, own: Passage) -> bool:
    """Whether something is called the most there is while policy says who may give more."""
    most = spot(limit_words.THE_MOST, own, even_negated=True)
    above = _ABOVE.search(context.policy_words.folded)
    return bool(most and above and context.deciders) and not _authorities(context, own)


def _speaks_for_them(context: Context, own: Passage) -> bool:
    """Whether it is promised what those who decide will say: "the board will surely pay"."""
    return any(
        limit_words.SURELY.search(own.text(clause := own.clause_at(span[0])))
        and not own.negated[span[0]]
        and not own.sentence_at(clause[0]).asks
        for span in _authorities(context, own)
    )


def _turned_away(context: Context, own: Passage) -> bool:
    """Whether the customer is told to see to it, or that it is between others, while somebody
    takes such things."""
    return bool(_decider(context) and limit_words.NOT_OURS.search(own.folded))


def _advises(context: Context, own: Passage) -> bool:
    """Whether the reply has an opinion on health or the like, which policy leaves to others."""
    kept = context.policy is not None and _ADVICE.search(context.policy_words.folded)
    return bool(kept and spot(limit_words.OPINES, own))


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
    own, later = reply.credit, context.number > 1
    pressed = context.insults or context.threatens
    insists = later and (context.pushed_back or context.demands or context.threatens)
    hits = rude(reply) or (context.insults and throws_back(context, reply))
    hits = hits or (limit_words.HITS_BACK.search(reply.plain.folded) and context.emotion >= 1)
    if hits and (pressed or context.demands or context.pushed_back):
        return missed("hits back instead of setting a calm limit", 0.6)
    if later and (pressed or context.demands) and oversteps(context, reply):
        return missed("gives in to what policy does not allow", 0.5)
    limit = states_limit(reply)
    made = concrete(own)
    if limit and ((insists and _figured(context, own, limit)) or _answers_sum(context, own, limit)):
        return met(reply, limit, 0.5) if made else partly(reply, limit, 0.5)
    firm = _firm(context, reply)
    if firm:
        path = made or spot(deed_words.PATH, own)
        return met(reply, firm, 0.55) if path else partly(reply, firm, 0.5)
    if context.insults and not is_empty(reply, context.case, asks_who=context.asks_who):
        return partly(reply, made[0].span if made else (0, 1), 0.4)
    return NA


def _firm(context: Context, reply: Reply) -> Span | None:
    """Where the customer is calmly told what is not all right, or that a threat is theirs to carry
    out."""
    own = reply.credit
    firm = spot(limit_words.FIRM, own, even_negated=True) or asks_calm(context, reply)
    if firm:
        return firm
    if context.threatens and (free := limit_words.FREE_TO.search(own.folded)):
        return _at(own, free.start())
    if context.insults:
        for match in limit_words.WITHOUT.finditer(reply.whole.folded):
            word = parse(match.group(1)).places
            if not word.keys().isdisjoint(context.named):
                return _at(own, match.start())
    return None


def _at(own: Passage, start: int) -> Span | None:
    """The word at this place of the text, or the next one."""
    return next(((i, i + 1) for i, t in enumerate(own.tokens) if t.end > start), None)


def _answers_sum(context: Context, own: Passage, limit: Span) -> bool:
    """Whether the limit speaks of a sum that the customer has just named and policy has not."""
    if context.number == 1:
        return False
    sentence = own.sentence_at(limit[0])
    said = frozenset(own.stems((sentence.first, sentence.last)))
    sums = {w for w in said & context.named if w[0].isdigit()}
    return bool(sums - context.policy_words.places.keys())


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
    wanted = context.wants_manager or context.deciders_in(context.named)
    denied = wanted and spot(limit_words.DENIES_MANAGER, own, even_negated=True)
    named = _authorities(context, own)
    if named and not wanted and closes(context, reply) and _brought_in(context):
        return NA
    if named and not denied:
        acting = [(span, near) for span in named if _passes(own, near := _about(own, span))]
        for span, near in acting:
            if _when(own, near) and not _in(own, limit_words.HEDGES, near):
                return met(reply, span, 0.55)
        if acting:
            return partly(reply, acting[0][0], 0.5)
        if _by_policy(context, own, named[0]):
            return partly(reply, named[0], 0.4)
    if oversteps(context, reply) and _decider(context):
        return missed("this is for somebody with more authority, who is not brought in", 0.45)
    if not named and _kept_back(context, reply):
        return missed("what was asked for is for somebody else to decide, who is not named", 0.4)
    if context.wants_manager:
        if named and not denied:
            return partly(reply, named[0], 0.4)
        return missed("a manager was asked for and none is offered", 0.6)
    return NA


def _about(own: Passage, who: Span) -> list[Sentence]:
    """The sentence that names somebody, the one after it, and later ones that go on about them."""
    first = own.sentence_of[who[0]]
    later = own.sentences[first + 2 :]
    return [
        *own.sentences[first : first + 2],
        *(s for s in later if own.tokens[s.first].stem in _THEY),
    ]


def _in(own: Passage, cues: tuple[str, ...], near: list[Sentence]) -> list[Span]:
    """Where cues are found in some sentences."""
    return [s for s in spot_all(cues, own) if any(n.first <= s[0] < n.last for n in near)]


def _passes(own: Passage, near: list[Sentence]) -> bool:
    """Whether these sentences say that the case goes there, or what is done there."""
    return any(not _theirs(own, span) for span in _in(own, deed_words.PASSES, near))


def _by_policy(context: Context, own: Passage, who: Span) -> bool:
    """Whether it is policy that leaves more to them."""
    named = own.stems(who)
    offices = {noun for _, noun in context.offices}
    return named[0] in context.deciders or named[-1] in offices


def _kept_back(context: Context, reply: Reply) -> bool:
    """Whether a demand meets a limit and nobody has said who decides about more."""
    pressed = context.number > 2 and (context.demands or context.pushed_back)
    limited = None if context.settles or _brought_in(context) else states_limit(reply)
    if not (pressed and limited and context.deciders):
        return False
    return _figured(context, reply.credit, limited)


def _brought_in(context: Context) -> bool:
    """Whether an earlier reply has named who decides already."""
    return any(name in said.places for said in context.trainee for name in context.deciders)


def _when(own: Passage, near: list[Sentence]) -> bool:
    """Whether it is said when they act."""
    return any(n.first <= a < n.last for n in near for a, _ in own.marks["time"])


def _theirs(own: Passage, span: Span) -> bool:
    """Whether it is told of the past: "the three colleagues you spoke to", "what Beata wrote"."""
    if own.tokens[span[0]].stem in _CONTACTS and is_past_form(own, span[0]):
        return True
    return own.stems((span[0] - 1, span[0])) in (("you",), ("youve",)) if span[0] else False


def _decider(context: Context) -> bool:
    """Whether policy names somebody who decides about more."""
    return bool(
        context.deciders
        or context.offices
        or spot((*deed_words.HANDS_OVER, *deed_words.OFFICES), context.policy_words)
    )


def _authorities(context: Context, own: Passage) -> list[Span]:
    """Where those who decide about more are named: by name, by office, or else by role."""
    found = [(place, place + 1) for name in context.deciders for place in own.places.get(name, ())]
    for place, (a, b) in enumerate(pairwise(token.stem for token in own.tokens)):
        if (a, b) in context.offices or ("", b) in context.offices:
            found.append((place, place + 2))
    if not found:
        limit = states_limit(Reply(own, own, own))
        found = spot_all(deed_words.HANDS_OVER, own)
        found = found or (spot_all(deed_words.OFFICES, own) if limit else [])
    return sorted(found)

"""Asking: what a reply wants to know, whether it was told already, and clarifying_questions."""

from __future__ import annotations

import re
from dataclasses import replace

from hotseat.domain import Read
from hotseat.reader import asking_words, deed_words, feeling_words
from hotseat.reader.bygone import tells_past
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot_all
from hotseat.reader.fit import fits, suits
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete, offers
from hotseat.reader.stems import stems, words
from hotseat.reader.told import asks_known, inside, invites, parts, told_at_length
from hotseat.reader.verbs import GOODS
from hotseat.reader.words import Passage, Sentence, Span, content, parse

_OPENERS = words(
    "what which when where who why how be do can could would will have and or shall may"
)
_WH = words("what which when where who how")
_TOLD_OF = words("you still")
_TELLERS = words("i we he she they")
_BEGS = stems("send give share attach provide confirm type tell let")
"""After one of those, these words of begging tell what somebody does."""
_PUTS = _WH | {"tell", "let"}
_THEIRS = words("you your yours yourself it this that these them he she they there her him his")
_JOINS = words("and or")
_REFERS = words(
    "it this that these those they them there one here your yours my our us he she him her his "
    "happen happened still"
)
"""Words that tie a question to what was said, was done or is to be done."""
_STANDS = words("is are do does have has got will who")
_STATE = words(
    "have got there still need near home someone somebody anyone anybody alone with already"
)
"""Words for where and with what the customer is."""
_SUMS = words("plus minus times divided")
_DIGITS = words("plu minu time divid one two three four five six seven eight nine")
"""A question of nothing but these and a sign is arithmetic."""
_DEED = re.compile(
    r"\b(?:did|have|had|were) you (?!know\b|ever\b|see\b|seen\b|watch|hear|like\b|enjoy|sleep)"
)
"""What the customer has done belongs to the matter, but for what people chat about."""
_ED = re.compile(r"\b[a-z]{2,}ed\b")
_DID = re.compile(r"^(?:did|have) you\b")
_WITHIN = re.compile(r"\b(?:to|on|in|at|under|from|by|until|with) (?:which|what|whose|whom|when)\b")
_ASKABLE = stems(" ".join((*asking_words.WANTED, asking_words.ASKABLE)).replace("|", " "))
_MOST = 3
"""More things than this at once are too many."""
_EARLY = 2
"""Up to this turn the facts are still being found out."""
_WHOLE = 4
"""A question of fewer words leans on what was said before it."""


def clarifying_questions(context: Context, reply: Reply) -> Read:
    """Asks for what is needed and not yet told; inviting the customer to tell it counts in part
    where they have told the main thing."""
    own = reply.credit
    asked = [part for span in requests(reply) for part in parts(own, span)]
    if not asked:
        needs = context.last.stems((0, len(context.last.tokens)))
        if "need" in needs and "what" in needs and "from" in needs:
            return missed("the customer offered facts and none was asked for", 0.5)
        return _supposes(context, own)
    fresh = [
        span
        for span in asked
        if not (
            asks_known(context, own, span) or (len(asked) > 1 and _tells_all(context, own, span))
        )
    ]
    if not fresh:
        return missed("asks only what was already told", 0.6)
    open_only = all(invites(own, span) for span in fresh)
    doubts = spot_all(asking_words.SUSPECTS, own, even_negated=True)
    if (
        _count(own, asked) > _MOST
        or any(inside(span, doubts) for span in fresh)
        or len(fresh) < len(asked)
        or (open_only and told_at_length(context))
    ):
        return partly(reply, fresh[0], 0.5)
    return met(reply, fresh[0], 0.6)


def _tells_all(context: Context, own: Passage, span: Span) -> bool:
    """Whether a part asks for the whole story from a customer who has told it."""
    return invites(own, span) and told_at_length(context) and content(own, span) <= context.case


def _supposes(context: Context, own: Passage) -> Read:
    """Early on, a guess at what the customer did stands where a question should."""
    if context.number > _EARLY:
        return NA
    for first, _ in spot_all(asking_words.GUESSES, own):
        clause = own.clause_at(first)
        past = tells_past(own, clause) or _ED.search(own.text(clause))
        if past and not own.sentence_at(first).asks:
            return missed("assumes what the customer did, and does not ask", 0.45)
    return NA


def _count(own: Passage, asked: list[Span]) -> int:
    """How many things are asked for: a part of a sentence may list several."""
    wanted = spot_all(asking_words.WANTED, own)
    nouns = [a for a, _ in wanted if own.tokens[a].stem not in _WH]
    return sum(max(1, sum(a <= place < b for place in nouns)) for a, b in asked)


def begging(own: Passage) -> list[Span]:
    """Where the customer is asked to send or tell something: not where they did ("you sent me")."""
    return [
        span
        for span in spot_all(asking_words.ASKS_FOR, own)
        if own.text(span).split()[0] not in ("sent", "told", "gave", "sending", "telling")
        and not _tells(own, span)
    ]


def _tells(own: Passage, span: Span) -> bool:
    """Whether the words of begging have a subject: "you sent me", "I send your copy"."""
    before = own.stems((max(0, span[0] - 1), span[0]))
    begs = own.tokens[span[0]].stem in _BEGS
    return not _TOLD_OF.isdisjoint(before) or (begs and not _TELLERS.isdisjoint(before))


def requests(reply: Reply) -> list[Span]:
    """The stretches that ask the customer for a fact, a photo, a number, or to tell more."""
    own = reply.credit
    wishes = fits(own)
    facts = spot_all(deed_words.FACT_CHECKS, own)
    wanted, begged = spot_all(asking_words.WANTED, own), begging(own)
    waits = spot_all(
        (
            *asking_words.BEGS_PATIENCE,
            *asking_words.CHECKS_CLEAR,
            *asking_words.ANNOUNCES,
            *asking_words.REPROACHES,
        ),
        own,
        even_negated=True,
    )
    more = spot_all(deed_words.MORE, own)
    found: list[Span] = []
    for sentence in own.sentences:
        span = (sentence.first, sentence.last)
        found_fits = [a for a, _ in wishes if span[0] <= a < span[1]]
        open_question = bool(_WH & set(own.stems((span[0], min(span[1], span[0] + 3)))))
        fit = any(not open_question or own.tokens[a].stem in _PUTS for a in found_fits)
        fit = fit and not (inside(span, facts) or _circumstance(own, sentence))
        wants = inside(span, wanted) or invites(own, span)
        begs = inside(span, begged)
        checks = inside(span, facts)
        forward = any(o.asked and span[0] <= o.span[0] < span[1] for o in concrete(own))
        if fit or (forward and not checks) or inside(span, [*more, *waits]):
            continue
        part = _asking_part(own, sentence)
        said, text = own.stems(part), own.text(part)
        if "i" in said and _THEIRS.isdisjoint(said) and not begs:
            continue
        opens = (_OPENERS - _JOINS) & set(said[:3]) or _WITHIN.search(text)
        if not (wants or begs or opens or "you" in said):
            continue
        short = part[1] - part[0] <= 4 and "your" not in said and not _DID.search(text)
        if sentence.asks and (wants or not short):
            found.extend(_questions(own, part))
        elif not sentence.asks and begs and wants:
            found.append(span)
    return found


def _circumstance(own: Passage, sentence: Sentence) -> bool:
    """Whether a question asks how things stand with the customer ("Is somebody at home?"), and not
    for a wish."""
    span = (sentence.first, sentence.last)
    said = own.text(span).replace(",", " ").split()
    if not sentence.asks or said[0] not in _STANDS or _STATE.isdisjoint(said) or "anything" in said:
        return False
    return not (suits(own, span) or inside(span, spot_all(deed_words.FIT, own, even_negated=True)))


def _asking_part(own: Passage, sentence: Sentence) -> Span:
    """Where in an asking sentence the question begins: after "so I can get it moving:"."""
    span = (sentence.first, sentence.last)
    if not sentence.asks or (_OPENERS - _JOINS) & set(own.stems((span[0], span[0] + 2))):
        return span
    for first, _ in own.clauses:
        if span[0] < first < span[1] and (_OPENERS - _JOINS) & set(own.stems((first, first + 2))):
            return (first, span[1])
    return span


def without_idle(context: Context, reply: Reply) -> Reply:
    """The reply without questions that have nothing to do with the matter; where it speaks to a
    machine or a grader, without statements that have nothing to do with it either."""
    own, strict = reply.credit, bool(reply.grader)
    idle = [
        s for s in own.sentences if (s.asks or strict) and _is_idle(context, own, s, strict=strict)
    ]
    if not idle:
        return reply
    kept = _only(own, [s for s in own.sentences if s not in idle])
    return replace(reply, credit=kept, idle=own.raw_at((idle[0].first, idle[0].last)))


def _is_idle(context: Context, own: Passage, sentence: Sentence, *, strict: bool) -> bool:
    """Whether a question is about the world at large ("Where do you live?"): it touches no word
    of the case, the chat, the policy or the service, and refers to nothing said."""
    span = (sentence.first, sentence.last)
    named, spoken = content(own, span), set(own.text(span).replace(",", " ").split())
    if spoken & _SUMS and all(word[0].isdigit() or word in _SUMS | _DIGITS for word in named):
        return True
    if _DEED.search(own.text(span)):
        return False
    leans = not _REFERS.isdisjoint(spoken) or span[1] - span[0] < _WHOLE
    if not (strict or named) or (leans and not strict):
        return False
    timed = any(span[0] <= a < span[1] for a, _ in own.marks["time"])
    known = context.case | context.told | content(context.policy_words) | _ASKABLE | GOODS
    kind = () if strict else (*feeling_words.FEELING, *feeling_words.JUDGES)
    near = (*deed_words.SERVICE, *deed_words.FIT, *kind)
    touches = [s for s in spot_all(near, own, even_negated=True) if own.stems(s) != ("do",)]
    return not (timed or named & known or inside(span, touches))


def asking(reply: Reply) -> Passage:
    """The reply with only the sentences left that ask or beg for something."""
    own = reply.credit
    begged = begging(own)
    return _only(own, [s for s in own.sentences if s.asks or inside((s.first, s.last), begged)])


def proposing(reply: Reply) -> Passage:
    """The reply without its questions, but for those that put something forward: a time in "Did it
    come today?" commits to nothing, one in "Would noon tomorrow suit you?" does."""
    own = reply.credit
    if not own.asks:
        return own
    forward = [offer.span for offer in offers(own)]
    for bank in (deed_words.FIT, deed_words.CHOICE, asking_words.PROPOSES):
        forward += spot_all(bank, own, even_negated=True)
    return _only(
        own, [s for s in own.sentences if not s.asks or inside((s.first, s.last), forward)]
    )


def _only(own: Passage, sentences: list[Sentence]) -> Passage:
    """A passage with everything but these sentences blanked; places stay true."""
    if len(sentences) == len(own.sentences):
        return own
    kept = ["\n" if letter == "\n" else " " for letter in own.raw]
    for sentence in sentences:
        start, after = own.tokens[sentence.first].start, sentence.last
        end = own.tokens[after].start if after < len(own.tokens) else len(own.raw)
        kept[start:end] = own.raw[start:end]
    return parse("".join(kept))


def _questions(own: Passage, span: Span) -> list[Span]:
    """The single questions of an asking sentence."""
    parts = [clause for clause in own.clauses if span[0] <= clause[0] < span[1]]
    asking = [p for p in parts if own.tokens[p[0]].stem in _OPENERS]
    return asking if len(asking) > 1 else [span]

"""Asking: what a reply wants to know, whether it was told already, and clarifying_questions."""

from __future__ import annotations

import re
from dataclasses import replace

from hotseat.domain import Read
from hotseat.reader import asking_words, deed_words, feeling_words
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot_all
from hotseat.reader.fit import fits
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete, offers
from hotseat.reader.stems import stems, words
from hotseat.reader.verbs import GOODS
from hotseat.reader.words import Passage, Sentence, Span, content, parse

_OPENERS = words(
    "what which when where who why how be do can could would will have and or shall may"
)
_WH = words("what which when where who how")
_PUTS = _WH | {"tell", "let"}
_NUMBERED = words("account customer member membership line contract policy receipt invoice track")
_SMALL = words(
    """when which what day date since until on by at the a an be do have you your it this that they
    can could may i please tell me let know us exact exactly first and so then just now to of in"""
)
_THEIRS = words("you your yours yourself it this that these them he she they there her him his")
_JOINS = words("and or")
_TELLS = stems("tell explain describe share talk say")
_LATER = words("after next then since before last exactly")
_SAME_DEED = {"arriv": "come", "deliver": "come", "purchas": "buy", "order": "buy"}
_ID = re.compile(r"\b[a-z]{1,4}-?\d{3,}\b|(?<![\w.,:€$£-])\d{5,}\b(?![.,]\d)")
_GAVE_NAME = re.compile(
    r"\b(?:[Mm]y (?:full )?name(?: is|'s)|in the name of|[Nn]ame is|I am|I'm|[Tt]his is)"
    r" (?:Mrs? |Ms )?[A-Z][a-z]+"
)
_REFERS = words(
    "it this that these those they them there one here your yours my our us he she him her his "
    "happen happened"
)
"""Words that tie a question to what was said, was done or is to be done."""
_SUMS = words("plus minus times divided one two three four five six seven eight nine")
"""A question of nothing but these is arithmetic."""
_ASKABLE = stems(" ".join((*asking_words.WANTED, asking_words.ASKABLE)).replace("|", " "))
_WHOLE = 4
"""A question of fewer words leans on what was said before it."""
_AT_LENGTH = 12
"""A customer who has written more words than this has told what the matter is."""


def clarifying_questions(context: Context, reply: Reply) -> Read:
    """Asks for what is needed and not yet told; inviting the customer to tell it counts in part
    where they have told the main thing."""
    asked = requests(reply)
    if not asked:
        needs = context.last.stems((0, len(context.last.tokens)))
        if "need" in needs and "what" in needs and "from" in needs:
            return missed("the customer offered facts and none was asked for", 0.5)
        return NA
    fresh = [span for span in asked if not asks_known(context, reply.credit, span)]
    if not fresh:
        return missed("asks only what was already told", 0.6)
    open_only = all(invites(reply.credit, span) for span in fresh)
    if (
        _count(reply.credit, asked) > 3
        or len(fresh) < len(asked)
        or (open_only and _told_at_length(context))
    ):
        return partly(reply, fresh[0], 0.5)
    return met(reply, fresh[0], 0.6)


def _count(own: Passage, asked: list[Span]) -> int:
    """How many things are asked for: a sentence may ask for several."""
    wanted = spot_all(asking_words.WANTED, own)
    return sum(max(1, sum(a <= place < b for place, _ in wanted)) for a, b in asked)


def begging(own: Passage) -> list[Span]:
    """Where the customer is asked to send or tell something: not where they did ("you sent me")."""
    return [
        span
        for span in spot_all(asking_words.ASKS_FOR, own)
        if own.text(span).split()[0] not in ("sent", "told", "gave", "sending", "telling")
        and own.stems((max(0, span[0] - 1), span[0])) not in (("you",), ("still",))
    ]


def invites(own: Passage, span: Span) -> bool:
    """Whether a sentence invites the customer to talk, rather than to name one thing."""
    return _inside(span, spot_all(asking_words.INVITES, own))


def requests(reply: Reply) -> list[Span]:
    """The stretches that ask the customer for a fact, a photo, a number, or to tell more."""
    own = reply.credit
    suits = fits(own)
    facts = spot_all(deed_words.FACT_CHECKS, own)
    wanted, begged = spot_all(asking_words.WANTED, own), begging(own)
    waits = spot_all(
        (*asking_words.BEGS_PATIENCE, *asking_words.CHECKS_CLEAR, *asking_words.ANNOUNCES), own
    )
    more = spot_all(deed_words.MORE, own)
    found: list[Span] = []
    for sentence in own.sentences:
        span = (sentence.first, sentence.last)
        found_fits = [a for a, _ in suits if span[0] <= a < span[1]]
        open_question = bool(_WH & set(own.stems((span[0], min(span[1], span[0] + 3)))))
        fit = any(not open_question or own.tokens[a].stem in _PUTS for a in found_fits)
        fit = fit and not _inside(span, facts)
        wants = _inside(span, wanted) or invites(own, span)
        begs = _inside(span, begged)
        forward = any(o.asked and span[0] <= o.span[0] < span[1] for o in concrete(own))
        if fit or forward or _inside(span, [*more, *waits]):
            continue
        said = own.stems(span)
        if "i" in said and _THEIRS.isdisjoint(said) and not begs:
            continue
        opens = (_OPENERS - _JOINS) & set(own.stems((span[0], span[0] + 3)))
        if not (wants or begs or opens or "you" in own.stems(span)):
            continue
        short = span[1] - span[0] <= 4 and "your" not in own.stems(span)
        if sentence.asks and (wants or not short):
            found.extend(_questions(own, span))
        elif not sentence.asks and begs and wants:
            found.append(span)
    return found


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
    if all(word[0].isdigit() or word in _SUMS for word in named | (spoken & _SUMS)):
        return len(spoken & _SUMS) > 1 or bool(spoken & _SUMS and named)
    leans = not _REFERS.isdisjoint(spoken) or span[1] - span[0] < _WHOLE
    if not (strict or named) or (leans and not strict):
        return False
    timed = any(span[0] <= a < span[1] for a, _ in own.marks["time"])
    known = context.case | context.told | content(context.policy_words) | _ASKABLE | GOODS
    kind = () if strict else (*feeling_words.FEELING, *feeling_words.JUDGES)
    near = (*deed_words.SERVICE, *deed_words.FIT, *kind)
    touches = [s for s in spot_all(near, own, even_negated=True) if own.stems(s) != ("do",)]
    return not (timed or named & known or _inside(span, touches))


def asking(reply: Reply) -> Passage:
    """The reply with only the sentences left that ask or beg for something."""
    own = reply.credit
    begged = begging(own)
    return _only(own, [s for s in own.sentences if s.asks or _inside((s.first, s.last), begged)])


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
        own, [s for s in own.sentences if not s.asks or _inside((s.first, s.last), forward)]
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


def asks_known(context: Context, own: Passage, span: Span) -> bool:
    """Whether a request is for the very thing that stands in the customer's words already."""

    def says(bank: tuple[str, ...]) -> bool:
        return _inside(span, spot_all(bank, own))

    if says(asking_words.ONCE_MORE):
        return True
    if says(asking_words.OTHER_NUMBER):
        nouns = set(own.stems(span)) & _NUMBERED
        return any(nouns & _beside_an_id(passage) for passage in context.customer)
    if says(asking_words.CASE_NUMBER):
        return any(_ID.search(passage.folded) for passage in context.customer)
    if says(asking_words.NAME):
        return any(_GAVE_NAME.search(passage.raw) for passage in context.customer)
    if says(asking_words.DAY):
        return _day_told(context, own, span)
    if says(asking_words.INTAKE):
        return _told_at_length(context) and not (content(own, span) & context.case)
    if invites(own, span):
        general = not (content(own, span) - _TELLS - {"happen"} or _LATER & set(own.stems(span)))
        return general and context.retold and _told_at_length(context)
    return False


def _day_told(context: Context, own: Passage, span: Span) -> bool:
    """Whether a clause of the customer's gives a time for the very thing whose time is asked."""
    deed = {_SAME_DEED.get(w, w) for w in own.stems(span)} - _SMALL
    if not deed:
        return False
    for passage in context.customer:
        for first, last in passage.clauses:
            timed = any(first <= a <= last + 1 for a, _ in passage.marks["time"])
            if timed and deed <= {_SAME_DEED.get(w, w) for w in passage.stems((first, last))}:
                return True
    return False


def _beside_an_id(passage: Passage) -> set[str]:
    """The words of the sentences in which a number stands that looks like a reference."""
    places = [match.start() for match in _ID.finditer(passage.folded)]
    found: set[str] = set()
    for sentence in passage.sentences:
        start, end = passage.tokens[sentence.first].start, passage.tokens[sentence.last - 1].end
        if any(start <= place < end for place in places):
            found.update(passage.stems((sentence.first, sentence.last)))
    return found


def _told_at_length(context: Context) -> bool:
    return sum(len(passage.tokens) for passage in context.customer) > _AT_LENGTH


def _inside(span: Span, places: list[Span]) -> bool:
    return any(span[0] <= first < span[1] for first, _ in places)

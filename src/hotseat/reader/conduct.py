"""Conduct: composure, professional_language, positive_framing."""

from __future__ import annotations

import re
from dataclasses import replace

from hotseat.domain import Read
from hotseat.reader import (
    authority,
    customer_words,
    deed_words,
    feeling_words,
    lapse_words,
    manner_words,
)
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply, is_empty
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete, offers
from hotseat.reader.refusals import states_limit
from hotseat.reader.stems import words
from hotseat.reader.words import Passage, Span

_OURSELVES = words("i im we were us me")
_THEM = words("you youre your")
_CODE = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{2,5}")
_PLAIN_CAPITALS = words(customer_words.PLAIN_CAPITALS)
_SMILEY = re.compile(r"(?<!\w)[:;]-?[)DP](?!\w)|[\U0001F600-\U0001F64F]")
_NOT_THAT = re.compile(
    r"\b(?:(?:we're|we are) no|(?:we're|we are|i'm|i am) not) (?:an? |your |any )?([a-z]+)\b"
)
_LEAST = 3
"""Words that a quote must have."""
_SHOWS = 16
"""Words that show a manner: one short sentence says little of how a reply is worded."""
_EDGES = (
    manner_words.EDGE,
    lapse_words.SHRUGS,
    lapse_words.CURT,
    lapse_words.CONDESCENDS,
    lapse_words.HIDES,
)
_COARSE = (
    manner_words.SLANG,
    lapse_words.FAMILIAR,
    manner_words.JARGON,
    lapse_words.FISHES,
    manner_words.BOILERPLATE,
    lapse_words.POLISHED,
    manner_words.STIFF,
)
_KINDNESS = (
    *feeling_words.COMPASSION,
    *feeling_words.STOCK_EMPATHY,
    *feeling_words.CONCEDES,
)
_KIND = ("don't worry|do not worry|no worries|no problem at all",)
_UNITS = frozenset({"TB", "GB", "MB", "KB", "MHZ", "KWH", "KW", "CM", "MM", "LTD", "BLVD"})


def composure(context: Context, reply: Reply) -> Read:
    """Calm and neutral; no blame, no argument, no sarcasm."""
    if _lapses(context, reply):
        return missed("defensive, blaming or belittling words", 0.6)
    if _says_nothing(context, reply):
        return NA
    edge = _first(_EDGES, reply) or _pattern(lapse_words.AVERTS, reply.plain)
    edge = edge or _retorts(context, reply) or _refuses(context, reply)
    if edge:
        return _quoted_partly(reply, edge)
    return met(_plain(reply), _passage(reply.plain), 0.6)


def _lapses(context: Context, reply: Reply) -> bool:
    """Whether calm is lost for good: blame, a lecture, mockery, a threat. What only plays down or
    answers back weighs less where something is offered with it."""
    lapse = defends(context, reply) or blames(context, reply) or throws_back(context, reply)
    if not lapse and not concrete(reply.credit):
        lapse = _retorts(context, reply) or _waves_off(context, reply)
    lapse = lapse or lectures(reply) or rude(reply)
    lapse = lapse or spot(manner_words.SARCASM, reply.plain, even_negated=True)
    lapse = lapse or spot(lapse_words.MOCKS, reply.plain, even_negated=True)
    return bool(lapse or spot(manner_words.THREATENS, reply.plain))


def lectures(reply: Reply) -> Span | None:
    """Where the customer is taught how to behave, or told what they did wrong."""
    mistook = _pattern(lapse_words.MISTOOK, reply.plain, stated=True)
    return _pattern(lapse_words.LECTURES, reply.plain) or mistook


def _retorts(context: Context, reply: Reply) -> Span | None:
    return _unless([], asks_calm(context, reply), lapse_words.RETORTS, reply)


def _refuses(context: Context, reply: Reply) -> Span | None:
    """Where a customer with a feeling gets a no, with neither a kind word nor a way on. A kind
    word in the sentence of the no counts only where it says sorry."""
    limit = states_limit(reply)
    if limit is None or context.emotion < 1 or offers(reply.credit) or reply.plain.asks:
        return None
    own = reply.credit
    kind = [
        a for a, _ in spot_all(_KINDNESS, own) if own.sentence_of[a] != own.sentence_of[limit[0]]
    ]
    return None if kind or spot(feeling_words.SORRY, own) else limit


def _waves_off(context: Context, reply: Reply) -> Span | None:
    """Where something is played down, by more than a kind "no worries"."""
    span = plays_down(context, reply)
    kind = span and spot(_KIND, reply.plain, even_negated=True)
    return None if span == kind else span


def _first(banks: tuple[tuple[str, ...], ...], reply: Reply) -> Span | None:
    """The first find of the first of some banks that has any."""
    found = (spot(bank, reply.plain, even_negated=True) for bank in banks)
    return next((span for span in found if span), None)


def _pattern(pattern: re.Pattern[str], said: Passage, *, stated: bool = False) -> Span | None:
    """The words that a pattern matches; with `stated` neither in a question nor denied."""
    for match in pattern.finditer(said.folded):
        inside = [
            i for i, t in enumerate(said.tokens) if match.start() < t.end and t.start < match.end()
        ]
        doubtful = stated and (said.sentence_at(inside[0]).asks or said.negated[inside[0]])
        if inside and not doubtful:
            return (inside[0], inside[-1] + 1)
    return None


def _says_nothing(context: Context, reply: Reply) -> bool:
    """Whether there is no manner to judge: nothing was said, or a question beside the matter."""
    if reply.idle and not reply.credit.tokens:
        return True
    return is_empty(_plain(reply), context.case, asks_who=context.asks_who)


def throws_back(context: Context, reply: Reply) -> Span | None:
    """Where the reply argues with what it was called: "We're not bloodsuckers"."""
    said = reply.plain
    for match in _NOT_THAT.finditer(said.folded):
        place = next(i for i, t in enumerate(said.tokens) if t.start == match.start(1))
        if said.tokens[place].stem in context.named and not match.group(1).endswith("ing"):
            return (place, place + 1)
    return None


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
    fair = spot_all(feeling_words.NOT_MINIMISED, reply.plain, even_negated=True)
    if spot(feeling_words.REASSURES, reply.plain, even_negated=True):
        fair += spot_all(("don't worry|do not worry|no worries",), reply.plain, even_negated=True)
    return _unless(fair, asks_calm(context, reply), feeling_words.MINIMISES, reply)


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
    if rude(reply) or _first((manner_words.PROFANE, lapse_words.RUDE), reply):
        return missed("rude or insulting words", 0.7)
    if _says_nothing(context, reply):
        return NA
    span = _first(_COARSE, reply) or blames(context, reply) or lectures(reply)
    span = span or _coded(context, reply.plain) or _smiles(context, reply.plain)
    if span:
        return _quoted_partly(reply, span)
    if len(reply.grader.split()) >= _LEAST:
        return Read(level="partly", quote=reply.grader, confidence=0.55)
    return met(_plain(reply), _passage(reply.plain, last=True), 0.6)


def _coded(context: Context, said: Passage) -> Span | None:
    """Where letters without a vowel stand for something that nobody has named, or a § does."""
    for place, token in enumerate(said.tokens):
        word = said.raw[token.start : token.end]
        numbered = said.raw[token.end : token.end + 1] == "-" or said.raw[token.end :][:1].isdigit()
        code = _CODE.fullmatch(word) and word not in _PLAIN_CAPITALS | _UNITS and not numbered
        section = said.raw[max(0, token.start - 1) : token.start] == "§"
        if section or (code and token.stem not in context.case):
            return (place, place + 1)
    return None


def _smiles(context: Context, said: Passage) -> Span | None:
    """Where a smiley meets a customer who is upset."""
    match = _SMILEY.search(said.raw)
    if match is None or context.emotion < 1:
        return None
    before = [i for i, token in enumerate(said.tokens) if token.end <= match.start()]
    return (before[-1], before[-1] + 1) if before else (0, 1)


def _passage(said: Passage, *, last: bool = False) -> Span:
    """Sentences from the start, or the end, until they are long enough to show a manner."""
    count = 1
    part = said.sentences[-count:] if last else said.sentences[:count]
    while count < len(said.sentences) and part[-1].last - part[0].first < _SHOWS:
        count += 1
        part = said.sentences[-count:] if last else said.sentences[:count]
    return (part[0].first, part[-1].last)


def _plain(reply: Reply) -> Reply:
    """The reply with all that was said to the customer in its credited part: manner is judged by
    what is repeated or denied as well."""
    return replace(reply, credit=reply.plain)


def _quoted_partly(reply: Reply, span: Span) -> Read:
    return partly(_plain(reply), span, 0.55)


def positive_framing(context: Context, reply: Reply) -> Read:
    """A limit said together with what can be done."""
    limit = states_limit(reply) or authority.left_with(context.deciders, reply.credit)
    if limit is None:
        return NA
    made = [o for o in concrete(reply.credit) if o.span[1] <= limit[0] or o.span[0] >= limit[1]]
    if made and not spot(manner_words.DEFENSIVE, reply.plain, even_negated=True):
        return met(reply, limit, 0.55)
    if (
        made
        or offers(reply.credit)
        or spot(("instead|maybe|at least|perhaps|however",), reply.credit)
    ):
        return partly(reply, limit, 0.45)
    return missed("a bare no, with nothing that can be done beside it", 0.55)

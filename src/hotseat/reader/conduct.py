"""Conduct: composure, professional_language, positive_framing."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from hotseat.domain import Read
from hotseat.reader import customer_words, deed_words, feeling_words, manner_words
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply, is_empty
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete, offers
from hotseat.reader.stems import says_no, stems, words
from hotseat.reader.words import Passage, Span, parse

_OURSELVES = words("i im we were us me")
_THEM = words("you youre your")
_CODE = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{2,5}")
_PLAIN_CAPITALS = words(customer_words.PLAIN_CAPITALS)
_SMILEY = re.compile(r"(?<!\w)[:;]-?[)DP](?!\w)|[\U0001F600-\U0001F64F]")
_NOT_THAT = re.compile(
    r"\b(?:(?:we're|we are) no|(?:we're|we are|i'm|i am) not) (?:an? |your |any )?([a-z]+)\b"
)
_IT = words("it that")
_CANNOT = words("cant cannot unable impossible")
_ABLE = stems("can may possible able allow grant cover offer pay give refund include available")
_SHOWS = 12
"""Words that show a manner: one short sentence says little of how a reply is worded."""
_UNSAID = stems("swear imagine believe wait thank blame undo say worry mind")
"""What nobody can do is no limit on what may be had."""
_NEVER_AGAIN = words("again anymore more happen ever")


def composure(context: Context, reply: Reply) -> Read:
    """Calm and neutral; no blame, no argument, no sarcasm."""
    lapse = defends(context, reply) or blames(context, reply)
    lapse = lapse or throws_back(context, reply)
    lapse = lapse or (not concrete(reply.credit) and plays_down(context, reply))
    lapse = lapse or spot(manner_words.SARCASM, reply.plain, even_negated=True)
    if lapse or rude(reply) or spot(manner_words.THREATENS, reply.plain):
        return missed("defensive, blaming or belittling words", 0.6)
    if _says_nothing(context, reply):
        return NA
    edge = spot(manner_words.EDGE, reply.plain, even_negated=True)
    if edge:
        return _quoted_partly(reply, edge)
    return met(_plain(reply), _passage(reply.plain), 0.6)


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
    if spot(manner_words.PROFANE, reply.plain, even_negated=True) or rude(reply):
        return missed("rude or insulting words", 0.7)
    if _says_nothing(context, reply):
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
    span = blames(context, reply) or _coded(context, reply.plain) or _smiles(context, reply.plain)
    if span:
        return _quoted_partly(reply, span)
    return met(_plain(reply), _passage(reply.plain, last=True), 0.6)


def _coded(context: Context, said: Passage) -> Span | None:
    """Where letters without a vowel stand for something that nobody has named, or a § does."""
    for place, token in enumerate(said.tokens):
        word = said.raw[token.start : token.end]
        numbered = said.raw[token.end : token.end + 1] == "-" or said.raw[token.end :][:1].isdigit()
        code = _CODE.fullmatch(word) and word not in _PLAIN_CAPITALS and not numbered
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


def positive_framing(_: Context, reply: Reply) -> Read:
    """A limit said together with what can be done."""
    limit = states_limit(reply)
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


def _ends_harm(own: Passage, limit: Span) -> bool:
    """Whether what cannot be is the trouble itself: "so it can't take it again"."""
    harmless = not _IT.isdisjoint(own.stems((max(0, limit[0] - 1), limit[0] + 1)))
    rest = set(own.stems((limit[1], own.clause_at(limit[0])[1])))
    return harmless and not rest.isdisjoint(_NEVER_AGAIN)


def states_limit(reply: Reply) -> Span | None:
    """Where the turn says no, or gives bad news."""
    return _limit_in(reply.credit.raw)


@lru_cache(maxsize=256)
def _limit_in(raw: str) -> Span | None:
    own = parse(raw)
    fine = spot_all(deed_words.NO_LIMIT, own)
    found = spot_all(deed_words.LIMITS, own, even_negated=True) + _denials(own)
    for span in sorted(found):
        if own.sentence_at(span[0]).asks or _ends_harm(own, span):
            continue
        if not any(span[0] < b and a < span[1] for a, b in fine):
            return span
    return None


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

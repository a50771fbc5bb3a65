"""Promises that go too far: what policy forbids, or more money, percent or nights than it allows.

What may be given is what policy names. That the customer asked for a sum allows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from hotseat.domain import Policy
from hotseat.reader import deed_words, limit_words
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.gifts import UNITS, YES, Overstep, kept_back
from hotseat.reader.offers import concrete, offers
from hotseat.reader.refusals import states_limit
from hotseat.reader.stems import is_content, says_no, stems
from hotseat.reader.sums import figures, number, share
from hotseat.reader.words import Passage, Sentence, Span, parse

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s?(?:%|percent|per cent)")
_HALF = re.compile(r"\bhal(?:f|ve)\b", re.IGNORECASE)
_BASE = re.compile(r"(?:\d|percent|%) of (?:the |this |your )?[€$£]?(\d[\d,]*(?:\.\d+)?)")
"""The price in "120 of the 600.00": what a part is taken from, not what is given."""
_GIVES = stems(
    """give refund repay pay credit offer reimburse compensate take knock deduct waive return
    transfer do go get have receive put agree grant issue drop add reduce lower cover"""
)
_GIVEN = stems("back off refund refunded discount credit compensation cashback voucher")
_FREES = stems("refund off free back credit waive reimburse repay deduct cover cancel pay")
_GLUES = "-#/"
_OF_THE = ("of", "the")
_SURE = stems("sure certain agree right true clear honest with understand behind")
_COUNTS = {
    **{"a": 1, "an": 1, "one": 1, "singl": 1, "both": 2, "two": 2, "thre": 3, "four": 4},
    **{"fiv": 5, "six": 6, "all": 99, "every": 99, "whole": 99, "entir": 99},
}
"""How many a word counts, by its stem; all and whole are more than any number."""
_SMALL = stems("the your of full whole two three both these those")
_TELLING = stems("ask tell say write add mention know there if")


def oversteps(context: Context, reply: Reply) -> Overstep | None:
    """The first promise beyond what policy allows, if there is one."""
    return next(all_oversteps(context, reply), None)


def all_oversteps(context: Context, reply: Reply) -> Iterator[Overstep]:
    """Every promise beyond what policy allows. A sentence that says what is beyond the trainee's
    limit is no such promise, nor is one that leaves it to who may decide."""
    own, policy = reply.credit, context.policy
    limit = states_limit(reply)
    limited = own.sentence_at(limit[0]) if limit else None
    for sentence in own.sentences if policy and policy.never else ():
        if sentence == limited or sentence.asks:
            continue
        start, end = own.tokens[sentence.first].start, own.tokens[sentence.last - 1].end
        part = spot(policy.never, parse(own.raw[start:end])) if policy else None
        if part:
            span = (part[0] + sentence.first, part[1] + sentence.first)
            yield Overstep(span, "promises what policy forbids")
    big = _boundless(own.raw)
    if big:
        yield Overstep(big, "promises beyond what may be offered")
    for sentence in own.sentences if policy else ():
        if sentence == limited:
            continue
        if not sentence.asks and (gift := kept_back(context, own, sentence)):
            yield gift
        if not policy or not _names_a_sum(own, sentence):
            continue
        if not _left_to_others(own, sentence, policy):
            over = _in_sentence(context, own, sentence, policy)
            if over:
                yield over


def _names_a_sum(own: Passage, sentence: Sentence) -> bool:
    words = own.stems((sentence.first, sentence.last))
    shares = any(sentence.first <= a < sentence.last for a, _ in own.marks["percent"])
    return shares or any(_counted(word) or word[0].isdigit() for word in words)


@lru_cache(maxsize=256)
def _boundless(raw: str) -> Span | None:
    """Where anything at all is promised: not where they may say or ask anything they like."""
    own = parse(raw)
    word = spot(limit_words.OWN_WORD, own)
    for cues in limit_words.OVERPROMISES:
        for big in spot_all((cues,), own, even_negated=True):
            before = own.stems((own.clause_at(big[0])[0], big[0]))
            if own.text(big).endswith("promised"):
                continue
            own_word = word and big[0] == word[0] and concrete(own)
            if not own_word and _TELLING.isdisjoint(before[-4:]) and not any(map(says_no, before)):
                return big
    return None


def _left_to_others(own: Passage, sentence: Sentence, policy: Policy) -> bool:
    """Whether the sentence names who decides about more."""
    names = (*deed_words.HANDS_OVER, *deed_words.OFFICES, *(policy.escalates_to or "").split()[-1:])
    return any(sentence.first <= a < sentence.last for a, _ in spot_all(names, own))


def _in_sentence(
    context: Context, own: Passage, sentence: Sentence, policy: Policy
) -> Overstep | None:
    """More percent, money or nights in one sentence than policy gives."""
    for first, last in own.clauses:
        if not sentence.first <= first < sentence.last or own.negated[first]:
            continue
        clause = (first, last)
        if spot(deed_words.SAYS_BACK, parse(own.text(clause))):
            continue
        for span in own.marks["percent"]:
            if first <= span[0] < last and _too_much_percent(own, span, clause, policy):
                return Overstep(span, "offers more percent than policy allows")
        for place in range(first, last):
            if _too_much_money(context, own, place, clause, policy):
                return Overstep((place, place + 1), "offers more money than policy allows")
        more = _too_many(context, own, clause)
        if more:
            return Overstep(more, "gives more of it than policy allows")
    return None


def _too_much_percent(own: Passage, span: Span, clause: Span, policy: Policy) -> bool:
    cap = policy.refund_cap
    if cap is None:
        caps = [float(m.group(1)) for m in _PERCENT.finditer(policy.text)]
        cap = max([*caps, 50.0 if _HALF.search(policy.text) else 0.0]) if caps else None
    words = own.stems((max(clause[0], span[0] - 2), min(clause[1], span[1] + 2)))
    return cap is not None and _figure(own, span[0]) > cap and _SURE.isdisjoint(words)


def _too_much_money(
    context: Context, own: Passage, place: int, clause: Span, policy: Policy
) -> bool:
    """Whether a sum that is given here is over the cap, and not one that policy names."""
    cap = policy.goodwill_cap
    if cap is None or not own.tokens[place].stem[0].isdigit():
        return False
    given = _figure(own, place)
    if given <= cap or not _is_given(own, place, clause):
        return False
    text = context.policy_words.folded
    prices = {number(m.group(1)) for m in _BASE.finditer(text)}
    named = figures(text)
    whole = spot(("full|in full|whole|collect*|take it back",), own) is not None
    if given in named and (given not in prices or whole or policy.refund_cap == 100):
        return False
    unpriced = policy.refund_cap == 100 and max(named, default=0) <= cap
    return not unpriced or _is_extra(own, clause)


def _is_given(own: Passage, place: int, clause: Span) -> bool:
    """Whether the number at this place is money that the customer is to get: a sum of money, or a
    plain number, beside a word for giving; never a time, a percent, a count or a reference."""
    marks = own.marks
    if any(a <= place < b for mark in ("time", "percent") for a, b in marks[mark]):
        return False
    money = any(a <= place < b for a, b in marks["money"])
    start, base = own.tokens[place].start, own.stems((max(0, place - 2), place))
    glued = start > 0 and own.folded[start - 1] in _GLUES
    if glued or base[-1:] == ("of",) or base == _OF_THE:
        return False
    after = own.stems((place + 1, min(clause[1], place + 4)))
    before = own.stems((max(clause[0], place - 3), place))
    if after and after[0] in UNITS and not money:
        return False
    if any(o.span == clause and not o.vague for o in offers(own)):
        near = not _GIVES.isdisjoint(before) or not _GIVEN.isdisjoint(after)
        return near if not money else near or _is_extra(own, clause)
    if clause[1] - clause[0] <= _BARE:
        sentence = own.sentence_at(place)
        return not YES.isdisjoint(own.stems((sentence.first, sentence.last)))
    if after[:1] == ("back",):
        return clause[1] - clause[0] <= _BRIEF or not _GIVES.isdisjoint(before)
    return after[:2] == ("it", "be") or "agree" in before


def _is_extra(own: Passage, clause: Span) -> bool:
    return any(clause[0] <= a < clause[1] for a, _ in spot_all(deed_words.GOODWILL, own))


def _too_many(context: Context, own: Passage, clause: Span) -> Span | None:
    """Where more is let off than the one, or the few, that policy gives ("both nights")."""
    words = own.stems(clause)
    if _FREES.isdisjoint(words):
        return None
    for offset, word in enumerate(words):
        count = _counted(word)
        thing = next((w for w in words[offset + 1 : offset + 4] if w not in _SMALL), "")
        if count is None or count < _SEVERAL or thing in UNITS or not thing.isalpha():
            continue
        allowed = _allowed(context.policy_words, thing) if is_content(thing) else None
        if allowed is not None and count > allowed:
            place = clause[0] + offset
            if not any(c and c <= allowed for c in _of(words, thing)):
                return (place, place + 1)
    return None


def _counted(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) < _LONG else _COUNTS.get(word)


def _of(words: tuple[str, ...], thing: str) -> list[int]:
    """How many of a thing are spoken of, as far as a count stands right before it."""
    return [c for a, b in pairwise(words) if b == thing and (c := _counted(a)) is not None]


def _allowed(policy: Passage, thing: str) -> int | None:
    """The most of a thing that policy gives, where it counts it out and takes no fewer."""
    return max(_of(policy.stems((0, len(policy.tokens))), thing), default=None)


def _figure(own: Passage, place: int) -> float:
    """The number at a place: in figures, or a share or a number in words."""
    said = own.text((place, min(place + 2, len(own.tokens))))
    parts = figures(own.text((place, place + 1)))
    if not parts and (part := share(said)) is not None:
        return part
    return max(parts or figures(own.tokens[place].stem), default=0)


_BARE = 2
"""Words up to which a clause is a bare sum, given where the sentence says yes."""
_BRIEF = 6
"""Words up to which a clause with a sum and a "back" needs no verb to give it."""
_SEVERAL = 2
_LONG = 3
"""Digits from which a number is a sum or a reference, not a count."""

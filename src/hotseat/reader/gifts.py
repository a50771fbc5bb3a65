"""Gifts that policy keeps back: ruled out, left to somebody else, or a sum it does not name."""

from __future__ import annotations

import re
from typing import NamedTuple

from hotseat.reader import authority, deed_words, limit_words
from hotseat.reader.context import Context
from hotseat.reader.cues import spot
from hotseat.reader.offers import offers
from hotseat.reader.stems import stem, stems
from hotseat.reader.sums import LEAST, figures, number
from hotseat.reader.words import Passage, Sentence, Span, parse

YES = stems("agreed deal ok okay fine done yes sure alright")
UNITS = stems("second minute min hour day week month year working time euro pound dollar percent")
_UP_TO = re.compile(r"\b(?:up to|until|max(?:imum)?|limit of) [€$£]?(\d[\d,]*(?:\.\d+)?)")
_AGREES = ("yes", "ok", "okay", "sure", "of course", "agreed", "deal", "fine", "alright")
_ASKS = stems("want need expect demand give cover least another top deal make add")
"""Beside a sum these tell that the customer asks for it."""
_REPAYS = stems("refund back full")
_SPELLS = stems("week month night year")
_FREE = stem("free")


class Overstep(NamedTuple):
    """Where a turn goes beyond what may be offered, and why that is too far."""

    span: Span
    why: str


def kept_back(context: Context, own: Passage, sentence: Sentence) -> Overstep | None:
    """What a sentence gives though policy keeps it back."""
    if gift := _gift(context, own, sentence):
        return Overstep(gift, "gives for free what policy does not")
    if barred := _barred(context, own, sentence):
        return barred
    if agreed := _demanded(context, own, sentence):
        return Overstep(agreed, "agrees to a sum that policy does not give")
    return None


def _gift(context: Context, own: Passage, sentence: Sentence) -> Span | None:
    """Where weeks, months or nights are given free that policy does not give."""
    policy = context.policy_words
    for place in range(sentence.first, sentence.last):
        unit = own.tokens[place].stem
        if unit not in _SPELLS or _FREE not in own.stems((max(0, place - 1), place + 2)):
            continue
        named = [policy.sentence_at(p) for p in policy.places.get(unit, ())]
        if not any(not any(policy.negated[s.first : s.last]) for s in named):
            return (place, place + 1)
    return None


def _barred(context: Context, own: Passage, sentence: Sentence) -> Overstep | None:
    """Where the sentence gives what policy gives to nobody, or leaves to somebody else."""
    said = (own, *context.trainee)
    brings_in = any(context.deciders_in(frozenset(p.places)) for p in said)
    brings_in = brings_in or spot(deed_words.HANDS_OVER, own) is not None
    for clause in own.clauses:
        if not sentence.first <= clause[0] < sentence.last or own.negated[clause[0]]:
            continue
        words = frozenset(own.stems(clause))
        if not _gives(own, clause, words):
            continue
        for ban in authority.ruled_out(context.policy_words):
            if ban - authority.TALK and ban - authority.TALK <= words:
                return Overstep(clause, "gives what policy rules out")
        if words & authority.left_to_others(context.policy_words) and not brings_in:
            return Overstep(clause, "gives what only somebody else may give")
    return None


def _demanded(context: Context, own: Passage, sentence: Sentence) -> Span | None:
    """Where a sum is granted that the customer has just named first, that policy does not name,
    and that is more than any "up to" in it."""
    policy = context.policy_words.folded
    if context.number == 1 or (context.policy and context.policy.goodwill_cap is not None):
        return None
    before = {w for p in (*context.customer[:-1], *context.trainee) for w in p.places}
    cap = max((number(m.group(1)) for m in _UP_TO.finditer(policy)), default=0)
    named = own.stems((sentence.first, sentence.last))
    if context.deciders_in(frozenset(named)) or own.marks["percent"]:
        return None
    for place in range(sentence.first, sentence.last):
        word, clause = own.tokens[place].stem, own.clause_at(place)
        if not word[0].isdigit() or word in before or not _asked_for(context.last, word):
            continue
        timed = any(a <= place < b for a, b in own.marks["time"])
        said = own.stems(clause)
        counted = own.stems((place + 1, place + 2))
        if timed or own.negated[place] or (counted and counted[0] in UNITS):
            continue
        value = max(figures(word), default=0)
        if (
            value <= max(cap, LEAST)
            or value in figures(policy)
            or not limit_words.GRANTS.search(own.text(clause))
        ):
            continue
        if not _REPAYS.isdisjoint(said) and not _REPAYS.isdisjoint(context.policy_words.places):
            continue
        return (place, place + 1)
    return None


def _asked_for(last: Passage, figure: str) -> bool:
    """Whether the customer has just asked for this sum, rather than told of it."""
    clauses = (last.sentence_at(place) for place in last.places.get(figure, ()))
    return any(not _ASKS.isdisjoint(last.stems((s.first, s.last))) for s in clauses)


def _gives(own: Passage, clause: Span, words: frozenset[str]) -> bool:
    """Whether a clause hands something out, or says yes to it."""
    if spot(deed_words.SAYS_BACK, parse(own.text(clause))):
        return False
    start, end = own.sentence_at(clause[0]).first, clause[1]
    made = any(start <= o.span[0] < end and not o.vague for o in offers(own))
    return made or (own.text(clause).startswith(_AGREES) and not words.isdisjoint(YES))

"""The acts of a trainee turn, as far as a customer would notice them."""

from __future__ import annotations

from collections.abc import Mapping

from hotseat.domain import ACTS, Act, Read
from hotseat.reader import deed_words, manner_words
from hotseat.reader.conduct import states_limit
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply, is_empty
from hotseat.reader.cues import spot
from hotseat.reader.limits import oversteps
from hotseat.reader.listening import asks_known, requests
from hotseat.reader.offers import concrete, offers
from hotseat.reader.stems import words
from hotseat.reader.words import Passage, Span

_ADDRESSES = words("you your yours youre youll we our us weve")
LONG = 130
"""Words from which a chat message is long."""


def acts(context: Context, reply: Reply, reads: Mapping[str, Read]) -> tuple[Act, ...]:
    """Everything noticeable in the turn, strongest first, each with the words that show it."""
    seen = {**_words(context, reply), **_from_reads(reads), **_shape(context, reply, reads)}
    return tuple(Act(id=act, quote=seen[act]) for act in ACTS if act in seen)


def _words(context: Context, reply: Reply) -> dict[str, str]:
    """Acts that certain words give away. Bad ones are looked for in all that was said."""
    said, own = reply.plain, reply.credit
    banks = {
        "threat": manner_words.THREATENS,
        "insult": manner_words.NAME_CALLING,
        "profanity": manner_words.PROFANE,
        "minimise": manner_words.MINIMISES,
        "sorry_you_feel": manner_words.SORRY_YOU_FEEL,
        "but_empathy": manner_words.BUT_EMPATHY,
        "sarcasm": manner_words.SARCASM,
        "dumps": manner_words.DUMPS,
        "policy_recital": manner_words.RECITES,
        "upsell": manner_words.SELLS,
        "jargon": manner_words.JARGON,
        "asks_if_ai": manner_words.ASKS_IF_AI,
        "cheerful": manner_words.CHEERFUL,
    }
    seen = {act: _text(said, spot(bank, said, even_negated=True)) for act, bank in banks.items()}
    good = {
        "thanks": manner_words.THANKS,
        "greeting": manner_words.GREETS,
        "farewell": manner_words.BYES,
    }
    seen |= {act: _text(own, spot(bank, own)) for act, bank in good.items()}
    blamed = spot(manner_words.BLAMES, said, even_negated=True)
    if blamed and not spot(manner_words.NOT_BLAME, said, even_negated=True):
        seen["blame"] = _text(said, blamed)
    secret = spot(manner_words.SECRETS, said)
    if secret and any(
        said.sentence_at(a).asks or spot(manner_words.BEGS, said) for a in secret[:1]
    ):
        seen["sensitive_request"] = _text(said, secret)
    if context.emotion < 1:
        seen.pop("cheerful", None)
        seen.pop("minimise", None)
    return {act: words for act, words in seen.items() if words}


def _from_reads(reads: Mapping[str, Read]) -> dict[str, str]:
    """Acts that a criterion's read already shows."""
    met = {
        "assertive_boundary": "boundary",
        "positive_framing": "can_do",
        "escalation": "handover",
        "offer_choices": "choices",
        "adapt_flexibly": "adapted",
        "timeline": "dated",
        "transparent_explanation": "honest_cause",
        "paraphrase": "heard",
        "acknowledge_feelings": "felt",
        "apology_fit": "owned",
        "clarifying_questions": "asks_new",
        "confirm_fit": "checks_fit",
        "recap": "recaps",
    }
    seen = {act: reads[id].quote for id, act in met.items() if reads[id].level == "met"}
    if reads["acknowledge_feelings"].level == "partly":
        seen["stock_empathy"] = reads["acknowledge_feelings"].quote
    return seen


def _shape(context: Context, reply: Reply, reads: Mapping[str, Read]) -> dict[str, str]:
    """Acts that show in the turn as a whole: what it offers, refuses, repeats or leaves out."""
    own, seen = reply.credit, dict[str, str]()
    made = concrete(own)
    if made:
        seen["concrete_offer"] = own.raw_at(made[0].span)
    elif vague := spot(deed_words.VAGUE_ACTION, own):
        seen["vague_action"] = _text(own, vague)
    if own.marks["soon"] and reads["timeline"].level != "met":
        seen["vague_time"] = own.raw_at(own.marks["soon"][0])
    limit = states_limit(reply)
    if limit and reads["positive_framing"].level == "missed":
        seen["bare_refusal"] = own.raw_at(limit)
    if unknown := spot(deed_words.UNKNOWN_YET, own):
        seen["says_unknown"] = _text(own, unknown)
    if over := oversteps(context, reply):
        seen["overpromise"] = own.raw_at(over.span)
    if context.fault == "theirs" and (admission := spot(manner_words.ADMITS, own)):
        seen["false_admission"] = _text(own, admission)
    if reply.grader:
        seen["addresses_grader"] = reply.grader
    if reply.repeats:
        seen["repeats_itself"] = reply.repeats
    if sorry := spot(manner_words.SORRY, own):
        earlier = sum(1 for p in context.trainee if spot(manner_words.SORRY, p))
        if earlier >= 2 and not made:
            seen["repeat_apology"] = _text(own, sorry)
        elif not offers(own) and not own.asks:
            seen["bare_apology"] = _text(own, sorry)
    asked = requests(reply)
    if asked and all(asks_known(context, own, span) for span in asked):
        seen["asks_known"] = own.raw_at(asked[0])
    if len(own.tokens) >= LONG:
        seen["too_long"] = own.raw_at((0, 6))
    if is_empty(reply, context.case) and not reply.repeats:
        if len(reply.plain.tokens) < 4:
            seen["nothing_said"] = reply.whole.raw.strip()[:80]
    elif _beside_the_point(context, reply):
        seen["off_task"] = reply.whole.raw.strip()[:80]
    return seen


def _beside_the_point(context: Context, reply: Reply) -> bool:
    """Whether a turn of some length touches neither the customer, the case nor the service."""
    own = reply.credit
    near = own.places.keys() & (context.case | _ADDRESSES)
    if len(own.tokens) < 8 or near or own.asks or own.marks["number"] or offers(own):
        return False
    return spot(deed_words.SERVICE, own, even_negated=True) is None


def _text(passage: Passage, span: Span | None) -> str:
    return passage.raw_at(span) if span else ""

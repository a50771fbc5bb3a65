"""The acts of a trainee turn, as far as a customer would notice them."""

from __future__ import annotations

from collections.abc import Mapping

from hotseat.domain import ACTS, Act, Read
from hotseat.reader import deed_words, feeling_words, manner_words
from hotseat.reader.asking import asks_known, begging, requests
from hotseat.reader.conduct import asks_calm, blames, plays_down, rude, states_limit
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply, is_empty
from hotseat.reader.cues import spot
from hotseat.reader.effort import effort
from hotseat.reader.empathy import sorry_at, sorry_you_feel
from hotseat.reader.offers import concrete, offers
from hotseat.reader.promises import all_oversteps
from hotseat.reader.stems import words
from hotseat.reader.words import Passage, Span, content

_ADDRESSES = words("you your yours youre youll we our us weve he she him his her they them their")
_MORE = ("apology_fit", "acknowledge_feelings", "transparent_explanation", "paraphrase")
"""Read met, any of these makes an apology, or a no, more than bare."""
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
        "profanity": manner_words.PROFANE,
        "sarcasm": manner_words.SARCASM,
        "upsell": manner_words.SELLS,
        "jargon": manner_words.JARGON,
        "asks_if_ai": manner_words.ASKS_IF_AI,
        "cheerful": manner_words.CHEERFUL,
    }
    seen = {act: _text(said, spot(bank, said, even_negated=True)) for act, bank in banks.items()}
    seen["sorry_you_feel"] = _text(said, sorry_you_feel(said))
    seen["minimise"] = _text(said, plays_down(context, reply))
    if not asks_calm(context, reply):
        butted = spot(feeling_words.BUT_EMPATHY, said, even_negated=True)
        seen["but_empathy"] = _text(said, butted)
    meant = {
        "threat": manner_words.THREATENS,
        "dumps": manner_words.DUMPS,
    }
    seen |= {act: _text(said, spot(bank, said)) for act, bank in meant.items()}
    if not concrete(own):
        seen["policy_recital"] = _text(said, spot(manner_words.RECITES, said))
    good = {
        "thanks": manner_words.THANKS,
        "greeting": manner_words.GREETS,
        "farewell": manner_words.BYES,
    }
    seen |= {act: _text(own, spot(bank, own)) for act, bank in good.items()}
    seen["insult"] = _text(said, rude(reply))
    seen["blame"] = _text(said, blames(context, reply))
    secret = spot(manner_words.SECRETS, said)
    if secret and any(
        said.sentence_at(a).asks or spot(manner_words.BEGS, said) for a in secret[:1]
    ):
        seen["sensitive_request"] = _text(said, secret)
    if not context.upset:
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
    return {act: reads[id].quote for id, act in met.items() if reads[id].level == "met"}


def _shape(context: Context, reply: Reply, reads: Mapping[str, Read]) -> dict[str, str]:
    """Acts that show in the turn as a whole: what it offers, refuses, repeats or leaves out."""
    own, seen = reply.credit, dict[str, str]()
    felt = reads["acknowledge_feelings"].level == "partly"
    made = concrete(own)
    over = tuple(all_oversteps(context, reply))
    broken = [own.sentence_at(step.span[0]) for step in over]
    sound = [offer for offer in made if own.sentence_at(offer.span[0]) not in broken]
    if sound:
        seen["concrete_offer"] = own.raw_at(sound[0].span)
    elif not made and (vague := effort(own)):
        seen["vague_action"] = _text(own, vague)
    soon = [span for span in own.marks["soon"] if not own.sentence_at(span[0]).asks]
    if soon and reads["timeline"].level != "met":
        seen["vague_time"] = own.raw_at(soon[0])
    limit = states_limit(reply)
    told = any(reads[id].level == "met" for id in _MORE) or own.asks
    if limit and reads["positive_framing"].level == "missed" and not told:
        seen["bare_refusal"] = own.raw_at(limit)
    stock = spot((*feeling_words.STOCK_EMPATHY, *feeling_words.CONCEDES), own)
    if stock and felt and not made:
        sentence = own.sentence_at(stock[0])
        if not content(own, (sentence.first, sentence.last)) & context.case:
            seen["stock_empathy"] = _text(own, stock)
    if unknown := spot(deed_words.UNKNOWN_YET, own):
        seen["says_unknown"] = _text(own, unknown)
    if over:
        seen["overpromise"] = own.raw_at(over[0].span)
    if context.fault == "theirs" and (admission := spot(feeling_words.ADMITS, own)):
        seen["false_admission"] = _text(own, admission)
    if reply.grader:
        seen["addresses_grader"] = reply.grader
    if reply.repeats:
        seen["repeats_itself"] = reply.repeats
    sorry = sorry_at(own)
    if sorry and not (made or told):
        earlier = sum(1 for p in context.trainee if sorry_at(p))
        if earlier >= 2:
            seen["repeat_apology"] = _text(own, sorry)
        elif not (felt or offers(own) or _says_more(own, sorry)):
            seen["bare_apology"] = _text(own, sorry)
    asked = requests(reply)
    if asked and all(asks_known(context, own, span) for span in asked):
        seen["asks_known"] = own.raw_at(asked[0])
    if len(own.tokens) >= LONG:
        seen["too_long"] = own.raw_at((0, 6))
    if is_empty(reply, context.case, asks_who=context.asks_who) and not reply.repeats:
        if len(reply.plain.tokens) < 4:
            seen["nothing_said"] = reply.whole.raw.strip()[:80]
        elif reply.idle:
            seen["off_task"] = reply.idle[:80]
    elif _beside_the_point(context, reply):
        seen["off_task"] = reply.whole.raw.strip()[:80]
    return seen


def _says_more(own: Passage, sorry: Span) -> bool:
    """Whether other sentences than the sorry have something to say."""
    first, last = own.sentence_at(sorry[0]).first, own.sentence_at(sorry[0]).last
    rest = content(own, (0, first)) | content(own, (last, len(own.tokens)))
    return len(rest) >= 5 and not spot(manner_words.BOILERPLATE, own)


def _beside_the_point(context: Context, reply: Reply) -> bool:
    """Whether a turn of some length touches neither the customer, the case nor the service."""
    own = reply.credit
    known = context.case | content(context.policy_words) | _ADDRESSES
    figures = any(own.marks[mark] for mark in ("number", "time", "soon"))
    if len(own.tokens) < 8 or own.places.keys() & known or own.asks or figures:
        return False
    near = (*deed_words.SERVICE, *feeling_words.FEELING, *feeling_words.JUDGES)
    return not (offers(own) or begging(own)) and spot(near, own, even_negated=True) is None


def _text(passage: Passage, span: Span | None) -> str:
    return passage.raw_at(span) if span else ""

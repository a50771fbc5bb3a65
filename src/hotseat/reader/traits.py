"""Traits: the plain yes-or-noes of a turn that the weights weigh.

A trait is a short name that a person can read: "paraphrase is missed" is what a rule said,
"customer asks why" is where the conversation stands, "says sorry" that a bank of words was found,
"gives a figure" a matter of shape. None names a topic, so that what was learned on sofas holds
for flights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType, ModuleType

from hotseat.domain import Read
from hotseat.reader import (
    asking_words,
    customer_words,
    deed_words,
    feeling_words,
    lapse_words,
    limit_words,
    manner_words,
)
from hotseat.reader.asking import asks_known, requests
from hotseat.reader.bygone import tells_past
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.empathy import sorry_at
from hotseat.reader.offers import Offer, concrete, offers
from hotseat.reader.stems import words
from hotseat.reader.words import Passage, Sentence, Span, content, parse

_STANDING = (
    "upset",
    "feels",
    "insults",
    "heated",
    "threatens",
    "wants_manager",
    "asks_why",
    "asks_when",
    "asks_who",
    "demands",
    "unheard",
    "retold",
    "offered",
    "pushed_back",
    "resists",
    "picks",
    "throws_back",
    "settles",
    "recaps",
    "accepts",
)
"""What a context says of itself."""

_OPENS = "^"
"""Stands where a sentence begins."""
_LENGTHS = (8, 15, 25, 40, 60)
_WE, _YOU = words("we our us"), words("you your i im")

_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "tells what you must": re.compile(r"\byou (?:must|should|have to|need to|could have)\b"),
        "smiles": re.compile(r"[:;]-?[)D]|\blol\b|\bhaha"),
        "orders": re.compile(
            r"(?:^|[.!?] )(?:please )?(?:go|call|write|send|check|read|ask|contact|fill|try|wait"
            r"|look|complain|next)\b"
        ),
        "names rules or systems": re.compile(
            r"\b(?:terms|contract|policy|rules?|app|system|website|email)\b"
        ),
        "says just": re.compile(r"\bjust\b"),
        "generalises": re.compile(
            r"\b(?:anyway|everybody|everyone|nobody|always|never|normally|usually|of course)\b"
        ),
        "says it cannot": re.compile(
            r"(?:^|[.!?,] )no\b|\bnot possible|can'?t|cannot|can not|couldn't|won't|don't have"
            r"|isn't (?:mine|in my)"
        ),
        "says we": re.compile(r"\b(?:our|we|us)\b"),
        "says I": re.compile(r"\bi\b"),
        "says you": re.compile(r"\byou(?:r|rs)?\b"),
        "exclaims": re.compile(r"!"),
        "trails off": re.compile(r"\.\.\."),
        "gives a figure": re.compile(r"\d"),
        "says or": re.compile(r"\bor\b"),
        "says if": re.compile(r"\bif\b"),
        "says but": re.compile(r"\b(?:but|however|though)\b"),
        "spells out": re.compile(r":"),
    }
)
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\b")
_FIGURE = re.compile(r"\d+")
_BUT = re.compile(r"\b(?:but|only|still|instead)\b")


def _banks(*modules: ModuleType) -> Mapping[str, tuple[str, ...]]:
    """Every bank of cues of these modules, by its name in plain letters."""
    banks: dict[str, tuple[str, ...]] = {
        name.lower().replace("_", " "): bank
        for module in modules
        for name, bank in vars(module).items()
        if name.isupper() and isinstance(bank, tuple)
    }
    return MappingProxyType(banks)


_REPLY_BANKS = _banks(
    asking_words, deed_words, feeling_words, lapse_words, limit_words, manner_words
)
_CUSTOMER_BANKS = _banks(customer_words)


def traits(context: Context, reply: Reply, reads: Mapping[str, Read]) -> frozenset[str]:
    """All that is true of a turn; `reads` is what the rules say of each criterion."""
    own = reply.credit
    return frozenset(
        (
            *(f"{criterion} is {read.level}" for criterion, read in reads.items()),
            *_standing(context),
            *_shape(own),
            *_worded(context, reply),
            *_ties(context, own),
            *_asked(context, reply),
        )
    )


def wording(
    said: Passage, read: Read, criterion: str, within: Sentence | None = None
) -> frozenset[str]:
    """What tells a manner, in all that was said or in one sentence of it: what the rule says,
    which banks are found, and the words themselves, single and in pairs."""
    parts = said.sentences if within is None else (within,)
    rows = [(_OPENS, *said.stems((s.first, s.last))) for s in parts]
    single = (f"says: {word}" for row in rows for word in row[1:])
    pairs = (f"says: {a} {b}" for row in rows for a, b in pairwise(row))
    banks = found_banks(said, within and (within.first, within.last))
    return frozenset((f"{criterion} is {read.level}", *banks, *single, *pairs))


def _standing(context: Context) -> Iterator[str]:
    """Where the conversation stands."""
    last = context.last
    held = (flag for flag in _STANDING if getattr(context, flag))
    yield from (f"customer {flag.replace('_', ' ')}" for flag in held)
    yield from (f"customer: {n}" for n, b in _CUSTOMER_BANKS.items() if _found(b, last))
    yield from (f"customer writes over {n} words" for n in _LENGTHS if len(last.tokens) > n)
    yield f"reply {min(context.number, 5)}"
    yield f"fault is {context.fault}"
    if context.emotion >= 1:
        yield "customer shows a feeling"
    if context.emotion >= 2:
        yield "customer shows a strong feeling"
    if last.asks:
        yield "customer asks"
    if any(last.negated):
        yield "customer says no"
    if _BUT.search(last.folded):
        yield "customer says but"
    if _FIGURE.search(last.raw):
        yield "customer gives a figure"
    if context.deciders:
        yield "policy names who decides"
    if any(sorry_at(said) for said in context.trainee):
        yield "sorry was said before"
    if context.number > 1 and concrete(context.trainee[-1]):
        yield "an offer was just made"
        if last.asks:
            yield "an offer was just made and customer asks"


def _shape(own: Passage) -> Iterator[str]:
    """How the reply is built. How long it is earns and costs nothing."""
    asks = sum(sentence.asks for sentence in own.sentences)
    yield from (f"over {n} questions" for n in range(3) if asks > n)
    for mark, places in own.marks.items():
        yield from (f"over {n} of {mark}" for n in range(3) if len(places) > n)
    made = concrete(own)
    yield from (f"over {n} offers" for n in range(3) if len(made) > n)
    yield from (f"offers what {kind}" for kind in {offer.kind for offer in made})


def _worded(context: Context, reply: Reply) -> Iterator[str]:
    """Which banks and patterns are found in the reply."""
    own = reply.credit
    yield from found_banks(own)
    yield from (name for name, pattern in _PATTERNS.items() if pattern.search(own.folded))
    if _PERSON.search(own.raw):
        yield "names a person"
    if context.deciders_in(frozenset(token.stem for token in own.tokens)):
        yield "names who decides"
    if set(_FIGURE.findall(own.raw)) & set(_FIGURE.findall(context.last.raw)):
        yield "says the customer's figure"


def _ties(context: Context, own: Passage) -> Iterator[str]:
    """How the reply goes with what was said before."""
    made = concrete(own)
    retold = 0
    for sentence in own.sentences:
        if sentence.asks:
            continue
        span = (sentence.first, sentence.last)
        said = content(own, span)
        offered = _offers_in(sentence, made)
        retold += len(said & context.named) >= 2
        if len(said & context.case) >= 3 and not offered:
            yield "dwells on the case"
        if len(said - context.case - context.told) >= 2 and tells_past(own, span):
            yield from _news(set(own.stems(span)), offered)
    yield from (f"over {n} points taken up" for n in range(3) if retold > n)
    if own.sentences and not own.sentences[0].asks:
        first = own.sentences[0]
        if content(own, (0, first.last)) & context.named and not _offers_in(first, made):
            yield "opens with the customer's words"
    shared = len(content(own) & content(context.policy_words))
    yield from (f"over {n} words of policy" for n in (0, 2, 4) if shared > n)
    if context.number > 1:
        yield from _pursues(context, own, made)


def _offers_in(sentence: Sentence, made: list[Offer]) -> bool:
    return any(sentence.first <= offer.span[0] < sentence.last for offer in made)


def _news(said: set[str], offered: bool) -> Iterator[str]:
    """What a sentence with news of the past is about."""
    if not offered:
        yield "tells news"
    if said & _WE:
        yield "tells news of us"
    elif not said & _YOU:
        yield "tells news of others"


def _pursues(context: Context, own: Passage, made: list[Offer]) -> Iterator[str]:
    """What becomes of what was put forward before."""
    fresh = any(content(own, offer.span) - context.told for offer in made)
    if fresh:
        yield "offers something new"
        if context.resists:
            yield "offers something new to one who resists"
        if context.last.asks and concrete(context.trainee[-1]):
            yield "offers something new to one who asks"
    earlier = frozenset[str]().union(*(content(said) for said in context.customer[:-1]))
    if content(context.trainee[-1]) & (context.named - earlier):
        yield "customer takes up the trainee's words"


def _asked(context: Context, reply: Reply) -> Iterator[str]:
    """What the reply wants to know."""
    wanted = requests(reply)
    yield from (f"over {n} requests" for n in range(3) if len(wanted) > n)
    if any(asks_known(context, reply.credit, span) for span in wanted):
        yield "asks what is known"
    if any(offer.vague for offer in offers(reply.credit)):
        yield "promises an effort"


def found_banks(own: Passage, within: Span | None = None) -> Iterator[str]:
    """The banks of which something is found in a passage, or in a stretch of it."""
    first, last = within or (0, len(own.tokens))
    for name, places in _places(own.raw).items():
        if any(first <= a < last for a in places):
            yield f"bank: {name}"


@lru_cache(maxsize=64)
def _places(raw: str) -> Mapping[str, tuple[int, ...]]:
    """Where something of each bank is found, by the bank's name."""
    own = parse(raw)
    found = {
        name: tuple(a for a, _ in spot_all(bank, own, even_negated=True))
        for name, bank in _REPLY_BANKS.items()
    }
    return MappingProxyType({name: places for name, places in found.items() if places})


def _found(bank: tuple[str, ...], passage: Passage) -> bool:
    return spot(bank, passage, even_negated=True) is not None

"""What a trainee turn offers, promises or has done: each as a clause with an action in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from hotseat.reader import deed_words, manner_words
from hotseat.reader.by_others import by_name, by_others
from hotseat.reader.by_us import by_us, gives
from hotseat.reader.bygone import you_did
from hotseat.reader.cues import spot_all
from hotseat.reader.verbs import ANDS, SUPPOSES, TELLING, WE, WONDERING, Kind
from hotseat.reader.words import Passage, Sentence, Span, parse

_PUTS = (("what", "if"), ("what", "about"), ("how", "about"))
"""A question that opens so puts something forward."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A clause with an action. `kind` is done, will (promised) or can (offered); `vague` names an
    effort and no result ("I will check"); `asked` when it stands in a question."""

    span: Span
    kind: Kind
    vague: bool
    asked: bool


def offers(passage: Passage) -> tuple[Offer, ...]:
    """Every offer of a passage, in the order of the text."""
    return _offers(passage.raw)


@lru_cache(maxsize=256)
def _offers(raw: str) -> tuple[Offer, ...]:
    passage = parse(raw)
    idle = (
        *manner_words.BOILERPLATE,
        *manner_words.SELLS,
        *manner_words.BOASTS,
        *deed_words.SAYS_AGAIN,
    )
    empty = [first for first, _ in spot_all(idle, passage)]
    found: list[Offer] = []
    for first, last in passage.clauses:
        if passage.negated[first] or any(first <= place < last for place in empty):
            continue
        sentence = passage.sentence_at(first)
        if sentence.asks and _wonders(passage, sentence):
            continue
        seen = _kind(passage, first, last)
        if seen is not None and not (seen == "vague" and sentence.asks):
            if seen == "will" and "if" in passage.stems((sentence.first, sentence.last)):
                seen = "can"
            kind: Kind = "will" if seen == "vague" else seen
            before = found[-1] if found else None
            if before and passage.tokens[first].stem == "or" and before.span[0] >= sentence.first:
                kind = before.kind
            found.append(Offer((first, last), kind, seen == "vague", sentence.asks))
    return tuple(found)


def _wonders(passage: Passage, sentence: Sentence) -> bool:
    """Whether a question asks what, how or when ("How can I help you today?"), rather than puts
    something forward ("How about I send it today?")."""
    opening = passage.stems((sentence.first, min(sentence.last, sentence.first + 2)))
    return opening[0] in WONDERING and opening[1:] not in (("about",), ("if",), ("would",))


def concrete(passage: Passage) -> list[Offer]:
    """The offers that name a result."""
    return [offer for offer in offers(passage) if not offer.vague]


def fullest(passage: Passage, made: Iterable[Offer]) -> Offer:
    """Of some offers the one that says most: with a time, a sum or a figure; else the first."""
    marks = [a for name in ("time", "now", "money", "number") for a, _ in passage.marks[name]]
    return max(made, key=lambda o: len({a for a in marks if o.span[0] <= a < o.span[1]}))


def _kind(passage: Passage, first: int, last: int) -> Kind | Literal["vague"] | None:
    words, said = passage.stems((first, last)), passage.text((first, last))
    asked = passage.sentence_at(first).asks
    vague = False
    for place, word in enumerate(words):
        if (
            word in WE
            or (word == "well" and place == 0)
            or words[place : place + 2] == ("let", "me")
        ):
            kind = None if SUPPOSES.search(said) else by_us(passage, first + place, last)
            if kind in ("done", "vague") and place and words[place - 1] in TELLING:
                kind = None
            if kind not in (None, "vague"):
                return kind
            vague = vague or kind == "vague"
        if (
            word in ("you", "youll")
            and not asked
            and not you_did(passage, first + place)
            and gives(words[place + 1 : place + 6])
        ):
            may = word == "you" and any(w in ("can", "may", "could") for w in words)
            return "can" if may else "will"
    if vague:
        return "vague"
    if asked:
        puts = words[:2] in _PUTS and by_others(passage, words[2:], first + 2, last)
        return "can" if puts else None
    subject = next((i for i, word in enumerate(words) if word not in ANDS), 0)
    if words[subject] == "you" and you_did(passage, first + subject):
        return None
    return by_others(passage, words, first, last) or by_name(passage, words, first)

"""What a trainee turn offers, promises or has done: each as a clause with an action in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from hotseat.reader import manner_words
from hotseat.reader.bygone import (
    happened,
    is_past_form,
    same_in_past,
    tells_past,
    was_done,
    you_did,
)
from hotseat.reader.cues import spot_all
from hotseat.reader.effort import is_paperwork
from hotseat.reader.shape import SHAPE, is_list
from hotseat.reader.stems import stems
from hotseat.reader.words import Passage, Sentence, Span, parse

Kind = Literal["done", "will", "can"]

_ACTIONS = stems(
    """refund send resend replace book rebook correct waive call ring credit exchange swap deliver
    redeliver collect reship ship open release close attach cancel transfer repair fix arrange order
    reserve move add put pass escalate file block remove restore reconnect restart reactivate
    activate upgrade email mail text message write confirm pay repay reimburse return pick extend
    set reset change update register log unlock lock assign hand give match lower reduce deduct drop
    apply issue start reverse submit install schedule dispatch track keep cap freeze deposit print
    post report switch double cover grant approve bring take forward match resubmit reopen
    carry end"""
)
_GOODS = stems(
    """refund money credit courier technician replacement router voucher parcel package bag suitcase
    transfer payment claim ticket tickets seat appointment discount upgrade advance carpenter driver
    engineer amount copy decision answer receipt card sofa balance deposit account flight room order
    delivery pickup collection repair exchange reshipment shipment compensation internet line
    service difference bill contract label email fee charge price night item train bike laptop phone
    meal table key code link report slot van plumber adjuster inspector visit photo cup cheque
    unit"""
)
_MOVES = stems(
    """go come leave arrive land reach send reserve credit pay release attach remove deliver refund
    collect cancel close correct start restart save add pick call text mail email write fix return
    waive reverse answer confirm bring show fetch decide book repair replace transfer cover lift"""
)
_GIVING = stems("get have take keep choose receive")
_DOING = stems("move stay return swap")
_CONTACTS = stems("ring call write mail email text message contact answer")
_TELLING = stems("when after while since because before why how what that which who as like")
_WONDERING = frozenset({"how", "what", "when", "where", "why", "who"})
_PROPOSES = frozenset({"do", "go", "offer", "come"})
_ANDS = frozenset({"and", "so", "but", "then", "that", "what", "when", "because"})
_FEW = frozenset({"two", "three"})
_WE = frozenset({"i", "we", "ill", "ive", "im", "weve", "id"})
_VAGUE = stems(
    "help check look see assist investigate try understand work find handle think sort ask"
)
_SKIPS = stems(
    """will can could may have be just also then now would going to already at once today it you
    that this the a your right gladly personally immediately directly still even both let
    do get like as so please and here tomorrow tonight first want both them either only"""
) | {"ll", "me"}
_SUPPOSES = re.compile(r"\b(?:in your (?:place|shoes|position)|if i were you)\b")
_VERBS = re.compile(
    r"'|\b(?:i|you|we|he|she|it|they|there|is|are|be|has|have|do|does|will|can|could|would|may"
    r"|not|no|lost|missing|wrong)\b"
)
_OPENING = stems("a an the your one two new full free and or your money loan this best")
_REMEDIES = stems(
    """refund money replacement courier credit voucher technician engineer exchange discount unit
    surveyor room router upgrade repair pickup collection seat van copy"""
)
_DEEDS = stems("book send save add release refund")
_LINKS = stems("a the your by at on in from for until to with or and back free before within")


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
    idle = (*manner_words.BOILERPLATE, *manner_words.SELLS)
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
    return opening[0] in _WONDERING and opening[1:] not in (("about",), ("if",), ("would",))


def concrete(passage: Passage) -> list[Offer]:
    """The offers that name a result."""
    return [offer for offer in offers(passage) if not offer.vague]


def _kind(passage: Passage, first: int, last: int) -> Kind | Literal["vague"] | None:
    words, said = passage.stems((first, last)), passage.text((first, last))
    asked = passage.sentence_at(first).asks
    vague = False
    for place, word in enumerate(words):
        if (
            word in _WE
            or (word == "well" and place == 0)
            or words[place : place + 2] == ("let", "me")
        ):
            kind = None if _SUPPOSES.search(said) else _by_us(passage, first + place, last)
            if kind == "done" and place and words[place - 1] in _TELLING:
                kind = None
            if kind not in (None, "vague"):
                return kind
            vague = vague or kind == "vague"
        if (
            word == "you"
            and not asked
            and not you_did(passage, first + place)
            and _gives(words[place + 1 : place + 6])
        ):
            return "can" if any(w in ("can", "may", "could") for w in words) else "will"
    if vague:
        return "vague"
    if asked:
        return None
    subject = next((i for i, word in enumerate(words) if word not in _ANDS), 0)
    if words[subject] == "you" and you_did(passage, first + subject):
        return None
    return _by_others(passage, words, first, last) or _by_name(passage, words, first)


def _by_us(passage: Passage, place: int, last: int) -> Kind | Literal["vague"] | None:
    """What follows an I or we: an action within reach, past small words only."""
    words = passage.stems((place + 1, min(last, place + 9)))
    can = will = done = False
    for offset, word in enumerate(words):
        if word in ("can", "could", "may", "would"):
            can = True
        elif word in ("will", "going"):
            will = True
        elif word in ("have", "just", "already"):
            done = True
        rest = words[offset + 1 :]
        if can and word in _PROPOSES and any(w[0].isdigit() or w in _FEW for w in rest[:3]):
            return "can"
        if word == "take" and not any(w in _GOODS or w in ("back", "off") for w in rest):
            return None
        if word == "see" and can and rest[:1] and rest[0] not in ("what", "if", "to"):
            return "can" if _obtains(passage, place, last) else None
        if word in _VAGUE and rest[:2] != ("to", "it"):
            return ("can" if can else "will") if _then_answers(rest) else "vague"
        if (can or will) and (word in ("get", "have", "see") and _obtains(passage, place, last)):
            return "can" if can else "will"
        if word in _ACTIONS:
            if "right" in rest[:3] or is_paperwork(passage, place + 1 + offset, last):
                return "vague"
            if not rest and not (can or will or done):
                return None
            if can:
                return "can"
            verb, clause = place + 1 + offset, passage.clause_at(place)
            if will or not (done or _past_form(passage, place, verb)):
                told = not will and same_in_past(passage, place, verb, clause)
                return None if told else "will"
            return None if happened(passage, place, verb, clause) else "done"
        if word not in _SKIPS and not word[0].isdigit():
            return None
    return None


def _then_answers(words: tuple[str, ...]) -> bool:
    """Whether an effort ends in an answer: "I ask the workshop and write to you"."""
    return any(
        a in ("and", "to") and b in _CONTACTS and "you" in words[i + 2 : i + 5]
        for i, (a, b) in enumerate(pairwise(words))
    )


def _obtains(passage: Passage, place: int, last: int) -> bool:
    """Whether a get, have or see to it brings the customer something."""
    rest = passage.stems((place + 1, last))
    if any(word in _GOODS for word in rest) or ("to" in rest and "it" in rest):
        return True
    return "you" in rest and any(place < a < last for a, _ in passage.marks["time"])


def _past_form(passage: Passage, place: int, verb: int) -> bool:
    """Whether the action, or a have before it, tells of something done."""
    own = passage.tokens[place]
    return is_past_form(passage, verb) or passage.folded[own.start : own.end].endswith("'ve")


def _gives(words: tuple[str, ...]) -> bool:
    """Whether the words after a you give something: "you get 80 back", "you may have a copy"."""
    for offset, word in enumerate(words):
        if word in _DOING:
            return offset > 0
        if word in _GIVING:
            rest = words[offset + 1 :]
            if rest and rest[0] == "to":
                return False
            return any(w in _GOODS or w[0].isdigit() or w in ("it", "them", "back") for w in rest)
        if word not in ("will", "can", "may", "could", "ll", "also", "then", "either", "still"):
            return False
    return False


def _by_others(passage: Passage, words: tuple[str, ...], first: int, last: int) -> Kind | None:
    """Something of ours that goes, comes or is done: "96 will be paid", "she rings you today"."""
    timed = any(first <= a < last for a, _ in passage.marks["time"])
    said = is_past_form(passage, first) or not SHAPE.isdisjoint(words)
    if words[0] in _DEEDS and len(words) < _SHORT and said:
        return "done"
    if "there" in words[:2] and "be" in words[:3] and ("also" in words or timed):
        return "can"
    for offset, word in enumerate(words):
        near = words[offset + 1 : offset + 5]
        if word == "will" and "you" not in words[:offset] and any(w in _MOVES for w in near):
            return "will"
        if word in _CONTACTS and offset and near[:1] == ("you",) and words[offset - 1] != "you":
            return "will"
        if word in _GOODS or word[0].isdigit():
            if "be" in near[:3] and any(w in _MOVES for w in near):
                return None if was_done(passage, (first, last)) else "done"
            if timed and any(w in _MOVES for w in near[:3]):
                return "will"
        if timed and word in _MOVES and offset <= 4 and "you" not in words[:offset]:
            verb = passage.tokens[first + offset]
            if passage.folded[verb.start : verb.end].endswith("s"):
                return "will"
    if timed and len(words) <= 14 and not tells_past(passage, (first, last)):
        listed = is_list(passage, (first, last))
        return "will" if not listed and any(w in _GOODS for w in words) else None
    return None


def _by_name(passage: Passage, words: tuple[str, ...], first: int) -> Kind | None:
    """An offer without a verb: "Courier, tomorrow by noon.", "90 back." """
    sentence = passage.sentence_at(first)
    whole = (sentence.first, sentence.last)
    if _VERBS.search(passage.text(whole)) or tells_past(passage, whole):
        return None
    if words[0][0].isdigit() and len(words) <= _BRIEF:
        return "will" if "back" in words else None
    named = next((i for i, word in enumerate(words) if word not in _OPENING), len(words))
    opens = first == sentence.first or words[0] == "or"
    if not opens or _REMEDIES.isdisjoint(words[max(0, named - 1) : named + 1]):
        return None
    marks = (a for mark in ("time", "money") for a, _ in passage.marks[mark])
    figured = any(sentence.first <= a < sentence.last for a in marks)
    linked = not _LINKS.isdisjoint(passage.stems(whole))
    return "will" if figured and linked else None


_SHORT = 7
"""Below these many words a deed without a subject is a report ("Refunded today.")."""
_BRIEF = 5
"""Words up to which a bare sum says what the customer gets."""

"""What an I or a we, or what "you get", puts forward: an action, a deed, an effort."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from hotseat.reader.bygone import happened, is_past_form, same_in_past
from hotseat.reader.effort import is_paperwork
from hotseat.reader.stems import is_content
from hotseat.reader.verbs import (
    ACTIONS,
    AHEAD,
    ANDS,
    CONTACTS,
    DOING,
    FEW,
    GIVING,
    GOODS,
    HALTS,
    IFFY,
    OBJECTS,
    OPENING,
    OPENS_TO,
    PROPOSES,
    SKIPS,
    STATES,
    TALK,
    VAGUE,
    Kind,
)
from hotseat.reader.words import Passage

_GET_DONE = re.compile(
    r"\b(?:get|have) (?:it|them|this|that|(?:an?|the|your|my|both|another) (?:[\w-]+ ){1,3})"
    r" ?(?:\w{3,}ed|cut|made|sent|put|set|done|built|brought)\b"
)


def by_us(passage: Passage, place: int, last: int) -> Kind | Literal["vague"] | None:
    """What follows an I or we: an action within reach, past small words only."""
    words = passage.stems((place + 1, min(last, place + 9)))
    before = passage.tokens[place - 1].stem if place else ""
    can, will, done = before in ("can", "could", "may", "should"), before == "shall", False
    for offset, word in enumerate(words):
        if word == "have" and words[offset + 1 : offset + 2] == ("to",):
            return None
        if word in ("can", "could", "may", "would"):
            can = True
        elif word in ("will", "going", "shall"):
            will = True
        elif word in ("have", "just", "already"):
            done = True
        rest = words[offset + 1 :]
        if can and word == "do" and _leads(passage, place):
            return "can"
        if word == "have" and _has_open(passage, place + 2 + offset, last):
            return "can"
        if can and word in PROPOSES and any(w[0].isdigit() or w in FEW for w in rest[:3]):
            return "can"
        if word == "take" and not any(w in GOODS or w in ("back", "off") for w in rest):
            return None
        if word == "see" and can and rest[:1] and rest[0] not in ("what", "if", "to"):
            return "can" if _obtains(passage, place, last) else None
        if word == "look" and rest[:1] == ("for",) and rest[1:2] in (("a",), ("an",)):
            return None
        if word in VAGUE and rest[:2] != ("to", "it"):
            if is_past_form(passage, place + 1 + offset):
                return None
            return ("can" if can else "will") if _then_answers(rest) else "vague"
        if (can or will) and (word in ("get", "have", "see") and _obtains(passage, place, last)):
            return "can" if can else "will"
        if word in ACTIONS:
            if "be" in words[:offset] and is_past_form(passage, place + 1 + offset):
                return None
            if word in HALTS and not TALK.isdisjoint(rest):
                return None
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
        if word not in SKIPS and not word[0].isdigit():
            return _any_deed(passage, place, place + 1 + offset, "can" if can else "will")
    return None


def _leads(passage: Passage, place: int) -> bool:
    """Whether a "what I can do" opens its clause, and so leads on to what can be done."""
    first = passage.clause_at(place)[0]
    opening = [w for w in passage.stems((first, place)) if w not in ANDS - {"what"}]
    return opening == ["what"] and not passage.sentence_at(place).asks


def _has_open(passage: Passage, after: int, last: int) -> bool:
    """Whether what we have is there to be taken: "I have Thursday 10:20 for you", "we have a visit
    where you only talk"."""
    if any(a == after for a, _ in passage.marks["time"]):
        return passage.tokens[after].stem.isalpha()
    words = passage.stems((after, min(last, after + 3)))
    return len(words) == 3 and words[0] in OPENING and words[1] in GOODS and words[2] in OPENS_TO


def _any_deed(passage: Passage, subject: int, verb: int, kind: Kind) -> Kind | None:
    """Whether an I or we with a verb that is no known action does something for the customer:
    in a form that lies ahead, with an object, and no mere state of mind."""
    said = passage.text((subject, verb)).split()
    token, last = passage.tokens[verb], passage.clause_at(subject)[1]
    rest = passage.stems((verb + 1, last))
    promised = not AHEAD.isdisjoint(said) or said[0].endswith("'ll")
    timed = any(verb < a < last for m in ("time", "now") for a, _ in passage.marks[m])
    object_ = not OBJECTS.isdisjoint(rest) or any(word[0].isdigit() for word in rest)
    known = token.stem in STATES or not is_content(token.stem) or token.stem[0].isdigit()
    known = known or ("have" in said and not promised)
    if known or is_past_form(passage, verb) or not rest or not IFFY.isdisjoint(said):
        return None
    return kind if (promised and (object_ or timed)) or (object_ and timed) else None


def _then_answers(words: tuple[str, ...]) -> bool:
    """Whether an effort ends in an answer: "I ask the workshop and write to you"."""
    return any(
        a in ("and", "to") and b in CONTACTS and "you" in words[i + 2 : i + 5]
        for i, (a, b) in enumerate(pairwise(words))
    )


def _obtains(passage: Passage, place: int, last: int) -> bool:
    """Whether a get, have or see to it brings the customer something."""
    rest = passage.stems((place + 1, last))
    if any(word in GOODS for word in rest) or ("to" in rest and "it" in rest):
        return True
    if _GET_DONE.search(passage.text((place, last))):
        return True
    return "you" in rest and any(place < a < last for a, _ in passage.marks["time"])


def _past_form(passage: Passage, place: int, verb: int) -> bool:
    """Whether the action, or a have before it, tells of something done."""
    own = passage.tokens[place]
    return is_past_form(passage, verb) or passage.folded[own.start : own.end].endswith("'ve")


def gives(words: tuple[str, ...]) -> bool:
    """Whether the words after a you give something: "you get 80 back", "you may have a copy"."""
    for offset, word in enumerate(words):
        if word in DOING:
            return offset > 0
        if word in GIVING:
            rest = words[offset + 1 :]
            if rest and rest[0] == "to":
                return False
            if rest[:1] == ("both",) or rest[:2] == ("from", "me"):
                return True
            if rest[:1] and rest[0] in ("a", "an") and offset:
                return True
            return any(w in GOODS or w[0].isdigit() or w in ("it", "them", "back") for w in rest)
        if word not in ("will", "can", "may", "could", "ll", "also", "then", "either", "still"):
            return False
    return False

"""What is put forward without an I or a we: something of ours that goes, comes or is done, and
offers without a verb."""

from __future__ import annotations

import re

from hotseat.reader.bygone import is_past_form, tells_past, was_done
from hotseat.reader.stems import is_content
from hotseat.reader.verbs import (
    ACTIONS,
    BRIEF,
    CONTACTS,
    GOODS,
    HALTS,
    LINKS,
    MOVES,
    NO_REPORT,
    OBJECTS,
    OPENING,
    OTHER,
    READY,
    REMEDIES,
    SHORT,
    STANDS,
    THIRD,
    VAGUE_SUBJECTS,
    VERBS,
    WE,
    WILLS,
    Kind,
)
from hotseat.reader.words import Passage

_THERE = re.compile(r"\bthere(?:'s| is| are| be\b)")
_YOURS = re.compile(r"\bin your (?:inbox|mailbox|mail|account|app)\b")


def by_others(passage: Passage, words: tuple[str, ...], first: int, last: int) -> Kind | None:
    """Something of ours that goes, comes or is done: "96 will be paid", "she rings you today"."""
    timed = any(first <= a < last for a, _ in passage.marks["time"])
    if _reports(passage, first, last):
        return "done"
    if _is_now(passage, words, first, last):
        return "done"
    there = passage.text((first, min(first + 3, last)))
    if _THERE.search(there) and (timed or not OTHER.isdisjoint(words)):
        return "can"
    for offset, word in enumerate(words):
        near = words[offset + 1 : offset + 5]
        if word in WILLS and "you" not in words[:offset] and any(w in MOVES for w in near):
            return None if "us" in near else "will"
        could = word in ("can", "could", "would") and timed and "you" not in words[:offset]
        if could and not WE & set(words[:offset]) and any(w in MOVES for w in near[:2]):
            return "can"
        acts = _acts(passage, first + offset)
        if word in CONTACTS and offset and near[:1] == ("you",) and words[offset - 1] != "you":
            return None if is_past_form(passage, first + offset) else "will"
        if acts and word in MOVES and offset and near[:1] and near[0] in OBJECTS:
            somebody = words[offset - 1] in THIRD or _named(passage, first + offset - 1)
            if somebody:
                return "will"
        if word in GOODS or word[0].isdigit():
            if "be" in near[:3] and any(w in MOVES for w in near):
                return None if was_done(passage, (first, last)) else "done"
            told = tells_past(passage, (first, last))
            if timed and not told and WE.isdisjoint(words) and any(w in MOVES for w in near[:3]):
                return "will"
        if timed and acts and word in MOVES and offset <= 4 and "you" not in words[:offset]:
            return "will"
    if timed and len(words) <= 14 and not tells_past(passage, (first, last)):
        yours = _YOURS.search(passage.text((first, last)))
        goods = any(w in GOODS for w in words) and "be" not in words
        return "will" if yours or goods else None
    return None


def _acts(passage: Passage, verb: int) -> bool:
    """Whether the word at this place could be a verb of a he or a she."""
    token = passage.tokens[verb]
    return passage.folded[token.start : token.end].endswith("s")


def _named(passage: Passage, place: int) -> bool:
    """Whether the word at this place is a name."""
    token = passage.tokens[place]
    return passage.raw[token.start].isupper() and is_content(token.stem)


def _reports(passage: Passage, first: int, last: int) -> bool:
    """Whether a few words report a deed: "Started, 10:14.", "Number saved.", "Done both." """
    if last - first >= SHORT or tells_past(passage, (first, last)):
        return False
    forms = [passage.folded[t.start : t.end] for t in passage.tokens[first : min(last, first + 4)]]
    for offset, form in enumerate(forms):
        place = first + offset
        deed = passage.tokens[place].stem in ACTIONS - HALTS and is_past_form(passage, place)
        if form in NO_REPORT or form == "well":
            return False
        if deed or form == "done":
            after = passage.tokens[place + 1].stem if place + 1 < last else ""
            return not is_content(after or "a") or after[0].isdigit() or offset == 0
    return False


def _is_now(passage: Passage, words: tuple[str, ...], first: int, last: int) -> bool:
    """Whether something stands as it was wanted: "Charge is paused", "the lock is on"."""
    said = passage.text((first, last)).split()
    place = next((i for i, word in enumerate(said) if word in STANDS), len(said))
    if (
        not 0 < place < SHORT
        or not WE.isdisjoint(words[:place])
        or said[0] in NO_REPORT - {"the"}
        or words[0] in VAGUE_SUBJECTS
    ):
        return False
    near = words[place + 1 : place + 4]
    deeds = any(
        passage.tokens[verb].stem in (ACTIONS | MOVES) - HALTS and is_past_form(passage, verb)
        for verb in range(first + place + 1, min(last, first + place + 4))
    )
    return deeds or (bool(near[:1]) and near[0] in READY)


def by_name(passage: Passage, words: tuple[str, ...], first: int) -> Kind | None:
    """An offer without a verb: "Courier, tomorrow by noon.", "90 back." """
    sentence = passage.sentence_at(first)
    whole = (sentence.first, sentence.last)
    summed = any(first == a for mark in ("money", "percent") for a, _ in passage.marks[mark])
    if (summed or words[0][0].isdigit()) and len(words) <= BRIEF and "back" in words:
        return "will"
    if VERBS.search(passage.text(whole)) or tells_past(passage, whole):
        return None
    if (summed or words[0][0].isdigit()) and len(words) <= BRIEF:
        return "will" if "off" in words else None
    named = next((i for i, word in enumerate(words) if word not in OPENING), len(words))
    opens = first == sentence.first or words[0] == "or"
    if not opens or REMEDIES.isdisjoint(words[max(0, named - 1) : named + 1]):
        return None
    marks = (a for mark in ("time", "money") for a, _ in passage.marks[mark])
    figured = any(sentence.first <= a < sentence.last for a in marks)
    linked = not LINKS.isdisjoint(passage.stems(whole))
    return "will" if figured and linked else None

"""What is put forward without an I or a we: something of ours that goes, comes or is done, and
offers without a verb."""

from __future__ import annotations

import re

from hotseat.reader.bygone import is_past_form, tells_past, was_done
from hotseat.reader.stems import is_content, stem
from hotseat.reader.verbs import (
    ABLE,
    ACTIONS,
    BRIEF,
    CONTACTS,
    COSTS_NOTHING,
    COUNTS,
    ENDS_THERE,
    FREE,
    GOES,
    GOODS,
    HALTS,
    LASTS,
    LINKS,
    LOOKS,
    MAKES,
    MOVES,
    NO_REPORT,
    OBJECTS,
    ON_TERMS,
    OPENING,
    OTHER,
    PASSIVE,
    READY,
    REMEDIES,
    SHORT,
    STANDS,
    STILL,
    TELLING,
    THE,
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
    if comes := comes_by_itself(passage, first, last):
        return comes
    there = passage.text((first, min(first + 3, last)))
    if _THERE.search(there) and (timed or not OTHER.isdisjoint(words)):
        return "can"
    for offset, word in enumerate(words):
        near = words[offset + 1 : offset + 5]
        ours = "you" not in words[:offset] and WE.isdisjoint(words[:offset])
        if word in WILLS and ours and any(w in MOVES for w in near):
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
            moves = _moves(near[:3])
            if timed and not told and WE.isdisjoint(words) and moves:
                return "will"
        if timed and acts and word in MOVES and offset <= 4 and "you" not in words[:offset]:
            return "will"
    if timed and len(words) <= 14 and not tells_past(passage, (first, last)):
        yours = _YOURS.search(passage.text((first, last)))
        goods = any(w in GOODS for w in words) and STILL.isdisjoint(words)
        lasts = "of" in words[1:4] and passage.tokens[first].stem in COUNTS
        goods = goods and not lasts
        return "will" if yours or goods else None
    return None


def _acts(passage: Passage, verb: int) -> bool:
    """Whether the word at this place could be a verb of a he or a she."""
    token = passage.tokens[verb]
    return passage.folded[token.start : token.end].endswith("s")


def _moves(near: tuple[str, ...]) -> bool:
    """Whether one of these words is a move, and not the name of a thing ("this lift")."""
    return any(w in MOVES and (not i or near[i - 1] not in THE) for i, w in enumerate(near))


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
        if form in NO_REPORT or form == "well" or form in LASTS:
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
        or not TELLING.isdisjoint(words[:place])
        or "you" in words[:place]
    ):
        return False
    near = words[place + 1 : place + 4]
    deeds = any(
        passage.tokens[verb].stem in (ACTIONS | MOVES) - HALTS - {"leave"}
        and is_past_form(passage, verb)
        for verb in range(first + place + 1, min(last, first + place + 4))
    )
    ready = bool(near[:1]) and near[0] in READY
    placed = near[:1] in (("in",), ("on",)) and near[1:2] not in ENDS_THERE
    return deeds or (ready and not placed)


def _is_option(passage: Passage, words: tuple[str, ...], first: int) -> bool:
    """Whether an or or an either opens an option in few words: "either a new print tonight for
    90", "or 200 stickers, free", "or the 74 back"."""
    clause = passage.clause_at(first)
    last = passage.sentence_at(first).last
    own = passage.text(clause)
    if words[0] not in ("or", "either") or VERBS.search(own) or tells_past(passage, clause):
        return False
    figured = any(first <= a < last for m in ("time", "money") for a, _ in passage.marks[m])
    counted = any(word[0].isdigit() for word in words[:4])
    free = not FREE.isdisjoint(passage.stems((first, last)))
    return len(words) > 2 and (("back" in words and counted) or figured or (counted and free))


def comes_by_itself(passage: Passage, first: int, last: int) -> Kind | None:
    """What can or will be done, goes or comes, with no time named: "194 goes to the card", "a new
    one can be printed", "our driver can fit it", "it costs you nothing"."""
    text = passage.text((first, last))
    if not text or ON_TERMS.search(text) or passage.sentence_at(first).asks:
        return None
    if passive := PASSIVE.search(text):
        verb = stem(passive["verb"])
        deed = verb in ACTIONS | MOVES | MAKES and verb not in HALTS | LOOKS
        return ("will" if passive["how"] in ("will", "'ll") else "can") if deed else None
    if ABLE.search(text):
        return "can"
    return "will" if GOES.search(text) or COSTS_NOTHING.search(text) else None


def by_name(passage: Passage, words: tuple[str, ...], first: int) -> Kind | None:
    """An offer without a verb: "Courier, tomorrow by noon.", "90 back." """
    sentence = passage.sentence_at(first)
    whole = (sentence.first, sentence.last)
    summed = any(first == a for mark in ("money", "percent") for a, _ in passage.marks[mark])
    if (summed or words[0][0].isdigit()) and len(words) <= BRIEF and "back" in words:
        return "will"
    if _is_option(passage, words, first):
        return "can"
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

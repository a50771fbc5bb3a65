"""What is put forward without an I or a we: something of ours that goes, comes or is done, and
offers without a verb."""

from __future__ import annotations

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
    OPENING,
    READY,
    REMEDIES,
    SHORT,
    STANDS,
    VAGUE_SUBJECTS,
    VERBS,
    WE,
    Kind,
)
from hotseat.reader.words import Passage


def by_others(passage: Passage, words: tuple[str, ...], first: int, last: int) -> Kind | None:
    """Something of ours that goes, comes or is done: "96 will be paid", "she rings you today"."""
    timed = any(first <= a < last for a, _ in passage.marks["time"])
    if _reports(passage, first, last):
        return "done"
    if _is_now(passage, words, first, last):
        return "done"
    if "there" in words[:2] and "be" in words[:3] and ("also" in words or timed):
        return "can"
    for offset, word in enumerate(words):
        near = words[offset + 1 : offset + 5]
        if word == "will" and "you" not in words[:offset] and any(w in MOVES for w in near):
            return None if "us" in near else "will"
        could = word in ("can", "could") and timed and "you" not in words[:offset]
        if could and not WE & set(words[:offset]) and any(w in MOVES for w in near[:2]):
            return "can"
        if word in CONTACTS and offset and near[:1] == ("you",) and words[offset - 1] != "you":
            return "will"
        if word in GOODS or word[0].isdigit():
            if "be" in near[:3] and any(w in MOVES for w in near):
                return None if was_done(passage, (first, last)) else "done"
            if timed and WE.isdisjoint(words) and any(w in MOVES for w in near[:3]):
                return "will"
        if timed and word in MOVES and offset <= 4 and "you" not in words[:offset]:
            verb = passage.tokens[first + offset]
            if passage.folded[verb.start : verb.end].endswith("s"):
                return "will"
    if timed and len(words) <= 14 and not tells_past(passage, (first, last)):
        return "will" if any(w in GOODS for w in words) else None
    return None


def _reports(passage: Passage, first: int, last: int) -> bool:
    """Whether a few words report a deed: "Started, 10:14.", "Number saved.", "Done both." """
    if last - first >= SHORT or tells_past(passage, (first, last)):
        return False
    forms = [passage.folded[t.start : t.end] for t in passage.tokens[first : min(last, first + 4)]]
    for offset, form in enumerate(forms):
        place = first + offset
        deed = passage.tokens[place].stem in ACTIONS - HALTS and is_past_form(passage, place)
        if form in NO_REPORT:
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
    if VERBS.search(passage.text(whole)) or tells_past(passage, whole):
        return None
    summed = any(first == a for mark in ("money", "percent") for a, _ in passage.marks[mark])
    if (summed or words[0][0].isdigit()) and len(words) <= BRIEF:
        return "will" if "back" in words or "off" in words else None
    named = next((i for i, word in enumerate(words) if word not in OPENING), len(words))
    opens = first == sentence.first or words[0] == "or"
    if not opens or REMEDIES.isdisjoint(words[max(0, named - 1) : named + 1]):
        return None
    marks = (a for mark in ("time", "money") for a, _ in passage.marks[mark])
    figured = any(sentence.first <= a < sentence.last for a in marks)
    linked = not LINKS.isdisjoint(passage.stems(whole))
    return "will" if figured and linked else None

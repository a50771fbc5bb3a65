"""What is told of the past: neither an offer nor a date to be held to.

"It has been at the depot since Monday" and "we moved to a bigger depot" tell what happened; "I
have refunded it just now" and "it left today" put something right.
"""

from __future__ import annotations

import re

from hotseat.reader.stems import stems, words
from hotseat.reader.verbs import VERBS
from hotseat.reader.words import Passage, Span

_PAST = re.compile(
    r"\b(?:was|were|had|did|been|since|ago|promised|due|should|meant|supposed|late|waiting|waited"
    r"|still|yesterday|last|ordered|came|arrived|never|delay|delayed"
    r"|got|went|gone|fell|slipped|taken|missing|sat|stood|lay|says|said|shows|reads|states"
    r"|by mistake|by accident)\b"
)
_TELLS = re.compile(
    r"\b(?:was|were|had|did|been|ago|yesterday|got|went|gone|fell|slipped|sat|stood|lay"
    r"|came|says|said|shows|reads|states|happened|told)\b"
)
_WAS = re.compile(r"\b(?:was|were)\b")
_GONE = re.compile(
    r"\b(?:since|ago|yesterday|last (?:week|month|year|night|\w+day)|by mistake|by accident"
    r"|in error)\b"
)
_JUST = re.compile(
    r"\b(?:today|tonight|just|now|already|(?:this|a) (?:morning|minute|moment)|minutes? ago)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|going to|can|'ll|tomorrow|tonight|next|today|by|until|till|within|in|for|to|takes?)"
    r"\b|'ll\b"
)
_DATES = words("on at from each every latest")
_TOLD = re.compile(
    r"\b(?:(?:was|were|did|had)(?:n't)?|(?:has|have)(?:n't)? (?:\w+ )?(?:been|\w{3,}ed|gone|sent"
    r"|left|put|made|taken|written|got|lost|sold|set)|took|went|sent|gave|put|fell|broke|ran|got"
    r"|left (?=at|on|the|it|my|our|your|him|her|\d)|came|read|wrote|hit|sold|lost|forgot"
    r"|made|kept|held|stood|began|knew|thought|saw|found|heard"
    r"|set|paid|built|met|stuck|burnt|burst|blew|froze|stole|threw|sat|lay|hung|drove|flew|brought"
    r"|chose|rang|shut|slipped|(?!need|speed|exceed|proceed|indeed|instead|crossed)\w{2,}ed)\b"
)
_NOT_TOLD = re.compile(
    r"\b(?:i|i've|i'd|i'm|you|you've|you'd|if|when|will|would|can|could|should|may|might|must"
    r"|shall|let|is|are|be|gets?|get|as|what|than|whatever|whichever|whoever|how|please|so that"
    r"|then|do|does|don't|doesn't)\b|'ll\b"
)
"""Before a verb these say that it tells nothing of what others did."""
_ARTICLE = re.compile(r"\b(?:an?|the|any|your|our|my|this|that|no|with|two|three|four|five|\d+) $")
"""Right before it these make it the name or the kind of a thing."""
_SENT = words("sent gave took made paid brought wrote kept rang came went got told held found left")
_DID = words("had were was did chose bought saw spent lost stood slept lay sat")
_ADVERBS = words("also both just only even still already then really")
_SAME_IN_PAST = words("put set cut let")
_REMEDIES = stems(
    """refund credit waive cancel correct repay reimburse restore fix repair replace upgrade deduct
    resend reverse book rebook reserve redirect reopen extend"""
)


def tells_past(passage: Passage, clause: Span) -> bool:
    """Whether a clause has the marks of a tale."""
    return _PAST.search(passage.text(clause)) is not None


def tells_deed(passage: Passage, clause: Span) -> bool:
    """Whether a clause tells what somebody other than the two talking did, or what was done: "the
    machine went down on Thursday", "nobody read it back"."""
    text = passage.text(clause)
    verb = _TOLD.search(text)
    before = text[: verb.start()] if verb else ""
    return bool(before and not (_NOT_TOLD.search(before) or _ARTICLE.search(before)))


def was_done(passage: Passage, clause: Span) -> bool:
    """Whether a "was" or "were" tells what was done, and not just now."""
    text = passage.text(clause)
    return _WAS.search(text) is not None and not _JUST.search(text)


def is_past_form(passage: Passage, place: int) -> bool:
    """Whether the verb at this token stands in its past form."""
    token = passage.tokens[place]
    word = passage.folded[token.start : token.end]
    return word.endswith("ed") or word in _SENT


def you_did(passage: Passage, you: int) -> bool:
    """Whether the verb after this you tells what the customer did or went through."""
    rest = range(you + 1, min(you + 4, passage.clause_at(you)[1]))
    verb = next((p for p in rest if passage.tokens[p].stem not in _ADVERBS), None)
    if verb is None:
        return False
    token = passage.tokens[verb]
    return is_past_form(passage, verb) or passage.folded[token.start : token.end] in _DID


def happened(passage: Passage, subject: int, verb: int, clause: Span) -> bool:
    """Whether a deed in the past is part of what happened, rather than something put right.

    What was done just now is put right, and so is a remedy; "we" with a plain past otherwise tells
    what the house did, as does a deed done by mistake or on a day gone by.
    """
    text = passage.text(clause)
    if _JUST.search(text):
        return False
    if _GONE.search(text):
        return True
    if passage.tokens[subject].stem != "we" or passage.tokens[verb].stem in _REMEDIES:
        return False
    between = passage.stems((subject + 1, verb))
    ahead = any(
        _ahead(passage, span) for span in passage.marks["time"] if span[0] in range(*clause)
    )
    return "have" not in between and not ahead


def same_in_past(passage: Passage, subject: int, verb: int, clause: Span) -> bool:
    """Whether a "we put" that names no time tells what the house did."""
    token = passage.tokens[verb]
    timed = any(a in range(*clause) for m in ("time", "now") for a, _ in passage.marks[m])
    return (
        passage.folded[token.start : token.end] in _SAME_IN_PAST
        and passage.tokens[subject].stem == "we"
        and not timed
    )


def is_gone(passage: Passage, time: Span) -> bool:
    """Whether a time tells when something was: after a since, or beside a verb that tells."""
    if passage.text((max(0, time[0] - 1), time[0])) == "since":
        return True
    if _ahead(passage, time):
        return False
    clause = passage.clause_at(time[0])
    text = passage.text(clause)
    return _TELLS.search(text) is not None and "will" not in text and "'ll" not in text


def is_planned(passage: Passage, time: Span) -> bool:
    """Whether a time that lies ahead stands in a statement of what goes or comes."""
    if passage.sentence_at(time[0]).asks or is_gone(passage, time):
        return False
    before = passage.text((max(0, time[0] - 1), time[0]))
    clause = passage.clause_at(time[0])
    dated = before in _DATES and VERBS.search(passage.text(clause)) is not None
    dated = dated and not tells_past(passage, clause)
    return dated or _ahead(passage, time)


def _ahead(passage: Passage, time: Span) -> bool:
    """Whether a time lies ahead by its own words or the word before it."""
    return _AHEAD.search(passage.text((max(0, time[0] - 1), time[1]))) is not None

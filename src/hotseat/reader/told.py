"""Told already: whether what a reply asks for stands in the customer's own words."""

from __future__ import annotations

import re

from hotseat.reader import asking_words
from hotseat.reader.context import Context
from hotseat.reader.cues import spot_all
from hotseat.reader.stems import stems, words
from hotseat.reader.words import Passage, Span, content

_NUMBERED = words("account customer member membership line contract policy receipt invoice track")
_SMALL = words(
    """when which what day date since until on by at the a an be do have you your it i this that
    they can could may i please tell me let know us exact exactly first and so then just now to of
    in evening night morning afternoon week weekend time from did for or he she"""
)
_EVENT = stems("happen start begin occur problem issue incident trouble place take notice")
"""Deeds that stand for whatever the customer tells of."""
_TELLS = stems("tell explain describe share talk say")
_LATER = words("after next then since before last exactly")
_SAME_DEED = {"arriv": "come", "deliver": "come", "purchas": "buy", "order": "buy"}
_ID = re.compile(r"\b[a-z]{1,4}-?\d{3,}\b|(?<![\w.,:€$£-])\d{5,}\b(?![.,]\d)")
_CODE = re.compile(
    r"\b[A-Z]{1,4}(?:[- ][A-Z]{2})?[- ]?\d{2,}\b|\b\d+[A-Z]+\d+\b|\b[A-Z]+\d+[A-Z]+\d*\b"
)
"""Capitals and figures together, as references are written."""
_GAVE_NAME = re.compile(
    r"\b(?:[Mm]y (?:full )?name(?: is|'s)|in the name of|[Nn]ame is|I am|I'm|[Tt]his is)"
    r" (?:Mrs? |Ms )?[A-Z][a-z]+"
)
_WAS_WHEN = re.compile(
    r"\b(?:yesterday|last (?:night|week|month|year|spring|summer|autumn|winter"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"|(?:this|yesterday) (?:morning|afternoon|evening)|(?:on|since|until) (?:the )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?:st|nd|rd|th))|(?:days?|weeks?) ago)\b"
)
_ASKS_PAST = re.compile(r"\b(?:did|was|were|had|came|happened)\b")
_SINCE = re.compile(
    r"\b(?:since when|from when|(?:for )?how long (?:have|has|did)|how many (?:days|weeks))"
)
_LASTS = re.compile(
    r"\b(?:since|for) (?:\w+ )?(?:days|weeks|months|years|january|february|march|april|may"
    r"|june|july|august|september|october|november|december)\b"
    r"|\b(?:second|third|fourth|fifth) (?:time|one)\b"
)
_NAMED_PLACE = re.compile(
    r"\b(?:at|in|from|near) (?:the )?[A-Z][a-z]{2,}|[A-Z][a-z]+ [A-Z][a-z]{2,}"
)
_LETTER = re.compile("[A-HJ-Z]")
_DAYS_AND_MONTHS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b"
)
_AUX = words("be do have can could will would")
_DETERMINERS = words("your the a an any some")
_WH = words("what which when where who how since why")
_ADVERBS = words("already really ever even also just maybe perhaps actually")
_I = words("i ive we weve")
"""Before a deed, these say that the customer did it."""
_AT_LENGTH = 12
"""A customer who has written more words than this has told what the matter is."""


def asks_known(context: Context, own: Passage, span: Span) -> bool:
    """Whether a request is for the very thing that stands in the customer's words already."""

    def says(bank: tuple[str, ...]) -> bool:
        return inside(span, spot_all(bank, own))

    if says(asking_words.ONCE_MORE):
        return True
    if says(asking_words.OTHER_NUMBER):
        nouns = set(own.stems(span)) & _NUMBERED
        return any(nouns & _beside_an_id(passage) for passage in context.customer)
    if says(asking_words.CASE_NUMBER):
        return any(
            _ID.search(passage.folded) or _CODE.search(passage.raw) for passage in context.customer
        )
    if says(asking_words.NAME):
        return any(_GAVE_NAME.search(passage.raw) for passage in context.customer)
    if says(asking_words.DAY):
        return _day_told(context, own, span)
    if says(asking_words.PLACE):
        return any(_names_place(passage) for passage in context.customer)
    if says(asking_words.SUM):
        return any(passage.marks["money"] for passage in context.customer)
    if _thing_told(context, own, span) or _deed_told(context, own, span):
        return True
    if says(asking_words.INTAKE):
        return told_at_length(context) and not (content(own, span) & context.case)
    if invites(own, span):
        general = not (content(own, span) - _TELLS - {"happen"} or _LATER & set(own.stems(span)))
        return general and context.retold and told_at_length(context)
    return False


def parts(own: Passage, span: Span) -> list[Span]:
    """The single things a request asks for: "your number, and since when is it missing" are two."""
    said = own.stems(span)
    cuts = [span[0]]
    for place in range(1, len(said) - 1):
        joined = said[place - 1] in ("and", "or") or _comma(own, span[0] + place - 1)
        here = said[place : place + 2]
        opens = here[0] in _WH | _AUX | _DETERMINERS or (here[0] not in _AUX and here[1] in _WH)
        if joined and opens and span[0] + place - cuts[-1] > 1:
            cuts.append(span[0] + place)
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], span[1]], strict=True)]


def _comma(own: Passage, place: int) -> bool:
    end = own.tokens[place].end
    return own.folded[end : end + 1] in (",", ";")


def invites(own: Passage, span: Span) -> bool:
    """Whether a sentence invites the customer to talk, rather than to name one thing."""
    return inside(span, spot_all(asking_words.INVITES, own))


def _day_told(context: Context, own: Passage, span: Span) -> bool:
    """Whether a clause of the customer's gives a time for the very thing whose time is asked; any
    time in the past does where no one thing is named."""
    said = own.text(span)
    if _SINCE.search(said):
        return any(p.marks["time"] or _LASTS.search(p.folded) for p in context.customer)
    deed = {_SAME_DEED.get(w, w) for w in own.stems(span)} - _SMALL
    if not deed - _EVENT:
        return any(_WAS_WHEN.search(passage.folded) for passage in context.customer)
    past = _ASKS_PAST.search(said) is not None
    for passage in context.customer:
        for first, last in passage.clauses:
            clause = {_SAME_DEED.get(w, w) for w in passage.stems((first, last))}
            timed = any(first <= a <= last + 1 for a, _ in passage.marks["time"])
            dated = past and _WAS_WHEN.search(passage.text((first, last)))
            if (timed and deed <= clause) or (dated and deed & clause):
                return True
    return False


def _names_place(passage: Passage) -> bool:
    """Whether a place is named by a name of its own."""
    return bool(_NAMED_PLACE.search(_DAYS_AND_MONTHS.sub("", passage.raw)))


def _thing_told(context: Context, own: Passage, span: Span) -> bool:
    """Whether the noun of "how many boxes", "which row" or "what size" stands with the customer
    beside a figure or a letter of its own: "three boxes", "row H", "size 14"."""
    said = own.stems(span)
    for place, word in enumerate(said[:-1]):
        if word == "many" and any(_counted(p, said[place + 1]) for p in context.customer):
            return True
        noun = said[place + 1]
        named = word in ("which", "what") and len(noun) > 2 and noun not in _SMALL
        if named and any(_numbered(passage, noun) for passage in context.customer):
            return True
    return False


def _numbered(passage: Passage, noun: str) -> bool:
    """Whether a figure or a single capital follows a noun."""
    followed = (at + 1 for at in passage.places.get(noun, ()) if at + 1 < len(passage.tokens))
    after = [passage.raw_at((at, at + 1)) for at in followed]
    return any(word[:1].isdigit() or _LETTER.fullmatch(word) for word in after)


def _counted(passage: Passage, noun: str) -> bool:
    """Whether a number stands before a noun."""
    figures = {last for _, last in passage.marks["number"]}
    return any(at in figures or at - 1 in figures for at in passage.places.get(noun, ()))


def _deed_told(context: Context, own: Passage, span: Span) -> bool:
    """Whether a "did you" asks for a deed that the customer has told: "I locked it"."""
    said = own.stems(span)
    if said[:2] not in (("do", "you"), ("have", "you")) or len(said) < 3:
        return False
    if own.text(span).split()[0] not in ("did", "have"):
        return False
    deed = next((word for word in said[2:] if word not in _ADVERBS), "")
    if len(deed) < 3 or not content(own, span) <= context.case | {deed}:
        return False
    return any(
        set(passage.stems((max(0, at - 3), at))) & _I and not passage.negated[at]
        for passage in context.customer
        for at in passage.places.get(deed, ())
    )


def _beside_an_id(passage: Passage) -> set[str]:
    """The words of the sentences in which a number stands that looks like a reference."""
    places = [match.start() for match in _ID.finditer(passage.folded)]
    found: set[str] = set()
    for sentence in passage.sentences:
        start, end = passage.tokens[sentence.first].start, passage.tokens[sentence.last - 1].end
        if any(start <= place < end for place in places):
            found.update(passage.stems((sentence.first, sentence.last)))
    return found


def told_at_length(context: Context) -> bool:
    """Whether the customer has said more than a few words."""
    return sum(len(passage.tokens) for passage in context.customer) > _AT_LENGTH


def inside(span: Span, places: list[Span]) -> bool:
    """Whether one of these places begins inside a stretch."""
    return any(span[0] <= first < span[1] for first, _ in places)

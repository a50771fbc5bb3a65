"""What the customer makes of a trainee's message beyond its acts: questions that the scenario has
no answer for, a wrong name, and words worth saying back. Pure; rules on words.

Slots of a line are filled from here, with the trainee's own words or nothing: a line whose slot
has no words is not said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..domain import Persona, Scenario, Sign
from ..reader import cues
from ..reader.stems import words

MOST_WORDS = 13
"""Longer stretches are not said back: nobody quotes a paragraph."""

_SAYABLE = re.compile(r"[\w ,.'%/:-]{2,90}")
_CLAUSE_END = re.compile(
    r"[.,;:!?\n](?=\s|$)|\s(?:and|but|because|which|where|while"
    r"|so(?=\s(?:[Ii]|we|you|it|that|this|the|they|he|she|there)\b))\s"
)
"""Where a clause ends. "So" begins another only with somebody to go on: not in "so sorry"."""

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\S)[^.!?\n]+)*[.!?]*")


class Heard(NamedTuple):
    """One thing heard: `kind` is the key of the lines that answer it, `said` the trainee's words
    for it, `topic` what was asked about, as the customer would call it ("my postcode")."""

    kind: str = ""
    said: str = ""
    topic: str = ""


# ------------------------------------------------------------------ questions and names

_WHO = re.compile(
    r"(?i)\bwho (?:are you|am i (?:speaking|talking|chatting|writing))"
    r"|\b(?:what(?:'s| is) your|(?:may|can|could) i (?:have|get|take|ask)(?: for)? your|your) "
    r"(?:full |first |last |good )?name\b[^.!]*(?:\?|please)"
)
_WISH = re.compile(
    r"(?i)\bwhat (?:exactly )?(?:(?:do|would|did|should|shall|can|could) (?:you|i|we) "
    r"(?:actually |really |like me to |want me to |want us to |expect me to )?"
    r"(?:want|like|expect|do|need|have in mind)|are you (?:hoping|looking|asking) for|"
    r"would (?:help|make (?:it|this|that) right|make you happy))\b[^.!]*\?"
    r"|\bhow (?:can|may|could) (?:i|we) (?:help|assist|make (?:it|this) (?:up|right))\b[^.!]*\?"
)
_STORY = re.compile(
    r"(?i)\btell me (?:more|what happened|what is wrong|what's wrong|all about|everything|about it)"
    r"|\bwhat(?:'s| is| was| seems to be) (?:the (?:problem|matter|issue|trouble)|wrong|going on)"
    r"|\bwhat happened\b|\b(?:walk|talk|take) me through\b"
    r"|\b(?:explain|describe) (?:the|your|this) (?:problem|issue|situation|case)\b"
    r"|\bwhy are you (?:so |still )?(?:angry|upset|cross|annoyed|mad|frustrated)\b"
    r"|\bwhen did (?:this|it|that|the problem) (?:all )?(?:start|begin|happen)\b"
    r"|\bhow (?:long has|many times have you)\b"
)
_WAIT = re.compile(
    r"(?i)\b(?:hold on|hang on|bear with me|(?:one|just a|give me a|give me one|a) "
    r"(?:moment|minute|second|sec)\b(?! (?:after|before|late))"
    r"|(?:can|could|would) you (?:please )?wait)\b"
)
_AI = re.compile(
    r"(?i)\bare you (?:really |even )?(?:an? )?(?:robot|bot|machine|computer|ai|human|real)\b"
)
_ELSE = re.compile(r"(?i)\banything else\b[^.!]*\?")
_FAINT: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "dumps": re.compile(
            r"(?i)\b(?:call|ring|phone|contact|email|visit|try|use) (?:our|the) "
            r"(?:hotline|help ?line|website|number|service|app|shop|store|support|head office)\b"
            r"|\bfill (?:in|out)\b"
        ),
        "asks_if_ai": re.compile(r"(?i)\b(?:instructions?|prompt|pretend|role.?play)\b"),
        "handover": re.compile(r"(?i)\bmy (?:manager|supervisor|boss|team lead\w*|colleague)\b"),
        "owned": re.compile(
            r"(?i)\b(?:(?:that|this|it)(?:'s| is|'s all| is all) on us|our (?:fault|mistake)|"
            r"we (?:messed|screwed) up|we failed|we let you down)\b"
        ),
        "felt": re.compile(
            r"(?i)\b(?:i(?:'d| would) (?:also )?(?:be|feel) (?:\w+ )?(?:angry|upset|annoyed|cross|"
            r"sad|frustrated|furious|disappointed|the same)|no wonder you)\b"
        ),
        "off_task": re.compile(
            r"(?i)\b(?:weather|football|joke|weekend plans|favourite|how are you|hobb\w+|film)\b"
        ),
    }
)
"""What is said too faintly to count as an act, by the act whose reaction it still deserves: an
answer that passes over it would sound deaf."""
_TOPIC = re.compile(
    r"(?i)\b(?:what(?:'s| is| was| are| were)|which|where(?:'s| is)|when(?:'s| is| was)|how old is|"
    r"do you have|have you got|(?:may|can|could) i (?:have|get|see)|(?:can|could|would) you "
    r"(?:please )?(?:give|tell|send|show) me|please (?:give|tell|send|provide)(?: me| us)?|"
    r"i (?:just )?need) (?P<whose>your|the) (?P<what>(?:[a-z'-]+ ){0,2}?[a-z'-]+)"
    r"(?= (?:of|on|in|for|at|from|with|and|or|please|you|is|was|that|first|now|again)\b|[?.,!]|$)"
)
_NAMED = re.compile(
    r"\b(?P<title>Mr|Mrs|Ms|Miss|Sir|Madam)\b\.?(?: (?P<surname>[A-Z][a-z]+))?"
    r"|(?:^|[.!?] )(?:Hi|Hello|Hey|Dear|Good (?:morning|afternoon|evening)|Thank you|Thanks|Sorry)"
    r",? (?P<first>[A-Z][a-z]+)(?=[,.!]|$)"
)
_BEFORE = re.compile(
    r"(?:^|[.!?,] ?|\b(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thank you|thanks"
    r"|sorry|yes|no|okay|ok|right|well|but|and so) )$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"[,.!?;:]|$")
"""What stands around a name by which somebody is addressed, and not spoken of."""
MILD = frozenset({"greeting", "thanks", "dated", "asks_new", "checks_fit"})
"""Acts that say too little for a reaction to them to be all that a message gets."""

_NO_NAMES = words("There Again All Everyone Team So Sorry Thanks Sir Madam And")
_HIS, _HERS = {"Mr", "Sir"}, {"Mrs", "Ms", "Miss", "Madam"}


def hear(
    text: str, persona: Persona, scenario: Scenario, facts: tuple[str, ...], acts: frozenset[str]
) -> Heard:
    """What of a message needs an answer of its own; an empty `Heard` when nothing does. `facts`
    are the words of the facts that the line gives anyway, `acts` what it would react to."""
    text = plain(text)
    if wrong := _wrong_name(text, persona, scenario):
        return Heard("wrong_name", wrong)
    given = " ".join(facts)
    if _WHO.search(text):
        return Heard() if persona.name.split()[-1] in given else Heard("asks_who")
    signs: list[Sign] = [*scenario.knows.values(), *scenario.hides.values()]
    unknown = _unknown_topic(text, signs)
    if facts:
        return Heard("half_answered", topic=unknown) if unknown else Heard()
    asked = {"asks_if_ai": _AI, "asks_wish": _WISH, "asks_story": _STORY, "anything_else": _ELSE}
    for kind, pattern in (asked | ({} if acts - MILD else {"asks_wait": _WAIT})).items():
        if pattern.search(text):
            return Heard(kind)
    if unknown and "asks_known" not in acts:
        return Heard("cannot_say", topic=unknown)
    if acts - MILD:
        return Heard()
    return Heard(next((kind for kind, hint in _FAINT.items() if hint.search(text)), ""))


def _wrong_name(text: str, persona: Persona, scenario: Scenario) -> str:
    """The name or form of address that is not this customer's; empty when there is none."""
    known = f"{persona.name} {scenario.brief.role} {' '.join(scenario.brief.record)}"
    known += f" {scenario.policy.text} {scenario.happened}"
    wrong_titles = {"she": _HIS, "he": _HERS}.get(persona.pronoun, set())
    for match in _NAMED.finditer(text):
        name = match["surname"] or match["first"] or ""
        mistaken = name and name not in _NO_NAMES and not re.search(rf"\b{name}\b", known)
        if match["first"] and mistaken:
            return name
        around = _BEFORE.search(text[: match.start()]) and _BEHIND.match(text[match.end() :])
        if around and (match["title"] in wrong_titles or mistaken):
            return match[0].strip()
    return ""


def _unknown_topic(text: str, signs: list[Sign]) -> str:
    """What a question is about that none of the scenario's facts answers."""
    for sentence in sentences(text):
        asked = _TOPIC.search(sentence)
        if not asked or ("?" not in sentence and "please" not in sentence.lower()):
            continue
        answered = any(not isinstance(s.sign, str) and cues.find(s.sign, sentence) for s in signs)
        what = asked["what"].lower()
        if not answered and what not in _NO_TOPIC:
            return f"{'my' if asked['whose'].lower() == 'your' else 'the'} {what}"
    return ""


_NO_TOPIC = words(
    "problem issue matter best way case name question situation concern thing most first same "
    "feeling feelings preference choice opinion idea time other rest point plan plans"
)


# ------------------------------------------------------------------ words said back


def plain(text: str) -> str:
    """The text with straight quotes and single spaces."""
    return " ".join(text.replace("\u2019", "'").replace("\u2018", "'").split())


def sentences(text: str) -> list[str]:
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def around(quote: str, text: str) -> str:
    """The sentence of a message that holds a quote; the quote itself when it is not in there."""
    return next((s for s in sentences(plain(text)) if quote and plain(quote) in s), plain(quote))


def said_back(quote: str) -> str:
    """The first words of a quote, short and plain enough to be thrown back as they are."""
    said = _CLAUSE_END.split(plain(quote).strip())[0].strip(" .'")
    return said if _SAYABLE.fullmatch(said) and len(said.split()) <= 8 else ""


_UNIT = (
    r"(?:noon|midday|midnight|tonight|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:this |the )?(?:morning|afternoon|evening)|"
    r"(?:\d+|an?|one|two|three|four|five|six|seven|ten|half an) (?:working |business )?"
    r"(?:minutes?|hours?|days?|weeks?)|\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|o'clock)|\d{1,2}:\d\d|"
    r"\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december))"
)
_WHEN = re.compile(
    rf"(?i)\b(?:(?:by|before|within|in|on|at|until|from) )?{_UNIT}(?:,? (?:by |before |at |on )?"
    rf"{_UNIT})*\b"
)


_BYGONE = re.compile(r"(?i)\b(?:after|since|last|promised|on|until)\s+$")
_AHEAD = re.compile(r"(?i)^(?:by|before|within|in|at)\b|\bto(?:day|morrow|night)\b|\bnoon\b")


def when(text: str) -> str:
    """The time or date that a text looks ahead to, in its own words ("by noon tomorrow"); empty
    without one, or where it may as well be past."""
    text = plain(text)
    for found in _WHEN.finditer(text):
        if _AHEAD.search(found[0]) and not _BYGONE.search(text[: found.start()]):
            return found[0]
    return ""


_TURNED = {
    "i": "you", "i'm": "you're", "i'll": "you'll", "i've": "you've", "i'd": "you'd",
    "we": "you", "we're": "you're", "we'll": "you'll", "we've": "you've", "we'd": "you'd",
    "am": "are", "me": "you", "us": "you", "my": "your", "our": "your", "mine": "yours",
    "ours": "yours", "myself": "yourself", "ourselves": "yourselves", "your": "my",
    "yours": "mine", "yourself": "myself", "you're": "I'm", "you've": "I've", "you'll": "I'll",
    "you'd": "I'd",
}  # fmt: skip
_DOES = words("have can will need want get would could do did had paid ordered asked may")
_BESIDE = words(
    "a an the by to at in on here now this that today tomorrow back again with from within before "
    "for as your my our it when once directly one two every personally tonight"
)
_CUT_SHORT = re.compile(r"\b(?:between \S+|both|either|the|a|an|of|to|for|with|from|on|by)$")
"""How a clause ends that was cut in the middle of something."""

_STARTS = re.compile(r"(?i)(?:i|we)(?:'ll|'ve|'m|'re| will| can| am| are| have| could)\b")


def turned_round(sentence: str) -> str:
    """A promise as the other side would say it: "I will call you at 9" is "you will call me at 9".
    Empty where the sentence promises nothing, or its persons cannot be turned with certainty."""
    for clause in _CLAUSE_END.split(plain(sentence)):
        spoken = clause.strip(" .,").split()
        clause = " ".join(spoken)
        whole = _STARTS.match(clause) and not _CUT_SHORT.search(clause)
        if not (whole and 4 <= len(spoken) <= MOST_WORDS):
            continue
        turned = [_turned(spoken, place) for place in range(len(spoken))]
        if all(turned) and _SAYABLE.fullmatch(" ".join(turned)):
            return " ".join(turned)
    return ""


def _turned(spoken: list[str], place: int) -> str:
    """One word turned round; empty when it could go either way."""
    word = spoken[place].lower()
    if word != "you":
        return _TURNED.get(word, spoken[place])
    following = spoken[place + 1].lower() if place + 1 < len(spoken) else ""
    if following in _DOES:
        return "I"
    return "me" if not following or following in _BESIDE or following[0].isdigit() else ""

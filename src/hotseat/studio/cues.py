"""What a how-to document tells people to do, found by cue sentences: no model, no guessing.

A sentence counts when it commands: "you should", "always", "never", "make sure to", or a verb of
speaking at its start. What it says becomes a title, two checks and the rest of a criterion, for
a trainer to mend. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

_VERBS = (
    "acknowledge|address|admit|adjust|agree|answer|apologise|apologize|ask|assure|be|call|change|"
    "check|clarify|close|confirm|describe|discuss|empathise|empathize|end|escalate|explain|express|"
    "finish|focus|follow|give|greet|guide|help|highlight|inform|introduce|invite|involve|keep|"
    "let|listen|make|mention|name|negotiate|offer|outline|paraphrase|personalise|personalize|"
    "point|present|promise|propose|provide|put|reassure|recap|recognise|recognize|recommend|refer|"
    "repeat|rephrase|reply|resolve|respond|restate|return|say|set|share|show|solve|speak|start|"
    "state|stay|stick|suggest|summarise|summarize|take|tell|thank|turn|use|validate|verify|wait|"
    "warn|wish|write|argue|interrupt|blame|ignore|assume|criticise|criticize|deny|refuse|rush|"
    "raise|lecture|guess|dismiss|smile|relax|breathe|nod|overpromise|transfer|minimise|minimize|contradict|judge|debate"
)
_WHO = r"(?:you|we|one|agents?|advisers?|advisors?|staff|employees?|trainees?|reps?)"
_ADVERB = (
    r"(?:\s+(?:always|also|first|then|simply|politely|clearly|calmly|carefully|quickly|just))*"
)
_CONDITION = re.compile(
    r"^(?:if|when|whenever|once|as soon as)\s+([^,;:]{5,110}),\s+(?:then\s+)?(.+)$", re.IGNORECASE
)


class _Cue(NamedTuple):
    pattern: re.Pattern[str]
    avoid: bool
    strength: int


def _cue(before: str, avoid: bool, strength: int, verb: str = _VERBS) -> _Cue:
    return _Cue(
        re.compile(rf"^(?:please\s+)?{before}((?:{verb})(?:[ ,].*)?)$", re.I), avoid, strength
    )


_GERUND = r"[a-z]{2,}ing"
_CUES = (
    _cue(
        rf"(?:never|do\s+not|don['’]t|(?:{_WHO}\s+)?(?:must|should)\s+(?:not|never)){_ADVERB}\s+",
        True,
        3,
    ),
    _cue(rf"(?:(?:{_WHO}\s+)?(?:must|should)\s+)?(?:avoid|refrain\s+from)\s+", True, 3, _GERUND),
    _cue(rf"{_WHO}\s+(?:must|have\s+to|need\s+to){_ADVERB}\s+", False, 3),
    _cue(rf"always{_ADVERB}\s+", False, 3),
    _cue(
        rf"(?:make\s+sure|be\s+sure|remember|take\s+care)\s+(?:to|that\s+you|you){_ADVERB}\s+",
        False,
        3,
    ),
    _cue(rf"{_WHO}\s+(?:should|ought\s+to){_ADVERB}\s+", False, 2),
    _cue(
        rf"it(?:['’]s|\s+is)\s+(?:\w+\s+)?(?:important|essential|crucial|vital|best|better|good|helpful)\s+to{_ADVERB}\s+",
        False,
        2,
    ),
    _cue(rf"(?:try|aim)\s+to{_ADVERB}\s+", False, 2),
    _cue(
        r"(?:(?:first|then|next|finally|instead|always|politely|calmly|clearly|briefly)[, ]+)?",
        False,
        1,
    ),
)
_STOP = re.compile(
    r"\s+(?:so\s+that|because|in\s+order\s+to|since|as\s+this|which|even\s+if|rather\s+than|to\s+ensure"
    r"|without\s+being)\b|[;:–—(]|\s-\s|,(?=\s+(?:and|so|as|but|which|because|even|rather|or)\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,]+(?:a|an|the|to|of|for|with|and|or|in|on|by|at|your|our|their|that|any|as)$", re.I
)

LONGEST_ACTION = 14
"""Words of what a sentence says to do that are taken over."""


class Told(NamedTuple):
    """Something a sentence says to do, or to avoid: `action` begins with its verb (its -ing form
    where `avoid`), `when` is the condition it names, `words` the document's own from the cue on,
    `strength` 1 to 3: from a bare command to must and never."""

    action: str
    avoid: bool
    when: str
    words: str
    strength: int


def told(text: str) -> Iterator[Told]:
    """Everything a document says to do, in its order."""
    for sentence in sentences(text):
        when, rest = "", sentence
        if condition := _CONDITION.match(sentence):
            when, rest = condition[1], condition[2]
        for cue in _CUES:
            if match := cue.pattern.match(rest):
                action = _action(match[1])
                if cue.avoid and action:
                    yield Told(_avoided(action), True, when, rest, cue.strength)
                elif " " in action:
                    yield Told(action, False, when, rest, cue.strength)
                break


def sentences(text: str) -> Iterator[str]:
    """The sentences of a document; a line of a list and a heading are sentences of their own."""
    unit: list[str] = []
    for line in [*text.splitlines(), ""]:
        marked = re.match(r"^\s*(?:[-*•·>▪]|#+|\d{1,2}[.)])\s+(.*)$", line)
        if unit and (marked or not line.strip() or _headed(unit, line)):
            yield from _split(" ".join(unit))
            unit = []
        if marked and line.lstrip()[0] != "#":
            unit = [marked[1].strip("*_ ")]
        elif marked:
            yield from _split(marked[1].strip("*_# "))
        elif line.strip():
            unit.append(line.strip())


def _headed(unit: list[str], line: str) -> bool:
    """Whether what came before this line is a heading over it: short, alone, and not ended."""
    short = len(unit) == 1 and len(unit[0].split()) < 9 and unit[0][-1:] not in ".!?:,;"
    return short and line.lstrip()[:1].isupper()


def _split(unit: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?])[\"”']?\s+(?=[\"“']?[A-Z])", unit):
        if 1 < len(sentence.split()) <= 60:
            yield sentence.strip().rstrip(".!")


def _action(said: str) -> str:
    """The verb and what belongs to it, as far as one check can ask for it."""
    said = re.sub(r"[*_`\"“”]", "", said)
    cut = _STOP.search(said)
    words = (said[: cut.start()] if cut else said).split()
    if sum(word[0].isupper() for word in words[1:]) >= len(words) / 3:
        words = [word.lower() for word in words]  # a heading
    comma = next((n for n, word in enumerate(words) if word.endswith(",") and n >= 3), None)
    words = words[: comma + 1] if comma is not None else words
    action = " ".join(words[:LONGEST_ACTION]).strip(" .,;:!?")
    while _TAIL.search(action):
        action = _TAIL.sub("", action)
    for pattern, other in _OURS:
        action = pattern.sub(other, action)
    return action[:1].lower() + action[1:]


_OURS = (
    (re.compile(r"\byourself\b", re.I), "ourselves"),
    (re.compile(r"\byour\b", re.I), "our"),
    (re.compile(r"\byou(?:['’]re)\b", re.I), "we are"),
    (re.compile(r"\byou\b", re.I), "we"),
)

_DOUBLED: Mapping[str, str] = MappingProxyType(
    {"put": "putting", "set": "setting", "let": "letting", "refer": "referring", "be": "being"}
)


def _avoided(action: str) -> str:
    verb, _, rest = action.partition(" ")
    if verb.endswith("ing"):
        return action
    made = (
        _DOUBLED.get(verb)
        or f"{verb[:-1] if verb.endswith('e') and not verb.endswith('ee') else verb}ing"
    )
    return f"{made} {rest}".strip()

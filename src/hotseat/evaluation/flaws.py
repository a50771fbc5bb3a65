"""What would spoil a customer's line, found by code: said twice, a slot showing, a fact let out
early, a figure or a name from nowhere, giving in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .. import guard
from ..catalog.lint_persona import gives_away
from ..domain import Noun, Persona, Record, Scenario, Step
from . import voices

SHORT = 4
"""Words up to which a sentence may come twice: people say "When?" more than once."""


class Flaw(Noun):
    """Something wrong with one customer line: which `kind` of thing, in which encounter and step
    (0 is the opening), and the line."""

    kind: str
    persona: str
    step: int
    line: str
    about: str = ""


def flaws(record: Record) -> list[Flaw]:
    """Everything wrong with the customer's lines of one encounter."""
    found = [(kind, 0, record.opening.text, about) for kind, about in _plain(record.opening.text)]
    said, whole = [record.opening.text], case(record.persona, record.scenario)
    for number, step in enumerate(record.steps, start=1):
        if step.customer is None:
            continue
        line = step.customer.text
        faults = [*_plain(line), *_repeats(line, said), *_too_early(record, step, number)]
        known = " ".join([whole, *(turn.text for turn in record.transcript[: 2 * number])])
        faults += [("stranger", word) for word in strangers(line, known)]
        found += [(kind, number, line, about) for kind, about in faults]
        said.append(line)
    return [
        Flaw(kind=kind, persona=record.persona.id, step=step, line=line, about=about)
        for kind, step, line, about in found
    ]


Found = tuple[str, str]
"""A kind of flaw, and the words that show it."""


def _plain(line: str) -> Iterator[Found]:
    """What shows in the line itself."""
    if not line.strip():
        yield "empty", ""
    for mark in re.findall(r"[{}]|\[\w+\]|\s[,.;?!]|\?\?|,,|\.\.(?!\.)| {2,}", line):
        yield "slot", mark
    for word in re.findall(r"(?i)\b(\w+) \1\b", line):
        if word.lower() not in ("no", "had", "that", "please", "sorry", "you"):
            yield "doubled word", word
    if re.search(r"(?:^|[.!?] )[a-z]", line):
        yield "small letter", line
    if re.search(r"(?i)\ba [aeiou]\w+|\ban [^aeiouh\W]\w+|\byou am\b|\bI (?:are|is)\b", line):
        yield "agreement", line


def _repeats(line: str, said: Sequence[str]) -> Iterator[Found]:
    earlier = {s for text in said for s in _sentences(text)}
    for sentence in _sentences(line):
        if len(sentence.split()) > SHORT and sentence in earlier:
            yield "repeated", sentence
    if line in said:
        yield "repeated", line


def _sentences(text: str) -> list[str]:
    return [" ".join(voices.words(s)) for s in re.split(r"[.!?]+(?=[\s\"']|$)", text)]


def _too_early(record: Record, step: Step, number: int) -> Iterator[Found]:
    """Hidden facts before they are earned, and giving in before the direction says so."""
    assert step.customer
    line, scenario = step.customer.text, record.scenario
    moods = [past.mood for past in record.steps[:number] if past.mood]
    out = {key for mood in moods for key in mood.revealed}
    told = " ".join(turn.text for turn in record.transcript[: 2 * number])
    for key, hidden in scenario.hides.items():
        if key in out:
            continue
        if gives_away(line, hidden.fact) and not gives_away(told, hidden.fact):
            yield "hidden fact", key
        secret = {s for words in hidden.says for s in _sentences(words) if len(s.split()) >= SHORT}
        if secret & set(_sentences(line)):
            yield "hidden fact", key
    direction = step.direction
    if direction is None:
        return
    if fault := guard.first_fault(line, direction, "", ()):
        yield "out of part", fault
    for move in ("accept", "goodbye"):
        if direction.move not in ("accept", "goodbye"):
            agreed = _all_lines(record.persona, move)
            if any(words in line for words in agreed):
                yield "gives in", move


def _all_lines(persona: Persona, key: str) -> tuple[str, ...]:
    kept = persona.lines.get(key, ())
    return tuple(w for group in kept.values() for w in group) if isinstance(kept, dict) else kept


# ------------------------------------------------------------------ figures and names

_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20",
    "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "thousand": "1000",
}  # fmt: skip
_COUNTED = re.compile(
    rf"(?i)\b({'|'.join(_NUMBERS)}) (?:minutes?|hours?|days?|nights?|weeks?|months?|years?|times|"
    r"percent|boxes|people|emails?|letters?|calls?)\b"
)
_DATED = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|June|July|"
    r"August|September|October|November|December)\b"
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")


def strangers(line: str, known: str) -> Iterator[str]:
    """Figures, dates and names of a line that a text, all that may be known, does not have."""
    small = known.lower()
    for figure in re.findall(r"\d+(?:[.:]\d+)?", line):
        if not re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", known):
            yield figure
    for word in _COUNTED.findall(line):
        digit = _NUMBERS[word.lower()]
        if word.lower() not in small and not re.search(rf"\b{digit}\b", known):
            yield word
    for name in (*_DATED.findall(line), *_NAME.findall(line)):
        if name.lower() not in small:
            yield name


def case(persona: Persona, scenario: Scenario) -> str:
    """Everything a scenario and its persona's card say, without the lines of the persona."""
    card = persona.model_dump(include={"name", "summary", "voice"})
    return f"{card} {scenario.model_dump_json()}"

"""Whether what is written can happen: every sign of a persona fires at some reply, and every
criterion of a rubric is met by one.

A cue may be spelt so that no reply can fire it, and nobody would notice: the customer just never
softens. So each sign is tried on what is written already (the scenario's sample phrases, the
rubric's examples, what the scripted trainees say) and, failing that, on a reply made of its cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from .. import mood, reader
from ..domain import Criterion, Level, Persona, Rubric, Scenario, Sign, Transcript, Turn
from .cases import CONTEXTS, Context, Message
from .scripts import BRISK, FIXER, PLEASER, SCRIPTED, STEADY, WALL

TOKENS: Mapping[str, str] = MappingProxyType(
    {
        "time": "by 4 pm today",
        "soon": "soon",
        "now": "right now",
        "money": "20 dollars",
        "percent": "20 percent",
        "number": "20",
        "question": "what",
    }
)
"""Words that stand for what a cue leaves open."""

FORMS = ("{}?", "I can tell you that {}.", "We will do this for you: {}.", "{}")
"""Replies in which the words of a cue are tried."""

TRIES = 6
"""Alternatives of each cue that are tried before it counts as one that cannot fire."""

DEEDS: tuple[str, ...] = (
    "You are an idiot, and a stupid one.",
    "Oh what a surprise. Poor you.",
    "Sorry again, really sorry.",
    "We do not know yet why that happened; I will find out and tell you by 4 pm today.",
    "Your SKU is in RMA status on the OMS, pending an L2 SLA override by the CRM back office.",
    "Hi there!!! Happy to help you today! Awesome, let's get this party started! :)",
    "How can I help you today?",
    "This was entirely our fault, we made a terrible mistake and it is all down to us.",
)
"""What nobody who is scripted says, and a sign may go by: one reply for each such act."""

ROUGH = Context(
    id="rough",
    after=(
        Message(
            speaker="customer",
            text="You are a useless idiot, all of you are. You sent me the wrong bed, twice. "
            "I want a manager or my money, and I want it now.",
        ),
    ),
)
"""A customer whom one may ask to stay civil, and who wants somebody above."""


def reached(persona: Persona, id: str, rubric: Rubric) -> dict[str, str]:
    """Every sign of a persona's scenario and what fired it: "phrase" for one of the scenario's own
    sample phrases, "example" for other written words, "cue" for a reply made of its cue, and
    nothing for one that cannot fire."""
    scenario, signs = persona.scenarios[id], mood.signs(persona, persona.scenarios[id])
    opening = _said(("customer", scenario.opening[0]))
    found = dict.fromkeys(signs, "")

    def tried(texts: Iterable[str], after: Transcript, source: str) -> None:
        for text in texts:
            if waiting := {key: sign for key, sign in signs.items() if not found[key]}:
                for key in _fires(text, after, scenario, waiting):
                    found[key] = source

    phrases = list(scenario.phrases.values())
    tried([*phrases, " ".join(phrases[:4])], opening, "phrase")
    tried(_examples(signs, found, rubric), opening, "example")
    later = _said(
        ("customer", scenario.opening[0]),
        ("trainee", "I am sorry about this."),
        ("customer", "And?"),
        ("trainee", f"I am sorry, truly. {phrases[0]}"),
        ("customer", "And now?"),
    )
    tried([phrases[0], " ".join(phrases)], later, "example")  # said again, and far too much
    tried(_scripted(found), later, "example")
    for after in (later, *(_said(("customer", line)) for line in scenario.opening)):
        tried(DEEDS, after, "example")
    for key, sign in signs.items():
        for text in () if found[key] else islice(_from_cues(sign), TRIES * len(FORMS)):
            if _fires(text, opening, scenario, {key: sign}):
                found[key] = "cue"
                break
    return found


def levels(criterion: Criterion, personas: Iterable[Persona]) -> set[Level]:
    """The levels at which the embedded engine reads a criterion's own `met` example, in some chats
    that are built in, and the sample phrases for it, after the openings of their scenarios; no
    further than the first that is met."""

    def read() -> Iterator[Level]:
        for one in (*CONTEXTS, ROUGH):
            after = _said(*((turn.speaker, turn.text) for turn in one.after))
            reading = reader.read(
                criterion.examples.met, after=after, fault=one.fault, policy=None, signs={}
            )
            yield reading.level(criterion.id)
        for one in (s for persona in personas for s in persona.scenarios.values()):
            for text in filter(None, (criterion.examples.met, one.phrases.get(criterion.id))):
                after = _said(("customer", one.opening[0]))
                reading = reader.read(
                    text, after=after, fault=one.fault, policy=one.policy, signs={}
                )
                yield reading.level(criterion.id)

    found = set[Level]()
    for level in read():
        found.add(level)
        if level == "met":
            break
    return found


def _fires(
    text: str, after: Transcript, scenario: Scenario, signs: Mapping[str, Sign]
) -> Iterable[str]:
    return reader.read(
        text, after=after, fault=scenario.fault, policy=scenario.policy, signs=signs
    ).signs


def _examples(signs: Mapping[str, Sign], found: Mapping[str, str], rubric: Rubric) -> Iterator[str]:
    """The rubric's examples of the criteria by which the signs go that have not fired yet."""
    named = {name for key, sign in signs.items() if not found[key] for name in _entries(sign)}
    for criterion in rubric.criteria:
        if criterion.id in named:
            yield from (criterion.examples.met, criterion.examples.missed)


def _scripted(found: Mapping[str, str]) -> Iterator[str]:
    """What scripted trainees say, the worst first, while there is a sign to fire."""
    if all(found.values()):
        return
    for script in (WALL, PLEASER, SCRIPTED, FIXER, BRISK, STEADY):
        pieces = [p for chunk in script.agenda for p in chunk] + list(script.spare)
        pieces += [p for answers in script.answers.values() for p in answers]
        yield from (p.split("|")[0] for p in pieces if " " in p and "{" not in p)


def _entries(sign: Sign) -> tuple[str, ...]:
    return (sign.sign,) if isinstance(sign.sign, str) else sign.sign


def _from_cues(sign: Sign) -> Iterator[str]:
    """Replies made of the cues of a sign: the first alternatives of each part, then the next."""
    for turn in range(TRIES):
        for cue in _entries(sign):
            parts = [part.split("|") for part in cue.split(" + ")]
            words = " ".join(_plain(part[min(turn, len(part) - 1)]) for part in parts)
            yield from (form.format(words.strip()) for form in FORMS)


def _plain(alternative: str) -> str:
    words = re.sub(r"<(\w+)>", lambda found: TOKENS.get(found[1], ""), alternative)
    return words.replace("...", " ").replace("*", "").strip()


def _said(*turns: tuple[str, str]) -> Transcript:
    return tuple(
        Turn.model_validate({"id": str(n), "number": n, "speaker": speaker, "text": text})
        for n, (speaker, text) in enumerate(turns, start=1)
    )


def unreached(found: Mapping[str, str]) -> Sequence[str]:
    """The signs that nothing fired."""
    return [key for key, source in found.items() if not source]

"""From a how-to document to proposed criteria, each with the few words it rests on.

With a coach model the coach proposes and code checks every quote against the document; the
embedded engine goes by cue sentences. Either way nothing is taken over that a trainer did not
accept.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..catalog.lint_wording import alike, double, unseen
from ..domain import Call, Rubric
from ..errors import SeatError
from ..llm import EMBEDDED, Seat
from ..llm.structured import structured
from ..prompts import render
from .cues import Told, told
from .documents import QUOTE_WORDS, quotable
from .proposed import Proposals, Proposed

MOST = 20
"""Proposals for one document: more than a trainer reads in one go."""

MOST_HEARD = 200
"""Commanding sentences of a document that are looked at: those of its first chapters."""

SHOWN = 60_000
"""Characters of a document that a model is shown: about thirty pages."""

WITHIN = 150.0
"""Seconds a coach has to read a document; the trainer sees that it is being read."""

SAME, CLOSE = 0.6, 0.3
"""Shares of common words from which two proposals are one, and from which a proposal is close to
what the rubric asks for already."""

OWN_WORDS = "in words that only fit this case"

_VERBS: Mapping[str, str] = MappingProxyType(
    {
        "Listen": "listen ask repeat restate rephrase clarify let",
        "Empathy": "acknowledge apologise apologize validate express",
        "Conduct": "avoid stay speak use be address greet",
        "Solve": "offer provide suggest explain give resolve",
        "Limits": "set escalate transfer refer involve promise",
        "Close": "thank close end summarise summarize follow",
    }
)
"""Where a criterion belongs by its verb, where the rubric has such a section."""

_DUE: Mapping[str, str] = MappingProxyType(
    {
        "Empathy": "The customer's last message shows an emotion, or tells of harm.",
        "Solve": "The problem is clear, or the customer asks for action.",
        "Close": "The reply closes the encounter, or something was agreed.",
        "Limits": "What the customer asks for is beyond what the trainee may do.",
    }
)
OCCASION = "The customer's last message gives occasion for it."


_LOOSE = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "cannot",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "is",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "their",
        "to",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "with",
        "would",
    ]
)
"""Words with which no title ends."""


class Reading(NamedTuple):
    """What a document came to. `unseen` are sentences that nobody can see in a chat, left out;
    `engine` is who proposed; `shortened` says that a model was shown only the beginning; `trouble`
    is why a model's answer could not be had, and cue sentences were used instead."""

    proposals: tuple[Proposed, ...]
    unseen: tuple[str, ...] = ()
    engine: str = EMBEDDED
    shortened: bool = False
    trouble: str = ""


async def propose(text: str, rubric: Rubric, seat: Seat) -> tuple[Reading, tuple[Call, ...]]:
    """Proposed criteria for a document; also what it took. A model that cannot be reached, or
    whose quotes are not in the document, leaves it to the cue sentences, and that is said."""
    cues = await asyncio.to_thread(by_cues, text, rubric)
    if seat.embedded:
        return cues, ()
    shown = text[:SHOWN]
    try:
        found, calls = await structured(
            seat,
            Proposals,
            instructions=role_prompt(rubric),
            prompt=document_prompt(shown),
            wrong=lambda answer: first_fault(answer, shown, rubric),
            within=WITHIN,
        )
    except SeatError as error:
        return cues._replace(trouble=error.problem), error.calls
    quote = quotable(shown)
    quoted = tuple(each.model_copy(update={"quote": quote(each.quote)}) for each in found.proposals)
    return Reading(quoted, (), seat.name, len(text) > SHOWN), calls


def role_prompt(rubric: Rubric) -> str:
    """The part of the prompt that does not depend on the document."""
    return render(
        "propose_role.jinja",
        most=MOST,
        quote_words=QUOTE_WORDS,
        sections=[section.title for section in rubric.sections],
        existing=[criterion.title for criterion in rubric.criteria],
    )


def document_prompt(text: str) -> str:
    """The document, as one JSON string: it is material."""
    return render("propose_document.jinja", document=text)


def first_fault(found: Proposals, text: str, rubric: Rubric) -> str:
    """What is wrong with a coach's proposals, in words it can act on; empty when nothing is."""
    sections = [section.title for section in rubric.sections]
    if len(found.proposals) > MOST:
        return f"{len(found.proposals)} criteria; at most {MOST}"
    quote = quotable(text)
    for each in found.proposals:
        where = f"{each.title!r}"
        if not quote(each.quote):
            return (
                f"{where}: the quote is not in the document word by word, "
                f"or has more than {QUOTE_WORDS} words"
            )
        if each.section not in sections:
            return f"{where}: the section must be one of {', '.join(sections)}"
        if len(each.checks) != 2 or any(ask.count("?") != 1 for ask in each.checks):
            return f"{where}: give exactly two checks, each one yes/no question"
        for ask in each.checks:
            if double(ask):
                return f"{where}: {ask!r} asks two things at once"
            if unseen(ask):
                return f"{where}: {ask!r} cannot be seen in the words of a chat"
    return ""


def by_cues(text: str, rubric: Rubric) -> Reading:
    """Proposals from the sentences of a document that command: the firmest first, then in the
    document's order, one for what several say."""
    found: list[tuple[int, Proposed]] = []
    left_out: list[str] = []
    quote = quotable(text)
    for one in told(text):
        if len(found) >= MOST_HEARD:
            break
        if unseen(one.words) or unseen(one.action):
            left_out.append(one.words)
            continue
        made = _from(one, quote, rubric)
        if made and all(alike(made.title, other.title) < SAME for _, other in found):
            found.append((one.strength, made))
    found.sort(key=lambda pair: -pair[0])
    return Reading(tuple(each for _, each in found[:MOST]), tuple(dict.fromkeys(left_out)))


def close_to(proposed: Proposed, rubric: Rubric) -> str:
    """The title of the criterion that asks for much the same already; empty when none does."""
    best, title = CLOSE, ""
    for criterion in rubric.criteria:
        for text in (criterion.title, *(check.ask for check in criterion.checks)):
            share = max(alike(proposed.title, text), alike(proposed.checks[0], text))
            if share >= best:
                best, title = share, criterion.title
    return title


def _from(one: Told, quoted: Callable[[str], str], rubric: Rubric) -> Proposed | None:
    """A criterion from what a sentence says; None where its words are not in the document as
    they stand, as happens across the lines of a list."""
    words = " ".join(re.sub(r"[*_`]", "", one.words).split()[:QUOTE_WORDS])
    quote = quoted(words)
    if not quote:
        return None
    verb, _, rest = one.action.partition(" ")
    if one.avoid:
        asked, deeper = f"Does the reply avoid {one.action}?", f"Is there no hint of {one.action}?"
        praise = f"You avoided {one.action}."
        lack, advice = f"There was a case of {one.action}.", f"Avoid {one.action}."
    elif verb == "be":
        asked, deeper = f"Is the reply {rest}?", f"Is it {rest} {OWN_WORDS}?"
        praise = f"The reply was {rest}."
        lack, advice = f"The reply was not {rest}.", f"Be {rest}."
    else:
        asked, deeper = f"Does the reply {one.action}?", f"Does it {one.action} {OWN_WORDS}?"
        praise = f"You did {one.action}."
        lack, advice = f"The reply did not {one.action}.", f"{_capital(one.action)}."
    section = _section("avoid" if one.avoid else verb, rubric)
    if one.when:
        due = f"{_capital(one.when)}."
    else:
        due = "Always." if one.avoid else _DUE.get(section, OCCASION)
    return Proposed(
        title=_title(f"Avoid {one.action}" if one.avoid else one.action),
        section=section,
        due_when=due,
        checks=(asked, deeper),
        quote=quote,
        praise=praise,
        lack=lack,
        advice=advice,
        avoid=one.avoid,
    )


def _section(verb: str, rubric: Rubric) -> str:
    titles = [section.title for section in rubric.sections]
    wanted = next((title for title, verbs in _VERBS.items() if verb in verbs.split()), "")
    return wanted if wanted in titles else next(iter(titles), "")


def _title(action: str) -> str:
    words = _capital(action).split()[:6]
    while len(words) > 2 and words[-1].lower() in _LOOSE:
        words.pop()
    return " ".join(words).rstrip(",")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

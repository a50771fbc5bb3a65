"""The weights: what the rules say of a turn, weighed together with where the conversation stands.

A rule looks for words and is sure of little. The weights were learned from labelled encounters
(`hotseat gold learn`, see `evaluation/learning.py`) and say, for each criterion, how much every
trait of a turn speaks for its being due, for its being done at all and done well, and which
sentence shows it. They are sums of plain numbers in `weights.json`, so that a person can read why.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from hotseat.domain import Level, Read
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.grades import met, partly
from hotseat.reader.quoting import sentence_traits
from hotseat.reader.traits import traits, wording
from hotseat.reader.words import Sentence, Span

WEIGHTS = Path(__file__).with_name("weights.json")
ALWAYS = ""
"""The trait that every turn has: a head's starting point."""
HEADS = ("due", "done", "well", "quote")
"""What is weighed for each criterion: whether it is due, whether it is at least partly met, whether
it is met, and of each sentence, whether it shows it."""
MANNERS = frozenset({"composure", "professional_language"})
"""Criteria that only words can settle: nobody is rude by what they leave out. What is weighed for
them is the wording and nothing else, and what a rule finds amiss stays so."""
RULED = frozenset({"policy_truth"})
"""Criteria whose level is for the rules alone: whoever says that something is untrue must point at
it, and weights add nothing to that (measured). They only say which sentence shows it."""
STANDS = RULED | {"assertive_boundary"}
"""Criteria that are met where a rule finds them met, whatever else is seen."""
DONE = frozenset({"met", "partly"})
LIFTED = frozenset(
    {
        "acknowledge_feelings",
        "positive_framing",
        "specific_solution",
        "offer_choices",
        "confirm_fit",
        "adapt_flexibly",
        "assertive_boundary",
        "recap",
        "warm_close",
    }
)
"""The only criteria for which the weights may find something done where no rule does. Elsewhere
that gains nothing (measured by cross-validation), and would be a way to be had by many words."""

Head = Mapping[str, float]
Weights = Mapping[str, Mapping[str, Head]]
"""For each head, by criterion, the weight of each trait that has one."""

_LACKS: Mapping[str, str] = MappingProxyType(
    {
        "listen_fully": "what the customer just said is not taken up",
        "paraphrase": "nothing of what happened is restated",
        "clarifying_questions": "something that is needed is not asked for",
        "acknowledge_feelings": "the customer's feeling goes unnoticed",
        "apology_fit": "an apology is owed and there is none that fits",
        "composure": "defensive, blaming or belittling words",
        "professional_language": "rude or careless words",
        "positive_framing": "a no, with nothing that can be done beside it",
        "transparent_explanation": "the cause is asked for or matters, and is not given",
        "specific_solution": "nothing is offered that would help",
        "timeline": "something is promised or asked for with no time",
        "offer_choices": "one option imposed although there are others",
        "confirm_fit": "a plan is set without asking whether it suits",
        "adapt_flexibly": "the plan stays the same after pushback",
        "assertive_boundary": "pressure or an insult, and no calm limit with a way on",
        "escalation": "this is for somebody with more authority, who is not brought in",
        "recap": "closes without summing up what was agreed",
        "warm_close": "an abrupt end",
        "follow_up_plan": "no word on who gets back to the customer, how and when",
    }
)
"""Why a criterion is missed, where no rule says it more closely."""


@lru_cache(maxsize=1)
def learned() -> Weights:
    """The weights that come with the package."""
    found: Weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return MappingProxyType(found)


def settle(
    context: Context, reply: Reply, reads: Mapping[str, Read], weights: Weights | None = None
) -> dict[str, Read]:
    """What the rules say of each criterion, weighed. A criterion that the weights do not know, and
    a lapse that a rule points at, stay as they are."""
    weights = learned() if weights is None else weights
    whole = traits(context, reply, reads)
    sentences = [(s, sentence_traits(context, reply, s, reads)) for s in reply.credit.sentences]
    return {
        criterion: _mannered(criterion, read, reply, weights)
        if criterion in MANNERS
        else _settled(criterion, read, whole, sentences, reply, weights)
        for criterion, read in reads.items()
    }


def _mannered(criterion: str, read: Read, reply: Reply, weights: Weights) -> Read:
    """A manner that the rules find nothing amiss with, heard once more in its wording."""
    done, well = (weights.get(head, {}).get(criterion) for head in ("done", "well"))
    said = reply.plain
    if read.level not in DONE or done is None or well is None or not said.sentences:
        return read
    seen = wording(said, read, criterion)
    good, passable = chance(well, seen), chance(done, seen)
    if good >= 0.5 or (read.level == "partly" and passable >= 0.5):
        return read
    if passable < 0.5:
        return Read(level="missed", why=_LACKS[criterion], confidence=1 - passable)
    worst = min(said.sentences, key=lambda s: chance(well, wording(said, read, criterion, s)))
    return partly(replace(reply, credit=said), (worst.first, worst.last), 1 - good)


def _settled(
    criterion: str,
    read: Read,
    seen: frozenset[str],
    sentences: list[tuple[Sentence, frozenset[str]]],
    reply: Reply,
    weights: Weights,
) -> Read:
    heads = {name: weights.get(name, {}).get(criterion) for name in HEADS}
    due, done, well = heads["due"], heads["done"], heads["well"]
    if criterion in STANDS and read.level == "met" and heads["quote"] and sentences:
        return met(reply, _shows(sentences, heads["quote"]), read.confidence)
    if criterion in RULED or due is None or done is None or well is None or not sentences:
        return read
    level, sure = _level(chance(due, seen), chance(done, seen), chance(well, seen))
    if level in DONE and read.level not in DONE and criterion not in LIFTED:
        return read
    if level == "na":
        return Read(level="na", confidence=sure)
    if level == "missed":
        why = read.why if read.level == "missed" else _LACKS[criterion]
        return Read(level="missed", why=why, confidence=sure)
    shows = _shows(sentences, heads["quote"] or {})
    return (met if level == "met" else partly)(reply, shows, sure)


def chance(head: Head, seen: Iterable[str]) -> float:
    """How likely a head holds, 0 to 1: the logistic of the sum of its weights, which is exact, so
    that the order in which traits come makes no difference."""
    total = math.fsum((head.get(ALWAYS, 0.0), *(head.get(trait, 0.0) for trait in seen)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _level(due: float, done: float, well: float) -> tuple[Level, float]:
    """The likelier side of each head in turn, and how sure that makes one."""
    if due < 0.5:
        return "na", 1 - due
    if well >= 0.5:
        return "met", due * well
    return ("partly", due * done) if done >= 0.5 else ("missed", due * (1 - done))


def _shows(sentences: list[tuple[Sentence, frozenset[str]]], head: Head) -> Span:
    """The sentence that shows it best, the earlier of two alike."""
    best, _ = max(sentences, key=lambda pair: chance(head, pair[1]))
    return (best.first, best.last)

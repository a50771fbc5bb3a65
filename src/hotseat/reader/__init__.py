"""The embedded reading of a trainee turn: rules on words and learned weights over what they see,
no model, a few milliseconds.

It sees the transcript, whose fault it is and what policy allows, and nothing of mood or
temperament. Every `met` and `partly` carries words that are really in the turn. It reads wording:
sincerity, truth and sarcasm without its usual words are beyond it, and only English is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from hotseat.domain import Fault, Policy, Read, Reading, Sign, Transcript
from hotseat.reader import asking, closing, conduct, empathy, limits, listening, solving
from hotseat.reader.acts import acts
from hotseat.reader.context import Context, context
from hotseat.reader.credit import Reply, is_empty, weigh
from hotseat.reader.shape import is_foreign
from hotseat.reader.signs import fired, touched
from hotseat.reader.weights import settle
from hotseat.reader.words import parse

__all__ = ["CRITERIA", "Sight", "read", "sight"]

_RULES: Mapping[str, Callable[[Context, Reply], Read]] = MappingProxyType(
    {
        "listen_fully": listening.listen_fully,
        "paraphrase": listening.paraphrase,
        "clarifying_questions": asking.clarifying_questions,
        "acknowledge_feelings": empathy.acknowledge_feelings,
        "apology_fit": empathy.apology_fit,
        "composure": conduct.composure,
        "professional_language": conduct.professional_language,
        "positive_framing": conduct.positive_framing,
        "transparent_explanation": solving.transparent_explanation,
        "specific_solution": solving.specific_solution,
        "timeline": solving.timeline,
        "offer_choices": solving.offer_choices,
        "confirm_fit": solving.confirm_fit,
        "adapt_flexibly": solving.adapt_flexibly,
        "policy_truth": limits.policy_truth,
        "assertive_boundary": limits.assertive_boundary,
        "escalation": limits.escalation,
        "recap": closing.recap,
        "warm_close": closing.warm_close,
        "follow_up_plan": closing.follow_up_plan,
    }
)

CRITERIA: tuple[str, ...] = tuple(_RULES)
"""The criteria this reader can read, in the rubric's order."""


class Sight(NamedTuple):
    """What the rules see in a turn, before anything is weighed."""

    context: Context
    reply: Reply
    reads: Mapping[str, Read]


def read(
    text: str,
    *,
    after: Transcript,
    fault: Fault,
    policy: Policy | None,
    signs: Mapping[str, Sign],
) -> Reading:
    """Read one trainee turn.

    `after` is the transcript before it, the customer's opening first. `signs` are the persona's
    own, keyed `softens/0`, `rises/0`, `needs/<id>`, `hides/<id>`, `knows/<id>`. The same input
    always gives the same reading. A turn in another language than English has no `criteria`: what
    cannot be read is left ungraded.
    """
    seen = sight(text, after=after, fault=fault, policy=policy, signs=signs)
    where, reply = seen.context, seen.reply
    reads = settle(where, reply, seen.reads)
    done = acts(where, reply, seen.reads)
    if touched(signs, reply):
        done = tuple(act for act in done if act.id != "nothing_said")
    found = fired(signs, reply, reads, done)
    if found:
        done = tuple(act for act in done if act.id != "off_task")
    readable = not is_foreign(reply.whole)
    return Reading(criteria=reads if readable else {}, acts=done, signs=found)


def sight(
    text: str,
    *,
    after: Transcript,
    fault: Fault,
    policy: Policy | None,
    signs: Mapping[str, Sign],
) -> Sight:
    """What the rules alone say of a turn: what `read` weighs, and what its weights are learned
    from. Arguments as of `read`."""
    where = context(after, fault, policy)
    reply = weigh(text, () if where.recaps else where.trainee)
    awaited = touched(signs, reply)
    if not awaited:
        reply = asking.without_idle(where, reply)
    if is_empty(reply, where.case, asks_who=where.asks_who) and not awaited:
        reply = replace(reply, credit=parse(""))
    return Sight(where, reply, {name: rule(where, reply) for name, rule in _RULES.items()})

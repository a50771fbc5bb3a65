"""Which of a persona's own signs fired in a trainee turn."""

from __future__ import annotations

from collections.abc import Mapping

from hotseat.domain import ACTS, Act, Read, Sign
from hotseat.reader.asking import asking, proposing
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot
from hotseat.reader.words import Passage


def fired(
    signs: Mapping[str, Sign], reply: Reply, reads: Mapping[str, Read], acts: tuple[Act, ...]
) -> dict[str, str]:
    """The signs that fired, each with the words that fired it.

    What softens, meets a need or earns a fact must be said to the customer and be new; what makes
    them rise counts however often it is said. A criterion's name fires when it was met, or, among
    what makes them rise, when it was missed; an act's name when the act was seen. What they know
    is told when it is asked for, so there only asking sentences count; a need is met by what is
    said or put forward, so there plain questions do not.
    """
    seen: dict[str, str] = {}
    asked, proposed = asking(reply), proposing(reply)
    for key, sign in signs.items():
        rises = key.startswith("rises/")
        entries = (sign.sign,) if isinstance(sign.sign, str) else sign.sign
        kind = key.split("/", 1)[0]
        passage = {"rises": reply.plain, "knows": asked, "needs": proposed}.get(kind, reply.credit)
        said = (_entry(e, rises, passage, reply, reads, acts) for e in entries)
        words = next(filter(None, said), "")
        if words:
            seen[key] = words
    return seen


def touched(signs: Mapping[str, Sign], reply: Reply) -> bool:
    """Whether a turn, however short, says what one of the persona's own cues listens for."""
    return any(
        spot((entry,), reply.credit)
        for key, sign in signs.items()
        if not key.startswith("rises/") and not isinstance(sign.sign, str)
        for entry in sign.sign
    )


def _entry(
    entry: str,
    rises: bool,
    passage: Passage,
    reply: Reply,
    reads: Mapping[str, Read],
    acts: tuple[Act, ...],
) -> str:
    """The words by which one entry of a sign fired, or nothing."""
    if entry in reads:
        if reads[entry].level != ("missed" if rises else "met"):
            return ""
        return reads[entry].quote or reply.whole.raw.strip()
    if entry in ACTS:
        return next((act.quote or reply.whole.raw.strip() for act in acts if act.id == entry), "")
    span = spot((entry,), passage)
    return passage.raw_at(span) if span else ""

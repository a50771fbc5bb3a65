"""Close: recap, warm_close, follow_up_plan."""

from __future__ import annotations

from hotseat.domain import Read
from hotseat.reader import deed_words
from hotseat.reader.choices import chooses
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete, fullest
from hotseat.reader.stems import stems, words
from hotseat.reader.words import Passage, Sentence, Span, content

_ANY_CASE = stems(
    """day week evening weekend nice great good lovely patience understanding contact call business
    time year rest wonderful further question choose help assist wish hope enjoy thank luck bye
    contacting reach service support chat conversation today tomorrow happy best close
    cooperation trip flight journey drive ride travel safe careful sleep regards see bye say next
    soon then until till"""
)


_LATE = 5
"""From this reply on, one that asks nothing and meets no resistance has nothing left to do."""
_OURS = (("i",), ("we",))
_YOU_GET = words("you it")
_MONEY_WAYS = stems("card account transfer courier send")
"""Ways for money and things, by which nobody gets back to anybody."""
_SUMMING = words("so then recap note sum")


def closes(context: Context, reply: Reply) -> bool:
    """Whether the turn closes the encounter."""
    own = reply.credit
    if context.number < 3 and not context.settles:
        return False
    last: tuple[Sentence, ...] = own.sentences[-2:]
    parting = [own.sentence_of[a] for a, _ in _meant(own, deed_words.FAREWELL)]
    if any(own.sentence_of[s.first] in parting for s in last):
        return True
    if last and last[-1].asks:
        return False
    if spot(deed_words.RECAPS, own) or (context.settles and sums_up(own)):
        return True
    rests = context.settles or not context.last.asks
    return context.number >= _LATE and context.offered and rests and not own.asks


def _meant(own: Passage, bank: tuple[str, ...]) -> list[Span]:
    """The finds of a bank that are wishes, and sentences that open with a may: no questions, and
    no "you had a long day" or "taken care of"."""
    wishes = [
        (s.first, s.first + 1)
        for s in own.sentences
        if own.tokens[s.first].stem == "may" and own.stems((s.first, s.last))[1:2] not in _OURS
    ]
    return [
        span
        for span in (*spot_all(bank, own), *wishes)
        if not own.sentence_at(span[0]).asks
        and not own.text(span).startswith(("had ", "has ", "taken ", "takes ", "taking "))
    ]


def sums_up(own: Passage, *, plainly: bool = True) -> Span | None:
    """A sentence of some length that sums up: it opens with a so and holds two figures or times,
    or, unless it must do so `plainly`, it holds three."""
    for sentence in own.sentences:
        opening = set(own.stems((sentence.first, min(sentence.last, sentence.first + 2))))
        least = 2 if not opening.isdisjoint(_SUMMING) else (99 if plainly else 3)
        span = (sentence.first, sentence.last)
        facts = {
            a for mark in ("time", "number") for a, _ in own.marks[mark] if span[0] <= a < span[1]
        }
        if not sentence.asks and len(facts) >= least and span[1] - span[0] >= 12:
            return span
    return None


def recap(context: Context, reply: Reply) -> Read:
    """Problem, actions and dates summed up at the close."""
    own = reply.credit
    if not (closes(context, reply) and context.offered):
        return NA
    made = concrete(own)
    times = own.marks["time"]
    known = content(own) & (context.case | context.told)
    summed = sums_up(own)
    if summed and len(known) >= 4 and times:
        return met(reply, summed, 0.5)
    listed = sums_up(own, plainly=False)
    if listed and times and len(content(own, listed) & content(context.customer[0])) >= 2:
        return met(reply, listed, 0.45)
    if len(times) >= 2 and len(known) >= 6 and spot(deed_words.RECAPS, own):
        return met(reply, times[0], 0.5)
    if made:
        return partly(reply, made[0].span, 0.5)
    if times:
        return partly(reply, times[0], 0.5)
    return missed("closes without summing up what was agreed", 0.55)


def warm_close(context: Context, reply: Reply) -> Read:
    """Thanks or good wishes that fit the case."""
    own = reply.credit
    if not closes(context, reply):
        return NA
    wishes = _meant(own, deed_words.WISH)
    for span in wishes:
        sentence = own.sentence_at(span[0])
        words = content(own, (sentence.first, sentence.last)) - _ANY_CASE
        fits = words & (context.case | context.told)
        if fits or (len(words) >= 2 and not _only_formula(own, span)):
            return met(reply, span, 0.55)
    if wishes or spot(deed_words.FORMULA, own):
        return partly(reply, wishes[0] if wishes else spot(deed_words.FORMULA, own) or (0, 1), 0.6)
    return missed("an abrupt end", 0.55)


def _only_formula(own: Passage, span: Span) -> bool:
    sentence = own.sentence_at(span[0])
    return sentence.last - sentence.first <= 6 and any(
        sentence.first <= a < sentence.last for a, _ in spot_all(deed_words.FORMULA, own)
    )


def follow_up_plan(context: Context, reply: Reply) -> Read:
    """Who gets back to the customer, by which channel, and when."""
    own = reply.credit
    ending = closes(context, reply)
    open_yet = not ending and chooses(reply) is not None
    when = own.marks["time"]
    dated = {own.sentence_of[a] for a, _ in when}
    channels = spot_all(deed_words.CHANNELS, own)
    talks = {own.sentence_of[a] for a, b in channels if _MONEY_WAYS.isdisjoint(own.stems((a, b)))}
    promised = [o for o in concrete(own) if o.kind == "will" and not o.asked]
    if open_yet:
        promised = [o for o in promised if own.sentence_of[o.span[0]] in talks & dated]
    if not promised and not ending:
        return NA
    ends = {own.sentence_of[a] for a, _ in _meant(own, (*deed_words.WISH, *deed_words.FAREWELL))}
    told = [span for span in channels if own.sentence_of[span[0]] not in ends]
    channel = next((s for s in told if own.sentence_of[s[0]] in dated), told[0] if told else None)
    contact = spot(deed_words.CONTACT_US, own)
    if when and channel and promised:
        return met(reply, channel, 0.5)
    if contact:
        return partly(reply, contact, 0.55)
    known = when[0] if when else channel
    if known is None:
        return missed("no word on who gets back to the customer, how and when", 0.45)
    owned = [o for o in promised if _YOU_GET.isdisjoint(own.stems(o.span)[:3])]
    return partly(reply, fullest(own, owned).span if owned else known, 0.45)

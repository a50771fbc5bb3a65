"""Listen: listen_fully, paraphrase."""

from __future__ import annotations

from hotseat.domain import Read
from hotseat.reader import deed_words, feeling_words, manner_words
from hotseat.reader.asking import begging
from hotseat.reader.bygone import tells_past
from hotseat.reader.conduct import plays_down
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete, offers
from hotseat.reader.stems import words
from hotseat.reader.words import Passage, Sentence, Span, content

_ECHO = 8
"""This many of the customer's words in a row are an echo, not a restatement."""

_SEVERAL = 2
_EXPLAINS = (
    *deed_words.CAUSE,
    *deed_words.BECAUSE,
    *deed_words.SO,
    *deed_words.UNKNOWN_YET,
)
_WILL = words("will wont can cant cannot going")
_GETS = words("get receive")
_YOU = words("you your")
_GENERIC = ("an issue with|a issue|the issue|a problem with|your problem|your issue",)


def listen_fully(context: Context, reply: Reply) -> Read:
    """Every point of the customer's last line taken up before steering anywhere else."""
    points = _points(context)
    if not points:
        return NA
    taken = [_takes_up(point, context, reply) for point in points]
    spans = sorted(span for span in taken if span)
    waved_off = plays_down(context, reply)
    if not spans or (waved_off and not concrete(reply.credit)):
        return missed("what the customer just said is not taken up", 0.55)
    if _leaves_open(context, reply) or waved_off or _only_tells(points, context, reply):
        return partly(reply, spans[0], 0.5)
    if len(spans) / len(points) >= 0.3 or len(points) <= 2:
        return met(reply, spans[0], 0.5)
    return partly(reply, spans[0], 0.5)


def _leaves_open(context: Context, reply: Reply) -> bool:
    """Whether a direct question of the last line goes without its kind of answer."""
    own = reply.credit
    if context.asks_when and not (own.marks["time"] or own.marks["now"]):
        return True
    return context.wants_manager and not spot(deed_words.PASSES, own)


def _only_tells(points: list[Span], context: Context, reply: Reply) -> bool:
    """Whether a reply that does and concedes nothing names at most one of several points."""
    idle = not (concrete(reply.credit) or spot(feeling_words.CONCEDES, reply.credit))
    if len(points) < _SEVERAL or not idle:
        return False
    said = content(reply.credit)
    return sum(bool(content(context.last, point) & said) for point in points) <= 1


def _points(context: Context) -> list[Span]:
    """The sentences of the last line that raise something: a question, a fact, a demand."""
    last = context.last
    points = [
        (s.first, s.last)
        for s in last.sentences
        if len(content(last, (s.first, s.last))) >= (1 if s.asks else 2)
        or (s.asks and s.last - s.first > 1)
    ]
    if not points and (context.demands or context.emotion >= 1):
        points = [(0, len(last.tokens))]
    return points


def _takes_up(point: Span, context: Context, reply: Reply) -> Span | None:
    """Where the reply takes a point up: it shares the point's own words, or answers its kind of
    question (when with a time, why with a cause, a demand with an action)."""
    own, last = reply.credit, context.last
    wanted = content(last, point)
    idle = (*manner_words.BOILERPLATE, *manner_words.GREETS, *manner_words.BYES)
    empty = [first for first, _ in spot_all(idle, own)]
    empty += [first for first, _ in begging(own)]
    for sentence in own.sentences:
        if sentence.asks or any(sentence.first <= place < sentence.last for place in empty):
            continue
        if all(_refuses(own, c) for c in own.clauses if sentence.first <= c[0] < sentence.last):
            continue
        for place in range(sentence.first, sentence.last):
            if own.tokens[place].stem in wanted:
                return (place, place + 1)
    if context.asks_when and own.marks["time"]:
        return own.marks["time"][0]
    if context.asks_why and (cause := spot(_EXPLAINS, own)):
        return cause
    made = concrete(own)
    if made:
        return made[0].span
    if "where" in last.stems(point) and (
        place := spot(("is in|is at|is with|it's in|it's at",), own)
    ):
        return place
    if "who" in last.stems(point):
        return spot(deed_words.HANDS_OVER, own) or spot(deed_words.CONTACT_US, own)
    return None if last.sentence_at(point[0]).asks else spot(feeling_words.CONCEDES, own)


def paraphrase(context: Context, reply: Reply) -> Read:
    """At least two details of the case restated, in words that are not a mere echo."""
    shared, best = _restated(context, reply.credit)
    due = context.number == 1 or context.unheard
    if context.number == 2 and not due:
        due = len(_restated_in_first(context)) < 4
    if len(shared) >= 4 and best and due:
        return met(reply, best, 0.55)
    if not due:
        return NA
    if best and (len(shared) >= 2 or _dated_details(reply.credit, best) >= 2):
        return partly(reply, best, 0.5)
    generic = spot(_GENERIC, reply.credit)
    if generic:
        return partly(reply, generic, 0.5)
    if shared:
        return missed("too little of what happened is restated", 0.55)
    return missed("nothing of what happened is restated", 0.6)


def _dated_details(own: Passage, sentence: Span) -> int:
    """How many days and times a sentence to the customer about their case restates."""
    if not own.places.keys() & {"your", "you"} or not tells_past(own, sentence):
        return 0
    return sum(sentence[0] <= a < sentence[1] for a, _ in own.marks["time"])


def _restated_in_first(context: Context) -> frozenset[str]:
    shared, _ = _restated(
        Context(context.fault, context.policy, context.customer[0], context.customer[:1], ()),
        context.trainee[0],
    )
    return shared


def _restated(context: Context, own: Passage) -> tuple[frozenset[str], Span | None]:
    """The case words restated in statements, and the clause with most of them."""
    shared: set[str] = set()
    best: Span | None = None
    most = 0
    for sentence in own.sentences:
        begs = any(sentence.first <= a < sentence.last for a, _ in begging(own))
        if sentence.asks or begs or _is_echo(own, sentence, context):
            continue
        offered = [o.span for o in offers(own) if not o.vague and o.kind != "done"]
        named = frozenset[str]().union(
            *(
                content(own, clause) & context.case
                for clause in own.clauses
                if sentence.first <= clause[0] < sentence.last
                and clause not in offered
                and not _refuses(own, clause)
            )
        )
        shared |= named
        if len(named) > most:
            most, best = len(named), (sentence.first, sentence.last)
    return frozenset(shared), best


def _refuses(own: Passage, clause: Span) -> bool:
    """Whether a clause says no to something rather than what happened."""
    said = set(own.stems(clause))
    theirs = not _YOU.isdisjoint(own.stems(clause)[:2]) and not said & _GETS
    if theirs or not own.negated[clause[0]]:
        return False
    forms = (own.folded[t.start : t.end] for t in own.tokens[clause[0] : clause[1]])
    return bool(said & (_WILL | _GETS)) or any(form.endswith("ing") for form in forms)


def _is_echo(own: Passage, sentence: Sentence, context: Context) -> bool:
    words = own.stems((sentence.first, sentence.last))
    if len(words) < _ECHO:
        return False
    theirs = " ".join(token.stem for p in context.customer for token in p.tokens)
    runs = (words[i : i + _ECHO] for i in range(len(words) - _ECHO + 1))
    return any(f" {' '.join(run)} " in f" {theirs} " for run in runs)

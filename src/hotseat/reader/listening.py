"""Listen: listen_fully, paraphrase, clarifying_questions."""

from __future__ import annotations

from hotseat.domain import Read
from hotseat.reader import deed_words, manner_words
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete, offers
from hotseat.reader.stems import is_content, words
from hotseat.reader.words import Passage, Sentence, Span, content

_ECHO = 8
"""This many of the customer's words in a row are an echo, not a restatement."""

_ASKS_FOR = (
    "send me|give me|please provide|tell me|let me know|please share|please confirm|please attach",
    "i need your|i need the|could you|can you|may i have|may i ask|please read|send a photo",
    "please send",
)
_WANTED = (
    "number|reference|name|address|postcode|photo|picture|receipt|tracking|date|email|phone|video|model",
    "details|account|digits|when|which|what|where|how|who|version|screenshot|document|report|size|serial",
)
_KNOWN_THINGS = (
    ("order number|order no|reference|tracking|booking number|file reference|receipt number", "id"),
    ("which day|what date|when did|when exactly|when was|since when", "time"),
    (
        "what happened|what is the problem|what's the problem|how can i help|what is the issue",
        "case",
    ),
)
_OPENERS = words(
    "what which when where who why how be do can could would will have and or shall may"
)
_WH = words("what which when where who how")
_GENERIC = ("an issue with|a issue|the issue|a problem with|your problem|your issue",)


def listen_fully(context: Context, reply: Reply) -> Read:
    """Every point of the customer's last line taken up before steering anywhere else."""
    points = _points(context)
    if not points:
        return NA
    taken = [_takes_up(point, context, reply) for point in points]
    spans = [span for span in taken if span]
    waved_off = spot(manner_words.MINIMISES, reply.plain) or spot(
        manner_words.DEFENSIVE, reply.plain
    )
    if not spans or (waved_off and not concrete(reply.credit)):
        return missed("what the customer just said is not taken up", 0.55)
    if _leaves_open(context, reply) or waved_off:
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
    empty = [first for first, _ in spot_all(manner_words.BOILERPLATE, own)]
    empty += [first for first, _ in _begging(own)]
    for sentence in own.sentences:
        if sentence.asks or any(sentence.first <= place < sentence.last for place in empty):
            continue
        for place in range(sentence.first, sentence.last):
            if own.tokens[place].stem in wanted:
                return (place, place + 1)
    if context.asks_when and own.marks["time"]:
        return own.marks["time"][0]
    if context.asks_why:
        return spot(deed_words.CAUSE, own) or spot(deed_words.WEAK_CAUSE, own)
    made = concrete(own)
    if made:
        return made[0].span
    if "where" in last.stems(point) and (
        place := spot(("is in|is at|is with|it's in|it's at",), own)
    ):
        return place
    if "who" in last.stems(point):
        return spot(deed_words.HANDS_OVER, own) or spot(deed_words.CONTACT_US, own)
    return None if last.sentence_at(point[0]).asks else spot(manner_words.CONCEDES, own)


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
    if best and len(shared) >= 2:
        return partly(reply, best, 0.5)
    generic = spot(_GENERIC, reply.credit)
    if generic:
        return partly(reply, generic, 0.5)
    return missed("nothing of what happened is restated", 0.6)


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
        begs = any(sentence.first <= a < sentence.last for a, _ in _begging(own))
        if sentence.asks or begs or _is_echo(own, sentence, context):
            continue
        offered = [o.span for o in offers(own) if not o.vague and o.kind != "done"]
        words = frozenset[str]().union(
            *(
                content(own, clause) & context.case
                for clause in own.clauses
                if sentence.first <= clause[0] < sentence.last and clause not in offered
            )
        )
        shared |= words
        if len(words) > most:
            most, best = len(words), (sentence.first, sentence.last)
    return frozenset(shared), best


def _is_echo(own: Passage, sentence: Sentence, context: Context) -> bool:
    words = own.stems((sentence.first, sentence.last))
    if len(words) < _ECHO:
        return False
    theirs = " ".join(token.stem for p in context.customer for token in p.tokens)
    runs = (words[i : i + _ECHO] for i in range(len(words) - _ECHO + 1))
    return any(f" {' '.join(run)} " in f" {theirs} " for run in runs)


def clarifying_questions(context: Context, reply: Reply) -> Read:
    """Asks for what is needed and not yet told."""
    asked = requests(reply)
    if not asked:
        needs = context.last.stems((0, len(context.last.tokens)))
        if "need" in needs and "what" in needs and "from" in needs:
            return missed("the customer offered facts and none was asked for", 0.5)
        return NA
    fresh = [span for span in asked if not asks_known(context, reply.credit, span)]
    if not fresh:
        return missed("asks only what was already told", 0.6)
    if len(asked) > 3 or len(fresh) < len(asked):
        return partly(reply, fresh[0], 0.5)
    return met(reply, fresh[0], 0.6)


def _begging(own: Passage) -> list[Span]:
    """Where the customer is asked to send or tell something: not where they did ("you sent me")."""
    return [
        span
        for span in spot_all(_ASKS_FOR, own)
        if own.text(span).split()[0] not in ("sent", "told", "gave", "sending", "telling")
    ]


def requests(reply: Reply) -> list[Span]:
    """The stretches that ask the customer for a fact, a photo, a number."""
    own = reply.credit
    fits = spot_all(deed_words.FIT, own, even_negated=True)
    facts = spot_all(deed_words.FACT_CHECKS, own)
    found: list[Span] = []
    for sentence in own.sentences:
        span = (sentence.first, sentence.last)
        found_fits = [a for a, _ in fits if span[0] <= a < span[1]]
        open_question = bool(_WH & set(own.stems((span[0], min(span[1], span[0] + 3)))))
        fit = any(not open_question or own.tokens[a].stem in _WH for a in found_fits)
        fit = fit and not any(span[0] <= a < span[1] for a, _ in facts)
        wants = any(span[0] <= a < span[1] for cue in (_WANTED,) for a, _ in spot_all(cue, own))
        begs = any(span[0] <= a < span[1] for a, _ in _begging(own))
        short = span[1] - span[0] <= 4
        if (sentence.asks and not fit and (span[1] - span[0] > 1 or wants)) or (
            begs and wants and not fit
        ):
            if sentence.asks and short and not wants:
                continue
            if any(span[0] <= a < span[1] for a, _ in spot_all(deed_words.MORE, own)):
                continue
            found.extend(_questions(own, span) if sentence.asks else [span])
    return found


def _questions(own: Passage, span: Span) -> list[Span]:
    """The single questions of an asking sentence."""
    parts = [clause for clause in own.clauses if span[0] <= clause[0] < span[1]]
    asking = [p for p in parts if own.tokens[p[0]].stem in _OPENERS]
    return asking if len(asking) > 1 else [span]


def asks_known(context: Context, own: Passage, span: Span) -> bool:
    """Whether a request is for something the customer has told already."""
    told = " ".join(p.folded for p in context.customer)
    for cue, kind in _KNOWN_THINGS:
        if not any(span[0] <= a < span[1] for a, _ in spot_all((cue,), own)):
            continue
        if kind == "id" and _has_id(context):
            return True
        if kind == "time" and any(p.marks["time"] for p in context.customer):
            return True
        if kind == "case" and len(told.split()) > 12:
            return True
    return False


def _has_id(context: Context) -> bool:
    """Whether the customer has given a number that looks like a reference."""
    for passage in context.customer:
        for token in passage.tokens:
            word = passage.folded[token.start : token.end]
            if word.isdigit() and len(word) >= 4:
                return True
            near = passage.raw[max(0, token.start - 4) : token.start]
            if word[0].isdigit() and near.rstrip("- ").isupper() and is_content(token.stem):
                return True
    return False

"""Empathy: acknowledge_feelings, apology_fit."""

from __future__ import annotations

from hotseat.domain import Read
from hotseat.reader import feeling_words, manner_words
from hotseat.reader.bygone import is_past_form
from hotseat.reader.conduct import asks_calm, plays_down
from hotseat.reader.context import Context
from hotseat.reader.credit import Reply
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grades import NA, met, missed, partly
from hotseat.reader.offers import concrete, offers
from hotseat.reader.stems import is_content, says_no, stems, words
from hotseat.reader.words import Passage, Span, content

_OURS = (("to", "us"), ("for", "us"), ("for", "me"), ("of", "me"), ("of", "us"))
"""After a feeling these say that it is not the customer's."""
_PAIR = 2
"""So many of the customer's words, joined, lay out what they met with."""
_BUTS = words("but however yet still")
_YOU = words("you youre your youve yourself")
_WE_FEEL = (("i", "feel"), ("we", "feel"))
_WAS = words("were was felt been")
_WORDING = stems("clear unclear confusing wording wrote explained short blunt abrupt cold curt")
_GLAD, _TAKES = stems(feeling_words.GLAD), stems(feeling_words.TAKES)
_WH = words("what which when where who why how if whether")

_SHAPE = words(feeling_words.SHAPE)
_OPENING = 1
"""Words within which a clause still opens."""
_REACH = 9
"""Words after a sorry within which it names what it is for."""


def acknowledge_feelings(context: Context, reply: Reply) -> Read:
    """The feeling or its impact named, and tied to what caused it in this case."""
    due = context.feels
    own = reply.credit
    felt = names_feeling(context, reply)
    dismissed = plays_down(context, reply)
    sorry_you = sorry_you_feel(own)
    stock = spot(feeling_words.STOCK_EMPATHY, own)
    butted = not asks_calm(context, reply) and _taken_back(own, felt or stock)
    if felt and not dismissed and not sorry_you and not butted:
        return met(reply, felt, 0.55, close=True)
    if not due:
        return NA
    if dismissed:
        return missed("the feeling is played down", 0.65)
    if sorry_you:
        return missed("sorry for the feeling, not for what caused it", 0.65)
    if butted:
        return missed("understanding taken back by a but", 0.6)
    stock = stock or _concedes(own)
    stock = stock or next(iter(_told(own, feeling_words.COMPASSION)), None) or _named_at_all(own)
    if stock and _taken_back(own, stock):
        return missed("understanding taken back by a but", 0.6)
    if stock:
        return partly(reply, stock, 0.6)
    return missed("the customer's feeling goes unnoticed", 0.55)


def _concedes(own: Passage) -> Span | None:
    """Where a clause opens by granting a point ("You're right", not "your right shoe")."""
    for span in spot_all((*feeling_words.CONCEDES, "fair"), own):
        after = own.stems((span[1], min(span[1] + 1, own.clause_at(span[0])[1])))
        if span[0] - own.clause_at(span[0])[0] <= _OPENING and not any(map(is_content, after)):
            return span
    return None


def _taken_back(own: Passage, felt: Span | None) -> bool:
    """Whether a word of understanding leads into a but with nothing offered after it."""
    if felt is None:
        return False
    after = (felt[1], own.sentence_at(felt[0]).last)
    if after[1] < len(own.tokens) and own.tokens[after[1]].stem in _BUTS:
        after = (after[1], own.sentence_at(after[1]).last)
    but = next((p for p in range(*after) if _turns(own, p)), None)
    return but is not None and not any(but <= o.span[0] < after[1] for o in concrete(own))


def _turns(own: Passage, place: int) -> bool:
    """Whether a but, or a still or yet that opens a clause, stands here."""
    opens = place == own.clause_at(place)[0]
    return own.tokens[place].stem in _BUTS and (opens or own.tokens[place].stem == "but")


def names_feeling(context: Context, reply: Reply) -> Span | None:
    """Where a feeling or an impact is named beside the words of the case."""
    own = reply.credit
    spans = _told(own, (*feeling_words.FEELING, *feeling_words.JUDGES))
    sides = _told(own, feeling_words.SIDES)
    for span in sorted([*spans, *_let_downs(own), *sides]):
        sentence = own.sentence_at(span[0])
        if sentence.asks or _about_self(own, span):
            continue
        within = (sentence.first, sentence.last)
        tied = _sided if span in sides else _tied
        if tied(context, own, within, span) or _said_back(context, own, span):
            return span
    return _laid_out(context, own)


def _laid_out(context: Context, own: Passage) -> Span | None:
    """The opening sentence, where it is about the customer alone and sets side by side what they
    met with: one thing and another, or in the first reply three of their words."""
    if not own.sentences or own.sentences[0].asks:
        return None
    span = (own.sentences[0].first, own.sentences[0].last)
    said = own.text(span)
    if feeling_words.OURSELVES.search(said) or any(o.span[0] < span[1] for o in concrete(own)):
        return None
    theirs = len(content(own, span) & context.named)
    joined = theirs >= _PAIR and feeling_words.AND.search(said)
    return span if joined or (theirs > _PAIR and not context.trainee) else None


def _named_at_all(own: Passage) -> Span | None:
    """Where a feeling or an impact is named, tied to the case or not."""
    idle = [own.sentence_of[a] for a, _ in spot_all(manner_words.BOILERPLATE, own)]
    for span in _told(own, (*feeling_words.FEELING, *feeling_words.JUDGES)):
        ours = own.stems((max(0, span[0] - 2), span[0])) in _WE_FEEL
        if not (own.sentence_of[span[0]] in idle or ours or _about_self(own, span)):
            return span
    return None


def _sided(context: Context, own: Passage, sentence: Span, side: Span) -> bool:
    """Whether a sentence that takes the customer's side says "you" and names the case or harm."""
    after = own.stems((side[1], min(side[1] + 1, own.clause_at(side[0])[1])))
    if own.text(side).endswith("right") and any(map(is_content, after)):
        return False
    harms = {a for a, _ in spot_all(feeling_words.HARM, own, even_negated=True)}
    named = (content(own, sentence) - set(own.stems(side))) & context.case
    harmed = harms & (set(range(*sentence)) - set(range(*side)))
    return bool(named or harmed) and not _YOU.isdisjoint(own.stems(sentence))


def _said_back(context: Context, own: Passage, felt: Span) -> bool:
    """Whether the customer's own word for a feeling is said back as what they felt."""
    before = (max(own.clause_at(felt[0])[0], felt[0] - 3), felt[0])
    theirs = bool(content(own, felt)) and content(own, felt) <= context.case
    spoken = set(own.text(before).split())
    return theirs and not spoken.isdisjoint(_YOU) and not spoken.isdisjoint(_WAS)


def _let_downs(own: Passage) -> list[Span]:
    """Where a hope and what came of it stand side by side ("You asked twice and got a slogan"),
    and not where a question is only said back ("You asked where it is")."""
    came = spot_all(feeling_words.GOT, own, even_negated=True)
    return [
        span
        for span in spot_all(feeling_words.HOPED, own, even_negated=True)
        if own.text(span).endswith(("asked", "ted", "ded", "red", "did", "paid", "told"))
        and _WH.isdisjoint(own.stems((span[1], span[1] + 3)))
        and any(span[1] <= a < own.sentence_at(span[0]).last for a, _ in came)
    ]


def _tied(context: Context, own: Passage, sentence: Span, felt: Span) -> bool:
    """Whether the sentence, or a neighbour, carries two words of the case besides the feeling."""
    inside = (content(own, sentence) - set(own.stems(felt))) & context.case
    if len(inside) >= 2 or (inside and sentence[1] - sentence[0] <= 14):
        return True
    for harm, _ in spot_all(feeling_words.HARM, own, even_negated=True):
        named = sentence[0] <= harm < sentence[1] and not felt[0] <= harm < felt[1]
        if named and "your" in own.stems((max(sentence[0], harm - 4), harm)):
            return True
    before = content(own, (max(0, sentence[0] - 25), sentence[0])) & context.case
    return len(before) >= 3


def _about_self(own: Passage, span: Span) -> bool:
    """Whether the feeling is the trainee's own regret rather than the customer's."""
    before = own.stems((max(0, span[0] - 3), span[0]))
    after = own.stems((span[1], span[1] + 4))
    felt = own.text(span)
    if after[:2] in _OURS:
        return True
    if felt.endswith("have to"):
        return True
    if felt.endswith((" be", "too")):
        return after[:1] in {(word,) for word in _GLAD} or before[-1:] in (("to",), ("for",))
    if felt.startswith("in your "):
        return not _TAKES.isdisjoint(after)
    return "afraid" in own.stems(span) and ("im" in before or "i" in before)


def sorry_at(own: Passage) -> Span | None:
    """Where the trainee says sorry. A no after it says what for ("sorry nobody answered you"); one
    before it in its clause takes it back."""
    said = [
        span
        for span in spot_all(feeling_words.SORRY, own, even_negated=True)
        if not any(map(says_no, own.stems((own.clause_at(span[0])[0], span[0]))))
        and _is_said(own, span)
    ]
    return next((span for span in said if not _refuses(own, span)), said[0] if said else None)


def _is_said(own: Passage, sorry: Span) -> bool:
    """Whether a sorry is said to somebody: alone, or in a sentence, and not in a list of words."""
    last = own.sentence_at(sorry[0]).last
    if last - sorry[1] < 2 or own.clause_at(sorry[0])[1] == sorry[1]:
        return True
    if not _SHAPE.isdisjoint(own.stems((own.sentence_at(sorry[0]).first, last))):
        return True
    if own.raw[own.tokens[sorry[1]].start].isupper():
        return True
    return any(is_past_form(own, place) for place in range(sorry[1], last))


def sorry_you_feel(own: Passage) -> Span | None:
    """Where the sorry is for the feeling; "sorry if that wasn't clear" is for the trainee's own
    words."""
    for span in spot_all(feeling_words.SORRY_YOU_FEEL, own, even_negated=True):
        rest = own.stems((span[1], own.sentence_at(span[0]).last))
        if _WORDING.isdisjoint(rest):
            return span
    return None


def apology_fit(context: Context, reply: Reply) -> Read:
    """One sincere apology that fits the fault; none that admits what is not ours."""
    own = reply.credit
    sorry = sorry_at(own)
    if context.fault == "theirs":
        admission = spot(feeling_words.ADMITS, own)
        if admission:
            return missed("takes the blame for something that is not our fault", 0.65)
    if sorry_you_feel(own):
        return missed("sorry for the feeling, not for what happened", 0.65)
    due = context.number == 1 and context.fault != "theirs"
    if sorry is None:
        if due:
            return missed("an apology is owed and there is none", 0.6)
        owned = next(iter(_told(own, feeling_words.OWNS_UP)), None)
        if owned and (context.fault != "theirs" or own.text(owned).startswith("i ")):
            return partly(reply, owned, 0.5)
        owed = context.fault in ("ours", "shared") and not any(map(_made_good, context.trainee))
        if owed and (context.asks_why or _tells_failing(own)):
            return missed("a failing of ours comes up and there is no apology for it", 0.5)
        return NA
    sentence = own.sentence_at(sorry[0])
    if _refuses(own, sorry):
        return missed("the sorry only softens a no", 0.5) if due else NA
    if _is_vague(own):
        return partly(reply, sorry, 0.6)
    earlier = sum(1 for p in context.trainee if sorry_at(p))
    tied = content(own, (sentence.first, sentence.last)) & context.case
    owns = spot(feeling_words.OWNS, own, even_negated=True)
    owns = owns or feeling_words.FAILED_THEM.search(own.folded)
    if earlier >= 2 and not (owns or tied or any(not o.vague for o in offers(own))):
        return partly(reply, sorry, 0.6)
    near = content(own, (max(0, sentence.first - 25), min(len(own.tokens), sentence.last + 15)))
    harm = spot_all(feeling_words.HARM, own, even_negated=True)
    named = any(sorry[1] <= a < min(sentence.last, sorry[1] + _REACH) for a, _ in harm)
    if owns or tied or named or len(near & context.case) >= 2:
        return met(reply, sorry, 0.6)
    if due or earlier >= 2:
        return partly(reply, sorry, 0.55)
    return NA if sentence.asks or context.fault == "theirs" else met(reply, sorry, 0.5)


def _is_vague(own: Passage) -> bool:
    """Whether what is said to be sorry for stays without a name."""
    return bool(spot(feeling_words.VAGUE_SORRY, own)) and not spot(feeling_words.OWNS, own)


def _made_good(own: Passage) -> bool:
    """Whether an earlier turn has said sorry in so many words, so that none is owed any more."""
    return sorry_at(own) is not None and not _is_vague(own)


def _told(own: Passage, bank: tuple[str, ...]) -> list[Span]:
    """Where a bank's words are said in a sentence that asks nothing."""
    spans = spot_all(bank, own, even_negated=True)
    return [span for span in spans if not own.sentence_at(span[0]).asks]


def _tells_failing(own: Passage) -> bool:
    """Whether the turn tells of something that went wrong and was not the customer's doing."""
    if spot(feeling_words.NEW_FAILING, own, even_negated=True):
        return True
    told = (own.text(c) for c in own.clauses if not own.sentence_at(c[0]).asks)
    found = ((said, feeling_words.FAILED.search(said)) for said in told)
    return any(at and "you" not in said[: at.start()].split() for said, at in found)


def _refuses(own: Passage, sorry: Span) -> bool:
    """Whether a sorry leads straight into a but or a no, or trails after one."""
    sentence = own.sentence_at(sorry[0])
    before = own.text((sentence.first, sorry[0])) if sorry[1] == sentence.last else ""
    after = own.stems((sorry[1], min(len(own.tokens), sorry[1] + 3)))
    trails = feeling_words.CANNOT.search(before) is not None
    return trails or "but" in after[:2] or "cant" in after or "cannot" in after

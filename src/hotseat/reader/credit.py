"""What of a trainee turn can earn credit, and what cannot.

Quoted words are not the trainee's own; words to the grader, stage directions and invented
transcript are not for the customer; a sentence said before, or three times over, says nothing
new. All of these are blanked with spaces, so that places in the rest stay true.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hotseat.reader import deed_words
from hotseat.reader.cues import spot, spot_all
from hotseat.reader.grader_words import DISGUISED, GRADER, HOMOGLYPHS, LEET, MACHINE, TAGS
from hotseat.reader.offers import concrete
from hotseat.reader.shape import lists
from hotseat.reader.stems import is_content
from hotseat.reader.words import Passage, Sentence, fold, parse

_QUOTED = re.compile(r"\"[^\"\n]{1,400}\"|(?<![\w'])'(?=\S)[^'\n]{1,60}(?:'\w[^'\n]{0,60})*'(?!\w)")
_SPELLS_OUT = re.compile(
    r"(?:\b(?:to say|means|meaning|is short for|stands for|in plain words|is called))[:,]? *$"
)
_SPEAKS = re.compile(r"\b(?:i|i'm|i'll|i've|we|we'll|you|your|our|my|me|us)\b")
"""Somebody's words to somebody, not the wording of a thing."""
_STAGE = re.compile(
    r"\*[^*\n]{8,}\*|\[[^\]\n]{8,}\]|\((?:earlier|previously|already)[^)\n]{8,}\)"
    r"|^[ \t]*>[^\n]*|!?\[[^\]\n]*\]\([^)\n]*\)|```.*?(?:```|\Z)|[a-z0-9+/]{28,}={0,2}",
    re.DOTALL | re.MULTILINE,
)
_DENIED = re.compile(
    r"\b(?:i|we)(?:'m| am| are)? (?:(?:do not|don'?t) (?:care|want to (?:know|hear)|intend)"
    r"|(?:can'?t|cannot|can not|wouldn'?t|would not|won'?t|will not)"
    r" (?:say that|say (?:i|we)\b|say it)"
    r"|(?:won'?t|will not) (?:tell you (?:why|when|what|how)|ask\b)|not (?:sorry|going to)"
    r"|never (?:said|promised|meant))\b[^.!?\n]*"
)
"""What the trainee says they do not say, feel or do earns nothing."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A trainee turn in three states: `whole`, `plain` (the trainee's own words to the customer),
    and `credit` (of those, the ones not said before). `grader` is what addresses the grader,
    `repeats` what was said before, `idle` a question beside the matter; as written, or empty."""

    whole: Passage
    plain: Passage
    credit: Passage
    grader: str = ""
    repeats: str = ""
    idle: str = ""


def weigh(text: str, earlier: Iterable[Passage]) -> Reply:
    """Take a trainee turn apart; `earlier` are the trainee's turns before it."""
    whole = parse(text)
    kept = list(text)
    folded = whole.folded
    _blank_quotes(kept, folded)
    grader = _blank_grader(kept, folded, whole)
    for match in _STAGE.finditer(folded):
        _blank(kept, *match.span())
    grader = grader or _blank_machine(kept)
    _blank_chant(kept)
    plain = parse("".join(kept))
    _blank_lists(kept, plain)
    for match in _DENIED.finditer(plain.folded):
        _blank(kept, *match.span())
    repeats = _blank_repeats(kept, plain, earlier)
    return Reply(whole, plain, parse("".join(kept)), grader, repeats)


def _blank(kept: list[str], start: int, end: int) -> None:
    for place in range(start, end):
        if kept[place] != "\n":
            kept[place] = " "


def _blank_quotes(kept: list[str], folded: str) -> None:
    """Blank what is quoted, but for a wording that the trainee explains or spells out."""
    stripped = folded.strip()
    for match in _QUOTED.finditer(folded):
        spelt = _SPELLS_OUT.search(folded[: match.start()]) and not _SPEAKS.search(match.group())
        if match.group() != stripped and not spelt:
            _blank(kept, *match.span())


def _blank_grader(kept: list[str], folded: str, whole: Passage) -> str:
    """Blank each sentence to the grader; in a turn of several lines, the whole line."""
    outside = fold("".join(kept))
    found = ""
    lines = [m.span() for m in re.finditer(r"[^\n]+", folded)]
    for start, end in lines:
        pieces = _pieces(whole, start, end) or [(start, end)]
        hits = [
            (a, b)
            for a, b in pieces
            if TAGS.search(folded[a:b]) or GRADER.search(outside[a:b]) or _disguised(folded[a:b])
        ]
        if not hits:
            continue
        found = found or whole.raw[hits[0][0] : hits[0][1]].strip()
        for a, b in hits if len(lines) == 1 else [(start, end)]:
            _blank(kept, a, b)
    return found


def _pieces(passage: Passage, start: int, end: int) -> list[tuple[int, int]]:
    firsts = [passage.tokens[s.first].start for s in passage.sentences]
    firsts = [f for f in firsts if start <= f < end]
    return [
        (start if i == 0 else f, firsts[i + 1] if i + 1 < len(firsts) else end)
        for i, f in enumerate(firsts)
    ]


def _disguised(piece: str) -> bool:
    """Words to the grader in look-alike letters, digits, spaced out or backwards."""
    seen = unicodedata.normalize("NFKC", piece).translate(HOMOGLYPHS)
    joined = re.sub(r"\b(?:\w ){3,}\w\b", lambda m: m.group().replace(" ", ""), seen)
    return any(
        DISGUISED.search(form) for form in (seen, joined, seen.translate(LEET), seen[::-1])
    ) or bool(re.search(r"ignore\s*the\s*rubric|5\s/\s5", joined))


def _blank_machine(kept: list[str]) -> str:
    """Blank all from the sentence on that speaks to a machine."""
    text = "".join(kept)
    match = MACHINE.search(fold(text))
    if match is None:
        return ""
    starts = [0, *(m.end() for m in re.finditer(r"[.!?\n]\s", text[: match.start()]))]
    _blank(kept, starts[-1], len(kept))
    return text[starts[-1] :].strip()[:80]


def _blank_chant(kept: list[str]) -> None:
    """Blank what is said three times and more in one turn."""
    said = parse("".join(kept))
    counts = Counter(_said(said, s.first, s.last) for s in said.sentences)
    for sentence in said.sentences:
        if counts[_said(said, sentence.first, sentence.last)] >= 3:
            _blank(kept, said.tokens[sentence.first].start, said.tokens[sentence.last - 1].end)


def _blank_repeats(kept: list[str], plain: Passage, earlier: Iterable[Passage]) -> str:
    """Blank sentences the trainee has already said."""
    before = {_said(p, s.first, s.last) for p in earlier for s in p.sentences}
    before_words = [set(words) for words in before if len(words) >= 5]
    found = ""
    for sentence in plain.sentences:
        words = _said(plain, sentence.first, sentence.last)
        again = len(words) >= 4 and (words in before or _alike(set(words), before_words))
        if not again or _asks_fit(plain, sentence):
            continue
        start, end = plain.tokens[sentence.first].start, plain.tokens[sentence.last - 1].end
        if not sentence.asks:
            found = found or plain.raw[start:end]
        _blank(kept, start, end)
    return found


def _blank_lists(kept: list[str], plain: Passage) -> None:
    """Blank words in a row that make no sentence."""
    for first, last in lists(plain):
        _blank(kept, plain.tokens[first].start, plain.tokens[last - 1].end)


def _asks_fit(plain: Passage, sentence: Sentence) -> bool:
    """Whether a short question asks if a proposal suits: fair to ask of every new proposal."""
    short = sentence.last - sentence.first <= 8
    return (
        sentence.asks
        and short
        and len(plain.sentences) > 1
        and any(
            sentence.first <= a < sentence.last
            for a, _ in spot_all(deed_words.FIT, plain, even_negated=True)
        )
    )


def _said(passage: Passage, first: int, last: int) -> tuple[str, ...]:
    return passage.stems((first, last))


def _alike(words: set[str], before: list[set[str]]) -> bool:
    if len(words) < 5:
        return False
    return any(len(words & other) >= 0.85 * len(words | other) for other in before)


def is_empty(reply: Reply, case: frozenset[str], *, asks_who: bool = False) -> bool:
    """Whether a turn says nothing to this customer: no words of its own, a bare ok, or words in
    a language that this reader cannot read. A time or a figure says something, and so does a name
    to somebody who asked for one (`asks_who`)."""
    own = reply.credit
    if not own.tokens:
        return True
    if own.asks or own.marks["soon"] or own.marks["time"] or own.places.keys() & case:
        return False
    if concrete(own):
        return False
    figured = any(own.marks[mark] for mark in ("money", "percent", "number"))
    if len(own.tokens) <= _SHORT and (figured or (asks_who and _names_somebody(own))):
        return False
    if spot(deed_words.SERVICE, own, even_negated=True):
        return False
    small = sum(not is_content(token.stem) for token in own.tokens)
    return len(own.tokens) < _FEW or small < (1 if len(own.tokens) <= _SHORT else _ENGLISH)


def _names_somebody(own: Passage) -> bool:
    """Whether somebody is named: a me, an I, or a capital on a word that is not filler."""
    return any(
        token.stem in _MYSELF or (own.raw[token.start].isupper() and is_content(token.stem))
        for token in own.tokens
    )


_MYSELF = frozenset({"i", "me", "myself", "ill"})
_SHORT = 6
"""Up to these many words a figure or a name speaks for itself, without English around it."""
_FEW = 4
"""Fewer words than these, in touch with nothing, say nothing."""
_ENGLISH = 2
"""At least this many small English words show that a text can be read."""

"""A piece of text cut into words, clauses and sentences, with its times and sums of money.

Everything keeps its place in the text it came from, so that whatever is found can be quoted in
the writer's own words. Words are compared by stem; typing mistakes and missing marks cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from hotseat.reader.marks import MARKS
from hotseat.reader.stems import is_content, says_no, stem
from hotseat.reader.sums import LEAST, WORDED_NUMBER, worth

Span = tuple[int, int]
"""A stretch of tokens, first included, last not."""

_PLAIN = str.maketrans(
    "‘’‚‛“”„‟«»–—−…\u00a0\u200b\u200c\u200d\u2060\ufeff",
    "''''" + '"' * 6 + "---." + " " * 6,
)

_HARMLESS_NO = re.compile(
    r"\b(?:no (?:extra |additional |further )?(?:charge|cost|fee|problem|worries|wonder|doubt|later"
    r"|need|matter|question|longer than|more than|obligation)|not (?:only|later|more than|just)"
    r"|nothing (?:extra|to pay)|for nothing|without (?:(?:an?|any|the|extra|more) )*"
    r"(?:charge|cost|fee|delay|extra|paying|waiting)"
    r"|don'?t (?:worry|hesitate|need to|have to)|why (?:don'?t|not)|oh,? no)\b"
)
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*[^\W\d_]*|[^\W\d_]+(?:'[^\W\d_]+)?")
_SENTENCE_END = re.compile(r"(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bdr)[.!?]+[\"')\]]*(?=\s|$)|\n+")
_CLAUSE_END = re.compile(
    r"[.!?]+(?=\s|$)|[,;:]+(?=\s|$)|\n+| -+ |\b(?:but|however|though|although|because|instead"
    r"|otherwise|whereas)\b|\b(?:so|and|then|or)\b(?= (?:i|we|you|he|she|it|they|my|our|i'll|i'm"
    r"|i've|we'll|that|there|what|if)\b)"
)
_QUESTION_START = re.compile(
    r"\s*(?:(?:and|so|ok|okay|but|please|then|also),? )*"
    r"(?:what(?! an? | (?:happened|went wrong) (?:is|was|here)\b| (?:i|we)\b)"
    r"|which|when(?! (?:i|you|we|it|they|he|she|the)\b)|where|who|whose|why"
    r"|how(?! (?:awful|terrible|horrible|dreadful|sad|frustrating|annoying|upsetting|unpleasant"
    r"|disappointing|embarrassing|stressful|exhausting|unfair))"
    r"|can you|could you|would you|will you|do you|did you|have you|are you|is (?:it|the|that|your)"
    r"|may i|shall (?:i|we)|should i|was (?:it|the)|(?:is|was|are|were) there)\b"
)


class Token(NamedTuple):
    """One word: its stem, and where it stands in the text."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a stretch of tokens, and whether it asks something."""

    first: int
    last: int
    asks: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and everything the rules look at in it. `raw` is untouched; `folded` has the same
    length in lower case with plain quotes, so that places in one are places in the other."""

    raw: str
    folded: str
    tokens: tuple[Token, ...]
    forms: tuple[str, ...]
    """For each token, the word as it stands, in lower case and without apostrophes."""
    places: Mapping[str, tuple[int, ...]]
    sentences: tuple[Sentence, ...]
    clauses: tuple[Span, ...]
    negated: tuple[bool, ...]
    """For each token, whether its clause says no."""
    sentence_of: tuple[int, ...]
    """For each token, which sentence it stands in."""
    marks: Mapping[str, tuple[Span, ...]]

    @property
    def asks(self) -> bool:
        """Whether anything is asked."""
        return any(sentence.asks for sentence in self.sentences)

    def stems(self, span: Span) -> tuple[str, ...]:
        """The stems of a stretch of tokens."""
        return tuple(token.stem for token in self.tokens[span[0] : span[1]])

    def text(self, span: Span) -> str:
        """The folded text of a stretch of tokens."""
        if span[0] >= span[1]:
            return ""
        return self.folded[self.tokens[span[0]].start : self.tokens[span[1] - 1].end]

    def raw_at(self, span: Span) -> str:
        """The words of a stretch of tokens as they were written."""
        if span[0] >= span[1]:
            return self.raw.strip()
        return self.raw[self.tokens[span[0]].start : self.tokens[span[1] - 1].end]

    def sentence_at(self, token: int) -> Sentence:
        """The sentence a token stands in."""
        return self.sentences[self.sentence_of[token]]

    def clause_at(self, token: int) -> Span:
        """The clause a token stands in."""
        return next(c for c in self.clauses if c[0] <= token < c[1])


def fold(text: str) -> str:
    """Lower case, plain quotes and dashes, same length."""
    text = text.translate(_PLAIN)
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=512)
def parse(raw: str) -> Passage:
    """Cut a text into its parts. Pure; remembered, since a transcript is read again each turn."""
    folded = fold(raw)
    tokens = _tokens(folded)
    places: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        places.setdefault(token.stem, []).append(index)
    clauses = _cut(tokens, _CLAUSE_END, folded)
    sentences = tuple(_sentence(folded, tokens, s) for s in _cut(tokens, _SENTENCE_END, folded))
    return Passage(
        raw=raw,
        folded=folded,
        tokens=tokens,
        forms=tuple(folded[token.start : token.end].replace("'", "") for token in tokens),
        places={key: tuple(value) for key, value in places.items()},
        sentences=sentences,
        sentence_of=tuple(i for i, s in enumerate(sentences) for _ in range(s.first, s.last)),
        clauses=clauses,
        negated=_negated(folded, tokens, clauses),
        marks={name: _spans(tokens, mark, folded) for name, mark in MARKS.items()},
    )


def _tokens(folded: str) -> tuple[Token, ...]:
    """The words; a number of ten or more in words is one word and stands as its figure."""
    found: list[Token] = []
    figures = {m.start(): (m.end(), worth(m.group())) for m in WORDED_NUMBER.finditer(folded)}
    end = 0
    for match in _TOKEN.finditer(folded):
        start = match.start()
        if start < end:
            continue
        last, value = figures.get(start, (0, 0))
        if value >= LEAST:
            found.append(Token(str(value), start, end := last))
        else:
            found.append(Token(stem(match.group()), start, end := match.end()))
    return tuple(found)


def _cut(tokens: tuple[Token, ...], ends: re.Pattern[str], folded: str) -> tuple[Span, ...]:
    cuts = [m.start() for m in ends.finditer(folded)]
    spans: list[Span] = []
    first, cut = 0, 0
    for index, token in enumerate(tokens):
        crossed = False
        while cut < len(cuts) and cuts[cut] < token.end:
            crossed = True
            cut += 1
        if crossed and index > first:
            spans.append((first, index))
            first = index
    if first < len(tokens):
        spans.append((first, len(tokens)))
    return tuple(spans)


def _sentence(folded: str, tokens: tuple[Token, ...], span: Span) -> Sentence:
    start, end = tokens[span[0]].start, tokens[span[1] - 1].end
    tail = folded[end : tokens[span[1]].start if span[1] < len(tokens) else len(folded)]
    asks = "?" in tail or bool(_QUESTION_START.match(folded, start) and "." not in tail)
    return Sentence(span[0], span[1], asks)


def _negated(folded: str, tokens: tuple[Token, ...], clauses: tuple[Span, ...]) -> tuple[bool, ...]:
    harmless = [m.span() for m in _HARMLESS_NO.finditer(folded)]
    answer: list[bool] = []
    carried = False
    for first, last in clauses:
        noes = [
            place
            for place in range(first, last)
            if says_no(tokens[place].stem)
            and not any(a <= tokens[place].start < b for a, b in harmless)
        ]
        relative = [p for p in range(first + 1, last) if tokens[p].stem in ("who", "which")]
        kept = next((p for p in relative if noes and p < noes[0]), first)
        kept = noes[0] if noes and tokens[noes[0]].stem == "without" else kept
        answer.extend([carried] * (kept - first))
        answer.extend([carried or (bool(noes) and last - first > 1)] * (last - kept))
        carried = last - first == 1 and tokens[first].stem in ("not", "never")
    return tuple(answer)


def _spans(tokens: tuple[Token, ...], mark: re.Pattern[str], folded: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for match in mark.finditer(folded):
        inside = [
            i for i, t in enumerate(tokens) if t.start < match.end() and t.end > match.start()
        ]
        if inside:
            spans.append((inside[0], inside[-1] + 1))
    return tuple(spans)


def content(passage: Passage, span: Span | None = None) -> frozenset[str]:
    """The content stems of a passage, or of a stretch of it."""
    first, last = span or (0, len(passage.tokens))
    return frozenset(t.stem for t in passage.tokens[first:last] if is_content(t.stem))


def evidence(passage: Passage, span: Span, *, close: bool = False) -> Span:
    """Where the shortest clause or sentence stands that can serve as evidence for a stretch of
    tokens, in characters: at least three words, or the whole text where there are no three. With
    `close` it is the clause however short the sentence."""
    if not passage.tokens:
        return (0, len(passage.raw))
    first, last = span[0], max(span[1], span[0] + 1)
    clause = (passage.clause_at(first)[0], passage.clause_at(last - 1)[1])
    start, end = passage.sentence_at(first).first, passage.sentence_at(last - 1).last
    least = _CLOSE if close else 3
    if (close or end - start > _LONG) and clause[1] - clause[0] >= least:
        start, end = clause
    while end - start < 3 and (start > 0 or end < len(passage.tokens)):
        if start > 0:
            start = passage.sentence_at(start - 1).first
        else:
            end = passage.sentence_at(end).last
    if end - start < 3:
        return (0, len(passage.raw))
    a, b = passage.tokens[start].start, passage.tokens[end - 1].end
    while b < len(passage.raw) and passage.raw[b] in ".!?%€":
        b += 1
    return (a, b)


_CLOSE = 5
"""A clause of fewer words is too short to stand for its sentence."""
_LONG = 30
"""Sentences of more words than this are quoted by the clause."""

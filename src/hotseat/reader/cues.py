"""Cues: the small language in which personas, and this reader's own rules, name words to notice.

A list of cues fires when any one cue fires. A cue is one or more parts joined by ` + `, and all
parts must be found in the text. A part has alternatives split by `|`. An alternative is a word or
a phrase of adjacent words; `...` in a phrase is a gap of up to four words; a word ending in `*`
matches any ending; any other word matches in its common English forms (deliver, delivered).
`<time>`, `<soon>`, `<now>`, `<money>`, `<percent>` and `<number>` stand for such an expression,
`<question>` for a text that asks something. A match in a clause that says no does not count,
unless the alternative itself says no ("no fee", "not your fault").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from hotseat.reader.stems import says_no
from hotseat.reader.words import Passage, Span, fold, parse

GAP = 4
"""The most words that `...` may skip."""

_MARKS = ("<time>", "<soon>", "<now>", "<money>", "<percent>", "<number>")

Phrase = tuple[str, ...]


class Part(NamedTuple):
    """Alternatives, and the words they begin with: None where one begins with a pattern."""

    phrases: tuple[Phrase, ...]
    heads: frozenset[str] | None


def find(cues: Iterable[str], text: str) -> str | None:
    """The words of `text` that fire one of the cues, as they were written, or None."""
    passage = parse(text)
    span = spot(tuple(cues), passage)
    if span is None:
        return None
    if span[0] == span[1]:
        return text.strip()
    return passage.raw[passage.tokens[span[0]].start : passage.tokens[span[1] - 1].end]


def spot(cues: tuple[str, ...], passage: Passage, *, even_negated: bool = False) -> Span | None:
    """Where the first cue to fire was found: the stretch of its first part. With
    `even_negated` a clause that says no counts too."""
    for cue in cues:
        spans: list[Span] = []
        for part in _compiled(cue):
            span = _part(part, passage, even_negated)
            if span is None:
                break
            spans.append(span)
        else:
            return next((span for span in spans if span[0] < span[1]), spans[0])
    return None


def spot_all(cues: tuple[str, ...], passage: Passage, *, even_negated: bool = False) -> list[Span]:
    """Every place where one of these cues, of a single part each, is found, in text order."""
    spans = {
        span
        for cue in cues
        if _possible(part := _compiled(cue)[0], passage)
        for phrase in _likely(part, passage)
        for span in _matches(phrase, passage)
        if even_negated or _counts(phrase, span, passage)
    }
    return sorted(spans)


@lru_cache(maxsize=4096)
def _compiled(cue: str) -> tuple[Part, ...]:
    return tuple(_alternatives(part) for part in cue.split(" + "))


def _alternatives(part: str) -> Part:
    phrases = tuple(_phrase(alternative) for alternative in part.split("|") if alternative.strip())
    heads = frozenset(phrase[0] for phrase in phrases if phrase)
    plain = not any(head[0] == "<" or head[-1] in "*." for head in heads)
    return Part(phrases, heads if plain else None)


def _possible(part: Part, passage: Passage) -> bool:
    """Whether the first word of an alternative is there at all: most parts fail on this."""
    return part.heads is None or not passage.places.keys().isdisjoint(part.heads)


def _likely(part: Part, passage: Passage) -> Iterable[Phrase]:
    """The alternatives whose first word is there."""
    if part.heads is None:
        return part.phrases
    return [phrase for phrase in part.phrases if phrase and phrase[0] in passage.places]


def _phrase(alternative: str) -> Phrase:
    items: list[str] = []
    for word in alternative.replace("...", " ... ").split():
        if word == "..." or word in _MARKS or word == "<question>":
            items.append(word)
            continue
        tokens = parse(word.removesuffix("*")).tokens
        items.extend(token.stem for token in tokens)
        if word.endswith("*") and tokens:
            last = tokens[-1]
            items[-1] = fold(word)[last.start : last.end].replace("'", "") + "*"
    return tuple(items)


def _part(part: Part, passage: Passage, even_negated: bool) -> Span | None:
    if not _possible(part, passage):
        return None
    for phrase in _likely(part, passage):
        if phrase == ("<question>",):
            if passage.asks:
                return (0, 0)
            continue
        for span in _matches(phrase, passage):
            if even_negated or _counts(phrase, span, passage):
                return span
    return None


def _counts(phrase: Phrase, span: Span, passage: Passage) -> bool:
    return any(says_no(item) for item in phrase) or not any(passage.negated[span[0] : span[1]])


def _matches(phrase: Phrase, passage: Passage) -> Iterator[Span]:
    if not phrase:
        return
    for start in _starts(phrase[0], passage):
        end = _ends(phrase, 0, start, passage)
        if end is not None and passage.sentence_of[start] == passage.sentence_of[end - 1]:
            yield (start, end)


def _starts(item: str, passage: Passage) -> Iterable[int]:
    if item in _MARKS:
        return [span[0] for span in passage.marks[item[1:-1]]]
    if item.endswith("*"):
        return [i for i in range(len(passage.tokens)) if _same(item, passage, i)]
    return passage.places.get(item, ())


def _ends(phrase: Phrase, item: int, place: int, passage: Passage) -> int | None:
    """The token after the phrase when its items from `item` on match from `place` on."""
    if item == len(phrase):
        return place
    want = phrase[item]
    if want == "...":
        for skip in range(GAP + 1):
            end = _ends(phrase, item + 1, place + skip, passage)
            if end is not None:
                return end
        return None
    if place >= len(passage.tokens):
        return None
    if want in _MARKS:
        for span in passage.marks[want[1:-1]]:
            if span[0] == place:
                return _ends(phrase, item + 1, span[1], passage)
        return None
    if _same(want, passage, place):
        return _ends(phrase, item + 1, place + 1, passage)
    return None


def _same(want: str, passage: Passage, place: int) -> bool:
    token = passage.tokens[place]
    if want.endswith("*"):
        word = passage.folded[token.start : token.end].replace("'", "")
        return word.startswith(want[:-1])
    return token.stem == want

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

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from hotseat.reader.stems import says_no
from hotseat.reader.words import Passage, Span, fold, parse

GAP = 4
"""The most words that `...` may skip."""

_MARKS = ("<time>", "<soon>", "<now>", "<money>", "<percent>", "<number>")

Phrase = tuple[str, ...]


class Part(NamedTuple):
    """Alternatives; of those that begin with a word, by that word, which they are and what plain
    word comes second; and which begin with a pattern."""

    phrases: tuple[Phrase, ...]
    heads: Mapping[str, tuple[tuple[int, str], ...]]
    open: tuple[int, ...]


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
    return [*_spotted(cues, passage.raw, even_negated)]


@lru_cache(maxsize=4096)
def _spotted(cues: tuple[str, ...], raw: str, even_negated: bool) -> tuple[Span, ...]:
    """Remembered, since several rules look for the same words and a transcript is read again."""
    passage = parse(raw)
    spans = {
        span
        for phrase in _likely(_joined(cues), passage)
        for span in _matches(phrase, passage)
        if even_negated or _counts(phrase, span, passage)
    }
    return tuple(sorted(spans))


@lru_cache(maxsize=1024)
def _joined(cues: tuple[str, ...]) -> Part:
    """The alternatives of all these cues as those of one."""
    return _alternatives("|".join(cue.split(" + ")[0] for cue in cues))


@lru_cache(maxsize=4096)
def _compiled(cue: str) -> tuple[Part, ...]:
    return tuple(_alternatives(part) for part in cue.split(" + "))


def _alternatives(part: str) -> Part:
    phrases = tuple(_phrase(alternative) for alternative in part.split("|") if alternative.strip())
    heads: dict[str, tuple[tuple[int, str], ...]] = {}
    open_: list[int] = []
    for place, phrase in enumerate(phrases):
        if phrase and _is_pattern(phrase[0]):
            open_.append(place)
        elif phrase:
            second = next((item for item in phrase[1:2] if not _is_pattern(item)), "")
            heads[phrase[0]] = (*heads.get(phrase[0], ()), (place, second))
    return Part(phrases, heads, tuple(open_))


def _is_pattern(item: str) -> bool:
    return item.startswith("<") or item.endswith(("*", "."))


def _likely(part: Part, passage: Passage) -> Iterable[Phrase]:
    """The alternatives whose first words are there, in their order: most parts fail on this."""
    places = passage.places
    if not part.open and part.heads.keys().isdisjoint(places):
        return ()
    found = [
        i
        for head in part.heads.keys() & places.keys()
        for i, second in part.heads[head]
        if not second or second in places
    ]
    return [part.phrases[i] for i in sorted((*found, *part.open))]


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
        return [i for i, form in enumerate(passage.forms) if form.startswith(item[:-1])]
    return passage.places.get(item, ())


def _ends(phrase: Phrase, item: int, place: int, passage: Passage) -> int | None:
    """The token after the phrase when its items from `item` on match from `place` on."""
    while item < len(phrase):
        want = phrase[item]
        if want == "...":
            ends = (_ends(phrase, item + 1, place + skip, passage) for skip in range(GAP + 1))
            return next((end for end in ends if end is not None), None)
        if place >= len(passage.tokens):
            return None
        if want in _MARKS:
            spans = (span for span in passage.marks[want[1:-1]] if span[0] == place)
            span = next(spans, None)
            return _ends(phrase, item + 1, span[1], passage) if span else None
        if not _same(want, passage, place):
            return None
        item, place = item + 1, place + 1
    return place


def _same(want: str, passage: Passage, place: int) -> bool:
    if want[-1] == "*":
        return passage.forms[place].startswith(want[:-1])
    return passage.tokens[place].stem == want

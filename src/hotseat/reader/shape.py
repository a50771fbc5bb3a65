"""What tells a sentence from a list of words. A list names things and says nothing of them."""

from __future__ import annotations

from hotseat.reader.stems import is_content, words
from hotseat.reader.words import Passage, Span

_SHAPE = words(
    """a an the your our you it i we is be are will can to at by on in from for until till with
    within of and or get go come per me my this that what how please not no if but there have he
    she they who do does was were must need all"""
)
"""Without one of these, a figure or a verb in a form, some words in a row are no sentence."""
_VERBS = words(
    """comes goes picks leaves arrives calls rings writes sends answers decides brings delivers
    mails confirms checks starts takes needs works fits suits"""
)
_LISTED = 4
"""From so many words on, words without shape are a list."""
_LONG = 8
"""From so many words on, a row without shape is a list whatever its forms."""
_ITEMS = 4
"""From so many items on, words with commas or points between them are a list."""
_MOSTLY = 0.7
_SHORT = words("i a in no is to we it of my at by be on if or as so")
_SPARSE = 0.2
"""In English every third word or more is a small one; in other languages hardly any is."""
_SPEAKS = words("i im ill ive we you your is are will can have")


def is_list(passage: Passage, span: Span) -> bool:
    """Whether a stretch is some words in a row, and no sentence ("refund courier tomorrow noon",
    "Sorry, refund, manager, today, call."); up to three words are an answer."""
    said = passage.stems(span)
    if len(said) < _LISTED:
        return False
    items = _items(passage, span)
    short = sum(1 for item in items if item <= 2)
    if len(items) >= _ITEMS and short >= _MOSTLY * len(items):
        return _SPEAKS.isdisjoint(said) and len(said) <= 3 * len(items)
    forms = [passage.folded[t.start : t.end] for t in passage.tokens[span[0] : span[1]]]
    if not _SHAPE.isdisjoint(said) or any(f in _VERBS or f.endswith("n't") for f in forms):
        return False
    told = any(form[0].isdigit() or form.endswith(("ed", "ing")) for form in forms)
    return len(said) >= _LONG or not told


def is_foreign(passage: Passage) -> bool:
    """Whether a text of some length is in a language that cannot be read here."""
    said = [token.stem for token in passage.tokens if token.stem.isalpha()]
    small = sum(word in _SHORT or (not is_content(word) and len(word) > 2) for word in said)
    return len(said) >= _LONG and small < _SPARSE * len(said)


def lists(passage: Passage) -> list[Span]:
    """The stretches of a passage that are lists: such a sentence, or a run of single words."""
    found = [
        (s.first, s.last)
        for s in passage.sentences
        if not s.asks and is_list(passage, (s.first, s.last))
    ]
    run: list[Span] = []
    for sentence in (*passage.sentences, None):
        if sentence and not sentence.asks and sentence.last - sentence.first <= 2:
            run.append((sentence.first, sentence.last))
            continue
        if len(run) >= _ITEMS:
            found.append((run[0][0], run[-1][1]))
        run = []
    return found


def _items(passage: Passage, span: Span) -> list[int]:
    """How many words stand between each two commas."""
    items = [0]
    for place in range(*span):
        items[-1] += 1
        token = passage.tokens[place]
        if passage.folded[token.end : token.end + 1] == ",":
            items.append(0)
    return items

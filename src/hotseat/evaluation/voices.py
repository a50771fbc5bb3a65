"""Measures of how customers sound: length, variety, heat, and whether they can be told apart.

Pure functions on texts, so that the same measure is taken of our customers and of real ones.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?", re.IGNORECASE)
CHUNK = 1_000
"""Words over which distinct-2 is taken: it falls with the length of a text, so that is fixed."""


def words(text: str) -> list[str]:
    """The words of a text, small, with straight apostrophes."""
    return [word.lower() for word in _WORD.findall(text.replace("\u2019", "'"))]


class Shape(NamedTuple):
    """How texts look: words a line (mean, median, 90th percentile), words a sentence (mean), and
    distinct-2, the share of word pairs that are different ones, 0 to 1, over `CHUNK` words."""

    lines: int
    mean: float
    median: float
    p90: float
    sentence: float
    distinct_2: float


def shape(lines: Sequence[str]) -> Shape:
    """The shape of these lines, in the order given. Raises ValueError when there is no word."""
    counts = sorted(len(words(line)) for line in lines if words(line))
    if not counts:
        raise ValueError("no words to measure")
    said = [len(words(s)) for line in lines for s in re.split(r"[.!?]+(?=\s|$)", line) if words(s)]
    return Shape(
        lines=len(counts),
        mean=round(sum(counts) / len(counts), 1),
        median=counts[len(counts) // 2],
        p90=counts[int(len(counts) * 0.9)],
        sentence=round(sum(said) / len(said), 1),
        distinct_2=round(distinct_2(lines), 3),
    )


def distinct_2(lines: Iterable[str]) -> float:
    """The mean share of different word pairs over chunks of `CHUNK` words; a shorter text is
    one chunk."""
    running = [word for line in lines for word in words(line)]
    chunks = [running[at : at + CHUNK] for at in range(0, len(running), CHUNK)]
    whole = [chunk for chunk in chunks if len(chunk) == CHUNK] or chunks[:1]
    shares = [len(set(pairwise(c))) / max(1, len(c) - 1) for c in whole]
    return sum(shares) / max(1, len(shares))


# ------------------------------------------------------------------ heat

HOT: Mapping[str, int] = {
    word: weight
    for weight, several in {
        3: "furious rage raging livid outraged disgrace disgraceful boiling hate shambles insult "
        "contempt liars lies robbing disgusting screaming weep humiliated ashamed affront",
        2: "angry anger enough sick fed worst never mad joke useless clowns shouting shout dare "
        "terrible awful unacceptable pathetic ruined nobody nothing fault stop cross insulted "
        "offended hurt upset threat threatening threaten complain miserable lawyer fool",
        1: "again still wrong waiting waited worse tired patience annoying late broken no not "
        "why ever ignored wear wearing poor bad problem mess useless demand",
    }.items()
    for word in several.split()
}
"""Words of anger and hurt with weights 1 to 3, from general English. On the gold encounters the
later turns of customers met badly are hotter than those of customers met well in 7 pairs of 10."""

COOL: Mapping[str, int] = {
    word: weight
    for weight, several in {
        2: "thank thanks grateful obliged pleased lovely glad relief peaceful kind decent pleasure",
        1: "good fine right fair okay alright better calm clear nice helps agree works calmer "
        "reasonable sure gladly easier lighter honest comfort",
    }.items()
    for word in several.split()
}


def heat(line: str) -> float:
    """How angry a line sounds: points for hot words, shouted words and exclamation marks, less
    points for cool ones, per ten words. A rough count, good for comparing averages."""
    said = words(line)
    shouted = len(re.findall(r"\b[A-Z]{3,}\b", re.sub(r"\b[A-Z]{2,}-?\d+|\"[^\"]*\"", "", line)))
    points = sum(HOT.get(word, 0) - COOL.get(word, 0) for word in said)
    return 10 * (points + 2 * shouted + 2 * line.count("!")) / max(8, len(said))


# ------------------------------------------------------------------ telling voices apart


class Apart(NamedTuple):
    """How well lines are told apart by voice, as shares of 0 to 1: right, by `chance`, and by
    always naming the commonest (`majority`), over so many lines."""

    accuracy: float
    chance: float
    majority: float
    lines: int


def told_apart(train: Sequence[tuple[str, str]], test: Sequence[tuple[str, str]]) -> Apart:
    """Naive Bayes on words and word pairs, trained on (label, line) pairs and tried on others.
    Raises ZeroDivisionError when there is nothing to try it on."""
    model = _fitted(train)
    often = Counter(label for label, _ in train).most_common(1)[0][0]
    return Apart(
        accuracy=round(sum(_named(model, line) == label for label, line in test) / len(test), 3),
        chance=round(1 / len(model), 3),
        majority=round(sum(label == often for label, _ in test) / len(test), 3),
        lines=len(test),
    )


def masked(line: str, topic: frozenset[str]) -> str:
    """A line without what gives the case away: words of its topic, figures, and names (a capital
    inside a sentence)."""
    line = re.sub(r"(?<=[a-z,;:'\"] )[A-Z][a-z]+(?:'s)?", "X", line.replace("\u2019", "'"))
    line = re.sub(r"\S*\d\S*", "X", line)
    return _WORD.sub(lambda found: "X" if _stem(found[0]) in topic else found[0], line)


def topic(neutral: str, others: Sequence[str]) -> frozenset[str]:
    """The words of a case: those of a text about it that few of the texts about others have."""
    common = Counter(stem for text in others for stem in {_stem(w) for w in words(text)})
    return frozenset(
        stem for stem in {_stem(w) for w in words(neutral)} if common[stem] <= len(others) / 4
    )


def _stem(word: str) -> str:
    """A word without its commonest endings, so that parcel and parcels are one."""
    return re.sub(r"(?:'s|ies|ing|ed|es|s|y)$", "", word.lower())


SMOOTHED = 0.3
"""Added to every count, so that a word a voice has not used yet does not rule it out."""


class _Voice(NamedTuple):
    """What a voice was seen to use: how likely the voice is before a word is read (a logarithm),
    how often it used each feature, and the sum its counts are divided by."""

    prior: float
    counts: Counter[str]
    total: float


def _fitted(pairs: Sequence[tuple[str, str]]) -> dict[str, _Voice]:
    used: dict[str, Counter[str]] = {label: Counter() for label, _ in sorted(pairs)}
    for label, line in pairs:
        used[label].update(_features(line))
    known = len(set[str]().union(*used.values()))
    often = Counter(label for label, _ in pairs)
    return {
        label: _Voice(
            math.log(often[label] / len(pairs)), counts, counts.total() + SMOOTHED * known
        )
        for label, counts in used.items()
    }


def _named(model: Mapping[str, _Voice], line: str) -> str:
    features = _features(line)

    def likely(label: str) -> float:
        prior, counts, total = model[label]
        return prior + sum(math.log((counts[f] + SMOOTHED) / total) for f in features)

    return max(model, key=likely)


def _features(line: str) -> list[str]:
    """Words, pairs of words and punctuation: how somebody writes."""
    said = words(line)
    marks = re.findall(r"[!?;\"]|\b[A-Z]{3,}\b", line)
    return [*said, *(f"{a} {b}" for a, b in pairwise(said)), *marks]

"""Learn the reader's weights from labelled encounters: `hotseat gold learn`.

For each criterion four logistic heads over the traits of `reader.traits` (see `reader.weights`).
Whether it is due leans on few traits (a lasso, so that a person can read why); how well it was
done leans a little on many (a ridge), and there the rarer level is lifted, or nothing would ever be
missed. How strong the penalties are was found by cross-validation over encounters that no rule was
tuned on. There is no chance in the fit, and it is kept to two decimals: the same files give the
same weights.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ..domain import Level, Policy
from ..reader import Sight, sight
from ..reader.quoting import sentence_traits
from ..reader.traits import traits, wording
from ..reader.weights import ALWAYS, HEADS, MANNERS, RULED, WEIGHTS, Head, Weights, settle
from . import gold
from .comparing import Seen, apt, compare, due_pairs, f1, kappa, level_pairs, macro, mean
from .gold import Labelled
from .grading import Graded, overlap
from .tables import bounded, number

LEAST = 8
"""A trait seen in fewer examples than this is chance."""
FOLDS = 8
STEPS = 500
"""Steps of the descent; the weights stand still well before."""


class Penalty(NamedTuple):
    """How a head is held back: `lasso` and `ridge` in examples, and how much the rarer side is
    lifted, from 0 (as it is) to 1 (as much as the common one)."""

    lasso: float
    ridge: float
    lift: float


PENALTIES: Mapping[str, Penalty] = {
    "due": Penalty(lasso=2.0, ridge=0.0, lift=0.3),
    "done": Penalty(lasso=0.0, ridge=10.0, lift=0.5),
    "well": Penalty(lasso=0.0, ridge=10.0, lift=0.5),
    "quote": Penalty(lasso=0.0, ridge=3.0, lift=0.0),
}
MANNER = Penalty(lasso=0.0, ridge=5.0, lift=1.0)
"""Of the heads for a manner, which see words."""


class Lesson(NamedTuple):
    """Something seen, and whether the question of a head of one criterion is answered with yes."""

    head: str
    criterion: str
    seen: frozenset[str]
    yes: bool


def learn(lessons: Iterable[Lesson]) -> Weights:
    """The weights that fit some lessons best."""
    found: dict[str, dict[str, list[Lesson]]] = {head: defaultdict(list) for head in HEADS}
    for lesson in lessons:
        found[lesson.head][lesson.criterion].append(lesson)
    return {
        head: {
            name: fit(ones, MANNER if name in MANNERS else PENALTIES[head])
            for name, ones in sorted(found[head].items())
        }
        for head in HEADS
    }


def lessons(turn: Labelled) -> list[Lesson]:
    """What one labelled turn teaches: every level that raters agree on, for each quote, which
    sentences it lies in, and, so that brevity costs nothing, what the rules say of one of its
    sentences alone."""
    seen, said = _sight(turn, turn.brief.turn.text), turn.brief.turn.text
    own = seen.reply.credit
    if not own.sentences:
        return []
    parts = [
        (own.raw_at((s.first, s.last)), sentence_traits(seen.context, seen.reply, s, seen.reads))
        for s in own.sentences
    ]
    found = _levels(seen, {id: label.level for id, label in turn.labels.items() if label.level})
    for id, label in turn.labels.items():
        if label.quotes and id not in MANNERS:
            found += [
                Lesson("quote", id, part, overlap(text, label.quotes, said)) for text, part in parts
            ]
    # Labelled replies are longer than most that people send: weights learned from those alone
    # would take what is short for what is poor.
    one = own.sentences[turn.brief.turn.number % len(own.sentences)]
    brief = _sight(turn, own.raw_at((one.first, one.last)))
    return found + _levels(brief, {id: read.level for id, read in brief.reads.items()})


def _levels(seen: Sight, levels: Mapping[str, Level]) -> list[Lesson]:
    """What the levels of one reply teach."""
    if not seen.reply.credit.sentences:
        return []
    whole = traits(*seen)
    found: list[Lesson] = []
    for id in levels.keys() - RULED:
        manner = id in MANNERS
        shown = wording(seen.reply.plain, seen.reads[id], id) if manner else whole
        found += [
            Lesson(head, id, shown, yes)
            for head, yes in _answers(levels[id])
            if not (manner and head == "due")
        ]
    return found


def _answers(level: Level) -> Iterable[tuple[str, bool]]:
    """What a level answers: how well only where it was due."""
    yield "due", level != "na"
    if level != "na":
        yield "done", level != "missed"
        yield "well", level == "met"


def fit(ones: Sequence[Lesson], penalty: Penalty) -> Head:
    """A logistic head by accelerated proximal descent (Beck and Teboulle 2009), in sparse form.
    Where every answer is the same, that answer and nothing else is learned."""
    import numpy as np

    counts = Counter(trait for one in ones for trait in one.seen)
    names = sorted(trait for trait, count in counts.items() if count >= LEAST)
    places = {name: i for i, name in enumerate(names)}
    yes = np.array([one.yes for one in ones], dtype=float)
    common = float(yes.mean())
    if common in (0.0, 1.0):
        return {ALWAYS: 3.0 if common else -3.0}
    seen = np.zeros((len(ones), len(names) + 1))
    seen[:, -1] = 1.0
    for row, one in enumerate(ones):
        seen[row, [places[trait] for trait in one.seen if trait in places]] = 1.0
    weight = np.array([(0.5 / (common if one.yes else 1 - common)) ** penalty.lift for one in ones])
    held = np.append(np.ones(len(names)), 0.0)  # all but the starting point
    bend = float(np.linalg.norm(seen * np.sqrt(weight)[:, None], 2)) ** 2 / 4 + penalty.ridge
    here = ahead = np.zeros(len(names) + 1)
    pace = 1.0
    for _ in range(STEPS):
        off = 1 / (1 + np.exp(-(seen @ ahead))) - yes
        slope = seen.T @ (weight * off) + penalty.ridge * held * ahead
        free = ahead - slope / bend
        step = np.sign(free) * np.maximum(np.abs(free) - penalty.lasso * held / bend, 0.0)
        faster = (1 + (1 + 4 * pace**2) ** 0.5) / 2
        ahead = step + (pace - 1) / faster * (step - here)
        here, pace = step, faster
    kept = {name: round(float(here[i]), 2) for name, i in places.items()}
    return {ALWAYS: round(float(here[-1]), 2)} | {name: w for name, w in kept.items() if w}


def examine(turns: Sequence[Labelled], folds: int = FOLDS) -> list[Seen]:
    """What the reader says of turns that it did not learn from: encounters are dealt into `folds`,
    and each fold is read with weights learned from the others."""
    dealt = {id: i % folds for i, id in enumerate(sorted({turn.encounter for turn in turns}))}
    taught = [(dealt[turn.encounter], lessons(turn)) for turn in turns]
    found: list[Seen] = []
    for fold in range(folds):
        weights = learn(chain.from_iterable(known for home, known in taught if home != fold))
        for turn in turns:
            if dealt[turn.encounter] == fold:
                found += compare(turn, _graded(turn, weights))
    return found


def unweighed(turns: Iterable[Labelled]) -> list[Seen]:
    """What the rules alone say of turns: what there is to be gained on."""
    return [one for turn in turns for one in compare(turn, _graded(turn, {}))]


def _graded(turn: Labelled, weights: Weights) -> Graded:
    reads = settle(*_sight(turn, turn.brief.turn.text), weights)
    return Graded(
        levels={id: read.level for id, read in reads.items()},
        quotes={id: read.quote for id, read in reads.items() if read.quote},
    )


def _sight(turn: Labelled, text: str) -> Sight:
    """What the rules see in a text that answers where this turn does."""
    brief = turn.brief
    return sight(
        text,
        after=brief.after,
        fault=brief.fault,
        policy=Policy(text=brief.policy) if brief.policy else None,
        signs={},
    )


def told(files: Mapping[str, Sequence[Seen]]) -> Iterator[str]:
    """How far the reader agrees, file by file: due F1 and level kappa of each criterion, their
    means with bounds, and how many quotes lie where a rater's does."""
    wide = max(10, *map(len, files)) + 2
    yield " " * 24 + "".join(f"{name:>{wide}}" for name in files)
    ids = dict.fromkeys(one.criterion for seen in files.values() for one in seen)
    for id in ids:
        own = [[one for one in seen if one.criterion == id] for seen in files.values()]
        pairs = [f"{number(f1(due_pairs(o)))} {number(kappa(level_pairs(o))):>4}" for o in own]
        yield f"{id:24}" + "".join(f"{pair:>{wide}}" for pair in pairs)
    for name, seen in files.items():
        yield f"{name}: {summed(seen)}"


def summed(seen: Sequence[Seen]) -> str:
    """The three figures of agreement in a line."""
    due, levels = macro(seen, due_pairs, f1), macro(seen, level_pairs, kappa)
    quotes = macro(seen, apt, mean, pooled=True)
    return f"due F1 {bounded(due)}, level kappa {bounded(levels)}, quotes {bounded(quotes)}"


def keep(weights: Weights, learned_from: Iterable[Path]) -> Path:
    """Write the weights where the reader looks for them; returns the file. It names what they
    were learned from by hash, so that a test can tell when they are behind."""
    text = json.dumps(
        {
            "learned_from": {path.name: gold.fingerprint(path) for path in learned_from},
            "weights": weights,
        },
        ensure_ascii=False,
        indent=0,
        sort_keys=True,
    )
    WEIGHTS.write_text(text + "\n", encoding="utf-8")
    return WEIGHTS

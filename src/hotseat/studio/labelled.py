"""What people labelled here, as a gold file: rulings and blind labels, nobody's name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..domain import Fault, Import, Label, Record, Transcript
from ..store import Store
from .reviewing import RULED

LONGEST = 2_000
"""Characters of a message in a gold file. A longer one, which only imports have, is cut, and what
was labelled on the whole of it is left out."""


async def gold_of(store: Store) -> list[str]:
    """The gold lines of everything labelled in this store."""
    labels = await store.reviews.labels()
    items = {label.item.rpartition(":")[0] for label in labels}
    pasts = [*await store.some(items), *await store.reviews.imports()]
    return list(gold(pasts, labels))


def gold(pasts: Iterable[Record | Import], labels: Iterable[Label]) -> Iterator[str]:
    """JSON lines that `evaluation.gold.load` reads: one conversation a line, those alone in which
    something was labelled.

    Raters are numbered and not named. A ruling is the level that counts; without one there is
    a level where the raters agree. What the trainee said before the customer did is left out.
    """
    by_item: dict[str, dict[str, list[Label]]] = {}
    for label in labels:
        by_item.setdefault(label.item, {}).setdefault(label.criterion, []).append(label)
    for past in pasts:
        fault: Fault = "unknown"
        policy = ""
        about: dict[str, str] = {}
        if isinstance(past, Record):
            fault, policy = past.scenario.fault, past.scenario.policy.text
            about = {"temperament": past.persona.temperament, "situation": past.scenario.title}
        turns = list(_turns(past.id, past.transcript, by_item))
        if any("labels" in turn for turn in turns):
            line = {"id": past.id, "fault": fault, "policy": policy, **about, "turns": turns}
            yield json.dumps(line, ensure_ascii=False)


def _turns(
    id: str, transcript: Transcript, by_item: Mapping[str, Mapping[str, Sequence[Label]]]
) -> Iterator[dict[str, Any]]:
    number, opened = 0, False
    for turn in transcript:
        opened = opened or turn.speaker == "customer"
        number += turn.speaker == "trainee"
        said: dict[str, Any] = {"speaker": turn.speaker, "text": turn.text[:LONGEST]}
        whole = len(turn.text) <= LONGEST
        if turn.speaker == "trainee" and whole and (found := by_item.get(f"{id}:{number}")):
            said["labels"] = {criterion: _label(given) for criterion, given in found.items()}
        if opened:
            yield said


def _label(given: Sequence[Label]) -> dict[str, Any]:
    """One criterion of one turn; the last ruling has the last word. Where people labelled blind,
    they are the raters, everybody once: who had seen the judge's grade is no measure of it."""
    inorder = sorted(given, key=lambda label: label.at)
    blind = {name: label for label in inorder if (name := _blind(label.rater))}
    told: dict[str, Any] = {
        f"rater_{number}": {"level": label.level, "quote": label.quote}
        for number, label in enumerate([blind[who] for who in sorted(blind)] or given, start=1)
    }
    ruled = [label.level for label in inorder if label.rater.startswith(RULED)]
    return {**told, "level": ruled[-1]} if ruled else told


def _blind(rater: str) -> str:
    """Who gave a label blind (see `calibrating.blind`); nothing for one that was not."""
    how, _, name = rater.partition(": ")
    return name if how.startswith("blind ") else ""

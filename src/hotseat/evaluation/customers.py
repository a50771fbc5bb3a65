"""Whether the embedded customer is worth practising with, measured over whole encounters.

Every persona, at every intensity, against every scripted trainee: each customer line is looked at
for what would spoil it (said twice, a slot showing, a fact let out early, a figure from nowhere,
giving in), and all of them together for length, variety, heat and voice.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from .. import catalog, encounter, llm
from ..domain import BANDS, INTENSITIES, Intensity, Noun, Persona, Record, Rubric
from ..laws import MAX_TURNS
from . import voices
from .flaws import Flaw, flaws
from .simulate import AT_ONCE, play
from .trainees import TRAINEES, Trainee


class Customers(Noun):
    """What was found over many encounters. `shape` is of all customer lines in the order played;
    `heat` is the mean heat of the lines of each band, hottest first, with `counts` lines each;
    `apart` says how well one line names its temperament, with names, figures and case words
    masked, in encounters not learnt from; `apart_unheard` the same for pieces nobody has said
    before: of each persona's written lines, half are learnt and the rest tried by threes."""

    encounters: int
    lines: int
    flaws: tuple[Flaw, ...]
    shape: voices.Shape
    heat: tuple[float, ...]
    counts: tuple[int, ...]
    apart: voices.Apart
    apart_unheard: voices.Apart

    @property
    def heat_in_order(self) -> bool:
        """Whether each band sounds hotter than the next cooler one."""
        return all(hot > cool for hot, cool in pairwise(self.heat))


REAL: Mapping[str, voices.Shape] = MappingProxyType(
    {
        "written complaints": voices.Shape(75, 20.2, 20, 27, 6.2, 0.909),
        "airline support": voices.Shape(713, 18.2, 17, 30, 8.8, 0.702),
    }
)
"""The shape of customers who are not ours, by the same measure: the customer turns of the gold
encounters (`evals/gold`, written for this project), and of 100 airline support trajectories
(tau-bench, MIT; the customer is a model with a person's task)."""


# ------------------------------------------------------------------ playing


async def played(
    personas: Iterable[Persona],
    rubric: Rubric,
    *,
    seeds: Sequence[int],
    intensities: Sequence[Intensity] = INTENSITIES,
    trainees: Iterable[Trainee] = tuple(TRAINEES.values()),
) -> list[Record]:
    """Every persona and scenario × intensity × trainee × seed, with the embedded engine in both
    seats; the same records every time. Six to eight encounters a second."""
    seats, at_once = llm.seats({}), asyncio.Semaphore(AT_ONCE)

    async def one(persona: Persona, id: str, hard: Intensity, by: Trainee, seed: int) -> Record:
        async with at_once:
            record = encounter.begin(
                persona, id, hard, rubric, trainee=by.id, seats=seats, seed=seed
            )
            return await play(record, by, seats, MAX_TURNS)

    trainees = tuple(trainees)
    return await asyncio.gather(
        *(
            one(persona, id, hard, by, seed)
            for persona in personas
            for id in persona.scenarios
            for hard in intensities
            for by in trainees
            for seed in seeds
        )
    )


# ------------------------------------------------------------------ to be read by a person

CAST: Mapping[str, tuple[Intensity, str]] = MappingProxyType(
    {
        "late_gift": ("standard", "steady"),
        "defect_again": ("strong", "brisk"),
        "cosmetic_discount": ("standard", "fixer"),
        "outage_rush": ("mild", "scripted"),
        "fourth_contact": ("standard", "brisk"),
        "hotel_vent": ("standard", "pleaser"),
        "expired_return": ("strong", "steady"),
        "billing_rage": ("standard", "wall"),
        "quiet_leaver": ("strong", "scripted"),
        "fee_confusion": ("mild", "fixer"),
    }
)
"""Who plays in the ten transcripts kept to be read: persona, intensity and scripted trainee."""


async def transcripts(personas: Mapping[str, Persona], rubric: Rubric) -> dict[str, str]:
    """Ten encounters as Markdown, by file name; the same text every time. Raises KeyError when
    a persona of the cast is not there."""
    texts: dict[str, str] = {}
    for id, (hard, by) in CAST.items():
        (record, *_) = await played(
            [personas[id]], rubric, seeds=[1], intensities=[hard], trainees=[TRAINEES[by]]
        )
        texts[f"{id}.md"] = _page(record, TRAINEES[by])
    return texts


def write(folder: Path | str, root: Path | str | None = None) -> list[Path]:
    """Write the ten transcripts to a folder, which is made if need be; the files written."""
    texts = asyncio.run(
        transcripts(catalog.personas(root), catalog.rubric("service_recovery", root))
    )
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (Path(folder) / name).write_text(text, encoding="utf-8")
    return [Path(folder) / name for name in texts]


def _page(record: Record, by: Trainee) -> str:
    someone = record.persona
    head = (
        f"# {someone.name}, {someone.temperament}: {record.scenario.title}\n\n"
        f"{record.intensity} intensity, seed {record.seed}. The trainee is `{by.id}`: {by.about}. "
        f"It ended: {(record.outcome or 'stopped').replace('_', ' ')}.\n"
    )
    names = {"customer": someone.name.split()[0], "trainee": "Trainee"}
    said = (f"**{names[turn.speaker]}:** {turn.text}\n" for turn in record.transcript)
    return "\n".join((head, *said))


# ------------------------------------------------------------------ all of them


def measured(records: Sequence[Record]) -> Customers:
    """What the customers of these records are like. Voices are learnt from every other encounter
    and tried on the rest. Raises ValueError without a record."""
    by_band: list[list[float]] = [[] for _ in BANDS]
    for record in records:
        for step in record.steps:
            if step.customer and step.direction:
                by_band[step.direction.band].append(voices.heat(step.customer.text))
    personas = {record.persona.id: record.persona for record in records}
    topics = topics_of(personas)
    halves: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
    turn: Counter[str] = Counter()
    for record in records:
        someone, temper = record.persona.id, record.persona.temperament
        side = halves[turn[someone] % 2]
        turn[someone] += 1
        side += [(temper, voices.masked(line, topics[someone])) for line in _spoken(record)]
    return Customers(
        encounters=len(records),
        lines=sum(len(_spoken(record)) for record in records),
        flaws=tuple(flaw for record in records for flaw in flaws(record)),
        shape=voices.shape([line for record in _shuffled(records) for line in _spoken(record)]),
        heat=tuple(round(sum(heats) / len(heats), 2) if heats else 0.0 for heats in by_band),
        counts=tuple(len(heats) for heats in by_band),
        apart=voices.told_apart(*halves),
        apart_unheard=voices.told_apart(*_written(personas, topics)),
    )


def _written(
    personas: Mapping[str, Persona], topics: Mapping[str, frozenset[str]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Every other written line of each persona to learn from, and the rest joined by threes, as
    long as a message is."""
    learnt: list[tuple[str, str]] = []
    tried: list[tuple[str, str]] = []
    for id, someone in personas.items():
        kept = [
            voices.masked(line, topics[id])
            for entry in someone.lines.values()
            for group in (entry.values() if isinstance(entry, dict) else (entry,))
            for line in group
            if "{{" not in line
        ]
        learnt += [(someone.temperament, line) for line in kept[::2]]
        rest = kept[1::2]
        threes = (rest[at : at + 3] for at in range(0, len(rest) - 2, 3))
        tried += [(someone.temperament, " ".join(three)) for three in threes]
    return learnt, tried


def _shuffled(records: Sequence[Record]) -> list[Record]:
    """The records in an order of chance, always the same, so that neighbours differ."""

    def chance(record: Record) -> bytes:
        key = f"{record.persona.id}/{record.intensity}/{record.trainee}/{record.seed}"
        return blake2b(key.encode(), digest_size=8).digest()

    return sorted(records, key=chance)


def _spoken(record: Record) -> list[str]:
    return [turn.text for turn in record.transcript if turn.speaker == "customer"]


def topics_of(personas: Mapping[str, Persona]) -> dict[str, frozenset[str]]:
    """For each persona the words of the case, from the texts that are not in the customer's own
    voice: brief, policy, sample phrases, facts."""
    neutral = {
        id: " ".join(
            f"{someone.name} {s.title} {s.brief} {s.happened} {s.policy} {s.phrases.values()} "
            f"{[h.fact for h in s.hides.values()]} {[n.want for n in s.needs.values()]}"
            for s in someone.scenarios.values()
        )
        for id, someone in personas.items()
    }
    return {id: voices.topic(text, list(neutral.values())) for id, text in neutral.items()}


def report(found: Customers) -> str:
    """The figures in plain text, for a terminal."""
    kinds = Counter(flaw.kind for flaw in found.flaws)
    lines = [f"{found.encounters} encounters, {found.lines} customer lines"]
    lines.append("flaws: " + (", ".join(f"{n} {kind}" for kind, n in kinds.items()) or "none"))
    lines += [
        f"  {f.persona} step {f.step}: {f.kind} {f.about!r}: {f.line}" for f in found.flaws[:20]
    ]
    lines.append("words a line (mean, median, 90%), a sentence; distinct-2")
    for name, s in {"our customers": found.shape, **REAL}.items():
        lines.append(
            f"  {name:20} {s.mean:5} {s.median:5g} {s.p90:5g} {s.sentence:5} {s.distinct_2:6}"
        )
    order = "in order" if found.heat_in_order else "NOT in order"
    lines.append(f"heat by mood ({order}):")
    lines += [
        f"  {band:10} {heat:5.2f} over {count} lines"
        for band, heat, count in zip(BANDS, found.heat, found.counts, strict=True)
    ]
    for what, a in {"heard": found.apart, "unheard": found.apart_unheard}.items():
        lines.append(
            f"temperament named from masked {what} lines: {a.accuracy:.0%} of {a.lines}, "
            f"chance {a.chance:.0%}, always the commonest {a.majority:.0%}"
        )
    return "\n".join(lines)

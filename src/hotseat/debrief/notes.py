"""One strength and one thing to change: chosen by weight, shown in the trainee's own words.

The same choice serves the coach after a single reply and the debrief after all of them, so that
the two never disagree. Nothing is both praised and blamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from .. import mood as moods
from .. import scoring
from ..domain import (
    Act,
    Coaching,
    Criterion,
    Instance,
    Level,
    Note,
    Persona,
    Record,
    Row,
    Rubric,
    Source,
    Step,
    Verdict,
)
from ..embedded.coaching import phrase
from ..laws import COLD, LAWS, NO_LAW
from ..llm import EMBEDDED
from .words import overlap, sentence, short, without

EXPECTED = frozenset({"composure", "professional_language", "policy_truth"})
"""Criteria every turn meets unless something goes wrong: that nothing did is no strength."""

NO_HELP = frozenset({"greeting", "thanks", "farewell", "checks_fit", "asks_new"})
"""Acts that are worth nothing alone: there is no strength in a reply that does no more."""

FIRST_IN_LINE = frozenset({"empathy", "listen"})
"""Sections praised first where two criteria weigh the same."""

BROKEN_BY: Mapping[str, str] = MappingProxyType(
    {
        "threat": "composure",
        "insult": "professional_language",
        "sensitive_request": "policy_truth",
        "overpromise": "policy_truth",
        "dumps": "escalation",
    }
)
"""The criterion to talk about first where an encounter is flagged for one of these acts."""

WORST_FIRST: tuple[Level, ...] = ("missed", "partly", "met")


class Point(NamedTuple):
    """One thing to say about a reply. `at` is the reply, by its place among the steps looked
    at (1-based), and the words; `why` is a sentence or more for the trainee; `coaching` is what a
    coach wrote to try instead, where one was asked."""

    criterion: Criterion
    at: Instance
    why: str
    coaching: Coaching | None = None


class Points(NamedTuple):
    """What stood out, and what to change. Either may be missing."""

    strength: Point | None
    priority: Point | None


def points(steps: Sequence[Step], rubric: Rubric, persona: Persona) -> Points:
    """One strength and one thing to change in these steps: one step for the coach, all of them
    for the debrief. What the persona is there to practise goes first among equals."""
    rows = [row for row in scoring.rows(steps, rubric) if not row.advisory]
    score = scoring.score(steps, rubric)
    broken = {*(BROKEN_BY.get(act.id, "") for act in score.autofails), *score.failed}
    lost = _priority(rows, frozenset(broken), persona)
    gained = _strength(rows, steps, lost, persona)
    return Points(
        strength=_point(gained, steps, rubric) if gained else None,
        priority=_point(lost, steps, rubric) if lost else None,
    )


def notes(record: Record, sources: Mapping[str, Source]) -> tuple[Note | None, Note | None]:
    """The strength and the thing to change of a whole encounter, each with its source."""
    strength, priority = points(record.steps, record.rubric, record.persona)
    praised = strength.at.quote if strength else ""
    return (
        _note(record, strength, "", sources) if strength else None,
        _note(record, priority, praised, sources) if priority else None,
    )


class _Found(NamedTuple):
    row: Row
    at: Instance


def _priority(rows: Sequence[Row], broken: frozenset[str], persona: Persona) -> _Found | None:
    """The criterion that cost most, in the worst reply for it, the earliest first.

    What flagged the encounter goes before what it cost in points, and so does conduct that
    broke down: nothing else is heard after it.
    """
    lost = [row for row in rows if row.value is not None and row.value < 1]
    if not lost:
        return None
    row = min(
        lost,
        key=lambda row: (
            row.criterion not in broken,
            not (row.criterion in EXPECTED and any(i.level == "missed" for i in row.instances)),
            -row.weight * (1 - (row.value or 0.0)),
            WORST_FIRST.index(row.level),
            row.criterion not in persona.skills,
        ),
    )
    return _Found(row, min(row.instances, key=lambda i: (WORST_FIRST.index(i.level), i.step)))


def _strength(
    rows: Sequence[Row], steps: Sequence[Step], lost: _Found | None, persona: Persona
) -> _Found | None:
    """The heaviest criterion with a reply that met it, and the quote that shows it best."""
    shown = [
        _Found(row, at)
        for row in rows
        if row.criterion not in EXPECTED
        for at in row.instances
        if at.level == "met" and at.quote
        if _helped(step := steps[at.step - 1]) and not _blamed(at, step, lost)
    ]
    return min(
        shown,
        key=lambda found: (
            lost is not None and found.row.criterion == lost.row.criterion,
            found.row.level != "met",
            -found.row.weight,
            found.row.criterion not in persona.skills,
            found.row.section.lower() not in FIRST_IN_LINE,
            -len(short(found.at.quote)),
        ),
        default=None,
    )


def _blamed(at: Instance, step: Step, lost: _Found | None) -> bool:
    """Whether the words of a strength also did harm, or are the words to change."""
    text = step.trainee.text
    if lost and lost.at.step == at.step and overlap(text, at.quote, lost.at.quote):
        return True
    acts = step.reading.acts if step.reading else ()
    return any(_hurts(act) and overlap(text, at.quote, act.quote) for act in acts)


def _helped(step: Step) -> bool:
    """Whether a reply did anything for the customer: empty and off-topic ones do not. Once they
    have accepted, a kind word is enough."""
    if step.reading is None or not isinstance(step.verdict, Verdict):
        return False
    seen = moods.seen_by_judge(step.reading, step.verdict)
    if any(act.id in ("nothing_said", "off_task") for act in seen.acts):
        return False
    accepted = step.mood_now is not None and step.mood_now.accepted
    return (
        accepted
        or any(not sign.startswith("rises/") for sign in seen.signs)
        or any(not (act.id in NO_HELP | COLD or _hurts(act)) for act in seen.acts)
    )


def _hurts(act: Act) -> bool:
    return LAWS.get(act.id, NO_LAW).hurts and act.id not in COLD


def _point(found: _Found, steps: Sequence[Step], rubric: Rubric) -> Point:
    criterion, at = rubric.criterion(found.row.criterion), found.at
    if at.level == "met":
        return Point(criterion, at, criterion.praise)
    verdict = steps[at.step - 1].verdict
    own = at.why if isinstance(verdict, Verdict) and verdict.engine != EMBEDDED else ""
    said = (criterion.lack, sentence(own), criterion.advice)
    why = " ".join(part for part in said if part)
    return Point(criterion, at, why, coaching(steps[at.step - 1], criterion.id))


def coaching(step: Step, criterion: str) -> Coaching | None:
    """What a coach wrote about this criterion of this reply, and who it was; None where the
    embedded phrase is what there is to show."""
    written = step.coaching
    return written if written and written.criterion == criterion else None


def _note(record: Record, point: Point, praised: str, sources: Mapping[str, Source]) -> Note:
    """A point with its source. A miss has no words of its own: the reply is quoted then, less
    what is `praised`."""
    criterion, at = point.criterion, point.at
    reply = record.steps[at.step - 1].trainee.text
    written = point.coaching
    instead = written.try_instead if written else phrase(criterion, record.scenario.phrases)
    return Note(
        criterion=criterion.id,
        title=criterion.title,
        level=at.level,
        step=at.step,
        quote=short(at.quote or without(reply, praised)),
        why=point.why,
        source=best_source(criterion, at.level, sources),
        try_instead="" if at.level == "met" else instead,
    )


def best_source(criterion: Criterion, level: Level, sources: Mapping[str, Source]) -> Source:
    """The one passage to show for a criterion. One whose passages are gone names the rubric's
    own wording instead."""
    return next(
        iter(passages(criterion, level, sources)),
        Source(
            ref=criterion.sources[0],
            document=criterion.section,
            quote=criterion.title[:200],
            stage="any",
            observable="turn",
            criterion=criterion.id,
        ),
    )


def passages(
    criterion: Criterion, level: Level, sources: Mapping[str, Source]
) -> tuple[Source, ...]:
    """The passages behind a criterion in the rubric's order, warnings (`avoid`) last where there
    is nothing to warn of."""
    known = [sources[ref] for ref in criterion.sources if ref in sources]
    return tuple(sorted(known, key=lambda source: source.avoid and level == "met"))

"""One strength and one thing to change: chosen by weight, shown in the trainee's own words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..domain import Criterion, Instance, Level, Note, Record, Row, Score, Source, Verdict
from .words import short

EXPECTED = frozenset({"composure", "professional_language", "policy_truth"})
"""Criteria every turn meets unless something goes wrong: praised only when nothing else can be."""

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

NEAREST: Mapping[str, str] = MappingProxyType(
    {
        "policy_truth": "positive_framing",
        "composure": "acknowledge_feelings",
        "professional_language": "listen_fully",
    }
)
"""Where a scenario has no sample phrase for a criterion, the one to try instead."""

WORST_FIRST: tuple[Level, ...] = ("missed", "partly", "met")


def strength(record: Record, rows: tuple[Row, ...], sources: Mapping[str, Source]) -> Note | None:
    """The heaviest criterion with a turn that met it, and the quote that shows it best."""
    met = [row for row in rows if any(i.level == "met" and i.quote for i in row.instances)]
    if not met:
        return None
    row = min(
        met,
        key=lambda row: (
            row.criterion in EXPECTED,
            row.level != "met",
            -row.weight,
            row.section.lower() not in FIRST_IN_LINE,
        ),
    )
    shown = [i for i in row.instances if i.level == "met" and i.quote]
    return _note(record, row, max(shown, key=lambda i: len(short(i.quote))), sources)


def priority(
    record: Record, rows: tuple[Row, ...], score: Score, sources: Mapping[str, Source]
) -> Note | None:
    """The criterion that cost most, and the turn to change: the worst one, earliest first.

    What flagged the encounter goes before what it cost in points.
    """
    lost = [row for row in rows if row.value is not None and row.value < 1]
    if not lost:
        return None
    flagged = {BROKEN_BY.get(act.id) for act in score.autofails}
    row = min(
        lost,
        key=lambda row: (
            row.criterion not in flagged,
            -row.weight * (1 - (row.value or 0.0)),
            WORST_FIRST.index(row.level),
        ),
    )
    at = min(row.instances, key=lambda i: (WORST_FIRST.index(i.level), i.step))
    return _note(record, row, at, sources)


def _note(record: Record, row: Row, at: Instance, sources: Mapping[str, Source]) -> Note:
    criterion = record.rubric.criterion(row.criterion)
    reply = record.steps[at.step - 1].trainee.text
    phrases = record.scenario.phrases
    instead = phrases.get(criterion.id) or phrases.get(NEAREST.get(criterion.id, ""))
    return Note(
        criterion=criterion.id,
        title=criterion.title,
        level=at.level,
        step=at.step,
        quote=short(at.quote or reply),
        why=_why(record, criterion, at),
        source=best_source(criterion, at.level, sources),
        try_instead="" if at.level == "met" else instead or criterion.examples.met,
    )


def _why(record: Record, criterion: Criterion, at: Instance) -> str:
    """The judge's own reason, or the check that decided: the hardest one passed for a strength,
    the first one failed for a thing to change."""
    if at.why:
        return at.why
    if at.level == "met":
        return f"{criterion.checks[-1].ask} Yes."
    verdict = record.steps[at.step - 1].verdict
    answers = verdict.grades[criterion.id].checks if isinstance(verdict, Verdict) else {}
    failed = [check.ask for check in criterion.checks if not answers.get(check.id, False)]
    return f"{failed[0]} Not yet." if failed else criterion.advice


def best_source(criterion: Criterion, level: Level, sources: Mapping[str, Source]) -> Source:
    """The passage behind a criterion: the first the rubric names, warnings (`avoid`) only for
    a miss. A criterion whose passages are gone names the rubric's own wording instead."""
    known = [sources[ref] for ref in criterion.sources if ref in sources]
    fits = [source for source in known if not (source.avoid and level == "met")]
    return next(
        iter(fits + known),
        Source(
            ref=criterion.sources[0],
            document=criterion.section,
            quote=criterion.title[:200],
            stage="any",
            observable="turn",
            criterion=criterion.id,
        ),
    )

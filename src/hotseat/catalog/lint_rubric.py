"""What a rubric and its sources should be beyond their types: scores that add up and trace back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ..domain import Rubric, Source
from . import lint_wording
from .problems import Found, Problem, did_you_mean, write

CHECK_WORDS = 30
QUOTE_WORDS = 12


def lint(one: Rubric, file: str, known: Mapping[str, Source] | None) -> list[Problem]:
    """Everything about a rubric that would make its scores wrong or unexplained.

    `known` are the sources by ref; None when they could not be read, and then nothing is said
    about them.
    """
    found = [*_weights(one), *_criteria(one), *lint_wording.wording(one), *_passages(one)]
    if known is not None:
        found += _sources(one, one.with_passages(known))
    return [Problem(file, *rest) for rest in found]


def _weights(one: Rubric) -> Iterator[Found]:
    total = sum(section.weight for section in one.sections)
    if not _same(total, 100):
        yield "sections", f"the weights add up to {total:g}, not 100", "change a section's weight"
    for title, times in Counter(section.title for section in one.sections).items():
        if times > 1:
            yield "sections", f"'{title}' is here {times} times", "keep one of them"
    titles = [section.title for section in one.sections]
    for section in one.sections:
        inside = sum(c.weight for c in one.criteria if c.section == section.title)
        if not _same(inside, section.weight):
            problem = f"its criteria add up to {inside:g}, not {section.weight:g}"
            yield f"sections.{section.title}", problem, "change the weight of one of them"
    for criterion in one.criteria:
        if criterion.section not in titles:
            name = criterion.section
            problem = f"no section is called '{name}'{did_you_mean(name, titles)}"
            fix = write(name, titles, f"use one of {', '.join(titles)}")
            yield f"criteria.{criterion.id}.section", problem, fix


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6


def _criteria(one: Rubric) -> Iterator[Found]:
    for id, times in Counter(criterion.id for criterion in one.criteria).items():
        if times > 1:
            yield f"criteria.{id}", f"is here {times} times", "give each criterion its own id"
    for criterion in one.criteria:
        place = f"criteria.{criterion.id}"
        for id, times in Counter(check.id for check in criterion.checks).items():
            if times > 1:
                yield f"{place}.checks.{id}", f"is here {times} times", "give each its own id"
        for check in criterion.checks:
            if check.ask.count("?") != 1:
                problem = f"has {check.ask.count('?')} question marks"
                yield f"{place}.checks.{check.id}", problem, "ask one yes/no question"
            if (words := len(check.ask.split())) > CHECK_WORDS:
                problem = f"{words} words; at most {CHECK_WORDS}: it may be asking two things"
                yield f"{place}.checks.{check.id}", problem, "split it, or shorten it"
        given = [criterion.examples.met, criterion.examples.partly, criterion.examples.missed]
        if len({" ".join(example.casefold().split()) for example in given}) < 3:
            fix = "write three replies that differ"
            yield f"{place}.examples", "two of the examples are the same", fix


def _sources(one: Rubric, known: Mapping[str, Source]) -> Iterator[Found]:
    for criterion in one.criteria:
        place = f"criteria.{criterion.id}.sources"
        for ref in criterion.sources:
            if ref not in known:
                problem = f"no source {ref}{did_you_mean(ref, known)}"
                yield place, problem, "name a ref of sources.yaml"
            elif known[ref].criterion != criterion.id:
                problem = f"{ref} belongs to {known[ref].criterion or 'no criterion'}"
                yield place, problem, "change it here or in sources.yaml"


def _passages(one: Rubric) -> Iterator[Found]:
    """A rubric's own sources; those of a document are told apart from everybody else's by name."""
    ids = [criterion.id for criterion in one.criteria]
    for ref, times in Counter(passage.ref for passage in one.passages).items():
        if times > 1:
            yield f"passages.{ref}", f"is here {times} times", "give each passage its own ref"
    for passage in one.passages:
        place = f"passages.{passage.ref}"
        if not passage.ref.startswith(f"{passage.document}."):
            fix = f"write '{passage.document}.1', or the next number that is free"
            yield f"{place}.ref", "does not begin with its document's name and a dot", fix
        if (words := len(passage.quote.split())) > QUOTE_WORDS:
            problem = f"{words} words; at most {QUOTE_WORDS}"
            yield f"{place}.quote", problem, "keep the few words that point to the place"
        if passage.criterion not in ids:
            name = passage.criterion or "(none)"
            problem = f"no criterion is called '{name}'{did_you_mean(name, ids)}"
            yield f"{place}.criterion", problem, "name a criterion of this rubric"


def lint_sources(
    known: Mapping[str, Source], file: str, criteria: frozenset[str] | None
) -> list[Problem]:
    """Everything wrong with the behaviours that the criteria rest on."""
    found: list[Found] = []
    for ref, source in known.items():
        if (words := len(source.quote.split())) > QUOTE_WORDS:
            problem = f"{words} words; at most {QUOTE_WORDS}"
            found.append((f"{ref}.quote", problem, "keep the few words that point to the place"))
        if (source.criterion is None) == (source.unscored is None):
            problem = "needs a criterion, or a reason under unscored, and not both"
            found.append((ref, problem, "keep one of the two"))
        if criteria is not None and source.criterion and source.criterion not in criteria:
            name = source.criterion
            problem = f"no criterion is called '{name}'{did_you_mean(name, criteria)}"
            fix = write(name, criteria, "name a criterion of a rubric")
            found.append((f"{ref}.criterion", problem, fix))
    return [Problem(file, *rest) for rest in found]

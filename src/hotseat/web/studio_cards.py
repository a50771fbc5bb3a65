"""A rubric as its editor shows it: sections with their sums, and one criterion as a form. Read
from the plain values of a text, so that a draft with mistakes in it can be mended here. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from ..catalog.problems import Problem
from .studio_form import Field, Form, Group, Reader, Values

AGGREGATIONS = (
    ("mean", "the average counts"),
    ("once", "the best reply counts"),
    ("worst", "any lapse counts"),
)
YES_NO = (("false", "no"), ("true", "yes: for a person to confirm"))
LEAST_CHECKS, MOST_CHECKS = 2, 4


class Row(NamedTuple):
    """One criterion in the list. `share` is its weight as a part of the heaviest's, 0 to 1."""

    id: str
    title: str
    weight: str
    share: float
    auto_fail: bool
    wrong: int


class Part(NamedTuple):
    """A section: what it should weigh, and what its criteria weigh together."""

    title: str
    weight: str
    sum: str
    right: bool
    rows: Sequence[Row]


class Sums(NamedTuple):
    """Every section, and all of them together."""

    parts: Sequence[Part]
    total: str
    right: bool


class Card(NamedTuple):
    """One criterion, opened. `checks` are (id, field) pairs; `first` and `last` within its
    section, where it moves no further."""

    id: str
    title: str
    form: Form
    checks: Sequence[tuple[str, Field]]
    sources: Sequence[str]
    first: bool
    last: bool

    @property
    def more(self) -> bool:
        return len(self.checks) < MOST_CHECKS

    @property
    def fewer(self) -> bool:
        return len(self.checks) > LEAST_CHECKS


# ------------------------------------------------------------------ the list


def sums(values: Values, problems: Iterable[Problem]) -> Sums:
    """The sections of a rubric in their order, with what does not belong to any last."""
    criteria = listed(values, "criteria")
    wrong = [belongs(problem.place, values) for problem in problems]
    sections = listed(values, "sections")
    titles = [told(section, "title") for section in sections]
    most = max((_number(criterion, "weight") for criterion in criteria), default=0.0) or 1.0
    inside = [[c for c in criteria if _in(c) == title] for title in titles]
    parts = [
        _part(title, told(section, "weight"), its, wrong, most)
        for title, section, its in zip(titles, sections, inside, strict=True)
    ]
    if strays := [c for c in criteria if _in(c) not in titles]:
        parts.append(_part("In no section", "0", strays, wrong, most))
    total = sum(_number(criterion, "weight") for criterion in criteria)
    return Sums(parts, f"{total:g}", abs(total - 100) < 1e-6)


def _part(
    title: str, weight: str, inside: Sequence[Values], wrong: Sequence[str], most: float
) -> Part:
    total = sum(_number(criterion, "weight") for criterion in inside)
    rows = [
        Row(
            id=told(criterion, "id"),
            title=told(criterion, "title") or told(criterion, "id"),
            weight=told(criterion, "weight"),
            share=max(0.0, min(1.0, _number(criterion, "weight") / most)),
            auto_fail=told(criterion, "auto_fail") == "true",
            wrong=wrong.count(told(criterion, "id")),
        )
        for criterion in inside
    ]
    right = abs(total - _as_number(weight)) < 1e-6
    return Part(title, weight, f"{total:g}", right, rows)


def belongs(place: str, values: Values) -> str:
    """The criterion a problem is about; empty for one of the whole rubric."""
    return match[1] if (match := re.match(r"criteria\.([\w-]+)", by_id(place, values))) else ""


def by_id(place: str, values: Values) -> str:
    """A place with criteria and checks named by their ids: `criteria[3].title` as a form has it."""
    criteria = listed(values, "criteria")
    match = re.match(r"criteria\[(\d+)\]", place)
    if match and int(match[1]) < len(criteria):
        criterion = criteria[int(match[1])]
        place = f"criteria.{told(criterion, 'id')}{place[match.end() :]}"
    inside = re.match(r"criteria\.([\w-]+)\.checks\[(\d+)\]", place)
    if inside:
        checks = listed(named(criteria, inside[1]), "checks")
        if int(inside[2]) < len(checks):
            id = told(checks[int(inside[2])], "id")
            place = f"criteria.{inside[1]}.checks.{id}{place[inside.end() :]}"
    return place


# ------------------------------------------------------------------ one criterion


def card(values: Values, id: str) -> Card | None:
    """One criterion as a form; None where there is none of this name."""
    criteria = listed(values, "criteria")
    at = next((n for n, criterion in enumerate(criteria) if told(criterion, "id") == id), None)
    if at is None:
        return None
    one = Reader(values, f"criteria[{at}].")
    titles = [told(section, "title") for section in listed(values, "sections")]
    form = _form(one, [(title, title) for title in titles])
    checks = listed(criteria[at], "checks")
    asks = [
        (
            told(check, "id"),
            one.text(f"checks[{n}].ask", f"Check {n + 1}")._replace(
                place=f"criteria.{id}.checks.{told(check, 'id')}.ask"
            ),
        )
        for n, check in enumerate(checks)
    ]
    found = criteria[at].get("sources")
    refs = cast("list[Any]", found) if isinstance(found, list) else []
    inside = [told(c, "id") for c in criteria if _in(c) == _in(criteria[at])]
    form = form._replace(
        groups=[
            group._replace(
                fields=[
                    field._replace(place=field.place.replace(f"criteria[{at}]", f"criteria.{id}"))
                    for field in group.fields
                ]
            )
            for group in form.groups
        ]
    )
    return Card(
        id=id,
        title=told(criteria[at], "title") or id,
        form=form,
        checks=asks,
        sources=[str(ref) for ref in refs],
        first=inside[0] == id,
        last=inside[-1] == id,
    )


def _yes_no(one: Reader, place: str, label: str) -> Field:
    """A yes or no that is no where nothing is written."""
    choice = one.choice(place, label, YES_NO)
    return choice if choice.value else choice._replace(value="false", options=YES_NO)


def _form(one: Reader, sections: Sequence[tuple[str, str]]) -> Form:
    auto_fail = _yes_no(one, "auto_fail", "One miss flags the whole encounter")
    advisory = _yes_no(one, "advisory", "Advisory: graded and shown, in no score")
    groups = (
        Group(
            "What it is",
            (
                one.line("title", "Title", "An instruction of a few words, as trainees read it."),
                one.text(
                    "due_when",
                    "When it is due",
                    "In which replies it can be asked for at all. Elsewhere it is not due, "
                    "and costs nothing.",
                ),
            ),
        ),
        Group(
            "What it counts for",
            (
                one.number("weight", "Weight", "Points of 100; at 0 it is graded, not counted."),
                one.choice("section", "Section", sections),
                one.choice("aggregation", "Over an encounter", AGGREGATIONS),
                auto_fail,
                advisory,
            ),
        ),
        Group(
            "Examples",
            (
                one.text("examples.met", "Met", "A reply of which every check is a yes."),
                one.text("examples.partly", "Partly", "Some are a yes."),
                one.text("examples.missed", "Missed", "None is."),
            ),
        ),
        Group(
            "What the trainee reads",
            (
                one.text("praise", "Where it was met"),
                one.text("lack", "Where it was not"),
                one.text("advice", "What to do", "One or two sentences to act on."),
            ),
        ),
    )
    return Form("", groups)


def whole(values: Values) -> Form:
    """What is not of any one criterion: title, pass mark, sections."""
    at = Reader(values)
    sections = listed(values, "sections")
    weights = tuple(
        at.number(f"sections[{n}].weight", told(section, "title") or str(n + 1))
        for n, section in enumerate(sections)
    )
    mark = at.number("passes_at", "Pass mark", "From this score on it is a pass.")
    if not mark.value:
        mark = mark._replace(value="60")
    first = Group("The rubric", (at.line("title", "Title"), mark))
    return Form("", (first, Group("What each section weighs, 100 in all", weights)))


# ------------------------------------------------------------------ values


def listed(values: Mapping[str, Any], key: str) -> list[Values]:
    """The groups of a list; what is no group is passed over."""
    found = values.get(key)
    items = cast("list[Any]", found) if isinstance(found, list) else []
    return [cast("Values", item) for item in items if isinstance(item, Mapping)]


def named(items: Iterable[Values], id: str) -> Values:
    """The group with this id; an empty one where there is none."""
    nothing: Values = {}
    return next((item for item in items if told(item, "id") == id), nothing)


def told(values: Values, key: str) -> str:
    """The text under a key; empty where there is none."""
    found = values.get(key)
    return found if isinstance(found, str) else ""


def _in(criterion: Values) -> str:
    return told(criterion, "section")


def _number(values: Values, key: str) -> float:
    return _as_number(told(values, key))


def _as_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0

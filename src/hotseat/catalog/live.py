"""Checking a text that is not on disk yet, as a trainer types it: the same problems, in the same
words, as `check` tells of a file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from ..domain import Kind, Persona, Rubric
from ..errors import ContentError
from . import content_root, lint_persona, lint_rubric, rubrics, sources, strict
from .mend import mended
from .problems import Problem, explain, within


class Checked(NamedTuple):
    """What a text amounts to: the noun where it can be used, and everything wrong with it."""

    noun: Persona | Rubric | None
    problems: list[Problem]


def path(kind: Kind, name: str, root: Path | str | None = None) -> Path:
    """Where a content file of this name lies. The name must be a slug: nothing else is a file
    of ours, and the passages of the documents are no rubric. Raises ContentError for anything
    else, and without a folder."""
    if not name or not all(c.isascii() and (c.isalnum() or c in "-_") for c in name):
        raise ContentError(
            f"{name!r} is no name for a file", fix="small letters, digits, - and _ only"
        )
    if (kind, name) == ("rubric", "sources"):
        raise ContentError("these are the sources, and no rubric", place="rubrics/sources.yaml")
    return content_root(root) / f"{kind}s" / f"{name}.yaml"


def checked(kind: Kind, name: str, text: str, root: Path | str | None = None) -> Checked:
    """Read and lint one text as if it were the file of that name. Never raises for what is in
    the text; raises ContentError without a content folder."""
    file = f"{kind}s/{name}.yaml"
    values, problems = strict.read_bytes(text.encode(), file)
    if problems:
        return Checked(None, problems)
    if kind == "persona":
        model, lint = Persona, _lint_persona
    else:
        model, lint = Rubric, _lint_rubric
    noun: Persona | Rubric | None = None
    try:
        noun = model.model_validate(values)
    except ValidationError as error:
        problems = explain(error, model.model_json_schema(), file)
    whole = noun or mended(model, values)
    if whole:
        told = [problem.place for problem in problems]
        problems += [
            problem
            for problem in lint(whole, file, root)
            if not any(within(problem.place, at) for at in told)
        ]
        if whole.id != name and "id" not in told:
            fix = f"write '{name}', or save it under the name '{whole.id}'"
            problems.append(Problem(file, "id", f"is '{whole.id}', but the file is {name}", fix))
    return Checked(noun, problems)


def _lint_persona(noun: Persona | Rubric, file: str, root: Path | str | None) -> list[Problem]:
    assert isinstance(noun, Persona)
    try:
        ids = frozenset(c.id for rubric in rubrics(root).values() for c in rubric.criteria)
    except ContentError:  # a broken rubric is told of where it is edited
        ids = None
    return lint_persona.lint(noun, file, ids)


def _lint_rubric(noun: Persona | Rubric, file: str, root: Path | str | None) -> list[Problem]:
    assert isinstance(noun, Rubric)
    try:
        known = sources(root)
    except ContentError:
        known = None
    return lint_rubric.lint(noun, file, known)

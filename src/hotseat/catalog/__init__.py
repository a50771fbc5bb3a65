"""Find, read, check and fingerprint personas, rubrics and sources.

Content is YAML that trainers write, so every mistake is told with its file, place, problem and
fix, and all mistakes at once. Reading says whether a file can be used; `check` also lints it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from ..domain import ACTS, MOVES, Noun, Persona, Rubric, Source
from ..errors import ContentError
from . import lint_lines, lint_persona, lint_rubric, strict
from .mend import mended
from .problems import Problem, did_you_mean, explain, within

ENV = "HOTSEAT_CONTENT"

N = TypeVar("N", bound=Noun)


# ------------------------------------------------------------------ finding


def content_root(root: Path | str | None = None) -> Path:
    """The folder that holds `personas/` and `rubrics/`.

    Looked for in this order: `root`; the folder named by HOTSEAT_CONTENT; the checkout this
    code runs from; the content installed with the package. A folder that was named must have
    the content: it is never passed over for the next. Raises ContentError.
    """
    package = Path(__file__).resolve().parents[1]
    if root is not None:
        places, fix = [Path(root)], "name a folder that has both"
    elif named := os.environ.get(ENV, "").strip():
        places = [Path(named).expanduser()]
        fix = f"point {ENV} at a folder that has both, or unset it"
    else:
        places = [package.parents[1], package / "content"]
        fix = f"install hotseat again, or point {ENV} at a folder that has both"
    for place in places:
        if (place / "personas").is_dir() and (place / "rubrics").is_dir():
            return place
    missing = f"no personas/ and rubrics/ in {' or '.join(map(str, places))}"
    raise ContentError(missing, place="content", fix=fix)


def _files(root: Path, folder: str) -> list[Path]:
    """The content files of a folder, by name; what an editor leaves lying about is not content."""
    return sorted(
        path
        for path in (root / folder).glob("*.yaml")
        if not path.name.startswith(".") and path.name != "sources.yaml"
    )


# ------------------------------------------------------------------ reading


def load_yaml(path: Path) -> dict[str, Any]:
    """A YAML file read strictly: text, lists and mappings only, and every scalar stays text.

    Refused: anchors and aliases, tags, duplicate keys, a second document, more than 256 KiB,
    anything but UTF-8. Raises ContentError that lists every problem.
    """
    values, problems = strict.read(path, f"{path.parent.name}/{path.name}")
    if problems:
        raise _error(problems)
    return values


def _noun(model: type[N], values: dict[str, Any], file: str) -> tuple[N | None, list[Problem]]:
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, explain(error, model.model_json_schema(), file)


def _load(model: type[N], path: Path) -> tuple[N | None, list[Problem]]:
    """One file as a noun, or what is wrong with it. Its id must be the name of the file."""
    file = f"{path.parent.name}/{path.name}"
    values, problems = strict.read(path, file)
    if problems:
        return None, problems
    noun, problems = _noun(model, values, file)
    if noun and (given := str(getattr(noun, "id", path.stem))) != path.stem:
        return None, [_misnamed(path, file, given)]
    return noun, problems


def _misnamed(path: Path, file: str, given: str) -> Problem:
    problem = f"is '{given}', but the file is called {path.name}"
    return Problem(file, "id", problem, f"write '{path.stem}', or rename the file")


def _load_all(model: type[N], paths: Iterable[Path]) -> tuple[dict[str, N], list[Problem]]:
    nouns: dict[str, N] = {}
    problems: list[Problem] = []
    for path in paths:
        noun, wrong = _load(model, path)
        problems += wrong
        if noun:
            nouns[path.stem] = noun
    return nouns, problems


def _load_sources(root: Path) -> tuple[dict[str, Source], list[Problem]]:
    """`rubrics/sources.yaml` maps each ref to the rest of its Source."""
    file = "rubrics/sources.yaml"
    values, problems = strict.read(root / file, file)
    found: dict[str, Source] = {}
    for ref, rest in values.items():
        body = cast("dict[str, Any]", rest) if isinstance(rest, dict) else {}
        source, wrong = _noun(Source, {**body, "ref": ref}, file)
        problems += [p._replace(place=f"{ref}.{p.place}") for p in wrong]
        if source:
            found[ref] = source
    return found, problems


def _error(problems: list[Problem]) -> ContentError:
    """One error that tells every problem."""
    if len(problems) == 1:
        only = problems[0]
        place = f"{only.file}: {only.place}" if only.place else only.file
        return ContentError(only.problem, place=place, fix=only.fix)
    return ContentError("\n".join(map(str, problems)))


# ------------------------------------------------------------------ the nouns


def personas(root: Path | str | None = None) -> dict[str, Persona]:
    """Every persona by id. Raises ContentError that lists every problem of every file."""
    found, problems = _load_all(Persona, _files(content_root(root), "personas"))
    if problems:
        raise _error(problems)
    return found


def rubrics(root: Path | str | None = None) -> dict[str, Rubric]:
    """Every rubric by id. Raises ContentError that lists every problem of every file."""
    found, problems = _load_all(Rubric, _files(content_root(root), "rubrics"))
    if problems:
        raise _error(problems)
    return found


def sources(root: Path | str | None = None) -> dict[str, Source]:
    """Every behaviour of the how-to documents by ref. Raises ContentError."""
    found, problems = _load_sources(content_root(root))
    if problems:
        raise _error(problems)
    return found


def persona(id: str, root: Path | str | None = None) -> Persona:
    """One persona; the other files are not read. Raises ContentError."""
    return _one(Persona, id, "personas", root)


def rubric(id: str, root: Path | str | None = None) -> Rubric:
    """One rubric; the other files are not read. Raises ContentError."""
    return _one(Rubric, id, "rubrics", root)


def _one(model: type[N], id: str, folder: str, root: Path | str | None) -> N:
    paths = {path.stem: path for path in _files(content_root(root), folder)}
    if id not in paths:
        problem = f"nothing called '{id}'{did_you_mean(id, paths)}"
        fix = f"choose one of {', '.join(paths) or '(the folder is empty)'}"
        raise ContentError(problem, place=f"{folder}/", fix=fix)
    noun, problems = _load(model, paths[id])
    if noun is None:
        raise _error(problems)
    return noun


def fingerprint(noun: Noun) -> str:
    """SHA-256, in hex, of a noun's canonical JSON: the same content, the same fingerprint."""
    content = json.dumps(
        noun.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(content.encode()).hexdigest()


# ------------------------------------------------------------------ checking


def check(root: Path | str | None = None) -> list[Problem]:
    """Everything wrong with the content, file by file. Raises ContentError without a folder."""
    root = content_root(root)
    known, problems = _load_sources(root)
    whole = not problems
    ours, wrong = _load_all(Rubric, _files(root, "rubrics"))
    problems += wrong
    everyone, wrong_personas = _load_all(Persona, _files(root, "personas"))
    # a file that cannot be read would make everything that names its content look wrong
    ids = frozenset(criterion.id for one in ours.values() for criterion in one.criteria)
    criteria = ids if ours and not wrong else None
    problems += lint_rubric.lint_sources(known, "rubrics/sources.yaml", criteria)
    for id, one in ours.items():
        problems += lint_rubric.lint(one, f"rubrics/{id}.yaml", known if whole else None)
    problems += wrong_personas
    problems += lint_lines.bank(Path(__file__).resolve().parents[1] / "embedded" / "lines.yaml")
    for path in _files(root, "personas"):
        file = f"personas/{path.name}"
        whole_one, told = everyone.get(path.stem), [p.place for p in problems if p.file == file]
        someone = whole_one or mended(Persona, strict.read(path, file)[0])
        if someone:
            found = lint_persona.lint(someone, file, criteria)
            problems += [p for p in found if not any(within(p.place, at) for at in told)]
            if not whole_one and someone.id != path.stem and "id" not in told:
                problems.append(_misnamed(path, file, someone.id))
    for folder in ("personas", "rubrics"):
        problems += [
            Problem(f"{folder}/{path.name}", "", "is not read", "let its name end in .yaml")
            for path in sorted((root / folder).glob("*.yml"))
        ]
        if not _files(root, folder):
            fix = "add one whose name ends in .yaml"
            problems.append(Problem(f"{folder}/", "", "nothing to read", fix))
    return sorted(problems, key=lambda problem: problem.file)


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON schemas by which an editor completes and checks a persona or a rubric."""
    made = {"persona": Persona.model_json_schema(), "rubric": Rubric.model_json_schema()}
    made["persona"]["properties"]["lines"]["propertyNames"] = {"enum": [*ACTS, *MOVES]}
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        for name, schema in made.items()
    }


def write_schemas(root: Path | str | None = None) -> list[Path]:
    """Write `personas/schema/persona.json` and `rubrics/schema/rubric.json`; the files written."""
    written: list[Path] = []
    for name, schema in schemas().items():
        path = content_root(root) / f"{name}s" / "schema" / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written

"""What is wrong with a content file, told to the trainer who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

Schema = Mapping[str, Any]

FIXES: Mapping[str, str] = MappingProxyType(
    {
        "accepts_when": "say in one sentence when the customer takes what is offered",
        "advice": "write one or two sentences that a trainee can act on",
        "aggregation": "write mean, once or worst",
        "brief": "write role, record and may_offer, 90 words at most",
        "checks": "write two to four yes/no questions",
        "due_when": "say in which replies the criterion can be asked for at all",
        "fact": "write what the customer keeps back",
        "fault": "write ours, shared, theirs or unknown",
        "happened": "write in a sentence or two what really happened",
        "may_offer": "list what the trainee may offer",
        "needs": "write at least one thing the customer must be given before they can accept",
        "opening": "write at least two different first messages",
        "phrases": "write a sample phrase for each criterion that this scenario calls for",
        "policy": "say what the trainee may offer",
        "sign": "write a criterion id, an act id, or a list of cues",
        "walks_when": "say in one sentence when the customer gives up",
        "when": "write a yes/no question about the trainee's reply",
    }
)
"""What to write where a key is missing; any other key is described from its type."""


class Problem(NamedTuple):
    """One thing wrong with a content file. `place` is a dotted path or a line; it may be empty."""

    file: str
    place: str
    problem: str
    fix: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: {self.problem}\n  fix: {self.fix}"


Found = tuple[str, str, str]
"""A problem before its file is known: place, problem and fix."""


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant, or None when nothing is near."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    return found[0] if found else None


def write(word: str, known: Iterable[str], otherwise: str) -> str:
    """The fix for a misspelt word: the word that was meant, or what to do otherwise."""
    near = closest(word, known)
    return f"write '{near}'" if near else otherwise


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'policy'?`, or nothing when no known word is near."""
    near = closest(word, known)
    return f"; did you mean '{near}'?" if near else ""


def within(place: str, at: str) -> bool:
    """Whether a place is at or inside another, or holds it."""
    return place == at or place.startswith((f"{at}.", f"{at}[")) or at.startswith(f"{place}.")


def explain(error: ValidationError, schema: Schema, file: str) -> list[Problem]:
    """Pydantic's errors in a trainer's words, one problem a place, in the order of the file.

    `schema` is the JSON schema of the model that refused the file: it says what was expected.
    """
    found: dict[str, Problem] = {}
    meant: set[str] = set()
    for raw in error.errors(include_url=False):
        place, node, parent = locate(raw["loc"], schema)
        if raw["type"] == "extra_forbidden":
            name = str(raw["loc"][-1])
            meant.add(f"{place.removesuffix(name)}{closest(name, _part(parent, 'properties'))}")
        found.setdefault(place, _problem(file, place, node, parent, cast("dict[str, Any]", raw)))
    return [
        problem
        for place, problem in found.items()
        # a misspelt key is one mistake, not an unknown key and a missing one
        if not (problem.problem == "missing" and place in meant)
        # where one reading of a value got further than another, its complaint is the useful one
        and not any(other.startswith((f"{place}.", f"{place}[")) for other in found)
    ]


def locate(loc: tuple[int | str, ...], schema: Schema) -> tuple[str, Schema, Schema]:
    """The dotted place of an error, what belongs there, and what it sits in.

    Pydantic puts the name of the tried type into the path of a union; it is left out here.
    """
    place, node, parent = "", schema, schema
    for part in loc:
        several = options(node, schema)
        if len(several) > 1 and (part == "str" or "[" in str(part)):
            continue
        parent = several[0]
        if part == "[key]":
            return place, {"name": True}, parent
        children = [_child(option, part) for option in several]
        node = next(filter(None, children), children[0])
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else part
    return place, node, parent


def _child(node: Schema, part: int | str) -> Schema:
    """What belongs at one step further; empty when nothing does."""
    if isinstance(part, int):
        return _part(node, "items")
    named = _part(node, "patternProperties")
    return (
        _part(_part(node, "properties"), part)
        or _part(node, "additionalProperties")
        or _part(named, next(iter(named), ""))
    )


def _part(node: Schema, key: str) -> Schema:
    value = node.get(key)
    return cast("Schema", value) if isinstance(value, dict) else {}


def options(node: Schema, schema: Schema) -> list[Schema]:
    """A node, resolved; several when it may be one of several types (null does not count)."""
    if ref := node.get("$ref"):
        return options(schema["$defs"][str(ref).rsplit("/", 1)[-1]], schema)
    either = [o for o in node.get("anyOf", ()) if o.get("type") != "null"]
    return [found for o in either for found in options(o, schema)] if either else [node]


def _problem(
    file: str, place: str, node: Schema, parent: Schema, raw: Mapping[str, Any]
) -> Problem:
    name = str(raw["loc"][-1])
    wanted = _wanted(node)
    match str(raw["type"]):
        case "missing":
            fix = FIXES.get(name, f"add `{name}:` with {wanted}")
            return Problem(file, place, "missing", fix)
        case "extra_forbidden":
            keys = sorted(parent.get("properties") or {})
            fix = write(name, keys, f"remove it; the keys here are {', '.join(keys)}")
            return Problem(file, place, f"unknown key '{name}'{did_you_mean(name, keys)}", fix)
        case "string_too_short":
            return Problem(file, place, "empty", FIXES.get(name, f"write {wanted}"))
        case "string_too_long":
            limit = raw["ctx"]["max_length"]
            problem = f"{len(raw['input']):,} characters; at most {limit:,}"
            return Problem(file, place, problem, "shorten it")
        case "too_short" | "too_long":
            problem = f"should be {wanted}, has {raw['ctx']['actual_length']}"
            return Problem(file, place, problem, FIXES.get(name, f"write {wanted}"))
        case _:
            given = raw["input"]
            fix = write(str(given), node.get("enum") or (), FIXES.get(name, f"write {wanted}"))
            return Problem(file, place, f"should be {wanted}, not {_given(given)}", fix)


def _given(value: object) -> str:
    """What was written, short enough to show."""
    if isinstance(value, str):
        return f"'{value[:40]}'" if value else "empty"
    return "a list" if isinstance(value, list) else "a group of keys"


def _wanted(node: Schema) -> str:
    """What a schema node asks for, in words."""
    if either := [o for o in node.get("anyOf", ()) if o.get("type") != "null"]:
        return " or ".join(dict.fromkeys(_wanted(option) for option in either))
    if choices := node.get("enum"):
        return f"one of {', '.join(choices)}"
    if node.get("name") or node.get("pattern"):
        return "a name of small letters, digits, - and _"
    kind = node.get("type")
    if kind in ("integer", "number"):
        return _range("a whole number" if kind == "integer" else "a number", node)
    if kind == "array":
        low, high = node.get("minItems"), node.get("maxItems")
        if low == high:
            return f"a list of {low}" if low else "a list"
        return f"a list of {low} to {high}" if high else f"a list of at least {low}"
    return {"string": "text", "boolean": "true or false"}.get(str(kind), "a group of keys")


def _range(noun: str, node: Schema) -> str:
    low, high = node.get("minimum"), node.get("maximum")
    if low is not None and high is not None:
        return f"{noun} from {low:g} to {high:g}"
    return f"{noun} of {low:g} or more" if low is not None else noun

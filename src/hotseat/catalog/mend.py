"""Filling in for what is wrong with a file, so that the rest of it can be checked in the same go.

A trainer should see every mistake of a file at once. What pydantic refuses is replaced by a
stand-in that its schema allows; what is then said about a stand-in is dropped by the caller.
"""

from __future__ import annotations

import copy
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from .problems import Schema, closest, locate, options

M = TypeVar("M", bound=BaseModel)
ROUNDS = 8
"""Times a file is mended and tried again: a stand-in may uncover the next mistake."""


def mended(model: type[M], values: dict[str, Any]) -> M | None:
    """The noun with stand-ins where it was wrong; None where that does not work out."""
    schema, values = model.model_json_schema(), copy.deepcopy(values)
    for _ in range(ROUNDS):
        try:
            return model.model_validate(values)
        except ValidationError as error:
            try:
                for raw in error.errors(include_url=False):
                    _mend(values, raw["type"], raw["loc"], schema)
            except (KeyError, IndexError, TypeError):
                return None
    return None


def _mend(values: dict[str, Any], kind: str, loc: tuple[int | str, ...], schema: Schema) -> None:
    _, node, parent = locate(loc, schema)
    holder: Any = values
    for part in loc[:-1]:
        holder = holder[part]
    key: Any = loc[-1]
    if kind == "extra_forbidden":
        meant = closest(str(key), parent.get("properties") or {})
        value = holder.pop(key)
        if meant and meant not in holder:
            holder[meant] = value
    elif kind != "missing" or key not in holder:
        holder[key] = _stand_in(node, schema)


def _stand_in(node: Schema, schema: Schema) -> Any:
    """The least that a schema node allows."""
    node = options(node, schema)[0]
    if choices := node.get("enum"):
        return choices[0]
    match node.get("type"):
        case "integer" | "number":
            return node.get("minimum", 0)
        case "array":
            item = cast("Schema", node.get("items") or {})
            return [_stand_in(item, schema) for _ in range(node.get("minItems", 0))]
        case "object":
            parts = cast("dict[str, Schema]", node.get("properties") or {})
            made = {name: _stand_in(parts[name], schema) for name in node.get("required", ())}
            inner = node.get("additionalProperties") or node.get("patternProperties")
            if node.get("minProperties") and isinstance(inner, dict):
                first = next(iter(cast("dict[str, Schema]", inner).values()))
                made["stand_in"] = _stand_in(first, schema)
            return made
        case _:
            return "stand-in?"

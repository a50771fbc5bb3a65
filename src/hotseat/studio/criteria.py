"""The criteria of a rubric's text: add, move, take out. Whole blocks of lines change place, so
that every comment, and the heading of the next section, stays where a person put it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from ..errors import ContentError
from .edit import Change, Value, edited

_ITEM = re.compile(r"^( *)- +(?:\{ *)?id *: *[\"']?([\w-]+)")
_NUMBER = re.compile(r"^( +weight: )'(\d+)'\n")
_TOP = re.compile(r"^[^\s#]")


class _Block(NamedTuple):
    """The lines of one criterion, `start` to `end`, without what stands between it and the next."""

    id: str
    start: int
    end: int


def added(text: str, criterion: Mapping[str, Value], *, passage: Mapping[str, Value] | None) -> str:
    """The text with one more criterion, after the last of its section, and the passage that it
    rests on. Raises ContentError where its id is taken or the text cannot be read."""
    id, section = str(criterion["id"]), str(criterion["section"])
    if id in ids(text):
        raise ContentError(f"there is a criterion '{id}' already", fix="give it another name")
    if passage is not None:
        text = edited(text, [Change("passages[+]", passage)])
    blocks, lines = _blocks(text), text.splitlines(keepends=True)
    inside = [b for b in blocks if _says(lines[b.start : b.end], "section", section)]
    after = (inside or blocks)[-1:]
    if not after:
        return edited(text, [Change("criteria[+]", criterion)])
    made = edited("x: y\n", [Change("criteria[+]", criterion)]).splitlines(keepends=True)[2:]
    made = [_NUMBER.sub(r"\1\2\n", line) for line in made]
    at = after[0].end
    return "".join([*lines[:at], "\n", *made, *lines[at:]])


def removed(text: str, id: str) -> str:
    """The text without a criterion, and without the passages that only it rested on. Raises
    ContentError when there is none of this name."""
    lines = text.splitlines(keepends=True)
    block = _block(text, id)
    end = block.end
    while end < len(lines) and not lines[end].strip():
        end += 1
    left = "".join([*lines[: block.start], *lines[end:]])
    passages = _passages(left)
    mine = [number for number, one in enumerate(passages) if str(one.get("criterion", "")) == id]
    if mine and len(mine) == len(passages):
        return edited(left, [Change("passages", None)])
    return edited(left, [Change(f"passages[{number}]", None) for number in reversed(mine)])


def moved(text: str, id: str, by: int) -> str:
    """The text with a criterion one place up (`by` -1) or down (1) within its section; at the
    end of its section it moves no further. Raises ContentError as `removed`."""
    lines, blocks = text.splitlines(keepends=True), _blocks(text)
    block = _block(text, id)
    other = blocks.index(block) + (1 if by > 0 else -1)
    if not 0 <= other < len(blocks):
        return text
    first, second = sorted((block, blocks[other]), key=lambda each: each.start)
    section = _section(lines[first.start : first.end])
    if section != _section(lines[second.start : second.end]):
        return text
    return "".join(
        [
            *lines[: first.start],
            *lines[second.start : second.end],
            *lines[first.end : second.start],
            *lines[first.start : first.end],
            *lines[second.end :],
        ]
    )


def ids(text: str) -> list[str]:
    """The ids of the criteria, in their order."""
    return [block.id for block in _blocks(text)]


def _block(text: str, id: str) -> _Block:
    found = next((block for block in _blocks(text) if block.id == id), None)
    if found is None:
        raise ContentError(f"there is no criterion '{id}'", fix="reload the page")
    return found


def _blocks(text: str) -> list[_Block]:
    """Where each criterion begins and ends: `- id:` items under the key `criteria`."""
    lines = text.splitlines()
    starts: list[tuple[int, str]] = []
    inside, depth, end = False, -1, len(lines)
    for number, line in enumerate(lines):
        if _TOP.match(line) and not line.startswith("-"):
            if inside:
                end = number
                break
            inside = line.startswith("criteria:")
            continue
        if inside and (match := _ITEM.match(line)):
            depth = len(match[1]) if depth < 0 else depth
            if len(match[1]) == depth:
                starts.append((number, match[2]))
    stops = [*(start for start, _ in starts), end][1:]
    return [
        _Block(id, start, _without_heading(lines, start, stop))
        for (start, id), stop in zip(starts, stops, strict=True)
    ]


def _without_heading(lines: Sequence[str], start: int, stop: int) -> int:
    """The end of a block without the empty lines and comments that lead to the next."""
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].lstrip()[0] == "#"):
        stop -= 1
    return stop


def _section(lines: Sequence[str]) -> str:
    return next((line.split(":", 1)[1].strip() for line in lines if _key(line) == "section"), "")


def _says(lines: Sequence[str], key: str, value: str) -> bool:
    return any(
        _key(line) == key and line.split(":", 1)[1].strip().strip("\"'") == value for line in lines
    )


def _key(line: str) -> str:
    return line.split(":", 1)[0].strip()


def _passages(text: str) -> list[dict[str, Any]]:
    from ..catalog import strict

    found = strict.read_bytes(text.encode(), "")[0].get("passages")
    return cast("list[dict[str, Any]]", found) if isinstance(found, list) else []

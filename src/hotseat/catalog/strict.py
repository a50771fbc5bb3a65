"""Strict YAML: text, lists and mappings only, and every scalar stays the text that was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import yaml

from .problems import Problem

LIMIT = 256 * 1024
"""The most bytes a content file may have; the longest persona has about a tenth of it."""

DEEPEST = 20
"""The deepest nesting a content file may have; personas use six levels."""

SYNTAX = (
    ("mapping values are not allowed", "a second `: ` in one line", "put the sentence in quotes"),
    ("end of stream", "a quote or bracket is never closed", "close it"),
    ("start any token", "a character that cannot start a value", "put the text in quotes"),
    (
        "could not find expected ':'",
        "the line before is no `key: value` and no `- ` item",
        "check its quotes, and indent the second line of a long sentence",
    ),
    (
        "did not find expected key",
        "a line that does not fit those above it",
        "check its indentation, and the quotes just above it",
    ),
    (
        "did not find expected '-'",
        "a line that is no `- ` item like those above it",
        "check its indentation, and the quotes just above it",
    ),
)
"""What the parser says, what it comes from in a trainer's file, and the fix."""


def read(path: Path, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """The values of a YAML file, and what is wrong with it; `file` is its name in problems.

    Where anything is wrong the values may be incomplete and are not to be used.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return {}, [Problem(file, "", f"cannot be read: {reason}", "check the name and rights")]
    return read_bytes(data, file)


def read_bytes(data: bytes, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """The same for what a file holds, or would hold."""
    if len(data) > LIMIT:
        size = f"{len(data) / 1024:,.0f} KiB; at most {LIMIT // 1024}"
        return {}, [Problem(file, "", size, "split it into several files")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return {}, [Problem(file, f"line {line}", "not UTF-8 text", "save the file as UTF-8")]
    if bad := re.search(
        r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text
    ):
        line = text.count("\n", 0, bad.start()) + 1
        problem = f"has a control character (U+{ord(bad[0]):04X})"
        return {}, [Problem(file, f"line {line}", problem, "delete it")]
    return _parse(text, file)


def _parse(text: str, file: str) -> tuple[dict[str, Any], list[Problem]]:
    builder = _Builder(file)
    try:
        for event in _events(text):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        builder.problems.append(_syntax(error, text, file))
    if not builder.documents and not builder.problems:
        builder.problems.append(Problem(file, "", "empty", "write it, or delete the file"))
    return builder.root, builder.problems


def _events(text: str) -> Iterator[yaml.Event]:
    """Parser events, from the parser in C where it is installed: it is about ten times as fast."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return cast("Iterator[yaml.Event]", yaml.parse(text, Loader=loader))  # pyright: ignore[reportUnknownMemberType]


class _Builder:
    """Values built from parser events, so that no alias, tag or type is ever resolved."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.documents = 0
        # open containers, innermost last, each with the key that waits for its value
        self.open: list[tuple[dict[str, Any] | list[Any], list[str]]] = []

    def take(self, event: yaml.Event) -> bool:
        """Take the next event; False when there is no point in going on."""
        line = event.start_mark.line + 1
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents == 2:
                    self._wrong("a second document starts here", "remove the `---`", line)
                    return False
            case yaml.AliasEvent():
                self._wrong(f"an alias, *{event.anchor}", "write the text out, or quote it", line)
                self._put("", line)
            case yaml.ScalarEvent():
                self._plain(event, line)
                if event.value.isspace():
                    self._wrong("nothing but spaces", "write something, or remove it", line)
                self._put(event.value, line)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._plain(event, line)
                value: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
                self._put(value, line)
                self.open.append((value, []))
                if len(self.open) > DEEPEST:
                    self._wrong(f"nested more than {DEEPEST} deep", "flatten it", line)
                    return False
            case yaml.CollectionEndEvent():
                self.open.pop()
            case _:
                pass
        return True

    def _put(self, value: Any, line: int) -> None:
        if not self.open:
            if isinstance(value, dict):
                self.root = cast("dict[str, Any]", value)
            else:
                self._wrong("no keys such as `id:`", "write `key: value`, one a line", line)
            return
        container, waiting = self.open[-1]
        if isinstance(container, list):
            container.append(value)
        elif waiting:
            container[waiting.pop()] = value
        elif not isinstance(value, str):
            self._wrong("a key that is a list or a group", "write a plain word as key", line)
            waiting.append("")
        else:
            if value in container:
                self._wrong(f"the key '{value}' is here twice", "keep one of the two", line)
            waiting.append(value)

    def _plain(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor:
            self._wrong(f"an anchor, &{event.anchor}", "remove it, or quote the text", line)
        if tag := getattr(event, "tag", None):
            self._wrong(f"a tag, {tag}", "remove it, or quote the text", line)

    def _wrong(self, problem: str, fix: str, line: int) -> None:
        self.problems.append(Problem(self.file, f"line {line}", problem, fix))


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """A YAML syntax error in words; the parser's own remain where ours would only guess."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(file, "", f"not YAML: {error}", "start from a persona that works")
    said = error.problem or "not YAML"
    mark = error.problem_mark or error.context_mark
    place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    lines = text.splitlines()
    if mark and mark.line < len(lines) and "\t" in lines[mark.line][: mark.column + 1]:
        return Problem(file, place, "a tab", "indent with spaces")
    for words, problem, fix in SYNTAX:
        if words in said or words in (error.context or ""):
            return Problem(file, place, problem, fix)
    return Problem(file, place, said, "check quotes and indentation here and just above")

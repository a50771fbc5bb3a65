"""The journal of a run: one line a finished case, written through to the disk, never rewritten.

The first line is the run's configuration. A run that was stopped goes on from its journal: what
is there is not run again, what is not there is run. A line cut short by a crash is left where it
is and counts as not run. A journal of another configuration is refused, in words.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from pydantic import ValidationError

from ..domain import Call, Noun
from ..errors import SettingError

Key = tuple[str, int]
"""A case id and which repeat of it, from 1."""


class Done(Noun):
    """One finished case. `result` is JSON and decides every figure; `calls` and `seconds` say
    what it took and decide none."""

    case: str
    repeat: int = 1
    result: dict[str, Any]
    calls: tuple[Call, ...] = ()
    seconds: float = 0.0

    @property
    def key(self) -> Key:
        return self.case, self.repeat


def read(path: Path, config: Mapping[str, str]) -> dict[Key, Done]:
    """Every finished case of a journal, by case and repeat; empty when there is no such file.

    Raises SettingError when it was written under another configuration, or is no journal.
    """
    data = path.read_bytes() if path.exists() else b""
    if _begun(data, config):
        return {}
    lines = data.split(b"\n")
    _same(path, lines[0], config)
    done: dict[Key, Done] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            one = Done.model_validate_json(line)
        except ValidationError:
            # Only a line whose end never reached the disk is excused: what follows one starts
            # on a line of its own (see `Journal`), so a cut line is not JSON at all.
            if _is_json(line):
                raise _broken(path, number) from None
            continue
        done.setdefault(one.key, one)
    return done


def configuration(path: Path) -> dict[str, str] | None:
    """The configuration a journal was written under; None for a file that is no journal."""
    with path.open(encoding="utf-8", errors="replace") as file:
        try:
            return json.loads(file.readline())["hotseat_eval"]
        except (ValueError, KeyError, TypeError):
            return None


class Journal:
    """Appends finished cases to a file. Written by one process at a time."""

    def __init__(self, path: Path, config: Mapping[str, str]) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes() if path.exists() else b""
        fresh = _begun(data, config)
        self._file: TextIO = path.open("w" if fresh else "a", encoding="utf-8")
        if fresh:
            self._write(_head(config))
        elif not data.endswith(b"\n"):
            self._write("")

    def add(self, done: Done) -> None:
        """Keep one finished case; on the disk when this returns."""
        self._write(done.model_dump_json())

    def close(self) -> None:
        self._file.close()

    def _write(self, line: str) -> None:
        self._file.write(line + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def gather(paths: Sequence[Path], config: Mapping[str, str]) -> dict[Key, Done]:
    """The finished cases of several journals, such as those of a run's shards."""
    done: dict[Key, Done] = {}
    for path in paths:
        for key, one in read(path, config).items():
            done.setdefault(key, one)
    return done


def drift(was: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    """What differs between two configurations, a line each, such as "engine: embedded, was …"."""
    for name in sorted(was.keys() | now.keys()):
        before, after = was.get(name, "not set"), now.get(name, "not set")
        if before != after:
            yield f"{name}: now {_short(after)}, was {_short(before)}"


def _head(config: Mapping[str, str]) -> str:
    return json.dumps({"hotseat_eval": dict(config)}, ensure_ascii=False)


def _begun(data: bytes, config: Mapping[str, str]) -> bool:
    """Whether a file holds nothing yet, or no more than the beginning of its first line."""
    return b"\n" not in data and _head(config).encode().startswith(data)


def _same(path: Path, head: bytes, config: Mapping[str, str]) -> None:
    try:
        was = json.loads(head)["hotseat_eval"]
    except (ValueError, KeyError, TypeError):
        raise SettingError(
            "this is not the journal of an evaluation",
            place=str(path),
            fix="name a new file, or the journal of a run that was stopped",
        ) from None
    if changes := list(drift(was, config)):
        raise SettingError(
            "the journal was written under another configuration:\n    " + "\n    ".join(changes),
            place=str(path),
            fix="put the configuration back, or start afresh with another file",
        )


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _broken(path: Path, number: int) -> SettingError:
    return SettingError(
        "this line is not a finished case",
        place=f"{path}:{number}",
        fix="the file was edited; take the line out, and its case is run again",
    )


def _short(value: str) -> str:
    """A fingerprint is told by its first twelve characters."""
    return value[:12] if len(value) == 64 else value

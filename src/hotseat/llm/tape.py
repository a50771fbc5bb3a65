"""A recording of what models answered, to answer from again without a network.

One line an answer, with a fingerprint of everything that was asked. Replaying gives the same
answer to the same question and asks nobody; where the question is another one it says what
changed, so that an old answer is never taken for one to a new prompt. Keys are taken out.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypedDict, cast

from ..errors import SeatError, SettingError
from .faults import redact

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import Model, ModelRequestParameters
    from pydantic_ai.settings import ModelSettings

MISSED = "the recording has no answer to this"
"""How the reason begins when a replay has nothing to say."""

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "model": "the model",
        "role": "the part of the prompt that stays the same (role, rubric or persona)",
        "prompt": "the part of the prompt that is about the case",
        "shape": "the shape that the answer must have (rubric, or the nouns of the answer)",
        "settings": "the settings, such as the temperature",
    }
)
"""What a question is made of, and how each part is called when it is another one."""

_SECRETS = ("_KEY", "_TOKEN", "_SECRET", "_PASSWORD")

_case: ContextVar[str] = ContextVar("case", default="")


class Line(TypedDict):
    """One answer. `parts` has the model's name, and the fingerprint of every other part of the
    question."""

    case: str
    nth: int
    fingerprint: str
    parts: dict[str, str]
    answer: dict[str, Any]


@contextmanager
def case(name: str) -> Generator[None]:
    """Everything asked inside is about this case."""
    token = _case.set(name)
    try:
        yield
    finally:
        _case.reset(token)


class Tape:
    """A file of answers, being written or being read.

    `context` names what the questions are made from, such as the prompts, with a fingerprint
    each: it stands in the first line, and tells a person what changed when nothing fits any more.
    Raises SettingError for a file that is no recording, or one of another context to go on with.
    """

    def __init__(self, path: Path, context: Mapping[str, str], *, replays: bool) -> None:
        self.path, self.context, self.replays = path, dict(context), replays
        self.was: dict[str, str] = self.context
        self._lines: list[Line] = []
        self._asked: Counter[tuple[str, str]] = Counter()
        if replays or path.exists():
            self.was, self._lines = _read(path)
        if not replays:
            self._begin()

    def model(self, name: str, make: Callable[[], Model]) -> Model:
        """The model that answers from the file, or the real one with its answers noted."""
        from .taped import Recorded, Replayed

        return Replayed(self, name) if self.replays else Recorded(self, name, make())

    @property
    def cases(self) -> dict[str, str]:
        """The cases that are in it, each with the model that answered first."""
        found: dict[str, str] = {}
        for line in self._lines:
            found.setdefault(line["case"], line["parts"]["model"])
        return found

    def find(self, parts: Mapping[str, str]) -> dict[str, Any]:
        """The answer to a question. The same question asked again in a case gets the next answer
        that was given then, and the last one from there on. Raises SeatError where there is none.
        """
        fingerprint, name = _digest(parts), _case.get()
        nth = self._asked[name, fingerprint]
        self._asked[name, fingerprint] += 1
        same = [line for line in self._lines if line["fingerprint"] == fingerprint]
        ours = [line for line in same if line["case"] == name] or same
        if not ours:
            again = f"put it back, or record {self.path.name} again with --record"
            raise SeatError(f"{MISSED}: {self._why(name, parts)}; {again}", kind="setting")
        return ours[min(nth, len(ours) - 1)]["answer"]

    def add(self, parts: Mapping[str, str], answer: dict[str, Any]) -> None:
        """Note an answer; on the disk when this returns."""
        fingerprint, name = _digest(parts), _case.get()
        nth = self._asked[name, fingerprint]
        self._asked[name, fingerprint] += 1
        line = Line(
            case=name,
            nth=nth,
            fingerprint=fingerprint,
            parts=dict(parts),
            answer=_hidden(answer),
        )
        self._write(line)

    def _begin(self) -> None:
        if self.was != self.context:
            raise SettingError(
                "this recording was made with other prompts or content:\n    "
                + "\n    ".join(self._changed()),
                place=str(self.path),
                fix="record into a new file",
            )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            self._write({"hotseat_tape": self.context})
        elif not self.path.read_bytes().endswith(b"\n"):
            with self.path.open("a", encoding="utf-8") as file:
                file.write("\n")

    def _write(self, values: object) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(values, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _why(self, name: str, parts: Mapping[str, str]) -> str:
        """What is not as it was when this case was recorded."""
        others = [line for line in self._lines if line["case"] == name] or self._lines[:1]
        if not others:
            return "it is empty"
        if not any(line["case"] == name for line in others):
            return f"the case {name!r} was never recorded"
        nearest = min(others, key=lambda line: len(_other(line["parts"], parts)))
        what = [PARTS[part] for part in _other(nearest["parts"], parts)]
        files = ", ".join(self._changed()) or "no prompt and no content, so the case or our code"
        return f"{' and '.join(what)} changed: {files}"

    def _changed(self) -> Iterable[str]:
        """What the questions are made from that is not as it was, by name."""
        for key in sorted(self.was.keys() | self.context.keys()):
            if self.was.get(key) != self.context.get(key):
                yield key if key in self.was and key in self.context else f"{key} is new or gone"


def question(
    name: str,
    messages: Iterable[ModelMessage],
    settings: ModelSettings | None,
    parameters: ModelRequestParameters,
) -> dict[str, str]:
    """The fingerprints of what is asked. Times and the ids of calls are left out: they differ
    every time and nobody answers to them."""
    said: list[Any] = []
    role: list[Any] = [[str(part.content) for part in parameters.instruction_parts or ()]]
    for message in messages:
        if message.kind == "request" and message.instructions:
            role.append(message.instructions)
        for part in message.parts:
            words = getattr(part, "content", None) or getattr(part, "args", None)
            said.append([part.part_kind, words, getattr(part, "tool_name", "")])
    shape = [
        [tool.name, tool.description, tool.parameters_json_schema]
        for tool in (*parameters.function_tools, *parameters.output_tools)
    ]
    asked: dict[str, Any] = {
        "role": role,
        "prompt": said,
        "shape": [parameters.output_mode, shape],
        "settings": dict(settings or {}),
    }
    return {"model": name, **{part: _digest(value) for part, value in asked.items()}}


def kept(response: ModelResponse) -> dict[str, Any]:
    """An answer as it is written down: text and calls, why it ended, and tokens."""
    parts: list[dict[str, str]] = []
    for part in response.parts:
        if part.part_kind == "text":
            parts.append({"text": part.content})
        elif part.part_kind == "tool-call":
            parts.append({"call": part.tool_name, "arguments": part.args_as_json_str()})
    usage = response.usage
    tokens = [usage.input_tokens, usage.output_tokens, usage.cache_read_tokens]
    return {"parts": parts, "finish": response.finish_reason, "tokens": tokens}


def _read(path: Path) -> tuple[dict[str, str], list[Line]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # an answer may hold U+2028
        head = json.loads(lines[0])["hotseat_tape"]
        rest = list(_whole(lines[1:]))
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        why = error.strerror if isinstance(error, OSError) else "this is no recording"
        raise SettingError(
            str(why), place=str(path), fix="name a file that was written with --record"
        ) from None
    return cast("dict[str, str]", head), cast("list[Line]", rest)


def _whole(lines: Iterable[str]) -> Iterator[Any]:
    """What is in the lines; one that a crash cut short is as good as not written."""
    for line in lines:
        with contextlib.suppress(ValueError):
            yield json.loads(line)


def _other(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    return [part for part in PARTS if one.get(part) != other.get(part)]


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _hidden(value: Any) -> Any:
    """The same with everything taken out that is a key of this machine, or looks like one."""
    if isinstance(value, dict):
        return {key: _hidden(one) for key, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_hidden(one) for one in cast("list[Any]", value)]
    if not isinstance(value, str):
        return value
    for name, secret in os.environ.items():
        if name.endswith(_SECRETS) and len(secret) >= 8:
            value = value.replace(secret, "[hidden]")
    return redact(value)

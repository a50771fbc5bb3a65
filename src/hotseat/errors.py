"""The error tree. Every message names the place, the problem and the fix."""

from typing import Any, Literal


class HotseatError(Exception):
    """Base of every error hotseat raises on purpose; its text is fit for a person to read."""

    def __init__(self, problem: str, *, place: str = "", fix: str = "") -> None:
        self.problem, self.place, self.fix = problem, place, fix
        text = f"{place}: {problem}" if place else problem
        super().__init__(f"{text}\n  fix: {fix}" if fix else text)


class ContentError(HotseatError):
    """A persona, rubric or prompt file is missing or wrong."""


class TurnRefused(HotseatError):
    """What the trainee typed cannot be taken; nothing was stored and the text is still theirs."""


class EncounterOver(TurnRefused):
    """The encounter has already ended."""


class StoreError(HotseatError):
    """The database cannot be read or written just now."""


class NotFound(StoreError):
    """There is no such record, or it is somebody else's."""


FaultKind = Literal["away", "busy", "key", "setting", "refused", "full", "cut", "broken"]


class SeatError(HotseatError):
    """A model failed, timed out, or answered with something that cannot be used.

    `kind` says how: `away` (no answer, refused connection, server error), `busy` (rate limit;
    `retry_after` in seconds when it said), `key` (not let in), `setting` (no such model),
    `refused` (a content filter), `full` (the prompt is too long), `cut` (the answer did not
    finish), `broken` (the answer cannot be used). `calls` are the calls of models made before it
    was given up (each a `domain.Call`): they may have cost something all the same.
    """

    def __init__(
        self,
        problem: str,
        *,
        kind: FaultKind = "away",
        retry_after: float | None = None,
        place: str = "",
        fix: str = "",
    ) -> None:
        super().__init__(problem, place=place, fix=fix)
        self.kind: FaultKind = kind
        self.retry_after = retry_after
        self.calls: tuple[Any, ...] = ()

    @property
    def passing(self) -> bool:
        """Whether the same call may well succeed when it is made again."""
        return self.kind in ("away", "busy", "cut", "broken")


class SettingError(HotseatError):
    """An environment variable or option has a value that cannot work."""

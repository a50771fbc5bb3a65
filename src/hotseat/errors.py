"""The error tree. Every message names the place, the problem and the fix."""


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


class SeatError(HotseatError):
    """A model failed, timed out, or answered with something that cannot be used."""


class SettingError(HotseatError):
    """An environment variable or option has a value that cannot work."""

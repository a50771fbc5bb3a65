"""Templates to HTML. Everything is escaped, and no template says otherwise: what a trainee, a
persona or a model wrote reaches the page as text, never as markup. The one thing put in as it
is, is our own stylesheet in an exported page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import jinja2

from ..debrief import NO_STRENGTH
from ..domain import Persona
from ..llm import EMBEDDED

LEVELS: dict[str, tuple[str, str]] = {
    "met": ("●", "Met"),
    "partly": ("◐", "Partly"),
    "missed": ("○", "Missed"),
    "na": ("–", "Not due"),
    "ungraded": ("?", "Not graded"),
}
"""Every level as a sign and a word: colour is never the only signal."""

SELF_PREFERRING = "One family of models plays and judges: it may favour what it would say itself."

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

TINTS = 6
NUMBERS = "one two three four five six seven eight nine ten eleven twelve"


def render(template: str, **context: Any) -> str:
    """`templates/<template>.html.jinja` with this context. A missing name is an error.

    Characters that turn the direction of what follows are left out: one in a reply could make
    the page around it read backwards. The templates isolate what people wrote instead.
    """
    return _TURNING.sub("", _templates().get_template(f"{template}.html.jinja").render(**context))


@cache
def _templates() -> jinja2.Environment:
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("hotseat.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "initials": initials,
        "tint": tint,
        "day": day,
        "count": count,
        "words": in_words,
        "level": LEVELS.__getitem__,
        "capfirst": capfirst,
        "lowfirst": lowfirst,
    }
    env.filters.update(filters)  # pyright: ignore[reportUnknownMemberType]
    env.globals.update(no_strength=NO_STRENGTH, EMBEDDED=EMBEDDED)  # pyright: ignore[reportUnknownMemberType]
    return env


def initials(name: str) -> str:
    """Up to two capitals for an avatar: first and last word of a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tint(id: str) -> int:
    """Which of the avatar tints a persona gets: the same one every time."""
    return hashlib.sha256(id.encode()).digest()[0] % TINTS


def first_name(persona: Persona) -> str:
    """What the customer is called on the page: `Dana`, but `Mr Osei` in full."""
    first = persona.name.split()[0]
    titled = first.rstrip(".") in ("Mr", "Mrs", "Ms", "Miss", "Dr", "Mx")
    return persona.name if titled else first


def engine(name: str) -> str:
    """An engine by the name a reader understands; a model keeps its own id."""
    return "embedded engine" if name == EMBEDDED else name


def model(name: str) -> str:
    """A model by its id; nothing for the embedded engine, or where nobody was noted."""
    return "" if name == EMBEDDED else name


def day(at: datetime) -> str:
    """A date a person reads at a glance: "Today", "Yesterday", "22 Nov 2026" (UTC)."""
    days = (datetime.now(UTC).date() - at.astimezone(UTC).date()).days
    return {0: "Today", 1: "Yesterday"}.get(days) or f"{at.day} {at:%b %Y}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 reply", "3 replies"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def in_words(number: int) -> str:
    """Small numbers as words: "eleven"."""
    words = NUMBERS.split()
    return words[number - 1] if 1 <= number <= len(words) else str(number)


def capfirst(text: str) -> str:
    """A sentence's capital, the rest left alone."""
    return text[:1].upper() + text[1:]


def lowfirst(text: str) -> str:
    """The opposite, for a sentence that goes on in another."""
    return text[:1].lower() + text[1:]

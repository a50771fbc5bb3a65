"""Small makers of a criterion's read, so that every rule says only what it saw."""

from __future__ import annotations

import re

from hotseat.domain import Level, Read
from hotseat.reader.credit import Reply
from hotseat.reader.words import Span, evidence

_LEAST = 3
"""Words that a quote must have, unless it is the whole turn."""
NA = Read(level="na", confidence=0.6)
"""Not due in this turn."""


def met(reply: Reply, span: Span, sure: float = 0.6, *, close: bool = False) -> Read:
    """Done well, with the words that show it; `close` keeps to their own clause."""
    return _with_quote("met", reply, span, sure, close=close)


def partly(reply: Reply, span: Span, sure: float = 0.6) -> Read:
    """Done in part, with the words that show it."""
    return _with_quote("partly", reply, span, sure)


def missed(why: str, sure: float = 0.6) -> Read:
    """Due and not done; `why` is one short plain line."""
    return Read(level="missed", why=why, confidence=sure)


def _with_quote(
    level: Level, reply: Reply, span: Span, sure: float, *, close: bool = False
) -> Read:
    """The place is found in the credited part; the words are cut from the turn as typed."""
    start, end = evidence(reply.credit, span, close=close)
    return Read(level=level, quote=_enough(reply.whole.raw, start, end), confidence=sure)


def _enough(raw: str, start: int, end: int) -> str:
    """The words between two places, with their neighbours where they are fewer than three: an
    order code alone is no evidence. A turn without three words is quoted whole."""
    words = [match.span() for match in re.finditer(r"\S+", raw)]
    inside = [i for i, (a, b) in enumerate(words) if a < end and start < b]
    if len(inside) >= _LEAST:
        return raw[start:end].strip()
    if not inside or len(words) < _LEAST:
        return raw.strip()
    first = max(0, min(inside[0], len(words) - _LEAST))
    last = max(inside[-1] + 1, first + _LEAST)
    return raw[words[first][0] : words[last - 1][1]]

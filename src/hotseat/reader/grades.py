"""Small makers of a criterion's read, so that every rule says only what it saw."""

from __future__ import annotations

from hotseat.domain import Level, Read
from hotseat.reader.credit import Reply
from hotseat.reader.words import Span, evidence

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
    words = reply.whole.raw[start:end].strip()
    return Read(level=level, quote=words or reply.whole.raw.strip(), confidence=sure)
